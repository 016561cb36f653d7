"""Text made of pieces: what stands before a value decides what the value can still do there."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.kinds import BELOW, DOTLESS, KEY, PATHS, mask_of
from scanner.taint.local.quoting import quoted
from scanner.taint.local.values import NOTHING, UNKNOWN, Value, mask_labels, masked, text

if TYPE_CHECKING:
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine

MAX_TEXT = 4_096  # characters of a folded constant; a longer one is not tracked


def formatted(it: Machine, node: ir.Format, env: Env) -> Value:
    """Text made of parts."""
    values = [it.evaluate(part, env) for part in node.parts]
    if all(value.known for value in values):
        whole = "".join(str(value.const) for value in values)
        if len(whole) <= MAX_TEXT:
            return Value(const=whole, type_="str")
    pieces, before = values[:1], ""
    for part, (value, following) in zip(node.parts[1:], pairwise(values), strict=True):
        before += str(value.const) if value.known else GAP
        pieces.append(below(it, behind(it, quoted(it, before, part, pinned(it, before, following), env))))
    whole_text = text(*pieces)
    return plain_text(it, whole_text, values[0], values[-1]) if it.context.language.keyed else whole_text


GAP = "\0"
"""In the text that stands before a value: a piece that is not known."""
_MOST_PIECES = 12  # of a text, looked at for what stands before a value


def before(it: Machine, node: ir.Expr, value: Value, env: Env) -> str:
    """The text that an expression makes, as far as it is constant; it stands before what is added to it."""
    if value.known:
        return str(value.const)
    pieces: list[str] = []
    waiting = [node]
    while waiting and len(pieces) + len(waiting) <= _MOST_PIECES:  # what waits is a piece at least: a long sum is not gone down to its end
        piece = waiting.pop()
        match piece:
            case ir.Const(value=held):
                pieces.append(str(held))
            case ir.Binary(op="+", left=left, right=right):
                waiting.extend((right, left))
            case ir.Format(parts=parts):
                waiting.extend(reversed(parts))
            case ir.Name(id=name) if (known := it.evaluate(piece, env)).known or name not in it.origins:
                pieces.append(str(known.const) if known.known else GAP)
            case ir.Name(id=name) if isinstance(origin := it.origins[name], ir.Binary | ir.Format):
                waiting.append(origin)
            case _:
                pieces.append(GAP)
    return "".join(pieces) if not waiting else GAP


def filled(it: Machine, template: str, value: Value) -> Value:
    """What is put into a template by `%`, each piece behind the text that stands before its place."""
    if _only_numbers(template):
        return NOTHING  # anything else is an error
    if value.type == "dict":
        numbers = _numbers_by_name(template)
        return Value(value.labels, type_="dict", parts={key: part for key, part in value.parts.items() if key not in numbers}, derived=value.derived)
    places = list(_CONVERSION.finditer(template.replace("%%", "  ")))
    if not places:
        return value
    if value.type != "tuple":
        return _put(it, template[: places[0].start()], spelled(it, value) if places[0][0].endswith(_SPELLED) or value.parts else value)
    parts = {}
    for key, part in value.parts.items():
        position = int(key[1:-1]) if key[1:-1].isdigit() else len(places)
        if position < len(places):
            kind = places[position][0]
            spelt = spelled(it, part) if kind.endswith(_SPELLED) else NOTHING if kind.endswith(_NUMBERS) and "*" not in template else part
            parts[key] = _put(it, _CONVERSION.sub(GAP, template[: places[position].start()]), spelt)
        else:
            parts[key] = part
    return Value(value.labels, type_=value.type, parts=parts, derived=value.derived)


def _only_numbers(template: str) -> bool:
    """Whether everything that is put into a template becomes a number."""
    found = [place[2] for place in _PLACE.finditer(template) if place[0] != "%%"]
    return bool(found) and all(kind in _NUMBERS for kind in found)


def _numbers_by_name(template: str) -> set[str]:
    """The keys of what a template takes by name and makes a number each time."""
    places = [(f"[{place[1]}]", place[2] in _NUMBERS) for place in _PLACE.finditer(template) if place[0] != "%%"]
    return {key for key, number in places if number} - {key for key, number in places if not number}


_CONVERSION = re.compile(r"%[-#0 +]*[\d*]*(?:\.\d+)?[sdrifxaueEFgGoX]")
_PLACE = re.compile(r"%(?:%|(?:\(([^()]*)\))?[-#0 +]*[\d*]*(?:\.[\d*]+)?[hlL]?(.?))", re.DOTALL)
_SPELLED = ("r", "a")
_NUMBERS = tuple("diouxXeEfFgG")


def spelled(it: Machine, value: Value) -> Value:
    """The value as a literal of the language (`repr`): line ends are spelled out in it."""
    bits = it.context.knowledge.kind_bits
    return masked(value, bits.get("log", 0) | bits.get("header", 0) | bits.get("email-header", 0)) if value.labels or value.parts else value


def _put(it: Machine, before: str, value: Value) -> Value:
    return pinned(it, before, behind(it, value) if before else value)


def behind(it: Machine, value: Value) -> Value:
    """The value behind other text in one name: without a dot it can go nowhere from there. What the name ends in, it may still be."""
    bits = it.context.knowledge.kind_bits
    dotless = bits.get(DOTLESS, 0)
    if not any(taint.mask & dotless for taint in value.labels.values()):
        return value
    paths = mask_of(PATHS - {"upload-name"}, bits)
    labels = {key: taint._replace(mask=taint.mask | paths) if taint.mask & dotless else taint for key, taint in value.labels.items()}
    return Value(labels, type_=value.type, parts=value.parts, derived=value.derived)


def plain_text(it: Machine, value: Value, first: Value, last: Value) -> Value:
    """A value that is text and no object, with its first and its last piece: there are no operators and no keys in it."""
    if not value.labels:
        return value
    return Value(mask_labels(value.labels, it.context.objects_only | _named_apart(it, first, last)), type_=value.type, derived=True)


def _named_apart(it: Machine, first: Value, last: Value) -> int:
    """What text is safe for by its first and its last piece: a key that begins or ends as nothing that all objects share leads to none of it."""
    if first.const is UNKNOWN and last.const is UNKNOWN:
        return 0
    start, end = (str(piece.const) if isinstance(piece.const, str | int) else "" for piece in (first, last))
    near = any(name.startswith(start) and name.endswith(end) for name in _SHARED)
    return 0 if near else it.context.knowledge.kind_bits.get(KEY, 0)


_SHARED = ("__proto__", "constructor", "prototype")


def pinned(it: Machine, before: str, value: Value) -> Value:
    """The value as part of an address, behind a text: where that has named the host already, or begins at this very site, the value cannot."""
    if not value.labels and not value.parts:
        return value
    if _MEMBER_PREFIX.match(before):
        value = masked(value, it.context.knowledge.kind_bits.get("attribute", 0))  # `do_` and a name: a table of what is meant to be called
    if not _OWN_SITE.match(before) and not _HOST_NAMED.search(_SCHEME.sub("", before, count=1)):
        return value
    bits = it.context.knowledge.kind_bits
    mask = mask_of(("redirect", "dom-url", "html-attr-url", "url"), bits)
    return masked(value, mask)


_MEMBER_PREFIX = re.compile(r"[A-Za-z]\w*\Z|_[A-Za-z]\w*\Z")
_OWN_SITE = re.compile(r"/(?![/\\])[^/\\\0]|[?#]")
_SCHEME = re.compile(r"^[\w+.\0-]*:?//")
_HOST_NAMED = re.compile(r"^[^/\\?#]+[/?#]")


def against(it: Machine, path: Value, base: Value, node: ir.Expr) -> Value:
    """The address that a path is resolved against: a constant path of the site, against the address that was asked for, leads nowhere else."""
    own = isinstance(path.const, str) and bool(_OWN_SITE.match(path.const) or path.const == "/") and _is_asked_for(node)
    return masked(base, mask_of(("redirect",), it.context.knowledge.kind_bits)) if own else base


def _is_asked_for(node: ir.Expr) -> bool:
    """`request.url`, `request.nextUrl`, `request.nextUrl.origin`: the browser went there by itself."""
    if isinstance(node, ir.Attr) and node.name in {"origin", "href"}:
        node = node.base
        return isinstance(node, ir.Attr) and node.name == "nextUrl" and isinstance(node.base, ir.Name)
    return isinstance(node, ir.Attr) and node.name in {"url", "nextUrl"} and isinstance(node.base, ir.Name) and node.base.id in _REQUESTS


_REQUESTS = frozenset({"req", "request"})


def below(it: Machine, value: Value) -> Value:
    """The value as part of a text, behind something else."""
    return masked(value, it.context.knowledge.kind_bits.get(BELOW, 0)) if value.labels or value.parts else value


def starts_open(template: Value) -> bool:
    """Whether the text that a template makes may begin with what is put into it."""
    return not isinstance(template.const, str) or template.const.startswith("%")
