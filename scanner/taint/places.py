"""Places by rank: in the facts of a file, offsets are replaced by their ranks among all offsets there are, and a table tells what ranks stand for.

The linker only compares places, so that ranks do for it as well. And where an edit moves everything below it, or changes a comment or a line break,
all places keep their ranks: the facts of the file stay what they were, and what was linked of them can be told again with the new table.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.taint.facts import CallSite, FileFacts, Flow, FunctionFacts
    from scanner.taint.link.comparison import ComparisonFact
    from scanner.taint.link.linker import Linked
    from scanner.taint.witness import MisuseFact, SourcePoint, TaintFact

_PLACES: Final = (":~at", ":~end")  # constants that are places: where the regular expression of a call is written


class Ranked(NamedTuple):
    """Facts with ranks for offsets, and the offsets in their order, as `Places` reads them."""

    facts: FileFacts
    table: bytes


def ranked(facts: FileFacts) -> Ranked:
    """The same facts with ranks for offsets. Negative ones stand for no place, and stay."""
    seen = {0}

    def note(offset: int) -> int:
        seen.add(offset)
        return offset

    _replaced(facts, note)
    order = sorted(offset for offset in seen if offset >= 0)
    ranks = {offset: rank for rank, offset in enumerate(order)}
    return Ranked(_replaced(facts, lambda offset: ranks.get(offset, -1)), array("I", order).tobytes())


def _replaced(facts: FileFacts, put: Callable[[int], int]) -> FileFacts:
    return facts._replace(
        functions=tuple([_function(function, put) for function in facts.functions]),
        classes=tuple([cls._replace(at=put(cls.at), end=put(cls.end)) for cls in facts.classes]),
        misuses=tuple([site._replace(at=put(site.at), end=put(site.end)) for site in facts.misuses]),
    )


def _function(function: FunctionFacts, put: Callable[[int], int]) -> FunctionFacts:
    return function._replace(
        at=put(function.at),
        end=put(function.end),
        flows=tuple([_flow(flow, put) for flow in function.flows]),
        calls=tuple([_call(site, put) for site in function.calls]),
        sources=tuple([site._replace(at=put(site.at), end=put(site.end)) for site in function.sources]),
        sinks=tuple([site._replace(at=put(site.at), end=put(site.end)) for site in function.sinks]),
    )


def _flow(flow: Flow, put: Callable[[int], int]) -> Flow:
    if not flow.hops:
        return flow
    return flow._replace(hops=tuple([type(hop)(put(hop.at), put(hop.end), hop.note) for hop in flow.hops]))


def _call(site: CallSite, put: Callable[[int], int]) -> CallSite:
    moved = site._replace(at=put(site.at), end=put(site.end))
    if not any(slot.endswith(_PLACES) for slot, _ in site.constants):
        return moved
    return moved._replace(
        constants=tuple([(slot, put(value) if slot.endswith(_PLACES) and isinstance(value, int) else value) for slot, value in site.constants])
    )


class Places:
    """What ranks stand for, by path: told again, what was linked stands where the files have it now."""

    def __init__(self, tables: Mapping[str, bytes]) -> None:
        self._tables = tables
        self._known: dict[str, array[int]] = {}

    def offset(self, path: str, rank: int) -> int:
        """The offset that a rank of a file stands for."""
        known = self._known.get(path)
        if known is None:
            known = self._known[path] = array("I", self._tables.get(path, b""))
        return known[min(rank, len(known) - 1)] if rank >= 0 and known else rank

    def linked(self, linked: Linked) -> Linked:
        """What the linker said, with offsets for ranks."""
        return linked._replace(
            facts=tuple([self._fact(fact) for fact in linked.facts]),
            misuses=tuple([self._misuse(fact) for fact in linked.misuses]),
            comparisons=tuple([self._comparison(fact) for fact in linked.comparisons]),
        )

    def _fact(self, fact: TaintFact) -> TaintFact:
        offset, sink = self.offset, fact.sink
        return fact._replace(
            source=self._source(fact.source),
            sink=sink._replace(at=offset(sink.path, sink.at), end=offset(sink.path, sink.end)),
            steps=tuple([step._replace(at=offset(step.path, step.at), end=offset(step.path, step.end)) for step in fact.steps]),
            related=tuple([self._source(source) for source in fact.related]),
        )

    def _source(self, source: SourcePoint) -> SourcePoint:
        return source._replace(at=self.offset(source.path, source.at), end=self.offset(source.path, source.end))

    def _misuse(self, fact: MisuseFact) -> MisuseFact:
        site = fact.site
        return fact._replace(site=site._replace(at=self.offset(fact.path, site.at), end=self.offset(fact.path, site.end)))

    def _comparison(self, fact: ComparisonFact) -> ComparisonFact:
        return fact._replace(
            at=self.offset(fact.path, fact.at),
            end=self.offset(fact.path, fact.end),
            siblings=tuple([item._replace(at=self.offset(item.path, item.at), end=self.offset(item.path, item.end)) for item in fact.siblings]),
        )
