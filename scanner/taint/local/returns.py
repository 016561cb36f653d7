"""Returns: what leaves a function, its type, and what is then proven of the parameters."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.facts import RETURNED, Entry, EntryKind, Exit, ExitKind, SinkSite
from scanner.taint.kinds import ANSWER, MARKUP
from scanner.taint.local.frame import Proof
from scanner.taint.local.values import NOTHING, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.facts import Path
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine


def returns(it: Machine, node: ir.Expr | None, env: Env) -> None:
    """A return: what leaves, its type, and what is then proven."""
    value = NOTHING if node is None else it.evaluate(node, env)
    it.frame.flow(value, Exit(ExitKind.RETURN))
    if value.derived and value.labels:
        it.frame.made = True
    if node is not None:
        _sent(it, value, node)
    if value.ref is not None:
        it.frame.returned_functions[value.ref] = None
    for component, part in value.parts.items() if it.context.language.keyed else ():
        if part.ref is not None:
            it.frame.members[component, part.ref] = None
    type_ = value.type if value.type is not None or value.ref is None else None
    if type_ is not None:
        it.frame.returns[type_] = None
    proofs = _proofs(it, env)
    it.frame.promises.append(("returned", proofs))
    if node is None:
        it.frame.promises.append(("false", proofs))
    elif value.known:
        it.frame.promises.append(("true" if value.const else "false", proofs))
    elif it.frame.guarded or isinstance(node, ir.Call | ir.Compare | ir.Logic | ir.Not):
        it.frame.promises.append(("true", _proofs(it, it.refined(node, env, outcome=True))))
        it.frame.promises.append(("false", _proofs(it, it.refined(node, env, outcome=False))))
    else:
        it.frame.promises.append(("any", proofs))


def _sent(it: Machine, value: Value, node: ir.Expr) -> None:
    """What is returned may be a response."""
    if it.frame.decorators or it.frame.owner:
        _answer(it, value, node)
    if value.parts:
        _page(it, value, node)


def _answer(it: Machine, value: Value, node: ir.Expr) -> None:
    """A handler's own text is its response. Whether this is a handler the linker knows; objects of frameworks are no text.

    What the class above answers is that one's response.
    """
    if _inherited(node):
        return
    if value.type == "tuple" and "[0]" in value.parts:
        value = value.parts["[0]"]
    if value.type in it.context.language.text or (not isinstance(value.type, str) and not it.context.language.keyed):
        if not it.context.language.keyed:  # what lies in a dictionary is sent as JSON
            parts = {key: part for key, part in value.parts.items() if not key.startswith("[")}
            value = Value(value.labels, type_=value.type, parts=parts, derived=value.derived)
        it.sink(value, SinkSite(node.at, node.end, RETURNED, "", "return", made=value.derived))


def _page(it: Machine, value: Value, node: ir.Expr) -> None:
    """An answer as gateways in front of functions take it, with its status, its headers and its body: a page where the headers say so."""
    keyed = it.context.language.keyed
    status, headers, body = (value.parts.get(f".{name}" if keyed else f"[{name}]") for name in ("statusCode", "headers", "body"))
    if status is None or headers is None or body is None or not (body.labels or body.parts):
        return
    said = (part.const for key, part in headers.parts.items() if key.strip(".[]").lower() == "content-type")
    if any(isinstance(type_, str) and type_.lower().startswith(_PAGES) for type_ in said):
        items = node.items if isinstance(node, ir.Mapping) else ()
        place = next((item for key, item in items if isinstance(key, ir.Const) and key.value == "body"), node)
        it.sink(body, SinkSite(place.at, place.end, MARKUP, ANSWER, "return"))


_PAGES = ("text/html", "image/svg", "application/xhtml")


def _inherited(node: ir.Expr) -> bool:
    """`super().get(name)`, awaited or not."""
    if isinstance(node, ir.Await):
        node = node.value
    if not isinstance(node, ir.Call) or not isinstance(node.func, ir.Attr):
        return False
    base = node.func.base
    return isinstance(base, ir.Call) and isinstance(base.func, ir.Name) and base.func.id == "super"


def falls_off(it: Machine, env: Env) -> None:
    """The end of a function that nobody returned from: it gives nothing, and what is proven there is proven all the same."""
    proofs = _proofs(it, env)
    it.frame.promises.extend((("returned", proofs), ("false", proofs)))


_NO_PROOFS: Mapping[tuple[int, Path], Proof] = MappingProxyType({})


def _proofs(it: Machine, env: Env) -> Mapping[tuple[int, Path], Proof]:
    """What is proven about the parameters at an exit: noted as `true`, `false` or `any` with a return value, and as `returned` for each.

    An exit that proves nothing counts all the same: what all exits prove is what the caller may rely on.
    """
    frame = it.frame
    if frame.function is None or not (frame.guarded or frame.proven):
        return _NO_PROOFS
    masks: dict[tuple[int, Path], Proof] = {}
    for number, param in enumerate(frame.function.params):
        held = env.get(param.name)
        if held is None:
            continue
        taint = held.labels.get(frame.parameters[number])
        if taint is not None and (taint.mask or taint.pending):
            masks[number, ()] = Proof(taint.mask, taint.pending)
        elif not held.labels and held.known:
            masks[number, ()] = Proof(-1)
        for component, part in held.parts.items():
            inner = part.labels.get(frame.number(Entry(EntryKind.PARAM, number, path=(component,)))) if part.labels else None
            if inner is not None and (inner.mask or inner.pending):
                masks[number, (component,)] = Proof(inner.mask, inner.pending)
    return masks
