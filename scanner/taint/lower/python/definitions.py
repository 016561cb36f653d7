"""Functions, lambdas, classes, and their parameters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scanner.taint.ir import Expr, Name, Spread
from scanner.taint.lower.parts import arguments
from scanner.taint.lower.python.blocks import body_of
from scanner.taint.lower.python.declared import annotation
from scanner.taint.lower.python.expressions import named
from scanner.taint.lower.python.named_tuples import declared, fields_of
from scanner.taint.lower.state import MAX_EXPRESSION_DEPTH
from scanner.taint.lower.tree import child_of_type
from scanner.taint.program import Assign, Block, Class, Closure, Define, DefineClass, Function, Param, ParamKind, Return, Stmt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.taint.lower.python.state import ExpressionHandler, State, StatementHandler
    from scanner.taint.lower.tree import SyntaxNode

UNNAMED = "<unnamed>"
"""The name of a definition whose own is missing."""


def define(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`def name(parameters): body`."""
    out.append(Define(_function(s, node, (), depth)))


def define_class(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`class Name(bases): body`."""
    out.append(DefineClass(_class(s, node, (), depth)))


def decorated(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """A definition below its decorators."""
    decorators: list[Expr] = []
    for child in node.children:
        if child.type == "decorator":
            decorators.extend(s.all_operands(child, 0))
        elif child.type == "function_definition":
            out.append(Define(_function(s, child, tuple(decorators), depth)))
        elif child.type == "class_definition":
            out.append(DefineClass(_class(s, child, tuple(decorators), depth)))


def _function(s: State, node: SyntaxNode, decorators: tuple[Expr, ...], depth: int) -> Function:
    name = UNNAMED
    params: tuple[Param, ...] = ()
    opening: list[Stmt] = []
    returns: Expr | None = None
    for child in node.children:
        if not child.is_named:
            continue
        kind = child.type
        if kind == "identifier":
            name = s.word(child.start_byte, child.end_byte) or UNNAMED
        elif kind == "parameters":
            params, opening = _parameters(s, child)
        elif kind == "type":
            returns = annotation(s, child)
    start = node.start_byte
    outer = (s.scope, s.prefix, s.generator)
    s.scope = s.qualified(name, start)
    s.prefix = f"{s.scope}."
    s.generator = False
    body: Block = (*opening, *body_of(s, node, depth))
    function = Function(name, s.scope, params, body, decorators, returns, s.generator, start, node.end_byte)
    s.scope, s.prefix, s.generator = outer
    return function


def _class(s: State, node: SyntaxNode, decorators: tuple[Expr, ...], depth: int) -> Class:
    name = UNNAMED
    bases: list[Expr] = []
    for child in node.children:
        kind = child.type
        if kind == "identifier":
            name = s.word(child.start_byte, child.end_byte) or UNNAMED
        elif kind == "argument_list":
            bases.extend(
                Spread(arg.value, arg.value.at, arg.value.end) if arg.spread else arg.value for arg in arguments(s, child, 0, named) if not arg.name
            )
    start = node.start_byte
    outer = (s.scope, s.prefix, s.generator)
    qualname = s.qualified(name, start)
    s.scope, s.prefix = f"{qualname}.<class>", f"{qualname}."
    body = body_of(s, node, depth)
    for base in bases:  # `class Point(namedtuple("Point", "x y"))`
        if fields := fields_of(base):
            body = (*declared(fields, base), *body)
    s.scope, s.prefix, s.generator = outer
    return Class(name, qualname, tuple(bases), decorators, body, start, node.end_byte)


def closure(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`lambda parameters: value`."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    start, end = node.start_byte, node.end_byte
    params: tuple[Param, ...] = ()
    opening: list[Stmt] = []
    for child in node.children:
        if child.type == "lambda_parameters":
            params, opening = _parameters(s, child, depth + 2)
    outer = (s.scope, s.prefix, s.generator)
    s.scope = s.qualified(f"<lambda@{s.label(start)}>", start)
    s.prefix = f"{s.scope}."
    s.generator = False
    values = s.all_operands(node, depth + 1)
    body = (*opening, *(Return(value, value.at, value.end) for value in values[-1:]))
    function = Function("<lambda>", s.scope, params, body, (), None, s.generator, start, end)
    s.scope, s.prefix, s.generator = outer
    return Closure(function, start, end)


# -- parameters ----------------------------------------------------------------------------------------------------------


def _parameters(s: State, node: SyntaxNode, depth: int = 0) -> tuple[tuple[Param, ...], list[Stmt]]:
    """The parameters, and the assignments that take destructured ones (Python 2) apart."""
    params: list[Param] = []
    opening: list[Stmt] = []
    plain = ParamKind.NORMAL
    for child in node.children:
        kind = child.type
        read = _PARAMETERS.get(kind)
        if read is not None:
            target, param = read(s, child, plain, depth)
            params.append(param)
            if target.type in {"tuple_pattern", "list_pattern"}:
                made_up = Name(param.name, param.at, param.end)
                opening.append(Assign(s.expressions[target.kind_id](s, target, depth), made_up, param.at, param.end))
            if param.kind is not ParamKind.NORMAL:
                plain = ParamKind.KEYWORD
        elif kind == "keyword_separator":
            plain = ParamKind.KEYWORD
    return tuple(params), opening


def _plain(s: State, node: SyntaxNode, plain: ParamKind, _depth: int) -> tuple[SyntaxNode, Param]:
    """`name`, or `(a, b)` with a made-up name."""
    return node, Param(_parameter_name(s, node), plain, None, None, node.start_byte, node.end_byte)


def _starred(s: State, node: SyntaxNode, _plain: ParamKind, _depth: int) -> tuple[SyntaxNode, Param]:
    """`*name` and `**name`."""
    name = next((_parameter_name(s, part) for part in node.children if part.type == "identifier"), UNNAMED)
    kind = ParamKind.REST if node.type == "list_splat_pattern" else ParamKind.KEYWORD_REST
    return node, Param(name, kind, None, None, node.start_byte, node.end_byte)


def _typed(s: State, node: SyntaxNode, plain: ParamKind, depth: int) -> tuple[SyntaxNode, Param]:
    """`name: annotation`, the name with stars or without."""
    declared = child_of_type(node, "type")
    named = child_of_type(node, "identifier", "list_splat_pattern", "dictionary_splat_pattern") or node
    target, param = (_plain if named.type == "identifier" else _starred)(s, named, plain, depth)
    return target, replace(param, annotation=annotation(s, declared), at=node.start_byte, end=node.end_byte)


def _defaulted(s: State, node: SyntaxNode, plain: ParamKind, depth: int) -> tuple[SyntaxNode, Param]:
    """`name = default`, with or without an annotation."""
    target = node.child_by_field_name("name") or node
    default = s.expression(node.child_by_field_name("value"), depth)
    declared = annotation(s, child_of_type(node, "type"))
    return target, Param(_parameter_name(s, target), plain, default, declared, node.start_byte, node.end_byte)


def _parameter_name(s: State, node: SyntaxNode) -> str:
    if node.type != "identifier":
        return f"@{s.label(node.start_byte)}"
    return s.word(node.start_byte, node.end_byte) or UNNAMED


_PARAMETERS: Mapping[str, Callable[[State, SyntaxNode, ParamKind, int], tuple[SyntaxNode, Param]]] = {
    "identifier": _plain,
    "tuple_pattern": _plain,
    "list_splat_pattern": _starred,
    "dictionary_splat_pattern": _starred,
    "typed_parameter": _typed,
    "default_parameter": _defaulted,
    "typed_default_parameter": _defaulted,
}

HANDLERS: Mapping[str, StatementHandler] = {
    "function_definition": define,
    "class_definition": define_class,
    "decorated_definition": decorated,
}
EXPRESSION_HANDLERS: Mapping[str, ExpressionHandler] = {"lambda": closure}
