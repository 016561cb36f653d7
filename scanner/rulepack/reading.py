"""One rule file's document into rules, or into what stands in for them, with every mistake in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.rulepack.common import COMMON_KEYS, make_cases, make_rule
from scanner.rulepack.kinds import DocumentKind, Part
from scanner.rulepack.mistakes import Mistake, dotted
from scanner.rulepack.ruleset import LoadedDocument, LoadedRule, Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scanner.rulepack.document import Document
    from scanner.rulepack.kinds import Kind, RuleKind
    from scanner.rulepack.schema import SchemaStore

Where = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class FileContent:
    """What one file holds, and what is wrong with it; rules without a mistake are there even when others have some."""

    entries: tuple[LoadedRule[object], ...] = ()
    documents: tuple[LoadedDocument[object], ...] = ()
    mistakes: tuple[Mistake, ...] = ()


def read_file(kind: Kind, document: Document, name: str, schemas: SchemaStore | None) -> FileContent:
    """The content of a file of this kind; `name` is the file as messages name it. Without schemas: they have accepted it before."""
    reader = _Reader(document, name)
    if schemas is not None:
        reader.validate(kind.schema, schemas)
    if isinstance(kind, DocumentKind):
        return reader.as_document(kind)
    return reader.as_rules(kind)


class _Reader:
    """Holds one file while it is read, and the mistakes found so far."""

    def __init__(self, document: Document, name: str) -> None:
        self._document = document
        self._name = name
        self._mistakes: list[Mistake] = []
        self._broken: set[Where] = set()

    def validate(self, schema: str, schemas: SchemaStore) -> None:
        for fault in schemas.faults(schema, self._document.value):
            self._broken.add(_base(fault.where))
            self._add(fault.where, fault.message, at_key=fault.at_key)

    def as_document(self, kind: DocumentKind[object]) -> FileContent:
        found: tuple[LoadedDocument[object], ...] = ()
        if not self._broken and isinstance(self._document.value, dict):
            part = Part(self._document.value)
            payload = self._parse((), part, lambda: kind.parse(part))
            found = (LoadedDocument(kind.name, payload, self._name),)
        return FileContent(documents=found, mistakes=tuple(self._mistakes))

    def as_rules(self, kind: RuleKind[object]) -> FileContent:
        value = self._document.value
        rules = value.get("rules") if isinstance(value, dict) else None
        sound: Sequence[tuple[Where, object]] = [(("rules", index), own) for index, own in enumerate(rules if isinstance(rules, list) else ())]
        entries = tuple(self._rule(kind, base, own) for base, own in sound if base not in self._broken and isinstance(own, dict))
        return FileContent(entries=entries, mistakes=tuple(self._mistakes))

    def _rule(self, kind: RuleKind[object], base: Where, own: dict[str, object]) -> LoadedRule[object]:
        nest = (kind.nest,) if kind.nest else ()
        inner = own[kind.nest] if kind.nest else own
        common = inner if isinstance(inner, dict) else {}
        rule = make_rule(kind.engine, own, common)
        part = Part({key: value for key, value in own.items() if key not in (nest or COMMON_KEYS)})
        payload = self._parse(base, part, lambda: kind.parse(rule, part))
        cases = make_cases(common, kind.prepare_case, lambda group, index: self._document.mark((*base, *nest, "cases", group, index)).line)
        return LoadedRule(rule, payload, Origin(self._name, self._document.mark(base).line), cases)

    def _parse(self, base: Where, part: Part, parse: Callable[[], object]) -> object:
        payload: object = None
        try:
            payload = parse()
        except ValueError as error:
            key, colon, rest = str(error).partition(": ")
            if colon and key in part.values:
                part.mistake(rest, key)
            else:
                part.mistake(str(error))
        for path, message in part.mistakes:
            self._add((*base, *path), message)
        return payload

    def _add(self, where: Where, message: str, *, at_key: bool = False) -> None:
        mark = self._document.key_mark(where) if at_key else self._document.mark(where)
        self._mistakes.append(Mistake(self._name, mark.line, mark.column, dotted(where[len(_base(where)) :]), message))


def _base(where: Where) -> Where:
    """The rule that a place belongs to, or the empty path of the document."""
    return where[:2] if len(where) > 1 and where[0] == "rules" and isinstance(where[1], int) else ()
