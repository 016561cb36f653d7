"""Names of one file: what its imports, definitions and module-level values stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scanner.taint import ir

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scanner.taint.local.values import Value


class ModuleScope(NamedTuple):
    """The module's own names: definitions and imports as dotted names, and the values of variables that are assigned once and never changed."""

    module: str
    names: dict[str, str]
    stars: list[str]
    values: dict[str, Value]
    assigned: dict[str, int]


def absolute(module: str, level: int, *, own: str, package: bool) -> str:
    """The absolute name of a (possibly relative) import's module."""
    if not level:
        return module
    parts = own.split(".")
    keep = len(parts) - level + (1 if package else 0)
    base = parts[: max(keep, 0)]
    return ".".join((*base, module)) if module else ".".join(base)


def open_module(module: ir.Module) -> ModuleScope:  # noqa: C901, PLR0912 -- one case a kind of statement
    """The scope of a module before its body is interpreted. Imports count wherever they stand: in functions, under conditions, in `try`."""
    names: dict[str, str] = {}
    stars: list[str] = []
    assigned: dict[str, int] = {}
    for statement in _everywhere(module.body):
        if isinstance(statement, ir.Import):
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
            case ir.Define(function):
                names[function.name] = f"{module.name}.{function.qualname}"
            case ir.DefineClass(cls):
                names[cls.name] = f"{module.name}.{cls.qualname}"
            case ir.Assign(target=target) | ir.Augment(target=target) | ir.Declare(target=target):
                for name in targets(target):
                    assigned[name] = assigned.get(name, 0) + 1
            case ir.Loop(target=target) if target is not None:
                for name in targets(target):
                    assigned[name] = assigned.get(name, 0) + 2
            case _:
                pass
    for statement in _everywhere(module.body):
        if isinstance(statement, ir.Scope) and statement.op == "global":
            for name in statement.names:
                assigned[name] = assigned.get(name, 0) + 2
    return ModuleScope(module.name, names, stars, {}, assigned)


def open_attributes(module: ir.Module) -> frozenset[str]:
    """The names of attributes that anything in the module stores into: none of them is a constant of its class."""
    found: set[str] = set()
    for statement in _everywhere(module.body):
        match statement:
            case ir.Assign(target=target) | ir.Augment(target=target) | ir.Declare(target=target) | ir.Delete(target=target):
                found.update(_attributes(target))
            case ir.Loop(target=target) if target is not None:
                found.update(_attributes(target))
            case _:
                pass
    return frozenset(found)


def _attributes(target: ir.Expr) -> Iterator[str]:
    if isinstance(target, ir.Sequence):
        for item in target.items:
            yield from _attributes(item)
    while isinstance(target, ir.Attr | ir.Index):
        if isinstance(target, ir.Attr):
            yield target.name
        target = target.base


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


def blocks(statement: ir.Stmt) -> tuple[ir.Block, ...]:
    """The blocks directly inside a statement, those of nested functions and classes left out."""
    match statement:
        case ir.If(then=then, orelse=orelse):
            return (then, orelse)
        case ir.Loop(body=body, orelse=orelse):
            return (body, orelse)
        case ir.Switch(cases=cases):
            return tuple(case.body for case in cases)
        case ir.Try(body=body, handlers=handlers, orelse=orelse, final=final):
            return (body, *(handler.body for handler in handlers), orelse, final)
        case ir.With(body=body):
            return (body,)
        case _:
            return ()


def _top(block: Iterable[ir.Stmt]) -> Iterator[ir.Stmt]:
    """Statements of a block and of the blocks in it, not entering definitions; in order, without recursion."""
    stack = [iter(block)]
    while stack:
        for statement in stack[-1]:
            yield statement
            inner = blocks(statement)
            if inner:
                stack.append(iter([item for part in inner for item in part]))
                break
        else:
            stack.pop()


def _everywhere(block: Iterable[ir.Stmt]) -> Iterator[ir.Stmt]:
    """Statements of a block and all below, definitions entered too."""
    stack = [iter(block)]
    while stack:
        for statement in stack[-1]:
            yield statement
            inner = [item for part in blocks(statement) for item in part]
            if isinstance(statement, ir.Define):
                inner.extend(statement.function.body)
            elif isinstance(statement, ir.DefineClass):
                inner.extend(statement.cls.body)
            if inner:
                stack.append(iter(inner))
                break
        else:
            stack.pop()
