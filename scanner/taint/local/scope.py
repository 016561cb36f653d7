"""Names of one file: what its imports, definitions and module-level values stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from scanner.taint import ir, program
from scanner.taint.facts import PUBLIC
from scanner.taint.local.values import NOTHING, Value
from scanner.taint.refs import AnyRef, ClosureRef, NameRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


Resolve = Callable[[str], str]
"""From a module's specifier as it is written in a file to the module's dotted name."""


class ModuleScope(NamedTuple):
    """The module's own names: definitions and imports as dotted names, and the values of variables that are assigned once and never changed.

    `choices` are variables that hold one of several functions of the module, and nothing else.
    """

    module: str
    names: dict[str, str]
    stars: list[str]
    values: dict[str, Value]
    assigned: dict[str, int]
    choices: dict[str, AnyRef]


def absolute(module: str, level: int, *, own: str, package: bool) -> str:
    """The absolute name of a (possibly relative) import's module."""
    if not level:
        return module
    parts = own.split(".")
    keep = len(parts) - level + (1 if package else 0)
    base = parts[: max(keep, 0)]
    return ".".join((*base, module)) if module else ".".join(base)


def open_module(module: program.Module, resolve: Resolve | None = None) -> ModuleScope:  # noqa: C901, PLR0912 -- one case a kind of statement
    """The scope of a module before its body is interpreted. Imports count wherever they stand: in functions, under conditions, in `try`.

    `resolve` is given where modules are named by specifiers: what one of them means is for it to say.
    """
    names: dict[str, str] = {}
    stars: list[str] = []
    assigned: dict[str, int] = {}
    # Where modules are named by specifiers, an import in a function is that function's own.
    everywhere = tuple(_everywhere(module.body))
    for statement in everywhere if resolve is None else _top(module.body):
        if isinstance(statement, program.Import) and resolve is not None:
            source = resolve(statement.module)
            if statement.name == "*" and not statement.local:
                stars.append(source)
            else:
                names.setdefault(statement.local, imported(source, statement.name))
        elif isinstance(statement, program.Import):
            source = absolute(statement.module, statement.level, own=module.name, package=module.package)
            if statement.name == "*":
                stars.append(source)
            elif statement.name:
                names.setdefault(statement.local, f"{source}.{statement.name}" if source else statement.name)
            else:
                # `import a.b` binds `a`; `import a.b as c` binds `a.b` to `c`.
                names.setdefault(statement.local, statement.local if statement.local == source.split(".", 1)[0] else source)
    for statement in _top(module.body):
        match statement:
            case program.Define(function):
                names[function.name] = f"{module.name}.{function.qualname}"
            case program.DefineClass(cls):
                names[cls.name] = f"{module.name}.{cls.qualname}"
            case program.Assign(target=target) | program.Augment(target=target) | program.Declare(target=target):
                for name in targets(target):
                    assigned[name] = assigned.get(name, 0) + 1
            case program.Loop(target=target) if target is not None:
                for name in targets(target):
                    assigned[name] = assigned.get(name, 0) + 2
            case _:
                pass
    for statement in everywhere:
        if isinstance(statement, program.Scope) and statement.op == "global":
            for name in statement.names:
                assigned[name] = assigned.get(name, 0) + 2
    return ModuleScope(module.name, names, stars, {}, assigned, _choices(module, assigned) if resolve is not None else {})


def _choices(module: program.Module, assigned: dict[str, int]) -> dict[str, AnyRef]:
    """The variables that branches give one function or another (`if (native) hash = fast; else hash = slow;`)."""
    functions: dict[str, ClosureRef] = {}
    given: dict[str, list[ir.Expr]] = {}
    for statement in _top(module.body):
        match statement:
            case program.Define(function):
                functions[function.name] = ClosureRef(function.qualname)
            case program.Assign(target=ir.Name(id=name), value=program.Closure(function=function)) if assigned[name] == 1:
                functions[name] = ClosureRef(function.qualname)
            case program.Assign(target=ir.Name(id=name), value=value) if not (isinstance(value, ir.Const) and value.value is None):
                given.setdefault(name, []).append(value)
            case program.Declare(value=None):
                pass
            case program.Assign(target=target) | program.Augment(target=target) | program.Declare(target=target):
                for name in targets(target):
                    given.setdefault(name, []).append(target)
            case _:
                pass
    changed = {name for statement in module.body if isinstance(statement, program.Scope) for name in statement.names}
    found: dict[str, AnyRef] = {}
    for name, values in given.items():
        refs = [
            ClosureRef(value.function.qualname)
            if isinstance(value, program.Closure)
            else functions.get(value.id)
            if isinstance(value, ir.Name)
            else None
            for value in values
        ]
        known = tuple(ref for ref in refs if ref is not None)
        if name not in changed and name not in functions and 1 < len(values) == len(known) <= _MOST_CHOICES:
            found[name] = AnyRef(known)
    return found


_MOST_CHOICES = 4  # functions that one variable may hold


def imported(module: str, name: str) -> str:
    """What a name that is imported from a module stands for; a library's default export is the library."""
    if name == "default" and not module.endswith(PUBLIC):
        return module
    return f"{module}.{name}" if name and name != "*" else module


def open_attributes(module: program.Module) -> tuple[frozenset[str], frozenset[str]]:
    """The names of attributes that anything in the module stores into, none of which is a constant of its class; those of others than `self`."""
    everywhere, others = set(), set()
    for target in _stored(module.body):
        everywhere.add(target.name)
        if not (isinstance(target.base, ir.Name) and target.base.id == "self"):
            others.add(target.name)
    return frozenset(everywhere), frozenset(others)


def class_values(cls: program.Class, others: frozenset[str]) -> Iterator[tuple[str, ir.Expr]]:
    """The attributes of a class that stand for what a name does, for good: set by the class or always by its constructor, and by nothing else.

    `others` are the attributes that the module sets in objects from outside. What other classes set in themselves is theirs.
    """
    found: list[tuple[str, ir.Expr]] = []
    params: Iterable[program.Param] = ()
    for item in cls.body:
        match item:
            case program.Assign(target=ir.Name(id=name), value=ir.Name() | ir.Attr() as value):
                found.append((name, value))
            case program.Define(function=program.Function(name="__init__", params=params, body=inner)):
                for statement in inner:
                    match statement:
                        case program.Assign(target=ir.Attr(base=ir.Name(id="self"), name=name), value=ir.Name() | ir.Attr() as kept):
                            if all(param.name not in _root(kept) for param in params):
                                found.append((name, kept))
                        case _:
                            pass
            case _:
                pass
    if not found:
        return
    times = Counter(target.name for target in _stored(cls.body))
    own = Counter(name for item in cls.body if isinstance(item, program.Assign) for name in targets(item.target))
    for name, node in found:
        if name not in others and times[name] + own[name] == 1 and not any(root in own for root in _root(node)):
            yield name, node


def _stored(block: program.Block) -> Iterator[ir.Attr]:
    """The attributes that statements of a block and all below store into."""
    for statement in _everywhere(block):
        match statement:
            case program.Assign(target=target) | program.Augment(target=target) | program.Declare(target=target) | program.Delete(target=target):
                yield from _attributes(target)
            case program.Loop(target=target) if target is not None:
                yield from _attributes(target)
            case _:
                pass


def _attributes(target: ir.Expr) -> Iterator[ir.Attr]:
    if isinstance(target, ir.Sequence):
        for item in target.items:
            yield from _attributes(item)
    while isinstance(target, ir.Attr | ir.Index):
        if isinstance(target, ir.Attr):
            yield target
        target = target.base


_CHANGES = frozenset(
    {"push", "unshift", "splice", "set", "add", "append", "concat", "write", "assign"}
)  # methods that put something into what they belong to


def changed_outside(function: program.Function) -> set[str]:
    """The variables that a function assigns to, or changes the contents of, and does not declare as parameters."""
    found: set[str] = set()
    for statement in _top(function.body):
        match statement:
            case program.Scope(op="nonlocal", names=names):
                found.update(names)
            case program.Assign(target=ir.Attr() | ir.Index() as target) | program.Augment(target=ir.Attr() | ir.Index() as target):
                found.update(_root(target))
            case program.Evaluate(value=ir.Call(func=ir.Attr(base=base, name=name))) if name in _CHANGES:
                found.update(_root(base))
            case _:
                pass
    return found.difference(param.name for param in function.params)


def _root(node: ir.Expr) -> tuple[str, ...]:
    while isinstance(node, ir.Attr | ir.Index):
        node = node.base
    return (node.id,) if isinstance(node, ir.Name) else ()


def open_never(body: program.Block, module: str) -> frozenset[str]:
    """The functions of a module that do nothing but leave by an exception, by dotted name."""
    found: set[str] = set()
    for statement in _top(body):
        match statement:
            case program.Define(function) | program.Assign(target=ir.Name(), value=program.Closure(function=function)):
                last = function.body[-1] if function.body else None
                if isinstance(last, program.Raise) and not any(isinstance(inner, program.Return) for inner in _top(function.body)):
                    found.add(f"{module}.{function.qualname}")
            case _:
                pass
    return frozenset(found)


def open_locals(body: program.Block, module: str) -> dict[str, Value]:  # noqa: C901 -- one case a kind of statement
    """The variables that a function's body binds; those that are bound to one function or class and to nothing else with that."""
    found: dict[str, Value] = {}

    def bound(name: str, value: Value) -> None:
        found[name] = NOTHING if name in found else value

    for statement in _top(body):
        match statement:
            case program.Define(function):
                bound(function.name, Value(ref=ClosureRef(function.qualname)))
            case program.DefineClass(cls):
                bound(cls.name, Value(ref=NameRef(f"{module}.{cls.qualname}")))
            case program.Assign(target=ir.Name(id=name), value=program.Closure(function=function)):
                bound(name, Value(ref=ClosureRef(function.qualname)))
            case program.Assign(target=target) | program.Augment(target=target) | program.Declare(target=target):
                for name in targets(target):
                    bound(name, NOTHING)
            case program.Loop(target=target) if target is not None:
                for name in targets(target):
                    bound(name, NOTHING)
            case program.Import(local=name):
                bound(name, NOTHING)
            case _:
                pass
    return found


def targets(target: ir.Expr) -> Iterator[str]:
    """The plain names that an assignment to a target binds."""
    if isinstance(target, ir.Name):
        yield target.id
    elif isinstance(target, ir.Sequence):
        for item in target.items:
            yield from targets(item)
    elif isinstance(target, ir.Mapping):
        for _, item in target.items:
            yield from targets(item)
    elif isinstance(target, ir.Spread):
        yield from targets(target.value)


def binds(body: program.Block, name: str) -> bool:
    """Whether statements give a variable another value, wherever they stand among them."""
    waiting: list[object] = [*body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting.extend(node)
            continue
        if isinstance(node, program.Assign | program.Declare | program.Augment | program.Loop | ir.Bind) and _names(node.target, name):
            return True
        if isinstance(node, program.Stmt | program.Handler | program.Case | ir.Expr) and not isinstance(node, program.Closure):
            waiting.extend(getattr(node, slot) for slot in node.__match_args__)
    return False


def _names(target: object, name: str) -> bool:
    match target:
        case ir.Name(id=other):
            return other == name
        case ir.Sequence(items=items):
            return any(_names(item, name) for item in items)
        case ir.Mapping(items=pairs):
            return any(_names(item, name) for _, item in pairs)
        case _:
            return False


_NESTING: Final = frozenset({program.If, program.Loop, program.Switch, program.Try, program.With})
_DEFINING: Final = frozenset({program.Define, program.DefineClass})


def blocks(statement: program.Stmt) -> tuple[program.Block, ...]:
    """The blocks directly inside a statement, those of nested functions and classes left out."""
    if type(statement) not in _NESTING:
        return ()
    match statement:
        case program.If(then=then, orelse=orelse):
            return (then, orelse)
        case program.Loop(body=body, orelse=orelse):
            return (body, orelse)
        case program.Switch(cases=cases):
            return tuple(case.body for case in cases)
        case program.Try(body=body, handlers=handlers, orelse=orelse, final=final):
            return (body, *(handler.body for handler in handlers), orelse, final)
        case program.With(body=body):
            return (body,)
        case _:
            return ()


def _top(block: Iterable[program.Stmt]) -> Iterator[program.Stmt]:
    """Statements of a block and of the blocks in it, not entering definitions; in order, without recursion."""
    stack = [iter(block)]
    while stack:
        for statement in stack[-1]:
            yield statement
            if type(statement) in _NESTING and (inner := blocks(statement)):
                stack.append(iter([item for part in inner for item in part]))
                break
        else:
            stack.pop()


def _everywhere(block: Iterable[program.Stmt]) -> Iterator[program.Stmt]:
    """Statements of a block and all below, definitions entered too."""
    stack = [iter(block)]
    while stack:
        for statement in stack[-1]:
            yield statement
            kind = type(statement)
            if kind not in _NESTING and kind not in _DEFINING:
                continue
            inner = [item for part in blocks(statement) for item in part]
            if isinstance(statement, program.Define):
                inner.extend(statement.function.body)
            elif isinstance(statement, program.DefineClass):
                inner.extend(statement.cls.body)
            if inner:
                stack.append(iter(inner))
                break
        else:
            stack.pop()
