"""Models and rules of rules directories into `Knowledge` and rules, one language at a time, with every mistake told at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from scanner.rulepack.document import Document
from scanner.rulepack.files import open_document, yaml_files
from scanner.rulepack.kinds import Part
from scanner.rulepack.loader import SCHEMA_FOLDER, builtin_rules_path
from scanner.rulepack.mistakes import Mistake, dotted, raise_for
from scanner.rulepack.ruleset import LoadedRule, Origin, RuleSet
from scanner.rulepack.schema import SchemaStore
from scanner.syntax.languages import GRAMMARS
from scanner.taint.compile.join import join
from scanner.taint.compile.kinds import MODELS, RULES
from scanner.taint.compile.rows import Model
from scanner.taint.compile.rules import WrittenRule
from scanner.taint.knowledge import Knowledge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from scanner.rulepack.kinds import DocumentKind
    from scanner.taint.compile.fields import Where
    from scanner.taint.compile.rules import TaintRule


@dataclass(frozen=True, slots=True)
class TaintPack:
    """What the taint engine is built from: its rules (engine "taint"), sorted by id, and the knowledge of each language."""

    rules: RuleSet
    knowledge: Mapping[str, Knowledge]

    @property
    def entries(self) -> tuple[LoadedRule[TaintRule], ...]:
        """The rules with the engine's part and their cases, which are `TaintCase`s."""
        return cast("tuple[LoadedRule[TaintRule], ...]", self.rules.entries)  # `load_taint` put nothing else in


def languages_of(directories: Sequence[Path]) -> tuple[str, ...]:
    """The languages that the directories have models or rules for, as their folders are called; sorted."""
    folders = [folder / language for directory in directories for folder in (directory, directory / MODELS.folder) for language in GRAMMARS]
    return tuple(sorted({folder.name for folder in folders if yaml_files(folder)}))


def load_knowledge(language: str, directories: Sequence[Path], *, schemas: Path | None = None) -> Knowledge:
    """The knowledge of one language, from `models/<language>` and `<language>` of each directory. Raises RuleError with every mistake."""
    return load_taint((language,), directories, schemas=schemas).knowledge[language]


def load_taint(languages: Iterable[str], directories: Sequence[Path], *, schemas: Path | None = None) -> TaintPack:
    """The rules and the knowledge of some languages; files of other languages are not opened.

    `schemas` is the directory of the schema files, ours when left out. Raises RuleError with every mistake, a line each, sorted by file and place;
    an id that stands twice is one.
    """
    store = SchemaStore(schemas or builtin_rules_path() / SCHEMA_FOLDER)
    mistakes = [Mistake(str(directory), 0, 0, "", "is not a directory") for directory in directories if not directory.is_dir()]
    ids: dict[str, LoadedRule[object]] = {}
    knowledge: dict[str, Knowledge] = {}
    for language in sorted(set(languages)):
        models, rules = _LanguageFiles(language, directories, store, mistakes).read()
        entries = [entry for file in rules for entry in file.entries()]
        for entry in entries:
            first = ids.setdefault(entry.rule.id, entry)
            if first is not entry:
                mistakes.append(Mistake(entry.origin.file, entry.origin.line, 1, "id", f"{entry.rule.id} is already taken by {first.origin}"))
        knowledge[language] = _join(language, models, entries, mistakes)
    raise_for(mistakes)
    return TaintPack(RuleSet(tuple(_with_knowledge(ids[rule_id], knowledge) for rule_id in sorted(ids))), knowledge)


@dataclass(frozen=True, slots=True)
class _ModelFile:
    document: Document
    name: str
    model: Model


@dataclass(frozen=True, slots=True)
class _RuleFile:
    document: Document
    name: str
    written: tuple[WrittenRule, ...]

    def entries(self) -> tuple[LoadedRule[TaintRule], ...]:
        return tuple(self._entry(one) for one in self.written)

    def _entry(self, one: WrittenRule) -> LoadedRule[TaintRule]:
        cases = tuple(replace(case, line=self.document.mark(where).line) for case, where in one.cases)
        return LoadedRule(one.rule, one.payload, Origin(self.name, self.document.mark(one.where).line), cases)


class _LanguageFiles:
    """Reads the files of one language, and adds what is wrong with them to the mistakes."""

    def __init__(self, language: str, directories: Sequence[Path], store: SchemaStore, mistakes: list[Mistake]) -> None:
        self._language = language
        self._directories = directories
        self._store = store
        self._mistakes = mistakes

    def read(self) -> tuple[list[_ModelFile], list[_RuleFile]]:
        """The models and the rules, in the order of the directories and the files' names."""
        models: list[_ModelFile] = []
        rules: list[_RuleFile] = []
        for directory in self._directories:
            for path in _files(directory / MODELS.folder / self._language):
                if (document := open_document(path, self._mistakes)) is not None and (part := self._part(document, path, MODELS)) is not None:
                    models.append(_ModelFile(document, str(path), MODELS.parse(part)))
                    self._take(document, path, part)
            for path in _files(directory / self._language):
                if (document := open_document(path, self._mistakes)) is not None and (part := self._part(document, path, RULES)) is not None:
                    rules.append(_RuleFile(document, str(path), RULES.parse(part)))
                    self._take(document, path, part)
        return models, rules

    def _part(self, document: Document, path: Path, kind: DocumentKind[object]) -> Part | None:
        """The document without the rows or rules that the schema refuses, so that what is wrong with the others is told as well."""
        broken: set[Where] = set()
        for fault in self._store.faults(kind.schema, document.value):
            mark = document.key_mark(fault.where) if fault.at_key else document.mark(fault.where)
            self._mistakes.append(Mistake(str(path), mark.line, mark.column, dotted(fault.where), fault.message))
            broken.add(fault.where[:2])
        if not isinstance(document.value, dict):
            return None
        values = {
            key: [None if (key, index) in broken else item for index, item in enumerate(value)] if isinstance(value, list) else value
            for key, value in document.value.items()
        }
        part = Part(values)
        self._check_language(part)
        return part

    def _check_language(self, part: Part) -> None:
        rules = part.values.get("rules")
        places = [((), part.values), *((("rules", index), rule) for index, rule in enumerate(rules if isinstance(rules, list) else ()))]
        for where, holder in places:
            language = holder.get("language") if isinstance(holder, dict) else None
            if isinstance(language, str) and language != self._language:
                part.mistake(f"expected {self._language}, because the file stands below {self._language}/", *where, "language")

    def _take(self, document: Document, path: Path, part: Part) -> None:
        self._mistakes.extend(_mistake(document, str(path), where, message) for where, message in part.mistakes)


def _join(language: str, models: Sequence[_ModelFile], entries: Sequence[LoadedRule[TaintRule]], mistakes: list[Mistake]) -> Knowledge:
    def complain(number: int, where: Where, message: str) -> None:
        mistakes.append(_mistake(models[number].document, models[number].name, where, message))

    flows = [entry.payload.flow for entry in entries if entry.payload.flow]
    misuses = [misuse for entry in entries for misuse in entry.payload.misuses]
    comparisons = [entry.payload.comparison for entry in entries if entry.payload.comparison]
    return join(language, [file.model for file in models], flows, misuses, complain, comparisons)


def _with_knowledge(entry: LoadedRule[object], knowledge: Mapping[str, Knowledge]) -> LoadedRule[object]:
    """The models decide what a rule finds as much as it does itself."""
    digests = [entry.rule.digest, *(knowledge[language].digest for language in entry.rule.languages)]
    return replace(entry, rule=replace(entry.rule, digest=sha256("\n".join(digests).encode()).hexdigest()))


def _mistake(document: Document, name: str, where: Where, message: str) -> Mistake:
    mark = document.mark(where)
    return Mistake(name, mark.line, mark.column, dotted(where), message)


def _files(directory: Path) -> list[Path]:
    return [directory / relative for relative in yaml_files(directory)]
