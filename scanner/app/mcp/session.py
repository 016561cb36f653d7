"""One session of the server: a root that was fixed at the start, the scans of it that were asked for, and the tree as they saw it."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scanner.app.choices import Asking, TriageChoice
from scanner.app.config import Flags, configure, configured
from scanner.app.triage import checklists_of
from scanner.app.wire import prepare, scan
from scanner.core.files import Unreadable, read_confined
from scanner.core.rule import Precision, Severity
from scanner.ports.observer import SilentObserver
from scanner.rulepack.loader import builtin_rules_path
from scanner.syntax.index import TreeCodeIndex
from scanner.triage.tools.base import ToolError
from scanner.triage.tree import Tree
from scanner.triage.view import PlainLens, View

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from scanner.app.config import Config, Environment
    from scanner.core.finding import Finding
    from scanner.core.report import ScanReport
    from scanner.core.rule import Rule
    from scanner.core.verdict import Verdict
    from scanner.ports.observer import Observer
    from scanner.triage.checklists import Checklists

SHORTEST_MARK: Final = 6  # hexadecimal digits of a fingerprint that name a finding
_MOST_KEPT: Final = 4  # scans, each against another revision
_MOST_BYTES: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ground:
    """What a session stands on, fixed when it starts.

    `root` is a resolved directory: nothing outside it is looked at. `isolated`: neither settings nor decisions of the repository count. `marker` is
    what blocks of repository text are marked with, unknown to the repository's authors; `today` gives the day on which decisions are judged.
    """

    root: Path
    environment: Environment
    marker: str
    today: Callable[[], date]
    isolated: bool = False
    jobs: int | None = None


@dataclass(frozen=True, slots=True)
class Workspace:
    """The tree as the last scan found it, and what is known about it. `own` are the ids of rules that come with Casemate."""

    config: Config
    root: Path
    view: View
    index: TreeCodeIndex
    checklists: Checklists
    rules: dict[str, Rule]
    own: frozenset[str]

    def changed(self, path: str) -> bool:
        """Whether a file is another one than the scan saw."""
        data = read_confined(self.root, path, _MOST_BYTES)
        return isinstance(data, Unreadable) or hashlib.sha256(data).hexdigest() != self.view.tree.digest_of(path)


class Session:
    """Scans when it is asked to, once for each comparison, and keeps the result. For one thread."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.verdicts: dict[str, Verdict] = {}
        """What was recorded in this session, by fingerprint."""
        self._reports: dict[str, ScanReport] = {}
        self._last: str | None = None
        self._workspace: Workspace | None = None
        self._open = ExitStack()

    def close(self) -> None:
        """Forget the tree."""
        self._open.close()
        self._reports.clear()
        self._last = self._workspace = None

    def report(self, diff: str, observer: Observer, *, fresh: bool = False) -> ScanReport:
        """The scan of the root compared with the merge base of a revision (empty: with nothing); everything that is found, whatever its severity.

        `fresh` forgets what is known and looks again. Raises ScannerError where a scan is impossible.
        """
        if fresh:
            self.close()
        if diff not in self._reports:
            while len(self._reports) >= _MOST_KEPT:
                del self._reports[next(iter(self._reports))]
            self._reports[diff] = self._scan(diff, observer)
        self._last = diff
        return self._reports[diff]

    def current(self, observer: Observer) -> ScanReport:
        """The scan that was asked for last; without one, that of the whole root."""
        return self.report(self._last or "", observer)

    def workspace(self, observer: Observer) -> Workspace:
        """The tree. The first call scans it, so that no file which breaks a parser is parsed in this process."""
        if self._workspace is None:
            report = self.current(observer)
            self._workspace = self._opened(report)
        return self._workspace

    def named(self, mark: str, observer: Observer) -> Finding:
        """The finding of the current scan whose fingerprint begins like this. Raises ToolError for none and for several."""
        wanted = mark.strip().lower()
        if len(wanted) < SHORTEST_MARK or not set(wanted) <= set("0123456789abcdef"):
            msg = f"fingerprint: give at least {SHORTEST_MARK} of its hexadecimal digits"
            raise ToolError(msg)
        found = [finding for finding in self.current(observer).findings if finding.fingerprint.startswith(wanted)]
        if len(found) != 1:
            msg = f"fingerprint: {'several findings' if found else 'no finding of the last scan'} begin{'' if found else 's'} with {wanted[:32]}"
            raise ToolError(msg)
        return found[0]

    def config(self) -> Config:
        """The configuration of a scan of the root without a comparison, as its files have it now. No model is ever asked."""
        return configure(self._flags(), self.ground.environment, self.ground.root)

    def _flags(self, diff: str = "") -> Flags:
        ground = self.ground
        off = TriageChoice(mode=Asking.OFF)
        return Flags(targets=(ground.root,), jobs=ground.jobs, isolated=ground.isolated, diff=diff or None, triage=off, quiet=True)

    def _scan(self, diff: str, observer: Observer) -> ScanReport:
        with configured(self._flags(diff), self.ground.environment, self.ground.root) as config:
            everything = replace(config, min_severity=Severity.INFO, min_confidence=Precision.LOW, fail_on=None)
            return scan(everything, observer, self.ground.today())

    def _opened(self, report: ScanReport) -> Workspace:
        config = self.config()
        ready = prepare(config, SilentObserver())
        snapshot = self._open.enter_context(ready.tools.source.open())
        broken = {item.path for item in report.coverage.skipped}
        index = TreeCodeIndex(snapshot.root, {file.path: file.language for file in snapshot.files if file.path not in broken})
        tree = Tree(snapshot, index, ready.tools.redactor)
        builtin = builtin_rules_path().resolve()
        return Workspace(
            config=config,
            root=snapshot.root,
            view=View(tree, PlainLens()),
            index=index,
            checklists=checklists_of(ready.rules),
            rules={rule.id: rule for rule in ready.rules.rules},
            own=frozenset(entry.rule.id for entry in ready.rules.entries if _is_below(entry.origin.file, builtin)),
        )


def _is_below(file: str, folder: Path) -> bool:
    return Path(file).resolve().is_relative_to(folder)
