"""The names that a repository has for its commits, to help whoever named one that is not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scanner.core.nearest import nearest as likest

if TYPE_CHECKING:
    from scanner.sources.git import GitRepository

SHALLOW: Final = (
    "this clone is shallow, it holds the newest commits only: fetch the whole history "
    "(`git fetch --unshallow`, or `fetch-depth: 0` in GitHub's checkout)"
)
_COMMIT: Final = re.compile(r"[0-9a-fA-F]{7,64}")
_EXPRESSION: Final = frozenset("~^@{:")
_MOST: Final = 20_000
_SHOWN: Final = 5


def is_shallow(repository: GitRepository) -> bool:
    """Whether older commits were left behind when the repository was cloned."""
    return repository.ask("rev-parse", "--is-shallow-repository").text == "true"


def nearest(repository: GitRepository, name: str) -> str:
    """What to say about a name that no commit has: the names like it, that older commits are missing, or which names there are."""
    names = repository.ask("rev-parse", "--symbolic", "--branches", "--tags", "--remotes").text.splitlines()[:_MOST]
    elsewhere = [item for item in names if item.endswith(f"/{name}") or name.endswith(f"/{item}")]
    close = [*elsewhere, *likest(name, (item for item in names if item not in elsewhere), most=_SHOWN)][:_SHOWN]
    said = f"did you mean {' or '.join(close)}?" if close else ""
    if is_shallow(repository):
        return f"{said} {SHALLOW}".lstrip()
    if not said and not _EXPRESSION.isdisjoint(name):
        return "its history does not reach that far back, or the name before `~` or `^` is another"
    if not said and _COMMIT.fullmatch(name):
        return "a commit that was not fetched: fetch it first, or the whole history (`fetch-depth: 0` in GitHub's checkout)"
    if said or not names:
        return said or "it has no branch with a commit yet"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"there {'is' if len(names) == 1 else 'are'} {', '.join(names[:_SHOWN])}{more}; a branch of a server has to be fetched first"
