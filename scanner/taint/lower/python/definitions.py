"""Functions, lambdas, classes, and their parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import Assign, Block, Class, Closure, Define, DefineClass, Expr, Function, Name, Param, ParamKind, Return, Spread, Stmt
from scanner.taint.lower.python.annotations import annotation
from scanner.taint.lower.python.blocks import body_of
from scanner.taint.lower.python.expressions import argument_list
from scanner.taint.lower.python.state import MAX_EXPRESSION_DEPTH, ExpressionHandler, State, StatementHandler

if TYPE_CHECKING:
    from collections.abc import Mapping

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
                Spread(arg.value, arg.value.at, arg.value.end) if arg.spread else arg.value for arg in argument_list(s, child, 0) if not arg.name
            )
    start = node.start_byte
    outer = (s.scope, s.prefix, s.generator)
    qualname = s.qualified(name, start)
    s.scope, s.prefix = f"{qualname}.<class>", f"{qualname}."
    body = body_of(s, node, depth)
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
            params, opening = _parameters(s, child, depth + 1)
    outer = (s.scope, s.prefix, s.generator)
    s.scope = s.qualified(f"<lambda@{start}>", start)
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
        if not child.is_named:
            continue
        kind = child.type
        start, end = child.start_byte, child.end_byte
        if kind == "identifier":
            params.append(Param(s.word(start, end) or UNNAMED, plain, None, None, start, end))
        elif kind in _STARRED:
            params.append(_starred(s, child, None))
            plain = ParamKind.KEYWORD
        elif kind == "keyword_separator":
            plain = ParamKind.KEYWORD
        elif kind == "typed_parameter":
            declared = child.child_by_field_name("type")
            named = next((part for part in child.children if part.type in _STARRED or part.type == "identifier"), None)
            if named is not None and named.type in _STARRED:
                params.append(_starred(s, named, annotation(s, declared)))
                plain = ParamKind.KEYWORD
            elif named is not None:
                params.append(Param(s.word(named.start_byte, named.end_byte), plain, None, annotation(s, declared), start, end))
        elif kind in {"default_parameter", "typed_default_parameter", "tuple_pattern"}:
            target = child if kind == "tuple_pattern" else child.child_by_field_name("name")
            if target is None:
                continue
            name = s.word(target.start_byte, target.end_byte)
            if target.type != "identifier":
                name = f"@{len(params)}"
                opening.append(Assign(s.expressions[target.kind_id](s, target, depth), Name(name, start, end), start, end))
            default = s.expression(child.child_by_field_name("value"), depth)
            params.append(Param(name, plain, default, annotation(s, child.child_by_field_name("type")), start, end))
    return tuple(params), opening


_STARRED: Mapping[str, ParamKind] = {"list_splat_pattern": ParamKind.REST, "dictionary_splat_pattern": ParamKind.KEYWORD_REST}


def _starred(s: State, node: SyntaxNode, declared: Expr | None) -> Param:
    name = next((s.word(part.start_byte, part.end_byte) for part in node.children if part.type == "identifier"), UNNAMED)
    return Param(name, _STARRED[node.type], None, declared, node.start_byte, node.end_byte)


HANDLERS: Mapping[str, StatementHandler] = {
    "function_definition": define,
    "class_definition": define_class,
    "decorated_definition": decorated,
}
EXPRESSION_HANDLERS: Mapping[str, ExpressionHandler] = {"lambda": closure}
