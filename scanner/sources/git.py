"""Asking git about a repository that may be hostile. The only module that imports GitPython, and only to read a revision.

Each scan asks git three short questions, and GitPython takes 60 ms to import, a sixth of a scan that finds nothing changed: so these start the same
command without it.

A repository's configuration can name programs: hooks, fsmonitor, pagers, ssh, credential helpers, filters, diff drivers, signature checkers,
transports. Three walls stand between them and us, each enough on its own for what it covers:

1. Only plumbing that never needs a program: `rev-parse`, `symbolic-ref`, `config`, `ls-files`, `ls-tree`, and `cat-file --batch` without filters.
2. Every setting that names a program is overridden on the command line, which beats repository configuration, and every transport is forbidden, so
   that a partial clone cannot fetch what it lacks.
3. The environment is built from nothing. GitPython adds to its own environment and cannot take away, so git is started through `env -i`: no token
   of ours reaches git or anything it could start, and no `GIT_*` variable of the caller changes what is read. System and user configuration are
   off too: they could name programs, and the same repository should give the same scan for everyone.

The repository is named with `--git-dir`. Git then neither searches upwards nor asks whose it is (`safe.directory`). That question protects people
who enter a directory without knowing that a stranger's repository is around them; here the user named the directory, `find_root` has looked at its
owner, and what the question protects from, programs named in configuration, is off. In containers, where the checkout belongs to another user, it
would refuse every scan. Objects borrowed from another repository (`objects/info/alternates`) are read as git reads them: that runs nothing.

POSIX only, as the rest of this package.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from scanner.core.errors import SourceError
from scanner.sources.isolation import ENVIRONMENT, NOTHING, SETTINGS
from scanner.sources.roots import git_entry

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENV: Final = "/usr/bin/env"
_SECONDS: Final = 60.0
_STREAM_SECONDS: Final = 900.0
_STDERR_BYTES: Final = 4_096

_ENVIRONMENT: Final = {
    **ENVIRONMENT,
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_GRAFT_FILE": NOTHING,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",  # what is scanned is the revision itself, not what refs/replace puts in its place
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_SSH_COMMAND": "false",
}

_SETTINGS: Final = (
    *SETTINGS,
    f"core.attributesFile={NOTHING}",
    "core.editor=false",
    f"core.excludesFile={NOTHING}",
    "core.gitProxy=false",
    "core.pager=cat",
    "core.sshCommand=false",
    "core.untrackedCache=false",
    "diff.external=",
    "gpg.program=false",
    "gpg.ssh.program=false",
    "gpg.x509.program=false",
    "log.showSignature=false",
    "protocol.ext.allow=never",
    "protocol.file.allow=never",
    "protocol.git.allow=never",
    "protocol.http.allow=never",
    "protocol.https.allow=never",
    "protocol.ssh.allow=never",
    "safe.bareRepository=explicit",
    "uploadpack.packObjectsHook=",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """How a git command ended: its exit status, its output, and the last line of what it complained about."""

    status: int
    output: bytes
    complaint: str

    @property
    def text(self) -> str:
        """The output as a path or a name: undecodable bytes as surrogate escapes, no line end."""
        return os.fsdecode(self.output.removesuffix(b"\n"))


@dataclass(frozen=True, slots=True)
class GitRepository:
    """The repository of a work tree. Its methods read and never write, to the work tree, the index and the refs."""

    root: Path
    entry: Path
    executable: str

    @classmethod
    def at(cls, root: Path) -> GitRepository:
        """The repository whose work tree's top is `root`. Raises SourceError when there is none, or no git."""
        entry = git_entry(root)
        if entry is None:
            msg = f"{root} is not the top of a git work tree"
            raise SourceError(msg, hint="name a directory that holds .git, or scan the files without a revision")
        executable = shutil.which("git")
        if executable is None or not Path(executable).is_absolute():
            # A relative one would be a file of the directory we stand in, which may be the one under scan.
            msg = "git was not found on PATH"
            raise SourceError(msg, hint="install git, or scan the files without a revision")
        return cls(root, entry, executable)

    def ask(self, *arguments: str) -> Answer:
        """Run a git command to its end. Raises SourceError when it does not come to one."""
        command = self._command(arguments)
        process = subprocess.Popen(  # noqa: S603 -- a list, the executable and every word before the arguments are ours
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd="/", start_new_session=True
        )
        try:
            output, errors = process.communicate(timeout=_SECONDS)
        except subprocess.TimeoutExpired as error:
            msg = f"git {arguments[0]} did not end within {_SECONDS:.0f} seconds in {self.root}"
            raise SourceError(msg, hint="its .git may hold a pipe, or be damaged; try `git fsck`") from error
        finally:
            _end(process)
        return Answer(process.returncode, output, _last_line(errors))

    @contextmanager
    def stream(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """A git command to talk to through its pipes; it is ended with the context, and after 15 minutes whatever happens."""
        process = self._start(arguments)
        # What git complains about has to be read, or it stops with a full pipe; what is wrong with an object shows in the output too.
        drain = threading.Thread(target=_drain, args=(process.stderr,), daemon=True)
        watchdog = threading.Timer(_STREAM_SECONDS, _kill, args=(process,))
        watchdog.daemon = True
        drain.start()
        watchdog.start()
        try:
            yield process
        finally:
            watchdog.cancel()
            _kill(process)
            drain.join()
            _end(process)

    def _start(self, arguments: tuple[str, ...]) -> subprocess.Popen[bytes]:
        import git  # noqa: PLC0415 -- see above

        # GitPython expands `$` and `~` in a working directory, so the real one goes on the command line instead.
        started = git.Git("/").execute(self._command(arguments), istream=subprocess.PIPE, as_process=True, shell=False, start_new_session=True)
        process, started.proc = started.proc, None  # taken out of its wrapper, which would end it a second time
        if process is None:
            msg = "GitPython started no process"
            raise RuntimeError(msg)
        return process

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        environment = {"PATH": f"{Path(self.executable).parent}{os.pathsep}{os.defpath}", **_ENVIRONMENT}
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        return [
            *(_ENV, "-i", *(f"{name}={value}" for name, value in environment.items())),
            *(self.executable, "-C", str(self.root), f"--git-dir={self.entry}", f"--work-tree={self.root}"),
            *("--no-pager", "--literal-pathspecs", *settings),
            *arguments,
        ]


def _drain(pipe: IO[bytes] | None) -> None:
    while pipe is not None and pipe.read(_STDERR_BYTES):
        pass


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill git and whatever it started; it leads a session of its own."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill what still runs and close every pipe."""
    _kill(process)
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            _close(pipe)
    process.wait()


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        # What was still to be sent has nobody left to read it; the pipe is closed all the same.
        return


def _last_line(errors: bytes) -> str:
    lines = errors[-_STDERR_BYTES:].decode("utf-8", "replace").strip().splitlines()
    return lines[-1].removeprefix("fatal: ").removeprefix("error: ") if lines else ""
