"""Rule files into a RuleSet, with every mistake of every file told at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from scanner.core.errors import RuleError
from scanner.rulepack.files import open_document, yaml_files
from scanner.rulepack.kinds import ANY_FOLDER
from scanner.rulepack.mistakes import Mistake, raise_for
from scanner.rulepack.reading import FileContent, read_file
from scanner.rulepack.ruleset import LoadedDocument, LoadedRule, RuleSet
from scanner.rulepack.schema import SchemaStore

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from scanner.rulepack.document import Document
    from scanner.rulepack.kinds import Kind

SCHEMA_FOLDER: Final = "schema"
MAX_FILES: Final = 5000


def builtin_rules_path() -> Path:
    """The directory of our own rules: `_rules` inside an installed package, `rules` beside the package in a checkout. Raises RuleError."""
    package = Path(__file__).resolve().parents[1]
    for candidate in (package / "_rules", package.parent / "rules"):
        if (candidate / SCHEMA_FOLDER).is_dir():
            return candidate
    msg = f"{package}: the rules that come with Casemate are not there"
    raise RuleError(msg, "install the package again")


def load_rules(directories: Sequence[Path], kinds: Sequence[Kind], *, schemas: Path | None = None, elsewhere: Collection[str] = ()) -> RuleSet:
    """The rules of all files below the directories.

    Files below the folders in `elsewhere` are somebody else's to read. `schemas` is the directory of the schema files, ours when left out. Raises
    RuleError with every mistake, a line each, sorted by file and place.
    """
    by_folder = {kind.folder: kind for kind in kinds}
    store = SchemaStore(schemas or builtin_rules_path() / SCHEMA_FOLDER)
    contents = [content for directory in directories for content in _read_directory(directory, by_folder, store, elsewhere)]
    mistakes = [mistake for content in contents for mistake in content.mistakes]
    entries: dict[str, LoadedRule[object]] = {}
    for entry in (entry for content in contents for entry in content.entries):
        first = entries.setdefault(entry.rule.id, entry)
        if first is not entry:
            mistakes.append(Mistake(entry.origin.file, entry.origin.line, 1, "id", f"{entry.rule.id} is already taken by {first.origin}"))
    raise_for(mistakes)
    documents: list[LoadedDocument[object]] = [document for content in contents for document in content.documents]
    return RuleSet(
        entries=tuple(entries[rule_id] for rule_id in sorted(entries)),
        documents=tuple(sorted(documents, key=lambda document: document.file)),
    )


def accepted_files(directory: Path, kinds: Sequence[Kind], elsewhere: Collection[str]) -> Iterator[tuple[Path, Kind, Document]]:
    """The files of a directory that `load_rules` has accepted: each path, relative to it, with its kind and what it says."""
    by_folder = {kind.folder: kind for kind in kinds}
    for relative in yaml_files(directory, leave=SCHEMA_FOLDER):
        kind = _kind_of(relative, by_folder)
        if kind is not None and relative.parts[0] not in elsewhere and (document := open_document(directory / relative, [])) is not None:
            yield relative, kind, document


def _read_directory(directory: Path, kinds: dict[str, Kind], store: SchemaStore, elsewhere: Collection[str]) -> list[FileContent]:
    if not directory.is_dir():
        return [_wrong(str(directory), "is not a directory" if directory.exists() else "does not exist")]
    files = yaml_files(directory, leave=SCHEMA_FOLDER)
    if not files:
        return [_wrong(str(directory), "holds no rule files (.yaml)")]
    if len(files) > MAX_FILES:
        return [_wrong(str(directory), f"holds more than {MAX_FILES} rule files")]
    return [_read(directory / relative, relative, kinds, store) for relative in files if relative.parts[0] not in elsewhere]


def _read(path: Path, relative: Path, kinds: dict[str, Kind], store: SchemaStore) -> FileContent:
    kind = _kind_of(relative, kinds)
    if kind is None:
        known = ", ".join(sorted(f"{folder}/" for folder in kinds if folder != ANY_FOLDER))
        return _wrong(str(path), f"rule files stand below a folder that says who reads them ({known})")
    mistakes: list[Mistake] = []
    document = open_document(path, mistakes)
    return FileContent(mistakes=tuple(mistakes)) if document is None else read_file(kind, document, str(path), store)


def _kind_of(relative: Path, kinds: dict[str, Kind]) -> Kind | None:
    if len(relative.parts) == 1:
        return None
    return kinds.get(relative.parts[0]) or kinds.get(ANY_FOLDER)


def _wrong(name: str, message: str) -> FileContent:
    return FileContent(mistakes=(Mistake(name, 0, 0, "", message),))
