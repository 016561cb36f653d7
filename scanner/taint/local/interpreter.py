"""One function's interpretation: statements over an environment from variables to values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from scanner.taint import ir
from scanner.taint.facts import (
    RETURNED,
    AttrType,
    ClosureRef,
    Entry,
    EntryKind,
    Exit,
    ExitKind,
    ItemType,
    MethodRef,
    NameRef,
    ParamRef,
    ParamType,
    ResultType,
    SinkSite,
    capped,
)
from scanner.taint.kinds import BELOW, KEY, NEARLY_CONTAINED, NO_OBJECTS, NO_PROTO, PATHS, SIBLING
from scanner.taint.local import guards, members
from scanner.taint.local.arguments import known_arguments
from scanner.taint.local.context import first
from scanner.taint.local.expressions import TABLE
from scanner.taint.local.frame import Proof, StepLimitError
from scanner.taint.local.misuses import note_misuses
from scanner.taint.local.values import NOTHING, Value, flatten, join, join_labels, moved, with_part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scanner.taint.facts import CalleeRef, MisuseSite, Path, TypeRef
    from scanner.taint.local.context import Context
    from scanner.taint.local.frame import Env, Frame
    from scanner.taint.local.values import Labels

ELEMENT = "builtins.[]="  # what the models call a store under a computed key
_WRAPPERS = frozenset({"Optional", "Annotated", "Union", "Final", "ClassVar", "Type", "Required", "NotRequired"})
_PRINTED_SPELLED = frozenset({"dict", "list", "tuple", "set", "bytes"})
MAX_DEPTH = 200  # nested statements and expressions; deeper code is cut and named in the facts


class Host(Protocol):
    """The analysis of a module, as its functions' interpretations see it."""

    context: Context
    misuses: dict[MisuseSite, None]
    never: frozenset[str]  # the module's functions that only leave by an exception
    given: dict[str, Mapping[str, Value]]  # function -> what some of its parameters are known to be
    statements: Mapping[type, Callable[..., Env | None]]  # what to do at each kind of statement

    def locals_of(self, frame: Frame) -> Mapping[str, Value]:
        """The variables that a function binds anywhere, as far as they are known before they are bound."""
        ...

    def object_class(self, node: ir.Mapping, methods: Sequence[tuple[str, ir.Function]], definer: Interpreter) -> None:
        """Functions of an object display share a receiver."""
        ...

    def attribute(self, owner: TypeRef, name: str, value: Value) -> None:
        """Note what is known of the type of a class's attribute."""
        ...

    def class_constant(self, owner: str, name: str) -> Value | None:
        """A class attribute that is bound once, to something constant."""
        ...

    def assigned_once(self, frame: Frame, name: str) -> bool:
        """Whether a function binds a variable in one place only."""
        ...

    def function(self, function: ir.Function, definer: Interpreter, owner: str) -> str:
        """A function is defined; its qualified name."""
        ...

    def later(self, function: ir.Function, definer: Interpreter, owner: str) -> None:
        """A function is defined that may be called before it is."""
        ...

    def export(self, name: str, node: ir.Expr, value: Value, frame: Frame) -> None:
        """The module offers a value under a name."""
        ...

    def note_attribute(self, owner: Value, name: str, value: Value) -> None:
        """A function is stored in an attribute."""
        ...

    def klass(self, cls: ir.Class, definer: Interpreter) -> None:
        """A class is defined."""
        ...


def _seen_from_within(type_: TypeRef, function: str) -> TypeRef:
    """A type as functions within `function` have to write it: its parameters are not theirs."""
    match type_:
        case ParamType(number=number, function=""):
            return ParamType(number, function)
        case AttrType(type=inner, name=name):
            return AttrType(_seen_from_within(inner, function), name)
        case ItemType(type=inner, name=name):
            return ItemType(_seen_from_within(inner, function), name)
        case ResultType(callee=callee):
            return ResultType(_seen_ref(callee, function))
        case _:
            return type_


def _seen_ref(ref: CalleeRef, function: str) -> CalleeRef:
    match ref:
        case ParamRef(number=number, path=path, function=""):
            return ParamRef(number, path, function)
        case MethodRef(type=inner, name=name, hint=hint):
            return MethodRef(_seen_from_within(inner, function), name, hint)
        case _:
            return ref


class Interpreter:
    """The state of one frame's interpretation. An environment of None says that no path gets here."""

    def __init__(self, host: Host, frame: Frame, outer: Interpreter | None, owner_class: str = "") -> None:
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
        self.frame.step()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise StepLimitError
        value: Value = TABLE[type(node)](self, node, env)
        self.depth -= 1
        return value

    def refined(self, test: ir.Expr, env: Env, *, outcome: bool) -> Env:
        """The environment after a test came out one way."""
        return guards.refine(self, test, env, outcome=outcome)

    def element(self, value: Value) -> Value:
        """What iterating over a value yields."""
        if value.type == "dict" and value.parts and "*" not in value.parts:
            return Value(self.frame.extended(value.labels, "*"))  # its keys, which were constants
        item = self.frame.read(value, "*")
        if item.type is None and value.type is not None and not value.parts:
            return Value(item.labels, type_=ItemType(capped(value.type), "item"), ref=item.ref, parts=item.parts)
        return item

    def captured(self, name: str) -> Value | None:
        """A variable of an enclosing function, as this function sees it: its type and constant, and a label that the linker can follow."""
        outer = self.outer
        while outer is not None:
            held = outer.env.get(name)
            if held is None and self.context.language.hoisted and name in (later := outer.host.locals_of(outer.frame)):
                held = later[name]
                if held.ref is not None and outer.host.assigned_once(outer.frame, name):
                    return held
            if held is not None:
                if held.known and name not in outer.frame.rewritten and outer.host.assigned_once(outer.frame, name):
                    return Value(const=held.const, type_=held.type)  # its labels would be numbers of another frame
                if held.ref is not None and not held.labels and not held.parts and self.context.language.hoisted:
                    return held
                labels = self.frame.label(Entry(EntryKind.CAPTURED, name=f"{outer.frame.qualname}:{name}"))
                outer.frame.flow(held, Exit(ExitKind.CAPTURED, name=f"{outer.frame.qualname}:{name}"))
                outer.frame.captured.add(name)
                return Value(labels, type_=_seen_from_within(held.type, outer.frame.qualname), ref=_seen_ref(held.ref, outer.frame.qualname))
            outer = outer.outer
        frames: Interpreter | None = self
        while frames is not None and self.context.language.hoisted:
            function = frames.frame.function
            if function is not None and function.name == name and not frames.frame.owner:
                return Value(ref=ClosureRef(frames.frame.qualname))  # a function expression knows itself by its name
            frames = frames.outer
        return None

    def parameter_behind(self, entry: Entry) -> ParamRef | None:
        """The parameter of an enclosing function that a captured variable is, and nothing else."""
        qualname, _, name = entry.name.rpartition(":")
        outer = self.outer
        while outer is not None:
            if outer.frame.qualname == qualname:
                held = outer.env.get(name)
                if held is None or len(held.labels) != 1:
                    return None
                own = outer.frame.entries[next(iter(held.labels))]
                if own.kind is EntryKind.CAPTURED:
                    return outer.parameter_behind(own)
                return ParamRef(own.number, (*own.path, *entry.path), qualname) if own.kind is EntryKind.PARAM else None
            outer = outer.outer
        return None

    def define_object(self, node: ir.Mapping, env: Env) -> None:
        """Analyse the functions of an object display that share its receiver."""
        word = self.context.language.explicit
        methods: list[tuple[str, ir.Function]] = []
        for key, item in node.items:
            if isinstance(item, ir.Closure) and isinstance(key, ir.Const) and isinstance(key.value, str):
                methods.append((key.value, item.function))
        if any(function.params and function.params[0].name == word for _, function in methods):
            self.env = env
            self.host.object_class(node, methods, self)

    def define(self, function: ir.Function, env: Env) -> str:
        """Analyse a function defined here; its qualified name."""
        self.env = env
        return self.host.function(function, self, "")

    def define_with(self, function: ir.Function, given: Mapping[str, Value], env: Env) -> str:
        """Analyse a function defined here some of whose parameters are known; its qualified name."""
        self.env = env
        self.host.given[function.qualname] = given
        return self.host.function(function, self, "")

    def annotation(self, node: ir.Expr | None, env: Env) -> TypeRef:
        """The class that an annotation names: `X`, `Optional[X]`, `X | None`, `Annotated[X, ...]`; None for what names none."""
        while True:
            match node:
                case ir.Index(base=base, key=key):
                    ref = self.evaluate(base, env).ref if not isinstance(base, ir.Name) or base.id not in self.context.language.annotations else None
                    if isinstance(ref, NameRef) and ref.name.rpartition(".")[2] in _WRAPPERS:
                        node = key.items[0] if isinstance(key, ir.Sequence) and key.items else key
                        continue
                    node = base
                case ir.Binary(op="|", left=left, right=right):
                    node = right if isinstance(left, ir.Const) and left.value is None else left
                case ir.Name(id=word) if word in self.context.language.annotations and self.context.dotted(word) in {None, f"builtins.{word}"}:
                    return self.context.language.annotations[word]
                case ir.Name() | ir.Attr():
                    ref = self.evaluate(node, env).ref
                    if not isinstance(ref, NameRef):
                        return None
                    instances = self.context.language.instances
                    return instances.get(ref.name, ref.name) if instances else ref.name.removeprefix("builtins.")
                case _:
                    return None

    # -- assignments -------------------------------------------------------------------------------------------------

    def bind(self, target: ir.Expr, value: Value, env: Env) -> None:
        """Bind without a hop: loop and comprehension variables."""
        self.assign(target, value, env, -1, -1)

    def assign(self, target: ir.Expr, value: Value, env: Env, at: int, end: int) -> None:
        """`target = value`."""
        match target:
            case ir.Name(id=name):
                self._assign_name(name, value, env, at, end)
            case ir.Attr() | ir.Index():
                self._assign_part(target, value, env, at, end)
            case ir.Sequence(items=items):
                self._unpack(items, value, env, at, end)
            case ir.Mapping(items=entries):
                for key, item in entries:
                    if key is None:
                        self.assign(item, Value(value.labels, parts=value.parts), env, at, end)
                    else:
                        self.assign(item, self._taken(value, members.component(self, self.evaluate(key, env)), item), env, at, end)
            case ir.Spread(value=inner):
                self.assign(inner, Value(value.labels, parts={"*": self.frame.read(value, "*")}), env, at, end)
            case _:
                self.evaluate(target, env)

    def _taken(self, value: Value, component: str, item: ir.Expr) -> Value:
        """What destructuring takes out of a value under a key."""
        if component.startswith(".") and self.context.language.keyed:
            return members.member(self, value, ir.Attr(item, component[1:], item.at, item.end), False)  # noqa: FBT003 -- no receiver
        return self.frame.read(value, component)

    def _assign_name(self, name: str, value: Value, env: Env, at: int, end: int) -> None:
        if at >= 0:
            value = moved(value, at, end, f"assigned to {name}")
        frame = self.frame
        if name in frame.globals or (self.outer is None and frame.function is None and not frame.owner):
            self.frame.flow(value, Exit(ExitKind.GLOBAL, name=f"{self.context.scope.module}.{name}"))
        elif name in frame.nonlocals and self.outer is not None:
            owner = self._owner_of(name)
            owner.frame.rewritten.add(name)
            self.frame.flow(value, Exit(ExitKind.CAPTURED, name=f"{owner.frame.qualname}:{name}"))
        if name in frame.captured:
            frame.flow(value, Exit(ExitKind.CAPTURED, name=f"{frame.qualname}:{name}"))
        env[name] = value
        if self.settled:
            for place in [key for key in env if key.startswith("=") and (key.startswith((f"={name}.", f"={name}[")) or f"[={name}]" in key)]:
                del env[place]  # what was proven of a place is not proven of what is there now

    def _owner_of(self, name: str) -> Interpreter:
        """The enclosing function whose variable a name is; the next one where none has it yet."""
        outer = self.outer
        while outer is not None and outer.outer is not None and name not in outer.env and name not in outer.host.locals_of(outer.frame):
            outer = outer.outer
        return outer or self

    def _unpack(self, items: tuple[ir.Expr, ...], value: Value, env: Env, at: int, end: int) -> None:
        starred = next((position for position, item in enumerate(items) if isinstance(item, ir.Spread)), None)
        for position, item in enumerate(items):
            if starred is not None and position >= starred:
                part = self.frame.read(value, "*")
                if isinstance(item, ir.Spread):
                    self.assign(item.value, Value(part.labels, type_="list", parts={"*": part}), env, at, end)
                    continue
            else:
                part = self.frame.read(value, f"[{position}]")
                if part.type is None and value.type is not None:
                    part = Value(part.labels, const=part.const, type_=ItemType(capped(value.type), str(position)), ref=part.ref, parts=part.parts)
            self.assign(item, part, env, at, end)

    def _assign_part(self, target: ir.Attr | ir.Index, value: Value, env: Env, at: int, end: int) -> None:
        base = self.evaluate(target.base, env)
        if isinstance(target, ir.Attr):
            component = f".{target.name}"
            self._store_field(target, base, value, at, end)
        else:
            key = NOTHING if target.key is None else self.evaluate(target.key, env)
            component = members.component(self, key)
            self._assignment_sinks(base, "__setitem__", value, target, key)
            if self.context.language.keyed and component == "*":
                self._element_sinks(base, key, target)
        self.store_into(target.base, component, value, env)

    def _element_sinks(self, base: Value, key: Value, target: ir.Index | ir.Attr) -> None:
        """A store under a key from outside, in an object that was reached by one: `target[a][b] = value`."""
        rows = self.context.knowledge.sinks.get(ELEMENT, ())
        bit = self.context.knowledge.kind_bits.get(KEY, 0)
        if not rows or base.type in {"bare", "Map"} or all(taint.mask & bit for taint in key.labels.values()):
            return
        half = self.context.knowledge.kind_bits.get(NO_PROTO, 0)
        tested = bool(key.labels) and all(taint.mask & half for taint in key.labels.values())
        ways = self.frame.ways(base)
        for row in rows if ways else ():
            for certain in (True, False):
                labels = {number: taint for number, taint in ways.items() if (tested or bool(taint.mask & half)) is not certain}
                if labels:
                    self.sink(Value(labels), SinkSite(target.at, target.end, row.kind, row.name, "0", certain))

    def _store_field(self, target: ir.Attr, base: Value, value: Value, at: int, end: int) -> None:
        self._assignment_sinks(base, target.name, value, target, NOTHING)
        self.host.attribute(base.type, target.name, value)
        if value.ref is not None and self.context.language.keyed:
            self.host.note_attribute(base, target.name, value)
        if base.type is not None and not (isinstance(base.type, str) and base.type in self.context.library.classes):
            kept = moved(value, max(at, 0), max(end, 0), f"stored in .{target.name}") if at >= 0 else value
            self.frame.flow(kept, Exit(ExitKind.FIELD, name=target.name, type=base.type))
        elif base.ref is not None and base.type is None:
            dotted = base.ref.name if hasattr(base.ref, "name") else ""
            if dotted:
                self.frame.flow(value, Exit(ExitKind.GLOBAL, name=f"{dotted}.{target.name}"))

    def _assignment_sinks(self, base: Value, name: str, value: Value, target: ir.Attr | ir.Index, key: Value) -> None:
        names: tuple[str, ...] = ()
        if isinstance(base.ref, NameRef):
            names = (f"{base.ref.name}.{name}",)
        if isinstance(base.type, str):
            names = (*names, *self.context.library.members(base.type, name))
        if names:
            slots = {"=": value} if isinstance(target, ir.Attr) else {"=": value, "0": key}
            note_misuses(self, (target.at, target.end), names, known_arguments(slots), slots, {})
        if isinstance(base.type, str):
            for row in first(self.context.knowledge.sinks, names) or ():
                if "=" in row.slots:
                    self.sink(value, SinkSite(target.at, target.end, row.kind, row.name, "="))
                if "0" in row.slots:
                    self.sink(key, SinkSite(target.at, target.end, row.kind, row.name, "0"))

    def store_into(self, node: ir.Expr | None, component: str, value: Value, env: Env) -> None:
        """Store a value under a key of what an expression names: the variable at its root holds it from then on, and so does the caller's."""
        path = [component]
        while isinstance(node, ir.Attr | ir.Index):
            if isinstance(node, ir.Attr):
                path.append(f".{node.name}")
            else:
                path.append(members.component(self, NOTHING if node.key is None else self.evaluate(node.key, env)))
            node = node.base
        if not isinstance(node, ir.Name):
            return
        root = env.get(node.id)
        if root is None:
            dotted = self.context.dotted(node.id)
            if self.context.language.hoisted and self.outer is not None and self.captured(node.id) is not None:
                owner = self._owner_of(node.id)
                if owner.frame.function is not None:
                    owner.frame.rewritten.add(node.id)
                    self.frame.flow(value, Exit(ExitKind.CAPTURED, name=f"{owner.frame.qualname}:{node.id}", path=tuple(reversed(path))[:3]))
                    return
            if dotted is not None and self.context.is_own_variable(dotted):
                self.frame.flow(value, Exit(ExitKind.GLOBAL, name=dotted, path=tuple(reversed(path))[:3]))
            return
        path.reverse()
        env[node.id] = self._stored(root, path, value)
        params = self.frame.function.params if self.frame.function is not None else ()
        for number, param in enumerate(params):
            if param.name == node.id and (flatten(value) or value.parts):
                self.frame.flow(value, Exit(ExitKind.PARAM, number, path=tuple(path)[:3]))

    def _stored(self, root: Value, path: list[str], value: Value) -> Value:
        if len(path) == 1:
            return with_part(root, path[0], value)
        inner = self.frame.read(root, path[0])
        return with_part(root, path[0], self._stored(inner, path[1:], value))

    # -- exits -------------------------------------------------------------------------------------------------------

    def sink(self, value: Value, site: SinkSite) -> None:
        """Note what reaches a sink: its text, that is every part of it."""
        labels = flatten(value)
        if site.kind == "html" and isinstance(value.type, str) and value.type in {"dict", "list"}:
            return  # frameworks send these as JSON
        if value.type == "dict" and value.parts and self.context.language.keyed:
            if site.kind in NO_OBJECTS:
                labels = value.labels
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

    def run(self, block: ir.Block, env: Env | None) -> Env | None:
        """Interpret a block; the environment behind it, or None when nothing gets there."""
        for statement in block:
            if env is None:
                return None
            self.frame.step()
            self.depth += 1
            if self.depth > MAX_DEPTH:
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
        return result

    def keep_bindings(self, inner: Env, env: Env) -> None:
        """Variables that an expression bound on one of its ways are known behind it."""
        for name, value in inner.items():
            if name not in env and not name.startswith("="):  # what a test has proven of a place holds on its side only
                env[name] = value

    def promise(self, kind: str, env: Env) -> None:
        """Note what is proven about the parameters at an exit: `true`, `false` or `any` with a return value, and `returned` for each."""
        if self.frame.function is None or not self.frame.function.params:
            return
        masks: dict[tuple[int, Path], Proof] = {}
        if not self.frame.guarded:
            # An exit that proves nothing counts all the same: what all exits prove is what the caller may rely on.
            self.frame.promises.append((kind, masks))
            return
        for number, param in enumerate(self.frame.function.params):
            held = env.get(param.name)
            if held is None:
                continue
            key = self.frame.number(Entry(EntryKind.PARAM, number))
            taint = held.labels.get(key)
            if taint is not None and (taint.mask or taint.pending):
                masks[number, ()] = Proof(taint.mask, taint.pending)
            elif not held.labels and held.known:
                masks[number, ()] = Proof(-1)
            for component, part in held.parts.items():
                inner = part.labels.get(self.frame.number(Entry(EntryKind.PARAM, number, path=(component,))))
                if inner is not None and (inner.mask or inner.pending):
                    masks[number, (component,)] = Proof(inner.mask, inner.pending)
        self.frame.promises.append((kind, masks))

    def _answer(self, value: Value, node: ir.Expr) -> None:
        """A handler's own text is its response. Whether this is a handler the linker knows; objects of frameworks are no text."""
        if value.type == "tuple" and "[0]" in value.parts:
            value = value.parts["[0]"]
        if value.type in self.context.language.text or (not isinstance(value.type, str) and not self.context.language.keyed):
            self.sink(value, SinkSite(node.at, node.end, RETURNED, "", "return"))

    def returns(self, node: ir.Expr | None, env: Env) -> None:
        """A return: what leaves, its type, and what is then proven."""
        value = NOTHING if node is None else self.evaluate(node, env)
        self.frame.flow(value, Exit(ExitKind.RETURN))
        if node is not None and (self.frame.decorators or self.frame.owner):
            self._answer(value, node)
        if value.ref is not None:
            self.frame.returned_functions[value.ref] = None
        for component, part in value.parts.items() if self.context.language.keyed else ():
            if part.ref is not None:
                self.frame.members[component, part.ref] = None
        type_ = value.type if value.type is not None or value.ref is None else None
        if type_ is not None:
            self.frame.returns[type_] = None
        self.promise("returned", env)
        if node is None:
            self.promise("false", env)
        elif value.known:
            self.promise("true" if value.const else "false", env)
        elif self.frame.guarded or isinstance(node, ir.Call | ir.Compare | ir.Logic | ir.Not):
            self.promise("true", self.refined(node, env, outcome=True))
            self.promise("false", self.refined(node, env, outcome=False))
        else:
            self.promise("any", env)
