"""The intermediate representation: one small, structured instruction set for every language.

Its expressions stand here, in `program` the statements, functions and modules made of them.

A lowering turns one file's syntax tree into a `program.Module`. Control flow stays structured (`If`, `Loop`, `Try`), so that the analysis walks it
once with an environment instead of building graphs. `at` and `end` are byte offsets into the file: lines and columns are computed only for what
is reported.

Nodes are plain slotted classes and not frozen: they are made by the hundred thousand, and a frozen constructor costs three times as much. Nobody
changes one all the same. Names are source names;
scoping (globals, closures, block scopes that shadow) is settled by the lowering, which renames a shadowing variable (`x`, `x@1`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

Constant = str | bytes | int | float | bool | None


class Expr:
    """Any expression."""

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]] = ()  # the fields by name
    at: int
    end: int


@dataclass(slots=True)
class Const(Expr):
    """A literal."""

    value: Constant
    at: int
    end: int


@dataclass(slots=True)
class Name(Expr):
    """A variable, function, class or module by its name in scope."""

    id: str
    at: int
    end: int


@dataclass(slots=True)
class Attr(Expr):
    """`base.name`."""

    base: Expr
    name: str
    at: int
    end: int


@dataclass(slots=True)
class Index(Expr):
    """`base[key]`; `key` None stands for a slice or anything that may pick several elements."""

    base: Expr
    key: Expr | None
    at: int
    end: int


@dataclass(slots=True)
class Arg:
    """One argument: positional (`name` empty), by keyword, or spread (`spread` 1: a sequence, 2: a mapping or object)."""

    value: Expr
    name: str = ""
    spread: int = 0


@dataclass(slots=True)
class Call(Expr):
    """A call, or a construction where `new` is set (`new Foo()`; in Python a call of a class is a plain call)."""

    func: Expr
    args: tuple[Arg, ...]
    at: int
    end: int
    new: bool = False


@dataclass(slots=True)
class Binary(Expr):
    """An arithmetic or string operator: `+ - * / % ** // & | ^ << >> @ ??`."""

    op: str
    left: Expr
    right: Expr
    at: int
    end: int


@dataclass(slots=True)
class Compare(Expr):
    """A comparison: `== != === !== < <= > >= in not-in is is-not instanceof`; chains are lowered to `Logic`."""

    op: str
    left: Expr
    right: Expr
    at: int
    end: int


@dataclass(slots=True)
class Logic(Expr):
    """`left and right` or `left or right`; the value is one of the operands."""

    op: str
    left: Expr
    right: Expr
    at: int
    end: int


@dataclass(slots=True)
class Not(Expr):
    """Logical negation."""

    value: Expr
    at: int
    end: int


@dataclass(slots=True)
class Format(Expr):
    """Text made of parts: f-strings, template strings, implicit concatenation."""

    parts: tuple[Expr, ...]
    at: int
    end: int


@dataclass(slots=True)
class Sequence(Expr):
    """A list, tuple, array or set display. An item may be a `Spread`."""

    items: tuple[Expr, ...]
    kind: str
    at: int
    end: int


@dataclass(slots=True)
class Mapping(Expr):
    """A dictionary or object display; a key of None spreads its value into it."""

    items: tuple[tuple[Expr | None, Expr], ...]
    at: int
    end: int


@dataclass(slots=True)
class Spread(Expr):
    """`*value` or `...value` inside a display or as an assignment target."""

    value: Expr
    at: int
    end: int


@dataclass(slots=True)
class Choice(Expr):
    """`then if test else orelse`."""

    test: Expr
    then: Expr
    orelse: Expr
    at: int
    end: int


@dataclass(slots=True)
class Comprehension(Expr):
    """A comprehension or generator expression: `element` (with `key` for dictionaries) for each clause (target, iterable, conditions)."""

    element: Expr
    key: Expr | None
    clauses: tuple[tuple[Expr, Expr, tuple[Expr, ...]], ...]
    kind: str
    at: int
    end: int


@dataclass(slots=True)
class Bind(Expr):
    """An assignment that is an expression (`:=`, or `=` in JavaScript); its value is `value`."""

    target: Expr
    value: Expr
    at: int
    end: int


@dataclass(slots=True)
class Await(Expr):
    """`await value`."""

    value: Expr
    at: int
    end: int


@dataclass(slots=True)
class Yield(Expr):
    """`yield value` or `yield from value`; what is sent in is unknown."""

    value: Expr
    at: int
    end: int


@dataclass(slots=True)
class Opaque(Expr):
    """Anything the lowering has no better word for: its value may hold whatever its parts hold."""

    parts: tuple[Expr, ...]
    at: int
    end: int
