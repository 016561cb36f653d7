"""The secrets engine: every text file of a snapshot, every rule."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

from scanner.core.coverage import EngineRun, Skip, SkippedPath
from scanner.core.files import Unreadable, read_confined
from scanner.core.finding import Candidate
from scanner.core.location import Span, Trace
from scanner.core.problem import Problem, Stage
from scanner.core.text import utf16_length
from scanner.engines.secrets.kind import SECRETS
from scanner.engines.secrets.matcher import SecretMatcher
from scanner.ports.cache import key_of
from scanner.ports.engine import Detection, FilePass, OpenedFile
from scanner.ports.executor import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scanner.core.rule import Rule
    from scanner.engines.secrets.matcher import SecretMatch
    from scanner.engines.secrets.rule import CompiledSecretRule
    from scanner.ports.executor import Lost
    from scanner.ports.observer import Observer
    from scanner.ports.source import Snapshot

NAME: Final = SECRETS.engine
# Part of every cache key: raise it when the same rules would find something else.
VERSION: Final = "1"

_STAGE: Final = "looking for secrets"
_MOST_IN_A_FILE: Final = 100
# A file that grew past this since it was collected is not read whole; the collector's own limit lies far below.
_MOST_BYTES: Final = 64 * 1024 * 1024
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class FileResult:
    """What was found in one file, what was cut off, or why it was not looked at."""

    candidates: tuple[Candidate, ...] = ()
    problem: Problem | None = None
    skipped: SkippedPath | None = None


class SecretsEngine:
    """Finds credentials in files. It reads them, and does nothing else: no network, no subprocess, no verification with a service."""

    def __init__(self, rules: Sequence[CompiledSecretRule]) -> None:
        """`rules` in any order; their ids are unique."""
        self._compiled: Final = tuple(sorted(rules, key=lambda compiled: compiled.rule.id))
        self._pass: Final = SecretsPass(self._compiled)

    @property
    def name(self) -> str:
        """The engine's name, as rules and reports write it."""
        return NAME

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules it will run, sorted by id."""
        return tuple(compiled.rule for compiled in self._compiled)

    def detect(self, snapshot: Snapshot, observer: Observer) -> Detection:
        """Look at every file of the snapshot, whatever its language."""
        run, jobs = self._pass, self.look(snapshot).jobs
        results: dict[str, Outcome[object]] = {}
        for path in jobs:
            data = read_confined(snapshot.root, path, _MOST_BYTES)
            if isinstance(data, Unreadable):
                results[path] = Outcome(FileResult(skipped=SkippedPath(path, Skip.UNREADABLE, data.detail or data.reason.value)))
            else:
                results[path] = Outcome(run(OpenedFile(path, "", data), None))
        return self.conclude(snapshot, results, observer)

    def look(self, snapshot: Snapshot) -> FilePass:
        """Match all rules against each file's bytes."""
        return FilePass(self._pass, dict.fromkeys(file.path for file in snapshot.files), self._pass.identity)

    def conclude(self, snapshot: Snapshot, results: Mapping[str, Outcome[object]], observer: Observer) -> Detection:
        """Gather what was found in each file. What was lost or could not be read is left out, and said."""
        observer.begin(_STAGE)
        found: list[FileResult] = []
        for file in snapshot.files:
            outcome = results.get(file.path, Outcome(None))
            found.append(outcome.result if isinstance(outcome.result, FileResult) else _missing(file.path, outcome.lost))
        observer.end(_STAGE)
        candidates = [candidate for result in found for candidate in result.candidates]
        skipped = tuple(result.skipped for result in found if result.skipped)
        problems = tuple(result.problem for result in found if result.problem)
        run = EngineRun(
            engine=NAME,
            version=VERSION,
            files=len(snapshot.files) - len(skipped),
            rules=len(self._compiled),
            complete=not skipped and not problems,
        )
        candidates.sort(key=lambda item: (item.trace.place, item.rule_id))
        return Detection(tuple(candidates), run, problems, skipped, lasting=not skipped)


class SecretsPass:
    """Looks for credentials in one file. It can be pickled, and each process compiles the rules' expressions once only."""

    def __init__(self, rules: tuple[CompiledSecretRule, ...]) -> None:
        self._rules = rules
        self._matcher = SecretMatcher(rules)
        self._key = tuple(compiled.rule.digest for compiled in rules)
        _KNOWN[self._key] = self  # a process that is forked from this one has them already

    @property
    def identity(self) -> str:
        """What its results depend on."""
        return key_of(NAME, VERSION, self._key)

    def __call__(self, file: OpenedFile, _: object) -> FileResult:
        """What was found in a file's bytes."""
        text, matches = self._matcher.find(file.data, file.path)
        if not matches:
            return _NOTHING
        kept = _most_trusted(matches)
        line_starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
        problem = _cut(file.path, len(matches)) if len(kept) < len(matches) else None
        return FileResult(tuple(_candidate(match, _span(file.path, text, line_starts, match)) for match in kept), problem)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel as the rules, which are compiled where they are not known yet."""
        return _known, (self._key, self._rules)


_KNOWN: WeakValueDictionary[tuple[str, ...], SecretsPass] = WeakValueDictionary()
_NOTHING: Final = FileResult()


def _known(key: tuple[str, ...], rules: tuple[CompiledSecretRule, ...]) -> SecretsPass:
    return _KNOWN.get(key) or SecretsPass(rules)


def _missing(path: str, lost: Lost | None) -> FileResult:
    return FileResult(skipped=SkippedPath(path, Skip.CRASHED if lost else Skip.UNREADABLE, lost.detail if lost else "it could not be read"))


def _most_trusted(matches: tuple[SecretMatch, ...]) -> tuple[SecretMatch, ...]:
    if len(matches) <= _MOST_IN_A_FILE:
        return matches
    return tuple(sorted(matches, key=lambda match: (-match.confidence, match.start))[:_MOST_IN_A_FILE])


def _cut(path: str, count: int) -> Problem:
    message = f"{count} places look like secrets; the {_MOST_IN_A_FILE} most trusted are listed"
    return Problem(Stage.DETECT, path, message)


def _span(path: str, text: str, line_starts: Sequence[int], match: SecretMatch) -> Span:
    start_line, start_column = _position(text, line_starts, match.start)
    end_line, end_column = _position(text, line_starts, match.end)
    return Span(path, start_line, start_column, end_line, end_column)


def _position(text: str, line_starts: Sequence[int], index: int) -> tuple[int, int]:
    line = bisect_right(line_starts, index)
    return line, utf16_length(text[line_starts[line - 1] : index]) + 1


def _candidate(match: SecretMatch, span: Span) -> Candidate:
    rule = match.compiled.rule
    confidence = match.confidence if match.confidence is not rule.precision else None
    return Candidate(engine=NAME, rule_id=rule.id, message=rule.message, trace=Trace.at(span), confidence=confidence)
