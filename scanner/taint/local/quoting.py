"""Names that a statement quotes: a quoted name in which each closing quote is doubled is one name, whatever is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint import ir
from scanner.taint.local.values import NOTHING, Value, masked

if TYPE_CHECKING:
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine

# What ends a quoted name, and what begins one. Strings are none of these: a backslash before a doubled quote ends them in some databases.
_OPENING: Final = {'"': '"', "`": "`", "]": "["}
_MOST_STEPS: Final = 4  # assignments looked through


def quoted(it: Machine, before: str, node: ir.Expr, value: Value, env: Env) -> Value:
    """A value behind the text `before`: no more than a name, where that leaves a quote open which the value has doubled throughout."""
    closing = _doubled(it, node, env) if value.labels and any(opening in before for opening in _OPENING.values()) else ""
    if not closing:
        return value
    opening = _OPENING[closing]
    opened = before.count(opening) % 2 == 1 if opening == closing else before.count(opening) > before.count(closing)
    return masked(value, it.context.knowledge.kind_bits.get("sql", 0)) if opened else value


def _doubled(it: Machine, node: ir.Expr, env: Env) -> str:
    """The quote that an expression doubles wherever it stands in a text (`name.replace(/"/g, '""')`); empty where it does not."""
    for _ in range(_MOST_STEPS):
        if not isinstance(node, ir.Name) or node.id not in it.origins:
            break
        node = it.origins[node.id]
    if not isinstance(node, ir.Call) or not isinstance(node.func, ir.Attr) or len(node.args) != 2:  # noqa: PLR2004 -- what, and by what
        return ""
    method = node.func.name
    if method not in {"replace", "replaceAll"}:
        return ""
    searched, written = (it.evaluate(arg.value, env) for arg in node.args)
    if searched.type == "RegExp":
        everywhere = "g" in str(searched.parts.get(".flags", NOTHING).const)
        letter = str(searched.parts.get(".source", NOTHING).const).removeprefix("\\")
    else:
        everywhere = method == "replaceAll" or not it.context.language.keyed
        letter = str(searched.const)
    return letter if everywhere and letter in _OPENING and written.const == letter * 2 else ""
