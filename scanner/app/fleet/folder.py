"""The output directory of a fleet: a folder a repository, written so that a kill at any moment leaves what was finished whole.

```text
OUT/
  index.html                      the overview
  fleet.sqlite                    the inventory (see `scanner.stores.inventory`)
  run.json                        which run this is, and whether it came to its end
  repositories/NAME-HASH/
    report.sarif  report.json     absent when the scan failed
    result.json                   written last: what the reports are the result of, and their digests
```
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from scanner.app.fleet.keeper import read_result
from scanner.core.errors import OutputError, UsageError
from scanner.core.writing import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scanner.app.fleet.job import Result
    from scanner.app.fleet.targets import Target

SARIF: Final = "report.sarif"
REPORT: Final = "report.json"
RESULT: Final = "result.json"
RUN: Final = "run.json"
PAGE: Final = "index.html"
INVENTORY: Final = "fleet.sqlite"
REPOSITORIES: Final = "repositories"
_LOCK: Final = ".lock"
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Stored:
    """A result as it lies in the output directory: what it is the result of (`key`, empty where that is not known), in which run, and when.

    `cost` is what it cost or may have cost in US dollars, as a decimal number.
    """

    target: str
    key: str
    run: str
    finished: str
    result: Result
    cost: str = "0"


@dataclass(frozen=True, slots=True)
class RunMark:
    """A run: its name, when it began, what it was asked (a digest), and whether it came to its end.

    The money is in US dollars, as decimal numbers: each scan under way may spend `grant`, at most `at_once` of them (0: nobody knows) are, and
    `lost` is what scans of this run may have spent of which no result came.
    """

    name: str
    started: str
    asked: str
    ended: bool
    grant: str = "0"
    at_once: int = 0
    lost: str = "0"

    def under_way(self, unfinished: int) -> Decimal:
        """What the scans that were under way when the run stopped may have spent, if so many are unfinished."""
        return Decimal(self.grant) * min(self.at_once or unfinished, unfinished)


@dataclass(frozen=True, slots=True)
class Folder:
    """The output directory at `path`."""

    path: Path

    @contextmanager
    def held(self) -> Iterator[None]:
        """Make it where it is not there, and keep every other fleet out of it.

        Raises UsageError when one is at work, OutputError where nothing can be written.
        """
        try:
            (self.path / REPOSITORIES).mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            msg = f"cannot write to {self.path}: {error.strerror or error}"
            raise OutputError(msg) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            msg = f"another fleet is at work in {self.path}"
            raise UsageError(msg, "wait for it, or name another directory") from error
        try:
            yield
        finally:
            os.close(handle)

    def place(self, target: Target) -> Path:
        """The folder of one repository."""
        return self.path / REPOSITORIES / target.folder

    def save(self, target: Target, stored: Stored) -> None:
        """Write a result whole. Reports of an earlier scan are replaced, or removed when this one has none."""
        place = self.place(target)
        place.mkdir(exist_ok=True)
        result = stored.result
        for name, text in ((SARIF, result.sarif), (REPORT, result.report)):
            if text:
                write_whole(place / name, text)
            else:
                (place / name).unlink(missing_ok=True)
        short = asdict(replace(result, sarif="", report=""))
        digests = {SARIF: _digest(result.sarif), REPORT: _digest(result.report)}
        value = {"format": _FORMAT, "target": stored.target, "key": stored.key, "run": stored.run, "finished": stored.finished}
        write_whole(place / RESULT, json.dumps({**value, "cost": stored.cost, "digests": digests, "result": short}, indent=2) + "\n")

    def load(self, target: Target) -> Stored | None:
        """The result of a repository; None where there is none, or what lies there is not whole."""
        place = self.place(target)
        try:
            value: dict[str, Any] = json.loads((place / RESULT).read_bytes())
            if value["format"] != _FORMAT or value["target"] != target.id:
                return None
            texts = {name: (place / name).read_text("utf-8") if digest else "" for name, digest in value["digests"].items()}
            if any(_digest(texts[name]) != digest for name, digest in value["digests"].items()):
                return None
            result = read_result({**value["result"], "sarif": texts[SARIF], "report": texts[REPORT]})
        except (OSError, ValueError, KeyError, TypeError, InvalidOperation):
            return None  # a kill in the middle of a save, or somebody's edit: the work is done again
        return Stored(target.id, value["key"], value["run"], value["finished"], result, str(Decimal(value["cost"])))

    def last_run(self) -> RunMark | None:
        """The run before this one."""
        try:
            return RunMark(**json.loads((self.path / RUN).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def mark(self, run: RunMark) -> None:
        """Write down which run this is."""
        write_whole(self.path / RUN, json.dumps(asdict(run)) + "\n")


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one step, and have it on disk once this returns."""
    replace_file(path, text.encode(), durable=True)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest() if text else ""
