"""Names across files: a job that indexes one file, and an index over many of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.core.files import Unreadable, read_confined
from scanner.syntax.parse import Unparsed, parse
from scanner.syntax.symbols import DefinitionKind, FileSymbols
from scanner.syntax.uses import file_symbols

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.core.location import Span
    from scanner.syntax.inspection import InspectJob
    from scanner.syntax.symbols import Definition


def index_file(job: InspectJob) -> FileSymbols:
    """The symbol index of one file, for worker processes; empty for a file that cannot be read or parsed."""
    data = read_confined(job.root, job.path, job.limits.max_bytes)
    parsed = parse(job.language, data, job.limits) if not isinstance(data, Unreadable) else None
    if parsed is None or isinstance(parsed, Unparsed):
        return FileSymbols(job.path, job.language)
    return file_symbols(job.path, parsed)


class ProjectIndex:
    """Names over many files. Answers are by spelling: what a name refers to is not resolved. They are in the order of paths and places."""

    def __init__(self, files: Iterable[FileSymbols]) -> None:
        self._files = sorted(files, key=lambda item: item.path)
        self._definitions: dict[str, list[Definition]] = {}
        for file in self._files:
            for definition in file.definitions:
                if definition.kind is not DefinitionKind.SCOPE:
                    self._definitions.setdefault(definition.name, []).append(definition)

    def find_definitions(self, name: str) -> tuple[Definition, ...]:
        """The definitions of a name; a dotted one (`Shop.checkout`) must match the end of the definition's dotted name."""
        found = self._definitions.get(name.rpartition(".")[2], [])
        return tuple(item for item in found if item.qualified == name or item.qualified.endswith(f".{name}"))

    def find_references(self, name: str) -> tuple[Span, ...]:
        """Every place where the last part of a name is spelled, its definitions included."""
        last = name.rpartition(".")[2]
        return tuple(span for file in self._files for span in file.references(last))
