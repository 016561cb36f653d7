"""Which files Semgrep is handed, for which of its analyzers, and in which runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from scanner.engines.semgrep.languages import analyzers_for
from scanner.syntax.testfiles import is_test

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    import pathspec

    from scanner.engines.semgrep.kind import SemgrepRule
    from scanner.ports.source import SourceFile

Wanted = Mapping[str, tuple[tuple[str, list[str]], ...]]
"""By path, the analyzers that some rule runs on a file, each with the ids of its rules; files that no rule is for are left out."""

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


def plan(files: Sequence[SourceFile], wanted: Wanted) -> tuple[Run, ...]:
    """The runs for these files, of the rules that are `wanted` for each; none when no rule is for any of them."""
    runs: list[Run] = []
    targets: list[Target] = []
    needed: set[str] = set()
    size = count = 0
    for file in files:
        asked = wanted.get(file.path, ())
        if not asked:
            continue
        if count >= MAX_FILES_A_RUN or (targets and size + file.size > MAX_BYTES_A_RUN):
            runs.append(Run(tuple(targets), tuple(sorted(needed))))
            targets, needed, size, count = [], set(), 0, 0
        targets.extend(Target(file.path, analyzer) for analyzer, _ in asked)
        needed.update(rule_id for _, ids in asked for rule_id in ids)
        size += file.size
        count += 1
    if targets:
        runs.append(Run(tuple(targets), tuple(sorted(needed))))
    return tuple(runs)


def rules_for(files: Sequence[SourceFile], rules: Mapping[str, SemgrepRule], own: Collection[str] = ()) -> Wanted:
    """What each file is for. Of `rules`, by id, those in `own` do not look at tests.

    A file too many costs time, a file too few would be a finding lost: where Semgrep's globs and ours could differ, the file is handed over.
    """
    matchers = _by_analyzer(rules)
    for_tests = _by_analyzer({rule_id: rule for rule_id, rule in rules.items() if rule_id not in own})
    return {file.path: asked for file in files if (asked := tuple(_wanted(file, for_tests if is_test(file.path, file.language) else matchers)))}


def count_tests(files: Sequence[SourceFile], wanted: Wanted, rules: Mapping[str, SemgrepRule], own: Collection[str]) -> int:
    """How many files no rule looks at because they are tests; `wanted` as `rules_for` tells it."""
    of_own = _by_analyzer({rule_id: rule for rule_id, rule in rules.items() if rule_id in own})
    return sum(file.path not in wanted and is_test(file.path, file.language) and any(_wanted(file, of_own)) for file in files)


def narrowed(wanted: Wanted, possible: Mapping[str, Collection[str]]) -> Wanted:
    """What is left where only some rules can match in some files."""
    left = {path: tuple((analyzer, [one for one in ids if one in possible[path]]) for analyzer, ids in wanted[path]) for path in possible}
    return {path: kept for path, asked in left.items() if (kept := tuple((analyzer, ids) for analyzer, ids in asked if ids))}


_Matchers = Mapping[str, "list[tuple[str, Callable[[str], bool] | None]]"]
"""By analyzer, the ids of its rules, each with what a path has to pass."""


def _by_analyzer(rules: Mapping[str, SemgrepRule]) -> _Matchers:
    found: dict[str, list[tuple[str, Callable[[str], bool] | None]]] = {}
    for rule_id, rule in sorted(rules.items()):
        matches = _matcher(rule.include)
        for analyzer in rule.analyzers:
            found.setdefault(analyzer, []).append((rule_id, matches))
    return found


def _wanted(file: SourceFile, matchers: _Matchers) -> Iterator[tuple[str, list[str]]]:
    """The analyzers that some rule runs on this file, with the rules."""
    for analyzer in analyzers_for(file):
        ids = [rule_id for rule_id, matches in matchers.get(analyzer, ()) if matches is None or matches(file.path)]
        if ids:
            yield analyzer, ids


def _matcher(include: tuple[str, ...]) -> Callable[[str], bool] | None:
    """Whether a path can match one of the globs; None where every path does.

    Semgrep reads them like git, but a slash in the middle does not tie a glob to the root.
    """
    if not include or any(glob.startswith("!") for glob in include):
        return None
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
