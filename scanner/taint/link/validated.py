"""Fields that a class checks when an instance is made: what is read of them is a number, a known word, or matches a pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.facts import EntryKind
from scanner.taint.local.constraints import harmless_for
from scanner.taint.refs import ResultType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.facts import Entry, FunctionFacts, Path
    from scanner.taint.link.conversions import Conversions
    from scanner.taint.link.hierarchy import Hierarchy, Type
    from scanner.taint.link.symbols import Symbols
    from scanner.taint.link.types import Types

_CHECKING = frozenset({"pydantic.BaseModel", "pydantic.main.BaseModel", "pydantic.v1.BaseModel"})
"""Classes whose subclasses refuse what is not of the type that a field is declared with."""


class Validated:
    """Knows the fields of such classes, and which places in functions read them."""

    def __init__(self, symbols: Symbols, hierarchy: Hierarchy, types: Types, conversions: Conversions, bits: Mapping[str, int]) -> None:
        self._symbols = symbols
        self._hierarchy = hierarchy
        self._types = types
        self._conversions = conversions
        self._checking = {cls for cls in range(len(symbols.classes)) if not _CHECKING.isdisjoint(hierarchy.line(cls))}
        self._patterns = {
            (cls, name): harmless_for(pattern, bits, full=False) for cls in self._checking for name, pattern in symbols.classes[cls].patterns
        }
        self._steps = frozenset(f".{name}" for _, name in self._patterns) | frozenset(
            f".{name}"
            for cls in self._checking
            for name, _ in symbols.classes[cls].attribute_types
            if conversions.harmless(types.attribute(cls, name))
        )

    def safe(self, number: int, function: FunctionFacts, entry: Entry) -> int:
        """The kinds (as a mask, -1 for all) that what is read in a function cannot harm, whatever its receiver's classes are.

        What ends in a field that is a number or a known word, or leads through one, harms nothing; a text that has to match a pattern hardly more.
        """
        if not self._steps:
            return 0
        path = (f".{entry.name}", *entry.path) if entry.kind is EntryKind.FIELD else entry.path
        return 0 if self._steps.isdisjoint(path) else self._leads(self._root(number, function, entry), path)

    def _root(self, number: int, function: FunctionFacts, entry: Entry) -> tuple[Type, ...]:
        file = self._symbols.file_of[number]
        match entry.kind:
            case EntryKind.PARAM:
                if entry.number == 0 and function.owner and function.binding not in {"static", "class"}:
                    return (self._symbols.owner(number),)
                declared = function.param_types[entry.number] if entry.number < len(function.param_types) else None
                return self._types.of(declared, number, file) if isinstance(declared, str) else ()
            case EntryKind.FIELD:
                return self._types.of(entry.type, number, file)
            case EntryKind.RESULT:
                return self._types.of(ResultType(function.calls[entry.number].callee), number, file)
            case _:
                return ()

    def _leads(self, types: tuple[Type, ...], path: Path) -> int:
        for position, step in enumerate(path):
            if not types or not step.startswith("."):
                return 0
            checked = step in self._steps and all(type_ in self._checking for type_ in types)
            held = [self._types.attribute(type_, step[1:]) for type_ in types]
            if checked and all(held) and all(self._conversions.harmless((found,)) for group in held for found in group):
                return -1
            if checked and position == len(path) - 1:
                return self._matched(types, step[1:])
            types = tuple(dict.fromkeys(found for group in held for found in group)) if all(held) else ()
        return 0

    def _matched(self, owners: tuple[Type, ...], name: str) -> int:
        mask = -1
        for owner in owners:
            known = (self._patterns.get((cls, name)) for cls in self._hierarchy.order(owner) if isinstance(cls, int))
            mask &= next((found for found in known if found is not None), 0)
        return mask
