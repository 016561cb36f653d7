"""Comparison of handlers: those that lack a check which most of their siblings have.

Nobody can tell from one handler alone whether it should ask who calls. Its siblings can: where nearly all handlers of a file are decorated with
`login_required`, sit behind a middleware `requireAdmin`, or call `check_permission` themselves, the one that does none of it was probably forgotten.
That is a comparison and no flow; it is told with the siblings as its evidence, and meant to be judged.

A check is known by its name: the rule says which words make one (`auth`, `permission`), and which handlers are open to everybody by nature (`login`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from scanner.taint.knowledge import ComparisonRule
from scanner.taint.link.calls import Calls
from scanner.taint.link.symbols import Symbols
from scanner.taint.linked import ComparisonFact, Sibling
from scanner.taint.refs import ClosureRef, MethodRef, NameRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scanner.taint.facts import FunctionFacts
    from scanner.taint.refs import CalleeRef

_SHOWN = 3  # siblings that are shown as evidence
_EARLY = 6  # calls at the top of a handler, which is where people ask who is there
_GATES = ("dispatch", "initial", "prepare")  # methods that frameworks call before whichever other one of a class serves a request
_READS = frozenset({"get", "head", "options"})  # methods of HTTP that change nothing: a site often shows everybody what only some may change


def compare_handlers(
    symbols: Symbols, calls: Calls, entered: Iterable[int], rules: Iterable[ComparisonRule], routes: frozenset[str]
) -> tuple[ComparisonFact, ...]:
    """The handlers that lack what their siblings in the same file have.

    `entered` are functions by number; `routes` names the decorators that make a function a handler, which are no checks whatever they are called.
    """
    chosen = tuple(rules)
    if not chosen:
        return ()
    by_file: dict[int, list[int]] = {}
    for number in entered:
        by_file.setdefault(symbols.file_of[number], []).append(number)
    beside, registrars = _registered_beside(symbols, calls), _registrars(calls)
    facts: list[ComparisonFact] = []
    for handlers in by_file.values():
        for rule in chosen:
            ordered = sorted(set(handlers))
            facts.extend(_Group(symbols, calls, rule, routes, beside, _heads(symbols, ordered), registrars).outliers(ordered))
    return tuple(sorted(facts, key=lambda fact: (fact.path, fact.at, fact.rule_id)))


class _Group(NamedTuple):
    """The handlers of one file under one rule."""

    symbols: Symbols
    calls: Calls
    rule: ComparisonRule
    routes: frozenset[str]
    beside: Mapping[int, tuple[str, ...]]
    heads: Mapping[int, tuple[str, ...]]
    registrars: Mapping[int, tuple[str, ...]]

    def outliers(self, entered: list[int]) -> Iterator[ComparisonFact]:
        """The handlers that lack a check. A function that is a check itself (a dependency) is none of them."""
        handlers = [number for number in entered if not re.search(self.rule.checks, _simple(self.symbols.functions[number].qualname))]
        if len(handlers) < self.rule.minimum + 1:
            return
        checks = {number: self._checks(number) for number in handlers}
        reads = [number for number in handlers if self._reads(number)]
        if sum(1 for number in reads if checks[number]) * 2 <= len(reads):
            handlers = [number for number in handlers if checks[number] or number not in reads]
        having = [number for number in handlers if checks[number]]
        if len(having) < self.rule.minimum or len(having) < self.rule.share * len(handlers):
            return
        common = Counter(name for number in having for name in sorted(checks[number])).most_common(1)[0][0]
        evidence = [self._sibling(number) for number in having if common in checks[number]][:_SHOWN]
        told: set[str] = set()
        for number in handlers:
            function = self.symbols.functions[number]
            if checks[number] or re.search(self.rule.public, function.qualname) or (function.owner and function.owner in told):
                continue
            told.add(function.owner)
            place = self._sibling(number)
            yield ComparisonFact(self.rule.rule_id, *place, common, tuple(evidence), len(having), len(handlers))

    def _sibling(self, number: int) -> Sibling:
        function = self.symbols.functions[number]
        return Sibling(self.symbols.files[self.symbols.file_of[number]].path, function.qualname, function.at, function.end)

    def _checks(self, number: int) -> frozenset[str]:
        """The names of checks that a handler has: its decorators, its class's bases, what it is registered behind, and what it calls first."""
        names = [*self._bases(number), *self.beside.get(number, ()), *self.heads.get(number, ())]
        for one in (number, *_gates(self.symbols, number)):
            names += [*_decorators(self.symbols.functions[one]), *_first_calls(self.symbols.functions[one])]
        return frozenset(name for name in names if name not in self.routes and re.search(self.rule.checks, _simple(name)))

    def _reads(self, number: int) -> bool:
        """Whether a handler is known to serve a method that only reads: by its own name, or by what registers it."""
        function = self.symbols.functions[number]
        names = (function.qualname, *_decorators(function), *self.registrars.get(number, ()))
        return any(_simple(name).lower() in _READS for name in names)

    def _bases(self, number: int) -> Iterator[str]:
        cls = self.symbols.owner(number)
        if cls >= 0:
            facts = self.symbols.classes[cls]
            yield from (base for base in facts.bases if base)
            yield from filter(None, (_name(ref) for ref in facts.decorators))
            yield from (name for name, _ in facts.attribute_types)
            yield from (name for name, _ in facts.functions)


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


def _registrars(calls: Calls) -> dict[int, tuple[str, ...]]:
    """By handler, the names of the functions that register it."""
    found: dict[int, tuple[str, ...]] = {}
    for call, callbacks in calls.callbacks.items():
        name = _name(calls.sites[call].callee)
        for _, (target, _) in callbacks:
            found[target] = (*found.get(target, ()), name)
    return found


def _heads(symbols: Symbols, handlers: list[int]) -> dict[int, tuple[str, ...]]:
    """By handler, the functions that the calls in its head name: dependencies in its decorators and its parameters' defaults, and its class's.

    Its head begins where the function before it ends, or the handler before it: one without a name is written where it is registered.
    """
    file = symbols.file_of[handlers[0]]
    functions = symbols.files[file].functions
    own = {(symbols.functions[number].at, symbols.functions[number].end) for number in handlers}
    ends = sorted(function.end for function in functions if not function.qualname.endswith(">") or (function.at, function.end) in own)
    outside = sorted(
        (site.at, name)
        for function in functions
        if function.qualname.endswith(("<module>", "<class>"))
        for site in function.calls
        for name in (_name(site.callee), *(_name(ref) for _, ref in site.functions))
        if name
    )
    found: dict[int, tuple[str, ...]] = {}
    for number in handlers:
        heads = [(symbols.functions[one].at, symbols.functions[one].end) for one in (number, *_gates(symbols, number))]
        cls = symbols.owner(number)
        if cls >= 0:
            heads.append((symbols.classes[cls].at, symbols.classes[cls].at))
        spans = [(ends[before - 1] if (before := bisect_left(ends, at)) else 0, end) for at, end in heads]
        found[number] = tuple(name for at, name in outside if any(start <= at < end for start, end in spans))
    return found


def _gates(symbols: Symbols, number: int) -> list[int]:
    """The methods of a handler's class that stand before it."""
    function, known = symbols.functions[number], symbols.function_numbers[symbols.file_of[number]]
    found = [known.get(f"{function.owner}.{gate}", number) for gate in _GATES] if function.owner else []
    return [gate for gate in found if gate != number]


def _decorators(function: FunctionFacts) -> Iterator[str]:
    return filter(None, (_name(ref) for ref, _ in function.decorators))


def _first_calls(function: FunctionFacts) -> Iterator[str]:
    ordered = sorted(function.calls, key=lambda site: site.at)[:_EARLY]
    return filter(None, (_name(ref) for site in ordered for ref in (site.callee, *(held for _, held in site.functions))))


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
