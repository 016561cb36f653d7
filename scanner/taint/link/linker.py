"""From the facts of all files to the flows of the program."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from scanner.core.finding import Trust
from scanner.taint.conditions import holds, known_arguments, named_for
from scanner.taint.facts import REACHED, MisuseSite
from scanner.taint.kinds import BELOW, KEY, LINES, NO_PROTO
from scanner.taint.link.callees import Callees
from scanner.taint.link.calls import Calls
from scanner.taint.link.comparison import compare_handlers
from scanner.taint.link.crossing import Crossing
from scanner.taint.link.entrypoints import EntryPoints
from scanner.taint.link.graph import Graph
from scanner.taint.link.heap import Heap
from scanner.taint.link.hierarchy import Hierarchy
from scanner.taint.link.own import OwnSinks
from scanner.taint.link.paths import MOST_GUESSES, MOST_LIBRARY_GUESSES
from scanner.taint.link.pruning import prune
from scanner.taint.link.reporting import Reporting
from scanner.taint.link.search import BOUND, FREE, Search, Start
from scanner.taint.link.summaries import summarise
from scanner.taint.link.symbols import Symbols
from scanner.taint.link.telling import Teller
from scanner.taint.link.types import Types
from scanner.taint.linked import Linked, Statistics, Truncation
from scanner.taint.local.context import Library
from scanner.taint.local.language import LANGUAGES, PYTHON
from scanner.taint.witness import MisuseFact, SourcePoint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scanner.taint.facts import FileFacts
    from scanner.taint.knowledge import Knowledge


_ROUNDS: Final = 3
_TURNS: Final = tuple((trust, behind) for trust in Trust for behind in (False, True) if not behind or trust is Trust.LIBRARY)
"""The searches, in order: what a library offers comes before what stands behind it."""


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """`library`: parameters of exported functions count as sources of trust LIBRARY."""

    library: bool = True


class _Source(NamedTuple):
    """A source under its number: its place, where the search starts from it, and for which kinds."""

    point: SourcePoint
    starts: tuple[tuple[int, int], ...]
    alive: int = -1
    certain: bool = True  # whether it surely is one
    telling: bool = True  # whether it says that this is a program: a library may offer what stands before an application, too


def link(files: Sequence[FileFacts], knowledge: Knowledge, options: LinkOptions | None = None) -> Linked:
    """The flows through a program of one language. The order of the files changes nothing."""
    return _Linker(sorted(files, key=lambda file: file.path), knowledge, options or LinkOptions()).run()


class _Linker:
    def __init__(self, files: Sequence[FileFacts], knowledge: Knowledge, options: LinkOptions) -> None:
        self._knowledge = knowledge
        self._options = options
        library = Library(knowledge)
        self._symbols = symbols = Symbols(files, library)
        self._hierarchy = hierarchy = Hierarchy(symbols, library)
        types = Types(symbols, hierarchy, library, knowledge)
        callees = Callees(symbols, hierarchy, types, knowledge, library)
        self._calls = calls = Calls(symbols, hierarchy, types, callees, knowledge.callbacks)
        self._entry_points = EntryPoints(symbols, hierarchy, types, callees, knowledge, library)
        self._entry_points.open_declared()
        calls.resolve()
        for _ in range(_ROUNDS):  # a handler may register handlers on what it is given
            if not self._entry_points.open_passed(calls):
                break
            calls.resolve()
        self._accepted = {trust: _accepted(knowledge, trust) for trust in Trust}
        relevant = 0
        for mask in self._accepted.values():
            relevant |= mask
        self._heap = Heap(symbols, hierarchy, types, knowledge, calls.made())
        self._graph = Graph(
            symbols, hierarchy, types, calls, self._heap, knowledge, library, relevant, self._entry_points.answers, self._entry_points.injected
        )

    def run(self) -> Linked:
        prune(self._graph, self._calls)
        crossing = Crossing(self._symbols, self._calls, self._graph)
        cut = summarise(self._graph, self._calls, crossing, len(self._symbols.functions))
        sources = self._sources()
        language = LANGUAGES.get(self._knowledge.language, PYTHON)
        search = Search(self._graph, crossing, keyed=language.keyed)
        teller = Teller(self._symbols, self._calls, self._heap, language.common)
        own = OwnSinks(self._symbols, self._hierarchy, self._calls, self._knowledge.language)
        reporting = Reporting(self._symbols, self._graph, self._knowledge, teller, own)
        points = [source.point for source in sources]
        reporting.unsure = frozenset(number for number, source in enumerate(sources) if not source.certain)
        before: list[Trust] = []
        for trust, behind in _TURNS:
            starts = [
                Start(node, phase, number, source.alive)
                for number, source in enumerate(sources)
                if source.point.trust is trust and source.point.behind is behind
                for node, phase in source.starts
            ]
            if starts and self._accepted[trust]:
                guesses = MOST_LIBRARY_GUESSES if trust is Trust.LIBRARY else MOST_GUESSES
                covered = bool(before) and all(_covers(self._knowledge, earlier, trust) for earlier in before)
                reporting.take(trust, search.run(starts, self._accepted[trust], guesses=guesses, covered=covered), points)
                before.append(trust)
        return Linked(
            facts=reporting.facts(),
            misuses=tuple(sorted(self._misuses(), key=lambda fact: (fact.path, fact.site.at, fact.site.end, fact.site.rule_id))),
            truncations=tuple(self._truncations(cut)),
            statistics=Statistics(
                functions=len(self._symbols.functions),
                classes=len(self._symbols.classes),
                calls=len(self._calls.sites),
                resolved=sum(1 for callee in self._calls.callee if callee.targets or callee.names),
                nodes=len(self._graph.entries),
                visited=search.visited,
            ),
            comparisons=compare_handlers(
                self._symbols, self._calls, self._entry_points.served, self._knowledge.comparison_rules, self._entry_points.routes
            ),
            has_entry_points=bool(self._entry_points.entered)
            or any(source.certain and source.telling and source.point.trust.sent for source in sources),
        )

    def _sources(self) -> list[_Source]:
        graph = self._graph
        guessed = self._entry_points.guessed
        found = []
        for origin in graph.origins:
            function = self._symbols.functions[origin.function]
            point = SourcePoint(self._path(origin.function), function.qualname, origin.at, origin.end, origin.name, Trust(origin.trust))
            found.append(_Source(point, ((origin.node, FREE),), origin.alive, origin.function not in guessed))
        exported = self._entry_points.exported(self._calls) if self._options.library and self._accepted[Trust.LIBRARY] else ()
        for opening in (*self._entry_points.openings(self._calls), *exported):
            readers = graph.parameters.get((opening.function, opening.parameter))
            if readers:
                function = self._symbols.functions[opening.function]
                name = function.params[opening.parameter]
                place = (self._path(opening.function), function.qualname, function.at, function.end)
                point = SourcePoint(*place, opening.name or name, opening.trust, name, behind=opening.behind, called=opening.called)
                # What a framework passes to a function whose outcome it hands on comes back to those that are given that.
                phase = FREE if opening.function in self._entry_points.injected else BOUND
                starts = tuple(
                    (node, phase)
                    for path, node in readers
                    if REACHED not in path and opening.holds(path) and not self._entry_points.converted(opening, path)
                )
                found.append(_Source(point, starts, opening.alive, telling=opening.telling))
        return found

    def _path(self, function: int) -> str:
        return self._symbols.files[self._symbols.file_of[function]].path

    def _misuses(self) -> Iterator[MisuseFact]:
        """What files saw themselves, and what shows only now that calls are resolved."""
        seen = set()
        for number, file in enumerate(self._symbols.files):
            for site in sorted(file.misuses, key=lambda site: (site.unnamed, site.unsure)):  # the surest word on a call comes first
                key = (file.path, site.at, site.end, site.rule_id)
                certain = site.left_out < 0 or self._calls.leaves_out(self._symbols.function_numbers[number].get(site.function, -1), site.left_out)
                if site.unnamed and not self._named_by_callers(number, site):
                    continue
                if key not in seen and certain is not False:  # a method may be known by the names of several classes
                    seen.add(key)
                    yield MisuseFact(file.path, site, certain is True and not site.unsure)
        rules = self._knowledge.misuse_rules
        for number, callee in enumerate(self._calls.callee):
            matching = [(rule, name, True) for name in callee.names for rule in rules.get(name, ())]
            matching.extend((rule, self._calls.sites[number].text, False) for rule in callee.misuses)
            for rule, name, certain in matching:
                call = self._calls.sites[number]
                function = self._calls.function_of[number]
                key = (self._path(function), call.at, call.end, rule.rule_id)
                qualname = self._symbols.functions[function].qualname
                if (
                    key not in seen
                    and holds(rule.when, known_arguments(call), call.slots)
                    and (not rule.inside or rule.unsure or named_for(rule.inside, qualname))
                ):
                    seen.add(key)
                    yield MisuseFact(key[0], MisuseSite(rule.rule_id, call.at, call.end, qualname, name), certain and not rule.unsure)

    def _named_by_callers(self, file: int, site: MisuseSite) -> bool:
        """Whether a caller of the function around a site, or of one that this is written in, gives the outcome a name that the rule asks for."""
        patterns = {rule.inside for rule in self._knowledge.misuse_rules.get(site.detail, ()) if rule.rule_id == site.rule_id}
        numbers, name = self._symbols.function_numbers[file], site.function
        while name:
            namings = self._namings.get(numbers.get(name, -1), ())
            if any(named_for(pattern, naming) for naming in namings for pattern in patterns):
                return True
            name = name.rpartition(".")[0]
        return False

    @cached_property
    def _namings(self) -> dict[int, list[str]]:
        """By function, the names of variables that take what it returns."""
        found: dict[int, list[str]] = {}
        for call, callee in enumerate(self._calls.callee):
            if (naming := self._calls.sites[call].naming) and callee.certain:
                for function, _ in callee.targets:
                    found.setdefault(function, []).append(naming)
        return found

    def _truncations(self, cut: tuple[int, ...]) -> Iterator[Truncation]:
        for file in self._symbols.files:
            for qualname in file.truncated:
                yield Truncation(file.path, qualname, "larger than is looked at")
        for function in cut:
            yield Truncation(self._path(function), self._symbols.functions[function].qualname, "more ways through it than are followed")
        if crowded := len(self._calls.crowded):
            calls = "call may reach" if crowded == 1 else "calls may reach"
            yield Truncation("", "", f"{crowded} {calls} more functions than are followed")


def _covers(knowledge: Knowledge, better: Trust, trust: Trust) -> bool:
    """Whether every rule that accepts a trust accepts the better one too: a sink that the better one reached is then settled."""
    return all(better in rule.trusts for rule in knowledge.flow_rules if trust in rule.trusts)


def _accepted(knowledge: Knowledge, trust: Trust) -> int:
    """The kinds for which some rule accepts sources of a trust."""
    mask = 0
    for rule in knowledge.flow_rules:
        if trust in rule.trusts:
            for kind in rule.kinds:
                mask |= knowledge.kind_bits.get(kind, 0)
                # Followed as well, for how sure such a finding is.
                if kind == KEY:
                    mask |= knowledge.kind_bits.get(NO_PROTO, 0)
                if kind in LINES and trust is Trust.LIBRARY:
                    mask |= knowledge.kind_bits.get(BELOW, 0)
    return mask
