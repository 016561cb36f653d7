"""Names: variables, and what the file, the models or other files make of a name that is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.facts import Entry, EntryKind, SourceSite
from scanner.taint.local.captures import captured
from scanner.taint.local.places import proven_elsewhere
from scanner.taint.local.values import NOTHING, Value, join_labels, reached_by
from scanner.taint.refs import GlobalType, NameRef

if TYPE_CHECKING:
    from scanner.taint import ir
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine


def name(it: Machine, node: ir.Name, env: Env) -> Value:
    """A variable; else what the file's imports and definitions, an enclosing function, or the language make of the name."""
    held = env.get(node.id)
    if held is not None:
        if node.id in it.frame.rewritten:
            shared = Value(join_labels(held.labels, it.frame.label(_own_cell(it, node.id))), type_=held.type, ref=held.ref, parts=held.parts)
            return reached_by(shared, held.reached)
        return held
    found = captured(it, node.id)
    if found is None:
        dotted = it.context.dotted(node.id)
        if dotted is None:
            return NOTHING
        found = global_value(it, dotted, node.at, node.end)
    return proven_elsewhere(node.id, found, env) if it.settled and found.labels else found


def _own_cell(it: Machine, name: str) -> Entry:
    """A variable of this function that functions within it assign to."""
    return Entry(EntryKind.CAPTURED, name=f"{it.frame.qualname}:{name}")


def global_value(it: Machine, dotted: str, at: int, end: int) -> Value:
    """The value of a dotted name that is no local variable."""
    knowledge, scope = it.context.knowledge, it.context.scope
    if it.context.is_own_variable(dotted):
        simple = dotted.rpartition(".")[2]
        known = scope.values.get(simple)
        if known is not None and (known.known or known.parts) and not known.labels:
            return known
        labels = it.frame.label(Entry(EntryKind.GLOBAL, name=dotted))
        ref = known.ref if known is not None else scope.choices.get(simple)
        return Value(labels, type_=known.type if known is not None and known.type is not None else GlobalType(dotted), ref=ref)
    fixed = it.context.language.constants.get(dotted)
    if fixed is not None:
        return Value(const=fixed, type_="str", ref=NameRef(dotted))
    source = knowledge.sources.get(dotted)
    labels = it.frame.source(SourceSite(at, end, dotted, source.trust)) if source is not None else {}
    return Value(labels, type_=knowledge.types.get(dotted), ref=NameRef(dotted))


def module_value(it: Machine, dotted: str, at: int, end: int) -> Value:
    """The value of a module, or of what is imported from one."""
    return global_value(it, it.context.library.canonical(dotted), at, end)
