"""Places by rank: what was linked of packed facts (see `scanner.taint.packing`) told with the offsets that their ranks stand for."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.linked import ComparisonFact, Linked
    from scanner.taint.witness import MisuseFact, SourcePoint, TaintFact


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
