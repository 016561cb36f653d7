"""Which scripts of a snapshot are builds: what a compiler made of another script that is analysed.

npm packages and some repositories hold a program twice, as it was written and as it runs, or compiled in two ways. Analysing both tells
everything twice and costs twice. What is left out is decided by content alone (`scanner.syntax.builds`): the original does the same, token
by token, and every module that the build names is one that the original names too, or a build of that. So whatever flow leads through
builds leads through their originals. Source maps and settings are not asked: whoever writes a program writes them, too.

How files are paired may be guessed, because nothing rests on it: the folders `lib` and `src` belong together when many names below them
agree. What a repository could still do, and why that is not much, is in docs/decisions/0011-builds.md.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from scanner.core.files import Unreadable, read_confined
from scanner.engines.taint.job import PROGRAMS
from scanner.engines.taint.modules import is_public
from scanner.engines.taint.packages import module_name, read_layout
from scanner.ports.cache import NoCache, key_of
from scanner.syntax.compared import Compared
from scanner.syntax.languages import is_declaration_file
from scanner.syntax.parse import DEFAULT_LIMITS
from scanner.syntax.testfiles import is_test
from scanner.taint.facts import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scanner.engines.taint.packages import Layout
    from scanner.ports.cache import ScanCache
    from scanner.ports.executor import Executor
    from scanner.ports.source import Snapshot, SourceFile

_SHELF: Final = "builds"
_SECONDS: Final = 60.0  # for one pair, as a last resort
_SCRIPTS: Final = "javascript"
_MOST_ALIKE: Final = 8  # files of one name that have a say in which folders belong together
_MOST_FOLDERS: Final = 4  # where the original of one file is looked for
_SAMPLE: Final = 20  # pairs of two folders that are compared before the others
_TYPED: Final = (".ts", ".tsx", ".mts", ".cts")
_PLAIN: Final = (".js", ".mjs", ".cjs", ".jsx")


_Folders: TypeAlias = "Mapping[str, Sequence[tuple[int, str]]]"
"""By folder, others that hold files of the same names, and how many."""


class _Pair(NamedTuple):
    """Two files that may be one program. The digests are those that the snapshot lists."""

    build: SourceFile
    original: SourceFile

    @property
    def key(self) -> str:
        return key_of(_SHELF, *((file.language, file.digest) for file in self))

    @property
    def roots(self) -> tuple[str, str]:
        return _roots(self.build.path, self.original.path)


class Builds:
    """Marks the builds in a snapshot. What `cache` remembers of two contents is not compared again."""

    def __init__(self, executor: Executor, cache: ScanCache | None = None) -> None:
        self._executor = executor
        self._cache = cache or NoCache()

    def __call__(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot with each build's original."""
        scripts = {file.path: file for file in snapshot.files if PROGRAMS.get(file.language) == _SCRIPTS and _is_analysed(file.path)}
        if not any(file.language == "javascript" for file in scripts.values()):
            return snapshot
        layout = _Lazily(snapshot, scripts)
        pairs = list(_pairs(scripts, layout))
        if not pairs:
            return snapshot
        groups: dict[tuple[str, str], list[_Pair]] = {}
        for pair in pairs:
            groups.setdefault(pair.roots, []).append(pair)
        tried = self._compare(snapshot, [pair for group in groups.values() for pair in _sample(group)])
        promising = [pair for group in groups.values() if _is_promising(_sample(group), tried) for pair in group]
        compared = self._compare(snapshot, promising, tried)
        found = _closed({pair.build.path: (pair.original.path, compared[pair.key]) for pair in pairs if pair.key in compared}, layout.get())
        if not found:
            return snapshot
        return replace(snapshot, files=tuple(replace(file, original=found[file.path]) if file.path in found else file for file in snapshot.files))

    def _compare(self, snapshot: Snapshot, pairs: Sequence[_Pair], tried: Mapping[str, Compared] | None = None) -> Mapping[str, Compared]:
        """What came of each pair that could be compared, by its key; some were `tried` already."""
        known = dict(tried or {})
        recalled = self._cache.recall(_SHELF, [pair.key for pair in pairs if pair.key not in known])
        known.update((key, value) for key, value in recalled.items() if isinstance(value, Compared))
        missing = [pair for pair in pairs if pair.key not in known]
        look = _Comparison(str(snapshot.root))
        outcomes = self._executor.map(look, missing, seconds=_SECONDS)
        made = {pair.key: outcome.result for pair, outcome in zip(missing, outcomes, strict=True) if outcome.result is not None}
        self._cache.remember(_SHELF, made)
        return {**known, **made}


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Reads and compares one pair, in a worker process; None where a file is not what the snapshot lists."""

    root: str

    def __call__(self, pair: _Pair) -> Compared | None:
        contents: list[tuple[str, bytes]] = []
        for file in pair:
            data = read_confined(self.root, file.path, DEFAULT_LIMITS.max_bytes)
            if isinstance(data, Unreadable) or sha256(data).hexdigest() != file.digest:
                return None
            contents.append((file.language, data))
        from scanner.syntax.builds import compare  # noqa: PLC0415 -- most repositories hold no builds

        return compare(*contents)


class _Lazily:
    """The layout of a snapshot, read when it is asked for."""

    def __init__(self, snapshot: Snapshot, scripts: Mapping[str, SourceFile]) -> None:
        self._snapshot, self._scripts = snapshot, scripts
        self._layout: Layout | None = None

    def get(self) -> Layout:
        if self._layout is None:
            self._layout = read_layout(str(self._snapshot.root), [file.path for file in self._snapshot.files], list(self._scripts))
        return self._layout


def _is_analysed(path: str) -> bool:
    return not is_declaration_file(path) and not is_test(path, _SCRIPTS)


def _sample(pairs: Sequence[_Pair]) -> Sequence[_Pair]:
    """Some of the pairs of two folders, from all over them."""
    return pairs[:: -(-len(pairs) // _SAMPLE)]


def _is_promising(sample: Sequence[_Pair], compared: Mapping[str, Compared]) -> bool:
    """Whether one folder is compiled from the other in a way that is understood: else comparing all of it would be for nothing."""
    return sum(pair.key in compared and compared[pair.key].same for pair in sample) * 2 >= len(sample)


def _pairs(scripts: Mapping[str, SourceFile], layout: _Lazily) -> Iterator[_Pair]:
    """The pairs to compare, at most one for each file that may be a build."""
    stems: dict[str, list[str]] = {}
    for path in sorted(scripts):
        stems.setdefault(posixpath.splitext(posixpath.basename(path))[0], []).append(path)
    typed: Counter[tuple[str, str]] = Counter()
    twins: Counter[tuple[str, str]] = Counter()
    for held in stems.values():
        if 1 < len(held) <= _MOST_ALIKE:
            _vote([scripts[path] for path in held], typed, twins)
    if not typed and not twins:
        return
    sources = _by_build(typed)
    better = _by_rank(twins, layout) if twins else {}
    for path in sorted(scripts):
        if scripts[path].language == "javascript":
            found = _original(path, sources, _TYPED, scripts)
            if not found and scripts[path].mapped:
                found = _original(path, better, _PLAIN, scripts)
                found = found if found and scripts[found].mapped else ""
            if found and (is_public(found, _SCRIPTS) or not is_public(path, _SCRIPTS)):
                yield _Pair(scripts[path], scripts[found])


def _vote(files: Iterable[SourceFile], typed: Counter[tuple[str, str]], twins: Counter[tuple[str, str]]) -> None:
    """Count which folders hold the same names."""
    held = list(files)
    for one in held:
        if one.language == "javascript":
            for other in held:
                if other.language != "javascript":
                    typed[_roots(one.path, other.path)] += 1
                elif one.path != other.path and one.mapped and other.mapped:
                    twins[_roots(one.path, other.path)] += 1


def _roots(one: str, other: str) -> tuple[str, str]:
    """The folders that two paths differ in, above what they have in common at their ends."""
    mine, theirs = one.split("/")[:-1], other.split("/")[:-1]
    while mine and theirs and mine[-1] == theirs[-1]:
        mine.pop()
        theirs.pop()
    return "/".join(mine), "/".join(theirs)


def _by_build(votes: Counter[tuple[str, str]]) -> _Folders:
    """For each folder of builds those where their originals may be, the likeliest first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for (build, source), count in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
        found.setdefault(build, []).append((count, source))
    return {build: held[:_MOST_FOLDERS] for build, held in found.items()}


def _by_rank(votes: Counter[tuple[str, str]], layout: _Lazily) -> _Folders:
    """The same where all are builds: the folder that `main` lies in comes before the others, and is nobody's build."""
    mains = [_main(folder, package.purpose.offers) for folder, package in layout.get().packages.items()]

    def rank(root: str) -> tuple[int, str]:
        inside = root == "" or any(main.startswith(f"{root}/") for main in mains)
        return (-len(root) - 1 if inside else 1, root)

    return _by_build(Counter({(build, source): count for (build, source), count in votes.items() if rank(source) < rank(build)}))


def _main(folder: str, offers: Sequence[str]) -> str:
    return posixpath.normpath(posixpath.join(folder, offers[0])) if offers else ""


def _original(path: str, folders: _Folders, endings: Sequence[str], scripts: Mapping[str, SourceFile]) -> str:
    """The likeliest file that a path may be a build of; empty for none."""
    stem = posixpath.splitext(path)[0]
    known = [(-count, root, source) for root in _above(path) for count, source in folders.get(root, ())]
    for _, root, source in sorted(known):
        rest = stem[len(root) + 1 :] if root else stem
        for ending in endings:
            candidate = f"{source}/{rest}{ending}" if source else rest + ending
            if candidate in scripts and candidate != path:
                return candidate
    return ""


def _above(path: str) -> Iterator[str]:
    folder = posixpath.dirname(path)
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield ""


def _closed(pairs: Mapping[str, tuple[str, Compared]], layout: Layout) -> dict[str, str]:
    """The builds whose every module is that of their original, or a build of it; by path, the original that is analysed.

    A build that is taken out takes out those that name it: what leads through it must be looked at where it begins.
    """
    builds = {build: original for build, (original, compared) in sorted(pairs.items()) if compared.same}
    for build in list(builds):
        if _analysed(build, builds) == build:
            del builds[build]  # each would be left out for the other
    named = {f"{module_name(path)}{PUBLIC}": path for path in layout.files}
    needs = {build: _needs(layout, named, build, *pairs[build]) for build in builds}
    users: dict[str, set[str]] = {}
    for build, held in needs.items():
        for path in (path for both in held or () for path in both):
            users.setdefault(path, set()).add(build)
    made: dict[str, list[str]] = {}
    for build, original in builds.items():
        made.setdefault(original, []).append(build)
    doubted = sorted(builds)
    while doubted:
        build = doubted.pop()
        held = needs.get(build)
        if build in builds and (held is None or any(_analysed(mine, builds) != _analysed(theirs, builds) for mine, theirs in held)):
            del builds[build]
            changed = [build]
            for path in changed:
                doubted.extend(users.get(path, ()))
                changed.extend(made.get(path, ()))
    return {build: _analysed(build, builds) for build in builds}


def _analysed(path: str, builds: Mapping[str, str]) -> str:
    """The file that is analysed for one, which may be the file itself: always, where builds lead in a circle."""
    begun, seen = path, set[str]()
    while path in builds:
        if path in seen:
            return begun
        seen.add(path)
        path = builds[path]
    return path


def _needs(layout: Layout, named: Mapping[str, str], build: str, original: str, compared: Compared) -> list[tuple[str, str]] | None:
    """The files that a build names, each with that which its original names in its place; None where the build names one more."""
    mine, theirs = layout.resolver(build), layout.resolver(original)
    found: list[tuple[str, str]] = []
    for here, there in compared.modules:
        one, other = named.get(mine(here), ""), named.get(theirs(there), "")
        if one and not other:
            return None
        if one != other and one:
            found.append((one, other))
    return found
