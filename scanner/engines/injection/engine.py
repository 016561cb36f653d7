"""Looks at every text file of a snapshot, line by line: comments, strings, documents and data alike may be read by a model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.core.coverage import EngineRun, Skip, SkippedPath
from scanner.core.files import Unreadable, read_confined
from scanner.core.finding import Candidate
from scanner.core.location import Span, Trace
from scanner.core.problem import Problem, Stage
from scanner.core.text import decode, split_lines, utf16_length
from scanner.engines.injection.kind import INJECTION
from scanner.ports.cache import key_of
from scanner.ports.engine import Detection, FilePass, OpenedFile
from scanner.ports.executor import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scanner.core.rule import Rule
    from scanner.engines.injection.kind import TextPattern, TextRule
    from scanner.ports.observer import Observer
    from scanner.ports.source import Snapshot

NAME: Final = INJECTION.engine
# Part of a scan's record: goes up when the same file and rules give other matches.
VERSION: Final = "1"

_STAGE: Final = "looking for text that addresses reviewers"
_MOST_BYTES: Final = 16 * 1024 * 1024
_LOOKED_AT: Final = 500_000  # characters of one file
_MOST_LINE: Final = 600  # characters of one line, together with what follows it
_TOGETHER: Final = 3  # lines that a sentence may run over
_WITHIN: Final = _MOST_LINE + 100  # characters around one word of a match in which all of it lies, line ends and a word's length counted in
_MOST_IN_A_FILE: Final = 20
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_CLOSE: Final = 2  # lines within which the second match of a rule tells nothing new


@dataclass(frozen=True, slots=True)
class FileResult:
    """What was found in one file, what was cut off, or why it was not looked at."""

    candidates: tuple[Candidate, ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: SkippedPath | None = None


class InjectionEngine:
    """Finds text that addresses a reviewer. It reads files, and does nothing else."""

    def __init__(self, rules: Sequence[TextRule]) -> None:
        """`rules` in any order; their ids are unique."""
        self._pass: Final = InjectionPass(tuple(sorted(rules, key=lambda item: item.rule.id)))

    @property
    def name(self) -> str:
        """The engine's name, as rules and reports write it."""
        return NAME

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules it will run, sorted by id."""
        return tuple(item.rule for item in self._pass.rules)

    def detect(self, snapshot: Snapshot, observer: Observer) -> Detection:
        """Look at every file of the snapshot, whatever its language."""
        results: dict[str, Outcome[object]] = {}
        for file in snapshot.files:
            data = read_confined(snapshot.root, file.path, _MOST_BYTES)
            if isinstance(data, Unreadable):
                results[file.path] = Outcome(FileResult(skipped=SkippedPath(file.path, Skip.UNREADABLE, data.detail or data.reason.value)))
            else:
                results[file.path] = Outcome(self._pass(OpenedFile(file.path, file.language, data), None))
        return self.conclude(snapshot, results, observer)

    def look(self, snapshot: Snapshot) -> FilePass:
        """Look at each file's text."""
        return FilePass(self._pass, dict.fromkeys(file.path for file in snapshot.files), self._pass.identity)

    def conclude(self, snapshot: Snapshot, results: Mapping[str, Outcome[object]], observer: Observer) -> Detection:
        """Gather what was found in each file. What was lost or could not be read is left out, and said."""
        observer.begin(_STAGE)
        found = [_result(file.path, results.get(file.path)) for file in snapshot.files]
        observer.end(_STAGE)
        candidates = sorted((candidate for result in found for candidate in result.candidates), key=lambda item: (item.trace.place, item.rule_id))
        skipped = tuple(result.skipped for result in found if result.skipped)
        problems = tuple(problem for result in found for problem in result.problems)
        run = EngineRun(engine=NAME, version=VERSION, files=len(found) - len(skipped), rules=len(self._pass.rules), complete=not skipped)
        return Detection(tuple(candidates), run, problems, skipped, lasting=not skipped)


@dataclass(frozen=True, slots=True)
class InjectionPass:
    """Looks at the text of one file."""

    rules: tuple[TextRule, ...]

    @property
    def identity(self) -> str:
        """What its results depend on."""
        return key_of(NAME, VERSION, tuple(item.rule.digest for item in self.rules))

    def __call__(self, file: OpenedFile, _: object) -> FileResult:
        """What addresses a reviewer in it."""
        text = decode(file.data)
        problems: list[Problem] = []
        if len(text) > _LOOKED_AT:
            words = f"text that addresses a reviewer is looked for in the first {_LOOKED_AT} characters"
            problems.append(Problem(Stage.DETECT, file.path, words, incomplete=False))
            text = text[:_LOOKED_AT]
        folded = _Folded(text)
        found = [candidate for rule in self.rules for candidate in _matches(rule, file.path, text, folded)]
        found.sort(key=lambda item: (item.trace.place, item.rule_id))
        if len(found) > _MOST_IN_A_FILE:
            words = f"{len(found)} places address a reviewer; the first {_MOST_IN_A_FILE} are listed"
            problems.append(Problem(Stage.DETECT, file.path, words, incomplete=False))
        return FileResult(tuple(found[:_MOST_IN_A_FILE]), tuple(problems)) if found or problems else _NOTHING


_NOTHING: Final = FileResult()


def _result(path: str, outcome: Outcome[object] | None) -> FileResult:
    if outcome is not None and isinstance(outcome.result, FileResult):
        return outcome.result
    lost = outcome.lost if outcome else None
    return FileResult(skipped=SkippedPath(path, Skip.CRASHED if lost else Skip.UNREADABLE, lost.detail if lost else "it could not be read"))


def _matches(rule: TextRule, path: str, text: str, folded: _Folded) -> Iterator[Candidate]:
    """The places that match, without those close behind another."""
    if rule.beyond_ascii and text.isascii():
        return
    wanted = {pattern: numbers for pattern in rule.patterns if (numbers := _near(pattern, folded)) is not None}
    if not wanted:
        return
    lines = split_lines(text)
    last = -_CLOSE - 1
    for number in sorted(set().union(*wanted.values())):
        line = lines[number - 1][:_MOST_LINE] if number <= len(lines) else ""
        if number - last <= _CLOSE or not line.strip():
            continue
        below = " ".join([line, *lines[number : number + _TOGETHER - 1]])[:_MOST_LINE]
        span = _place([pattern.match for pattern, numbers in wanted.items() if number in numbers], path, number, line, below)
        if span is not None:
            last = number
            yield Candidate(NAME, rule.rule.id, rule.rule.message, Trace.at(span))


class _Folded:
    """A text in lower case, and what is known of the words in it: several patterns ask for the same."""

    def __init__(self, text: str) -> None:
        self.text: Final = text.lower()
        self._known: dict[str, bool] = {}

    def has(self, word: str) -> bool:
        """Whether the word stands in it."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = word in self.text
        return known

    def holds(self, words: Sequence[str]) -> bool:
        """Whether one of the words stands in it."""
        return any(map(self.has, words))


class _Next:
    """Where one of some words stands next in a text, asked for places that only go up: each word is looked for once from its last place on."""

    def __init__(self, words: Sequence[str], folded: _Folded) -> None:
        self._text: Final = folded.text
        self._words: Final = tuple(filter(folded.has, words))
        self._places: Final = [-1] * len(self._words)

    def __call__(self, start: int) -> int:
        """The first place from `start` on; beyond the text's end where there is none."""
        nearest = end = len(self._text)
        for number, word in enumerate(self._words):
            place = self._places[number]
            if place < start:
                place = self._text.find(word, start)
                self._places[number] = place = end if place < 0 else place
            nearest = min(nearest, place)
        return nearest


def _near(pattern: TextPattern, folded: _Folded) -> range | frozenset[int] | None:
    """The numbers of the lines on which a match can begin: those of its first group of words and just above. None where there can be none."""
    text = folded.text
    if not pattern.words:
        return range(1, text.count("\n") + text.count("\r") + 2) if pattern.match.search(text) else None
    if not all(map(folded.holds, pattern.words)):
        return None
    first, *others = [_Next(words, folded) for words in pattern.words]
    found: set[int] = set()
    line, seen, at = 1, 0, first(0)
    while at < len(text):
        low, high = _lines_around(text, at)
        beyond = max((other(low) for other in others), default=at)
        if beyond < high:
            line += len(_LINE_END.findall(text, seen, at))
            found.update(range(max(line - _TOGETHER + 1, 1), line + 1))
            seen = at
        at = first(max(at + 1, beyond - _WITHIN))  # all of a match lies around the place: nothing before that can be one
    return frozenset(found) or None


def _lines_around(text: str, at: int) -> tuple[int, int]:
    """Where the lines begin and end that a match may run over which holds the word there."""
    low = high = at
    for _ in range(_TOGETHER):
        low = text.rfind("\n", max(at - _WITHIN, 0), low)
        if low < 0:
            low = max(at - _WITHIN, 0)
            break
    for _ in range(_TOGETHER):
        high = text.find("\n", high, at + _WITHIN) + 1
        if not high:
            high = at + _WITHIN
            break
    return low, high


def _place(patterns: Sequence[re.Pattern[str]], path: str, number: int, line: str, below: str) -> Span | None:
    """Where on its line a match begins; it may end on one of the next."""
    for pattern in patterns:
        match = pattern.search(below)
        if match is not None and match.start() < len(line):
            start = utf16_length(line[: match.start()]) + 1
            end = utf16_length(line[: match.end()]) + 1  # of the part on its first line
            return Span(path, number, start, number, end)
    return None
