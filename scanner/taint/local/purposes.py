"""What a call is for, by the names of what it is given: in its arguments, and, of an object that it makes, in those of the calls on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir, program

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scanner.taint.local.machine import Machine

_MOST_STEPS = 12  # expressions of one argument that are looked into
_MOST_CALLS = 20  # of one function for which its body is gone through: for each of thousands, it would take minutes
_MOST_NODES = 20_000  # of a function's body, looked at for calls on what a call made


def mentioned(it: Machine, node: ir.Call) -> tuple[str, ...]:
    """The names in what a call is given, as far as they are plain: of variables, of attributes, and of what methods are called on.

    `createHash('md5').update(text)` is given its text by a call on what it makes. A variable is what it was last assigned, too.
    """
    found = list(_names([arg.value for arg in node.args]))
    if it.context.language.keyed:
        found.extend(_names(_given_later(it, node)))
        found.extend(_names([it.origins[name] for name in found if name in it.origins]))
    return tuple(found)


def _names(expressions: Iterable[ir.Expr]) -> Iterator[str]:
    waiting = list(expressions)
    for _ in range(_MOST_STEPS + len(waiting)):
        if not waiting:
            return
        match waiting.pop():
            case ir.Name(id=name):
                yield name
            case ir.Attr(base=base, name=name):
                yield name
                waiting.append(base)
            case ir.Call(func=func, args=args):
                waiting.extend((func, *(arg.value for arg in args)))
            case ir.Binary(left=left, right=right):
                waiting.extend((left, right))
            case ir.Format(parts=parts):
                waiting.extend(parts)
            case _:
                pass


def _given_later(it: Machine, made: ir.Call) -> Iterator[ir.Expr]:
    """The arguments of calls on what a call makes: behind it in a chain, or on the variable that keeps it."""
    function = it.frame.function
    it.frame.purposes_asked += 1
    if it.frame.purposes_asked > _MOST_CALLS:
        return  # told as where nothing shows what it is given
    calls: list[ir.Call] = []
    kept: set[str] = set()
    for node in _all(function.body) if function is not None else ():
        if isinstance(node, program.Assign | program.Declare) and isinstance(node.target, ir.Name) and _is_on(node.value, made, kept):
            kept.add(node.target.id)
        elif isinstance(node, ir.Call) and isinstance(node.func, ir.Attr):
            calls.append(node)
    for call in calls:
        if isinstance(call.func, ir.Attr) and _is_on(call.func.base, made, kept):
            yield from (arg.value for arg in call.args)


def _is_on(node: ir.Expr | None, made: ir.Call, kept: set[str]) -> bool:
    """Whether an expression is what a call makes, or what a chain of calls on it hands on."""
    for _ in range(_MOST_STEPS):
        match node:
            case ir.Call() if (node.at, node.end) == (made.at, made.end):
                return True
            case ir.Call(func=ir.Attr(base=base)):
                node = base
            case ir.Name(id=name):
                return name in kept
            case _:
                return False
    return False


def _all(body: program.Block) -> Iterator[object]:
    """Everything in statements, functions within them included, in no order but that of its beginning."""
    found: list[object] = []
    waiting: list[object] = [*body]
    while waiting and len(found) < _MOST_NODES:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting.extend(node)
        elif isinstance(node, program.Closure | program.Define):
            waiting.extend(node.function.body)
        elif isinstance(node, program.Stmt | program.Handler | program.Case | ir.Expr | ir.Arg):
            found.append(node)
            waiting.extend(getattr(node, slot) for slot in node.__match_args__)
    return iter(sorted(found, key=lambda node: getattr(node, "at", 0)))
