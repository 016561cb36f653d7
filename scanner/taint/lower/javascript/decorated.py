"""Decorators as compilers write them: `__decorate([Get(":id"), __param(0, Body())], C.prototype, "read", null)` behind the class.

TypeScript, esbuild and SWC leave the class as it is and call a helper for each of its decorated members, and `C = __decorate([...], C)` for the class
itself. Here the decorators go back to where they stood in the source, and what `__metadata` says of types becomes annotations again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint.ir import Attr, Bind, Call, Choice, Compare, Const, Expr, Logic, Name, Sequence
from scanner.taint.program import Assign, Class, Declare, Define, DefineClass, Evaluate, Export, Function, Stmt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.taint.lower.javascript.state import State

_HELPERS: Final = frozenset(("__decorate", "__decorateClass", "_ts_decorate"))
_PARAMETERS: Final = frozenset(("__param", "__decorateParam", "_ts_param"))
_METADATA: Final = frozenset(("__metadata", "_ts_metadata"))
_WORDS: Final = ("__decorate", "_ts_decorate")
_NO_TYPES: Final = frozenset(("Object", "Function", "Promise", "Array"))  # what compilers write for types that are no class
_MEMBER_ARGUMENTS: Final = 3  # decorators, target, key


def restore(s: State, out: list[Stmt]) -> None:
    """Give the classes of a module the decorators that a compiler has put behind them."""
    if not any(word in s.text for word in _WORDS):
        return
    classes: dict[str, Class] = {}
    kept: list[Stmt] = []
    for node in out:
        match node:
            case DefineClass(cls=cls):
                classes[cls.name] = cls
            case Evaluate(value=Call() as call) if _decorated(call, classes) is not None:
                continue
            case Assign(target=Name(id=name), value=value):
                # The class is known by another name as well where its own methods speak of it.
                held = value.value if isinstance(value, Bind) else value
                meant = _decorated(held, classes) if isinstance(held, Call) else classes.get(held.id) if isinstance(held, Name) else None
                if meant is not None and classes.setdefault(name, meant) is meant and isinstance(held, Call):
                    continue
            case Export(value=Call() as call) if (offered := _decorated(call, classes)) is not None:
                kept.append(Export(node.name, Name(offered.name, node.at, node.at), node.at, node.end))
                continue
            case _:
                pass
        kept.append(node)
    out[:] = kept


def _decorated(call: Call, classes: dict[str, Class]) -> Class | None:
    """The class that a compiler's call decorates, or one of whose members; it has the decorators then. None where it is no such call."""
    if _called(call) not in _HELPERS or len(call.args) < 2:  # noqa: PLR2004 -- decorators, target
        return None
    listed, target = call.args[0].value, call.args[1].value
    if not isinstance(listed, Sequence):
        return None
    if isinstance(target, Attr) and target.name == "prototype":
        target = target.base
    cls = classes.get(target.id) if isinstance(target, Name) else None
    if cls is None:
        return None
    if len(call.args) < _MEMBER_ARGUMENTS:
        cls.decorators = (*cls.decorators, *_settled(_function(cls, "__init__"), listed.items))
        return cls
    key = call.args[2].value
    if isinstance(key, Const) and isinstance(key.value, str):
        _member(cls, key.value, listed, call)
    return cls


def _member(cls: Class, name: str, listed: Sequence, call: Call) -> None:
    """One decorated member: a method, or a field, of which the compiler has left nothing else where it has no value."""
    function = _function(cls, name)
    if function is not None:
        function.decorators = (*_settled(function, listed.items), *function.decorators)
        return
    for item in listed.items:
        held = _metadata(item, "design:type")
        declared = _type(held) if held is not None else None
        if declared is not None:
            cls.body = (*cls.body, Declare(Name(name, call.at, call.at), declared, None, call.at, call.end))
    own = [item for item in listed.items if isinstance(item, Call) and _called(item) not in _METADATA]
    cls.body = (*cls.body, *[Evaluate(item, item.at, item.end) for item in own])


def _settled(function: Function | None, items: Iterable[Expr]) -> list[Expr]:
    """The decorators of a function or class; those of parameters go to them, and so do types."""
    own: list[Expr] = []
    params = function.params if function is not None else ()
    if params and params[0].name == "this":
        params = params[1:]
    for item in items:
        name = _called(item) if isinstance(item, Call) else ""
        if name in _PARAMETERS and isinstance(item, Call) and len(item.args) > 1:
            position = item.args[0].value
            if isinstance(position, Const) and type(position.value) is int and position.value < len(params):
                param = params[position.value]
                param.decorators = (*param.decorators, item.args[1].value)
        elif name in _METADATA:
            types = _metadata(item, "design:paramtypes")
            for param, held in zip(params, types.items if isinstance(types, Sequence) else (), strict=False):
                param.annotation = param.annotation or _type(held)
        else:
            own.append(item)
    return own


def _metadata(item: Expr, about: str) -> Expr | None:
    """What a compiler says of a member's types."""
    if not isinstance(item, Call) or _called(item) not in _METADATA or len(item.args) < 2:  # noqa: PLR2004 -- of what, what
        return None
    said = item.args[0].value
    return item.args[1].value if isinstance(said, Const) and said.value == about else None


def _type(held: Expr) -> Expr | None:
    """The class that stands for a type at run time, if it says anything."""
    match held:
        case Name(id=name):
            return None if name in _NO_TYPES else held
        case Attr():
            return held
        case Choice(test=Compare(left=Call(args=(tested,))), then=then, orelse=orelse):
            # What may not be there is asked for before it is named.
            inner = tested.value
            if isinstance(inner, Bind) and isinstance(inner.value, Logic):
                return _type(inner.value.right)
            return _type(orelse) or _type(then)
        case _:
            return None


def _function(cls: Class, name: str) -> Function | None:
    return next((node.function for node in cls.body if isinstance(node, Define) and node.function.name == name), None)


def _called(call: Call) -> str:
    func = call.func
    return func.name if isinstance(func, Attr) else func.id if isinstance(func, Name) else ""
