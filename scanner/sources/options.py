"""What a walk over a tree of files is asked to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Change:
    """What a change brings, whose word about its own files, that they are generated or somebody else's, is not believed.

    `brought` are the tracked paths that differ from its base, and the directories above them with a slash at the end; `known` is what the base's own
    walk left out.
    """

    brought: frozenset[str]
    known: frozenset[str]

    @classmethod
    def of(cls, paths: Iterable[str], known: Iterable[str]) -> Change:
        """From the paths of files alone."""
        files = set(paths)
        parents = {path[: index + 1] for path in files for index, char in enumerate(path) if char == "/"}
        return cls(frozenset(files | parents), frozenset(known))

    def is_new(self, path: str) -> bool:
        """Whether leaving this path out would be the change's own doing."""
        return path in self.brought and path not in self.known


@dataclass(frozen=True, slots=True)
class WalkOptions:
    """The user's choices.

    `exclude` holds patterns in gitignore's syntax, relative to the root; they win over everything, explicit targets included. `max_bytes` bounds a
    file's size. `languages` are the languages to look at (None: all); files of no language of ours are looked at in either case. `use_ignore_files`
    says whether `.gitignore`, `.git/info/exclude` and `.casemateignore` hide files; `include_vendored` and `include_generated` take in what other
    people or programs wrote. `own_ignores_from` is the directory below which `.casemateignore` files are read instead of the root (None: the root):
    a change that is scanned does not bring its own. `change` is what it brings.
    """

    exclude: tuple[str, ...] = ()
    max_bytes: int = 1_500_000
    languages: frozenset[str] | None = None
    use_ignore_files: bool = True
    include_vendored: bool = False
    include_generated: bool = False
    own_ignores_from: Path | None = None
    change: Change | None = None
