"""Loops over an object's own keys: what the object has under one of them is its own, and never what all objects share.

`for (const key of Object.keys(row)) use(row[key])` reaches no prototype, whoever wrote the keys; `target[key]` may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint import ir, program
from scanner.taint.local.places import Walk
from scanner.taint.local.scope import binds

if TYPE_CHECKING:
    from scanner.taint.local.machine import Machine

_LISTS: Final = frozenset({"keys", "entries", "getOwnPropertyNames"})
_ROUNDS: Final = frozenset({"forEach", "map", "flatMap", "filter", "some", "every", "find"})
_MOST_STEPS: Final = 6


def loop(it: Machine, node: program.Loop) -> None:
    """Note the variable of a loop over an object's keys. An object that the loop gives another value is none that it knows the keys of."""
    found = _walked(node.iterable)
    target = node.target
    if found is None or target is None:
        return
    walk, pairs = found
    if pairs and isinstance(target, ir.Sequence) and target.items:
        target = target.items[0]
    elif pairs:
        return
    if isinstance(target, ir.Name) and not any(binds(node.body, name) for name in walk.names):
        it.walks[target.id] = walk


def rounds(it: Machine, node: ir.Call) -> None:
    """Note the parameter of a function that is called with each of an object's keys (`Object.keys(row).forEach((key) => ...)`)."""
    func = node.func
    if not isinstance(func, ir.Attr) or func.name not in _ROUNDS or not node.args or not isinstance(node.args[0].value, program.Closure):
        return
    found = _walked(func.base)
    function = node.args[0].value.function
    params = [param for param in function.params if param.name != it.context.language.explicit]
    if found is not None and not found[1] and params and not any(binds(function.body, name) for name in found[0].names):
        it.host.rounds[function.qualname] = (params[0].name, found[0])


def is_own(it: Machine, node: ir.Index) -> bool:
    """Whether an element is read under one of the object's own keys."""
    if not isinstance(node.key, ir.Name):
        return False
    here: Machine | None = it
    hidden: set[str] = set()  # variables of functions in between
    while here is not None and node.key.id not in hidden:
        walk = here.walks.get(node.key.id)
        if walk is not None:
            return walk.names.isdisjoint(hidden) and _spelled(node.base, set(), 0) == walk.spelled
        hidden.update(here.env)
        here = here.outer
    return False


def bound(it: Machine, name: str) -> None:
    """A variable has another value from here on: as a key, and in the objects whose keys are gone through."""
    for key in [key for key, walk in it.walks.items() if key == name or name in walk.names]:
        del it.walks[key]


def _walked(node: ir.Expr | None) -> tuple[Walk, bool] | None:
    """The object whose keys an expression lists, and whether it lists its values with them."""
    match node:
        case ir.Call(func=ir.Attr(base=ir.Name(id="Object"), name=name), args=(ir.Arg(value=value, name="", spread=0),)) if name in _LISTS:
            names: set[str] = set()
            spelled = _spelled(value, names, 0)
            return (Walk(spelled, frozenset(names)), name == "entries") if spelled else None
        case _:
            return None


def _spelled(node: ir.Expr, names: set[str], depth: int) -> str:
    """How an object is spelled that is the same one each time; empty for others. The variables in it are added to `names`."""
    if depth > _MOST_STEPS:
        return ""
    match node:
        case ir.Name(id=name):
            names.add(name)
            return name
        case ir.Attr(base=base, name=name):
            inner = _spelled(base, names, depth + 1)
            return f"{inner}.{name}" if inner else ""
        case ir.Index(base=base, key=ir.Const(value=value)):
            inner = _spelled(base, names, depth + 1)
            return f"{inner}[{value!r}]" if inner else ""
        case ir.Index(base=base, key=ir.Name() | ir.Attr() as key):
            inner, within = _spelled(base, names, depth + 1), _spelled(key, names, depth + 1)
            return f"{inner}[{within}]" if inner and within else ""
        case _:
            return ""
