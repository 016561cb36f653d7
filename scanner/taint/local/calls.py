"""Calls: what the models know is applied at once, what this file alone cannot resolve stays symbolic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.facts import Exit, ExitKind, SinkSite
from scanner.taint.kinds import KEY
from scanner.taint.local.answers import say
from scanner.taint.local.arguments import arguments, known_arguments, note_callback
from scanner.taint.local.characters import CUTTING, cut
from scanner.taint.local.classes import class_of
from scanner.taint.local.containers import container_call
from scanner.taint.local.context import SUPER
from scanner.taint.local.deferred import deferred
from scanner.taint.local.functions import has_callbacks, has_made_functions, is_closure
from scanner.taint.local.jsonschema import route
from scanner.taint.local.members import member
from scanner.taint.local.modelled import instance, modelled
from scanner.taint.local.ownkeys import rounds
from scanner.taint.local.records import replaced
from scanner.taint.local.rounds import let_through
from scanner.taint.local.shapes import shaped
from scanner.taint.local.specials import RESOLVES, special
from scanner.taint.local.stores import assign
from scanner.taint.local.targets import resolve
from scanner.taint.local.text_methods import TEXT_CALLS, folded_method, taken_apart
from scanner.taint.local.values import NOTHING, Value, flatten, join, text
from scanner.taint.refs import AnyRef, ClosureRef, MethodRef, NameRef, ParamRef, ResultType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine


def call(it: Machine, node: ir.Call, env: Env) -> Value:  # noqa: C901, PLR0912, PLR0915 -- one way to know a call after the other
    """A call."""
    special = _special(it, node, env)
    if special is not None:
        return special
    target = resolve(it, node, env)
    if it.context.language.keyed:
        rounds(it, node)
        route(it, node, env)  # before the handlers among the arguments are looked at
    slots = arguments(it, node, env)
    it.called = (node, target)
    if target.receiver is not None:
        slots["self"] = target.receiver
    if isinstance(target.ref, NameRef) and target.ref.name.startswith(RESOLVES):
        it.frame.flow(slots.get("0", NOTHING), Exit(ExitKind.CAPTURED, name=target.ref.name.removeprefix(RESOLVES)))
        return NOTHING
    constants = known_arguments(slots)
    if it.context.language.keyed:
        note_callback(node, slots, constants)
        say(it, node, slots, env)
        if isinstance(node.func, ir.Index) and node.func.key is not None:
            _chosen(it, node, node.func.base, it.evaluate(node.func.key, env), env)
    folded = folded_method(node, target, slots)
    if folded is not None:
        return folded
    contained = container_call(it, node, target.receiver, target.names, {slot: value for slot, value in slots.items() if slot != "self"}, env)
    if contained is not None:
        return contained
    if target.names and target.names[0] in it.context.language.wrappers and isinstance(ref := slots.get("0", NOTHING).ref, NameRef) and not node.new:
        return Value(ref=ref)  # what is made of a library's function is called as it is
    known = [name for name in target.names if name in it.context.library.functions]
    if not it.context.language.keyed and (record := replaced(node, target, slots, modelled=bool(known))) is not None:
        return record
    if known and known[0] in TEXT_CALLS and not it.context.language.keyed:
        pieces = taken_apart(it, known[0], slots, constants)
        if pieces is not None:
            return pieces
    if known:
        result = modelled(it, node, known, slots, constants, env)
        if it.context.language.keyed:
            result = shaped(it, node, known[0], slots, result)
        elif known[0] in CUTTING:
            result = cut(it, node, known[0], slots, result)
        if has_callbacks(it, slots) or (
            it.context.language.keyed and has_made_functions(slots) and not it.context.library.calling.isdisjoint(target.names)
        ):
            # What a library does with a function it is given, only the linker can follow.
            left = deferred(it, node, target, slots, constants, env)
            result = result if _told(it, known) else join(result, left)
            result = let_through(it, node, result, env)
        elif it.context.language.emitter and known[0] == f"{it.context.language.emitter}.emit":
            deferred(it, node, target, slots, constants, env)  # who hears it the linker knows
        return result
    name = target.names[0] if target.names else ""
    language = it.context.language
    own = isinstance(target.ref, ClosureRef) or (name and not it.context.is_foreign_library(name))
    if own or isinstance(target.ref, MethodRef | ParamRef | AnyRef) or has_callbacks(it, slots):
        result = let_through(it, node, deferred(it, node, target, slots, constants, env), env)
        wrapped = slots.get("0", NOTHING).ref
        if language.wrappers and not node.new and is_closure(wrapped) and isinstance(target.ref, NameRef) and not is_closure(target.ref):
            # What a library that nothing is known of makes of a function is called as the function is.
            result = Value(result.labels, type_=result.type, ref=wrapped)
        return result
    value = text(*slots.values())
    type_ = language.instances.get(name)
    if type_ is not None:
        return instance(type_, value.labels, slots, node)
    return Value(value.labels, type_=ResultType(target.ref) if target.ref is not None else None)


def _told(it: Machine, known: Sequence[str]) -> bool:
    """Whether the models say all of what a library function returns: what may be a function among its arguments (`config.folder`) adds nothing."""
    knowledge = it.context.knowledge
    if any(name in knowledge.callbacks for name in known):
        return False
    return any(name in knowledge.sanitizers or name in knowledge.propagators for name in known)


def _chosen(it: Machine, node: ir.Call, base: ir.Expr, key: Value, env: Env) -> None:
    """`actions[name](...)`: which method is called is for whoever sends the name to say, unless the table has nothing but what it was given."""
    bit = it.context.knowledge.kind_bits.get(KEY, 0)
    labels = {number: taint for number, taint in flatten(key).items() if not taint.mask & bit}
    if labels and it.evaluate(base, env).type not in {"Map", "Set", "bare", "list"}:
        it.sink(Value(labels), SinkSite(node.at, node.end, "attribute", "a call of a member", "0"))


def _special(it: Machine, node: ir.Call, env: Env) -> Value | None:
    """Calls that are syntax in all but name."""
    func = node.func
    if it.context.language.keyed:
        return special(it, node, env)
    if not isinstance(func, ir.Name) or func.id in env:
        return None
    args = node.args
    if func.id == "super" and it.owner_class:
        return Value(type_=f"{SUPER}{it.owner_class}")
    plain = all(not arg.name and not arg.spread for arg in args)
    if func.id == "getattr" and plain and len(args) in {2, 3}:
        key = it.evaluate(args[1].value, env)
        if isinstance(key.const, str):
            found = member(it, it.evaluate(args[0].value, env), ir.Attr(args[0].value, key.const, node.at, node.end), False)  # noqa: FBT003
            return join(found, it.evaluate(args[2].value, env)) if len(args) == 3 else found  # noqa: PLR2004
    if func.id == "type" and plain and len(args) == 1:
        return class_of(it.evaluate(args[0].value, env))
    if func.id == "setattr" and plain and len(args) == 3:  # noqa: PLR2004 -- object, name, value
        key = it.evaluate(args[1].value, env)
        if isinstance(key.const, str):
            assign(it, ir.Attr(args[0].value, key.const, node.at, node.end), it.evaluate(args[2].value, env), env, node.at, node.end)
            return NOTHING
    return None
