"""Comparison of handlers: those that lack a check which most of their siblings have.

Nobody can tell from one handler alone whether it should ask who calls. Its siblings can: where nearly all handlers of a file are decorated with
`login_required`, sit behind a middleware `requireAdmin`, or call `check_permission` themselves, the one that does none of it was probably forgotten.
That is a comparison and no flow; it is told with the siblings as its evidence, and meant to be judged.

A check is known by its name: the rule says which words make one (`auth`, `permission`), and which handlers are open to everybody by nature (`login`).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scanner.taint.facts import ClosureRef, MethodRef, NameRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scanner.taint.facts import CalleeRef, FunctionFacts
    from scanner.taint.knowledge import ComparisonRule
    from scanner.taint.link.calls import Calls
    from scanner.taint.link.symbols import Symbols

_SHOWN = 3  # siblings that are shown as evidence
_EARLY = 6  # calls at the top of a handler, which is where people ask who is there


class Sibling(NamedTuple):
    """A handler that has the check: its file, name and place."""

    path: str
    function: str
    at: int
    end: int


class ComparisonFact(NamedTuple):
    """One handler that lacks a check: the rule, its place, the check that most of its siblings have, and some of them."""

    rule_id: str
    path: str
    function: str
    at: int
    end: int
    check: str
    siblings: tuple[Sibling, ...]
    having: int
    handlers: int


def compare_handlers(
    symbols: Symbols, calls: Calls, entered: Iterable[int], rules: Iterable[ComparisonRule], routes: frozenset[str]
) -> tuple[ComparisonFact, ...]:
    """The handlers that lack what their siblings in the same file have. `entered` are functions by number; `routes` names the decorators that make
    a function a handler, which are no checks whatever they are called.
    """
    chosen = tuple(rules)
    if not chosen:
        return ()
    by_file: dict[int, list[int]] = {}
    for number in entered:
        by_file.setdefault(symbols.file_of[number], []).append(number)
    beside = _registered_beside(symbols, calls)
    facts: list[ComparisonFact] = []
    for handlers in by_file.values():
        for rule in chosen:
            facts.extend(_Group(symbols, calls, rule, routes, beside).outliers(sorted(set(handlers))))
    return tuple(sorted(facts, key=lambda fact: (fact.path, fact.at, fact.rule_id)))


class _Group(NamedTuple):
    """The handlers of one file under one rule."""

    symbols: Symbols
    calls: Calls
    rule: ComparisonRule
    routes: frozenset[str]
    beside: Mapping[int, tuple[str, ...]]

    def outliers(self, handlers: list[int]) -> Iterator[ComparisonFact]:
        if len(handlers) < self.rule.minimum + 1:
            return
        checks = {number: self._checks(number) for number in handlers}
        having = [number for number in handlers if checks[number]]
        if len(having) < self.rule.minimum or len(having) < self.rule.share * len(handlers):
            return
        common = Counter(name for number in having for name in sorted(checks[number])).most_common(1)[0][0]
        evidence = [self._sibling(number) for number in having if common in checks[number]][:_SHOWN]
        for number in handlers:
            function = self.symbols.functions[number]
            if not checks[number] and not re.search(self.rule.public, _simple(function.qualname)):
                place = self._sibling(number)
                yield ComparisonFact(self.rule.rule_id, *place, common, tuple(evidence), len(having), len(handlers))

    def _sibling(self, number: int) -> Sibling:
        function = self.symbols.functions[number]
        return Sibling(self.symbols.files[self.symbols.file_of[number]].path, function.qualname, function.at, function.end)

    def _checks(self, number: int) -> frozenset[str]:
        """The names of checks that a handler has: its decorators, its class's bases, what it is registered behind, and what it calls first."""
        function = self.symbols.functions[number]
        names = [*_decorators(function), *self._bases(number), *self.beside.get(number, ()), *_first_calls(function)]
        return frozenset(name for name in names if name not in self.routes and re.search(self.rule.checks, _simple(name)))

    def _bases(self, number: int) -> Iterator[str]:
        cls = self.symbols.owner(number)
        if cls >= 0:
            facts = self.symbols.classes[cls]
            yield from (base for base in facts.bases if base)
            yield from filter(None, (_name(ref) for ref in facts.decorators))


def _registered_beside(symbols: Symbols, calls: Calls) -> dict[int, tuple[str, ...]]:
    """By handler, the other functions that a call registers with it: the middleware before it."""
    found: dict[int, tuple[str, ...]] = {}
    for call, callbacks in calls.callbacks.items():
        site = calls.sites[call]
        names = tuple(name for _, ref in site.functions if (name := _name(ref)))
        for _, (target, _) in callbacks:
            own = symbols.functions[target].qualname
            found[target] = (*found.get(target, ()), *(name for name in names if _simple(name) != _simple(own)))
    return found


def _decorators(function: FunctionFacts) -> Iterator[str]:
    return filter(None, (_name(ref) for ref, _ in function.decorators))


def _first_calls(function: FunctionFacts) -> Iterator[str]:
    ordered = sorted(function.calls, key=lambda site: site.at)[:_EARLY]
    return filter(None, (_name(site.callee) for site in ordered))


def _name(ref: CalleeRef) -> str:
    match ref:
        case NameRef(name) | MethodRef(name=name):
            return name
        case ClosureRef(qualname):
            return qualname
        case _:
            return ""


def _simple(name: str) -> str:
    return name.rpartition(".")[2]
