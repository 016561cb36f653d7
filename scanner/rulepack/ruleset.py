"""Rules as loaded: the common part, the engine's part, where they stand and the cases that show what they find."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from scanner.core.errors import RuleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scanner.core.rule import Rule
    from scanner.rulepack.kinds import DocumentKind, RuleKind

P = TypeVar("P")
P_co = TypeVar("P_co", covariant=True)


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where a rule is written: the file as it was named, and the line at which the rule starts."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Case:
    """Code that a rule has to find (`vulnerable`) or to leave alone; `line` is where it stands in the rule file.

    `file` is the path the code has to stand at, empty when any will do. A case of several files has all of them, as (path, code), in `files`;
    `file` and `code` are then those of the first.
    """

    code: str
    vulnerable: bool
    line: int
    file: str = ""
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LoadedRule(Generic[P_co]):
    """One rule: what every report shows of it, what its engine made of the rest, where it is written, its cases."""

    rule: Rule
    payload: P_co
    origin: Origin
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadedDocument(Generic[P_co]):
    """One file that holds no rules: its kind's name, what the kind's parser made of it, the file as it was named."""

    kind: str
    payload: P_co
    file: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Loaded rules, sorted by id, and the documents they rest on, sorted by file. No id stands twice."""

    entries: tuple[LoadedRule[object], ...] = ()
    documents: tuple[LoadedDocument[object], ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules alone, sorted by id."""
        return tuple(entry.rule for entry in self.entries)

    def of(self, kind: RuleKind[P]) -> tuple[LoadedRule[P], ...]:
        """The rules of one kind, with the payload its parser makes."""
        chosen = tuple(entry for entry in self.entries if entry.rule.engine == kind.engine)
        return cast("tuple[LoadedRule[P], ...]", chosen)  # the loader stored what this kind's parser returned

    def documents_of(self, kind: DocumentKind[P]) -> tuple[LoadedDocument[P], ...]:
        """The documents of one kind, with the payload its parser makes."""
        chosen = tuple(document for document in self.documents if document.kind == kind.name)
        return cast("tuple[LoadedDocument[P], ...]", chosen)  # the loader stored what this kind's parser returned

    def where(self, keep: Callable[[Rule], bool]) -> RuleSet:
        """The rules that `keep` answers with true, and all documents."""
        return replace(self, entries=tuple(entry for entry in self.entries if keep(entry.rule)))


def merge(sets: Iterable[RuleSet]) -> RuleSet:
    """One set of several. Raises RuleError with every id that stands in two of them."""
    entries: dict[str, LoadedRule[object]] = {}
    documents: list[LoadedDocument[object]] = []
    lines: list[str] = []
    for one in sets:
        documents.extend(one.documents)
        for entry in one.entries:
            first = entries.setdefault(entry.rule.id, entry)
            if first is not entry:
                lines.append(f"{entry.origin}: the id {entry.rule.id} is already taken by {first.origin}")
    if lines:
        raise RuleError("\n".join(lines), "give one of the two another id")
    return RuleSet(
        entries=tuple(entries[rule_id] for rule_id in sorted(entries)),
        documents=tuple(sorted(documents, key=lambda document: document.file)),
    )
