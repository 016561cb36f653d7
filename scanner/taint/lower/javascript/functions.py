"""Functions of every shape, and their parameters.

A function that uses `this`, and is no arrow, has it as its first parameter. One that uses `arguments` has a last parameter for what is left over, and
begins by making the list. A destructured parameter has a made-up name and is taken apart at the top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scanner.taint.ir import Binary, Expr, Name, Sequence, Spread
from scanner.taint.lower.javascript import blocks, kinds, scopes
from scanner.taint.lower.javascript.expressions import bare
from scanner.taint.lower.javascript.state import MAX_BLOCK_DEPTH, ExpressionHandler, Frame, State, StatementHandler
from scanner.taint.lower.javascript.targets import is_empty, target
from scanner.taint.lower.javascript.types import annotation
from scanner.taint.lower.tree import SyntaxNode
from scanner.taint.program import Assign, Closure, Define, Function, Param, ParamKind, Return, Stmt

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence as Row


UNNAMED = "<unnamed>"
"""The name of a definition whose own is missing."""

FUNCTIONS = frozenset(("function_expression", "arrow_function", "generator_function", "function"))
CLASSES = frozenset(("class",))


class _Head(NamedTuple):
    """The pieces of a function. The body is a block, or the one expression of an arrow function."""

    parameters: SyntaxNode | None
    own: SyntaxNode | None
    body: SyntaxNode | None
    block: bool
    returned: SyntaxNode | None
    generator: bool
    arrow: bool


def _head(s: State, node: SyntaxNode) -> _Head:
    parameters: SyntaxNode | None = None
    own: SyntaxNode | None = None
    body: SyntaxNode | None = None
    returned: SyntaxNode | None = None
    generator = arrow = False
    parts = s.parts
    children = node.children
    for child in children:
        part = parts.get(child.kind_id)
        if part is None:
            continue
        if part == kinds.PARAMETERS:
            parameters = child
        elif part == kinds.BLOCK:
            body = child
        elif part == kinds.TYPE:
            returned = child
        elif part == kinds.IDENTIFIER:
            own = own or child
        elif part == kinds.STAR:
            generator = True
        elif part == kinds.ARROW:
            arrow = True
    block = body is not None
    return _Head(parameters, own, children[-1] if arrow and not block else body, block, returned, generator, arrow)


def lower(s: State, node: SyntaxNode, name: str, *, method: bool = False, depth: int = 0) -> Function:
    """One function under a name. A method has `this` whether it uses it or not; an arrow function that is a method has it from its object.

    `depth` is that of the expression it stands in.
    """
    head = _head(s, node)
    start, end = node.start_byte, node.end_byte
    outer = (s.scope, s.prefix, s.frame, s.renames, s.pending, s.limit)
    s.limit -= depth + 1
    s.scope = s.qualified(name, start)
    s.prefix = f"{s.scope}."
    awaiter, s.awaiter = s.awaiter and head.generator, False
    frame = s.frame = Frame(s.frame, arrow=awaiter or (head.arrow and not method))
    frame.awaiter = awaiter
    s.pending = []
    out: list[Stmt] = []
    inside: Row[SyntaxNode] = head.body.children if head.body is not None and head.block else ()
    scopes.open_function(s, _variables(s, head, inside))
    own = head.own
    if own is not None and not head.arrow and (text := s.word(own.start_byte, own.end_byte)) != name and not frame.visible(text):
        s.renames = {**s.renames, text: name}
    params = _parameters(s, head.parameters, own if head.arrow else None, out)
    _body(s, head, inside, out)
    if frame.arguments:
        params = _with_arguments(params, out, start)
    if (frame.this or method) and not frame.arrow and not (params and params[0].name == "this"):
        params = (Param("this", ParamKind.NORMAL, None, None, start, start), *params)
    out[0:0] = scopes.said(frame)
    function = Function(name, s.scope, params, tuple(out), (), annotation(s, head.returned), head.generator, start, end)
    s.scope, s.prefix, s.frame, s.renames, s.pending, s.limit = outer
    return function


def _variables(s: State, head: _Head, inside: Row[SyntaxNode]) -> list[str]:
    """The names of a function's parameters and of what its body declares."""
    names: list[str] = []
    if head.parameters is not None:
        for parameter in head.parameters.children:
            if s.parts.get(parameter.kind_id) == kinds.IDENTIFIER:
                names.append(s.word(parameter.start_byte, parameter.end_byte))
            elif parameter.is_named:
                scopes.pattern_names(s, _pattern_of(parameter), names)
    elif head.arrow and head.own is not None:
        names.append(s.word(head.own.start_byte, head.own.end_byte))
    if inside:
        names.extend(scopes.declared_names(s, inside))
        if s.vars:
            names.extend(scopes.var_names(s, inside))
    return names


def _body(s: State, head: _Head, inside: Row[SyntaxNode], out: list[Stmt]) -> None:
    body = head.body
    if body is None:
        return
    if s.depth >= MAX_BLOCK_DEPTH:
        s.cut(body)
    elif head.block:
        blocks.run(s, inside, out, s.depth + 1)
    else:
        value = s.expressions[body.kind_id](s, body, 0)
        out.extend(s.pending)
        out.append(Return(value, body.start_byte, body.end_byte))


def _with_arguments(params: tuple[Param, ...], out: list[Stmt], at: int) -> tuple[Param, ...]:
    """The parameters with one for what is left over, and the list of them all as the first statement."""
    items: list[Expr] = []
    for param in params:
        if param.name != "this":
            name = Name(param.name, at, at)
            items.append(Spread(name, at, at) if param.kind is ParamKind.REST else name)
    if not params or params[-1].kind is not ParamKind.REST:
        params = (*params, Param("@arguments", ParamKind.REST, None, None, at, at))
        items.append(Spread(Name("@arguments", at, at), at, at))
    out.insert(0, Assign(Name("arguments", at, at), Sequence(tuple(items), "list", at, at), at, at))
    return params


# -- parameters ----------------------------------------------------------------------------------------------------------

_TYPED = frozenset(("required_parameter", "optional_parameter"))


def _pattern_of(node: SyntaxNode) -> SyntaxNode:
    if node.type in _TYPED:
        return node.child_by_field_name("pattern") or node
    return node


def _parameters(s: State, node: SyntaxNode | None, single: SyntaxNode | None, out: list[Stmt]) -> tuple[Param, ...]:
    if node is None and single is not None:
        return (Param(s.word(single.start_byte, single.end_byte), ParamKind.NORMAL, None, None, single.start_byte, single.end_byte),)
    params: list[Param] = []
    for child in node.children if node is not None else ():
        if s.parts.get(child.kind_id) == kinds.IDENTIFIER:
            start, end = child.start_byte, child.end_byte
            params.append(Param(s.word(start, end), ParamKind.NORMAL, None, None, start, end))
        elif child.is_named and child.type not in {"comment", "ERROR"}:
            params.append(_parameter(s, child, out))
    return tuple(params)


def _parameter(s: State, node: SyntaxNode, out: list[Stmt]) -> Param:
    """A parameter that is more than a name."""
    start, end = node.start_byte, node.end_byte
    default: Expr | None = None
    declared: Expr | None = None
    decorators: tuple[Expr, ...] = ()
    pattern = node
    if node.type in _TYPED:
        pattern = node.child_by_field_name("pattern") or node
        declared = annotation(s, node.child_by_field_name("type"))
        default = s.expression(node.child_by_field_name("value"), 0)
        decorators = tuple([value for child in node.children if child.type == "decorator" for value in s.all_operands(child, 0)])
    elif node.type == "assignment_pattern":
        pattern = node.child_by_field_name("left") or node
        default = s.expression(node.child_by_field_name("right"), 0)
    kind = ParamKind.NORMAL
    if pattern.type == "rest_pattern":
        kind = ParamKind.REST
        pattern = next((child for child in pattern.children if child.is_named and child.type != "comment"), pattern)
    if pattern.type in {"identifier", "this"}:
        return Param(s.word(pattern.start_byte, pattern.end_byte), kind, default, declared, start, end, decorators)
    name = f"@{s.label(start)}"
    held: Expr = Name(name, start, start)
    if default is not None and not is_empty(default):
        held = Binary("??", held, default, start, end)
    defaults: list[Stmt] = []
    out.append(Assign(target(s, pattern, defaults, 0), held, start, end))
    out.extend(defaults)
    return Param(name, kind, default, declared, start, end, decorators)


# -- functions as values and statements ----------------------------------------------------------------------------------


def name_of(s: State, node: SyntaxNode) -> str:
    """What a function that is assigned to a target is called: the target's last name."""
    kind = node.type
    if kind == "identifier":
        return s.name(node.start_byte, node.end_byte).id
    if kind == "member_expression":
        last = node.children[-1]
        return s.word(last.start_byte, last.end_byte)
    return ""


def named(s: State, node: SyntaxNode, name: str, depth: int) -> Expr:
    """A value that is bound to a name: a function or class without a name of its own takes it."""
    kind = node.kind_id
    if kind in s.wrappers:
        node = bare(s, node)
        kind = node.kind_id
    if name:
        if s.parts.get(kind) == kinds.FUNCTION:
            return closure(s, node, depth, name)
        if s.text.startswith("class", node.start_byte) and node.type in CLASSES:
            s.naming = name
    return s.expressions[kind](s, node, depth)


def closure(s: State, node: SyntaxNode, depth: int, name: str = "") -> Expr:
    """A function expression or arrow function."""
    if depth > s.limit:
        return s.cut(node)
    start, end = node.start_byte, node.end_byte
    own = own_name(s, node) or name or f"<lambda@{s.label(start)}>"
    function = lower(s, node, own, depth=depth)
    if own.startswith("<"):
        function.name = "<lambda>"
    return Closure(function, start, end)


def own_name(s: State, node: SyntaxNode) -> str:
    """The name that a function expression has itself."""
    if node.type == "arrow_function":
        return ""
    return next((s.word(child.start_byte, child.end_byte) for child in node.children if child.type in {"identifier", "type_identifier"}), "")


def define(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`function name() {}`."""
    name = next((child for child in node.children if child.type == "identifier"), None)
    text = s.name(name.start_byte, name.end_byte).id if name is not None else "default"
    out.append(Define(lower(s, node, text or UNNAMED)))


HANDLERS: Mapping[str, StatementHandler] = {"function_declaration": define, "generator_function_declaration": define}
EXPRESSION_HANDLERS: Mapping[str, ExpressionHandler] = {
    "function_expression": closure,
    "generator_function": closure,
    "arrow_function": closure,
}
