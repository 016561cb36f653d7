"""What a result rests on: when none of it has changed, the work need not be done again."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scanner.app.config import process_variables
from scanner.app.fleet.job import settings_json
from scanner.core.errors import SourceError
from scanner.sources.clone import PASSED_ON, Remote
from scanner.sources.git import GitRepository
from scanner.sources.objects import resolve_commit
from scanner.sources.roots import find_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scanner.app.fleet.job import Job
    from scanner.app.fleet.targets import Target
    from scanner.core.rule import Rule

LOOK_SECONDS: Final = 60.0
_MOST_ENTRIES: Final = 5_000_000
# Whose version decides what is found beside ours: the engine that is a program of its own, and the parsers.
_PARTS: Final = ("semgrep", "tree-sitter", "tree-sitter-python", "tree-sitter-javascript", "tree-sitter-typescript")
_UNREAD: Final = frozenset({"objects", "logs", "hooks", "lfs", "modules", "index.lock", "FETCH_HEAD", "ORIG_HEAD", "COMMIT_EDITMSG"})


def identify(target: Target) -> str:
    """What the target holds at this moment: `commit:` and the id, or for a work tree `tree:` and a digest. Empty where that cannot be known.

    A work tree's digest is over the path, size, mode and times of every file below it, and of what git knows about it: nothing is read, nothing of
    the repository is run. Times of change cannot be set back by a program that wants to go unnoticed.
    """
    try:
        if target.remote:
            return f"commit:{remote(target).commit(target.ref, LOOK_SECONDS)}"
        if target.ref:
            path = Path(target.address)
            return f"commit:{resolve_commit(GitRepository.at(find_root((path,), path)), target.ref)}"
        return _tree(target.address)
    except SourceError:
        return ""  # the job meets the same error and reports it


def remote(target: Target) -> Remote:
    """A target that is a URL, with what git needs from this machine's surroundings."""
    variables = process_variables()
    passed = {name: variables[name] for name in PASSED_ON if name in variables}
    return Remote(target.address, variables.get("PATH", os.defpath), passed)


def result_key(job: Job, identity: str) -> str:
    """The name of a job's result: everything that it depends on, and not what it was limited to. Empty without an identity."""
    if not identity:
        return ""
    day = job.today.isoformat() if job.settings.trust else ""  # decisions expire
    settings = settings_json(replace(job.settings, protocols=()))
    parts = {
        "target": job.target.id,
        "code": identity,
        "rules": job.rules,
        "version": job.version,
        "parts": _versions(),
        "settings": settings,
        "day": day,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def rules_digest(rules: Iterable[Rule]) -> str:
    """One digest for all rules that run."""
    lines = sorted(f"{rule.id} {rule.digest}" for rule in rules)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _versions() -> list[str]:
    return [f"{name} {_version(name)}" for name in _PARTS]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _tree(root: str) -> str:
    found = hashlib.sha256()
    for count, line in enumerate(_entries(root, "")):
        found.update(line.encode("utf-8", "surrogateescape") + b"\0")
        if count >= _MOST_ENTRIES:
            return ""
    return f"tree:{found.hexdigest()}"


def _entries(root: str, base: str) -> Iterator[str]:
    """A line for everything below a directory, in order; links are named and not followed."""
    pending = [base]
    while pending:
        here = pending.pop()
        try:
            with os.scandir(f"{root}/{here}") as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield f"{here} {error.errno}"
            continue
        for entry in listed:
            path = f"{here}{entry.name}"
            if here == ".git/" and entry.name in _UNREAD:
                continue
            try:
                status = entry.stat(follow_symlinks=False)
                is_directory = entry.is_dir(follow_symlinks=False)
            except OSError as error:
                yield f"{path} {error.errno}"
                continue
            if is_directory:
                pending.append(f"{path}/")
                yield f"{path}/"
            else:
                yield f"{path} {status.st_size} {status.st_mode} {status.st_mtime_ns} {status.st_ctime_ns}"
