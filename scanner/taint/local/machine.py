"""What the handlers of expressions, calls and guards see of the interpretation that they are part of, and of the analysis around it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scanner.taint import ir, program
    from scanner.taint.facts import MisuseSite, SinkSite
    from scanner.taint.local.called import Target
    from scanner.taint.local.context import Context
    from scanner.taint.local.frame import Env, Frame
    from scanner.taint.local.places import Walk
    from scanner.taint.local.values import Value
    from scanner.taint.refs import ClosureRef, NameRef, TypeRef


class Machine(ABC):
    """One function's interpretation."""

    host: Host  # the analysis of the module
    outer: Machine | None  # the interpretation of the function around this one
    context: Context
    frame: Frame
    env: Env  # at the statement at hand
    owner_class: str  # the dotted name of the class whose method this is, else empty
    receiver_name: str  # the name of the receiver parameter, else empty
    origins: dict[str, ir.Expr]  # variable -> the expression it was last assigned
    verdicts: dict[str, tuple[ir.Expr, Value]]  # variable -> the test it holds the outcome of, and the value it then had
    called: tuple[ir.Call, Target] | None  # the last call whose arguments were evaluated, and whom it calls
    naming: str  # the variable or attribute that the expression at hand is assigned to, else empty
    settled: bool  # whether any test has proven something of an expression that is no variable (see `guards.settle`)
    walks: dict[str, Walk]  # variable -> the object whose own keys it goes through
    argument_values: dict[tuple[int, int], dict[str, Value]]  # a deferred call's offsets -> its arguments by slot

    @property
    @abstractmethod
    def nested(self) -> bool:
        """Whether the function stands in another."""

    @property
    @abstractmethod
    def looping(self) -> bool:
        """Whether a loop is being interpreted, so that what happens once here may happen any number of times."""

    @abstractmethod
    def class_constant(self, owner: str, name: str) -> Value | None:
        """A class attribute that is bound once, to something constant; `owner` is the class's dotted name."""

    @abstractmethod
    def evaluate(self, node: ir.Expr, env: Env) -> Value:
        """The value of an expression."""

    @abstractmethod
    def refined(self, test: ir.Expr, env: Env, *, outcome: bool) -> Env:
        """The environment after a test came out one way."""

    @abstractmethod
    def joined(self, one: Env | None, other: Env | None) -> Env:
        """What either of two environments may be."""

    @abstractmethod
    def keep_bindings(self, inner: Env, env: Env) -> None:
        """Keep in `env` what an expression bound on one of its ways."""

    @abstractmethod
    def element(self, value: Value) -> Value:
        """What iterating over a value yields."""

    @abstractmethod
    def define(self, function: program.Function, env: Env) -> str:
        """Analyse a function defined here; its qualified name."""

    @abstractmethod
    def define_with(self, function: program.Function, given: Mapping[str, Value], env: Env) -> str:
        """Analyse a function defined here some of whose parameters are known; its qualified name."""

    @abstractmethod
    def define_object(self, node: ir.Mapping, env: Env) -> None:
        """Analyse the functions of an object display that share its receiver."""

    @abstractmethod
    def sink(self, value: Value, site: SinkSite) -> None:
        """Note what reaches a sink."""

    @abstractmethod
    def misuse(self, site: MisuseSite) -> None:
        """Note a misuse."""

    @abstractmethod
    def yield_value(self, value: Value) -> None:
        """An element of what a generator gives."""


class Host(ABC):
    """The analysis of a module, as its functions' interpretations see it."""

    context: Context
    misuses: dict[MisuseSite, None]
    never: frozenset[str]  # the module's functions that only leave by an exception
    rounds: dict[str, tuple[str, Walk]]  # function -> its parameter that goes through an object's own keys, and that object
    given: dict[str, Mapping[str, Value]]  # function -> what some of its parameters are known to be
    statements: Mapping[type, Callable[..., Env | None]]  # what to do at each kind of statement
    class_nodes: dict[str, program.Class]  # the module's classes as they are written, by qualified name
    bare: dict[str, frozenset[str]]  # their fields that inherit nothing, once somebody has asked

    @abstractmethod
    def returned(self, ref: NameRef | ClosureRef) -> tuple[ir.Expr, Mapping[str, ir.Expr]] | None:
        """What a function of the module's top level returns at its end, and what it assigned to its variables before; None where it is another."""

    @abstractmethod
    def locals_of(self, frame: Frame) -> Mapping[str, Value]:
        """The variables that a function binds anywhere, as far as they are known before they are bound."""

    @abstractmethod
    def object_class(self, node: ir.Mapping, methods: Sequence[tuple[str, program.Function]], definer: Machine) -> None:
        """Functions of an object display share a receiver."""

    @abstractmethod
    def attribute(self, owner: TypeRef, name: str, value: Value) -> None:
        """Note what is known of the type of a class's attribute."""

    @abstractmethod
    def class_constant(self, owner: str, name: str) -> Value | None:
        """A class attribute that is bound once, to something constant."""

    @abstractmethod
    def assigned_once(self, frame: Frame, name: str) -> bool:
        """Whether a function binds a variable in one place only."""

    @abstractmethod
    def function(self, function: program.Function, definer: Machine, owner: str) -> str:
        """A function is defined; its qualified name."""

    @abstractmethod
    def later(self, function: program.Function, definer: Machine, owner: str) -> None:
        """A function is defined that may be called before it is."""

    @abstractmethod
    def export(self, name: str, node: ir.Expr, value: Value, frame: Frame) -> None:
        """The module offers a value under a name."""

    @abstractmethod
    def note_attribute(self, owner: Value, name: str, value: Value) -> None:
        """A function is stored in an attribute."""

    @abstractmethod
    def klass(self, cls: program.Class, definer: Machine) -> None:
        """A class is defined."""
