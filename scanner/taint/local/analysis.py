"""The analysis of one module: every function, method and top level is interpreted, and what they say is gathered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir, program
from scanner.taint.facts import PUBLIC, ClassFacts, Entry, EntryKind, Exit, ExitKind, FileFacts, MisuseSite
from scanner.taint.local.annotations import annotation, checked
from scanner.taint.local.arguments import arguments
from scanner.taint.local.constraints import declared_pattern, declared_patterns, harmless_for
from scanner.taint.local.context import Context
from scanner.taint.local.frame import Frame, StepLimitError
from scanner.taint.local.injected import injected, may_be_injected
from scanner.taint.local.interpreter import Interpreter
from scanner.taint.local.keyed import matched_kinds
from scanner.taint.local.language import LANGUAGES
from scanner.taint.local.machine import Host, Machine
from scanner.taint.local.returns import falls_off
from scanner.taint.local.schemas import PATTERN, described
from scanner.taint.local.scope import changed_outside, class_values, open_attributes, open_locals, open_module, open_never
from scanner.taint.local.statements import TABLE
from scanner.taint.local.targets import resolve
from scanner.taint.local.values import Value, flatten, join_labels, mask_labels
from scanner.taint.refs import ClosureRef, NameRef, ParamType, ResultType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from scanner.taint.facts import FunctionFacts
    from scanner.taint.ir import Constant
    from scanner.taint.knowledge import Knowledge
    from scanner.taint.local.frame import Env
    from scanner.taint.local.places import Walk
    from scanner.taint.local.scope import Resolve
    from scanner.taint.refs import CalleeRef, TypeRef


def analyse_module(module: program.Module, knowledge: Knowledge, resolve: Resolve | None = None) -> FileFacts:
    """The facts of one lowered file. They depend on the file and the knowledge alone, and come in the order of the source.

    Languages that name modules by specifiers bring `resolve`, which says what one of this file means; the facts then depend on its answers too.
    """
    return Analysis(module, knowledge, resolve).run()


class Analysis(Host):
    """The state of one module's analysis."""

    def __init__(self, module: program.Module, knowledge: Knowledge, resolve: Resolve | None = None) -> None:
        self._module = module
        self._language = LANGUAGES[module.language]
        self.context = Context(open_module(module, resolve), knowledge, self._language, resolve)
        self._exports: dict[str, str] = {}
        self._exported: dict[str, TypeRef] = {}  # exported values that are no variables
        self._members: dict[str, str] = {}
        self._kept: dict[str, dict[tuple[str, CalleeRef], None]] = {}
        self._fixed: dict[str, Constant] = {}
        self._fields: dict[str, tuple[str, int]] = {}
        self.misuses: dict[MisuseSite, None] = {}
        self.statements: Mapping[type, Callable[..., Env | None]] = TABLE
        self._functions: dict[str, FunctionFacts] = {}
        self._classes: dict[str, ClassFacts] = {}
        self.class_nodes = {}
        self.bare = {}
        self._attributes: dict[str, dict[str, TypeRef]] = {}
        self._truncated: dict[str, None] = dict.fromkeys(module.truncated)
        self._constants: dict[str, dict[str, Value]] = {}
        self._stored, self._others = open_attributes(module)
        self._waiting: list[tuple[program.Function, str]] = []
        self._seen: set[int] = set()
        self.given: dict[str, Mapping[str, Value]] = {}
        self.rounds: dict[str, tuple[str, Walk]] = {}
        self._behind: dict[int, list[tuple[program.Function, str]]] = {}
        self._locals: dict[str, Mapping[str, Value]] = {}
        self._unbound: set[str] = set()
        self.never = open_never(module.body, module.name) if self._language.hoisted else frozenset()

    def run(self) -> FileFacts:
        """Interpret everything: the top level first, since functions read what it binds."""
        module, scope = self._module, self.context.scope
        frame = Frame("<module>", None, "")
        top = Interpreter(self, frame, None)  # not kept: what two hold of each other only a garbage collection frees
        env: Env = {}
        end = self._guarded(top, module.body, env)
        after = end if end is not None else env
        for name, value in after.items():
            if scope.assigned.get(name) == 1 and name not in scope.names:
                scope.values[name] = _settled(value)
        for function, owner in self._waiting:
            self._interpret(function, None, owner)
        self._functions["<module>"] = frame.facts(0, 0)
        held = {name: value.type for name, value in after.items() if name in scope.assigned and value.type is not None}
        variables = tuple(sorted({**held, **self._exported}.items()))
        names = {**self._members, **scope.names}
        for name, value in after.items():
            if name not in names and isinstance(value.ref, NameRef):
                names[name] = value.ref.name
            elif name not in names and isinstance(value.ref, ClosureRef):
                names[name] = f"{module.name}.{value.ref.qualname}"
            if self._language.keyed and value.parts:
                self._note_members(name, value, names)
                self._note_fields(name, value)
            if not self._language.keyed and name.isupper() and name in scope.values:
                self._note_settings(name, scope.values[name])
        return FileFacts(
            path=module.path,
            module=module.name,
            language=module.language,
            functions=tuple(self._functions.values()),
            classes=tuple(
                cls._replace(attribute_types=tuple(self._attributes.get(cls.qualname, {}).items()), functions=tuple(self._kept.get(cls.qualname, ())))
                for cls in self._classes.values()
            ),
            names=tuple(sorted(names.items())),
            stars=tuple(scope.stars),
            variables=variables,
            misuses=tuple(sorted(self.misuses, key=lambda site: (site.at, site.rule_id))),
            truncated=tuple(self._truncated),
            exports=tuple(sorted(self._exports.items())),
            constants=tuple(sorted(self._fixed.items())),
            fields=tuple((name, *field) for name, field in sorted(self._fields.items())),
        )

    def _note_fields(self, name: str, value: Value) -> None:
        """The fields of a record that a variable of the module describes, or an object in it, for whoever tries the schema elsewhere."""
        if name in self.context.scope.assigned and self.context.scope.assigned[name] > 1:
            return
        for holder, schema in ((name, value), *((f"{name}{component}", part) for component, part in value.parts.items() if value.type == "dict")):
            if schema.type == PATTERN and (mask := matched_kinds(self.context, schema)):
                self._fields[holder] = (PATTERN, mask)
            elif isinstance(schema.type, str) and "." in schema.type:
                self._fields.update((f"{holder}{''.join(path)}", (type_, mask)) for path, type_, mask in described(schema))

    def _note_members(self, name: str, value: Value, names: dict[str, str], depth: int = 2) -> None:
        """The functions and classes in an object that a variable of the module holds, under their dotted names."""
        for component, part in value.parts.items():
            if component.startswith("."):
                target = self._named(part)
                if target:
                    names.setdefault(f"{name}{component}", target)
                if part.parts and depth:
                    self._note_members(f"{name}{component}", part, names, depth - 1)

    def _note_constants(self, name: str, value: Value, depth: int = 2) -> None:
        """The constants that a variable of the module holds, for other modules: itself, or under its keys."""
        if value.known and (not isinstance(value.const, str | bytes) or len(value.const) <= _LONGEST):
            self._fixed[name] = value.constant
        for component, part in value.parts.items() if depth else ():
            if component.startswith(".") and component[1:] not in self._stored:
                self._note_constants(f"{name}{component}", part, depth - 1)

    def _note_settings(self, name: str, value: Value) -> None:
        """The switches and numbers that a constant of the module holds, itself or under its keys, as other modules' calls may be passed them."""
        for key, part in (("", value), *value.parts.items()) if len(value.parts) <= _MOST_SETTINGS else ():
            if isinstance(part.const, int) and key != "*" and not key.startswith("~"):
                self._fixed[f"{name}{key}"] = part.constant  # as it is: a switch is no number

    def _named(self, value: Value) -> str:
        """The dotted name of a function, class or module that a value is known to be; empty for others."""
        if isinstance(value.ref, NameRef):
            return value.ref.name
        return f"{self._module.name}.{value.ref.qualname}" if isinstance(value.ref, ClosureRef) else ""

    def export(self, name: str, node: ir.Expr, value: Value, frame: Frame) -> None:
        """The module offers a value under a name."""
        scope = self.context.scope
        target = self._named(value)
        if not target and frame.function is None and isinstance(node, ir.Name) and node.id in scope.assigned:
            target = f"{scope.module}.{node.id}"
            if scope.assigned[node.id] == 1:
                self._note_constants(node.id, value)
        if not target:
            self._note_constants(f"={name}", value)
            target = f"{scope.module}.={name}"
            frame.flow(value, Exit(ExitKind.GLOBAL, name=target))
            if value.type is not None and (frame.function is None or isinstance(value.type, str)):
                self._exported[f"={name}"] = value.type
            self._note_members(f"={name}", value, self._members)
            if self._language.keyed and value.parts:
                self._note_fields(f"={name}", value)
        self._exports.setdefault(name, target)

    def note_attribute(self, owner: Value, name: str, value: Value) -> None:
        """A function is stored in an attribute of an instance of one of the module's classes, of one of its functions, or of something global."""
        prefix = f"{self._module.name}."
        if isinstance(owner.type, str) and owner.type.startswith(prefix) and value.ref is not None:
            self._kept.setdefault(owner.type.removeprefix(prefix), {}).setdefault((name, value.ref))
        target = self._named(value)
        if not target.startswith("/") or not isinstance(owner.ref, NameRef):
            return
        if owner.ref.name.startswith(prefix):
            self._members.setdefault(f"{owner.ref.name.removeprefix(prefix)}.{name}", target)
        elif owner.ref.name.startswith(("builtins", f"{self._module.name}{PUBLIC}.")) or owner.ref.name.endswith(".fn"):
            # Given to everybody: `window.Widget = Widget`, `jQuery.fn.widget = function...`, `exports.Widget.create = function...`.
            self._exports.setdefault(f"={owner.ref.name}.{name}", target)

    def function(self, function: program.Function, definer: Machine, owner: str) -> str:
        """A function is defined: at the top level or in a class it waits until the module is known; inside another it is interpreted now."""
        if definer.frame.function is None and definer.outer is not None:
            # A method of a class in a function: it sees the function's variables, when they all are known.
            self.later(function, definer.outer, owner or definer.frame.owner)
        elif definer.frame.function is None:
            if id(function) not in self._seen:  # a function expression may be evaluated more than once; the list keeps it alive
                self._seen.add(id(function))
                self._waiting.append((function, owner or definer.frame.owner))
        elif function.qualname not in self._functions:
            self._interpret(function, definer, owner)
        return function.qualname

    def later(self, function: program.Function, definer: Machine, owner: str) -> None:
        """A function is defined in another, which may call it from anywhere: it is interpreted when the variables of the other are known."""
        self._functions.setdefault(function.qualname, _PLACEHOLDER)
        definer.frame.rewritten.update(changed_outside(function) & self.locals_of(definer.frame).keys())
        self._behind.setdefault(id(definer.frame), []).append((function, owner))

    def returned(self, ref: NameRef | ClosureRef) -> tuple[ir.Expr, Mapping[str, ir.Expr]] | None:
        """What a function of the module's top level returns at its end, and what it assigned to its variables before; None where it is another."""
        qualname = ref.qualname if isinstance(ref, ClosureRef) else ref.name.removeprefix(f"{self._module.name}.")
        body = next((function.body for function, _ in self._waiting if function.qualname == qualname), ())
        if not body or not isinstance(body[-1], program.Return) or body[-1].value is None:
            return None
        return body[-1].value, {step.target.id: step.value for step in body if isinstance(step, program.Assign) and isinstance(step.target, ir.Name)}

    def locals_of(self, frame: Frame) -> Mapping[str, Value]:
        """The variables that a function binds anywhere; those that are one function or class only, with that."""
        function = frame.function
        if function is None:
            return _NO_LOCALS
        found = self._locals.get(frame.qualname)
        if found is None:
            found = self._locals[frame.qualname] = open_locals(function.body, self._module.name)
        return found

    def object_class(self, node: ir.Mapping, methods: Sequence[tuple[str, program.Function]], definer: Machine) -> None:
        """Functions of an object display share a receiver: they are the methods of a class without a name."""
        prefix = "" if definer.frame.function is None else f"{definer.frame.qualname}."
        qualname = f"{prefix}{{{node.at}}}"
        if qualname in self._classes:
            return
        named = tuple((name, function.qualname) for name, function in methods)
        self._classes[qualname] = ClassFacts(qualname, (), named, (), (), node.at, node.end)
        word = self._language.explicit
        for _, function in methods:
            own = bool(function.params) and function.params[0].name == word
            if not own:
                self._unbound.add(function.qualname)
            self.function(function, definer, f"{self._module.name}.{qualname}")

    def klass(self, cls: program.Class, definer: Machine) -> None:
        """A class is defined: its body is interpreted as a top level of its own, its methods wait."""
        module = self._module.name
        self.class_nodes[cls.qualname] = cls
        bases = tuple(self._base(definer.evaluate(base, definer.env)) for base in cls.bases)
        methods = tuple((item.function.name, item.function.qualname) for item in cls.body if isinstance(item, program.Define))
        decorators = tuple(definer.evaluate(decorator, definer.env).ref for decorator in cls.decorators)
        patterns = tuple(declared_patterns(definer, cls)) if not self._language.keyed else ()
        self._classes[cls.qualname] = ClassFacts(cls.qualname, bases, methods, (), decorators, cls.at, cls.end, patterns=patterns)
        frame = Frame(f"{cls.qualname}.<class>", None, cls.qualname)
        nested = definer if self._language.hoisted and definer.frame.function is not None else None
        inner = Interpreter(self, frame, nested, f"{module}.{cls.qualname}")
        env: Env = {}
        for item in cls.body if self._language.receiver and not self._language.keyed else ():  # in the order of a data class's arguments
            if isinstance(item, program.Declare) and isinstance(item.target, ir.Name):
                self._attributes.setdefault(cls.qualname, {}).setdefault(item.target.id, None)
        after = self._guarded(inner, cls.body, env)
        constants = self._constants.setdefault(f"{module}.{cls.qualname}", {})
        for name, value in (after or env).items():
            if name not in self._stored and not flatten(value) and (value.known or value.parts):
                constants[name] = value
            self.attribute(f"{module}.{cls.qualname}", name, value)
            if value.labels:
                frame.flow(value, Exit(ExitKind.FIELD, name=name, type=f"{module}.{cls.qualname}"))
        for name, node in class_values(cls, self._others) if not self._language.keyed else ():
            if self._is_foreign_class(value := definer.evaluate(node, definer.env)):
                constants[name] = Value(ref=value.ref)
        self._functions[frame.qualname] = frame.facts(cls.at, cls.end)

    def _is_foreign_class(self, value: Value) -> bool:
        """Whether a value is a class of another package, going by its name (`yaml.SafeLoader`): what a call is told by being passed it."""
        if not isinstance(value.ref, NameRef):
            return False
        last = value.ref.name.rpartition(".")[2]
        return last[:1].isupper() and not last.isupper() and value.ref.name.partition(".")[0] != self._module.name.partition(".")[0]

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

    def _guarded(self, it: Interpreter, body: program.Block, env: Env) -> Env | None:
        try:
            return it.run(body, env)
        except StepLimitError:
            self._truncated[it.frame.qualname] = None
            return it.env

    def _interpret(self, function: program.Function, outer: Machine | None, owner: str) -> None:
        frame = Frame(function.qualname, function, owner.removeprefix(f"{self._module.name}."))
        owner_class = owner if owner.startswith(f"{self._module.name}.") else f"{self._module.name}.{owner}" if owner else ""
        if not owner_class and outer is not None:
            owner_class = outer.owner_class
        it = Interpreter(self, frame, outer, owner_class)
        scout = outer if outer is not None else it
        frame.decorators = [self._decorator(decorator, scout) for decorator in function.decorators]
        frame.binding = "static" if function.qualname in self._unbound else _binding(frame.decorators)
        env: Env = {}
        types: list[TypeRef] = []
        own = self._language.hoisted  # defaults are evaluated at each call, and see the parameters before them
        for number, param in enumerate(function.params):
            receiver = number == 0 and bool(owner) and frame.binding != "static" and self._language.receiver
            receiver = receiver and (not self._language.explicit or param.name == self._language.explicit)
            type_: TypeRef
            if receiver:
                type_ = owner_class
                it.receiver_name = param.name
            else:
                type_ = annotation(scout, param.annotation, scout.env)
            types.append(type_ if receiver else checked(scout, param.annotation, scout.env, type_))
            frame.marks.extend((number, ref) for decorator in param.decorators for ref in self._marks(decorator, scout))
            default = Value() if param.default is None else it.evaluate(param.default, env) if own else scout.evaluate(param.default, scout.env)
            labels = frame.label(Entry(EntryKind.PARAM, number))
            frame.parameters.extend(labels)
            if not own and (pattern := declared_pattern(scout, param.annotation, param.default, scout.env)):
                labels = mask_labels(labels, harmless_for(pattern, self.context.knowledge.kind_bits, full=False))
            kept = type_ if type_ is not None else default.type if isinstance(default.type, str) else ParamType(number)
            env[param.name] = Value(join_labels(labels, default.labels) if own else labels, type_=kept)
            if not own and may_be_injected(param) and (made := injected(it, number, param, scout)) is not None:
                type_ = type_ if type_ is not None else made.type
                env[param.name] = Value(join_labels(labels, made.labels), type_=type_, parts=made.parts)
        given = self.given.get(function.qualname, _NO_LOCALS)
        env.update(given)
        it.settled = any(name.startswith("=") for name in given)
        if (gone := self.rounds.get(function.qualname)) is not None:
            it.walks[gone[0]] = gone[1]
        frame.param_types = tuple(types)
        if (returned := annotation(scout, function.returns, scout.env)) is not None:
            frame.returns[returned] = None
        after = self._guarded(it, function.body, env)
        if after is not None:
            falls_off(it, after)
            it.env = after
        for inner, inner_owner in self._behind.pop(id(frame), ()):
            self._interpret(inner, it, inner_owner)
        self._functions[function.qualname] = frame.facts(function.at, function.end)

    def _marks(self, node: ir.Expr, it: Machine) -> Iterator[CalleeRef]:
        """What decorates a parameter, and what it is given to work with (`@Param("id", ParseIntPipe)`, `@Param("id", new ParseIntPipe())`)."""
        ref, _ = self._decorator(node, it)
        if ref is None:
            return
        yield ref
        for arg in node.args if isinstance(node, ir.Call) else ():
            value = it.evaluate(arg.value, it.env)
            if isinstance(value.ref, NameRef):
                yield value.ref
            elif isinstance(value.type, ResultType) and isinstance(value.type.callee, NameRef):
                yield value.type.callee
            elif isinstance(value.type, str):
                yield NameRef(value.type)

    def _decorator(self, node: ir.Expr, it: Machine) -> tuple[CalleeRef, tuple[tuple[str, Constant], ...]]:
        """A decorator's callee, and the constant arguments it was made with."""
        if isinstance(node, ir.Call):
            slots = arguments(it, node, it.env)
            return resolve(it, node, it.env).ref, tuple((slot, value.const) for slot, value in slots.items() if value.known)  # type: ignore[misc]
        return resolve(it, ir.Call(node, (), node.at, node.end), it.env).ref, ()


_NO_LOCALS: Mapping[str, Value] = {}
_MOST_SETTINGS = 12  # keys of a dictionary that is still one of settings
_LONGEST = 200  # characters of a constant that other modules are told
_PLACEHOLDER = Frame("", None, "").facts(0, 0)  # of a function that is still to be interpreted


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
