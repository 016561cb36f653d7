"""What a file has to hold before a rule's patterns can match in it: words, as an expression of "all of these" and "one of these".

Semgrep passes files over for want of words too, but knows less of a rule than there is to know: an alternative without a word of its own, such as
`$REQ.$PART`, makes it parse every file, although regular expressions name what the two may be. A word here is a whole word.

What cannot be told of a pattern is taken to match anywhere. So is what Semgrep may know by another name than the one that is written: keywords (an
arrow function is a `function`), the text of strings (`"a" + "b"` is `"ab"`), types that it infers.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from scanner.engines.semgrep.spelling import spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_PYTHON: Final = frozenset({"python", "python2", "python3"})
_UNDERSTOOD: Final = _PYTHON | {"javascript", "typescript"}
_KEYWORDS: Final = frozenset(  # of any of these languages
    re.findall(
        r"\w+",
        "False None True abstract and any arguments as assert async await break case catch class const continue declare def default del delete do "
        "elif else enum except export exports extends false finally for from function get global if implements import in infer instanceof interface "
        "is keyof lambda let match module new nonlocal not null of or pass private protected public raise readonly require return satisfies set "
        "static super switch this throw true try type typeof undefined unknown var void while with yield",
    )
)
_TOKEN: Final = re.compile(
    r"""(?P<string>[A-Za-z]{0,3}(?:\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`))"""
    r"|(?P<line>\#[^\n]*|//[^\n]*)|(?P<comment>/\*.*?\*/)|(?P<tag></|/>)|(?P<unsure>/|['\"`])|(?P<variable>\$\.{0,3}\w+)|(?P<word>[^\W\d]\w*)|(?P<sign>@)",
    re.DOTALL,
)
_INFERRED: Final = re.compile(r"\(\s*\$\w+\s*:")
_DECORATED: Final = re.compile(r"^\s*@\s*\$\w+\s*\.\s*(?P<name>\$\w+)\s*\(", re.MULTILINE)
_MARKED: Final = re.compile(r"@\s*(?P<name>\$\w+)")
_MEMBER: Final = re.compile(r"(?P<left>\$\w+)\s*\.\s*(?=(?P<right>\$\w+))")
_AT: Final = re.compile(rb"@[^\r\n]*")
_OPENING: Final = (b"(", b"[", b"{")
_CLOSING: Final = (b")", b"]", b"}")
_SIGN: Final = b"@"
_OF_WORDS: Final = frozenset(byte for byte in range(256) if byte >= 0x80 or chr(byte).isalnum() or chr(byte) == "_")  # noqa: PLR2004 -- no ASCII
_LOOK_BACK: Final = 200  # bytes before a word in which its line begins, or a bracket stands


class Word(NamedTuple):
    """The word stands in the file, or the sign."""

    text: bytes


class Decorator(NamedTuple):
    """A decorator of Python's stands in the file that may call a method with one of these names."""

    names: frozenset[bytes]


class Mark(NamedTuple):
    """A decorator of JavaScript's or TypeScript's stands in the file that may have one of these names."""

    names: frozenset[bytes]


class Member(NamedTuple):
    """One of the right words is written as a member of one of the left ones (`req.query`, `request?.params`)."""

    left: frozenset[bytes]
    right: frozenset[bytes]


class Each(NamedTuple):
    """All of these."""

    needs: tuple[Need, ...]


class Either(NamedTuple):
    """One of these."""

    needs: tuple[Need, ...]


Need = Word | Decorator | Mark | Member | Each | Either
ANYTHING: Final = Each(())
"""Nothing in particular: any file may match."""


class Contents:
    """What stands in one file, asked word by word."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._known: dict[Need, bool] = {}

    def may_meet(self, need: Need) -> bool:
        """Whether the file holds what is needed."""
        if isinstance(need, Each):
            return all(map(self.may_meet, need.needs))
        if isinstance(need, Either):
            return any(map(self.may_meet, need.needs))
        if need not in self._known:
            self._known[need] = self._meets(need)
        return self._known[need]

    def _meets(self, need: Word | Decorator | Mark | Member) -> bool:
        match need:
            case Word(text):
                return self._holds(text)
            case Decorator(names):
                return self._decorates(names)
            case Mark(names):
                return _mark(names).search(self._data) is not None
            case Member(left, right):
                return _member(left, right).search(self._data) is not None

    def _holds(self, text: bytes) -> bool:
        # What `_whole` says, byte by byte: an expression that begins with a look behind cannot skip ahead, and takes several times as long.
        data, start = self._data, -1
        while (start := data.find(text, start + 1)) >= 0:
            end = start + len(text)
            if text == _SIGN or not ((start and data[start - 1] in _OF_WORDS) or (end < len(data) and data[end] in _OF_WORDS)):
                return True
        return False

    def _decorates(self, names: frozenset[bytes]) -> bool:
        """Whether a name stands behind an `@` in its line; or the line goes on below, and a name stands where the decorator may end."""
        goes_on = False
        name = _whole(names)
        for found in _AT.finditer(self._data):
            line = found[0]
            if b"\\" in line or line[1:].lstrip().startswith(_OPENING) or name.search(line):
                return True
            goes_on = goes_on or sum(map(line.count, _OPENING)) > sum(map(line.count, _CLOSING))
        return goes_on and self._follows_bracket(names)

    def _follows_bracket(self, names: frozenset[bytes]) -> bool:
        """Whether `.name` stands behind a bracket that closes, or at the beginning of a line."""
        for found in re.finditer(rb"\.\s*" + _whole(names).pattern, self._data):
            start = max(found.start() - _LOOK_BACK, 0)
            before = re.split(rb"[\r\n]", self._data[start : found.start()])[-1].rstrip()
            if not before or before.endswith(_CLOSING):
                return True
        return False


@cache
def _whole(texts: frozenset[bytes]) -> re.Pattern[bytes]:
    """One of these words, or signs."""
    return re.compile(rb"(?<![\w\x80-\xff])(?:" + b"|".join(map(re.escape, sorted(texts))) + rb")(?:(?<![\w\x80-\xff])|(?![\w\x80-\xff]))")


@cache
def _mark(names: frozenset[bytes]) -> re.Pattern[bytes]:
    """Written so, perhaps as a member (`@common.Query()`). A bracket or a comment may hide anything."""
    part, hidden = rb"[\w$\x80-\xff]+", rb"/[/*]"
    before = rb"@\s*(?:" + part + rb"[\s?!]*\.\s*)*"
    return re.compile(before + rb"(?:[(\[]|" + hidden + rb"|" + part + rb"\s*(?:\[|" + hidden + rb")|" + _whole(names).pattern + rb")")


@cache
def _member(left: frozenset[bytes], right: frozenset[bytes]) -> re.Pattern[bytes]:
    """Written so, or imported so: `import { readFile } from "fs"` makes `readFile` a member of `fs`. A comment or a cast may hide anything."""
    one, other, hidden = _whole(left).pattern, _whole(right).pattern, rb"/[/*]"
    written = one + rb"[\s)!?]*(?:" + hidden + rb"|as\b|satisfies\b|\.\s*(?:" + hidden + rb"|" + other + rb"))"
    imported = rb"\b(?:from|import|require)[\s(?.!]*(?:" + hidden + rb"|[\"'`][^\"'`\n]*" + one + rb")"
    return re.compile(written + rb"|" + imported)


def need_of(spec: Mapping[str, object], analyzers: Iterable[str]) -> Need:
    """What a file has to hold before a rule can match in it. `spec` is the rule in Semgrep's language, `analyzers` are those that run it."""
    if not _UNDERSTOOD.issuperset(analyzers):
        return ANYTHING
    reading = _Reading(python=_PYTHON.issuperset(analyzers))
    if spec.get("mode", "search") == "search":
        return reading.formula(spec, {})
    if "taint" in spec:
        return ANYTHING
    return _each(reading.either(spec.get(key), {}) for key in ("pattern-sources", "pattern-sinks"))


class _Choice(NamedTuple):
    """What a regular expression demands of a metavariable, the words that it may begin and end with, and whether it is a single one."""

    need: Need
    first: frozenset[bytes]
    last: frozenset[bytes]
    single: bool


_Chosen = dict[str, _Choice]


class _Reading:
    """Reads the operators of one rule."""

    def __init__(self, *, python: bool) -> None:
        self._python = python

    def formula(self, part: object, chosen: _Chosen) -> Need:
        """What all operators of a part need together."""
        if not isinstance(part, dict):
            return ANYTHING
        return _each(self._operator(name, value, chosen) for name, value in part.items())

    def either(self, parts: object, chosen: _Chosen) -> Need:
        """What one of several parts needs."""
        if not isinstance(parts, list):
            return ANYTHING
        needs = tuple(self.formula(part, chosen) for part in parts)
        return ANYTHING if ANYTHING in needs else Either(needs)

    def _operator(self, name: str, value: object, chosen: _Chosen) -> Need:
        match name, value:
            case "pattern" | "pattern-inside", str() as pattern:
                return self._pattern(pattern, chosen)
            case "patterns", list() as parts:
                inner = {**chosen, **dict(_choices(parts))}
                return _each(self.formula(part, inner) for part in parts)
            case "pattern-either", parts:
                return self.either(parts, chosen)
            case _:
                return ANYTHING

    def _pattern(self, pattern: str, chosen: _Chosen) -> Need:
        needs: list[Need] = []
        if _INFERRED.search(pattern):
            return ANYTHING
        for token in _TOKEN.finditer(pattern):
            kind, text = token.lastgroup, token[0]
            if kind == "unsure" or (kind == "line" and text.startswith("#") != self._python):
                return ANYTHING  # a regular expression, a private name: what else is in it is not told
            if kind == "sign" or (kind == "word" and text not in _KEYWORDS):
                needs.append(Word(text.encode()))
            elif kind == "variable" and text in chosen:
                needs.append(chosen[text].need)
        called = [chosen.get(call["name"]) for call in _DECORATED.finditer(pattern)] if self._python else []
        marked = [chosen.get(mark["name"]) for mark in _MARKED.finditer(pattern)] if not self._python else []
        needs.extend(Mark(choice.last) for choice in marked if choice is not None)
        needs.extend(Decorator(choice.first) for choice in called if choice is not None and choice.single)
        pairs = [(chosen.get(pair["left"]), chosen.get(pair["right"])) for pair in _MEMBER.finditer(pattern)] if not self._python else []
        needs.extend(Member(left.last, right.first) for left, right in pairs if left is not None and right is not None)
        return _each(needs)


def _choices(parts: list[object]) -> Iterator[tuple[str, _Choice]]:
    """The metavariables that a regular expression chooses the words of, such as `^(get|post)$`."""
    for part in parts:
        asked = part.get("metavariable-regex") if isinstance(part, dict) else None
        if not isinstance(asked, dict) or asked.keys() != {"metavariable", "regex"}:
            continue
        ways = [re.findall(r"\w+", text) for text in spelled(str(asked["regex"]))]
        if ways and all(ways):
            need = Either(tuple(dict.fromkeys(_each(Word(word.encode()) for word in way) for way in ways)))
            first, last = (frozenset(way[end].encode() for way in ways) for end in (0, -1))
            yield str(asked["metavariable"]), _Choice(need, first, last, single=all(len(way) == 1 for way in ways))


def _each(needs: Iterable[Need]) -> Need:
    kept = tuple(dict.fromkeys(need for need in needs if need != ANYTHING))
    return kept[0] if len(kept) == 1 else Each(kept)
