"""Named tuples that a call makes (`Point = namedtuple("Point", "x y")`): classes, whose fields the call names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import Attr, Call, Const, Name, Sequence
from scanner.taint.program import Assign, Class, Declare, DefineClass

if TYPE_CHECKING:
    from scanner.taint.ir import Expr
    from scanner.taint.lower.python.state import State
    from scanner.taint.program import Stmt

_MAKERS = frozenset({"namedtuple", "NamedTuple"})
_MOST_FIELDS = 64


def assigned(s: State, target: Expr, value: Expr, start: int, end: int) -> Stmt:
    """An assignment; of a named tuple, the definition of its class."""
    if type(value) is Call and type(target) is Name and (fields := fields_of(value)):
        return DefineClass(Class(target.id, s.qualified(target.id, start), (), (), declared(fields, value), start, end))
    return Assign(target, value, start, end)


def fields_of(value: Expr) -> tuple[str, ...]:
    """The fields of the named tuple that a call makes; none for any other expression, and where they are not written down."""
    if not isinstance(value, Call) or len(value.args) < 2:  # noqa: PLR2004 -- a name and the fields
        return ()
    last = value.func.name if isinstance(value.func, Attr) else value.func.id if isinstance(value.func, Name) else ""
    if last not in _MAKERS:
        return ()
    given = value.args[1].value
    names: list[object] = []
    if isinstance(given, Const) and isinstance(given.value, str):
        names.extend(given.value.replace(",", " ").split())
    elif isinstance(given, Sequence):
        for item in given.items:
            one = item.items[0] if isinstance(item, Sequence) and item.items else item
            names.append(one.value if isinstance(one, Const) else None)
    found = tuple(name for name in names if isinstance(name, str) and name.isidentifier())
    return found if len(found) == len(names) <= _MOST_FIELDS else ()


def declared(fields: tuple[str, ...], value: Expr) -> tuple[Stmt, ...]:
    """The body of the class: its fields, of which no type is known."""
    return tuple(Declare(Name(field, value.at, value.at), None, None, value.at, value.end) for field in fields)
