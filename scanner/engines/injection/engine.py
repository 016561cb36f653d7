"""Looks at every text file of a snapshot, line by line: comments, strings, documents and data alike may be read by a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.core.coverage import EngineRun, Skip, SkippedPath
from scanner.core.files import Unreadable, read_confined
from scanner.core.finding import Candidate
from scanner.core.location import Span, Trace
from scanner.core.problem import Problem, Stage
from scanner.core.text import decode, split_lines, utf16_length
from scanner.engines.injection.kind import INJECTION
from scanner.ports.engine import Detection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scanner.core.rule import Rule
    from scanner.engines.injection.kind import TextRule
    from scanner.ports.observer import Observer
    from scanner.ports.source import Snapshot, SourceFile

NAME: Final = INJECTION.engine
# Part of a scan's record: goes up when the same file and rules give other matches.
VERSION: Final = "1"

_STAGE: Final = "looking for text that addresses reviewers"
_MOST_BYTES: Final = 16 * 1024 * 1024
_LOOKED_AT: Final = 500_000  # characters of one file
_MOST_LINE: Final = 600  # characters of one line, together with what follows it
_TOGETHER: Final = 3  # lines that a sentence may run over
_MOST_IN_A_FILE: Final = 20
_CLOSE: Final = 2  # lines within which the second match of a rule tells nothing new


class InjectionEngine:
    """Finds text that addresses a reviewer. It reads files, and does nothing else."""

    def __init__(self, rules: Sequence[TextRule]) -> None:
        """`rules` in any order; their ids are unique."""
        self._rules: Final = tuple(sorted(rules, key=lambda item: item.rule.id))

    @property
    def name(self) -> str:
        """The engine's name, as rules and reports write it."""
        return NAME

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules it will run, sorted by id."""
        return tuple(item.rule for item in self._rules)

    def detect(self, snapshot: Snapshot, observer: Observer) -> Detection:
        """Look at every file of the snapshot, whatever its language."""
        observer.begin(_STAGE, len(snapshot.files))
        candidates: list[Candidate] = []
        skipped: list[SkippedPath] = []
        problems: list[Problem] = []
        for file in snapshot.files:
            data = read_confined(snapshot.root, file.path, _MOST_BYTES)
            observer.advance(_STAGE)
            if isinstance(data, Unreadable):
                skipped.append(SkippedPath(file.path, Skip.UNREADABLE, data.detail or data.reason.value))
                continue
            text = decode(data)
            if len(text) > _LOOKED_AT:
                words = f"text that addresses a reviewer is looked for in the first {_LOOKED_AT} characters"
                problems.append(Problem(Stage.DETECT, file.path, words, incomplete=False))
            found = list(self._matches(file, text[:_LOOKED_AT]))
            candidates += found[:_MOST_IN_A_FILE]
            if len(found) > _MOST_IN_A_FILE:
                words = f"{len(found)} places address a reviewer; the first {_MOST_IN_A_FILE} are listed"
                problems.append(Problem(Stage.DETECT, file.path, words, incomplete=False))
        observer.end(_STAGE)
        run = EngineRun(engine=NAME, version=VERSION, files=len(snapshot.files) - len(skipped), rules=len(self._rules), complete=not skipped)
        ordered = sorted(candidates, key=lambda item: (item.trace.place, item.rule_id))
        return Detection(tuple(ordered), run, tuple(problems), tuple(skipped))

    def _matches(self, file: SourceFile, text: str) -> Iterator[Candidate]:
        folded = text.lower()
        wanted = [item for item in self._rules if not item.words or any(word in folded for word in item.words)]
        last = dict.fromkeys((item.rule.id for item in wanted), -_CLOSE - 1)
        if not wanted:
            return
        lines = split_lines(text)
        for number in range(1, len(lines) + 1):
            line = lines[number - 1][:_MOST_LINE]
            if not line.strip():
                continue
            below = " ".join([line, *lines[number : number + _TOGETHER - 1]])[:_MOST_LINE]
            for item in wanted:
                span = _place(item, file.path, number, line, below) if number - last[item.rule.id] > _CLOSE else None
                if span is not None:
                    last[item.rule.id] = number
                    yield Candidate(NAME, item.rule.id, item.rule.message, Trace.at(span))


def _place(rule: TextRule, path: str, number: int, line: str, below: str) -> Span | None:
    """Where on its line a match begins; it may end on one of the next."""
    folded = below.lower()
    if rule.words and not any(word in folded for word in rule.words):
        return None
    for pattern in rule.patterns:
        match = pattern.search(below)
        if match is not None and match.start() < len(line):
            start = utf16_length(line[: match.start()]) + 1
            end = utf16_length(line[: match.end()]) + 1  # of the part on its first line
            return Span(path, number, start, number, end)
    return None
