"""What a call's text says about its receiver: whoever executes a statement in SQL is a database, whatever the program calls it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.facts import STATEMENT
from scanner.taint.local.arguments import slot_node
from scanner.taint.refs import MethodRef

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine
    from scanner.taint.local.values import Value
    from scanner.taint.refs import CalleeRef

_MOST_STEPS = 8
_KEEPING = frozenset({"format", "strip", "lstrip", "rstrip", "replace"})  # methods whose result begins as their receiver does
_STATEMENT = re.compile(
    r"\s*(?:select\s|insert\s+(?:or\s+\w+\s+)?into\s|update\s|delete\s+from\s|replace\s+into\s"
    r"|(?:create|drop|alter|truncate)\s+(?:table|view|index|user|database|schema|role)\s|with\s+\w+\s+as\s|grant\s|revoke\s|pragma\s)",
    re.IGNORECASE,
)


def executed(it: Machine, node: ir.Call, ref: CalleeRef, slots: Mapping[str, Value], env: Env) -> tuple[CalleeRef, tuple[str, ...]]:
    """The callee, taken for a database's where its first argument is a statement; and what to note of that argument."""
    if not isinstance(ref, MethodRef) or ref.name not in it.context.knowledge.hinted_sinks:
        return ref, ()
    rows = [row for row in it.context.knowledge.hinted_sinks[ref.name] if row.kind == "sql"]
    text = slots.get("0")
    if not rows or text is None or not (text.labels or text.parts):
        return ref, ()
    expression = slot_node(node, "0")
    if expression is None or not _STATEMENT.match(_opening(it, expression, env)):
        return ref, ()
    hints = [hint for row in rows for hint in row.hints]
    if not any(ref.hint == hint or ref.hint.endswith(f"_{hint}") for hint in hints):
        ref = MethodRef(ref.type, ref.name, hints[0])
    return ref, (f"0:{STATEMENT}",)


def _opening(it: Machine, node: ir.Expr, env: Env) -> str:
    """The constant text that a text begins with, followed through variables."""
    for _ in range(_MOST_STEPS):
        match node:
            case ir.Const(value=str(text)):
                return text
            case ir.Binary(op="+" | "%", left=left):
                node = left
            case ir.Format(parts=parts) if parts:
                node = parts[0]
            case ir.Call(func=ir.Attr(base=base, name=name)) if name in _KEEPING:
                node = base
            case ir.Name(id=name):
                known = it.evaluate(node, env).const
                if isinstance(known, str):
                    return known
                if name not in it.origins:
                    return ""
                node = it.origins[name]
            case _:
                return ""
    return ""
