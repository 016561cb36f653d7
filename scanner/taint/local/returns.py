"""Returns: what leaves a function, its type, and what is then proven of the parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.facts import RETURNED, Entry, EntryKind, Exit, ExitKind, SinkSite
from scanner.taint.local.frame import Proof
from scanner.taint.local.values import NOTHING, Value

if TYPE_CHECKING:
    from scanner.taint.facts import Path
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine


def returns(it: Machine, node: ir.Expr | None, env: Env) -> None:
    """A return: what leaves, its type, and what is then proven."""
    value = NOTHING if node is None else it.evaluate(node, env)
    it.frame.flow(value, Exit(ExitKind.RETURN))
    if node is not None and (it.frame.decorators or it.frame.owner):
        _answer(it, value, node)
    if value.ref is not None:
        it.frame.returned_functions[value.ref] = None
    for component, part in value.parts.items() if it.context.language.keyed else ():
        if part.ref is not None:
            it.frame.members[component, part.ref] = None
    type_ = value.type if value.type is not None or value.ref is None else None
    if type_ is not None:
        it.frame.returns[type_] = None
    promise(it, "returned", env)
    if node is None:
        promise(it, "false", env)
    elif value.known:
        promise(it, "true" if value.const else "false", env)
    elif it.frame.guarded or isinstance(node, ir.Call | ir.Compare | ir.Logic | ir.Not):
        promise(it, "true", it.refined(node, env, outcome=True))
        promise(it, "false", it.refined(node, env, outcome=False))
    else:
        promise(it, "any", env)


def _answer(it: Machine, value: Value, node: ir.Expr) -> None:
    """A handler's own text is its response. Whether this is a handler the linker knows; objects of frameworks are no text.

    What the class above answers is that one's response.
    """
    if _inherited(node):
        return
    if value.type == "tuple" and "[0]" in value.parts:
        value = value.parts["[0]"]
    if value.type in it.context.language.text or (not isinstance(value.type, str) and not it.context.language.keyed):
        it.sink(value, SinkSite(node.at, node.end, RETURNED, "", "return"))


def _inherited(node: ir.Expr) -> bool:
    """`super().get(name)`, awaited or not."""
    if isinstance(node, ir.Await):
        node = node.value
    if not isinstance(node, ir.Call) or not isinstance(node.func, ir.Attr):
        return False
    base = node.func.base
    return isinstance(base, ir.Call) and isinstance(base.func, ir.Name) and base.func.id == "super"


def promise(it: Machine, kind: str, env: Env) -> None:
    """Note what is proven about the parameters at an exit: `true`, `false` or `any` with a return value, and `returned` for each."""
    if it.frame.function is None or not it.frame.function.params:
        return
    masks: dict[tuple[int, Path], Proof] = {}
    if not it.frame.guarded and not it.frame.proven:
        # An exit that proves nothing counts all the same: what all exits prove is what the caller may rely on.
        it.frame.promises.append((kind, masks))
        return
    for number, param in enumerate(it.frame.function.params):
        held = env.get(param.name)
        if held is None:
            continue
        key = it.frame.number(Entry(EntryKind.PARAM, number))
        taint = held.labels.get(key)
        if taint is not None and (taint.mask or taint.pending):
            masks[number, ()] = Proof(taint.mask, taint.pending)
        elif not held.labels and held.known:
            masks[number, ()] = Proof(-1)
        for component, part in held.parts.items():
            inner = part.labels.get(it.frame.number(Entry(EntryKind.PARAM, number, path=(component,))))
            if inner is not None and (inner.mask or inner.pending):
                masks[number, (component,)] = Proof(inner.mask, inner.pending)
    it.frame.promises.append((kind, masks))
