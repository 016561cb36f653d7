"""The analysis of one module: every function, method and top level is interpreted, and what they say is gathered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.facts import ClassFacts, ClosureRef, Entry, EntryKind, Exit, ExitKind, FileFacts, MisuseSite, NameRef, ParamType
from scanner.taint.local.calls import arguments, resolve
from scanner.taint.local.context import Context
from scanner.taint.local.frame import Frame, StepLimitError
from scanner.taint.local.interpreter import Interpreter
from scanner.taint.local.language import LANGUAGES
from scanner.taint.local.scope import open_attributes, open_module
from scanner.taint.local.statements import TABLE
from scanner.taint.local.values import Value, flatten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.taint.facts import CalleeRef, FunctionFacts, TypeRef
    from scanner.taint.ir import Constant
    from scanner.taint.knowledge import Knowledge
    from scanner.taint.local.frame import Env


def analyse_module(module: ir.Module, knowledge: Knowledge) -> FileFacts:
    """The facts of one lowered file. They depend on the file and the knowledge alone, and come in the order of the source."""
    return Analysis(module, knowledge).run()


class Analysis:
    """The state of one module's analysis."""

    def __init__(self, module: ir.Module, knowledge: Knowledge) -> None:
        self._module = module
        self._language = LANGUAGES[module.language]
        self.context = Context(open_module(module), knowledge, self._language)
        self.misuses: dict[MisuseSite, None] = {}
        self.statements: Mapping[type, Callable[..., Env | None]] = TABLE
        self._functions: dict[str, FunctionFacts] = {}
        self._classes: dict[str, ClassFacts] = {}
        self._attributes: dict[str, dict[str, TypeRef]] = {}
        self._truncated: dict[str, None] = dict.fromkeys(module.truncated)
        self._constants: dict[str, dict[str, Value]] = {}
        self._stored = open_attributes(module)
        self._waiting: list[tuple[ir.Function, str]] = []

    def run(self) -> FileFacts:
        """Interpret everything: the top level first, since functions read what it binds."""
        module, scope = self._module, self.context.scope
        frame = Frame("<module>", None, "")
        top = Interpreter(self, frame, None)
        env: Env = {}
        end = self._guarded(top, module.body, env)
        after = end if end is not None else env
        for name, value in after.items():
            if scope.assigned.get(name) == 1 and name not in scope.names:
                scope.values[name] = _settled(value)
        for function, owner in self._waiting:
            self._interpret(function, None, owner)
        self._functions["<module>"] = frame.facts(0, 0)
        variables = tuple((name, value.type) for name, value in sorted(after.items()) if name in scope.assigned and value.type is not None)
        names = dict(scope.names)
        for name, value in after.items():
            if name not in names and isinstance(value.ref, NameRef):
                names[name] = value.ref.name
            elif name not in names and isinstance(value.ref, ClosureRef):
                names[name] = f"{module.name}.{value.ref.qualname}"
        return FileFacts(
            path=module.path,
            module=module.name,
            language=module.language,
            functions=tuple(self._functions.values()),
            classes=tuple(cls._replace(attribute_types=tuple(self._attributes.get(cls.qualname, {}).items())) for cls in self._classes.values()),
            names=tuple(sorted(names.items())),
            stars=tuple(scope.stars),
            variables=variables,
            misuses=tuple(sorted(self.misuses, key=lambda site: (site.at, site.rule_id))),
            truncated=tuple(self._truncated),
        )

    def function(self, function: ir.Function, definer: Interpreter, owner: str) -> str:
        """A function is defined: at the top level or in a class it waits until the module is known; inside another it is interpreted now."""
        if definer.frame.function is None:
            self._waiting.append((function, owner or definer.frame.owner))
        elif function.qualname not in self._functions:
            self._interpret(function, definer, owner)
        return function.qualname

    def klass(self, cls: ir.Class, definer: Interpreter) -> None:
        """A class is defined: its body is interpreted as a top level of its own, its methods wait."""
        module = self._module.name
        bases = tuple(self._base(definer.evaluate(base, definer.env)) for base in cls.bases)
        methods = tuple((item.function.name, item.function.qualname) for item in cls.body if isinstance(item, ir.Define))
        decorators = tuple(definer.evaluate(decorator, definer.env).ref for decorator in cls.decorators)
        self._classes[cls.qualname] = ClassFacts(cls.qualname, bases, methods, (), decorators, cls.at, cls.end)
        frame = Frame(f"{cls.qualname}.<class>", None, cls.qualname)
        inner = Interpreter(self, frame, None, f"{module}.{cls.qualname}")
        env: Env = {}
        after = self._guarded(inner, cls.body, env)
        constants = self._constants.setdefault(f"{module}.{cls.qualname}", {})
        for name, value in (after or env).items():
            if name not in self._stored and not flatten(value) and (value.known or value.parts):
                constants[name] = value
            self.attribute(f"{module}.{cls.qualname}", name, value)
            if value.labels:
                frame.flow(value, Exit(ExitKind.FIELD, name=name, type=f"{module}.{cls.qualname}"))
        self._functions[frame.qualname] = frame.facts(cls.at, cls.end)

    def _base(self, value: Value) -> str | None:
        return value.ref.name if isinstance(value.ref, NameRef) else value.type if isinstance(value.type, str) else None

    def attribute(self, owner: TypeRef, name: str, value: Value) -> None:
        """What is known of the type of an attribute of one of this module's classes."""
        prefix = f"{self._module.name}."
        if not isinstance(owner, str) or not owner.startswith(prefix) or value.type is None:
            return
        held = self._attributes.setdefault(owner.removeprefix(prefix), {})
        if name not in held or held[name] is None:
            held[name] = value.type

    def class_constant(self, owner: str, name: str) -> Value | None:
        """A class attribute that is bound once, to something constant."""
        held = self._constants.get(owner)
        return None if held is None else held.get(name)

    def assigned_once(self, frame: Frame, name: str) -> bool:
        """Whether a function binds a variable in one place only, so that a closure may take its constant for granted."""
        if frame.function is None:
            return self.context.scope.assigned.get(name) == 1
        return name not in frame.captured and sum(1 for param in frame.function.params if param.name == name) == 0

    def _guarded(self, it: Interpreter, body: ir.Block, env: Env) -> Env | None:
        try:
            return it.run(body, env)
        except StepLimitError:
            self._truncated[it.frame.qualname] = None
            return it.env

    def _interpret(self, function: ir.Function, outer: Interpreter | None, owner: str) -> None:
        frame = Frame(function.qualname, function, owner.removeprefix(f"{self._module.name}."))
        owner_class = owner if owner.startswith(f"{self._module.name}.") else f"{self._module.name}.{owner}" if owner else ""
        if not owner_class and outer is not None:
            owner_class = outer.owner_class
        it = Interpreter(self, frame, outer, owner_class)
        scout = outer if outer is not None else it
        frame.decorators = [self._decorator(decorator, scout) for decorator in function.decorators]
        frame.binding = _binding(frame.decorators)
        env: Env = {}
        types: list[TypeRef] = []
        for number, param in enumerate(function.params):
            receiver = number == 0 and bool(owner) and frame.binding != "static" and self._language.receiver
            type_: TypeRef
            if receiver:
                type_ = owner_class
                it.receiver_name = param.name
            else:
                type_ = scout.annotation(param.annotation, scout.env)
            types.append(type_)
            default = Value() if param.default is None else scout.evaluate(param.default, scout.env)
            labels = frame.label(Entry(EntryKind.PARAM, number))
            kept = type_ if type_ is not None else default.type if isinstance(default.type, str) else ParamType(number)
            env[param.name] = Value(labels, type_=kept)
        frame.param_types = tuple(types)
        if (returned := scout.annotation(function.returns, scout.env)) is not None:
            frame.returns[returned] = None
        after = self._guarded(it, function.body, env)
        if after is not None:
            it.promise("returned", after)
            it.promise("false", after)
        self._functions[function.qualname] = frame.facts(function.at, function.end)

    def _decorator(self, node: ir.Expr, it: Interpreter) -> tuple[CalleeRef, tuple[tuple[str, Constant], ...]]:
        """A decorator's callee, and the constant arguments it was made with."""
        if isinstance(node, ir.Call):
            slots = arguments(it, node, it.env)
            return resolve(it, node, it.env).ref, tuple((slot, value.const) for slot, value in slots.items() if value.known)  # type: ignore[misc]
        return resolve(it, ir.Call(node, (), node.at, node.end), it.env).ref, ()


def _binding(decorators: list[tuple[CalleeRef, tuple[tuple[str, Constant], ...]]]) -> str:
    names = {ref.name.rpartition(".")[2] for ref, _ in decorators if isinstance(ref, NameRef)}
    if "staticmethod" in names:
        return "static"
    if "classmethod" in names:
        return "class"
    return "property" if names & {"property", "cached_property", "locked_cached_property"} else ""


def _settled(value: Value) -> Value:
    """A module-level value as functions see it: constants and keys, without labels of the top level's own."""
    parts = {key: _settled(part) for key, part in value.parts.items()}
    if value.labels and not value.known:
        return Value(type_=value.type, ref=value.ref)
    return Value(const=value.const, type_=value.type, ref=value.ref, parts=parts)
