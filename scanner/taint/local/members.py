"""Attributes and elements: what `base.name` and `base[key]` are, as far as models, fields and known contents tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint import ir
from scanner.taint.facts import Entry, EntryKind, SourceSite
from scanner.taint.kinds import KEY
from scanner.taint.local import jsonschema
from scanner.taint.local.barefields import is_bare
from scanner.taint.local.classes import class_of
from scanner.taint.local.context import dotted_ref, first
from scanner.taint.local.names import global_value
from scanner.taint.local.ownkeys import is_own
from scanner.taint.local.places import settled
from scanner.taint.local.values import NOTHING, Value, join_labels, mask_labels, reached_by
from scanner.taint.refs import AnyRef, AttrType, GlobalType, ItemType, NameRef, capped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.taint.knowledge import SanitizerRow
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine
    from scanner.taint.local.values import Labels

PIECES: Final = "__iter__()"  # what the models call the pieces of a stream
_LITERALS = frozenset({"typing.Literal", "typing_extensions.Literal"})
_MOST_REFS = 16  # functions of one table that a call of it may reach


def attribute(it: Machine, node: ir.Attr, env: Env) -> Value:
    """`base.name`: a member of a module or class, a source of the models, a field, or a part of a value."""
    value = member(it, it.evaluate(node.base, env), node, _is_receiver(it, node.base))
    if not it.settled or not value.labels:
        return value
    return jsonschema.settled(it, node, settled(node, value, env), env)


def _is_receiver(it: Machine, node: ir.Expr) -> bool:
    return isinstance(node, ir.Name) and it.receiver_name == node.id


def member(it: Machine, base: Value, node: ir.Attr, receiver: bool) -> Value:  # noqa: FBT001 -- said once, by the caller above
    """The value of an attribute of a value."""
    numbers = it.context.language.numbers
    if numbers and node.name in numbers and f".{node.name}" not in base.parts:
        return Value(type_="int")
    if node.name == "__class__" and base.type is not None:
        return class_of(base)
    dotted = dotted_ref(base)
    if dotted is not None and not isinstance(base.type, str):
        return _global_member(it, dotted, base, node)
    if isinstance(base.type, str) and f".{node.name}" not in base.parts and (fixed := it.class_constant(base.type, node.name)) is not None:
        return fixed
    return _instance_member(it, base, node, receiver=receiver)


def _global_member(it: Machine, dotted: str, base: Value, node: ir.Attr) -> Value:
    """An attribute of a module, a class or whatever else a dotted name stands for."""
    fixed = it.class_constant(dotted, node.name)
    if fixed is not None:
        return fixed
    context = it.context
    full = context.public(dotted, node.name) or context.library.canonical(f"{dotted}.{node.name}")
    found = global_value(it, full, node.at, node.end)
    if found.type is None and base.type is not None:
        return Value(found.labels, type_=AttrType(capped(base.type), node.name), ref=found.ref)
    if found.type is None and not context.is_foreign_library(full) and full not in context.library.functions:
        # Perhaps a variable of another file of the program: only the linker knows.
        return Value(join_labels(found.labels, it.frame.label(Entry(EntryKind.GLOBAL, name=full))), type_=GlobalType(full), ref=found.ref)
    return found


def _instance_member(it: Machine, base: Value, node: ir.Attr, *, receiver: bool) -> Value:
    """An attribute of an object: a source or a sanitizer of the models, a field, or a part that this function knows."""
    context, knowledge = it.context, it.context.knowledge
    names = context.library.members(base.type, node.name) if isinstance(base.type, str) else ()
    source = first(knowledge.sources, names)
    part = f".{node.name}"
    value = it.frame.read(base, part)
    labels = value.labels
    if source is not None:
        labels = join_labels(labels, it.frame.source(SourceSite(node.at, node.end, source.name, source.trust)))
    type_ = value.type or first(knowledge.types, names)
    if type_ is None and base.type is not None:
        type_ = AttrType(capped(base.type), node.name)
    if base.type is not None and source is None and not (isinstance(base.type, str) and context.library.describes(base.type, node.name)):
        held = part in base.parts
        # What this function itself stored there is what it reads; the linker adds what others stored only where it did not.
        if (not held or not receiver) and not base.derived:
            labels = join_labels(labels, it.frame.label(Entry(EntryKind.FIELD, name=node.name, type=base.type)))
    sanitizers = first(knowledge.sanitizers, names)
    if sanitizers and labels:
        # An attribute that is never dangerous in some kinds: the last part of a path, the port of a URL.
        labels = _cleaned(it, labels, sanitizers)
    return Value(labels, const=value.const, type_=type_, ref=value.ref, parts=value.parts, derived=value.derived or bool(sanitizers))


def arriving(it: Machine, stream: Value, item: Value) -> Value:
    """A piece of what arrives bit by bit: an element, and what the models say that such a stream gives."""
    if stream.type is None or stream.parts:
        return item
    if isinstance(stream.type, str) and first(it.context.knowledge.sources, it.context.library.members(stream.type, PIECES)) is None:
        return item
    labels = it.frame.label(Entry(EntryKind.FIELD, name=PIECES, type=stream.type))  # what type a parameter has, the linker knows
    return Value(join_labels(item.labels, labels), const=item.const, type_=item.type, ref=item.ref, parts=item.parts, derived=item.derived)


def _cleaned(it: Machine, labels: Labels, rows: Iterable[SanitizerRow]) -> Labels:
    mask = 0
    for row in rows:
        if not row.kinds:
            return {}
        for kind in row.kinds:
            mask |= it.context.knowledge.kind_bits.get(kind, 0)
    return mask_labels(labels, mask)


def component(it: Machine, key: Value) -> str:
    """The access-path component of a key: exact where the key is a known constant."""
    const = key.const
    if isinstance(const, str):
        return f".{const}" if it.context.language.keyed and not const.isdecimal() else f"[{const}]"
    return f"[{const}]" if isinstance(const, int) and not isinstance(const, bool) else "*"


def index(it: Machine, node: ir.Index, env: Env) -> Value:
    """`base[key]`."""
    base = it.evaluate(node.base, env)
    key = NOTHING if node.key is None else it.evaluate(node.key, env)
    value = _indexed(it, node, base, key)
    if (key.labels or base.reached) and it.context.language.keyed:
        value = walked(it, base, NOTHING if key.labels and is_own(it, node) else key, value)
    return settled(node, value, env) if it.settled and value.labels else value


def _indexed(it: Machine, node: ir.Index, base: Value, key: Value) -> Value:  # noqa: C901 -- one kind of base after the other
    if isinstance(base.const, str | bytes):
        if isinstance(base.const, str) and isinstance(key.const, int) and -len(base.const) <= key.const < len(base.const):
            return Value(const=base.const[key.const], type_="str")
        return Value(type_="str")
    if node.key is None:
        parts = {"*": it.frame.read(base, "*")} if base.parts else {}
        return Value(base.labels, type_=base.type, parts=parts, derived=base.type == "str")  # a piece of a text is not that text
    where = component(it, key)
    if where.startswith("."):
        return member(it, base, ir.Attr(node.base, where[1:], node.at, node.end), _is_receiver(it, node.base))
    if isinstance(base.ref, NameRef) and base.ref.name in _LITERALS:
        return Value(ref=base.ref)  # a type that a module gives a name to
    if isinstance(key.const, int) and key.const < 0 and base.parts:
        where = _from_end(base, key.const)
    value = it.frame.read(base, where)
    if where == "*" and it.context.language.keyed and len(base.parts) > 1:
        refs = tuple(dict.fromkeys(part.ref for part in base.parts.values() if part.ref is not None))
        if len(refs) > 1:
            return Value(value.labels, type_=value.type, ref=AnyRef(refs[:_MOST_REFS]), parts=value.parts)
    knowledge = it.context.knowledge
    if isinstance(base.type, str):
        names = it.context.library.members(base.type, "__getitem__()")
        source = first(knowledge.sources, names)
        labels = value.labels
        if source is not None:
            labels = join_labels(labels, it.frame.source(SourceSite(node.at, node.end, source.name, source.trust)))
        elements = first(knowledge.sanitizers, it.context.library.members(base.type, "__getitem__"))
        if elements and labels:
            labels = _cleaned(it, labels, elements)
        derived = value.derived and source is None
        return Value(labels, const=value.const, type_=value.type or first(knowledge.types, names), ref=value.ref, parts=value.parts, derived=derived)
    if value.type is None and base.type is not None:
        held = ItemType(capped(base.type), "item")
        return Value(value.labels, const=value.const, type_=held, ref=value.ref, parts=value.parts, derived=value.derived)
    return value


def walked(it: Machine, base: Value, key: Value, value: Value) -> Value:
    """An element that was reached by a key from outside may be what all objects share (`__proto__`): what is stored in it then is anybody's.

    The object's own contents are known not to be that where it inherits nothing, or is a list. A parameter that is passed as it is says nothing:
    matrices are addressed by two of them.
    """
    bit = it.context.knowledge.kind_bits.get(KEY, 0)
    labels = {}
    if base.type not in _SAFE_TO_WALK and not (base.parts and base.type == "list") and not is_bare(it, base):
        labels = {number: taint for number, taint in key.labels.items() if not taint.mask & bit and (key.derived or _is_content(it, number))}
    return reached_by(value, join_labels(base.reached, labels))


_SAFE_TO_WALK = frozenset({"bare", "Map", "Set"})
_CONTENT = frozenset({EntryKind.SOURCE, EntryKind.RESULT, EntryKind.CAPTURED, EntryKind.FIELD})


def _is_content(it: Machine, number: int) -> bool:
    """Whether a key is more than a parameter as it was passed; the first one of a function in a function is what a list or an object held."""
    entry = it.frame.entries[number]
    if entry.path or entry.kind in _CONTENT:
        return True
    params = it.frame.function.params if it.frame.function is not None else ()
    return it.nested and entry.number == (params[:1] and params[0].name == it.context.language.explicit)


def _from_end(base: Value, position: int) -> str:
    length = sum(1 for key in base.parts if key.startswith("[") and key[1:-1].isdigit())
    return f"[{length + position}]" if "*" not in base.parts and length + position >= 0 else "*"
