"""Where a finding plays: the functions its witness passes through, what they call, and which names hold its data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from scanner.core.location import Role
from scanner.syntax.symbols import DefinitionKind

if TYPE_CHECKING:
    from scanner.core.finding import Finding
    from scanner.core.location import Location, Span
    from scanner.syntax.symbols import Definition
    from scanner.triage.tree import Tree

_DEPTH: Final = 2  # calls away from the path that a helper may be
_MOST_NAMES: Final = 80  # helpers that are looked up
_MOST_FILES: Final = 20  # that are parsed for one helper's name
_IMPORTS_AWAY: Final = 3
_MOST_USERS: Final = 20
_MOST_NEAR: Final = 200  # files that are taken to be near a path
_MOST_SAME: Final = 5
_MOST_NAMING: Final = 15  # files in which a helper's name stands
_SEPARATOR: Final = re.compile(r"[./\\:'\"]+")
_INDEX_FILES: Final = frozenset({"__init__", "index", "mod", "main"})
_ONE_PACKAGE: Final = frozenset({"go", "java", "kotlin", "csharp", "php", "ruby"})
_TEST_PART: Final = re.compile(
    r"tests?|testing|__tests__|specs?|__mocks__|mocks?|fixtures?|testdata|test-data|examples?|samples?|demos?|docs?|benchmarks?|bench|e2e",
    re.IGNORECASE,
)
_TEST_FILE: Final = re.compile(r"(?:test_.*|.*_test|.*_spec|conftest|.*[.\-](?:test|spec|stories))|(?:.*Tests?|.*TestCase|.*IT)")


@dataclass(frozen=True, slots=True)
class Place:
    """Lines of one definition. `whole` is its span widened by its decorators."""

    path: str
    start: int
    end: int
    name: str
    qualified: str
    parameters: tuple[str, ...] = ()

    def holds(self, path: str, line: int) -> bool:
        """Whether a line is one of its."""
        return path == self.path and self.start <= line <= self.end


class Scene:
    """One finding in its tree."""

    def __init__(self, tree: Tree, finding: Finding) -> None:
        self.tree = tree
        self.finding = finding
        self.steps: tuple[Location, ...] = finding.trace.locations
        self.sink: Span = finding.trace.place
        self.source: Span | None = next((step.span for step in self.steps if step.role is Role.SOURCE), None)
        self.functions: tuple[Place, ...] = tuple(dict.fromkeys(place for step in self.steps if (place := self.around(step.span)) is not None))
        self._helpers: tuple[Place, ...] | None = None
        self._files: frozenset[str] | None = None
        self._names: frozenset[str] | None = None

    def around(self, span: Span) -> Place | None:
        """The innermost function around a place, its decorators included; None at the top of a file."""
        return function_around(self.tree, span.path, span.start_line, span.start_column)

    @property
    def helpers(self) -> tuple[Place, ...]:
        """Functions of the tree that the path's functions call, directly or by way of another, as far as their names tell."""
        if self._helpers is None:
            self._helpers = self._called()
        return self._helpers

    @property
    def files(self) -> frozenset[str]:
        """The files of the path and its helpers, what they import as far as names tell, those beside them, and those that import them."""
        if self._files is None:
            path = {step.span.path for step in self.steps}
            self._files = _near(self.tree, path) | {place.path for place in self.helpers}
        return self._files

    def on_path(self, path: str, line: int) -> bool:
        """Whether a line belongs to a function of the path, or stands at the top level of a file where a step does."""
        if any(place.holds(path, line) for place in self.functions):
            return True
        top = {step.span.path for step in self.steps if self.around(step.span) is None}
        return path in top and function_around(self.tree, path, line) is None

    def in_helper(self, path: str, line: int) -> bool:
        """Whether a line belongs to a function that the path calls."""
        return any(place.holds(path, line) for place in self.helpers)

    def in_caller(self, path: str, line: int) -> bool:
        """Whether a line belongs to a function that calls one of the path's."""
        here = function_around(self.tree, path, line)
        if here is None or here in self.functions:
            return False
        return not _calls(self.tree, here).isdisjoint(place.name for place in self.functions)

    def is_step(self, path: str, line: int) -> bool:
        """Whether a line is where the source or the sink stands."""
        ends = [self.sink, *([self.source] if self.source else [])]
        return any(span.path == path and span.start_line <= line <= span.end_line for span in ends)

    def is_sink(self, path: str, line: int) -> bool:
        """Whether a line is where the sink stands."""
        return self.sink.path == path and self.sink.start_line <= line <= self.sink.end_line

    @property
    def sink_calls(self) -> frozenset[str]:
        """The last parts of the calls that the sink is, or is an argument of."""
        sink = self.sink
        start, end = (sink.start_line, sink.start_column), (sink.end_line, sink.end_column)
        around = (
            call
            for call in self.tree.symbols(sink.path).calls
            if (call.span.start_line, call.span.start_column) <= start
            and (end <= (call.span.end_line, call.span.end_column) or call.span.start_line == sink.start_line == sink.end_line)
        )
        return frozenset(call.callee.rpartition(".")[2] for call in around)

    @property
    def names(self) -> frozenset[str]:
        """Every identifier in the functions of the path and their helpers, or in the steps at the top of a file."""
        if self._names is None:
            spans = [(place.path, place.start, place.end) for place in (*self.functions, *self.helpers)]
            spans += [(step.span.path, step.span.start_line, step.span.end_line) for step in self.steps]
            found = {part for place in self.functions for part in place.qualified.split(".")}
            for path, start, end in spans:
                identifiers = self.tree.symbols(path).identifiers
                found.update(name for name, places in identifiers.items() if any(start <= line <= end for line, _, _ in places))
            self._names = frozenset(found)
        return self._names

    def _called(self) -> tuple[Place, ...]:
        found: dict[Place, None] = {}
        front = list(self.functions)
        seen: set[str] = {place.name for place in front}
        for _ in range(_DEPTH):
            names = sorted({name for place in front for name in _calls(self.tree, place)} - seen)
            seen.update(names)
            front = [place for name in names[:_MOST_NAMES] for place in _unambiguous(self.tree, name)]
            found.update(dict.fromkeys(front))
        return tuple(place for place in found if place not in self.functions)


def function_around(tree: Tree, path: str, line: int, column: int = 10_000) -> Place | None:
    """The innermost function around a line (around a column of it, when one is given), with its decorators."""
    symbols = tree.symbols(path)
    definitions = symbols.definitions
    inner = [
        item
        for item in definitions
        if item.kind in {DefinitionKind.FUNCTION, DefinitionKind.METHOD}
        and (item.span.start_line, item.span.start_column) <= (line, column)
        and (line, 1) <= (item.span.end_line, item.span.end_column)
    ]
    if inner:
        return with_decorators(tree, inner[-1])
    decorated = [with_decorators(tree, item) for item in definitions if item.kind in {DefinitionKind.FUNCTION, DefinitionKind.METHOD}]
    return next((place for place in decorated if place.holds(path, line)), None)


def _unambiguous(tree: Tree, name: str) -> tuple[Place, ...]:
    """Definitions of a name that few share: which `get` of fifty is called nobody can tell from the name."""
    if len(tree.with_word(name, _MOST_NAMING + 1)) > _MOST_NAMING:
        return ()
    places = definitions_of(tree, name)
    return places if len(places) <= _MOST_SAME else ()


def definitions_of(tree: Tree, name: str) -> tuple[Place, ...]:
    """The functions and classes of the tree with a name, in the order of their files."""
    return tuple(
        with_decorators(tree, item)
        for path in tree.with_word(name, _MOST_FILES)
        for item in tree.symbols(path).definitions
        if item.name == name and item.kind not in {DefinitionKind.VARIABLE, DefinitionKind.SCOPE}
    )


def is_test_path(path: str) -> bool:
    """Whether a path lies where tests, examples or documentation do, by the usual names."""
    parts = PurePosixPath(path).parts
    return any(_TEST_PART.fullmatch(part) for part in parts[:-1]) or _TEST_FILE.fullmatch(PurePosixPath(parts[-1]).stem) is not None


def with_decorators(tree: Tree, item: Definition) -> Place:
    """The lines of a definition, from its first decorator on."""
    starts = [mark.span.start_line for mark in tree.symbols(item.span.path).decorators if mark.target == item.qualified]
    near = [line for line in starts if 0 <= item.span.start_line - line <= 40]  # noqa: PLR2004 - decorators of another definition of the same name stand farther off
    return Place(item.span.path, min([item.span.start_line, *near]), item.span.end_line, item.name, item.qualified, item.parameters)


def _calls(tree: Tree, place: Place) -> set[str]:
    return {call.callee.rpartition(".")[2] for call in tree.symbols(place.path).calls if place.holds(place.path, call.span.start_line)}


def _near(tree: Tree, start: set[str]) -> frozenset[str]:
    """Files that a few imports lead to from `start`, or that import one of them; in some languages files of one directory see each other."""
    by_stem: dict[str, list[str]] = {}
    for path in tree.paths:
        by_stem.setdefault(_module(path), []).append(path)
        if tree.language(path) in _ONE_PACKAGE:
            by_stem.setdefault(PurePosixPath(path).parent.name, []).append(path)
    folders = {path.rpartition("/")[0] for path in start}
    found = start | {path for path in tree.paths if path.rpartition("/")[0] in folders and tree.language(path) in _ONE_PACKAGE}
    users = (path for stem in sorted(set(map(_module, start))) for path in tree.with_word(stem, _MOST_USERS) if _imports(tree, path, stem))
    found |= set(islice(users, _MOST_USERS))
    front = sorted(found)
    for _ in range(_IMPORTS_AWAY):
        names = {name for path in front for item in tree.symbols(path).imports for name in (*_SEPARATOR.split(item.module), item.name) if name}
        front = sorted({path for name in names for path in by_stem.get(name, ())} - found)[: _MOST_NEAR - len(found)]
        found.update(front)
        if len(found) >= _MOST_NEAR:
            break
    return frozenset(found)


def _module(path: str) -> str:
    """The name by which others import a file."""
    parts = PurePosixPath(path)
    return parts.parent.name if parts.stem in _INDEX_FILES and parts.parent.name else parts.stem


def _imports(tree: Tree, path: str, stem: str) -> bool:
    return any(stem in (*_SEPARATOR.split(item.module), item.name) for item in tree.symbols(path).imports)
