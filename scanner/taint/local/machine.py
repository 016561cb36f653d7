"""What the handlers of expressions, calls and guards see of the interpretation that they are part of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint import ir
    from scanner.taint.facts import Entry, MisuseSite, ParamRef, SinkSite
    from scanner.taint.local.context import Context
    from scanner.taint.local.frame import Env, Frame
    from scanner.taint.local.values import Value


class Machine(Protocol):
    """One function's interpretation."""

    context: Context
    frame: Frame
    owner_class: str  # the dotted name of the class whose method this is, else empty
    receiver_name: str  # the name of the receiver parameter, else empty
    origins: dict[str, ir.Expr]  # variable -> the expression it was last assigned
    verdicts: dict[str, tuple[ir.Expr, Value]]  # variable -> the test it holds the outcome of, and the value it then had
    naming: str  # the variable or attribute that the expression at hand is assigned to, else empty
    settled: bool  # whether any test has proven something of an expression that is no variable (see `guards.settle`)
    argument_values: dict[tuple[int, int], dict[str, Value]]  # a deferred call's offsets -> its arguments by slot

    @property
    def nested(self) -> bool:
        """Whether the function stands in another."""
        ...

    @property
    def looping(self) -> bool:
        """Whether a loop is being interpreted, so that what happens once here may happen any number of times."""
        ...

    def class_constant(self, owner: str, name: str) -> Value | None:
        """A class attribute that is bound once, to something constant; `owner` is the class's dotted name."""
        ...

    def evaluate(self, node: ir.Expr, env: Env) -> Value:
        """The value of an expression."""
        ...

    def refined(self, test: ir.Expr, env: Env, *, outcome: bool) -> Env:
        """The environment after a test came out one way."""
        ...

    def joined(self, one: Env | None, other: Env | None) -> Env:
        """What either of two environments may be."""
        ...

    def keep_bindings(self, inner: Env, env: Env) -> None:
        """Keep in `env` what an expression bound on one of its ways."""
        ...

    def element(self, value: Value) -> Value:
        """What iterating over a value yields."""
        ...

    def captured(self, name: str) -> Value | None:
        """A variable of an enclosing function; None when no enclosing function has it."""
        ...

    def parameter_behind(self, entry: Entry) -> ParamRef | None:
        """The parameter of an enclosing function that a captured variable is, and nothing else."""
        ...

    def define(self, function: ir.Function, env: Env) -> str:
        """Analyse a function defined here; its qualified name."""
        ...

    def define_with(self, function: ir.Function, given: Mapping[str, Value], env: Env) -> str:
        """Analyse a function defined here some of whose parameters are known; its qualified name."""
        ...

    def define_object(self, node: ir.Mapping, env: Env) -> None:
        """Analyse the functions of an object display that share its receiver."""
        ...

    def bind(self, target: ir.Expr, value: Value, env: Env) -> None:
        """Bind a loop or comprehension variable."""
        ...

    def assign(self, target: ir.Expr, value: Value, env: Env, at: int, end: int) -> None:
        """`target = value`."""
        ...

    def store_into(self, node: ir.Expr | None, component: str, value: Value, env: Env) -> None:
        """Store a value under a key of what an expression names."""
        ...

    def sink(self, value: Value, site: SinkSite) -> None:
        """Note what reaches a sink."""
        ...

    def misuse(self, site: MisuseSite) -> None:
        """Note a misuse."""
        ...

    def yield_value(self, value: Value) -> None:
        """An element of what a generator gives."""
        ...
