"""Fields of a class that never hold anything but an object which inherits nothing: whatever key is looked up in one, none leads to a prototype."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint import ir, program
from scanner.taint.refs import AttrType

if TYPE_CHECKING:
    from scanner.taint.local.machine import Machine
    from scanner.taint.local.values import Value

_TABLES: Final = frozenset({"Map", "WeakMap", "Set", "WeakSet"})


def is_bare(it: Machine, held: Value) -> bool:
    """Whether a value is such a field of one of the module's classes."""
    type_ = held.type
    if not isinstance(type_, AttrType) or not isinstance(type_.type, str):
        return False
    owner = type_.type.removeprefix(f"{it.context.scope.module}.")
    found = it.host.bare.get(owner)
    if found is None:
        cls = it.host.class_nodes.get(owner)
        found = it.host.bare[owner] = frozenset() if cls is None else _bare(cls)
    return type_.name in found


def _bare(cls: program.Class) -> frozenset[str]:
    """The fields that each store in the class, whatever it stores into, gives such an object."""
    stored: dict[str, bool] = {}
    fields = {id(statement) for statement in cls.body}
    waiting: list[object] = [*cls.body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting.extend(node)
            continue
        if isinstance(node, program.Assign | program.Augment) and isinstance(node.target, ir.Attr):
            stored[node.target.name] = stored.get(node.target.name, True) and isinstance(node, program.Assign) and _inherits_nothing(node.value)
        elif isinstance(node, program.Assign | program.Declare) and isinstance(node.target, ir.Name) and id(node) in fields:
            stored[node.target.id] = stored.get(node.target.id, True) and _inherits_nothing(node.value)
        if isinstance(node, program.Define | program.Closure):
            waiting.append(node.function.body)
        elif isinstance(node, program.Stmt | program.Handler | program.Case | ir.Expr):
            waiting.extend([getattr(node, slot) for slot in node.__match_args__])
    return frozenset(name for name, bare in stored.items() if bare)


def _inherits_nothing(value: ir.Expr | None) -> bool:
    if not isinstance(value, ir.Call):
        return False
    func = value.func
    if isinstance(func, ir.Name):
        return value.new and func.id in _TABLES
    if not isinstance(func, ir.Attr) or func.name != "create" or not isinstance(func.base, ir.Name) or func.base.id != "Object":
        return False
    return bool(value.args) and isinstance(value.args[0].value, ir.Const) and value.args[0].value.value is None
