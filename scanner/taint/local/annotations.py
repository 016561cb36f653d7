"""Annotations: the classes that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.refs import NameRef

if TYPE_CHECKING:
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine
    from scanner.taint.refs import TypeRef

_WRAPPERS = frozenset({"Optional", "Annotated", "Union", "Final", "ClassVar", "Type", "Required", "NotRequired"})


def checked(it: Machine, node: ir.Expr | None, env: Env, named: TypeRef) -> TypeRef:
    """The class that whoever checks an annotation holds a value to; of a list of numbers or known words, that of its elements.

    `named` is what the annotation names.
    """
    return annotation(it, node, env, within=True) if isinstance(node, ir.Index | ir.Binary) else named


def annotation(it: Machine, node: ir.Expr | None, env: Env, *, within: bool = False) -> TypeRef:
    """The class that an annotation names: `X`, `Optional[X]`, `X | None`, `Annotated[X, ...]`; None for what names none."""
    while True:
        match node:
            case ir.Index(base=base, key=key) if within and _last_name(base) in _SEQUENCES and key is not None and _last_name(key) in _VALUES:
                node = key
            case ir.Index(base=base, key=key):
                ref = it.evaluate(base, env).ref if not isinstance(base, ir.Name) or base.id not in it.context.language.annotations else None
                if isinstance(ref, NameRef) and ref.name.rpartition(".")[2] in _WRAPPERS:
                    items = key.items if isinstance(key, ir.Sequence) else ()
                    node = _telling(items) if ref.name.endswith("Union") and items else items[0] if items else key
                    continue
                node = base
            case ir.Binary(op="|", left=left, right=right):
                node = _telling((left, right))
            case ir.Name(id=word) if word in it.context.language.annotations and it.context.dotted(word) in {None, f"builtins.{word}"}:
                return it.context.language.annotations[word]
            case ir.Name() | ir.Attr():
                ref = it.evaluate(node, env).ref
                if not isinstance(ref, NameRef):
                    return None
                instances = it.context.language.instances
                return instances.get(ref.name, ref.name) if instances else ref.name.removeprefix("builtins.")
            case _:
                return None


def _telling(options: tuple[ir.Expr, ...]) -> ir.Expr | None:
    """The one of several types that says most: what may be a number or a text may be a text, and nothing is None alone."""
    some = [option for option in options if not (isinstance(option, ir.Const) and option.value is None)]
    return next((option for option in some if _last_name(option) not in _VALUES), some[0] if some else None)


_VALUES = frozenset({"int", "float", "bool", "complex", "Decimal", "UUID", "date", "datetime", "time", "timedelta", "Literal", "None"})


_SEQUENCES = frozenset({"list", "List", "set", "Set", "frozenset", "FrozenSet", "Sequence", "Iterable", "Collection"})


def _last_name(node: ir.Expr) -> str:
    """The last name of what an annotation begins with; of a union, of its last part."""
    while isinstance(node, ir.Index):
        node = node.base
    if isinstance(node, ir.Binary):
        return _last_name(_telling((node.left, node.right)) or node.right)
    return node.id if isinstance(node, ir.Name) else node.name if isinstance(node, ir.Attr) else ""
