"""Fetching one commit of a repository by its URL, from a server that may be hostile.

Nothing is checked out. The objects of one commit come into an empty repository of ours, and `GitRevisionSource` reads its files from there: no
filter, no LFS, no hook and no link of theirs ever runs or is followed. What git does for us is kept small:

1. The repository is made by us, without a template; nothing in its configuration comes from the other side. Submodules are not fetched.
2. One protocol is allowed, the one of the address; a redirect to another is refused by git. Settings that name programs are off.
3. The environment is built from nothing. Of the caller's, only what names a proxy, a certificate file or an ssh agent is passed on. A password in
   an address travels in the environment of git, never on a command line and never into the repository, and only to the server it was given for.
4. The pack is one file, bounded by the system (RLIMIT_FSIZE), and the whole takes a bounded time, after which git and all it started are killed.

POSIX only, as the rest of this package.
"""

from __future__ import annotations

import base64
import contextlib
import os
import re
import resource
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit, urlunsplit

from scanner.core.errors import SourceError
from scanner.sources.isolation import ENVIRONMENT, SETTINGS
from scanner.sources.provenance import public_uri

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PROTOCOLS: Final = ("https", "ssh", "file")
PASSED_ON: Final = (
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "SSH_AUTH_SOCK",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
)
FETCHED: Final = "refs/casemate/fetched"

_SCP: Final = re.compile(r"(?:[A-Za-z0-9._-]+@)?(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:]+\]):(?!//)[^:\s-][^\s]*")
_PLAIN: Final = re.compile(r"[!-~]+")
_COMMIT: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_ANSWER_BYTES: Final = 64_000_000
_COMPLAINT_BYTES: Final = 4_096
# Known hosts only, and no question: nobody is there to answer it. The last three keep a user's own settings for a host from running programs.
_SSH: Final = "ssh -oBatchMode=yes -oStrictHostKeyChecking=yes -oForwardAgent=no -oClearAllForwardings=yes -oPermitLocalCommand=no"
_ENVIRONMENT: Final = {**ENVIRONMENT, "GIT_SSH_COMMAND": _SSH}
_SETTINGS: Final = (
    *SETTINGS,
    "core.gitProxy=",
    "fetch.unpackLimit=1",  # one pack, whatever its size: a file that can be bounded
    "fetch.writeCommitGraph=false",
    "transfer.bundleURI=false",
)


@dataclass(frozen=True, slots=True)
class Remote:
    """A repository by its address. `search_path` is where git and ssh are looked for, `surroundings` the caller's variables (see PASSED_ON)."""

    address: str
    search_path: str
    surroundings: Mapping[str, str]

    def commit(self, ref: str, seconds: float) -> str:
        """The commit that a branch, a tag or a commit's own name stands for now; no `ref` is the default branch. Raises SourceError."""
        if _COMMIT.fullmatch(ref):
            return ref
        wanted = [f"refs/heads/{ref}", f"refs/tags/{ref}^{{}}", f"refs/tags/{ref}", ref] if ref else ["HEAD"]
        output = self._git(["ls-remote", "--quiet", "--end-of-options", self._bare, *([ref, f"{ref}^{{}}"] if ref else ["HEAD"])], seconds)
        lines = (line.partition("\t") for line in output.decode("utf-8", "replace").splitlines())
        found = {name: commit for commit, _, name in lines}
        commit = next((found[name] for name in wanted if name in found), "")
        if not _COMMIT.fullmatch(commit):
            msg = f"{masked_address(self.address)} has no {ref or 'default branch'}"
            raise SourceError(msg, hint="name a branch, a tag or a whole commit id")
        return commit

    def fetch(self, ref: str, directory: Path, *, seconds: float, max_bytes: int) -> None:
        """Bring one commit into a new repository at `directory`, which is empty and ours; it stands at `FETCHED` then. Raises SourceError.

        `seconds` bounds the whole, `max_bytes` the pack of its objects.
        """
        self._git(["init", "--quiet", "--template=", "--", str(directory)], seconds)
        name = ref if not ref or _COMMIT.fullmatch(ref) else ref.removeprefix("refs/heads/")
        options = ["--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-auto-maintenance", "--no-write-fetch-head"]
        command = ["-C", str(directory), "fetch", *options, "--end-of-options", self._bare, f"+{name or 'HEAD'}:{FETCHED}"]
        try:
            with _file_size(max_bytes):
                self._git(command, seconds)
        except SourceError as error:
            if _is_cut_off(directory, max_bytes):
                msg = f"{masked_address(self.address)}: its objects take more than {max_bytes} bytes"
                raise SourceError(msg, hint="raise the limit for clones") from error
            raise
        public = public_uri(self.address)
        if public:
            self._git(["-C", str(directory), "config", "remote.origin.url", public], seconds)

    @property
    def _bare(self) -> str:
        """The address without a password: what may be seen on a command line."""
        return _without_password(self.address)

    def _git(self, arguments: list[str], seconds: float) -> bytes:
        executable = shutil.which("git", path=self.search_path)
        if executable is None or not Path(executable).is_absolute():
            msg = "git was not found on PATH"
            raise SourceError(msg, hint="install git")
        # A password goes to the server it was given for, so that no redirect is followed with one.
        redirects = "false" if _authorization(self.address) else "initial"
        settings = [*_SETTINGS, f"protocol.{protocol_of(self.address)}.allow=always", f"http.followRedirects={redirects}"]
        command = [executable, "--no-pager", *(part for setting in settings for part in ("-c", setting)), *arguments]
        process = subprocess.Popen(  # noqa: S603 -- the command is built here; of the address, git sees what `is_address` and PROTOCOLS let through
            command,
            env=self._environment(executable),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            output, errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            msg = f"git did not end within {seconds:g} seconds for {masked_address(self.address)}"
            raise SourceError(msg, hint="the server is slow, or the repository large") from error
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left in its group
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            for pipe in (process.stdout, process.stderr):
                if pipe is not None:
                    pipe.close()
        if process.returncode:
            raise SourceError(self._failure(errors, process.returncode))
        return output[:_ANSWER_BYTES]

    def _failure(self, errors: bytes, code: int) -> str:
        lines = errors[-_COMPLAINT_BYTES:].decode("utf-8", "replace").strip().splitlines()
        known = [line for line in lines if line.startswith(("fatal: ", "error: ", "ssh: "))] or lines
        said = known[0].removeprefix("fatal: ").removeprefix("error: ") if known else f"git ended with status {code}"
        return f"{masked_address(self.address)} cannot be fetched: {said}"

    def _environment(self, executable: str) -> dict[str, str]:
        passed = {name: self.surroundings[name] for name in PASSED_ON if name in self.surroundings}
        path = os.pathsep.join((str(Path(executable).parent), self.search_path))
        base = {"PATH": path, **_ENVIRONMENT, **passed, "GIT_ALLOW_PROTOCOL": protocol_of(self.address)}
        secret = _authorization(self.address)
        if not secret:
            return base
        place = _origin(self.address)
        return {
            **base,
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"http.{place}.extraHeader",
            "GIT_CONFIG_VALUE_0": secret,
        }


def _is_cut_off(directory: Path, limit: int) -> bool:
    """Whether a pack has come to the limit: git itself says no more than that something went wrong."""
    return any(path.stat().st_size >= limit for path in (directory / ".git" / "objects" / "pack").glob("*pack*"))


def is_address(text: str) -> bool:
    """Whether a text names a repository by URL or as ssh's short form (`git@host:path`), and no path."""
    return "://" in text or _SCP.fullmatch(text) is not None


def protocol_of(address: str) -> str:
    """The protocol an address is fetched by, lower-case; `ssh` for the short form, empty for what is no address."""
    if "://" in address:
        return address.partition("://")[0].lower()
    return "ssh" if _SCP.fullmatch(address) else ""


def masked_address(address: str) -> str:
    """The address as it may be shown, without user name and password; empty for what is no sound address."""
    if protocol_of(address) == "file":
        path = urlsplit(address).path
        return f"file://{path}" if path.startswith("/") and "\0" not in path else ""
    host = _host(address)
    return "" if host.startswith("-") or not _PLAIN.fullmatch(address) else public_uri(address)


def _host(address: str) -> str:
    if "://" not in address:
        return address.partition(":")[0].rpartition("@")[2]
    try:
        return urlsplit(address).hostname or "-"
    except ValueError:
        return "-"


def _without_password(address: str) -> str:
    if protocol_of(address) == "https":
        return public_uri(address)
    if "://" not in address or "@" not in urlsplit(address).netloc:
        return address
    parts = urlsplit(address)  # ssh: the user's name is part of the address, and a password would not be used
    user, _, host = parts.netloc.rpartition("@")
    return urlunsplit((parts.scheme, f"{user.partition(':')[0]}@{host}", parts.path, "", ""))


def _authorization(address: str) -> str:
    """The header for the user name and password of an https address; empty where there are none."""
    if protocol_of(address) != "https":
        return ""
    parts = urlsplit(address)
    if parts.username is None:
        return ""
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return "Authorization: Basic " + base64.b64encode(pair.encode()).decode()


def _origin(address: str) -> str:
    parts = urlsplit(public_uri(address))
    return urlunsplit((parts.scheme, parts.netloc, "/", "", ""))


@contextlib.contextmanager
def _file_size(limit: int) -> Iterator[None]:
    """No process that is started meanwhile writes a larger file. For processes that do nothing else meanwhile: the limit is the whole process's."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
