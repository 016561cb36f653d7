"""What a schema says of the record that it is tried on: each field is what the schema of that field makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint.local.context import first
from scanner.taint.local.keyed import matched_kinds
from scanner.taint.local.values import NOTHING, Value, mask_labels, masked, with_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scanner.taint.facts import Path
    from scanner.taint.local.machine import Machine

PATTERN: Final = "RegExp"
"""The type of a regular expression, among the types of schemas."""
_DEEPEST: Final = 3
_MATCHING: Final = frozenset({"regex", "pattern", "matches"})
_ADMITS: Final = "~admits"  # a part of a schema of text: the kinds for which its expressions make the text safe
KEPT_UNDER: Final = {"safeParse": ".data", "safeParseAsync": ".data", "spa": ".data", "validate": ".value"}
"""Where libraries put the record, beside whether it is one."""


def by_schema(it: Machine, method: str, slots: Mapping[str, Value], result: Value) -> Value:
    """The result of a method of a schema whose fields are known; every other result as it is."""
    schema = slots.get("self", NOTHING)
    if not isinstance(schema.type, str) or not schema.parts or not (result.labels or result.parts):
        return result
    fields = _fields(it, schema, method, slots.get("0", NOTHING), _DEEPEST)
    if not fields:
        return result
    record = Value(result.labels, type_=result.type, derived=True, parts={**result.parts, **fields})
    place = KEPT_UNDER.get(method)
    return record if place is None else with_part(record, place, Value(result.labels, derived=True, parts=fields))


def patterned(it: Machine, method: str, slots: Mapping[str, Value], result: Value) -> Value:
    """What a method makes of a schema of text, with what the expressions that the text has to match leave in it."""
    schema = slots.get("self", NOTHING)
    if not isinstance(result.type, str) or result.type != schema.type or "." not in result.type:
        return result
    mask = _admitted(schema)
    also = slots.get("1", NOTHING)
    of_keys = isinstance(also.type, str) and "." in also.type  # what they hold is described as well
    if method in _MATCHING and not of_keys and ".invert" not in also.parts:
        mask |= matched_kinds(it.context, slots.get("0", NOTHING))
    return with_part(result, _ADMITS, Value(const=mask)) if mask else result


def _admitted(schema: Value) -> int:
    """The kinds for which a text is safe that a schema's expressions have matched."""
    held = schema.parts.get(_ADMITS, NOTHING).const
    return held if isinstance(held, int) else 0


def described(schema: Value, depth: int = _DEEPEST) -> Iterator[tuple[Path, str, int]]:
    """The fields of the record that a schema describes, each with the type of its own schema, and what its expressions make it safe for."""
    for component, field in schema.parts.items() if depth else ():
        if component.startswith(".") and isinstance(field.type, str):
            yield (component,), field.type, _admitted(field)
            for path, type_, mask in described(field, depth - 1):
                yield (component, *path), type_, mask


def field_of(method: str, path: Path) -> Path:
    """Which field of a record it is that lies at a path of what a method of its schema returns: the record, or what holds it."""
    return path[1:] if path[:1] == (KEPT_UNDER.get(method),) else path


def _fields(it: Machine, schema: Value, method: str, data: Value, depth: int) -> dict[str, Value]:
    found = {}
    for component, field in schema.parts.items():
        if component.startswith(".") and isinstance(field.type, str):
            value = it.frame.read(data, component)
            tried = _tried(it, field, method, value, depth)
            if tried is not None:
                found[component] = tried
    return found


def _tried(it: Machine, field: Value, method: str, value: Value, depth: int) -> Value | None:
    """What a field's schema makes of a value; None where nothing is known of it."""
    knowledge = it.context.knowledge
    if field.parts and depth > 1:
        inner = _fields(it, field, method, value, depth - 1)
        if inner:
            return Value(value.labels, derived=True, parts=inner)
    rows = first(knowledge.sanitizers, it.context.library.members(str(field.type), method))
    mask = _admitted(field)
    if rows is None and not mask:
        return None
    for row in rows or ():
        if not row.kinds:
            return NOTHING
        for kind in row.kinds:
            mask |= knowledge.kind_bits.get(kind, 0)
    return masked(Value(mask_labels(value.labels, mask), parts=value.parts, derived=True), mask)
