"""What the arguments of text and list methods say of their results: letters taken out, elements asked for, functions applied to each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint import ir
from scanner.taint.charset import refused
from scanner.taint.kinds import DOTLESS, KEY, PATHS, mask_of
from scanner.taint.local.jsonschema import SCHEMA, VALIDATOR
from scanner.taint.local.schemas import by_schema, patterned
from scanner.taint.local.values import NOTHING, Value, mask_labels, masked, with_part
from scanner.taint.patterns import python_pattern
from scanner.taint.refs import NameRef

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.local.machine import Machine

_PARTS: Final = frozenset({"split", "match", "matchAll", "slice", "substring", "substr"})
_DECODERS: Final = frozenset({"builtins.decodeURIComponent", "builtins.decodeURI", "builtins.unescape", "querystring.unescape"})
_ENCODED: Final = ("html", "html-attr-url", "dom-url", "xml", "header", "log", "email-header", "url", "redirect", *PATHS, "template")
"""What percent-encoding makes safe, and nothing but that."""


def shaped(it: Machine, node: ir.Call, name: str, slots: Mapping[str, Value], result: Value) -> Value:
    """The result of a call that the models know, with what its arguments add to that."""
    method = node.func.name if isinstance(node.func, ir.Attr) else ""
    if method in {"replace", "replaceAll"}:
        return _removed(it, slots, result)
    if method == "split" and slots.get("0", NOTHING).const == ".":
        result = masked(result, it.context.knowledge.kind_bits.get(DOTLESS, 0))
    elif method == "join":
        return _without(result, it.context.knowledge.kind_bits.get(DOTLESS, 0))  # what stands between the pieces may be a dot
    elif name in _DECODERS:
        return _without(result, mask_of(_ENCODED, it.context.knowledge.kind_bits))
    if method in _PARTS and result.labels:
        return _without(result, it.context.knowledge.kind_bits.get(KEY, 0))  # what was proven of a whole text as a key says nothing of its parts
    if method == "compile" and "0" in slots and result.type == VALIDATOR:
        return with_part(result, SCHEMA, slots["0"])
    if method == "map" or name == "builtins.Array.from":
        return _applied(it, slots.get("1" if name == "builtins.Array.from" else "0", NOTHING), slots.get("self", slots.get("0", NOTHING)), result)
    return by_schema(it, method, slots, patterned(it, method, slots, result)) if method else result


def _removed(it: Machine, slots: Mapping[str, Value], result: Value) -> Value:
    """`text.replace(/[^a-z]/g, "")`: none of the letters is left that the expression finds."""
    pattern, replacement = slots.get("0", NOTHING), slots.get("1", NOTHING)
    if pattern.type != "RegExp" or not isinstance(replacement.const, str):
        return result
    written, flags = pattern.parts.get(".source", NOTHING).const, pattern.parts.get(".flags", NOTHING).const
    translated = python_pattern(written, flags.replace("g", "")) if isinstance(written, str) and isinstance(flags, str) and "g" in flags else None
    letters = refused(translated.removeprefix("(?i)")) if translated is not None else None
    if letters is None:
        return result
    left = letters._replace(admitted=letters.admitted | {min(ord(letter), 128) for letter in replacement.const})
    mask = 0
    for kind, bit in it.context.knowledge.kind_bits.items():
        if not kind.startswith("~") and left.harmless_for(kind):
            mask |= bit
    return masked(result, mask) if mask else result


def _without(result: Value, mask: int) -> Value:
    """The result, of which what was safe for some kinds is so no more: what was done for them is undone."""
    labels = {key: taint._replace(mask=taint.mask & ~mask) for key, taint in result.labels.items()}
    return Value(labels, const=result.const, type_=result.type, ref=result.ref, parts=result.parts, derived=result.derived)


def _applied(it: Machine, function: Value, source: Value, result: Value) -> Value:
    """`list.map(escape)` with a function of a library: each element is what that makes of it."""
    if not isinstance(function.ref, NameRef):
        return result
    rows = it.context.knowledge.sanitizers.get(function.ref.name)
    if not rows:
        return result
    mask = 0
    for row in rows:
        if not row.kinds:
            return Value(type_="list", parts={"*": NOTHING})
        for kind in row.kinds:
            mask |= it.context.knowledge.kind_bits.get(kind, 0)
    item = it.element(source)
    return Value(type_="list", parts={"*": Value(mask_labels(item.labels, mask), derived=True)})
