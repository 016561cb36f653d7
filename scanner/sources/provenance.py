"""Where the scanned code comes from: revision, branch, and the remote's address without credentials."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit, urlunsplit

from scanner.core.errors import SourceError
from scanner.core.report import Provenance
from scanner.sources.git import Answer, GitRepository
from scanner.sources.roots import git_entry

if TYPE_CHECKING:
    from pathlib import Path

_SCHEMES: Final = frozenset({"http", "https", "ssh", "git", "git+ssh", "git+https", "ftps"})
_SCP_LIKE: Final = re.compile(r"(?:[^@/:]+@)?(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):(?!//)(?P<path>.+)")
_PLAIN: Final = re.compile(r"[!-~]+")
_BRANCHES: Final = "refs/heads/"


def read_provenance(root: Path) -> Provenance | None:
    """What git knows about the work tree at `root`, None when it has no `.git`. Raises SourceError when there is one and git cannot read it."""
    if git_entry(root) is None:
        return None
    repository = GitRepository.at(root)
    head = repository.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    branch = repository.ask("symbolic-ref", "--quiet", "HEAD")
    # Without a commit yet the first one fails with 1; anything else says that git does not take this for a repository.
    _refuse_broken(root, head)
    _refuse_broken(root, branch)
    return Provenance(remote_uri(repository), head.text, branch.text.removeprefix(_BRANCHES))


def remote_uri(repository: GitRepository) -> str:
    """The address of `origin`, else of the first remote by name; empty when it is on this machine or there is none."""
    answer = repository.ask("config", "--local", "--no-includes", "--null", "--get-regexp", r"^remote\..*\.url$")
    remotes: dict[str, str] = {}
    for record in answer.output.decode("utf-8", "replace").split("\0"):
        key, _, value = record.partition("\n")
        remotes.setdefault(key.removeprefix("remote.").removesuffix(".url"), value)
    remotes.pop("", None)
    chosen = "origin" if "origin" in remotes else min(remotes, default="")
    return public_uri(remotes.get(chosen, ""))


def public_uri(address: str) -> str:
    """A remote's address as a URI without user, password, query and fragment; empty for local paths and for what is no address."""
    scp = _SCP_LIKE.fullmatch(address) if "://" not in address else None
    if scp is not None:
        address = f"ssh://{scp['host']}/{scp['path'].lstrip('/')}"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in _SCHEMES or not host or not _PLAIN.fullmatch(address):
        return ""
    place = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme.lower(), f"{place}:{port}" if port else place, parts.path, "", ""))


def _refuse_broken(root: Path, answer: Answer) -> None:
    if answer.status not in (0, 1):
        msg = f"git cannot read the repository in {root}: {answer.complaint or f'it ended with status {answer.status}'}"
        raise SourceError(msg, hint="try `git status` there")
