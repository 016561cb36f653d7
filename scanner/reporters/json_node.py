"""Foreign JSON, read with care: every value knows where it stands, and says so when it is not what was expected."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from scanner.core.errors import UsageError
from scanner.reporters.neutral import neutral

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

MESSAGE_LENGTH = 400  # characters; the rest of a hostile key helps nobody


_FINGERPRINT = re.compile(r"[0-9a-f]{32}")


class _RepeatedKeyError(ValueError):
    """An object names a key twice: two readers could understand two things."""


@dataclass(frozen=True, slots=True)
class Node:
    """One value and its place in the document (`findings[3].start`)."""

    value: Any
    where: str = ""

    def fail(self, problem: str, cause: Exception | None = None) -> NoReturn:
        """Raises the UsageError that says what is wrong with this value; keys and values in it are foreign text."""
        message = neutral(f"not a Casemate report: {self.where or 'the document'}: {problem}")
        raise UsageError(message[:MESSAGE_LENGTH], "write one with `casemate scan -o report.json`") from cause

    def at(self, key: str) -> Node:
        """The member `key` of an object."""
        where = f"{self.where}.{key}" if self.where else key
        members = self.members()
        if key not in members:
            Node(None, where).fail("it is missing")
        return Node(members[key], where)

    def members(self) -> dict[str, Any]:
        """The members of an object."""
        if type(self.value) is not dict:
            self.fail("expected an object")
        return self.value

    def items(self) -> list[Node]:
        """The items of a list."""
        if type(self.value) is not list:
            self.fail("expected a list")
        return [Node(item, f"{self.where}[{index}]") for index, item in enumerate(self.value)]

    def text(self) -> str:
        """A string."""
        if type(self.value) is not str:
            self.fail("expected a text")
        if any("\ud800" <= char <= "\udfff" for char in self.value):
            self.fail("expected a text without lone surrogates")
        return self.value

    def fingerprint(self) -> str:
        """A fingerprint: 32 hexadecimal digits. Nothing else may stand where others look for one."""
        if not _FINGERPRINT.fullmatch(self.text()):
            self.fail("expected 32 hexadecimal digits")
        return self.text()

    def texts(self) -> tuple[str, ...]:
        """A list of strings."""
        return tuple(item.text() for item in self.items())

    def number(self) -> int:
        """A whole number."""
        if type(self.value) is not int:
            self.fail("expected a whole number")
        return self.value

    def flag(self) -> bool:
        """True or false."""
        if type(self.value) is not bool:
            self.fail("expected true or false")
        return self.value

    def choice(self, choices: Mapping[str, T]) -> T:
        """What a string stands for, one of several."""
        name = self.text()
        if name not in choices:
            self.fail(f"expected one of {', '.join(choices)}")
        return choices[name]

    def optional(self, read: Callable[[Node], T]) -> T | None:
        """Nothing for null, otherwise what `read` makes of the value."""
        return None if self.value is None else read(self)


def parse(text: str) -> Node:
    """The document in a text. Raises UsageError where it is not JSON, or JSON that readers could understand in two ways."""
    try:
        return Node(json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant))
    except RecursionError:
        Node(None).fail("it is nested too deeply")
    except ValueError as error:
        Node(None).fail(f"it is not JSON ({error})", error)


def difference(found: Any, expected: Any, where: str = "") -> Node | None:
    """The first place at which two JSON values differ, with what was found there; None when they are the same, types included."""
    if type(found) is dict and type(expected) is dict:
        if found.keys() != expected.keys():
            odd = min(found.keys() ^ expected.keys())
            return Node(found.get(odd), f"{where}.{odd}" if where else odd)
        pairs = [(f"{where}.{key}" if where else key, found[key], expected[key]) for key in expected]
    elif type(found) is list and type(expected) is list and len(found) == len(expected):
        pairs = [(f"{where}[{index}]", one, other) for index, (one, other) in enumerate(zip(found, expected, strict=True))]
    else:
        return None if type(found) is type(expected) and found == expected else Node(found, where)
    return next(filter(None, (difference(one, other, place) for place, one, other in pairs)), None)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        msg = "an object names a key twice"
        raise _RepeatedKeyError(msg)
    return members


def _no_constant(name: str) -> None:
    msg = f"{name} is no JSON value"
    raise ValueError(msg)
