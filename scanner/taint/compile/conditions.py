"""Conditions on arguments as rule files write them: `{arg: [shell], is: [true]}`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.rulepack.schema import show
from scanner.taint.knowledge import Condition, Test

if TYPE_CHECKING:
    from scanner.taint.compile.fields import Reader, Where
    from scanner.taint.ir import Constant

_TESTS: Final = tuple(test.value for test in Test)
_WITH_VALUES: Final = frozenset({Test.IS, Test.NOT, Test.MATCHES, Test.BEGINS})


def conditions(reader: Reader, value: object, where: Where) -> tuple[Condition, ...]:
    """All conditions of a list; one that makes no sense is said to be wrong and left out."""
    found = [_condition(reader, item, (*where, index)) for index, item in enumerate(value if isinstance(value, list) else ())]
    return tuple(condition for condition in found if condition is not None)


def _condition(reader: Reader, value: object, where: Where) -> Condition | None:
    if not isinstance(value, dict):
        return None
    written = value.get("arg")
    slots = reader.parts(written if isinstance(written, list) else [written], (*where, "arg"))
    tests = [name for name in _TESTS if name in value]
    if len(tests) != 1:
        reader.wrong(f"expected exactly one of {', '.join(_TESTS)}, found {' and '.join(tests) or 'none'}", *where)
        return None
    test = Test(tests[0])
    place = (*where, test.value)
    if test not in _WITH_VALUES:
        if value[test] is not True:
            reader.wrong(f"expected true, found {show(value[test])}; {test} is either asked for or left out", *place)
        return Condition(slots, test)
    values = _values(value[test])
    if not values:
        reader.wrong("expected at least one value", *place)
    if test is Test.MATCHES:
        for pattern in values:
            reader.pattern(pattern, place)
    return Condition(slots, test, values)


def _values(value: object) -> tuple[Constant, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(item for item in items if item is None or isinstance(item, str | int | float))
