"""Which files Semgrep is handed, for which of its analyzers, and in which runs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from scanner.engines.semgrep.languages import analyzers_for

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    import pathspec

    from scanner.engines.semgrep.kind import SemgrepRule
    from scanner.ports.source import SourceFile

MAX_FILES_A_RUN: Final = 2000
MAX_BYTES_A_RUN: Final = 64 << 20
MAX_BYTES_A_FILE: Final = 64 << 20  # of one that is read here, beside Semgrep


@dataclass(frozen=True, slots=True)
class Target:
    """One file for one analyzer."""

    path: str
    analyzer: str


@dataclass(frozen=True, slots=True)
class Run:
    """What one start of the engine looks at: the targets in the order of their paths, and the rules by id that any of them needs."""

    targets: tuple[Target, ...]
    rules: tuple[str, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """The files, each once."""
        return tuple(dict.fromkeys(target.path for target in self.targets))


def plan(files: Sequence[SourceFile], rules: Mapping[str, SemgrepRule], possible: Mapping[str, Collection[str]] | None = None) -> tuple[Run, ...]:
    """The runs for these files; none when no rule is for any of them. `rules` are the engine's rules by id, `possible` those that may match by path.

    A file too many costs time, a file too few would be a finding lost: where Semgrep's globs and ours could differ, the file is handed over.
    """
    matchers = _matchers(rules)
    runs: list[Run] = []
    targets: list[Target] = []
    needed: set[str] = set()
    size = count = 0
    for file in files:
        wanted = dict(_wanted(file, matchers))
        if possible is not None:
            wanted = {analyzer: kept for analyzer, ids in wanted.items() if (kept := [rule_id for rule_id in ids if rule_id in possible[file.path]])}
        if not wanted:
            continue
        if count >= MAX_FILES_A_RUN or (targets and size + file.size > MAX_BYTES_A_RUN):
            runs.append(Run(tuple(targets), tuple(sorted(needed))))
            targets, needed, size, count = [], set(), 0, 0
        targets.extend(Target(file.path, analyzer) for analyzer in wanted)
        needed.update(rule_id for ids in wanted.values() for rule_id in ids)
        size += file.size
        count += 1
    if targets:
        runs.append(Run(tuple(targets), tuple(sorted(needed))))
    return tuple(runs)


def rules_for(files: Sequence[SourceFile], rules: Mapping[str, SemgrepRule]) -> dict[str, tuple[tuple[str, list[str]], ...]]:
    """By path, the analyzers that some rule runs on a file, each with the ids of its rules; files that no rule is for are left out."""
    matchers = _matchers(rules)
    return {file.path: wanted for file in files if (wanted := tuple(_wanted(file, matchers)))}


def _matchers(rules: Mapping[str, SemgrepRule]) -> list[_Matcher]:
    return [(rule_id, set(rule.analyzers), _matcher(rule.include)) for rule_id, rule in sorted(rules.items())]


_Matcher = tuple[str, set[str], "Callable[[str], bool]"]


def _wanted(file: SourceFile, matchers: Sequence[_Matcher]) -> Iterator[tuple[str, list[str]]]:
    """The analyzers that some rule runs on this file, with the rules."""
    for analyzer in analyzers_for(file):
        ids = [rule_id for rule_id, analyzers, matches in matchers if analyzer in analyzers and matches(file.path)]
        if ids:
            yield analyzer, ids


def _matcher(include: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether a path can match one of the globs. Semgrep reads them like git, but a slash in the middle does not tie a glob to the root."""
    if not include or any(glob.startswith("!") for glob in include):
        return lambda _: True
    lines = tuple(line for glob in include for line in (glob, f"**/{glob.lstrip('/')}"))
    return lambda path: _matches(lines, path)


def _matches(lines: tuple[str, ...], path: str) -> bool:
    spec = _spec(lines)
    return spec is None or bool(spec.match_file(path))


@cache
def _spec(lines: tuple[str, ...]) -> pathspec.GitIgnoreSpec | None:
    """The globs, read when a file turns up that they could be for; None for what is no glob to git: Semgrep says what it makes of it."""
    import pathspec  # noqa: PLC0415 (costs 20 ms, and most rules are for every file)

    try:
        return pathspec.GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return None
