"""One function's interpretation: statements over an environment from variables to values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir, program
from scanner.taint.facts import KEYS, Exit, ExitKind, SinkSite
from scanner.taint.kinds import BELOW, MARKUP, NEARLY_CONTAINED, NO_OBJECTS, PATHS, REDIRECT, SIBLING, is_field
from scanner.taint.local import guards
from scanner.taint.local.expressions import TABLE
from scanner.taint.local.frame import StepLimitError
from scanner.taint.local.machine import Machine
from scanner.taint.local.values import NOTHING, Value, flatten, join, join_labels
from scanner.taint.refs import ItemType, capped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.facts import MisuseSite
    from scanner.taint.local.called import Target
    from scanner.taint.local.context import Context
    from scanner.taint.local.frame import Env, Frame
    from scanner.taint.local.machine import Host
    from scanner.taint.local.places import Walk
    from scanner.taint.local.values import Labels

_PRINTED_SPELLED = frozenset({"dict", "list", "tuple", "set", "bytes"})
MAX_STEPS = 60_000  # expressions and statements looked at in one function, loops counted each time
MAX_DEPTH = 200  # nested statements and expressions; deeper code is cut and named in the facts


class Interpreter(Machine):
    """The state of one frame's interpretation. An environment of None says that no path gets here."""

    def __init__(self, host: Host, frame: Frame, outer: Machine | None, owner_class: str = "") -> None:
        self.host = host
        self.context: Context = host.context
        self.frame = frame
        self.outer = outer
        self.owner_class = owner_class
        self.receiver_name = ""
        self.env: Env = {}
        self.depth = 0
        self.loops: list[tuple[list[Env], list[Env]]] = []
        self.thrown: list[Value] = []  # what the bodies of the enclosing `try`s may raise, outermost first
        self.origins: dict[str, ir.Expr] = {}
        self.verdicts: dict[str, tuple[ir.Expr, Value]] = {}
        self.naming = ""
        self.called: tuple[ir.Call, Target] | None = None  # the last call whose arguments were evaluated, and whom it calls
        self.walks: dict[str, Walk] = {}
        self.settled = False
        self.argument_values: dict[tuple[int, int], dict[str, Value]] = {}

    @property
    def nested(self) -> bool:
        """Whether the function stands in another."""
        return self.outer is not None

    @property
    def looping(self) -> bool:
        """Whether a loop is being interpreted."""
        return bool(self.loops)

    def class_constant(self, owner: str, name: str) -> Value | None:
        """A class attribute that is bound once, to something constant."""
        return self.host.class_constant(owner, name)

    # -- expressions -------------------------------------------------------------------------------------------------

    def evaluate(self, node: ir.Expr, env: Env) -> Value:
        """The value of an expression. Raises StepLimitError at the function's bounds."""
        frame = self.frame
        frame.steps += 1
        self.depth += 1
        if self.depth > MAX_DEPTH or frame.steps > MAX_STEPS:
            raise StepLimitError
        value: Value = TABLE[type(node)](self, node, env)
        self.depth -= 1
        return value

    def refined(self, test: ir.Expr, env: Env, *, outcome: bool) -> Env:
        """The environment after a test came out one way."""
        return guards.refine(self, test, env, outcome=outcome)

    def element(self, value: Value) -> Value:
        """What iterating over a value yields."""
        if value.type == "dict" and not self.context.language.keyed:
            return self.frame.read(value, KEYS)
        if value.type == "dict" and value.parts and "*" not in value.parts:
            return Value(self.frame.extended(value.labels, "*"))  # its keys, which were constants
        item = self.frame.read(value, "*")
        if item.type is None and value.type is not None and not value.parts:
            return Value(item.labels, type_=ItemType(capped(value.type), "item"), ref=item.ref, parts=item.parts)
        return item

    def define_object(self, node: ir.Mapping, env: Env) -> None:
        """Analyse the functions of an object display that share its receiver."""
        word = self.context.language.explicit
        methods: list[tuple[str, program.Function]] = []
        for key, item in node.items:
            if isinstance(item, program.Closure) and isinstance(key, ir.Const) and isinstance(key.value, str):
                methods.append((key.value, item.function))
        if any(function.params and function.params[0].name == word for _, function in methods):
            self.env = env
            self.host.object_class(node, methods, self)

    def define(self, function: program.Function, env: Env) -> str:
        """Analyse a function defined here; its qualified name."""
        self.env = env
        return self.host.function(function, self, "")

    def define_with(self, function: program.Function, given: Mapping[str, Value], env: Env) -> str:
        """Analyse a function defined here some of whose parameters are known; its qualified name."""
        self.env = env
        self.host.given[function.qualname] = given
        return self.host.function(function, self, "")

    # -- exits -------------------------------------------------------------------------------------------------------

    def sink(self, value: Value, site: SinkSite) -> None:
        """Note what reaches a sink: its text, that is every part of it."""
        labels = flatten(value)
        if site.kind == MARKUP and isinstance(value.type, str) and value.type in {"dict", "list"}:
            return  # frameworks send these as JSON
        if site.kind == REDIRECT:
            site = site._replace(made=value.derived)
        if site.kind == MARKUP and self.context.language.keyed:
            labels = join_labels(value.labels, flatten(Value(parts={key: part for key, part in value.parts.items() if not is_field(site.name, key)})))
            site = site._replace(made=value.derived)
        if value.type == "dict" and value.parts and self.context.language.keyed:
            if site.kind in NO_OBJECTS:
                labels = {} if KEYS in value.parts else value.labels  # what was spread into it is in it
            elif site.kind == "assign-mass":  # keys that the program writes are not for others to choose
                labels = join_labels(value.labels, flatten(value.parts.get("*", NOTHING)))
        if site.kind == "log" and isinstance(value.type, str) and value.type in _PRINTED_SPELLED:
            return  # printed as literals, line ends spelled out
        if labels:
            bit = self.context.knowledge.kind_bits.get(site.kind, 0)
            open_ = {key: taint for key, taint in labels.items() if not taint.mask & bit}
            if open_:
                self._reach(open_, site)

    def _reach(self, labels: Labels, site: SinkSite) -> None:
        """Note labels that reach a sink. For a path it matters how they became part of it, and what a test has left of what they can do."""
        if site.kind not in PATHS:
            self.frame.flow_labels(labels, self.frame.sink(site))
            return
        bits = self.context.knowledge.kind_bits
        nearly, below = bits.get(NEARLY_CONTAINED, 0), bits.get(BELOW, 0)
        sites: dict[SinkSite, Labels] = {}
        for key, taint in labels.items():
            found = site._replace(kind=SIBLING if taint.mask & nearly else site.kind, below=bool(taint.mask & below))
            sites.setdefault(found, {})[key] = taint
        for found, reaching in sites.items():
            self.frame.flow_labels(reaching, self.frame.sink(found))

    def misuse(self, site: MisuseSite) -> None:
        """Note a misuse."""
        self.host.misuses[site] = None

    def yield_value(self, value: Value) -> None:
        """An element of what a generator gives."""
        self.frame.flow(value, Exit(ExitKind.RETURN, path=("*",)))

    # -- statements --------------------------------------------------------------------------------------------------

    def run(self, block: program.Block, env: Env | None) -> Env | None:
        """Interpret a block; the environment behind it, or None when nothing gets there."""
        for statement in block:
            if env is None:
                return None
            self.frame.steps += 1
            self.depth += 1
            if self.depth > MAX_DEPTH or self.frame.steps > MAX_STEPS:
                raise StepLimitError
            self.env = env
            env = self.host.statements[type(statement)](self, statement, env)
            self.depth -= 1
        return env

    def joined(self, one: Env | None, other: Env | None) -> Env:
        """What either of two environments may be. A variable that only one knows may be what that one knows."""
        if one is None or other is None:
            return other or one or {}
        if one is other:
            return one
        result = dict(one)
        for name, value in other.items():
            held = result.get(name)
            result[name] = value if held is None else join(held, value)
        if len(one) != len(other) or len(result) != len(one):
            # What a test has proven of a place on one side only is not proven.
            for name in one.keys() ^ other.keys():
                if name.startswith("="):
                    del result[name]
        if self.settled:
            for name in [name for name, held in result.items() if held.parts and name.startswith("=") and one.get(name) is not other.get(name)]:
                del result[name]  # what two schemas say of a record is neither's word
        return result

    def keep_bindings(self, inner: Env, env: Env) -> None:
        """Variables that an expression bound on one of its ways are known behind it."""
        for name, value in inner.items():
            if name not in env and not name.startswith("="):  # what a test has proven of a place holds on its side only
                env[name] = value
