"""The base of a comparison: the commit it starts from, and the policy that holds there.

A change is judged by the rules it meets, not by those it brings: settings, rules of the repository's own, ignore files and decisions come from the
revision it is compared with, as that stands now, and a change to any of them is told. Findings are compared with the merge base; taking the policy
from there too would let a branch choose an old one (`docs/decisions/0007-policy-of-a-comparison.md`).
"""

from __future__ import annotations

import tomllib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from scanner.app.settings import NAMES, find_settings, read_settings
from scanner.core.files import Unreadable, read_confined
from scanner.core.problem import Problem, Stage
from scanner.sources.policy import changes_policy, lay_out, merge_base, tip, tracked_policy
from scanner.sources.roots import find_root

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MAX_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Base:
    """Where a comparison starts: the revision as the user named it, the merge base, the repository, and where the revision's policy files lie."""

    name: str
    commit: str
    root: Path
    directory: Path

    @property
    def title(self) -> str:
        """How reports name it."""
        return f"{self.name} ({self.commit[:12]})" if not self.commit.startswith(self.name) else self.commit[:12]

    def then(self, path: Path) -> Path:
        """The path that holds at the base what `path` holds in the repository; paths elsewhere stay."""
        resolved = path.resolve()
        return self.directory / resolved.relative_to(self.root) if resolved.is_relative_to(self.root) else path


@contextmanager
def open_base(revision: str, targets: Sequence[Path], head: str | None, paths: Sequence[Path]) -> Iterator[Base]:
    """The base that `revision` and `head` (None: what is checked out) have in common, while the context lasts.

    `paths` are the rules and settings that the user named; those below the repository come from the base too. Raises SourceError when there is no
    such base, and ConfigError for settings with mistakes.
    """
    root = find_root(targets, Path.cwd()).resolve()
    commit = merge_base(root, revision, head or "HEAD")
    policy = tip(root, revision)
    with TemporaryDirectory(prefix="casemate-") as name:
        base = Base(revision, commit, root, Path(name).resolve())
        lay_out(root, policy, changes_policy, base.directory)
        own = [base.then(path) for path in paths]
        start = base.then(targets[0].resolve())
        found = find_settings(start if targets[0].is_dir() else start.parent, base.directory)
        if found is not None:
            settings = read_settings(found)
            own += [*(settings.rules or ()), *(settings.semgrep_config or ()), *filter(None, [settings.baseline])]
        wanted = tuple(path.relative_to(base.directory).as_posix() for path in own if path.is_relative_to(base.directory))
        if wanted:
            lay_out(root, policy, lambda path: any(path == item or path.startswith(f"{item}/") for item in wanted), base.directory)
        yield base


def policy_changes(base: Base) -> tuple[Problem, ...]:
    """A notice for each policy file that the checked-out revision changes: the one of the base was applied."""
    then = {path.relative_to(base.directory).as_posix() for path in base.directory.rglob("*") if path.is_file()}
    changed = [path for path in sorted(then | set(tracked_policy(base.root))) if _policy(base.root, path) != _policy(base.directory, path)]
    return tuple(
        Problem(Stage.SUPPRESS, path, f"this change edits it; what it says at {base.title} was applied", incomplete=False) for path in changed
    )


def _policy(root: Path, path: str) -> object:
    """What a policy file says: its bytes, or the part of a project file that speaks to us."""
    data = read_confined(str(root), path, _MAX_BYTES)
    if isinstance(data, Unreadable):
        return None
    if path.rpartition("/")[2] != NAMES[1]:
        return data
    try:
        return tomllib.loads(data.decode("utf-8")).get("tool", {}).get("casemate")
    except (ValueError, RecursionError, AttributeError):
        return data  # whatever it says, it does not say it as a project file does
