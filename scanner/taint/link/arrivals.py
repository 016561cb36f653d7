"""Whether what arrives at a sink that the models know is what the sink must not be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.facts import REACHED, REJECTED
from scanner.taint.kinds import JSON_TEXT, MARKUP, NO_OBJECTS, is_field
from scanner.taint.link.paths import remainder
from scanner.taint.link.sites import content_type, is_structure, is_written
from scanner.taint.local.answers import DATA, STAYS
from scanner.taint.local.language import LANGUAGES
from scanner.taint.refs import ParamType

if TYPE_CHECKING:
    from scanner.taint.facts import CallSite, Flow, Path
    from scanner.taint.knowledge import Knowledge, SinkRow
    from scanner.taint.link.hierarchy import Hierarchy
    from scanner.taint.link.symbols import Symbols
    from scanner.taint.link.types import Types


_NONE = frozenset({REACHED, REJECTED})  # what lies there is no part of what is passed


class Arrivals:
    """Judges flows into arguments of calls."""

    def __init__(self, symbols: Symbols, hierarchy: Hierarchy, types: Types, knowledge: Knowledge) -> None:
        self._symbols = symbols
        self._hierarchy = hierarchy
        self._types = types
        self._keyed = LANGUAGES[knowledge.language].keyed if knowledge.language in LANGUAGES else False
        self._json = knowledge.kind_bits.get(JSON_TEXT, 0)

    def harms(self, number: int, flow: Flow, site: CallSite, slot: str, row: SinkRow, path: Path) -> bool:  # noqa: PLR0913, PLR0917 -- one arrival
        """Whether a flow of function `number` that ends in an argument of a call brings a sink what it must not get in `path` of `slot`."""
        leave = flow.exit
        if slot != leave.name or not _NONE.isdisjoint(leave.path) or remainder(leave.path, path) is None:
            return False
        whole = not path and not leave.path
        if row.kind == MARKUP and (is_structure(site, slot) or f"self:{DATA}" in site.parts or self._answers_json(number, flow)):
            return False
        if row.kind == "redirect" and f"self:{STAYS}" in site.parts:
            return False
        if self._keyed and row.kind == MARKUP and not path and leave.path and is_field(row.name, leave.path[0]):
            return False
        if self._keyed and not path and leave.path and leave.path[0] != "*" and is_written(site, slot, row.kind):
            return False
        return not (whole and row.kind in NO_OBJECTS and self._is_object(number, site, slot))

    def _is_object(self, number: int, site: CallSite, slot: str) -> bool:
        """Whether an argument is a parameter that is passed on whole and that a framework makes an object: text is only what lies in it."""
        return any(
            name == slot and isinstance(type_, ParamType) and not type_.function and self._types.given.get((number, type_.number)) == ("dict",)
            for name, type_ in site.types
        )

    def _answers_json(self, number: int, flow: Flow) -> bool:
        """Whether what a method writes is sent as JSON: it says so itself; or its class sets the header for all, and the text is JSON."""
        function = self._symbols.functions[number]
        said = [value for site in function.calls if (value := content_type(site)) is not None]
        if said:
            return not any("html" in value or "xml" in value or "svg" in value for value in said) and "" not in said
        owner = self._symbols.owner(number)
        if owner < 0 or not flow.mask & self._json:
            return False
        method = self._hierarchy.method(owner, "set_default_headers")
        return method >= 0 and any(content_type(site) is not None for site in self._symbols.functions[method].calls)
