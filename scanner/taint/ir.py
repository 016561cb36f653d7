"""The intermediate representation: one small, structured instruction set for every language.

A lowering turns one file's syntax tree into a `Module`. Control flow stays structured (`If`, `Loop`, `Try`), so that the analysis walks it once with
an environment instead of building graphs. `at` and `end` are byte offsets into the file: lines and columns are computed only for what is reported.

Values are named tuples: they are made by the hundred thousand, compared by content and sent between processes. Names are source names;
scoping (globals, closures, block scopes that shadow) is settled by the lowering, which renames a shadowing variable (`x`, `x@1`).
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

Constant = str | bytes | int | float | bool | None


class Const(NamedTuple):
    """A literal."""

    value: Constant
    at: int
    end: int


class Name(NamedTuple):
    """A variable, function, class or module by its name in scope."""

    id: str
    at: int
    end: int


class Attr(NamedTuple):
    """`base.name`."""

    base: Expr
    name: str
    at: int
    end: int


class Index(NamedTuple):
    """`base[key]`; `key` None stands for a slice or anything that may pick several elements."""

    base: Expr
    key: Expr | None
    at: int
    end: int


class Arg(NamedTuple):
    """One argument: positional (`name` empty), by keyword, or spread (`spread` 1: a sequence, 2: a mapping or object)."""

    value: Expr
    name: str = ""
    spread: int = 0


class Call(NamedTuple):
    """A call, or a construction where `new` is set (`new Foo()`; in Python a call of a class is a plain call)."""

    func: Expr
    args: tuple[Arg, ...]
    at: int
    end: int
    new: bool = False


class Binary(NamedTuple):
    """An arithmetic or string operator: `+ - * / % ** // & | ^ << >> @ ??`."""

    op: str
    left: Expr
    right: Expr
    at: int
    end: int


class Compare(NamedTuple):
    """A comparison: `== != === !== < <= > >= in not-in is is-not instanceof`; chains are lowered to `Logic`."""

    op: str
    left: Expr
    right: Expr
    at: int
    end: int


class Logic(NamedTuple):
    """`left and right` or `left or right`; the value is one of the operands."""

    op: str
    left: Expr
    right: Expr
    at: int
    end: int


class Not(NamedTuple):
    """Logical negation."""

    value: Expr
    at: int
    end: int


class Format(NamedTuple):
    """Text made of parts: f-strings, template strings, implicit concatenation."""

    parts: tuple[Expr, ...]
    at: int
    end: int


class Sequence(NamedTuple):
    """A list, tuple, array or set display. An item may be a `Spread`."""

    items: tuple[Expr, ...]
    kind: str
    at: int
    end: int


class Mapping(NamedTuple):
    """A dictionary or object display; a key of None spreads its value into it."""

    items: tuple[tuple[Expr | None, Expr], ...]
    at: int
    end: int


class Spread(NamedTuple):
    """`*value` or `...value` inside a display or as an assignment target."""

    value: Expr
    at: int
    end: int


class Choice(NamedTuple):
    """`then if test else orelse`."""

    test: Expr
    then: Expr
    orelse: Expr
    at: int
    end: int


class Comprehension(NamedTuple):
    """A comprehension or generator expression: `element` (with `key` for dictionaries) for each clause (target, iterable, conditions)."""

    element: Expr
    key: Expr | None
    clauses: tuple[tuple[Expr, Expr, tuple[Expr, ...]], ...]
    kind: str
    at: int
    end: int


class Bind(NamedTuple):
    """An assignment that is an expression (`:=`, or `=` in JavaScript); its value is `value`."""

    target: Expr
    value: Expr
    at: int
    end: int


class Closure(NamedTuple):
    """A lambda, arrow function or function expression as a value."""

    function: Function
    at: int
    end: int


class Await(NamedTuple):
    """`await value`."""

    value: Expr
    at: int
    end: int


class Yield(NamedTuple):
    """`yield value` or `yield from value`; what is sent in is unknown."""

    value: Expr
    at: int
    end: int


class Opaque(NamedTuple):
    """Anything the lowering has no better word for: its value may hold whatever its parts hold."""

    parts: tuple[Expr, ...]
    at: int
    end: int


Expr = (
    Const
    | Name
    | Attr
    | Index
    | Call
    | Binary
    | Compare
    | Logic
    | Not
    | Format
    | Sequence
    | Mapping
    | Spread
    | Choice
    | Comprehension
    | Bind
    | Closure
    | Await
    | Yield
    | Opaque
)


class Assign(NamedTuple):
    """`target = value`; a target is a Name, Attr, Index, Sequence of targets, Mapping of targets (destructuring by key) or Spread."""

    target: Expr
    value: Expr
    at: int
    end: int


class Augment(NamedTuple):
    """`target op= value`."""

    target: Expr
    op: str
    value: Expr
    at: int
    end: int


class Evaluate(NamedTuple):
    """An expression for its effect."""

    value: Expr
    at: int
    end: int


class If(NamedTuple):
    """A branch."""

    test: Expr
    then: Block
    orelse: Block
    at: int
    end: int


class Loop(NamedTuple):
    """`for target in iterable` where target is given, else `while test`. `orelse` runs when the loop ends by itself."""

    target: Expr | None
    iterable: Expr | None
    test: Expr | None
    body: Block
    orelse: Block
    at: int
    end: int


class Case(NamedTuple):
    """One case: the values it matches (empty: any), the names it binds (target, the path of keys it is taken from), its guard and its body."""

    values: tuple[Expr, ...]
    binds: tuple[tuple[Expr, tuple[Constant, ...]], ...]
    guard: Expr | None
    body: Block


class Switch(NamedTuple):
    """`match`/`switch` whose cases do not fall through (a lowering joins the bodies of those that do)."""

    subject: Expr
    cases: tuple[Case, ...]
    at: int
    end: int


class Handler(NamedTuple):
    """One `except`/`catch`: the types it takes, the name it binds, its body."""

    types: tuple[Expr, ...]
    name: str
    body: Block


class Try(NamedTuple):
    """Exception handling."""

    body: Block
    handlers: tuple[Handler, ...]
    orelse: Block
    final: Block
    at: int
    end: int


class With(NamedTuple):
    """Context managers, each with the target it binds, around a body."""

    items: tuple[tuple[Expr, Expr | None], ...]
    body: Block
    at: int
    end: int


class Return(NamedTuple):
    """Leave the function."""

    value: Expr | None
    at: int
    end: int


class Raise(NamedTuple):
    """Leave by an exception."""

    value: Expr | None
    at: int
    end: int


class Assert(NamedTuple):
    """A check that optimised builds leave out."""

    test: Expr
    at: int
    end: int


class Delete(NamedTuple):
    """`del target`."""

    target: Expr
    at: int
    end: int


class Jump(NamedTuple):
    """`break` (op "break") or `continue`."""

    op: str
    at: int
    end: int


class Scope(NamedTuple):
    """`global` (op "global") or `nonlocal` names."""

    op: str
    names: tuple[str, ...]


class Import(NamedTuple):
    """`local` becomes `module` itself (name empty), or `name` of it ("*": everything, local empty). `level` counts leading dots of relative imports.

    For JavaScript `module` is the specifier as written and `name` may be "default".
    """

    local: str
    module: str
    name: str
    level: int
    at: int
    end: int


class Define(NamedTuple):
    """A function definition statement; the function's name is bound to it, wrapped by its decorators."""

    function: Function


class DefineClass(NamedTuple):
    """A class definition statement."""

    cls: Class


class Export(NamedTuple):
    """What a module offers under a public name where that differs from binding a module-level name (JavaScript)."""

    name: str
    value: Expr
    at: int
    end: int


Stmt = (
    Assign
    | Augment
    | Evaluate
    | If
    | Loop
    | Switch
    | Try
    | With
    | Return
    | Raise
    | Assert
    | Delete
    | Jump
    | Scope
    | Import
    | Define
    | DefineClass
    | Export
)
Block = tuple[Stmt, ...]


class ParamKind(IntEnum):
    """How arguments find a parameter."""

    NORMAL = 0
    KEYWORD = 1
    REST = 2
    KEYWORD_REST = 3


class Param(NamedTuple):
    """One parameter. A destructured one has a made-up name and is taken apart by assignments at the top of the body."""

    name: str
    kind: ParamKind
    default: Expr | None
    annotation: Expr | None
    at: int
    end: int


class Function(NamedTuple):
    """A function, method or lambda. `qualname` is its dotted name within the module (`Shop.checkout`, `make.<locals>.inner` as `make.inner`)."""

    name: str
    qualname: str
    params: tuple[Param, ...]
    body: Block
    decorators: tuple[Expr, ...]
    returns: Expr | None
    generator: bool
    at: int
    end: int


class Class(NamedTuple):
    """A class: bases and decorators as expressions, its body as statements (methods are `Define`s)."""

    name: str
    qualname: str
    bases: tuple[Expr, ...]
    decorators: tuple[Expr, ...]
    body: Block
    at: int
    end: int


class Module(NamedTuple):
    """One lowered file. `name` is its dotted module name where the language has one (`shop.services.orders`), else its path.

    `truncated` lists qualified names of functions that a depth or step limit cut.
    """

    path: str
    name: str
    language: str
    package: bool
    body: Block
    truncated: tuple[str, ...] = ()
