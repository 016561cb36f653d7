"""The taint engine: every file is analysed by itself in a worker, then all are linked together."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from scanner.core.collecting import collection_paused
from scanner.core.coverage import EngineRun, Skip, SkippedPath
from scanner.core.files import Unreadable, must_read, read_confined
from scanner.core.problem import Problem, Stage
from scanner.engines.taint.convert import ENGINE, Converter, together
from scanner.engines.taint.job import LANGUAGES, PROGRAMS, Analyst, FileJob, FileResult
from scanner.engines.taint.modules import is_public, module_names, package_folders
from scanner.engines.taint.packages import read_layout
from scanner.engines.taint.program import Program
from scanner.ports.cache import NoCache, key_of
from scanner.ports.engine import Detection, FilePass, OpenedFile
from scanner.ports.executor import Failure
from scanner.syntax.languages import is_declaration_file
from scanner.syntax.parse import DEFAULT_LIMITS, Unparsed, parse
from scanner.syntax.testfiles import is_test, left_out
from scanner.taint.facts import Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from scanner.core.finding import Candidate
    from scanner.core.rule import Rule
    from scanner.ports.cache import ScanCache
    from scanner.ports.executor import Executor, Lost, Outcome
    from scanner.ports.observer import Observer
    from scanner.ports.source import Snapshot, SourceFile
    from scanner.rulepack.ruleset import LoadedRule
    from scanner.taint.compile.rules import TaintRule
    from scanner.taint.knowledge import Knowledge
    from scanner.taint.linked import Linked, Truncation
    from scanner.taint.packing import Packed

# Part of every cache key: raise it when the same rules would find something else.
VERSION: Final = "1"
_STAGE: Final = "following data"
_SECONDS: Final = 60.0  # for one file, as a last resort: the analysis counts its own steps
_LOST: Final = {Failure.TIMEOUT: Skip.TIMEOUT, Failure.CRASHED: Skip.CRASHED, Failure.ERROR: Skip.CRASHED}


class TaintEngine:
    """Follows untrusted data through whole programs, one program a language."""

    def __init__(
        self, entries: Iterable[LoadedRule[TaintRule]], knowledge: Mapping[str, Knowledge], executor: Executor, cache: ScanCache | None = None
    ) -> None:
        """`entries` are the rules to run, with ids that are unique; `knowledge` is that of each language, as `load_taint` gives both."""
        chosen = sorted(entries, key=lambda entry: entry.rule.id)
        self._rules: Final = {entry.rule.id: entry.rule for entry in chosen}
        self._languages: Final = tuple(language for language in sorted(knowledge) if language in LANGUAGES)
        self._given: Final = knowledge
        self._opened: Final[dict[str, Knowledge]] = {}
        self._executor: Final = executor
        self._cache: Final = cache or NoCache()

    @property
    def name(self) -> str:
        """The engine's name, as rules and reports write it."""
        return ENGINE

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules it will run, sorted by id."""
        return tuple(self._rules.values())

    def _known(self, language: str) -> Knowledge:
        """What the rules to run need to know of a language: got when a file of it turns up, because it can be much."""
        if language not in self._opened:
            self._opened[language] = _only(self._given[language], frozenset(self._rules))
        return self._opened[language]

    def detect(self, snapshot: Snapshot, observer: Observer) -> Detection:
        """Look at the files that have a lowering, tests left out."""
        look = self.look(snapshot)
        languages = {file.path: file.language for file in snapshot.files}
        alone = _Alone(os.fspath(snapshot.root), look.run)
        with collection_paused():
            jobs = [(path, languages[path], job) for path, job in look.jobs.items()]
            outcomes = list(self._executor.map(alone, jobs, seconds=_SECONDS))
        return self.conclude(snapshot, dict(zip(look.jobs, outcomes, strict=True)), observer)

    def look(self, snapshot: Snapshot) -> FilePass:
        """Lower and analyse each file that has a lowering, tests left out."""
        # Tests are no part of the program, but they make packages.
        paths = {program: [file.path for file in snapshot.files if PROGRAMS.get(file.language) == program] for program in self._languages}
        names = {program: module_names(held, program) for program, held in paths.items()}
        packages = {program: package_folders(held, program) for program, held in paths.items()}
        files = [file for file in self._followed(snapshot) if not is_test(file.path, PROGRAMS[file.language])]
        scripts = [file.path for file in files if PROGRAMS[file.language] == "javascript"]
        builds = {file.path: file.original for file in snapshot.files if file.original}
        layout = read_layout(os.fspath(snapshot.root), [file.path for file in snapshot.files], scripts, builds) if scripts else None
        # What specifiers mean in one file depends on the others that there are: so much of them is part of its job.
        settings = {"javascript": layout.identity} if layout else {}
        reached = layout.reached() if layout is not None else {}
        jobs = {
            file.path: FileJob(
                *names[program][file.path],
                is_public(file.path, program, packages[program]),
                settings.get(program, ""),
                reached.get(file.path, Reach.ENTRY),
            )
            for file in files
            if (program := PROGRAMS[file.language])
        }
        known = {program: self._known(program) for program in sorted({PROGRAMS[file.language] for file in files})}
        # The rules' digests stand for what is known of their languages too.
        identity = key_of(ENGINE, VERSION, *(rule.digest for rule in self.rules), *self._without_rules(known))
        analyst = Analyst(known, layout)
        return FilePass(analyst, jobs, identity, scope=str(self._tests(snapshot)), trees=jobs.keys(), prepare=analyst.prepare)

    def _without_rules(self, known: Mapping[str, Knowledge]) -> list[str]:
        covered = {language for rule in self.rules for language in rule.languages}
        return [held.digest for program, held in known.items() if program not in covered]

    def _tests(self, snapshot: Snapshot) -> int:
        return sum(is_test(file.path, PROGRAMS[file.language]) for file in self._followed(snapshot))

    def _followed(self, snapshot: Snapshot) -> list[SourceFile]:
        return [file for file in snapshot.written.files if PROGRAMS.get(file.language) in self._languages and not is_declaration_file(file.path)]

    def conclude(self, snapshot: Snapshot, results: Mapping[str, Outcome[object]], observer: Observer) -> Detection:
        """Link the facts of all files, one program a language."""
        return self.begin(snapshot, results)(observer)

    def begin(self, snapshot: Snapshot, results: Mapping[str, Outcome[object]]) -> Callable[[Observer], Detection]:
        """Begin to link."""
        told = _sorted_out(results)
        programs = {}
        for language in self._languages:
            own = [packed for packed in told.facts if packed.language == language]
            if own:
                programs[language] = Program(own, self._known(language), self._executor, self._cache)
        return partial(self._conclude, snapshot, told, programs)

    def _conclude(self, snapshot: Snapshot, told: _Told, programs: Mapping[str, Program], observer: Observer) -> Detection:
        tests = self._tests(snapshot)
        reading = _Reading(snapshot)
        skipped, problems = told.skipped, list(told.problems)
        candidates: list[Candidate] = []
        observer.begin(_STAGE)
        for language, program in programs.items():
            linked = program.linked()
            candidates.extend(self._convert(reading, self._known(language), linked, problems))
            problems.extend(_truncated(linked.truncations))
        observer.end(_STAGE)
        run = EngineRun(
            engine=ENGINE,
            version=VERSION,
            files=len(told.facts),
            rules=len(self._rules),
            complete=not any(not item.reason.expected for item in skipped) and not any(problem.incomplete for problem in problems),
            note=left_out(tests),
        )
        ordered = sorted(candidates, key=lambda item: (item.trace.place, item.rule_id))
        lasting = reading.same and not told.lost
        return Detection(tuple(ordered), run, tuple(sorted(set(problems))), tuple(sorted(skipped)), lasting)

    def _convert(self, reading: _Reading, knowledge: Knowledge, linked: Linked, problems: list[Problem]) -> Iterator[Candidate]:
        flows = {flow.rule_id: flow for flow in knowledge.flow_rules}
        converter = Converter(self._rules, flows, reading)
        for fact, others in together(linked.facts):
            try:
                if converter.stands(fact):
                    yield converter.flow(fact, entered=linked.has_entry_points, others=others)
            except OSError as error:
                problems.append(_unreadable(fact.sink.path, error))
        for comparison in linked.comparisons:
            try:
                yield converter.comparison(comparison)
            except OSError as error:
                problems.append(_unreadable(comparison.path, error))
        for misuse in linked.misuses:
            try:
                yield converter.misuse(misuse)
            except OSError as error:
                problems.append(_unreadable(misuse.path, error))


class _Reading:
    """Reads a snapshot's files once more, to show what was found in them. `same` as long as they are what the snapshot lists."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._root = snapshot.root
        self._digests = {file.path: file.digest for file in snapshot.files}
        self.same = True

    def __call__(self, path: str) -> bytes:
        """A file's bytes. Raises OSError for one that is gone."""
        try:
            data = must_read(self._root, path, DEFAULT_LIMITS.max_bytes)
        except OSError:
            self.same = False
            raise
        self.same = self.same and sha256(data).hexdigest() == self._digests.get(path)
        return data


@dataclass(frozen=True, slots=True)
class _Alone:
    """Reads and parses one file for a pass, in a worker process, where no other pass has done so."""

    root: str
    run: Callable[[OpenedFile, object], object]

    def __call__(self, job: tuple[str, str, object]) -> object:
        path, language, given = job
        data = read_confined(self.root, path, DEFAULT_LIMITS.max_bytes)
        if isinstance(data, Unreadable):
            return FileResult(skipped=SkippedPath(path, data.reason, data.detail))
        parsed = parse(language, data)
        if isinstance(parsed, Unparsed):
            return FileResult(skipped=SkippedPath(path, parsed.reason, parsed.detail))
        return self.run(OpenedFile(path, language, data, parsed), given)


class _Told(NamedTuple):
    """What workers said of all files. `lost`: the analysis of one of them was."""

    facts: list[Packed]
    skipped: list[SkippedPath]
    problems: list[Problem]
    lost: bool


def _sorted_out(results: Mapping[str, Outcome[object]]) -> _Told:
    facts: list[Packed] = []
    skipped: list[SkippedPath] = []
    problems: list[Problem] = []
    for path, outcome in results.items():
        if outcome.lost is not None:
            skipped.append(SkippedPath(path, _LOST[outcome.lost.failure], outcome.lost.detail))
            problems.append(_lost(path, outcome.lost))
        elif isinstance(outcome.result, FileResult):
            if outcome.result.skipped is not None:
                skipped.append(outcome.result.skipped)
            elif outcome.result.facts is not None:
                facts.append(outcome.result.facts)
    return _Told(facts, skipped, problems, any(outcome.lost for outcome in results.values()))


def _only(knowledge: Knowledge, rules: frozenset[str]) -> Knowledge:
    """The knowledge with nothing but the chosen rules."""
    misuses = {name: tuple(rule for rule in held if rule.rule_id in rules) for name, held in knowledge.misuse_rules.items()}
    hinted = {name: tuple(rule for rule in held if rule.rule_id in rules) for name, held in knowledge.hinted_misuses.items()}
    return replace(
        knowledge,
        flow_rules=tuple(flow for flow in knowledge.flow_rules if flow.rule_id in rules),
        comparison_rules=tuple(rule for rule in knowledge.comparison_rules if rule.rule_id in rules),
        misuse_rules={name: held for name, held in misuses.items() if held},
        hinted_misuses={name: held for name, held in hinted.items() if held},
        digest="\n".join((knowledge.digest, *sorted(rules))),
    )


def _lost(path: str, lost: Lost) -> Problem:
    return Problem(Stage.DETECT, path, f"the analysis of this file was lost ({lost.failure.value}): {lost.detail}")


def _unreadable(path: str, error: OSError) -> Problem:
    return Problem(Stage.DETECT, path, f"a finding in it cannot be shown: {error.strerror or error}")


def _truncated(truncations: Iterable[Truncation]) -> Iterator[Problem]:
    """What bounds cut off, one problem for each file and bound. The rest of the file was looked at, so the scan is not incomplete for it."""
    gathered: dict[tuple[str, str], list[str]] = {}
    for cut in truncations:
        gathered.setdefault((cut.path, cut.what), []).append(cut.function)
    for (path, what), functions in gathered.items():
        named = ", ".join(sorted(filter(None, functions))[:5])
        more = f" and {len(functions) - 5} more" if len(functions) > 5 else ""  # noqa: PLR2004 -- as many as are named
        message = f"{what}: {named}{more}" if named else what
        yield Problem(Stage.DETECT, path or ENGINE, message, incomplete=False)
