"""Records made from others: a named tuple or a data class with some of its fields replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.local.values import NOTHING, Value, join_labels, with_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.local.called import Target

_MAKERS = frozenset({"dataclasses.replace", "copy.replace", "attr.evolve", "attrs.evolve"})


def replaced(node: ir.Call, target: Target, slots: Mapping[str, Value], *, modelled: bool) -> Value | None:
    """`record._replace(field=value)` or `dataclasses.replace(record, field=value)`; None for another call. Models may know better (`modelled`)."""
    if not _MAKERS.isdisjoint(target.names):
        record = slots.get("0", NOTHING)
    elif isinstance(node.func, ir.Attr) and node.func.name == "_replace" and target.receiver is not None and "0" not in slots and not modelled:
        record = target.receiver
    else:
        return None
    spread = slots.get("**", NOTHING)
    changed = Value(join_labels(record.labels, spread.labels), type_=record.type, parts={**record.parts, **_fields(spread)}, derived=record.derived)
    for slot, value in slots.items():
        if slot.isidentifier() and slot != "self":
            changed = with_part(changed, f".{slot}", value)
    return changed


def _fields(spread: Value) -> Mapping[str, Value]:
    """The fields that a dictionary of keywords sets, by their components."""
    return {f".{key[1:-1]}" if key.startswith("[") else key: value for key, value in spread.parts.items()}
