"""The project's own code around a path: what it uses, who calls it, how it is wired up. Nearest first, within a number of lines.

Names are resolved by spelling, with the help of imports. A name that many define is left out: the tools can still show it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.syntax.languages import GRAMMARS
from scanner.syntax.symbols import DefinitionKind
from scanner.triage.scene import Place, function_around, is_test_path, with_decorators

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scanner.syntax.symbols import Definition
    from scanner.triage.scene import Scene
    from scanner.triage.tree import Tree

MOST_LINES: Final = 100
WHOLE_FILE: Final = 60  # lines up to which a file that a step stands in is shown whole
_SMALL: Final = 36  # the same for a file near the path
_LONGEST: Final = 40  # lines of one definition that are shown
_VARIABLE: Final = 16
_AROUND_USE: Final = 3
_AROUND_TOP: Final = 14  # lines around a step outside of all functions whose names count
_FEW: Final = 3
_LEAST: Final = 3  # lines that there must be room for, or the search ends
_MOST_FILES: Final = 15
_MOST_NAMES: Final = 150
_MOST_SMALL_TREE: Final = 50  # files
_WORD: Final = re.compile(r"[^\W\d]\w*")
_MOST_SET: Final = 8  # lines at which fields are set
_FIELD: Final = re.compile(r"(?:\b(?:self|this)\s*(?:\.|->)\s*#?|\$this->|@)([^\W\d]\w*)")
_SET: Final = re.compile(_FIELD.pattern + r"\s*(?::[^=\n]{0,80})?(?:\|\|)?=(?![=>~])")
_CALLABLE: Final = frozenset({DefinitionKind.FUNCTION, DefinitionKind.METHOD, DefinitionKind.CLASS, DefinitionKind.NAMESPACE})
_ONE_PACKAGE: Final = frozenset({"go", "java", "kotlin", "csharp", "php", "ruby"})
_SETTINGS: Final = frozenset({"yaml", "json", "toml", "xml", "ini", "properties", "env", "html"})
# Weaknesses that are decided by what stands before a handler, and the words by which such code is known.
GUARDED: Final = frozenset({862, 863, 639, 284, 285, 306, 287, 352, 614, 1004, 1275, 942, 346, 209, 215, 489})
_WIRING: Final = (
    *(
        "SecurityFilterChain",
        "HandlerInterceptor",
        "WebMvcConfigurer",
        "ContainerRequestFilter",
        "FilterRegistrationBean",
        "WebSecurityConfigurerAdapter",
    ),
    *("before_action", "before_request", "protect_from_forgery", "middleware", "MIDDLEWARE", "add_middleware", "Middleware", "CSRFProtect", "csrf"),
    *("DEFAULT_PERMISSION_CLASSES", "APP_GUARD", "useGlobalGuards", "preHandler", "addHook", "ServeMux", "NewServeMux", "NewRouter"),
)
_MOST_WIRED: Final = 6  # files


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Lines of one file."""

    path: str
    first: int
    last: int


def nearby(scene: Scene, shown: Sequence[Stretch], also: Sequence[str] = (), most: int = MOST_LINES) -> tuple[Stretch, ...]:
    """What is worth showing beside the path's own windows (`shown`), merged, in the order of files; at most so many lines.

    `also` are files that come first.
    """
    return _Search(scene, shown).run(also, most)


def names_in(tree: Tree, path: str, first: int, last: int) -> tuple[str, ...]:
    """The words of some lines of code, in their order; comments and docstrings hold none."""
    page = tree.page(path)
    if page is None:
        return ()
    lines = page.lines[max(first, 1) - 1 : last]
    return tuple(dict.fromkeys(word for line in lines for piece in line if piece.code for word in _WORD.findall(piece.text)))


class _Search:
    """One search; made for one use."""

    def __init__(self, scene: Scene, shown: Sequence[Stretch]) -> None:
        self._scene = scene
        self._tree = scene.tree
        self._taken: dict[str, set[int]] = {}
        self._left = 0
        self._new: dict[str, set[int]] = {}
        self._seen_names: set[tuple[str, str]] = set()
        for item in shown:
            self._taken.setdefault(item.path, set()).update(range(item.first, item.last + 1))
        self._tests = is_test_path(scene.sink.path)

    def run(self, also: Sequence[str], most: int) -> tuple[Stretch, ...]:
        self._left = most
        for path in also:
            self._take(self._whole(path, WHOLE_FILE))
        direct = self._each(self._uses(self._at_steps()))
        self._each(self._set())
        wired = self._each(self._wiring()) if self._guarded else []
        inner = self._each(self._uses(self._around_steps()))
        outer = self._each(self._callers())
        wired += [] if self._guarded else self._each(self._wiring())
        second = self._each(self._uses([*wired, *direct, *inner]))
        self._each(self._uses([*outer, *second]))
        self._each(self._rest())
        return tuple(_merged(self._new))

    @property
    def _guarded(self) -> bool:
        return len(self._scene.steps) == 1 or not GUARDED.isdisjoint(self._scene.finding.rule.cwe)

    def _each(self, stretches: Iterable[Stretch]) -> list[Stretch]:
        """Take them while there is room; those taken."""
        taken: list[Stretch] = []
        for item in stretches:
            if self._take(item):
                taken.append(item)
            if self._left < _LEAST:
                break
        return taken

    def _take(self, item: Stretch | None) -> bool:
        if item is None or item.last < item.first or (is_test_path(item.path) and not self._tests):
            return False
        fresh = set(range(item.first, item.last + 1)) - self._taken.get(item.path, set())
        if len(fresh) > self._left:
            return False
        self._left -= len(fresh)
        self._taken.setdefault(item.path, set()).update(fresh)
        self._new.setdefault(item.path, set()).update(fresh)
        return True

    def _at_steps(self) -> list[Stretch]:
        spans = [step.span for step in reversed(self._scene.steps)]  # the sink first
        return [Stretch(span.path, span.start_line, min(span.end_line, span.start_line + 8)) for span in spans]

    def _around_steps(self) -> list[Stretch]:
        """The functions of the path, the heads of their classes, and what stands around steps outside of functions."""
        found = [Stretch(place.path, place.start, place.end) for place in reversed(self._scene.functions)]
        for place in self._scene.functions:
            found += self._heads(place)
        for step in self._scene.steps:
            if self._scene.around(step.span) is None:
                found.append(Stretch(step.span.path, step.span.start_line - _AROUND_TOP, step.span.end_line + _AROUND_TOP))
        return found

    def _heads(self, place: Place) -> list[Stretch]:
        """Of the classes around a function: from the decorators to the first method."""
        symbols = self._tree.symbols(place.path)
        found = []
        for item in symbols.definitions:
            if item.kind not in {DefinitionKind.CLASS, DefinitionKind.SCOPE, DefinitionKind.NAMESPACE}:
                continue
            if item.span.start_line <= place.start and place.end <= item.span.end_line:
                whole = with_decorators(self._tree, item)
                inner = [
                    one.span.start_line for one in symbols.definitions if one.kind in _CALLABLE and one.qualified.startswith(f"{item.qualified}.")
                ]
                found.append(Stretch(place.path, whole.start, max(item.span.start_line, min([item.span.end_line, *inner]) - 1)))
        return found

    def _uses(self, stretches: Iterable[Stretch]) -> Iterator[Stretch]:
        """The definitions of the names in some lines."""
        for stretch in stretches:
            for name in names_in(self._tree, stretch.path, stretch.first, stretch.last)[:_MOST_NAMES]:
                if (stretch.path, name) not in self._seen_names:
                    self._seen_names.add((stretch.path, name))
                    yield from self._defined(name, stretch.path)

    def _set(self) -> Iterator[Stretch]:
        """Where the fields that the steps read are set, in the rest of their class: what the constructor puts in, others take out."""
        found: dict[Stretch, None] = {}
        for place in self._scene.functions:
            at = [item for item in self._at_steps() if place.holds(item.path, item.first)]
            read = {name for item in at for line in self._code(item.path, item.first, item.last) for name in _FIELD.findall(line)}
            for first, last in self._classes(place) if read else ():
                for number, line in enumerate(self._code(place.path, first, last), first):
                    if not place.holds(place.path, number) and not read.isdisjoint(_SET.findall(line)):
                        found[Stretch(place.path, max(number - 1, first), min(number + 1, last))] = None
        yield from list(found)[:_MOST_SET]

    def _code(self, path: str, first: int, last: int) -> list[str]:
        """Some lines without their comments."""
        page = self._tree.page(path)
        return ["".join(piece.text for piece in line if piece.code) for line in page.lines[first - 1 : last]] if page else []

    def _classes(self, place: Place) -> list[tuple[int, int]]:
        """The lines of the innermost class around a function."""
        kinds = {DefinitionKind.CLASS, DefinitionKind.SCOPE}
        spans = [item.span for item in self._tree.symbols(place.path).definitions if item.kind in kinds]
        around = [(span.start_line, span.end_line) for span in spans if span.start_line <= place.start and place.end <= span.end_line]
        return around[-1:]

    def _defined(self, name: str, path: str) -> Iterator[Stretch]:
        own = [item for item in self._tree.symbols(path).definitions if item.name == name and self._lasting(item)]
        if own:
            yield from (self._shown(item) for item in own[:_FEW])
            return
        for item in self._tree.symbols(path).imports:
            if name in {item.alias, item.name, _last(item.module)}:
                yield from self._imported(item.name or name, self._tree.modules.files(item))
        if len(name) > 2:  # noqa: PLR2004 - a name of one or two letters is spelled everywhere
            yield from self._elsewhere(name, path)

    def _imported(self, name: str, files: Iterable[str]) -> Iterator[Stretch]:
        for path in files:
            whole = self._whole(path, _SMALL)
            if whole is not None:
                yield whole
                continue
            yield from (self._shown(item) for item in self._tree.symbols(path).definitions if item.name == name and self._lasting(item))

    def _elsewhere(self, name: str, path: str) -> Iterator[Stretch]:
        """What other files define under a name that few do."""
        files = self._tree.with_word(name, _MOST_FILES + 1)
        if len(files) > _MOST_FILES:
            return
        items = [
            item
            for file in files
            if file != path
            for item in self._tree.symbols(file).definitions
            if item.name == name and self._lasting(item) and (item.kind in _CALLABLE or self._tree.language(file) in _ONE_PACKAGE)
        ]
        if not items:
            items = [*self._spelled(name, files)]
        if len(items) <= _FEW:
            for item in items:
                yield self._whole(item.span.path, _SMALL) or self._shown(item)

    def _spelled(self, name: str, files: Iterable[str]) -> Iterator[Definition]:
        """What is defined by a call with the name as a symbol or a text, such as `define_method(:name)`: the definition around it."""
        for file in files:
            symbols = self._tree.symbols(file)
            for call in symbols.calls:
                if call.callee.rpartition(".")[2] in {"define_method", "attr_accessor", "attr_reader"}:
                    words = names_in(self._tree, file, call.span.start_line, call.span.start_line)
                    if name in words:
                        yield from (item for item in symbols.definitions if item.qualified == call.symbol)

    def _lasting(self, item: Definition) -> bool:
        """Whether a definition is one that other code can mean: no variable within a function."""
        if item.kind is DefinitionKind.SCOPE:
            return False
        if item.kind is not DefinitionKind.VARIABLE:
            return True
        definitions = self._tree.symbols(item.span.path).definitions
        return item.parent < 0 or definitions[item.parent].kind not in {DefinitionKind.FUNCTION, DefinitionKind.METHOD}

    def _shown(self, item: Definition) -> Stretch:
        """The lines of a definition that are worth showing, those of its class's head not among them."""
        place = with_decorators(self._tree, item)
        most = _VARIABLE if item.kind is DefinitionKind.VARIABLE else _LONGEST
        return Stretch(place.path, place.start, min(place.end, place.start + most - 1))

    def _callers(self) -> Iterator[Stretch]:
        """Who calls the functions of the path, where few do: the function around the call."""
        for place in reversed(self._scene.functions):
            uses: list[tuple[str, int]] = []
            for file in self._tree.with_word(place.name, _MOST_FILES):
                uses += [
                    (file, call.span.start_line)
                    for call in self._tree.symbols(file).calls
                    if call.callee.rpartition(".")[2] == place.name and not place.holds(file, call.span.start_line)
                ]
            if 0 < len(uses) <= _FEW:
                yield from (self._around(file, line) for file, line in uses)

    def _around(self, file: str, line: int) -> Stretch:
        whole = self._whole(file, _SMALL)
        if whole is not None:
            return whole
        here = function_around(self._tree, file, line)
        if here is not None and here.end - here.start < _LONGEST:
            return Stretch(file, here.start, here.end)
        return Stretch(file, max(1, line - _AROUND_USE), min(line + _AROUND_USE, self._count(file)))

    def _wiring(self) -> Iterator[Stretch]:
        """Where the files of the path are imported and used; for weaknesses that guards decide also where these are set up."""
        for path in sorted({step.span.path for step in self._scene.steps}):
            yield from self._mounts(path)
        if self._guarded:
            known = {path for word in _WIRING for path in self._tree.with_word(word, _MOST_FILES)}
            for path in sorted(known, key=lambda item: (_apart(item, self._scene.sink.path), item))[:_MOST_WIRED]:
                whole = self._whole(path, _SMALL)
                yield from [whole] if whole else self._wired_lines(path)

    def _wired_lines(self, path: str) -> Iterator[Stretch]:
        identifiers = self._tree.symbols(path).identifiers
        lines = sorted({line for word in _WIRING for line, _, _ in identifiers.get(word, ())})
        yield from (self._around(path, line) for line in lines[:_MOST_WIRED])

    def _mounts(self, path: str) -> Iterator[Stretch]:
        stem = path.rpartition("/")[2].partition(".")[0]
        users = [file for file in self._tree.with_word(stem, _MOST_FILES) if file != path and not is_test_path(file)]
        for file in users[:_FEW]:
            symbols = self._tree.symbols(file)
            brought = [item for item in symbols.imports if path in self._tree.modules.files(item)]
            whole = self._whole(file, _SMALL)
            if brought and whole is not None:
                yield whole
                continue
            imported = {item.span.start_line for item in symbols.imports}
            names = {item.alias or item.name or _last(item.module) for item in brought}
            lines = sorted({line for name in names for line, _, _ in symbols.identifiers.get(name, ()) if line not in imported})
            if lines and len(lines) <= _FEW * 2:
                yield from (self._around(file, line) for line in lines)

    def _rest(self) -> Iterator[Stretch]:
        """What is left of a small tree: small files, those in the path's directories first; settings count, prose does not."""
        paths = self._tree.paths
        if len(paths) > _MOST_SMALL_TREE:
            return
        kinds = GRAMMARS | _SETTINGS
        for path in sorted(paths, key=lambda item: (_apart(item, self._scene.sink.path), item)):
            if self._tree.language(path) in kinds and (whole := self._whole(path, _SMALL)) is not None:
                yield whole

    def _whole(self, path: str, most: int) -> Stretch | None:
        """A file that is short enough, as one stretch."""
        count = self._count(path)
        return Stretch(path, 1, count) if 0 < count <= most else None

    def _count(self, path: str) -> int:
        page = self._tree.page(path)
        return len(page.lines) if page else 0


def merged(stretches: Iterable[Stretch], gap: int = 3) -> tuple[Stretch, ...]:
    """The same lines in as few stretches, in order; gaps of so many lines are filled."""
    found: list[Stretch] = []
    for item in sorted(stretches):
        if found and found[-1].path == item.path and item.first <= found[-1].last + gap + 1:
            found[-1] = Stretch(item.path, found[-1].first, max(found[-1].last, item.last))
        else:
            found.append(item)
    return tuple(found)


def _merged(lines: dict[str, set[int]]) -> tuple[Stretch, ...]:
    return merged(Stretch(path, line, line) for path, numbers in lines.items() for line in numbers)


def _apart(one: str, two: str) -> int:
    """How many directories lie between two files."""
    first, second = one.split("/")[:-1], two.split("/")[:-1]
    shared = 0
    for left, right in zip(first, second, strict=False):
        if left != right:
            break
        shared += 1
    return len(first) + len(second) - 2 * shared


def _last(module: str) -> str:
    return re.split(r"[./\\:]+", module.strip("'\" /."))[-1]
