"""The engine: plans the runs and starts Semgrep for each."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scanner.core.problem import Problem, Stage
from scanner.engines.semgrep.account import account
from scanner.engines.semgrep.executable import find_core, installed_version
from scanner.engines.semgrep.invocation import Work, prepare
from scanner.engines.semgrep.kind import ENGINE, SEMGREP_KIND
from scanner.engines.semgrep.languages import ANALYZERS
from scanner.engines.semgrep.memory import Memory
from scanner.engines.semgrep.options import SemgrepOptions
from scanner.engines.semgrep.outcome import Outcome, hopeless, outcome_of
from scanner.engines.semgrep.plan import count_tests, narrowed, plan, rules_for
from scanner.engines.semgrep.prefilter import possible
from scanner.engines.semgrep.process import run
from scanner.ports.cache import NoCache, key_of
from scanner.rulepack.loader import builtin_rules_path
from scanner.syntax.testfiles import is_test, left_out

if TYPE_CHECKING:
    from scanner.core.rule import Rule
    from scanner.engines.semgrep.kind import SemgrepRule
    from scanner.engines.semgrep.plan import Run
    from scanner.ports.cache import ScanCache
    from scanner.ports.engine import Detection
    from scanner.ports.observer import Observer
    from scanner.ports.source import Snapshot
    from scanner.rulepack.ruleset import LoadedRule, RuleSet

STAGE: Final = "matching patterns"
_MISSING: Final = "is not installed: there is no semgrep-core in the semgrep package, nor on PATH"


class SemgrepEngine:
    """Semgrep, started once for every two thousand files or so that one of its rules is for, and not at all when there is none."""

    def __init__(self, rules: RuleSet, options: SemgrepOptions | None = None, cache: ScanCache | None = None) -> None:
        """`rules` may hold rules of other engines; they are left alone. What `cache` remembers of a file is not asked again."""
        self._entries: dict[str, LoadedRule[SemgrepRule]] = {entry.rule.id: entry for entry in rules.of(SEMGREP_KIND)}
        self._options = options or SemgrepOptions()
        self._version = self._options.version or installed_version()
        self._cache = cache or NoCache()

    @property
    def name(self) -> str:
        """The engine's name."""
        return ENGINE

    @property
    def version(self) -> str:
        """Semgrep's version, known without starting it."""
        return self._version

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules it will run, sorted by id."""
        return tuple(self._entries[rule_id].rule for rule_id in sorted(self._entries))

    def identity(self) -> str:
        """All that decides about a detection besides the files."""
        return key_of(ENGINE, self._settings, sorted((rule_id, entry.rule.digest, str(entry.origin)) for rule_id, entry in self._entries.items()))

    @property
    def _known(self) -> frozenset[str]:
        """The rules that come with Casemate: their patterns have been tried."""
        own = builtin_rules_path()
        return frozenset(rule_id for rule_id, entry in self._entries.items() if Path(entry.origin.file).is_relative_to(own))

    @property
    def _settings(self) -> str:
        options = self._options
        executable = options.executable or find_core(options.path_env)
        size = executable.stat().st_size if executable and executable.is_file() else 0  # one that is on PATH does not tell its version
        return repr((self._version, size, options.rule_seconds, options.timeouts_per_file, options.memory_mib))

    def detect(self, snapshot: Snapshot, observer: Observer) -> Detection:
        """Look at the files that a rule is for."""
        unsupported = {
            rule_id: Problem(Stage.RULES, str(entry.origin), f"the rule {rule_id} cannot run: {reason}")
            for rule_id, entry in self._entries.items()
            if (reason := _why_unsupported(entry.payload))
        }
        usable = {rule_id: entry.payload for rule_id, entry in self._entries.items() if rule_id not in unsupported}
        digests = {rule_id: entry.rule.digest for rule_id, entry in self._entries.items()}
        files, known = snapshot.written.files, self._known
        wanted = rules_for(files, usable, known)
        memory = Memory(self._cache, snapshot.written, wanted, digests, self._settings)
        may_match = possible(snapshot.root, memory.unknown, wanted, usable, known)
        runs = plan(memory.unknown, narrowed(wanted, may_match))
        outcomes: list[Outcome] = []
        if runs:
            observer.begin(STAGE, sum(len(one.targets) for one in runs))
            try:
                outcomes = self._run_all(runs, snapshot.root, observer)
            finally:
                observer.end(STAGE)
        outcomes.append(memory.nothing_in([path for path, ids in may_match.items() if not ids], self._version))
        detection = account([*memory.outcomes(), *outcomes], self._entries, unsupported, snapshot.root, self._version)
        note = detection.run.note or left_out(count_tests(files, wanted, usable, known))
        # One run takes all rules to all its files: to a test that a user's rule asks for, ours come along.
        tests = {file.path for file in files if is_test(file.path, file.language)}
        candidates = tuple(item for item in detection.candidates if item.rule_id not in known or item.trace.place.path not in tests)
        return replace(detection, candidates=candidates, run=replace(detection.run, note=note), lasting=memory.keep(outcomes))

    def _run_all(self, runs: tuple[Run, ...], root: Path, observer: Observer) -> list[Outcome]:
        executable = self._options.executable or find_core(self._options.path_env)
        if executable is None:
            return [Outcome(one, failure=_MISSING) for one in runs]
        deadline = time.monotonic() + self._options.seconds
        outcomes: list[Outcome] = []
        for one in runs:
            left = deadline - time.monotonic()
            if hopeless(outcomes):
                outcomes.append(Outcome(one, failure=outcomes[-1].failure))
            elif left <= 0:
                outcomes.append(Outcome(one, failure=f"stopped after {self._options.seconds:.0f} seconds"))
            else:
                outcomes.append(self._run_one(executable, one, root, left, observer))
        return outcomes

    def _run_one(self, executable: Path, one: Run, root: Path, seconds: float, observer: Observer) -> Outcome:
        specs = [self._entries[rule_id].payload.spec for rule_id in one.rules]
        with tempfile.TemporaryDirectory(prefix="casemate-semgrep-", dir=self._options.scratch, ignore_cleanup_errors=True) as scratch:
            invocation = prepare(executable, self._options, Work(Path(scratch), root, one.targets, specs))
            ended = run(
                invocation.command,
                cwd=invocation.cwd,
                environment=invocation.environment,
                limits=invocation.limits(seconds, self._options),
                on_output=_Dots(observer, len(one.targets)),
            )
        return outcome_of(one, ended, self._options.seconds)


class _Dots:
    """Counts the dots that semgrep-core prints before its JSON, one for each target that is done."""

    def __init__(self, observer: Observer, total: int) -> None:
        self._observer = observer
        self._left = total
        self._counting = True

    def __call__(self, piece: bytes) -> None:
        if not self._counting:
            return
        head, brace, _ = piece.partition(b"{")
        self._counting = not brace
        steps = min(head.count(b"."), self._left)
        if steps:
            self._left -= steps
            self._observer.advance(STAGE, steps)


def _why_unsupported(rule: SemgrepRule) -> str:
    """Why semgrep-core would pass a rule over without a word, or end on it; empty when it would not."""
    mode = rule.spec.get("mode", "search")
    if mode not in {"search", "taint"}:
        return f"mode {mode} is not supported"
    unknown = sorted(set(rule.analyzers) - ANALYZERS)
    if unknown:
        return f"{', '.join(unknown)} is no language that is supported here"
    return "" if rule.analyzers else "it names no language"
