r"""How a text begins that a regular expression has matched, where the expression leaves its end open.

`/^\/(?![\/\\])/` proves of an address that it stays on the site: a path from the root, and not `//host` or `/\host`, which browsers take for
another host. `/^https:\/\/a\.example\//` proves which host it leads to.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scanner.taint.charset import SINGLE, characters
from scanner.taint.regex import UNREADABLE, parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

_SLASH = ord("/")
_SLASHES = frozenset(map(ord, "/\\"))
_HOST = re.compile(r"[a-z][\w+.-]*://[^/?#\\@]+[/?#]", re.IGNORECASE)


@lru_cache(maxsize=512)
def begins_at_root(pattern: str) -> bool:
    """Whether a text that `pattern` matched is a path from a site's root, with no second slash of either sort behind the first one."""
    items = _behind_start(pattern)
    return len(items) > 1 and _is_slash(items[0]) and _plain(items[1:])


@lru_cache(maxsize=512)
def begins_with_host(pattern: str) -> bool:
    """Whether a text that `pattern` matched names a scheme, one host, and what ends it."""
    written = []
    for op, arg in _behind_start(pattern):
        if str(op) != "LITERAL":
            break
        written.append(chr(arg))
    return _HOST.match("".join(written)) is not None


def _behind_start(pattern: str) -> list[Any]:
    """The parts of an expression behind its `^`; none where it may match anywhere."""
    try:
        tree = parsed(pattern)
    except UNREADABLE:
        return []
    items = list(tree)
    if tree.state.flags & re.MULTILINE or not items or str(items[0][0]) != "AT" or not str(items[0][1]).startswith("AT_BEGINNING"):
        return []
    return items[1:]


def _is_slash(item: Any) -> bool:
    op, arg = item
    return str(op) in SINGLE and characters(str(op), arg) == {_SLASH}


def _plain(items: Sequence[Any], refused: frozenset[int] = frozenset()) -> bool:
    """Whether the next character is no slash of either sort, or there is none; `refused` it is known not to be."""
    if refused >= _SLASHES:
        return True
    if not items:
        return False
    (op, arg), rest = items[0], items[1:]
    match str(op):
        case "AT":
            return str(arg) == "AT_END_STRING"
        case "ASSERT_NOT":
            return _plain(rest, refused | _one_of(list(arg[1])) if arg[0] > 0 else refused)
        case "SUBPATTERN":
            return _plain([*arg[3], *rest], refused)
        case "BRANCH":
            return all(_plain([*branch, *rest], refused) for branch in arg[1])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return (not arg[1] or _plain([*arg[2], *rest], refused)) and (arg[0] > 0 or _plain(rest, refused))
        case name if name in SINGLE:
            return not (characters(name, arg) - refused) & _SLASHES
        case _:
            return False


def _one_of(items: Sequence[Any]) -> frozenset[int]:
    """The characters of which each alone is all that an expression asks for."""
    if len(items) != 1:
        return frozenset()
    op, arg = items[0]
    match str(op):
        case "BRANCH":
            return frozenset().union(*(_one_of(list(branch)) for branch in arg[1]))
        case "SUBPATTERN":
            return _one_of(list(arg[3]))
        case name if name in SINGLE:
            return characters(name, arg)
        case _:
            return frozenset()
