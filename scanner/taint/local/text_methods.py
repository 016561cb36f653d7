"""Methods of text: what is taken apart, filled in, or folded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.kinds import DOTLESS, PATHS, mask_of
from scanner.taint.local.pieces import GAP, behind, below, pinned, spelled
from scanner.taint.local.values import NOTHING, Value, flatten, masked, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.ir import Constant
    from scanner.taint.local.called import Target
    from scanner.taint.local.machine import Machine
    from scanner.taint.refs import CalleeRef

TEXT_CALLS = frozenset({"str.split", "str.rsplit", "str.partition", "str.rpartition", "str.format", "os.path.split", "os.path.splitext"})


def taken_apart(it: Machine, name: str, slots: dict[str, Value], constants: Mapping[str, Constant | CalleeRef]) -> Value | None:
    """Text taken apart at a dot or a slash, whose pieces hold none; in a template with a fixed beginning, what it is filled with is behind that."""
    subject = slots.get("self", NOTHING)
    if name == "str.format":
        if isinstance(subject.const, str):
            _fill(it, subject.const, slots)
        return None
    if name.startswith("os.path."):
        return _split_path(it, name, slots.get("0", slots.get("p", NOTHING)))
    separator = constants.get("0", constants.get("sep"))
    if separator not in {".", "/"} or not flatten(subject):
        return None
    bits = it.context.knowledge.kind_bits
    mask = bits.get(DOTLESS, 0) if separator == "." else mask_of(PATHS, bits)
    whole = text(subject)
    piece = masked(whole, mask)
    if name == "str.rpartition":
        return Value(type_="tuple", parts={"[0]": whole, "[1]": NOTHING, "[2]": piece})
    if name == "str.partition":
        return Value(type_="tuple", parts={"[0]": piece if separator == "." else whole, "[1]": NOTHING, "[2]": whole})
    once = constants.get("1", constants.get("maxsplit")) == 1
    if once:
        return Value(type_="list", parts={"[0]": whole, "[1]": piece} if name == "str.rsplit" else {"[0]": whole, "[1]": whole})
    return Value(type_="list", parts={"*": piece}) if separator == "." else None


def _split_path(it: Machine, name: str, path: Value) -> Value | None:
    """A path taken apart: no separator is left in its last part, nor in its ending. Which ending a file has stays the sender's to say."""
    if not flatten(path):
        return None
    kept = it.context.knowledge.kind_bits.get("upload-name", 0) if name == "os.path.splitext" else 0
    whole = text(path)
    return Value(type_="tuple", parts={"[0]": whole, "[1]": masked(whole, mask_of(PATHS, it.context.knowledge.kind_bits) & ~kept)})


def _fill(it: Machine, template: str, slots: dict[str, Value]) -> None:
    """What a template is filled with, each behind the text that stands before its place."""
    counted = 0
    for place in _PLACE.finditer(template):
        slot = place[1]
        if not slot:
            slot = str(counted)
            counted += 1
        before = _PLACE.sub(GAP, template[: place.start()])
        if slot not in slots or not (slots[slot].labels or slots[slot].parts):
            continue
        if place[2]:
            slots[slot] = spelled(it, slots[slot])
        if before:
            slots[slot] = below(it, behind(it, pinned(it, before, slots[slot])))


_PLACE = re.compile(r"\{(\w*)[^{}!]*(![ra])?[^{}]*\}")


_FOLDED = frozenset({"lower", "upper", "strip", "lstrip", "rstrip", "title", "capitalize"})


def folded_method(node: ir.Call, target: Target, slots: Mapping[str, Value]) -> Value | None:
    """String methods of constants that keep them constants."""
    receiver = target.receiver
    if receiver is None or not isinstance(receiver.const, str) or not isinstance(node.func, ir.Attr) or len(slots) != 1:
        return None
    if node.func.name not in _FOLDED:
        return None
    folded: str = getattr(receiver.const, node.func.name)()
    return Value(const=folded, type_="str")
