r"""One ignore file: patterns in gitignore's syntax, and what they say about a path.

The syntax is the one of gitignore(5); the tests compare every answer with `git check-ignore`. The code under scan writes these patterns, so matching
is bounded: names are compared through dictionaries, and what holds wildcards is translated to regular expressions that never go back over a choice
(atomic groups, as `fnmatch` in Python 3.14 has them). pathspec's translation was measured at 0.9 seconds for one pattern, `*a*a*a*a*a*b`, against
one name of 80 letters, growing with the sixth power of its length; a repository could stop its own scan with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SPECIAL: Final = frozenset("*?[\\")
_NOTHING: Final = "(?!)"
_CLASSES: Final = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": " \\t",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": " \\t\\n\\r\\f\\v",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}


@dataclass(frozen=True, slots=True)
class _Rule:
    """What one pattern decides, once it matches; a later `order` beats an earlier one."""

    order: int
    hides: bool
    directories_only: bool


@dataclass(frozen=True, slots=True)
class _Segment:
    """One part of a path pattern between slashes: a literal, a regular expression, or (neither) any number of parts."""

    literal: str | None = None
    regex: re.Pattern[str] | None = None

    @property
    def spans(self) -> bool:
        """Whether it stands for any number of parts, as `**` does."""
        return self.literal is None and self.regex is None

    def matches(self, part: str) -> bool:
        """Whether it matches one part of a path."""
        return self.literal == part if self.regex is None else self.regex.fullmatch(part) is not None


@dataclass(frozen=True, slots=True)
class _Glob:
    """A pattern with wildcards. `segments` are matched against the whole path; when there are none, `name` is matched against the last part."""

    rule: _Rule
    name: re.Pattern[str] | None
    segments: tuple[_Segment, ...]

    def matches(self, path: str, name: str) -> bool:
        """Whether it matches a path whose last part is `name`."""
        if self.name is not None:
            return self.name.fullmatch(name) is not None
        return _match_segments(self.segments, path.split("/"))


class PatternSet:
    """The patterns of one ignore file, in the file's order."""

    __slots__ = ("_endings", "_globs", "_names", "_paths", "invalid", "wildcards")

    def __init__(self, lines: Iterable[str]) -> None:
        """`lines` come without their line ends. What can never match is kept in `invalid`, as it was written.

        `wildcards` counts those of the patterns that are tried one after the other; names, paths and endings (`*.log`) are looked up and free.
        """
        self._names: dict[str, list[_Rule]] = {}
        self._paths: dict[str, list[_Rule]] = {}
        self._endings: dict[int, dict[str, list[_Rule]]] = {}
        self._globs: list[_Glob] = []
        self.invalid: list[str] = []
        self.wildcards = 0
        for order, line in enumerate(lines):
            self._add(order, line)

    def decide(self, path: str, *, is_directory: bool) -> bool | None:
        """Whether a path (relative to the ignore file's directory, no slash at its end) is hidden (True), shown again (False) or not spoken of.

        It answers for this path alone: that a directory above is hidden is for the caller to know.
        """
        name = path.rpartition("/")[2]
        best: _Rule | None = None
        if rules := self._names.get(name):
            best = _latest(best, rules, is_directory=is_directory)
        if rules := self._paths.get(path):
            best = _latest(best, rules, is_directory=is_directory)
        for length, endings in self._endings.items():
            if rules := endings.get(name[max(len(name) - length, 0) :]):
                best = _latest(best, rules, is_directory=is_directory)
        for glob in reversed(self._globs):
            rule = glob.rule
            if best is not None and rule.order < best.order:
                break
            if (is_directory or not rule.directories_only) and glob.matches(path, name):
                best = rule
                break
        return None if best is None else best.hides

    def _add(self, order: int, line: str) -> None:
        pattern = _without_trailing_spaces(line.removesuffix("\r"))
        if not pattern or pattern.startswith("#"):
            return
        hides = not pattern.startswith("!")
        body = pattern if hides else pattern[1:]
        rule = _Rule(order, hides, directories_only=body.endswith("/"))
        body = body.removesuffix("/")
        fits = self._add_path(rule, body.removeprefix("/")) if "/" in body else self._add_name(rule, body)
        if not fits:
            self.invalid.append(line)

    def _add_name(self, rule: _Rule, body: str) -> bool:
        ending = body[1:]
        if not body:
            return False
        if _SPECIAL.isdisjoint(body):
            self._names.setdefault(body, []).append(rule)
        elif body[0] == "*" and _SPECIAL.isdisjoint(ending):
            self._endings.setdefault(len(ending), {}).setdefault(ending, []).append(rule)
        else:
            regex = _segment_regex(body)
            if regex is None:
                return False
            self._append(_Glob(rule, regex, ()), body)
        return True

    def _add_path(self, rule: _Rule, body: str) -> bool:
        if _SPECIAL.isdisjoint(body):
            self._paths.setdefault(body, []).append(rule)
            return "" not in body.split("/")
        segments = _segments(body.split("/"))
        if segments is None:
            return False
        self._append(_Glob(rule, None, segments), body)
        return True

    def _append(self, glob: _Glob, body: str) -> None:
        self._globs.append(glob)
        self.wildcards += sum(char in _SPECIAL for char in body)


def _latest(best: _Rule | None, rules: Sequence[_Rule], *, is_directory: bool) -> _Rule | None:
    for rule in reversed(rules):
        if is_directory or not rule.directories_only:
            return rule if best is None or rule.order > best.order else best
    return best


def _without_trailing_spaces(line: str) -> str:
    r"""A line without the spaces at its end; a space after a backslash stays."""
    kept = line.rstrip(" ")
    backslashes = len(kept) - len(kept.rstrip("\\"))
    return line[: len(kept) + 1] if backslashes % 2 and len(kept) < len(line) else kept


def _segments(parts: Sequence[str]) -> tuple[_Segment, ...] | None:
    """The parts of a path pattern, None when one of them can never match."""
    segments: list[_Segment] = []
    for part in parts:
        if part == "**":
            if not (segments and segments[-1].spans):
                segments.append(_Segment())
        elif part and _SPECIAL.isdisjoint(part):
            segments.append(_Segment(literal=part))
        else:
            regex = _segment_regex(part) if part else None
            if regex is None:
                return None
            segments.append(_Segment(regex=regex))
    if segments[-1].spans:
        # At the end `**` stands for what lies inside, so for one part at least.
        segments.append(_Segment(regex=re.compile(".*", re.DOTALL)))
    return tuple(segments)


def _match_segments(segments: Sequence[_Segment], parts: Sequence[str]) -> bool:
    """Match without recursion: on a mismatch the last `**` takes one part more, which is enough and bounds the work by the product of the two."""
    at = position = 0
    resume: tuple[int, int] | None = None
    while position < len(parts):
        if at < len(segments) and segments[at].spans:
            at += 1
            resume = (at, position)
        elif at < len(segments) and segments[at].matches(parts[position]):
            at += 1
            position += 1
        elif resume is not None:
            at, position = resume[0], resume[1] + 1
            resume = (at, position)
        else:
            return False
    return at == len(segments)


def _segment_regex(glob: str) -> re.Pattern[str] | None:
    """The regular expression of a pattern without slashes, None when it can never match."""
    pieces = [""]
    position = 0
    while position < len(glob):
        char = glob[position]
        position += 1
        if char == "*":
            if len(pieces) == 1 or pieces[-1]:
                pieces.append("")
        elif char == "?":
            pieces[-1] += "."
        elif char == "[":
            bracket = _bracket(glob, position)
            if bracket is None:
                return None
            text, position = bracket
            pieces[-1] += text
        elif char == "\\":
            if position == len(glob):
                return None
            pieces[-1] += re.escape(glob[position])
            position += 1
        else:
            pieces[-1] += re.escape(char)
    if len(pieces) == 1:
        return re.compile(pieces[0], re.DOTALL)
    middle = "".join(f"(?>.*?{piece})" for piece in pieces[1:-1])
    return re.compile(f"{pieces[0]}{middle}.*{pieces[-1]}", re.DOTALL)


def _bracket(glob: str, position: int) -> tuple[str, int] | None:
    """The regular expression of a bracket whose content starts at `position`, and where it ends; None when it is not closed."""
    negated = glob[position : position + 1] in ("!", "^")
    position += negated
    items: list[str] = []
    previous: str | None = None
    first = True
    while first or glob[position : position + 1] != "]":
        first = False
        if position >= len(glob):
            return None
        char = glob[position]
        if char == "[" and glob[position + 1 : position + 2] == ":" and (end := glob.find("]", position + 2)) != -1 and glob[end - 1] == ":":
            name = glob[position + 2 : end - 1]
            if name not in _CLASSES:
                return None
            items.append(_CLASSES[name])
            previous = None
            position = end + 1
        elif char == "-" and previous is not None and glob[position + 1 : position + 2] not in ("", "]"):
            upper = _member(glob, position + 1)
            if upper is None:
                return None
            high, position = upper
            if previous <= high:
                items.append(f"{re.escape(previous)}-{re.escape(high)}")
            previous = None
        else:
            member = _member(glob, position)
            if member is None:
                return None
            previous, position = member
            items.append(re.escape(previous))
    return _character_set(items, negated=negated), position + 1


def _member(glob: str, position: int) -> tuple[str, int] | None:
    """One character of a bracket, a backslash taken away, and the position after it."""
    if glob[position] == "\\":
        position += 1
    return None if position >= len(glob) else (glob[position], position + 1)


def _character_set(items: Sequence[str], *, negated: bool) -> str:
    if not items:
        return "." if negated else _NOTHING
    return f"[{'^' if negated else ''}{''.join(items)}]"
