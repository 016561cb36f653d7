"""From sinks that were reached to one fact for each rule and place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scanner.core.finding import Trust
from scanner.core.location import Role
from scanner.core.rule import Precision
from scanner.taint.facts import EntryKind
from scanner.taint.kinds import BELOW, FOUND, KEY, LINES, MARKUP, MEANT, NO_PROTO
from scanner.taint.knowledge import FlowRule
from scanner.taint.link.search import Hit
from scanner.taint.link.trail import How, forward
from scanner.taint.local.language import LANGUAGES, PYTHON
from scanner.taint.witness import SinkPoint, Step, TaintFact, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from scanner.taint.knowledge import Knowledge
    from scanner.taint.link.graph import Graph
    from scanner.taint.link.legs import Sink
    from scanner.taint.link.own import OwnSinks
    from scanner.taint.link.symbols import Symbols
    from scanner.taint.link.telling import Teller
    from scanner.taint.link.trail import Trail
    from scanner.taint.witness import SourcePoint

_MOST_RELATED = 4
_MANY_GUESSES = 2  # a way that rests on more of them is a guess itself
_MOST_OPAQUE = 1  # nor one through more calls that nobody knows: what the second one makes of what the first one made of it is anybody's guess
_MANY_STEPS = (0, 24, 19)  # by guesses, of a way that rests on so many: those of published vulnerabilities that rest on any have 8 at most
_RANKS = {trust: rank for rank, trust in enumerate(Trust)}


class _Found(NamedTuple):
    rank: int
    uncertain: bool
    guesses: int
    steps: int
    sink: int
    hit: Hit
    rule: FlowRule


class Reporting:
    """Gathers hits, search by search, the best trust first."""

    def __init__(self, symbols: Symbols, graph: Graph, knowledge: Knowledge, teller: Teller, own: OwnSinks) -> None:
        """`own` knows the sinks that the program defines: what a library's callers bring them is told once, where they are written."""
        self._own = own
        self._symbols = symbols
        self._graph = graph
        self._bits = knowledge.kind_bits
        self._shown = LANGUAGES.get(knowledge.language, PYTHON).shown
        self._teller = teller
        self._by_kind: dict[str, list[FlowRule]] = {}
        for rule in knowledge.flow_rules:
            for kind in rule.kinds:
                self._by_kind.setdefault(kind, []).append(rule)
        self._best: dict[tuple[str, int, int, int], _Found] = {}
        self._handed_on: dict[tuple[str, int, int, int], _Found] = {}  # by a library's callers to sinks that it defines itself
        self._sources: dict[tuple[str, int, int, int], dict[int, None]] = {}
        self._points: Sequence[SourcePoint] = ()
        self.unsure: frozenset[int] = frozenset()  # the sources that may be none

    def take(self, trust: Trust, hits: Iterable[Hit], points: Sequence[SourcePoint]) -> None:
        """Note what a search from the sources of one trust has reached; `points` are all sources by number."""
        self._points = points
        for hit in hits:
            sink = self._graph.sinks[hit.sink]
            wanted = self._bits.get(sink.kind, 0) | (self._bits.get(NO_PROTO, 0) if sink.kind == KEY else 0)
            if not hit.alive & wanted:
                continue
            for rule in self._by_kind.get(sink.kind, ()):
                if trust in rule.trusts and (not rule.sources or self._points[hit.source].name in rule.sources):
                    self._note(trust, rule, sink, hit)

    def _note(self, trust: Trust, rule: FlowRule, sink: Sink, hit: Hit) -> None:
        key = (rule.rule_id, self._symbols.file_of[sink.function], sink.at, sink.end)
        # A path from a library's caller is worth more where it was meant as a name in a directory.
        guessed = not sink.certain or self._half_tested(sink, hit) or hit.source in self.unsure or self._points[hit.source].behind
        found = _Found(
            # What a rule takes for unlikely from one trust is told of another one first.
            _RANKS[trust] + (len(_RANKS) if (trust, Precision.LOW) in rule.confidence else 0),
            guessed or (trust is Trust.LIBRARY and sink.kind in MEANT and not self._below(sink, hit)),
            hit.guesses,
            hit.steps,
            hit.sink,
            hit,
            rule,
        )
        best = self._handed_on if trust is Trust.LIBRARY and sink in self._own else self._best
        held = best.get(key)
        if held is None or found[:5] < held[:5]:
            best[key] = found
        self._sources.setdefault(key, {}).update(dict.fromkeys((hit.source, *hit.others)))

    def _below(self, sink: Sink, hit: Hit) -> bool:
        """Whether the data was put behind something else: in the sink's own function for a path, anywhere on the way for a statement or code."""
        return not hit.alive & self._bits.get(BELOW, 0) if sink.kind in LINES else sink.below

    def _half_tested(self, sink: Sink, hit: Hit) -> bool:
        """Whether the keys by which an object was reached all were tested to be no `__proto__`."""
        return sink.kind == KEY and not hit.alive & self._bits.get(NO_PROTO, 0)

    def _known_sources(self, key: tuple[str, int, int, int], source: SourcePoint) -> list[SourcePoint]:
        """All sources from which data reaches a place, but for parameters that a library's callers may fill."""
        return [source, *[point for number in self._sources[key] if (point := self._points[number]).trust is not Trust.LIBRARY]]

    def _holds(self, source: SourcePoint, sink: Sink) -> bool:
        """Whether the data is of the very object whose method the sink is: a connection knows what its own tables are called."""
        function = self._symbols.functions[sink.function]
        if sink.holder < 0 or (source.path, source.function) != (self._teller.path(sink.function), function.qualname):
            return False
        return sink.holder < len(function.params) and function.params[sink.holder] == source.parameter

    def _is_doubted(self, found: _Found, sources: Iterable[int]) -> bool:
        """Whether all that comes to a sink is what hardly does harm there, and comes as it is: nothing was taken out of it or put before it."""
        doubted, hit = found.rule.doubted, found.hit
        if not doubted:
            return False
        steps = forward(hit.trail)
        entry, point = steps[0].leg.flow.entry, self._points[hit.source]
        if point.name not in doubted and not (entry.path and f"{point.name}:{entry.path[0].lower()}" in doubted):
            return False
        others = (self._points[number] for number in sources if number != hit.source)
        if any(other.name not in doubted for other in others):
            return False
        return not any(self._graph.is_made(step.function, step.leg.flow) or (step.how is How.OVER and step.other < 0) for step in steps)

    def facts(self) -> tuple[TaintFact, ...]:
        """One fact for each rule and place, sorted by place and rule."""
        reached = [(found.rule.rule_id, self._graph.sinks[found.sink]) for found in self._best.values()]
        told = {(rule, sink.kind, sink.function) for rule, sink in reached if sink not in self._own}
        others = {key: found for key, found in self._handed_on.items() if key not in self._best and not self._is_told_inside(found, told)}
        facts = [self._fact(key, found) for key, found in (self._best | others).items()]
        return tuple(sorted(facts, key=lambda fact: (fact.sink.path, fact.sink.at, fact.sink.end, fact.rule_id)))

    def _is_told_inside(self, found: _Found, told: AbstractSet[tuple[str, str, int]]) -> bool:
        """Whether of a sink that a library defines itself the same is told where it is written."""
        sink = self._graph.sinks[found.sink]
        return any((found.rule.rule_id, sink.kind, function) in told for function in self._own.inside(sink))

    def _fact(self, key: tuple[str, int, int, int], found: _Found) -> TaintFact:
        hit, sink = found.hit, self._graph.sinks[found.sink]
        path = self._teller.path(sink.function)
        source = self._points[hit.source]
        if source.parameter and source.trust.sent:  # who sends a request knows its parts, and nothing of a parameter
            source = source._replace(key=_key(hit.trail))
        others = dict.fromkeys(point for number in self._sources[key] if (point := self._points[number]) != self._points[hit.source])
        label = f"{source.parameter}[{source.key!r}]" if source.key else f"parameter {source.parameter}" if source.parameter else source.name
        name = self._shown(sink.name)
        told, ending = self._teller.steps(hit.trail)
        middle = tidy(told)
        opaque = self._teller.opaque(hit.trail) > _MOST_OPAQUE
        first = Step(source.path, source.at, source.end, Role.SOURCE, f"source: {label}", source.parameter)
        last = Step(path, sink.at, sink.end, Role.SINK, f"{ending}, sink: {name}" if ending else f"sink: {name}")
        named = self._teller.certain(hit.trail)
        middle = tuple(step for step in middle if (step.path, step.at, step.end) not in {first[:3], last[:3]})
        return TaintFact(
            rule_id=found.rule.rule_id,
            source=source,
            sink=SinkPoint(
                path, self._symbols.functions[sink.function].qualname, sink.at, sink.end, sink.kind, name, sink.slot, self._below(sink, hit)
            ),
            steps=(first, *middle, last),
            related=tuple(others)[:_MOST_RELATED],
            certain=sink.certain
            and hit.source not in self.unsure
            and hit.guesses <= _MANY_GUESSES
            and not self._half_tested(sink, hit)
            and not self._holds(source, sink)
            and named
            and not opaque,
            found=self._teller.tested(hit.trail, self._bits.get(FOUND, 0)),
            doubtful=hit.guesses > _MANY_GUESSES
            or (hit.guesses > 0 and hit.steps > _MANY_STEPS[hit.guesses])
            or self._is_doubted(found, self._sources[key])
            or (sink.kind == MARKUP and self._teller.unseen(hit.trail, self._known_sources(key, source))),
            shared=any(step.how in {How.HEAP, How.LOOSE} and self._graph.several(step.call) for step in forward(hit.trail)),
        )


def _key(trail: Trail) -> str:
    """The key of a parameter under which a way begins (`environ["PATH_INFO"]`); empty where it begins with the whole, or with an attribute."""
    entry = forward(trail)[0].leg.flow.entry
    key = entry.path[0] if entry.kind is EntryKind.PARAM and entry.path else ""
    return key[1:-1] if key.startswith("[") and not key[1:-1].isdigit() else ""
