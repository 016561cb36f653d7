"""Calls: what the models know is applied at once, what this file alone cannot resolve stays symbolic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from scanner.taint import ir
from scanner.taint.conditions import TEXT, UNKNOWN, holds, named_for
from scanner.taint.facts import (
    AnyRef,
    AttrType,
    CallSite,
    ClosureRef,
    Entry,
    EntryKind,
    Exit,
    ExitKind,
    GlobalType,
    MethodRef,
    MisuseSite,
    NameRef,
    ParamRef,
    ParamType,
    ResultType,
    SinkSite,
    SourceSite,
    capped,
)
from scanner.taint.kinds import DOTLESS, KEY, PATHS, SLOW_MATCH
from scanner.taint.knowledge import Test
from scanner.taint.local.containers import container_call
from scanner.taint.local.context import SUPER, dotted_ref, first
from scanner.taint.local.members import member
from scanner.taint.local.pieces import GAP, behind, below, pinned, spelled
from scanner.taint.local.shapes import shaped
from scanner.taint.local.specials import RESOLVES, special
from scanner.taint.local.values import NOTHING, Value, flatten, join, join_labels, masked, text, with_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scanner.taint.facts import CalleeRef
    from scanner.taint.ir import Constant
    from scanner.taint.knowledge import Condition, PropagatorRow, SanitizerRow
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine
    from scanner.taint.local.values import Labels

_TEXT = 60
_MOST_STEPS = 12  # back from an argument to where its text begins
_LEADING = frozenset(
    {"os.path.join", "os.path.abspath", "os.path.realpath", "os.path.normpath", "pathlib.Path", "builtins.str", "os.fspath"}
    | {"path.join", "path.resolve", "path.normalize", "path.posix.join", "builtins.String"}
)
_CONSTANT_TEXT = 400
_KEYED = frozenset({"dict.get", "dict.pop", "dict.setdefault"})  # their first argument is the key
_DEEPEST_PART = 2  # of containers in containers whose contents conditions may ask for


class Target(NamedTuple):
    """Who is called: the reference, the names under which the models may know it, and the receiver where there is one."""

    ref: CalleeRef
    names: tuple[str, ...]
    receiver: Value | None
    value: Value


def call(it: Machine, node: ir.Call, env: Env) -> Value:  # noqa: C901, PLR0912 -- one way to know a call after the other
    """A call."""
    special = _special(it, node, env)
    if special is not None:
        return special
    target = resolve(it, node, env)
    slots = arguments(it, node, env)
    if target.receiver is not None:
        slots["self"] = target.receiver
    if isinstance(target.ref, NameRef) and target.ref.name.startswith(RESOLVES):
        it.frame.flow(slots.get("0", NOTHING), Exit(ExitKind.CAPTURED, name=target.ref.name.removeprefix(RESOLVES)))
        return NOTHING
    constants = known_arguments(slots)
    if it.context.language.keyed:
        _note_callback(node, slots, constants)
        if isinstance(node.func, ir.Index) and node.func.key is not None:
            _chosen(it, node, node.func.base, it.evaluate(node.func.key, env), env)
    folded = _folded_method(node, target, slots)
    if folded is not None:
        return folded
    contained = container_call(it, node, target.receiver, target.names, {slot: value for slot, value in slots.items() if slot != "self"}, env)
    if contained is not None:
        return contained
    if target.names and target.names[0] in it.context.language.wrappers and isinstance(ref := slots.get("0", NOTHING).ref, NameRef) and not node.new:
        return Value(ref=ref)  # what is made of a library's function is called as it is
    known = [name for name in target.names if name in it.context.library.functions]
    if known and known[0] in _TEXT_CALLS and not it.context.language.keyed:
        pieces = _pieces(it, known[0], slots, constants)
        if pieces is not None:
            return pieces
    if known:
        result = modelled(it, node, known, slots, constants, env)
        if it.context.language.keyed:
            result = shaped(it, node, known[0], slots, result, env)
        if _callbacks(it, slots) or (
            it.context.language.keyed and _made_functions(slots) and not it.context.library.calling.isdisjoint(target.names)
        ):
            # What a library does with a function it is given, only the linker can follow.
            result = join(result, deferred(it, node, target, slots, constants, env))
        return result
    name = target.names[0] if target.names else ""
    language = it.context.language
    own = isinstance(target.ref, ClosureRef) or (name and not it.context.is_foreign_library(name))
    if own or isinstance(target.ref, MethodRef | ParamRef | AnyRef) or _callbacks(it, slots):
        result = deferred(it, node, target, slots, constants, env)
        wrapped = slots.get("0", NOTHING).ref
        if language.wrappers and not node.new and _is_closure(wrapped) and isinstance(target.ref, NameRef) and not _is_closure(target.ref):
            # What a library that nothing is known of makes of a function is called as the function is.
            result = Value(result.labels, type_=result.type, ref=wrapped)
        return result
    value = text(*slots.values())
    type_ = language.instances.get(name)
    if type_ is not None:
        return instance(type_, value.labels, slots, node)
    return Value(value.labels, type_=ResultType(target.ref) if target.ref is not None else None)


def instance(type_: str, labels: Labels, slots: Mapping[str, Value], node: ir.Call) -> Value:
    """A new value of one of the language's own types: a regular expression by its parts, a set or a map of the contents it is given."""
    if type_ == "RegExp":
        given = slots.get("0", NOTHING)
        flags = slots.get("1", Value(const=""))
        return Value(labels, type_=type_, parts=given.parts if given.type == "RegExp" else {".source": given, ".flags": flags, **_written_at(node)})
    return Value(labels, type_=type_, parts=slots.get("0", NOTHING).parts)


def _written_at(node: ir.Call) -> dict[str, Value]:
    """Where a regular expression is written, for what is to be said of the expression itself."""
    return {"~at": Value(const=node.at), "~end": Value(const=node.end)}


def _sink_place(node: ir.Call, kind: str, slots: Mapping[str, Value]) -> tuple[int, int]:
    """Where a sink stands: at the call; one that is slow for its pattern where the pattern is written."""
    if kind == SLOW_MATCH:
        for value in slots.values():
            if value.type == "RegExp" and "~at" in value.parts:
                at, end = value.parts["~at"].const, value.parts["~end"].const
                if isinstance(at, int) and isinstance(end, int):
                    return at, end
    return node.at, node.end


def _is_closure(ref: CalleeRef) -> bool:
    """Whether a reference surely is a function of the program, in languages that name modules by their paths."""
    return isinstance(ref, ClosureRef) or (isinstance(ref, NameRef) and ref.name.startswith("/"))


def _callbacks(it: Machine, slots: Mapping[str, Value]) -> bool:
    """Whether a call is handed a function that may be the program's own."""
    if it.context.language.keyed and any(
        part.ref is not None and _is_function(it, part) for value in slots.values() for part in value.parts.values()
    ):
        return True
    return any(_is_function(it, value) for value in slots.values())


def _made_functions(slots: Mapping[str, Value]) -> bool:
    """Whether an argument may be a function that was made by a call, or a method as a value."""
    return any(isinstance(value.type, ResultType | AttrType | ParamType) and not value.known for value in slots.values())


def _is_function(it: Machine, value: Value) -> bool:
    return isinstance(value.ref, ClosureRef) or _perhaps_own(it, value)


def _perhaps_own(it: Machine, value: Value) -> bool:
    name = dotted_ref(value)
    if name is None or not (value.type is None or isinstance(value.type, GlobalType)):
        return False
    library = it.context.library
    return not it.context.is_foreign_library(name) and name not in library.functions and name not in library.classes


def resolve(it: Machine, node: ir.Call, env: Env) -> Target:
    """Who a call calls, as far as this file can tell."""
    func = node.func
    library = it.context.library
    if isinstance(func, ir.Attr):
        base = it.evaluate(func.base, env)
        dotted = dotted_ref(base)
        if dotted is not None and not isinstance(base.type, str):
            name = library.canonical(f"{dotted}.{func.name}")
            if base.type is not None and name not in library.functions:
                return Target(MethodRef(capped(base.type), func.name, _hint(func.base)), (name,), base, base)
            # A function reached through its module has no receiver; a method reached through its class is passed one as an argument.
            return Target(NameRef(name), (name,), None, base)
        if isinstance(base.ref, ClosureRef) or (held := base.parts.get(f".{func.name}")) is None or held.ref is None:
            return _method(it, func, base)
        return Target(held.ref, (held.ref.name,) if isinstance(held.ref, NameRef) else (), base, held)
    value = it.evaluate(func, env)
    ref = value.ref
    if isinstance(ref, NameRef):
        return Target(ref, (ref.name,), None, value)
    if ref is None and len(value.labels) == 1:
        entry = it.frame.entries[next(iter(value.labels))]
        if entry.kind is EntryKind.PARAM:
            return Target(ParamRef(entry.number, entry.path), (), None, value)
        if entry.kind is EntryKind.CAPTURED and (parameter := it.parameter_behind(entry)) is not None:
            return Target(parameter, (), None, value)
    if ref is None and value.type is not None:
        return Target(MethodRef(capped(value.type), "__call__", _hint(func)), _member_names(it, value, "__call__"), value, value)
    return Target(ref, (), None, value)


def _method(it: Machine, func: ir.Attr, base: Value) -> Target:
    """A method of a value: by its type, by its constant, else by what it is called on."""
    names = _member_names(it, base, func.name)
    if names and any(name in it.context.library.functions for name in names):
        return Target(MethodRef(capped(base.type), func.name, _hint(func.base)), names, base, NOTHING)
    language = it.context.language
    if func.name in language.promises and not isinstance(base.type, ParamType) and base.type != "Map":
        return Target(MethodRef(capped(base.type), func.name, _hint(func.base)), (f"{language.promise}.{func.name}",), base, NOTHING)
    if (
        base.type is None
        or (isinstance(base.type, ParamType) and not language.text_methods)
        or (func.name in language.text_methods and not isinstance(base.type, str))
    ):
        library = it.context.library.functions
        builtin = tuple(name for kind in it.context.language.builtin_types if (name := f"{kind}.{func.name}") in library)
        if builtin and not it.context.knowledge.hinted_sinks.get(func.name) and not it.context.knowledge.hinted_misuses.get(func.name):
            return Target(MethodRef(None, func.name, _hint(func.base)), builtin[:1], base, NOTHING)
    return Target(MethodRef(capped(base.type), func.name, _hint(func.base)), (), base, NOTHING)


def _member_names(it: Machine, base: Value, name: str) -> tuple[str, ...]:
    if isinstance(base.const, str):
        return (f"str.{name}",)
    if isinstance(base.const, bytes):
        return (f"bytes.{name}",)
    return it.context.library.members(base.type, name) if isinstance(base.type, str) else ()


def _hint(node: ir.Expr) -> str:
    """The last source name of a receiver: `cursor` of `self.cursor`, of `get_cursor()`, of `cursors[0]`."""
    while True:
        match node:
            case ir.Name(id=name) | ir.Attr(name=name):
                return name.strip("_").lower()
            case ir.Call(func=func):
                node = func
            case ir.Index(base=base):
                node = base
            case ir.Await(value=value):
                node = value
            case _:
                return ""


def arguments(it: Machine, node: ir.Call, env: Env) -> dict[str, Value]:
    """The arguments by slot. A spread of known contents is taken apart; another one is `*` or `**`."""
    slots: dict[str, Value] = {}
    position = 0
    for arg in node.args:
        value = it.evaluate(arg.value, env)
        if arg.spread == 0:
            slots[arg.name or str(position)] = value
            position += not arg.name
        elif arg.spread == 1:
            exact = not value.labels and "*" not in value.parts
            for offset in range(len(value.parts) if exact else 0):
                slots[str(position + offset)] = value.parts.get(f"[{offset}]", NOTHING)
            position += len(value.parts) if exact else 0
            if not exact:
                slots["*"] = join(slots.get("*", NOTHING), it.frame.read(value, "*"))
        else:
            for key, part in value.parts.items():
                if key == "*":
                    slots["**"] = join(slots.get("**", NOTHING), Value(parts={"*": part}))
                else:
                    slots.setdefault(key[1:-1], part)
            if value.labels or not value.parts:
                slots["**"] = join(slots.get("**", NOTHING), Value(value.labels, derived=value.derived))
    return slots


def known_arguments(slots: Mapping[str, Value]) -> dict[str, Constant | CalleeRef]:
    """What is known of the arguments, for conditions to judge: constants, and what names refer to, with the parts of containers."""
    known: dict[str, Constant | CalleeRef] = {}
    for slot, value in slots.items():
        if value.known:
            known[slot] = value.constant
        elif isinstance(value.ref, NameRef):
            known[slot] = value.ref
        elif value.type == "str":
            known[slot] = TEXT
        if value.parts and (slot != "self" or value.type == "RegExp"):
            _note_parts(f"{slot}:", value, known, _DEEPEST_PART)
    return known


def _chosen(it: Machine, node: ir.Call, base: ir.Expr, key: Value, env: Env) -> None:
    """`actions[name](...)`: which method is called is for whoever sends the name to say, unless the table has nothing but what it was given."""
    bit = it.context.knowledge.kind_bits.get(KEY, 0)
    labels = {number: taint for number, taint in flatten(key).items() if not taint.mask & bit}
    if labels and it.evaluate(base, env).type not in {"Map", "Set", "bare", "list"}:
        it.sink(Value(labels), SinkSite(node.at, node.end, "attribute", "a call of a member", "0"))


def _note_callback(node: ir.Call, slots: Mapping[str, Value], known: dict[str, Constant | CalleeRef]) -> None:
    """A function that is passed last has no options in it."""
    last = str(len(node.args) - 1)
    if last not in slots or node.args[-1].spread:
        return
    value, passed = slots[last], node.args[-1].value
    if isinstance(value.ref, ClosureRef) or (isinstance(passed, ir.Name) and passed.id.lower() in _CALLBACKS):
        known.setdefault(f"{last}:~", UNKNOWN)


_CALLBACKS = frozenset({"callback", "cb", "done", "next", "fn", "resolve", "reject"})  # what functions that are passed on are called


def _note_parts(start: str, value: Value, known: dict[str, Constant | CalleeRef], depth: int) -> None:
    for key, part in value.parts.items():
        if part.known:
            known[f"{start}{key}"] = part.constant
        elif isinstance(part.ref, NameRef):
            known[f"{start}{key}"] = part.ref
        else:
            known[f"{start}{key}"] = UNKNOWN
        if part.parts and depth:
            _note_parts(f"{start}{key}/", part, known, depth - 1)


def in_slots(slots: Mapping[str, Value], wanted: Iterable[str]) -> Iterable[tuple[str, Value]]:
    """The arguments that a model's slots speak of; a spread stands for every position or keyword that was not passed openly."""
    for slot in wanted:
        if slot == "*":
            yield from ((name, value) for name, value in slots.items() if name != "self")
        elif slot in slots:
            yield slot, slots[slot]
        else:
            hidden = "*" if slot.isdigit() else "**"
            if hidden in slots:
                yield hidden, slots[hidden]


def _in_routes(it: Machine, slots: Mapping[str, Value], wanted: Iterable[str]) -> dict[str, Value]:
    """The same, where a slot may be followed by a path to the part that is meant."""
    found: dict[str, Value] = {}
    for route in wanted:
        slot, _, path = route.partition(":")
        for name, held in in_slots(slots, (slot,)):
            value = it.frame.read(held, f"[{slot}]") if name == "**" and slot != "*" else held
            where = f"{name}:{path}" if path else name
            found[where] = join(found.get(where, NOTHING), _at(it, value, path) if path else value)
    return found


def modelled(  # noqa: PLR0913, PLR0917 -- one call, seen from all sides
    it: Machine, node: ir.Call, names: list[str], slots: dict[str, Value], constants: Mapping[str, Constant | CalleeRef], env: Env
) -> Value:
    """A call that the models know: sinks and misuses are noted, and its result is what its rows make of it."""
    knowledge = it.context.knowledge
    note_misuses(it, (node.at, node.end), names, constants, slots, env, node)
    sinks = first(knowledge.sinks, names) or ()
    for row in sinks:
        if holds(_judged(it, node, row.when, env), constants, slots):
            for slot, value in _in_routes(it, slots, row.slots).items():
                it.sink(value, SinkSite(*_sink_place(node, row.kind, slots), row.kind, row.name, slot))
    type_ = first(knowledge.types, [f"{name}()" for name in names])
    if it.context.language.keyed and type_ is not None and isinstance(made := slots.get("0", NOTHING).const, str):
        # `document.createElement("iframe")`: what is made is said by name.
        type_ = first(knowledge.types, [f"{name}.{made.lower()}()" for name in names]) or type_
    if (type_ is None and names[0] in it.context.library.classes and not isinstance(node.func, ir.Attr | ir.Call)) or (
        type_ is None and names[0] in it.context.library.classes and names[0].rpartition(".")[2][:1].isupper()
    ):
        type_ = names[0]
    if type_ is None:
        type_ = it.context.language.instances.get(names[0])
    source = first(knowledge.sources, [f"{name}()" for name in names])
    if source is not None:
        labels = it.frame.source(SourceSite(node.at, node.end, source.name, source.trust))
        if first(knowledge.propagators, names) is not None:
            # What comes out is untrusted by itself, and also whatever went in: an archive from a request is the request's.
            labels = join_labels(labels, flatten(_result(it, names, slots, constants, env, node, sink=False)))
        return Value(labels, type_=type_, derived=True)
    result = _result(it, names, slots, constants, env, node, sink=bool(sinks))
    if type_ is not None and type_ == it.context.language.instances.get(names[0]):
        return instance(type_, result.labels, slots, node)
    return Value(result.labels, const=result.const, type_=type_ or result.type, ref=result.ref, parts=result.parts, derived=result.derived)


def _result(  # noqa: PLR0913, PLR0917 -- one call, seen from all sides
    it: Machine,
    names: list[str],
    slots: dict[str, Value],
    constants: Mapping[str, Constant | CalleeRef],
    env: Env,
    node: ir.Call,
    *,
    sink: bool,
) -> Value:
    knowledge = it.context.knowledge
    sanitizers = [row for row in first(knowledge.sanitizers, names) or () if holds(row.when, constants, slots)]
    if sanitizers:
        return _sanitized(it, sanitizers, _placed(it, names, slots))
    slots = _placed(it, names, slots)
    rows = first(knowledge.propagators, names)
    if rows is None and any(name in knowledge.callbacks for name in names) and any(_is_function(it, value) for value in slots.values()):
        return NOTHING  # what becomes of the function's results the linker knows
    if rows is None:
        # A sink keeps what it is given; anything else that the models only know in part may pass it on.
        return NOTHING if sink else text(*slots.values())
    result = NOTHING
    key = constants.get("0")
    for row in rows:
        moving = _moving(it, row, slots, key)
        target, _, path = row.target.partition(":")
        if target == "return" and path and it.context.language.keyed and moving.labels:
            # A part of what was given, and not that itself.
            labels = it.frame.extended(moving.labels, "*")
            moving = Value(labels, type_=moving.type, ref=moving.ref, parts=moving.parts, derived=moving.derived)
        if target == "return" and row.name in _KEYED:
            result = join(result, moving)  # that thing itself, and nothing made from it
        elif target == "return":
            result = join(
                result, with_part(NOTHING, path, moving) if path else Value(flatten(moving), type_=moving.type, parts=moving.parts, derived=True)
            )
        else:
            it.store_into(_slot_node(node, target), path or "*", moving, env)
    return result


def _moving(it: Machine, row: PropagatorRow, slots: Mapping[str, Value], key: Constant | CalleeRef) -> Value:
    """What a row takes from a call's arguments; `key` is the first of them."""
    moving = NOTHING
    for where in row.sources:
        slot, _, path = where.partition(":")
        if path == "*" and row.name in _KEYED and isinstance(key, str | int):
            path = f"[{key}]"
        for name, held in in_slots(slots, (slot,)):
            value = it.frame.read(held, f"[{slot}]") if name == "**" and slot != "*" else held
            moving = join(moving, _at(it, value, path) if path else value)
    return moving


def _placed(it: Machine, names: Iterable[str], slots: dict[str, Value]) -> dict[str, Value]:
    """The arguments of a function that joins paths: all but the first end up below it."""
    if it.context.language.joins.isdisjoint(names):
        return slots
    base = "self" if "self" in slots else "0"
    return {slot: value if slot == base else below(it, value) for slot, value in slots.items()}


def _at(it: Machine, value: Value, path: str) -> Value:
    for step in path.split("/"):
        value = it.frame.read(value, step)
    return value


def _slot_node(node: ir.Call, slot: str) -> ir.Expr | None:
    """The expression in a slot of a call."""
    if slot == "self":
        return node.func.base if isinstance(node.func, ir.Attr) else None
    positional = [arg.value for arg in node.args if not arg.name and not arg.spread]
    if slot.isdigit():
        return positional[int(slot)] if int(slot) < len(positional) else None
    return next((arg.value for arg in node.args if arg.name == slot), None)


def _sanitized(it: Machine, rows: Sequence[SanitizerRow], slots: Mapping[str, Value]) -> Value:
    """The result of a sanitizer: safe for the kinds of all rows that hold."""
    if any(not row.kinds for row in rows):
        return NOTHING
    bits = it.context.knowledge.kind_bits
    mask = 0
    for row in rows:
        for kind in row.kinds:
            mask |= bits.get(kind, 0)
    wanted = dict.fromkeys(slot for row in rows for slot in row.slots)
    return masked(text(*(value for _, value in in_slots(slots, wanted))), mask)


def note_misuses(  # noqa: PLR0913, PLR0917 -- a place, its names and its arguments
    it: Machine,
    place: tuple[int, int],
    names: Iterable[str],
    known: Mapping[str, Constant | CalleeRef],
    slots: Iterable[str],
    env: Env,
    node: ir.Call | None = None,
) -> None:
    """Note every misuse rule whose call (or store, or decorator) this is and whose conditions hold."""
    for name in names:
        for rule in it.context.knowledge.misuse_rules.get(name, ()):
            when = rule.when if node is None else _judged(it, node, rule.when, env)
            if not holds(when, known, slots) or (rule.requires and not it.context.imports(rule.requires)):
                continue
            if not rule.inside or named_for(rule.inside, it.frame.qualname, it.naming):
                it.misuse(MisuseSite(rule.rule_id, *place, it.frame.qualname, name))


def _judged(it: Machine, node: ir.Call, when: tuple[Condition, ...], env: Env) -> tuple[Condition, ...]:
    """Conditions without those that only the code before the call can tell, and that hold."""
    if all(condition.test is not Test.BEGINS for condition in when):
        return when
    return tuple(condition for condition in when if condition.test is not Test.BEGINS or not _begins(it, node, condition, env))


def _begins(it: Machine, node: ir.Call, condition: Condition, env: Env) -> bool:
    """Whether an argument's text begins with what one of a condition's functions returns, followed through the local variables it was made in."""
    start = next((found for slot in condition.slots if (found := _slot_node(node, slot)) is not None), None)
    for _ in range(_MOST_STEPS):
        match start:
            case ir.Name(id=name) if name in it.origins:
                start = it.origins[name]
            case ir.Binary(op="+" | "/" | "%", left=left):
                start = left
            case ir.Format(parts=parts) if parts:
                start = parts[0]
            case ir.Call(args=args):
                names = resolve(it, start, env).names
                if any(name in condition.values for name in names):
                    return True
                if not args or not any(name in _LEADING for name in names):
                    return False
                start = args[0].value
            case ir.Const(value=str(text)):
                return text.startswith(tuple(map(str, condition.values)))
            case _:
                return False
    return False


def deferred(  # noqa: PLR0913, PLR0917 -- one call, seen from all sides
    it: Machine, node: ir.Call, target: Target, slots: Mapping[str, Value], constants: Mapping[str, Constant | CalleeRef], env: Env
) -> Value:
    """A call for the linker: what goes in leaves through its argument slots, what comes out is its result."""
    ref = target.ref
    functions = tuple((slot, value.ref) for slot, value in slots.items() if value.ref is not None and slot != "self")
    if it.context.language.keyed:
        functions = (*functions, *(found for slot, value in slots.items() if value.parts and slot != "self" for found in _functions_in(slot, value)))
    types = tuple((slot, value.type) for slot, value in slots.items() if value.type is not None and not value.known)
    site = CallSite(
        callee=ref,
        at=node.at,
        end=node.end,
        slots=tuple(slots),
        constants=tuple(
            (slot, const[:_CONSTANT_TEXT] if isinstance(const, str) else const) for slot, const in constants.items() if _is_constant(const)
        ),
        functions=functions,
        types=types,
        text=_spelled(node.func)[:_TEXT],
        parts=tuple(slot for slot, held in constants.items() if held is UNKNOWN),
    )
    number = it.frame.call(site)
    it.argument_values[node.at, node.end] = dict(slots)
    for slot, value in slots.items():
        it.frame.flow(value, Exit(ExitKind.ARGUMENT, number, slot))
    if ref is None:
        # Calling a value: whatever it holds, and whatever it is given, may come back.
        return Value(join_labels(flatten(target.value), text(*slots.values()).labels))
    _effects(it, node, ref, number, slots, env)
    return Value(it.frame.label(Entry(EntryKind.RESULT, number)), type_=ResultType(ref))


def _functions_in(slot: str, value: Value, depth: int = 2) -> Iterator[tuple[str, NameRef | MethodRef | ParamRef | ClosureRef | AnyRef]]:
    """The functions in what is passed in a slot, each with its path there."""
    mark = "/" if ":" in slot else ":"
    for component, part in value.parts.items():
        if part.ref is not None:
            yield f"{slot}{mark}{component}", part.ref
        if part.parts and depth:
            yield from _functions_in(f"{slot}{mark}{component}", part, depth - 1)


def _is_constant(known: Constant | CalleeRef) -> TypeGuard[Constant]:
    return known is None or isinstance(known, str | bytes | int | float)


def _effects(it: Machine, node: ir.Call, ref: CalleeRef, number: int, slots: Mapping[str, Value], env: Env) -> None:  # noqa: PLR0913, PLR0917 -- one call, seen from all sides
    """What a callee may leave in the variables it is passed."""
    if isinstance(ref, MethodRef) and ref.type is None:
        return
    immutable = it.context.language.immutable
    for slot, value in slots.items():
        if value.known or value.ref is not None or (isinstance(value.type, str) and value.type in immutable):
            continue
        expression = _slot_node(node, slot)
        if isinstance(expression, ir.Name) and expression.id in env and expression.id != it.receiver_name:
            labels = join_labels(value.labels, it.frame.label(Entry(EntryKind.EFFECT, number, slot)))
            env[expression.id] = Value(labels, type_=value.type, ref=value.ref, parts=value.parts)


def _spelled(node: ir.Expr) -> str:
    match node:
        case ir.Name(id=name):
            return name
        case ir.Attr(base=base, name=name):
            return f"{_spelled(base)}.{name}"
        case ir.Call(func=func):
            return f"{_spelled(func)}()"
        case ir.Index(base=base):
            return f"{_spelled(base)}[]"
        case _:
            return ""


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
    if func.id == "setattr" and plain and len(args) == 3:  # noqa: PLR2004 -- object, name, value
        key = it.evaluate(args[1].value, env)
        if isinstance(key.const, str):
            it.assign(ir.Attr(args[0].value, key.const, node.at, node.end), it.evaluate(args[2].value, env), env, node.at, node.end)
            return NOTHING
    return None


_TEXT_CALLS = frozenset({"str.split", "str.rsplit", "str.partition", "str.rpartition", "str.format"})


def _pieces(it: Machine, name: str, slots: dict[str, Value], constants: Mapping[str, Constant | CalleeRef]) -> Value | None:
    """Text taken apart at a dot or a slash, whose pieces hold none; in a template with a fixed beginning, what it is filled with is behind that."""
    subject = slots.get("self", NOTHING)
    if name == "str.format":
        if isinstance(subject.const, str):
            _fill(it, subject.const, slots)
        return None
    separator = constants.get("0", constants.get("sep"))
    if separator not in {".", "/"} or not flatten(subject):
        return None
    bits = it.context.knowledge.kind_bits
    mask = bits.get(DOTLESS, 0) if separator == "." else _path_bits(it)
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


def _path_bits(it: Machine) -> int:
    bits = it.context.knowledge.kind_bits
    mask = 0
    for kind in PATHS:
        mask |= bits.get(kind, 0)
    return mask


_FOLDED = frozenset({"lower", "upper", "strip", "lstrip", "rstrip", "title", "capitalize"})


def _folded_method(node: ir.Call, target: Target, slots: Mapping[str, Value]) -> Value | None:
    """String methods of constants that keep them constants."""
    receiver = target.receiver
    if receiver is None or not isinstance(receiver.const, str) or not isinstance(node.func, ir.Attr) or len(slots) != 1:
        return None
    if node.func.name not in _FOLDED:
        return None
    folded: str = getattr(receiver.const, node.func.name)()
    return Value(const=folded, type_="str")
