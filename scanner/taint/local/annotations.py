"""Annotations: the classes that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.facts import NameRef

if TYPE_CHECKING:
    from scanner.taint.facts import TypeRef
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine

_WRAPPERS = frozenset({"Optional", "Annotated", "Union", "Final", "ClassVar", "Type", "Required", "NotRequired"})


def annotation(it: Machine, node: ir.Expr | None, env: Env) -> TypeRef:
    """The class that an annotation names: `X`, `Optional[X]`, `X | None`, `Annotated[X, ...]`; None for what names none."""
    while True:
        match node:
            case ir.Index(base=base, key=key):
                ref = it.evaluate(base, env).ref if not isinstance(base, ir.Name) or base.id not in it.context.language.annotations else None
                if isinstance(ref, NameRef) and ref.name.rpartition(".")[2] in _WRAPPERS:
                    node = key.items[0] if isinstance(key, ir.Sequence) and key.items else key
                    continue
                node = base
            case ir.Binary(op="|", left=left, right=right):
                node = right if isinstance(left, ir.Const) and left.value is None else left
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
