"""Conditions on a call's arguments, judged where constants are known: by the analysis of a file and again by the linker."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from scanner.taint.knowledge import Test
from scanner.taint.redos import explodes, slow
from scanner.taint.refs import NameRef, ParamRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scanner.taint.facts import CallSite
    from scanner.taint.ir import Constant
    from scanner.taint.knowledge import Condition
    from scanner.taint.refs import CalleeRef


UNKNOWN: Final = ParamRef(-1, ())  # stands for an argument of which nothing is known
TEXT: Final = ParamRef(-2, ())  # stands for an argument that surely is text


def holds(conditions: Sequence[Condition], known: Mapping[str, Constant | CalleeRef], slots: Iterable[str]) -> bool:
    """Whether all conditions hold for a call with these `known` arguments by slot, and these `slots` passed in all.

    An argument is known as a constant, or as what it refers to: `yaml.Loader` and `ssl.CERT_NONE` are equal to their dotted names and to nothing
    else, and neither true nor false. A part of an argument has a slot of its own: `options:[verify]`. Under a spread (`*`, `**`) anything may be
    passed: an argument that is not seen is then not known to be absent.
    """
    if not conditions:
        return True
    passed = frozenset(slots).union(known)
    return all(_holds(condition, known, passed) for condition in conditions)


def known_arguments(site: CallSite) -> dict[str, Constant | CalleeRef]:
    """What is known of a call's arguments."""
    texts = [slot for slot, type_ in site.types if type_ == "str"]
    return {**dict.fromkeys(site.parts, UNKNOWN), **dict.fromkeys(texts, TEXT), **dict(site.functions), **dict(site.constants)}


def _holds(condition: Condition, known: Mapping[str, Constant | CalleeRef], passed: frozenset[str]) -> bool:
    test = condition.test
    slot = next((slot for slot in condition.slots if slot in passed), None)
    if slot is None:
        hidden = any(_may_be_passed(name, passed) for name in condition.slots)
        return not hidden and test in {Test.ABSENT, Test.FALSY}
    value = known.get(slot, UNKNOWN)
    if not isinstance(value, str | bytes | int | float | None):
        named = isinstance(value, NameRef) and value.name in condition.values
        if test is Test.TEXT:
            return value == TEXT
        return test in {Test.PRESENT, Test.DYNAMIC} or (test is Test.IS and named) or (test is Test.NOT and not named)
    return _holds_of(test, value, condition.values)


def _holds_of(test: Test, value: Constant, values: tuple[Constant, ...]) -> bool:  # noqa: C901 -- one case a test
    match test:
        case Test.IS:
            return _among(value, values)
        case Test.NOT:
            return not _among(value, values)
        case Test.PRESENT | Test.CONSTANT:
            return True
        case Test.ABSENT | Test.DYNAMIC:
            return False
        case Test.TEXT:
            return isinstance(value, str)
        case Test.TRUTHY:
            return bool(value)
        case Test.FALSY:
            return not value
        case Test.MATCHES:
            return isinstance(value, str) and any(_pattern(str(pattern)).search(value) for pattern in values)
        case Test.BACKTRACKS:
            return isinstance(value, str | bytes) and explodes(value)
        case Test.SLOW:
            return isinstance(value, str | bytes) and slow(value)
        case Test.QUADRATIC:
            return isinstance(value, str | bytes) and slow(value) and not explodes(value)
        case Test.BEGINS:
            return isinstance(value, str) and value.startswith(tuple(map(str, values)))


def _may_be_passed(slot: str, passed: frozenset[str]) -> bool:
    """Whether an argument that is not seen may be there all the same: in a spread, or in a container that is not seen through."""
    outer, colon, inside = slot.partition(":")
    if colon and outer in passed:
        mark = ":"
        for step in inside.split("/"):
            if f"{outer}{mark}*" in passed or not any(name.startswith(f"{outer}{mark}") for name in passed):
                return True
            outer, mark = f"{outer}{mark}{step}", "/"
            if outer not in passed:
                break
        return False
    return ("*" if outer.isdigit() else "**") in passed


def _among(value: Constant, values: Iterable[Constant]) -> bool:
    """Equality that tells 1 from True."""
    return any(type(value) is type(other) and value == other for other in values)


@lru_cache(maxsize=512)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def named_for(pattern: str, *names: str) -> bool:
    """Whether one of the names around a call (the function and its classes, the variable it is assigned to) says what a rule asks for."""
    found = _pattern(pattern)
    return any(found.search(part) for name in names for part in name.split("."))
