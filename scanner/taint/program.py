"""The statements of the intermediate representation, and what holds them: functions, classes, modules.

Made of the expressions of `ir`; what is said there of places, names and nodes that nobody changes holds here too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from scanner.taint.ir import Constant, Expr


class Stmt:
    """Any statement."""

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]] = ()  # the fields by name


Block = tuple[Stmt, ...]


@dataclass(slots=True)
class Closure(Expr):
    """A lambda, arrow function or function expression as a value."""

    function: Function
    at: int
    end: int


@dataclass(slots=True)
class Assign(Stmt):
    """`target = value`; a target is a Name, Attr, Index, Sequence of targets, Mapping of targets (destructuring by key) or Spread."""

    target: Expr
    value: Expr
    at: int
    end: int


@dataclass(slots=True)
class Declare(Stmt):
    """`target: annotation = value`. Without a value nothing is bound: only the target's type is said."""

    target: Expr
    annotation: Expr | None
    value: Expr | None
    at: int
    end: int


@dataclass(slots=True)
class Augment(Stmt):
    """`target op= value`."""

    target: Expr
    op: str
    value: Expr
    at: int
    end: int


@dataclass(slots=True)
class Evaluate(Stmt):
    """An expression for its effect."""

    value: Expr
    at: int
    end: int


@dataclass(slots=True)
class If(Stmt):
    """A branch."""

    test: Expr
    then: Block
    orelse: Block
    at: int
    end: int


@dataclass(slots=True)
class Loop(Stmt):
    """`for target in iterable` where target is given, else `while test`. `orelse` runs when the loop ends by itself.

    `awaits`: what the iterable gives is waited for, as the pieces of a stream are (`for await`).
    """

    target: Expr | None
    iterable: Expr | None
    test: Expr | None
    body: Block
    orelse: Block
    at: int
    end: int
    awaits: bool = False


@dataclass(slots=True)
class Case:
    """One case: the values it matches (empty: any), the names it binds (target, the path of keys it is taken from), its guard and its body."""

    values: tuple[Expr, ...]
    binds: tuple[tuple[Expr, tuple[Constant, ...]], ...]
    guard: Expr | None
    body: Block


@dataclass(slots=True)
class Switch(Stmt):
    """`match`/`switch` whose cases do not fall through (a lowering joins the bodies of those that do)."""

    subject: Expr
    cases: tuple[Case, ...]
    at: int
    end: int


@dataclass(slots=True)
class Handler:
    """One `except`/`catch`: the types it takes, the name it binds, its body."""

    types: tuple[Expr, ...]
    name: str
    body: Block


@dataclass(slots=True)
class Try(Stmt):
    """Exception handling."""

    body: Block
    handlers: tuple[Handler, ...]
    orelse: Block
    final: Block
    at: int
    end: int


@dataclass(slots=True)
class With(Stmt):
    """Context managers, each with the target it binds, around a body."""

    items: tuple[tuple[Expr, Expr | None], ...]
    body: Block
    at: int
    end: int


@dataclass(slots=True)
class Return(Stmt):
    """Leave the function."""

    value: Expr | None
    at: int
    end: int


@dataclass(slots=True)
class Raise(Stmt):
    """Leave by an exception."""

    value: Expr | None
    at: int
    end: int


@dataclass(slots=True)
class Assert(Stmt):
    """A check that optimised builds leave out."""

    test: Expr
    at: int
    end: int


@dataclass(slots=True)
class Delete(Stmt):
    """`del target`."""

    target: Expr
    at: int
    end: int


@dataclass(slots=True)
class Jump(Stmt):
    """`break` (op "break") or `continue`. `loops` counts the loops it goes for: 1 is the innermost, 2 the one around it."""

    op: str
    at: int
    end: int
    loops: int = 1


@dataclass(slots=True)
class Scope(Stmt):
    """`global` (op "global") or `nonlocal` names."""

    op: str
    names: tuple[str, ...]


@dataclass(slots=True)
class Import(Stmt):
    """`local` becomes `module` itself (name empty), or `name` of it ("*": everything, local empty). `level` counts leading dots of relative imports.

    For JavaScript `module` is the specifier as written and `name` may be "default".
    """

    local: str
    module: str
    name: str
    level: int
    at: int
    end: int


@dataclass(slots=True)
class Define(Stmt):
    """A function definition statement; the function's name is bound to it, wrapped by its decorators."""

    function: Function


@dataclass(slots=True)
class DefineClass(Stmt):
    """A class definition statement."""

    cls: Class


@dataclass(slots=True)
class Export(Stmt):
    """What a module offers under a public name where that differs from binding a module-level name (JavaScript)."""

    name: str
    value: Expr
    at: int
    end: int


class ParamKind(IntEnum):
    """How arguments find a parameter."""

    NORMAL = 0
    KEYWORD = 1
    REST = 2
    KEYWORD_REST = 3


@dataclass(slots=True)
class Param:
    """One parameter, with its decorators. A destructured one has a made-up name and is taken apart by assignments at the top of the body."""

    name: str
    kind: ParamKind
    default: Expr | None
    annotation: Expr | None
    at: int
    end: int
    decorators: tuple[Expr, ...] = ()


@dataclass(slots=True)
class Function:
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


@dataclass(slots=True)
class Class:
    """A class: bases and decorators as expressions, its body as statements (methods are `Define`s)."""

    name: str
    qualname: str
    bases: tuple[Expr, ...]
    decorators: tuple[Expr, ...]
    body: Block
    at: int
    end: int


@dataclass(slots=True)
class Module:
    """One lowered file. `name` is its dotted module name where the language has one (`shop.services.orders`), else its path.

    `truncated` lists qualified names of functions that a depth or step limit cut.
    """

    path: str
    name: str
    language: str
    package: bool
    body: Block
    truncated: tuple[str, ...] = ()
