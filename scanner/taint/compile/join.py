"""All models and rules of one language into its `Knowledge`: aliases resolved, rows by name, disagreements told."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from scanner.taint.kinds import kind_bits
from scanner.taint.knowledge import (
    CallbackRow,
    ComparisonRule,
    FlowRule,
    GuardRow,
    Knowledge,
    MisuseRule,
    PropagatorRow,
    SanitizerRow,
    SinkRow,
    SourceRow,
)
from scanner.taint.local.language import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from scanner.taint.compile.fields import Where
    from scanner.taint.compile.rows import Model
    from scanner.taint.knowledge import EntryRow

    Complain = Callable[[int, Where, str], None]
    """Told the number of the model, the place in its document, and what is wrong there."""

_VERSION: Final = "casemate-knowledge-1"
_BASE: Final = "<"
_CALLED: Final = "()"
_MOST_STEPS: Final = 50  # aliases of aliases: chains are two or three long in practice


Named = TypeVar("Named", SourceRow, SinkRow, SanitizerRow, PropagatorRow, GuardRow, CallbackRow)
Row = TypeVar("Row")


def join(  # noqa: PLR0913, PLR0917 -- rows and rules of every sort
    language: str,
    models: Sequence[Model],
    flows: Sequence[FlowRule],
    misuses: Sequence[MisuseRule],
    complain: Complain,
    comparisons: Sequence[ComparisonRule] = (),
) -> Knowledge:
    """The knowledge of one language. The order of the models and rules decides nothing but which of two that disagree is complained of."""
    names = _Names({}, language)
    aliases = _aliases(models, names, complain)
    names = _Names(aliases, language)
    sinks = [names.in_(row) for model in models for row in model.sinks]
    wrong_calls = [replace(rule, names=tuple(dict.fromkeys(map(names.of, rule.names)))) for rule in misuses]
    knowledge = Knowledge(
        language=language,
        kind_bits=kind_bits(),
        sources=_sources(models, names, complain),
        sinks=_by_name(sinks),
        sanitizers=_by_name(names.in_(row) for model in models for row in model.sanitizers),
        propagators=_by_name(names.in_(row) for model in models for row in model.propagators),
        types=_types(models, names, complain),
        guards=_by_name(names.in_(row) for model in models for row in model.guards),
        callbacks=_by_name(names.in_(row) for model in models for row in model.callbacks),
        entries=_entries(models, names),
        aliases=aliases,
        hinted_sinks=_by_key((simple_name(row.name), row) for row in sinks if row.hints),
        flow_rules=tuple(sorted(flows, key=lambda rule: rule.rule_id)),
        misuse_rules=_by_key((name, rule) for rule in wrong_calls for name in rule.names),
        hinted_misuses=_by_key((simple, rule) for rule in wrong_calls if rule.hints for simple in dict.fromkeys(map(simple_name, rule.names))),
        comparison_rules=tuple(sorted(comparisons, key=lambda rule: rule.rule_id)),
        never_returns=frozenset(names.of(name) for model in models for name in model.never_returns),
    )
    return replace(knowledge, simple_names=_simple_names(knowledge), digest=digest(knowledge))


def simple_name(name: str) -> str:
    """The last component of a dotted name, without `()`: what has to stand in a file's bytes for the name to matter."""
    return name.removesuffix(_CALLED).removesuffix(_BASE).rpartition(".")[2]


def digest(knowledge: Knowledge) -> str:
    """A SHA-256 over everything that decides what the analysis finds, whatever order and words it was written in."""
    content = {item.name: getattr(knowledge, item.name) for item in fields(knowledge) if item.name != "digest"}
    text = json.dumps([_VERSION, content], sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=_plain)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


class _Names:
    """Names in the spelling that the rows use."""

    def __init__(self, aliases: Mapping[str, str], language: str) -> None:
        self._aliases = aliases
        held = LANGUAGES.get(language)
        self._plain = held.canonical if held is not None and held.aliases else str

    def of(self, name: str) -> str:
        """The canonical spelling; an alias of a module or class goes for what is below it too."""
        name = self._plain(name)
        return self._plain(_final(self._aliases, name) or name)

    def in_(self, row: Named) -> Named:
        """The row under its canonical name."""
        name = self.of(row.name)
        return row if name == row.name else replace(row, name=name)


def _aliases(models: Sequence[Model], plain: _Names, complain: Complain) -> dict[str, str]:
    """Each other spelling with the name it finally stands for."""
    direct: dict[str, str] = {}
    for number, model in enumerate(models):
        for name, target, where in model.aliases:
            if direct.setdefault(plain.of(name), plain.of(target)) != plain.of(target):
                complain(number, where, f"{name} already stands for {direct[plain.of(name)]}")
    for number, model in enumerate(models):
        for name, _, where in model.aliases:
            if _final(direct, plain.of(name)) is None:
                complain(number, where, f"{name} stands for itself, or for something below itself, in the end")
    return {name: _final(direct, name) or name for name in sorted(direct)}


def _step(aliases: Mapping[str, str], name: str) -> str:
    """What a name, or the longest beginning of it that is an alias, directly stands for."""
    head = name.removesuffix(_CALLED)
    tail = name[len(head) :]
    while head:
        if head in aliases:
            return aliases[head] + tail
        head, dot, last = head.rpartition(".")
        tail = f"{dot}{last}{tail}"
    return name


def _final(aliases: Mapping[str, str], name: str) -> str | None:
    """What a name stands for in the end; None when there is no end, because the aliases lead in a circle or make the name ever longer."""
    for _ in range(_MOST_STEPS):
        following = _step(aliases, name)
        if following == name:
            return name
        name = following
    return None


def _types(models: Sequence[Model], names: _Names, complain: Complain) -> dict[str, str]:
    types: dict[str, str] = {}
    for number, model in enumerate(models):
        for row, where in model.types:
            base = row.name.endswith(_BASE)
            name = names.of(row.name.removesuffix(_BASE)) + (_BASE if base else "")
            type_ = names.of(row.type)
            if types.setdefault(name, type_) != type_:
                what = f"the base of {name.removesuffix(_BASE)} is" if base else f"{name} is"
                complain(number, where, f"{what} {types[name]} already")
    for number, model in enumerate(models):
        for row, where in model.types:
            if row.name.endswith(_BASE) and _own_ancestor(types, names.of(row.name.removesuffix(_BASE))):
                complain(number, where, f"{row.name.removesuffix(_BASE)} derives from itself in the end")
    return dict(sorted(types.items()))


def _own_ancestor(types: Mapping[str, str], cls: str) -> bool:
    seen: set[str] = set()
    base: str | None = cls
    while base is not None and base not in seen:
        seen.add(base)
        base = types.get(f"{base}{_BASE}")
    return base == cls


def _sources(models: Sequence[Model], names: _Names, complain: Complain) -> dict[str, SourceRow]:
    sources: dict[str, SourceRow] = {}
    for number, model in enumerate(models):
        for row, where in model.sources:
            found = names.in_(row)
            first = sources.setdefault(found.name, found)
            if first.trust is not found.trust:
                complain(number, where, f"{found.name} is a source of trust {first.trust} already")
    return dict(sorted(sources.items()))


def _entries(models: Sequence[Model], names: _Names) -> tuple[EntryRow, ...]:
    rows = (
        replace(row, name=names.of(row.name), typed=tuple((param, names.of(class_)) for param, class_ in row.typed))
        for model in models
        for row in model.entries
    )
    return tuple(sorted(dict.fromkeys(rows), key=_sort_key))


def _by_name(rows: Iterable[Named]) -> dict[str, tuple[Named, ...]]:
    return _by_key((row.name, row) for row in rows)


def _by_key(pairs: Iterable[tuple[str, Row]]) -> dict[str, tuple[Row, ...]]:
    """The rows of each name, each once, in an order that does not depend on the files."""
    grouped: dict[str, dict[Row, None]] = {}
    for name, row in pairs:
        grouped.setdefault(name, {})[row] = None
    return {name: tuple(rows) if len(rows) == 1 else tuple(sorted(rows, key=_sort_key)) for name, rows in sorted(grouped.items())}


def _simple_names(knowledge: Knowledge) -> frozenset[str]:
    found = {simple_name(name) for name in knowledge.aliases}
    tables: tuple[Iterable[str], ...] = (
        knowledge.sources,
        knowledge.sinks,
        knowledge.sanitizers,
        knowledge.propagators,
        knowledge.types,
        knowledge.guards,
        knowledge.callbacks,
        knowledge.misuse_rules,
        knowledge.never_returns,
    )
    for table in tables:
        found.update(map(simple_name, table))
    for row in knowledge.entries:
        found.add(simple_name(row.name))
        found.update(row.methods)
    return frozenset(found)


def _sort_key(row: object) -> str:
    return json.dumps(row, default=_plain)


def _plain(value: Any) -> object:
    """A row, which is a dataclass with slots, as JSON says it: its class and its fields in order."""
    if isinstance(value, frozenset):
        return sorted(value)
    return [type(value).__name__, *(getattr(value, name) for name in value.__match_args__)]
