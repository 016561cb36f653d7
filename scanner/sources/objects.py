"""Reading a commit's tree and its blobs, with limits on what a hostile repository can make us do."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from scanner.core.errors import SourceError
from scanner.sources.refs import nearest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Generator, Iterator

    from scanner.sources.git import GitRepository

SYMLINK_MODE: Final = "120000"
SUBMODULE_MODE: Final = "160000"

_CHUNK: Final = 65_536
# A tree can name itself in effect: ten levels of ten equal subtrees make ten thousand million paths out of ten small objects.
_MAX_ENTRIES: Final = 1_000_000
_MAX_RECORD: Final = 65_536
_OBJECT_ID: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_RECORD: Final = re.compile(rb"(?P<mode>\d{6}) (?P<kind>\w+) (?P<oid>[0-9a-f]+) +(?P<size>\S+)\t(?P<path>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One path of a commit. `size` is in bytes, None when the object is missing or is no blob."""

    path: str
    mode: str
    oid: str
    size: int | None


def resolve_commit(repository: GitRepository, revision: str) -> str:
    """The object id of the commit that a revision names. Raises SourceError with one line when it names none."""
    if not revision or revision.startswith("-") or not revision.isprintable():
        msg = f"not a revision: {revision!r}"
        raise SourceError(msg, hint="name a commit, a branch or a tag")
    answer = repository.ask("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if answer.status == 0 and _OBJECT_ID.fullmatch(answer.text):
        return answer.text
    if answer.status == 1 or not answer.complaint:
        msg = f"no commit is called {revision} in {repository.root}"
        raise SourceError(msg, hint=nearest(repository, revision))
    msg = f"git cannot resolve {revision} in {repository.root}: {answer.complaint}"
    raise SourceError(msg, hint="try `git status` there")


def list_tree(repository: GitRepository, commit: str) -> Generator[TreeEntry]:
    """Every path of a commit but directories, in git's order. Raises SourceError for a tree that cannot be read, or has over a million paths."""
    with repository.stream("ls-tree", "-r", "-z", "-l", "--full-tree", commit) as process:
        if process.stdout is None:
            msg = "git was started without a pipe"
            raise RuntimeError(msg)
        for count, record in enumerate(_records(process.stdout)):
            if count >= _MAX_ENTRIES:
                msg = f"commit {commit} holds over {_MAX_ENTRIES} files"
                raise SourceError(msg)
            yield _entry(record)
        status = process.wait()
    if status:
        msg = f"git cannot list the files of {commit} in {repository.root}"
        raise SourceError(msg, hint="try `git fsck` there")


@dataclass(frozen=True, slots=True)
class BlobReader:
    """Blobs by object id, through one git process."""

    requests: IO[bytes]
    answers: IO[bytes]

    def read(self, oid: str, size: int) -> bytes | None:
        """A blob's bytes, None when the repository lacks it. Raises SourceError when it is not what the tree said it is."""
        try:
            self.requests.write(f"{oid}\n".encode())
            self.requests.flush()
        except BrokenPipeError as error:
            msg = "git stopped while files were read from the repository"
            raise SourceError(msg, hint="try `git fsck` there") from error
        header = self.answers.readline(_CHUNK).split()
        if header[1:] == [b"missing"]:
            return None
        if header != [oid.encode(), b"blob", str(size).encode()]:
            msg = f"git cannot read object {oid}"
            raise SourceError(msg, hint="try `git fsck` there")
        data = self.answers.read(size + 1)
        if len(data) != size + 1:
            msg = f"git stopped within object {oid}"
            raise SourceError(msg, hint="try `git fsck` there")
        return data[:-1]


@contextmanager
def open_blobs(repository: GitRepository) -> Iterator[BlobReader]:
    """A reader of the repository's blobs, as they are stored: no filter, no text conversion, no attribute is applied."""
    with repository.stream("cat-file", "--batch") as process:
        yield BlobReader(*_pipes(process))


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        msg = "git was started without pipes"
        raise RuntimeError(msg)
    return process.stdin, process.stdout


def _records(output: IO[bytes]) -> Iterator[bytes]:
    """The parts between NULs; whatever comes after the last one is not whole and the exit status tells why."""
    rest = b""
    while chunk := output.read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\0")
        if len(rest) > _MAX_RECORD:
            msg = "a path in the repository is longer than any system opens"
            raise SourceError(msg)
        yield from whole


def _entry(record: bytes) -> TreeEntry:
    match = _RECORD.fullmatch(record)
    if match is None:
        msg = "git listed the repository's files in a way that is not understood"
        raise SourceError(msg, hint="git 2.20 or newer is needed")
    size = match["size"]
    return TreeEntry(os.fsdecode(match["path"]), match["mode"].decode(), match["oid"].decode(), int(size) if size.isdigit() else None)
