"""Regular expressions that take linear time whatever the pattern and whatever the text.

Patterns come from a model that reads hostile code, so Python's backtracking engine is out of the question. A pattern becomes an automaton that is
determinised as it reads (Thompson, "Regular expression search algorithm", 1968; lazily, as grep and RE2 do); the work is counted and has a bound.
"""

from __future__ import annotations

import re
from typing import Any, Final

from scanner.taint.charset import SINGLE, characters
from scanner.taint.regex import UNREADABLE, parsed

MAX_PATTERN: Final = 200
_MOST_POSITIONS: Final = 600
_MOST_REPEAT: Final = 50
_MOST_STATES: Final = 4_000  # of the determinised automaton, kept at once
_MOST_STEPS: Final = 6_000_000  # characters read with one pattern, a step that is not known yet counting for all its spots
_WORD: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_ASCII: Final = 128


class BadPatternError(Exception):
    """The pattern cannot be searched for; the message says why."""


class TooMuchWorkError(Exception):
    """The bound on the work is reached."""


class LinearPattern:
    """One compiled pattern. `search` says whether it matches somewhere in a line. Not to be shared between threads."""

    def __init__(self, program: _Program, needed: tuple[str, ...]) -> None:
        """`needed`: every match holds one of these, in lower case; empty when nothing is known."""
        self._program = program
        self._needed = needed
        self._next: dict[tuple[frozenset[int], str, str], tuple[frozenset[int], bool]] = {}
        self._steps = 0

    def may_match(self, data: bytes) -> bool:
        """Whether some line of a file's bytes can match, as far as a quick look tells."""
        if not self._needed:
            return True
        folded = data.lower()
        return any(word.encode() in folded for word in self._needed)

    @property
    def needed(self) -> tuple[str, ...]:
        """Every match holds one of these, in lower case; empty when nothing is known."""
        return self._needed

    def search(self, line: str) -> bool:
        """Whether the pattern matches within a line. Raises TooMuchWorkError when this pattern has read enough."""
        if self._needed:
            folded = line.lower()
            if not any(word in folded for word in self._needed):
                return False
        self._spend(len(line) + 1)
        states: frozenset[int] = frozenset()
        before = ""
        for char in (*line, ""):
            key = (states, _kind(before), char)
            step = self._next.get(key)
            if step is None:
                if len(self._next) >= _MOST_STATES:
                    self._next.clear()
                step = self._next[key] = self._program.step(states, before, char)
                self._spend(self._program.size)
            states, matched = step
            if matched:
                return True
            before = char
        return False

    def _spend(self, steps: int) -> None:
        self._steps += steps
        if self._steps > _MOST_STEPS:
            raise TooMuchWorkError


def compile_pattern(text: str) -> LinearPattern:
    """The pattern, matched without regard to case. Raises BadPatternError."""
    if len(text) > MAX_PATTERN:
        msg = f"the pattern is longer than {MAX_PATTERN} characters"
        raise BadPatternError(msg)
    try:
        tree = parsed(text, re.IGNORECASE)
    except UNREADABLE as error:
        msg = f"not a regular expression: {error}"
        raise BadPatternError(msg) from error
    items = list(tree)
    if not items:
        msg = "the pattern is empty"
        raise BadPatternError(msg)
    literal = _literal(items)
    needed = (literal,) if literal else tuple(_alternatives(items))
    return LinearPattern(_Program(items), needed if all(needed) else ())


class _Program:
    """Spots joined by empty steps (some under a condition on the characters around), and positions that read one character."""

    def __init__(self, items: list[Any]) -> None:
        self._empty: list[list[tuple[int, str]]] = []
        self._reads: list[list[tuple[frozenset[int], int]]] = []
        self._positions = 0
        self._start = self._spot()
        self._end = self._sequence(items, self._start)

    @property
    def size(self) -> int:
        """How many spots one step can touch at most."""
        return len(self._empty)

    def step(self, states: frozenset[int], before: str, char: str) -> tuple[frozenset[int], bool]:
        """The spots behind `char` (empty: the line's end), and whether the pattern has matched before it."""
        closed = self._closure(states | {self._start}, before, char)
        if self._end in closed:
            return frozenset(), True
        if not char:
            return frozenset(), False
        code = min(ord(char), _ASCII)  # one stands for all others
        return frozenset(after for spot in closed for chars, after in self._reads[spot] if code in chars), False

    def _closure(self, states: frozenset[int], before: str, char: str) -> set[int]:
        found = set(states)
        waiting = list(states)
        while waiting:
            for spot, condition in self._empty[waiting.pop()]:
                if spot not in found and _holds(condition, before, char):
                    found.add(spot)
                    waiting.append(spot)
        return found

    def _spot(self) -> int:
        self._empty.append([])
        self._reads.append([])
        if len(self._empty) > _MOST_POSITIONS * 4:
            msg = "the pattern is too large"
            raise BadPatternError(msg)
        return len(self._empty) - 1

    def _join(self, start: int, end: int, condition: str = "") -> None:
        self._empty[start].append((end, condition))

    def _sequence(self, items: list[Any], start: int) -> int:
        for op, arg in items:
            start = self._item(str(op), arg, start)
        return start

    def _item(self, op: str, arg: Any, start: int) -> int:
        if op in SINGLE:
            return self._character(op, arg, start)
        end = self._spot()
        match op:
            case "BRANCH":
                for branch in arg[1]:
                    self._join(self._sequence(list(branch), start), end)
            case "SUBPATTERN":
                self._join(self._sequence(list(arg[3]), start), end)
            case "AT":
                self._join(start, end, str(arg))
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                self._repeat(int(arg[0]), arg[1], list(arg[2]), start, end)
            case "ATOMIC_GROUP":
                self._join(self._sequence(list(arg), start), end)
            case _:
                msg = "look-around and back-references cannot be searched for"
                raise BadPatternError(msg)
        return end

    def _character(self, op: str, arg: Any, start: int) -> int:
        self._positions += 1
        if self._positions > _MOST_POSITIONS:
            msg = "the pattern is too large"
            raise BadPatternError(msg)
        end = self._spot()
        self._reads[start].append((_either_case(op, arg), end))
        return end

    def _repeat(self, low: int, high: Any, body: list[Any], start: int, end: int) -> None:
        unbounded = high is re._constants.MAXREPEAT  # type: ignore[attr-defined]  # noqa: SLF001 - the parser's word for no bound
        if low > _MOST_REPEAT or (not unbounded and int(high) > _MOST_REPEAT):
            msg = f"repeats of more than {_MOST_REPEAT} cannot be searched for"
            raise BadPatternError(msg)
        for _ in range(low):
            start = self._sequence(body, start)
        self._join(start, end)
        if unbounded:
            loop = self._spot()
            self._join(start, loop)
            back = self._sequence(body, loop)
            self._join(back, loop)
            self._join(back, end)
            return
        for _ in range(int(high) - low):
            start = self._sequence(body, start)
            self._join(start, end)


def _either_case(op: str, arg: Any) -> frozenset[int]:
    """The characters that are read, without regard to case; what a negated set leaves out it leaves out in both cases."""
    exact = characters(op, arg, folded=False)
    other = {code: ord(chr(code).swapcase()) if code < _ASCII else code for code in range(_ASCII + 1)}
    if op == "NOT_LITERAL" or (op == "IN" and str(arg[0][0]) == "NEGATE"):
        return frozenset(code for code in exact if other[code] in exact)
    return exact | frozenset(other[code] for code in exact)


def _holds(condition: str, before: str, char: str) -> bool:
    match condition:
        case "":
            return True
        case "AT_BEGINNING" | "AT_BEGINNING_STRING":
            return not before
        case "AT_END" | "AT_END_STRING":
            return not char
        case "AT_BOUNDARY":
            return (before in _WORD) != (char in _WORD)
        case "AT_NON_BOUNDARY":
            return (before in _WORD) == (char in _WORD)
        case _:
            return False


def _kind(before: str) -> str:
    """What of the character before matters to the conditions."""
    if not before:
        return ""
    return "w" if before in _WORD else "-"


def _literal(items: list[Any]) -> str:
    """The longest run of literal characters that every match holds, folded; only ASCII, whose folding changes no length."""
    best = run = ""
    for op, arg in items:
        name = str(op)
        if name == "LITERAL" and arg < _ASCII:
            run += chr(arg).lower()
        elif name == "SUBPATTERN":
            inner = _literal(list(arg[3]))
            best, run = max(best, run, inner, key=len), ""
        elif name != "AT":
            best, run = max(best, run, key=len), ""
    return max(best, run, key=len)


def _alternatives(items: list[Any]) -> list[str]:
    """What each branch needs, of a pattern that is one alternative, or holds one at its top."""
    for op, arg in items:
        if str(op) == "BRANCH":
            return [_literal(list(branch)) for branch in arg[1]]
        if str(op) == "SUBPATTERN" and (inner := _alternatives(list(arg[3]))):
            return inner
    return []
