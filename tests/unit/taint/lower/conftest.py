"""A compact way to write IR down, so that a test can say what it expects, and the lowering of a piece of source."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

import pytest

from scanner.syntax.parse import Parsed, parse
from scanner.taint import ir, program
from scanner.taint.lower.python.module import lower_module

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def expression(node: ir.Expr | None) -> str:  # noqa: C901, PLR0912 -- one line a class of the IR
    match node:
        case None:
            return "-"
        case ir.Const(value=value):
            return repr(value)
        case ir.Name(id=name):
            return name
        case ir.Attr(base=base, name=name):
            return f"{expression(base)}.{name}"
        case ir.Index(base=base, key=key):
            return f"{expression(base)}[{':' if key is None else expression(key)}]"
        case ir.Call(func=func, args=args, new=new):
            return f"{'new ' if new else ''}{expression(func)}({', '.join(map(argument, args))})"
        case ir.Binary(op=op, left=left, right=right) | ir.Compare(op=op, left=left, right=right) | ir.Logic(op=op, left=left, right=right):
            return f"({expression(left)} {op} {expression(right)})"
        case ir.Not(value=inner):
            return f"not {expression(inner)}"
        case ir.Format(parts=parts):
            return f"format<{listed(parts)}>"
        case ir.Sequence(items=items, kind=kind):
            return f"{kind}<{listed(items)}>"
        case ir.Mapping(items=entries):
            return (
                "{" + ", ".join(f"**{expression(item)}" if key is None else f"{expression(key)}: {expression(item)}" for key, item in entries) + "}"
            )
        case ir.Spread(value=inner):
            return f"*({expression(inner)})" if isinstance(inner, ir.Call | ir.Attr | ir.Index) else f"*{expression(inner)}"
        case ir.Choice(test=test, then=then, orelse=orelse):
            return f"({expression(test)} ? {expression(then)} : {expression(orelse)})"
        case ir.Comprehension(element=element, key=key, clauses=clauses, kind=kind):
            head = expression(element) if key is None else f"{expression(key)}: {expression(element)}"
            return f"{kind}<{head} {' '.join(map(clause, clauses))}>"
        case ir.Bind(target=target, value=inner):
            return f"({expression(target)} := {expression(inner)})"
        case program.Closure(function=function):
            return f"<{'; '.join(define(function))}>"
        case ir.Await(value=inner):
            return f"await {expression(inner)}"
        case ir.Yield(value=inner):
            return f"yield {expression(inner)}"
        case ir.Opaque(parts=parts):
            return f"?<{listed(parts)}>"
        case _:
            raise TypeError(node)


def listed(parts: tuple[ir.Expr, ...]) -> str:
    return ", ".join(map(expression, parts))


def argument(arg: ir.Arg) -> str:
    return f"{arg.name}={expression(arg.value)}" if arg.name else "*" * arg.spread + expression(arg.value)


def clause(part: tuple[ir.Expr, ir.Expr, tuple[ir.Expr, ...]]) -> str:
    target, iterable, conditions = part
    return f"for {expression(target)} in {expression(iterable)}" + "".join(f" if {expression(condition)}" for condition in conditions)


def parameter(param: program.Param) -> str:
    mark = {program.ParamKind.NORMAL: "", program.ParamKind.KEYWORD: "=", program.ParamKind.REST: "*", program.ParamKind.KEYWORD_REST: "**"}[
        param.kind
    ]
    declared = f": {expression(param.annotation)}" if param.annotation is not None else ""
    mark = "".join(f"@{expression(decorator)} " for decorator in param.decorators) + mark
    return mark + param.name + declared + (f" = {expression(param.default)}" if param.default is not None else "")


def define(function: program.Function) -> Iterator[str]:
    yield from (f"@{expression(decorator)}" for decorator in function.decorators)
    returns = f" -> {expression(function.returns)}" if function.returns is not None else ""
    yield f"{'generator' if function.generator else 'def'} {function.qualname}({', '.join(map(parameter, function.params))}){returns}"
    yield from block(function.body)


def block(body: program.Block) -> Iterator[str]:
    for node in body:
        yield from (f"  {line}" for line in statement(node))


def statement(node: program.Stmt) -> Iterator[str]:  # noqa: C901, PLR0912, PLR0915 -- one branch a class of the IR
    match node:
        case program.Assign(target=target, value=value):
            yield f"{expression(target)} = {expression(value)}"
        case program.Declare(target=target, annotation=annotation, value=value):
            yield f"{expression(target)}: {expression(annotation)} = {expression(value)}"
        case program.Augment(target=target, op=op, value=value):
            yield f"{expression(target)} {op}= {expression(value)}"
        case program.Evaluate(value=value):
            yield expression(value)
        case program.If(test=test, then=then, orelse=orelse):
            yield f"if {expression(test)}"
            yield from block(then)
            if orelse:
                yield "else"
                yield from block(orelse)
        case program.Loop(target=target, iterable=iterable, test=test, body=body, orelse=orelse):
            yield f"while {expression(test)}" if target is None else f"for {expression(target)} in {expression(iterable)}"
            yield from block(body)
            if orelse:
                yield "else"
                yield from block(orelse)
        case program.Switch(subject=subject, cases=cases):
            yield f"match {expression(subject)}"
            for case in cases:
                binds = "".join(f" {expression(target)}={path!r}" for target, path in case.binds)
                yield f"  case [{listed(case.values)}]{binds}" + (f" if {expression(case.guard)}" if case.guard is not None else "")
                yield from (f"  {line}" for line in block(case.body))
        case program.Try(body=body, handlers=handlers, orelse=orelse, final=final):
            yield "try"
            yield from block(body)
            for handler in handlers:
                yield f"except [{listed(handler.types)}] {handler.name}".rstrip()
                yield from block(handler.body)
            for word, part in (("else", orelse), ("finally", final)):
                if part:
                    yield word
                    yield from block(part)
        case program.With(items=items, body=body):
            yield "with " + ", ".join(f"{expression(manager)} as {expression(target)}" for manager, target in items)
            yield from block(body)
        case program.Return(value=value):
            yield f"return {expression(value)}"
        case program.Raise(value=value):
            yield f"raise {expression(value)}"
        case program.Assert(test=test):
            yield f"assert {expression(test)}"
        case program.Delete(target=target):
            yield f"del {expression(target)}"
        case program.Jump(op=op, loops=loops):
            yield op if loops == 1 else f"{op} {loops}"
        case program.Export(name=name, value=value):
            yield f"export {name} = {expression(value)}"
        case program.Scope(op=op, names=names):
            yield f"{op} {', '.join(names)}"
        case program.Import(local=local, module=module, name=name, level=level):
            yield f"import {local} <- {'.' * level}{module}:{name}"
        case program.Define(function=function):
            yield from define(function)
        case program.DefineClass(cls=cls):
            yield from (f"@{expression(decorator)}" for decorator in cls.decorators)
            yield f"class {cls.qualname}({listed(cls.bases)})"
            yield from block(cls.body)
        case _:
            raise TypeError(node)


def everything(root: object) -> Iterator[object]:
    """Every object of a module, without recursion."""
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):
            stack.extend(node)
        elif is_dataclass(node):
            yield node
            stack.extend(getattr(node, field.name) for field in fields(node))


@pytest.fixture
def lower() -> Callable[[str], program.Module]:
    """The IR of a piece of source, parsed as a scan parses it."""

    def run(source: str) -> program.Module:
        data = source.encode()
        parsed = parse("python", data)
        assert isinstance(parsed, Parsed), parsed
        return lower_module(parsed.root, data, path="shop/app.py", name="shop.app", package=False)

    return run


@pytest.fixture
def lowered(lower: Callable[[str], program.Module]) -> Callable[[str], list[str]]:
    """The IR of a piece of source, written down."""
    return lambda source: [line for node in lower(source).body for line in statement(node)]


@pytest.fixture
def written() -> Callable[[program.Module], list[str]]:
    """A module, written down."""
    return lambda module: [line for node in module.body for line in statement(node)]


@pytest.fixture
def nodes() -> Callable[[program.Module], list[object]]:
    """All that a module holds, in no particular order."""
    return lambda module: list(everything(module))
