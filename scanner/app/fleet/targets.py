"""What a fleet scans: repositories by path or by URL, read from a file or found in a directory."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from scanner.core.errors import UsageError
from scanner.sources.clone import PROTOCOLS, is_address, masked_address, protocol_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

_MAX_BYTES: Final = 10_000_000
_REF: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./+-]*")
_WORD: Final = re.compile(r"[A-Za-z0-9._-]+")
_NAME_LENGTH: Final = 40
_HASH_LENGTH: Final = 12


@dataclass(frozen=True, slots=True)
class Target:
    """One repository: an absolute path or a URL (`remote`), and the branch, tag or commit to scan, empty for what is there.

    `refused` says why it cannot be scanned at all, so that it is counted and not forgotten.
    """

    address: str
    ref: str = ""
    remote: bool = False
    refused: str = ""

    @property
    def id(self) -> str:
        """Who the target is, in inventories and on pages: without user name and password."""
        public = masked_address(self.address) if self.remote else self.address
        return f"{public}@{self.ref}" if self.ref else public

    @property
    def folder(self) -> str:
        """The name of its folder: letters, digits, dots, dashes; the same every time, and no two targets share one on any file system."""
        path = urlsplit(self.address).path if "://" in self.address else self.address.rpartition(":")[2] if self.remote else self.address
        last = path.rstrip("/").rpartition("/")[2].removesuffix(".git")
        word = "-".join(_WORD.findall(last)).strip(".-")[:_NAME_LENGTH] or "repository"
        mark = hashlib.sha256(self.id.encode("utf-8", "surrogateescape")).hexdigest()[:_HASH_LENGTH]
        return f"{word}-{mark}"


def read_targets(path: Path, protocols: Collection[str], out: Path) -> tuple[Target, ...]:
    """The targets that a file lists or a directory holds, each one once, in order. Raises UsageError with every mistake, a line each.

    A file has one target a line, `#` starts a comment line, paths are relative to the file. Of a directory, every directory in it that is not hidden
    is a target, but for `out`, an absolute path, where results are written; links are not followed, and said to be left out.
    """
    if path.is_dir():
        found = [target for target in _in_directory(path.resolve()) if target.address != str(out)]
    elif path.is_file():
        found = _in_file(path, protocols)
    else:
        msg = f"there is no file or directory at {path}"
        raise UsageError(msg, "name a file with one repository a line, or a directory of repositories")
    unique: dict[str, Target] = {}
    for target in found:
        unique.setdefault(target.id, target)
    if not unique:
        msg = f"{path} names no repository"
        raise UsageError(msg, "write one path or URL a line, or name a directory that holds repositories")
    for target in unique.values():
        if not target.remote and not target.refused and out.is_relative_to(target.address):
            msg = f"results would be written into {target.address}, which is scanned"
            raise UsageError(msg, "name a directory that is in none of the repositories with -o")
    return tuple(unique.values())


def _in_directory(path: Path) -> list[Target]:
    if (path / ".git").exists():
        msg = f"{path} is a repository itself"
        raise UsageError(msg, "use `casemate scan`, or name the directory above it")
    found = []
    with os.scandir(path) as entries:
        for entry in sorted(entries, key=lambda item: item.name):
            if entry.name.startswith(".") or not entry.is_dir():
                continue
            refused = "a symbolic link, which is not followed: name what it leads to in a file of targets" if entry.is_symlink() else ""
            found.append(Target(entry.path, refused=refused))
    return found


def _in_file(path: Path, protocols: Collection[str]) -> list[Target]:
    data = path.read_bytes()[: _MAX_BYTES + 1]
    if len(data) > _MAX_BYTES:
        msg = f"{path} is larger than {_MAX_BYTES} bytes, which no list of repositories is"
        raise UsageError(msg)
    lines = [os.fsdecode(line.strip()) for line in data.removeprefix(b"\xef\xbb\xbf").splitlines()]
    found: list[Target] = []
    mistakes: list[str] = []
    for number, line in enumerate(lines, 1):
        if line and not line.startswith("#"):
            made = parse_target(line, path.resolve().parent, protocols)
            if isinstance(made, Target):
                found.append(made)
            else:
                mistakes.append(f"{path}:{number}: {made}")
    if mistakes:
        raise UsageError("\n".join(mistakes), "one target a line: a path or a URL, and @branch, @tag or @commit behind it where that is wanted")
    return found


def parse_target(text: str, directory: Path, protocols: Iterable[str]) -> Target | str:
    """The target that a line names, its path relative to `directory`, or what is wrong with the line."""
    if "\0" in text:
        return "a name holds a NUL"
    if not is_address(text):
        return _local(text, directory)
    address, ref = _split(text, _path_start(text))
    shown = masked_address(address) or "this address"
    protocol = protocol_of(address)
    if protocol not in PROTOCOLS:
        return f"{shown}: {protocol or 'its protocol'} is not one we clone by ({', '.join(PROTOCOLS)})"
    if protocol not in protocols:
        return f"{shown}: {protocol} is not among the allowed protocols"
    if not masked_address(address):
        return "not an address of a repository"
    if ref and not _REF.fullmatch(ref):
        return f"{shown}: what follows the @ names no branch, tag or commit"
    return Target(address, ref, remote=True)


def _local(text: str, directory: Path) -> Target | str:
    if (directory / text).is_dir():
        return Target(str((directory / text).resolve()))
    path, ref = _split(text, 0)
    if ref and (directory / path).is_dir():
        return Target(str((directory / path).resolve()), ref) if _REF.fullmatch(ref) else f"{path}: what follows the @ names no branch, tag or commit"
    return f"there is no directory {text}"


def _path_start(address: str) -> int:
    """Where the path of a URL begins, before which an `@` belongs to the user's name."""
    if "://" in address:
        start = address.find("/", address.index("://") + 3)
        return start if start >= 0 else len(address)
    return address.index(":") + 1


def _split(text: str, start: int) -> tuple[str, str]:
    """A target without its ref, and the ref. An `@` that begins a part of the path (`/@scope`) belongs to the path."""
    at = text.rfind("@", start)
    if at <= start or text[at - 1] == "/":
        return text, ""
    return text[:at], text[at + 1 :]
