r"""Which characters a text may hold once a constant regular expression has matched it.

`re.fullmatch(r"[a-z0-9_]+", name)` proves that `name` has no quote, no slash and no space. What a pattern admits is computed on the parse tree of
Python's own `re`; languages whose syntax differs translate the little that they need. An anchor counts as Python reads it: `$` also matches before a
final line end, so a pattern closed by `$` admits one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from scanner.taint.regex import UNREADABLE, parsed

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPACE = 128  # characters told apart; all others are one more
_OTHER = _SPACE
_EVERYTHING = frozenset(range(_SPACE + 1))

# What does harm in each kind of sink: characters without which data stays data. A kind that is not named here is never made safe by a character set.
_HARMFUL = {
    "sql": "'\"`;\\()-/*# \t\n=,",
    "command": "|&;<>()$`\\\"' \t\n*?[]#~={}!^%",
    "argument": "-",
    "program": "/\\.",
    "path": "/\\.",
    "path-write": "/\\.",
    "archive": "/\\.",
    "upload-name": "/\\.",
    "html": "<>&\"'`=",
    "template": "{}%#$<>",
    "code": "()[]{};\n\"'=+.",
    "header": "\r\n",
    "log": "\r\n",
    "email-header": "\r\n,;",
    "ldap": "()*\\\0&|=",
    "xpath": "'\"[]()/@=|",
    "redirect": "/\\:@.",
    "url": ":/@.?#\\%",
    "regex": "()*+?[]{}|\\^$",
    "format": "{}%",
    "import": "./",
    "xml": "<>&",
    "nosql": "{}$",
    "query-text": "'\"`;\\(){}[]-/*# \t\n=,$",
}


# Without one of these a program can calculate, and neither name nor reach anything: `1.5`, `(2 + 3) * 4`.
_SPEAKING = frozenset(code for code in range(_SPACE) if chr(code).isalpha() or chr(code) in "_$@#\\'\"`[]{}") | {_OTHER}


class Letters(NamedTuple):
    """The characters (code points below 128; 128 stands for all others) that a matched text may hold. `dot_alone`: `..` cannot occur in it.

    `final_line_end`: a line end may follow at the very end, which harms only where lines are the format.
    """

    admitted: frozenset[int]
    dot_alone: bool
    final_line_end: bool = False

    def harmless_for(self, kind: str) -> bool:
        """Whether none of them does harm in a sink of this kind."""
        harmful = _HARMFUL.get(kind)
        if harmful is None:
            return False
        if self.final_line_end and kind in {"header", "log", "email-header"}:
            return False
        if kind == "code" and not self.admitted & _SPEAKING:
            return True
        if kind.startswith(("path", "archive", "upload")) and self.dot_alone:
            harmful = "/\\"  # a single dot leads nowhere
        return not self.admitted.intersection(map(ord, harmful))


@lru_cache(maxsize=512)
def admitted(pattern: str | bytes, *, full: bool) -> Letters | None:
    r"""What a text holds that `pattern` matched; None when the pattern lets anything stand around its match, or does not parse.

    `full` says that the whole text must match (`re.fullmatch`); otherwise the pattern must close itself with `\\Z` or `$`, and start where
    `re.match` starts it.
    """
    try:
        tree = parsed(pattern)
    except UNREADABLE:
        return None
    items = list(tree)
    closed = full
    final = False
    if not full and items and str(items[-1][0]) == "AT":
        place = str(items[-1][1])
        closed = place in {"AT_END", "AT_END_STRING"}
        final = place == "AT_END"
    if not closed or (tree.state.flags & re.MULTILINE and not full):
        return None
    letters = _letters(items)
    if tree.state.flags & re.IGNORECASE:
        letters |= _both_cases(letters)
        if not tree.state.flags & re.ASCII:
            letters |= {_OTHER}  # the Kelvin sign is a k, the long s an s
    return Letters(letters, ord(".") not in letters or not _may_double_dot(items), final)


@lru_cache(maxsize=512)
def refused(pattern: str | bytes) -> Letters | None:
    """What a text holds in which `pattern`, one set of characters, was searched for and not found; None for every other pattern."""
    try:
        tree = parsed(pattern)
    except UNREADABLE:
        return None
    items = list(tree)
    if len(items) == 1 and str(items[0][0]) in {"MAX_REPEAT", "MIN_REPEAT"} and items[0][1][0] <= 1 < items[0][1][1] and items[0][1][0]:
        items = list(items[0][1][2])
    if len(items) != 1 or str(items[0][0]) not in {"IN", "LITERAL", "NOT_LITERAL", "CATEGORY"} or tree.state.flags & re.IGNORECASE:
        return None
    op, arg = str(items[0][0]), items[0][1]
    found = _of(op, arg)
    # Of the characters beyond ASCII only a negated set of ASCII ones is sure to find every single one.
    every_other = op == "NOT_LITERAL" or (op == "IN" and str(arg[0][0]) == "NEGATE" and _OTHER not in _letters(arg[1:]))
    letters = _EVERYTHING - found if every_other else (_EVERYTHING - found) | {_OTHER}
    return Letters(letters, ord(".") not in letters)


@lru_cache(maxsize=512)
def finds_ways_up(pattern: str) -> bool:
    """Whether a search for a pattern finds `..` wherever it leads out of a directory.

    Those are two dots, with nothing around them but slashes, and at the beginning of a text without one before them.
    """
    try:
        items = list(parsed(pattern))
    except UNREADABLE:
        return False
    dots = [number for number, (op, arg) in enumerate(items) if ord(".") in _of(str(op), arg)]
    if not dots or not all(_is_dot(*items[number]) for number in dots) or dots[-1] - dots[0] != len(dots) - 1:
        return False
    count = sum(arg[0] if str(op).endswith("REPEAT") else 1 for op, arg in (items[number] for number in dots))
    before, after = items[: dots[0]], items[dots[-1] + 1 :]
    found = 1 <= count <= _TWO_DOTS and len(dots) <= _TWO_DOTS
    return found and all(_letters([item]) <= _SLASHES for item in (*before, *after)) and _optional(before)


_SLASHES = frozenset(map(ord, "/\\"))
_TWO_DOTS = 2


def _is_dot(op: object, arg: Any) -> bool:
    if str(op).endswith("REPEAT"):
        return len(arg[2]) == 1 and _is_dot(*arg[2][0])
    return str(op) == "LITERAL" and arg == ord(".")


def _optional(items: Iterable[Any]) -> bool:
    """Whether a stretch matches at the beginning of a text and behind a slash: it may be nothing, or is the one or the other."""
    return all(
        (str(op).endswith("REPEAT") and arg[0] == 0)
        or (str(op) == "SUBPATTERN" and _optional(arg[3]))
        or (str(op) == "BRANCH" and any(map(_starts, arg[1])) and any(map(_letters, arg[1])))
        for op, arg in items
    )


def _starts(branch: Iterable[Any]) -> bool:
    return all(str(op) == "AT" for op, _ in branch)


SINGLE = frozenset({"LITERAL", "NOT_LITERAL", "ANY", "RANGE", "IN", "CATEGORY"})
"""The parser's operators that read one character."""


def characters(op: str, arg: Any, *, folded: bool = False) -> frozenset[int]:
    """What one of these operators reads; `folded`: whatever the case."""
    found = _of(op, arg)
    return found | _both_cases(found) if folded else found


def _letters(items: Iterable[Any]) -> frozenset[int]:
    found: frozenset[int] = frozenset()
    for op, arg in items:
        found |= _of(str(op), arg)
    return found


def _of(op: str, arg: Any) -> frozenset[int]:  # noqa: PLR0912, C901 -- one case an operator of the parser
    match op:
        case "LITERAL":
            return frozenset({min(arg, _OTHER)})
        case "NOT_LITERAL":
            return _EVERYTHING - {arg}
        case "ANY":
            return _EVERYTHING
        case "RANGE":
            return frozenset(range(min(arg[0], _OTHER), min(arg[1], _OTHER) + 1))
        case "CATEGORY":
            return _category(str(arg))
        case "IN":
            return _set(arg)
        case "BRANCH":
            return frozenset().union(*(_letters(branch) for branch in arg[1]))
        case "SUBPATTERN":
            return _letters(arg[3])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _letters(arg[2]) if arg[1] else frozenset()
        case "ATOMIC_GROUP":
            return _letters(arg)
        case "AT" | "ASSERT" | "ASSERT_NOT" | "GROUPREF" | "FAILURE":
            return frozenset()
        case "GROUPREF_EXISTS":
            return _letters(arg[1]) | (_letters(arg[2]) if arg[2] else frozenset())
        case _:
            return _EVERYTHING


def _set(items: list[Any]) -> frozenset[int]:
    negated = bool(items) and str(items[0][0]) == "NEGATE"
    found = _letters(items[1:] if negated else items)
    if not negated:
        return found
    # A negated set of foreign characters still admits others of them.
    return _EVERYTHING - (found - {_OTHER})


def _category(name: str) -> frozenset[int]:
    word = frozenset(code for code in range(_SPACE) if chr(code).isalnum() or chr(code) == "_") | {_OTHER}
    digit = frozenset(range(ord("0"), ord("9") + 1)) | {_OTHER}
    space = frozenset(code for code in range(_SPACE) if chr(code).isspace()) | {_OTHER}
    sets = {"WORD": word, "DIGIT": digit, "SPACE": space}
    for key, members in sets.items():
        if name.endswith(f"NOT_{key}"):
            return (_EVERYTHING - members) | {_OTHER}
        if name.endswith(key):
            return members
    return _EVERYTHING


def _both_cases(letters: frozenset[int]) -> frozenset[int]:
    plain = [chr(code) for code in letters if code < _SPACE]
    return frozenset(ord(char.swapcase()) for char in plain if char.isalpha())


def _may_double_dot(items: list[Any]) -> bool:
    """Whether two dots may stand side by side: unless every dot is a literal one outside repeats, with something that is no dot between."""
    dotted = [index for index, (op, arg) in enumerate(items) if ord(".") in _of(str(op), arg)]
    if any(str(items[index][0]) != "LITERAL" for index in dotted):
        return True
    return any(_only_optional(items[one + 1 : other]) for one, other in pairwise(dotted))


def _only_optional(items: list[Any]) -> bool:
    """Whether a stretch may match nothing."""
    return all((str(op).endswith("REPEAT") and arg[0] == 0) or str(op) == "AT" for op, arg in items)
