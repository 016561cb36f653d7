"""The walk over a tree of files: what is looked at, and what is left out and why."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeAlias

from scanner.core.coverage import Skip, SkippedPath
from scanner.core.problem import Problem, Stage
from scanner.ports.source import SourceFile
from scanner.sources import content, names
from scanner.sources.ignores import excluder
from scanner.sources.links import classify_link
from scanner.sources.reader import Refusal, open_directory, read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scanner.sources.ignores import Ignores, Level
    from scanner.sources.options import WalkOptions
    from scanner.sources.patterns import PatternSet

Detect: TypeAlias = "Callable[[str, bytes], str]"
"""Tells a file's language by its path and its first bytes; empty for none of ours."""

_HEAD_BYTES: Final = 4_096
_SAID_ELSEWHERE: Final = "looked at already under another name"


class _Kind(Enum):
    FILE = "file"
    DIRECTORY = "directory"
    LINK = "link"
    OTHER = "other"


_KINDS: Final = {stat.S_IFREG: _Kind.FILE, stat.S_IFDIR: _Kind.DIRECTORY, stat.S_IFLNK: _Kind.LINK}


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: _Kind


@dataclass(frozen=True, slots=True)
class _Directory:
    """A directory still to be looked at: its path with a slash at its end (empty for the root), and the ignore files in force around it."""

    base: str
    level: Level
    named: bool = False

    @property
    def name(self) -> str:
        return self.base[:-1].rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk found, each part sorted by path."""

    files: tuple[SourceFile, ...]
    skipped: tuple[SkippedPath, ...]
    problems: tuple[Problem, ...]


def walk(root: str, targets: Sequence[str], options: WalkOptions, ignores: Ignores, detect: Detect) -> Walked:
    """Look at `targets`: paths relative to `root`, empty for the root itself, which has no links in it. What does not exist there is a problem.

    The walk never follows a link, opens nothing but regular files and directories, and never recurses.
    """
    return _Walk(root, frozenset(targets), options, ignores, detect, excluder(options.exclude)).run()


@dataclass(slots=True)
class _Walk:
    root: str
    named: frozenset[str]
    options: WalkOptions
    ignores: Ignores
    detect: Detect
    excluded: PatternSet
    files: dict[str, SourceFile] = field(default_factory=dict)
    skipped: dict[str, SkippedPath] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: dict[tuple[int, int], str] = field(default_factory=dict)
    entered: set[str] = field(default_factory=set)

    def run(self) -> Walked:
        for target in sorted(self.named):
            self._target(target)
        return Walked(
            tuple(sorted(self.files.values())),
            tuple(sorted(self.skipped.values())),
            tuple(sorted([*self.problems, *self.ignores.problems])),
        )

    def _target(self, target: str) -> None:
        """A path the user named: no ignore file hides it, but exclusions and version control do."""
        parents = _parents(target)
        for path in (*parents, target):
            is_directory = path != target or os.path.isdir(f"{self.root}/{path}")  # noqa: PTH112  # a plain string keeps odd names as they are
            refusal = self._refuse_named(path, is_directory=is_directory)
            if refusal is not None:
                self._skip(path + "/" * is_directory, refusal)
                return
        level = self.ignores.start()
        for path in parents:
            level = self.ignores.enter(level, f"{path}/" if path else "", None)
        kind = _kind_of(f"{self.root}/{target}")
        if kind is None:
            self.problems.append(Problem(Stage.COLLECT, target or ".", "there is no such file or directory", incomplete=False))
        elif kind is _Kind.DIRECTORY:
            self._tree(_Directory(f"{target}/" if target else "", level, named=True))
        elif target not in self.files and target not in self.skipped:
            self._leaf(target, _Entry(target.rpartition("/")[2], kind))

    def _refuse_named(self, path: str, *, is_directory: bool) -> Refusal | None:
        if path and names.is_version_control(path.rpartition("/")[2], is_directory=is_directory):
            return Refusal(Skip.VERSION_CONTROL, "")
        if path and self.excluded.decide(path, is_directory=is_directory):
            return Refusal(Skip.EXCLUDED, "")
        return None

    def _tree(self, top: _Directory) -> None:
        pending = [top]
        while pending:
            pending.extend(reversed(self._directory(pending.pop())))

    def _directory(self, directory: _Directory) -> list[_Directory]:
        """Look at one directory's entries; the directories among them that are to be looked at next."""
        base = directory.base
        if base in self.entered:
            return []
        self.entered.add(base)
        listed = self._list(base)
        if isinstance(listed, Refusal):
            self._skip(base, listed)
            return []
        children = {entry.name for entry in listed}
        if not directory.named and (refusal := self._refuse_content(directory, children)) is not None:
            self._skip(base, refusal)
            return []
        level = self.ignores.enter(directory.level, base, children)
        below: list[_Directory] = []
        for entry in listed:
            path = base + entry.name
            refusal = self._refuse_entry(path, entry, level, directory, children)
            if refusal is not None:
                self._skip(path + "/" * (entry.kind is _Kind.DIRECTORY), refusal)
            elif entry.kind is _Kind.DIRECTORY:
                below.append(_Directory(f"{path}/", self.ignores.below(level, path), named=path in self.named))
            elif path not in self.files:
                self._leaf(path, entry)
        return below

    def _list(self, base: str) -> list[_Entry] | Refusal:
        descriptor = open_directory(f"{self.root}/{base}")
        if isinstance(descriptor, Refusal):
            return descriptor
        try:
            status = os.fstat(descriptor)
            # No link is followed, so only a mount can lead back to a directory that was looked at.
            before = self.seen.setdefault((status.st_dev, status.st_ino), base)
            if before != base:
                return Refusal(Skip.SYMLINK, f"{_SAID_ELSEWHERE}: {before or '.'}")
            with os.scandir(descriptor) as entries:
                return sorted(_entries(entries), key=lambda entry: entry.name)
        except OSError as error:
            return Refusal.of(error)
        finally:
            os.close(descriptor)

    def _refuse_content(self, directory: _Directory, children: set[str]) -> Refusal | None:
        if names.looks_like_repository(children):
            head = read_file(f"{self.root}/{directory.base}HEAD", _HEAD_BYTES)
            if isinstance(head, bytes) and names.is_head(head) and not self._is_new(directory.base):
                return Refusal(Skip.VERSION_CONTROL, "a git repository without a work tree")
        vendored = "" if self.options.include_vendored else names.vendored_content(directory.name, children)
        return Refusal(Skip.VENDORED, vendored) if vendored and not self._is_new(directory.base) else None

    def _is_new(self, path: str) -> bool:
        """Whether a change under scan would leave this out itself, which it may not."""
        return self.options.change is not None and self.options.change.is_new(path)

    def _refuse_entry(self, path: str, entry: _Entry, level: Level, directory: _Directory, children: set[str]) -> Refusal | None:
        """The refusal for what an entry is called and where it stands."""
        is_directory = entry.kind is _Kind.DIRECTORY
        refusal = self._refuse_named(path, is_directory=is_directory)
        if refusal is not None or path in self.named:
            return refusal
        hidden_by = self.ignores.hides(level, path, is_directory=is_directory)
        if hidden_by:
            return Refusal(Skip.IGNORED, hidden_by)
        vendored = "" if self.options.include_vendored or not is_directory else names.vendored_name(entry.name, directory.name, children)
        return Refusal(Skip.VENDORED, vendored) if vendored and not self._is_new(f"{path}/") else None

    def _leaf(self, path: str, entry: _Entry) -> None:
        """Look at anything but a directory."""
        if entry.kind is _Kind.LINK:
            self._skip(path, classify_link(self.root, path))
            return
        if entry.kind is _Kind.OTHER:
            self._skip(path, Refusal(Skip.NOT_A_FILE, "a pipe, a socket or a device"))
            return
        looked_at = self._file(path, entry.name)
        if isinstance(looked_at, Refusal):
            self._skip(path, looked_at)
        else:
            self.files[path] = looked_at

    def _file(self, path: str, name: str) -> SourceFile | Refusal:
        included = self.options.include_generated or self._is_new(path)
        refusal = names.refuse_binary_name(name) or (None if included else names.refuse_generated_name(name))
        if refusal is not None:
            return refusal
        data = read_file(f"{self.root}/{path}", self.options.max_bytes)
        if isinstance(data, Refusal):
            if data.reason is Skip.TOO_LARGE:
                self._suspect(path, self.detect(path, b""), data.detail)
            return data
        language = self.detect(path, data[:_HEAD_BYTES])
        if language and self.options.languages is not None and language not in self.options.languages:
            return Refusal(Skip.LANGUAGE, language)
        refusal = content.refuse_binary(data, language)
        if refusal is not None:
            self._suspect(path, language or self.detect(path, b""), refusal.detail)
        if refusal is None and not included:
            refusal = content.refuse_generated(data) or content.refuse_minified(data, name)
        if refusal is not None:
            return refusal
        mapped = language == "javascript" and content.names_a_map(data)
        return SourceFile(path, language, len(data), content.count_lines(data), hashlib.sha256(data).hexdigest(), mapped)

    def _suspect(self, path: str, language: str, detail: str) -> None:
        """Code that a change makes unreadable for a scan: that is told, and the scan is incomplete for it."""
        if language and self._is_new(path):
            self.problems.append(Problem(Stage.COLLECT, path, f"not looked at, and it is this change that makes it so: {detail or 'no text'}"))

    def _skip(self, path: str, refusal: Refusal) -> None:
        """Note what was left out. What vanished is not part of the tree any more, so that the scan of the tree is complete without it."""
        if refusal.vanished:
            self.problems.append(Problem(Stage.COLLECT, path, refusal.detail, incomplete=False))
            return
        self.skipped[path] = SkippedPath(path or "./", refusal.reason, refusal.detail)
        if not refusal.reason.expected:
            self.problems.append(Problem(Stage.COLLECT, path or "./", f"not looked at: {refusal.detail}"))


def _parents(target: str) -> tuple[str, ...]:
    """The directories above a path, outermost (the root, empty) first; none for the root."""
    parts = target.split("/")
    return tuple("/".join(parts[:count]) for count in range(len(parts))) if target else ()


def _entries(entries: Iterator[os.DirEntry[str]]) -> Iterator[_Entry]:
    for entry in entries:
        yield _Entry(entry.name, _kind(entry))


def _kind(entry: os.DirEntry[str]) -> _Kind:
    try:
        if entry.is_symlink():
            return _Kind.LINK
        if entry.is_dir(follow_symlinks=False):
            return _Kind.DIRECTORY
        return _Kind.FILE if entry.is_file(follow_symlinks=False) else _Kind.OTHER
    except OSError:
        # The file system does not tell kinds and the entry went away meanwhile: opening it says so.
        return _Kind.FILE


def _kind_of(path: str) -> _Kind | None:
    """The kind of a single path, None when there is none."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return None
    return _KINDS.get(stat.S_IFMT(mode), _Kind.OTHER)
