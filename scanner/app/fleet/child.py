"""The process that scans: it loads the rules once and then forks for each repository.

Started as `python -P -m scanner.app.fleet.child` by `scanner.app.fleet.keeper`. Lines of JSON come in: first the settings, then a job and its folder
at a time. Lines go out: `ready` or `error` for the settings; for a job `pid` when it starts and `status` (as `waitpid` gives it) when it has ended.
The result lies in the job's folder then. This process never touches a repository: it stays able to answer whatever a repository does, and when the
pipe closes, because the keeper is gone, it kills the scan, empties its folder, and ends.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import shutil
import signal
import sys
import tempfile
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from scanner.app.fleet.job import read_job, read_settings_json
from scanner.app.fleet.scan import read_oracle, scan_repository, warm_up
from scanner.core.errors import ScannerError

if TYPE_CHECKING:
    from scanner.app.fleet.scan import Warm

RESULT: Final = "result.json"
LAST_WORDS: Final = "stderr.txt"
_CHUNK: Final = 65_536
_BUG: Final = 3
_STDIN, _STDOUT, _STDERR = 0, 1, 2


def main() -> None:
    """Serve until the keeper is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the keeper answers for all
    message = _hear()
    settings = read_settings_json(message["settings"])
    try:
        with tempfile.TemporaryDirectory(prefix="casemate-") as name:
            warm = warm_up(settings, Path(name), read_oracle(settings, message["model"]))
    except ScannerError as error:
        _say(error=str(error), hint=error.hint)
        return
    gc.collect()
    gc.freeze()  # the forks share these objects: a collection that walks them would copy them
    ended, told = os.pipe()
    os.set_blocking(told, False)
    signal.signal(signal.SIGCHLD, _wake)
    signal.set_wakeup_fd(told)
    _say(ready=warm.rules)
    folder: Path | None = None
    try:
        while True:
            message = _hear()
            pid = os.fork()
            if not pid:
                _scan(message, warm)
            folder = Path(message["folder"])
            _say(pid=pid)
            _say(status=_wait(pid, ended))
    finally:  # the keeper is gone, and may have been killed before it took its result and emptied the folder
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def _wake(number: int, frame: object) -> None:
    """Do nothing: the signal's number in the pipe is what counts."""


def _wait(pid: int, ended: int) -> int:
    """Wait for the scan's end and kill what it left behind; end this process when the keeper goes away meanwhile."""
    while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        readable, _, _ = select.select([_STDIN, ended], [], [])
        if _STDIN in readable:
            _kill_group(pid)
            os.waitpid(pid, 0)
            sys.exit(0)
        os.read(ended, _CHUNK)
    _kill_group(pid)  # before the id is given back, so that it can be nobody else's
    return os.waitpid(pid, 0)[1]


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left in it, or it is not made yet
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _scan(message: dict[str, Any], warm: Warm) -> NoReturn:
    """The fork: bounded, with no way to speak to the keeper but the files of its folder."""
    code = _BUG
    try:
        folder = Path(message["folder"])
        job = read_job(message["job"])
        _settle(folder, job.limits.seconds, job.limits.memory)
        result = scan_repository(job, warm, folder)
        (folder / RESULT).write_text(json.dumps(asdict(result)), encoding="utf-8")
        code = 0
    except BaseException:  # noqa: BLE001 -- a fork must never run on in its parent's code; what happened is its last words, which are reported
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _settle(folder: Path, seconds: float, memory: int) -> None:
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    words = os.open(folder / LAST_WORDS, os.O_WRONLY | os.O_CREAT, 0o600)
    for source, place in ((nothing, _STDIN), (nothing, _STDOUT), (words, _STDERR)):
        os.dup2(source, place)
    os.chdir(folder)
    tempfile.tempdir = str(folder)
    _bound(seconds, memory)


def _bound(seconds: float, memory: int) -> None:
    """Walls of the system's own, behind the keeper's watch: twice the memory for each process, and a while after the time is over."""
    import resource  # noqa: PLC0415 -- for the fork alone

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wall = 2 * memory
    resource.setrlimit(resource.RLIMIT_DATA, (wall if hard == resource.RLIM_INFINITY else min(wall, hard), hard))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds + 30)


def _hear() -> dict[str, Any]:
    """The next message. The end of the pipe ends this process: the keeper wants no more, or is gone."""
    data = bytearray()
    while not data.endswith(b"\n"):
        piece = os.read(_STDIN, _CHUNK)
        if not piece:
            sys.exit(0)
        data += piece
    value: dict[str, Any] = json.loads(data)
    return value


def _say(**message: object) -> None:
    data = json.dumps(message).encode() + b"\n"
    try:
        while data:
            data = data[os.write(_STDOUT, data) :]
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    main()
