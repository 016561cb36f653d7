"""A fleet's run: find out what is to be done, have it done, and keep each result the moment it is there."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final

from scanner.app.choices import Asking
from scanner.app.fleet.budget import ROUNDS, Budget
from scanner.app.fleet.folder import INVENTORY, PAGE, Folder, RunMark, Stored, write_whole
from scanner.app.fleet.identity import identify, result_key
from scanner.app.fleet.job import Job, Limits, Result, Settings, Status, Why
from scanner.app.fleet.keeper import closing_keepers, rules_of
from scanner.app.fleet.page import render_page
from scanner.app.fleet.scan import failure
from scanner.app.fleet.spread import opened
from scanner.core.errors import ExitCode, UsageError
from scanner.core.threads import all_done
from scanner.core.version import VERSION
from scanner.ports.executor import Failure
from scanner.reporters.json_read import read_report
from scanner.stores.inventory import Inventory, ScanRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from scanner.app.fleet.spread import Spread
    from scanner.app.fleet.targets import Target
    from scanner.core.report import ScanReport
    from scanner.ports.executor import Outcome

STAGE: Final = "scanning repositories"
_LOOKERS: Final = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a fleet needs to know. `address` is a Ray cluster's; `today` the day by which decisions of trusted repositories expire."""

    targets: tuple[Target, ...]
    out: Path
    settings: Settings
    today: date
    limits: Limits = field(default_factory=Limits)
    budget: Budget = field(default_factory=Budget)
    executor: str = "local"
    address: str | None = None
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Done:
    """One repository's result, as it is told: its number among `total`, whether it is `kept` from earlier, and its report where it has one."""

    number: int
    total: int
    target: Target
    result: Result
    kept: bool
    report: ScanReport | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a run came to: repositories by status, how many were kept, the exit code, and whether it went on where another had stopped.

    `cost` is in US dollars and counts what lost scans may have spent.
    """

    statuses: dict[Status, int]
    kept: int
    exit_code: ExitCode
    resumed: bool
    cost: Decimal = Decimal(0)


def run_fleet(plan: Plan, tell: Callable[[Done], None]) -> Told:
    """Scan every target, or keep the result that still holds; `tell` hears of each as it is done.

    Results lie in the output directory the moment they are told: a run that is killed goes on when it is asked for again, and does nothing twice.
    Raises UsageError and RuleError for settings that make no sense, OutputError for a directory that cannot be written to.
    """
    folder = Folder(plan.out)
    with folder.held(), closing_keepers():
        return _run(plan, folder, rules_of(plan.settings), tell)


def _run(plan: Plan, folder: Folder, rules: str, tell: Callable[[Done], None]) -> Told:
    with closing(Inventory(plan.out / INVENTORY, write=True)) as inventory:
        run, resumed = _begin(folder, plan, rules)
        folder.mark(run)
        inventory.begin(run.name, run.started, VERSION, rules)
        work = _Work(plan, folder, inventory, run, rules, tell)
        work.do(work.keep())
        ended = _now()
        inventory.end(run.name, ended)
        folder.mark(replace(work.mark, ended=True))
        write_whole(plan.out / PAGE, render_page(inventory.standings(run.name), inventory.rules(), ended))
    return Told(work.statuses, work.kept, work.exit_code, resumed, work.spent)


def _begin(folder: Folder, plan: Plan, rules: str) -> tuple[RunMark, bool]:
    """This run, and whether it is the last one, which did not come to its end and was asked for the same."""
    asked = {"targets": [target.id for target in plan.targets], "settings": asdict(plan.settings), "limits": asdict(plan.limits)}
    text = json.dumps({**asked, "budget": [str(plan.budget.total), str(plan.budget.each)], "rules": rules, "version": VERSION}, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    last = folder.last_run()
    if last is not None and not last.ended and last.asked == digest:
        return last, True
    now = datetime.now(UTC)
    return RunMark(f"{now.isoformat(timespec='microseconds')}", now.isoformat(timespec="seconds"), digest, ended=False), False


def _identity(target: Target) -> str:
    return "" if target.refused else identify(target)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class _Task:
    """One target's work: its number, and what its result will rest on."""

    number: int
    job: Job
    identity: str


class _Work:
    """A run under way, and what it has come to so far."""

    def __init__(self, plan: Plan, folder: Folder, inventory: Inventory, run: RunMark, rules: str, tell: Callable[[Done], None]) -> None:  # noqa: PLR0913, PLR0917 -- made in one place
        self._plan = plan
        self._folder = folder
        self._inventory = inventory
        self._run = run
        self._rules = rules
        self._tell = tell
        self._recorded = inventory.recorded(run.name)
        self.mark = run
        self.spent = Decimal(0)
        self.statuses: Counter[Status] = Counter()
        self.kept = 0
        self._codes: set[int] = set()

    @property
    def exit_code(self) -> ExitCode:
        """What the run says to its caller."""
        if self.statuses[Status.INCOMPLETE] or self.statuses[Status.FAILED]:
            return ExitCode.INCOMPLETE
        return ExitCode.FINDINGS if ExitCode.FINDINGS in self._codes else ExitCode.CLEAN

    def keep(self) -> list[_Task]:
        """Keep the results that still hold. Returns what is to be done."""
        targets = self._plan.targets
        with ThreadPoolExecutor(min(_LOOKERS, len(targets)), thread_name_prefix="casemate-look") as pool:
            identities = all_done(pool, [partial(_identity, target) for target in targets])
        missing = []
        for number, (target, identity) in enumerate(zip(targets, identities, strict=True), 1):
            job = Job(target, self._plan.settings, self._plan.limits, VERSION, self._rules, self._plan.today)
            task = _Task(number, job, identity)
            if not self._is_kept(task):
                missing.append(task)
        return missing

    def _is_kept(self, task: _Task) -> bool:
        key = result_key(task.job, task.identity)
        stored = self._folder.load(task.job.target)
        if stored is None or not key or stored.key != key:
            return False
        if stored.result.status is not Status.COMPLETE and stored.run != self._run.name:
            return False  # what did not work is tried again by the next run, not by this one
        try:
            report = read_report(stored.result.report) if stored.result.report else None
        except UsageError:
            return False  # written by a Casemate of this version and another shape: only while it is being developed
        self.kept += 1
        if stored.run == self._run.name:
            self.spent += Decimal(stored.cost)
        self._note(task, stored, report, kept=True)
        return True

    def do(self, tasks: Sequence[_Task]) -> None:
        """Have it done."""
        plan = self._plan
        paid = plan.settings.triage != Asking.OFF and plan.budget.total > 0
        if not tasks:
            return  # nothing is started for nothing
        lost_before = Decimal(self.mark.lost) + self.mark.under_way(len(tasks))
        self.spent += lost_before
        with opened(plan.executor, plan.address, plan.jobs, plan.limits.memory, retries=not paid) as spread:
            for attempt in range(1, ROUNDS + 1 if paid else 2):
                if not tasks:
                    break
                grant = plan.budget.grant(self.spent, len(tasks)) if paid else Decimal(0)
                at_once = plan.jobs if plan.executor == "local" else 0
                self.mark = replace(self.mark, grant=str(grant), at_once=at_once, lost=str(lost_before))
                self._folder.mark(self.mark)  # before any of it can be spent
                lost: list[_Task] = []
                for task, outcome in _each(spread, tasks, grant):
                    if outcome.lost is not None and paid and attempt < ROUNDS:
                        self.spent += grant  # nobody knows what it did before it was lost
                        lost_before += grant
                        lost.append(task)
                    else:
                        self.spent += self._finish(task, outcome, grant)
                tasks = sorted(lost, key=lambda task: task.number)

    def _finish(self, task: _Task, outcome: Outcome[Result], grant: Decimal) -> Decimal:
        """Keep a result and tell of it. Returns what it cost."""
        result = outcome.result
        if result is None:
            lost = outcome.lost
            detail = lost.detail if lost else "no result came"
            result = failure(Why.CRASHED if lost and lost.failure is Failure.ERROR else Why.NODE, detail)
        report = read_report(result.report) if result.report else None
        moved = task.identity.startswith("commit:") and result.commit
        identity = f"commit:{result.commit}" if moved else task.identity
        cost = _cost(result, report, grant)
        stored = Stored(task.job.target.id, result_key(task.job, identity), self._run.name, _now(), result, str(cost))
        self._folder.save(task.job.target, stored)
        self._note(task, stored, report, kept=False)
        return cost

    def _note(self, task: _Task, stored: Stored, report: ScanReport | None, *, kept: bool) -> None:
        """Count a result, record it where it is not, and tell of it."""
        target, result = task.job.target, stored.result
        self.statuses[result.status] += 1
        self._codes.add(result.exit_code)
        if target.folder not in self._recorded:
            row = ScanRow(
                target=target.id,
                folder=target.folder,
                finished=stored.finished if stored.run == self._run.name else _now(),
                status=result.status.value,
                exit_code=result.exit_code,
                commit=result.commit,
                why=result.why.value if result.why else "",
                detail=result.detail,
                seconds=result.seconds,
                peak=result.peak,
                kept=stored.run != self._run.name,
            )
            self._inventory.record(self._run.name, row, report, dict(result.kin))
        self._tell(Done(task.number, len(self._plan.targets), target, result, kept, report))


def _cost(result: Result, report: ScanReport | None, grant: Decimal) -> Decimal:
    """What a scan cost; one that was cut off may have spent all it had."""
    if report is not None:
        return report.usage.cost_usd
    return Decimal(0) if result.why in {Why.SOURCE, Why.SETTINGS} else grant


def _each(spread: Spread, tasks: Sequence[_Task], grant: Decimal) -> Iterator[tuple[_Task, Outcome[Result]]]:
    jobs = [replace(task.job, max_cost_usd=str(grant)) for task in tasks]
    with closing(spread.each(jobs)) as outcomes:
        for number, outcome in outcomes:
            yield tasks[number], outcome
