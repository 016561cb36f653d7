"""Ignore files at every level of a tree, and which of them has the last word about a path."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from scanner.core.errors import UsageError
from scanner.core.problem import Problem, Stage
from scanner.sources.patterns import PatternSet
from scanner.sources.reader import Refusal, read_file

if TYPE_CHECKING:
    from collections.abc import Sequence

GIT_IGNORE: Final = ".gitignore"
OWN_IGNORE: Final = ".casemateignore"
_INFO_EXCLUDE: Final = ".git/info/exclude"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"

# What a tree may ask of the walk. Literal names and endings (`*.log`) are looked up and free; each other pattern is tried against each path below it,
# in time that grows with its wildcards. An ignore file that asks for more is left unused, so that it hides nothing.
_MAX_BYTES: Final = 1_048_576
_MAX_WILDCARDS: Final = 2_000
_MAX_WILDCARDS_TOGETHER: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Layer:
    """One ignore file and the directory (with a slash at its end, empty for the root) whose paths it speaks of."""

    base: str
    patterns: PatternSet


@dataclass(frozen=True, slots=True)
class Level:
    """The ignore files that are in force in one directory, outermost first; `only_tracked` says that git hides all of it but what it tracks."""

    git: tuple[_Layer, ...] = ()
    own: tuple[_Layer, ...] = ()
    only_tracked: bool = False


@dataclass(slots=True)
class Ignores:
    """Reads ignore files on the way down and answers for paths.

    `git` and `own` say which kinds are honoured; `tracked` are paths that git keeps although its ignore files name them, which makes them no less
    part of the repository. `own_root` is where our own ignore files are read, if not in the root. `problems` collects the ignore files that were not
    read.
    """

    root: str
    git: bool
    own: bool
    tracked: frozenset[str] = frozenset()
    own_root: str = ""
    problems: list[Problem] = field(default_factory=list)
    _wildcards: int = 0
    _tracked_parents: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        self._tracked_parents = frozenset(path[:index] for path in self.tracked for index, char in enumerate(path) if char == "/")

    def start(self) -> Level:
        """What is in force before the root's own files are read."""
        return self._with(Level(), "", _INFO_EXCLUDE, own=False) if self.git else Level()

    def enter(self, level: Level, base: str, children: frozenset[str] | set[str] | None) -> Level:
        """What is in force in the directory `base`, which holds `children` (None: not known yet)."""
        if self.git and (children is None or GIT_IGNORE in children):
            level = self._with(level, base, base + GIT_IGNORE, own=False)
        if self.own and (self.own_root or children is None or OWN_IGNORE in children):
            level = self._with(level, base, base + OWN_IGNORE, own=True)
        return level

    def hides(self, level: Level, path: str, *, is_directory: bool) -> str:
        """The kind of ignore file that hides a path whose parents are all shown; empty when it is shown."""
        own = _decide(level.own, path, is_directory=is_directory)
        if own is not None:
            return OWN_IGNORE if own else ""
        if path in (self._tracked_parents if is_directory else self.tracked):
            return ""
        hidden = level.only_tracked or _decide(level.git, path, is_directory=is_directory)
        return GIT_IGNORE if hidden else ""

    def below(self, level: Level, path: str) -> Level:
        """What is in force below the directory `path`, which is shown."""
        if path not in self._tracked_parents or level.only_tracked:
            return level
        hidden = _decide(level.git, path, is_directory=True)
        return replace(level, only_tracked=True) if hidden else level

    def _with(self, level: Level, base: str, path: str, *, own: bool) -> Level:
        data = read_file(f"{(own and self.own_root) or self.root}/{path}", _MAX_BYTES)
        if isinstance(data, Refusal):
            if not data.vanished:
                self._refuse(path, data.detail)
            return level
        patterns = PatternSet(data.removeprefix(_BYTE_ORDER_MARK).decode("utf-8", "surrogateescape").split("\n"))
        if patterns.wildcards > _MAX_WILDCARDS:
            self._refuse(path, f"{patterns.wildcards} wildcards, over the limit of {_MAX_WILDCARDS}")
            return level
        if self._wildcards + patterns.wildcards > _MAX_WILDCARDS_TOGETHER:
            self._refuse(path, f"all ignore files together hold over {_MAX_WILDCARDS_TOGETHER} wildcards")
            return level
        self._wildcards += patterns.wildcards
        layer = _Layer(base, patterns)
        return replace(level, own=(*level.own, layer)) if own else replace(level, git=(*level.git, layer))

    def _refuse(self, path: str, detail: str) -> None:
        self.problems.append(Problem(Stage.COLLECT, path, f"this ignore file was not used and hides nothing: {detail}", incomplete=False))


def excluder(patterns: Sequence[str]) -> PatternSet:
    """The user's own patterns; raises UsageError for one that can never match."""
    compiled = PatternSet(patterns)
    if compiled.invalid:
        msg = f"not a pattern in gitignore's syntax: {compiled.invalid[0]}"
        raise UsageError(msg, hint="an open bracket, a backslash at the end and an empty part of a path match nothing")
    return compiled


def _decide(layers: tuple[_Layer, ...], path: str, *, is_directory: bool) -> bool | None:
    """What the innermost file with something to say about a path says."""
    for layer in reversed(layers):
        answer = layer.patterns.decide(path[len(layer.base) :], is_directory=is_directory)
        if answer is not None:
            return answer
    return None
