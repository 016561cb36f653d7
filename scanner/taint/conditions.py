"""Conditions on a call's arguments, judged where constants are known: by the analysis of a file and again by the linker."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from scanner.taint.knowledge import Test

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scanner.taint.ir import Constant
    from scanner.taint.knowledge import Condition


def holds(conditions: Iterable[Condition], constants: Mapping[str, Constant], slots: Iterable[str]) -> bool:
    """Whether all conditions hold for a call with these `constants` by slot, and these `slots` passed in all.

    Under a spread (`*`, `**`) anything may be passed: an argument that is not seen is then not known to be absent.
    """
    passed = frozenset(slots)
    return all(_holds(condition, constants, passed) for condition in conditions)


def _holds(condition: Condition, constants: Mapping[str, Constant], passed: frozenset[str]) -> bool:
    test = condition.test
    slot = next((slot for slot in condition.slots if slot in passed), None)
    if slot is None:
        hidden = any(("*" if name.isdigit() else "**") in passed for name in condition.slots)
        return not hidden and test in {Test.ABSENT, Test.FALSY}
    if slot not in constants:
        return test in {Test.PRESENT, Test.DYNAMIC, Test.NOT}
    value = constants[slot]
    match test:
        case Test.IS:
            return _among(value, condition.values)
        case Test.NOT:
            return not _among(value, condition.values)
        case Test.PRESENT | Test.CONSTANT:
            return True
        case Test.ABSENT | Test.DYNAMIC:
            return False
        case Test.TRUTHY:
            return bool(value)
        case Test.FALSY:
            return not value
        case Test.MATCHES:
            return isinstance(value, str) and any(_pattern(str(pattern)).search(value) for pattern in condition.values)


def _among(value: Constant, values: Iterable[Constant]) -> bool:
    """Equality that tells 1 from True."""
    return any(type(value) is type(other) and value == other for other in values)


@lru_cache(maxsize=512)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
