"""Functions that are called where they are written, and module wrappers: their statements are those of the place.

`(function(a) { ... })(b)` binds `a` and goes on with the statements, if only its last statement returns. A UMD wrapper hands its factory to
whichever loader there is: the factory is taken as called the way CommonJS would, and what it returns is exported. So is what the function returns
that AMD's `define` is given.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scanner.taint.ir import Const, Expr, Name
from scanner.taint.lower.javascript import exports, functions, scopes
from scanner.taint.lower.javascript.blocks import run
from scanner.taint.lower.javascript.expressions import bare
from scanner.taint.lower.javascript.literals import text_of
from scanner.taint.lower.javascript.requires import required
from scanner.taint.lower.javascript.state import MAX_BLOCK_DEPTH
from scanner.taint.lower.tree import SyntaxNode
from scanner.taint.program import Assign, Closure, Define, Evaluate, Import, Stmt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.taint.lower.javascript.state import State

MAX_WRAPPER = 4_000
"""How long the part of a UMD wrapper that chooses the loader may be, in bytes."""


_OPENINGS = ("(", "function")


class _Called(NamedTuple):
    """A function written where it is called: its parameters, its statements (or its one expression), its arguments."""

    params: list[SyntaxNode]
    body: SyntaxNode
    args: list[SyntaxNode]


def inlined(s: State, node: SyntaxNode, out: list[Stmt], depth: int, name: str = "") -> Expr | None:
    """The statements of a function called where it is written, put into `out`; what it returns. None where it must stay a call.

    `name` is the variable that takes what it returns: one of that name inside is the same.
    """
    if not s.text.startswith(_OPENINGS, node.start_byte):
        return None
    found = _called(s, node)
    if found is None or depth > MAX_BLOCK_DEPTH:
        return None
    if s.frame.outer is None and _universal(s, found, out, depth):
        return Const(None, node.end_byte, node.end_byte)
    if not _is_plain(s, found):
        return None
    values: list[Expr] = []
    for number, arg in enumerate(found.args):
        label = functions.name_of(s, found.params[number]) if number < len(found.params) else ""
        values.append(functions.named(s, arg, label, 0))
    return _inside(s, found, values, out, depth, name)


def _inside(  # noqa: PLR0913, PLR0917 -- the parts of a call, and where it stands
    s: State, found: _Called, values: Sequence[Expr | Import], out: list[Stmt], depth: int, own: str = ""
) -> Expr:
    """The statements of a function with its parameters bound; what it returns."""
    names: list[str] = []
    for param in found.params:
        scopes.pattern_names(s, param, names)
    statements = [child for child in found.body.children if child.kind_id in s.statements]
    names = [name for name in dict.fromkeys([*names, *scopes.declared_names(s, statements), *scopes.var_names(s, statements)]) if name != own]
    entered = scopes.enter(s, names)
    for number, param in enumerate(found.params):
        name = s.name(param.start_byte, param.end_byte)
        value = values[number] if number < len(values) else None
        if isinstance(value, Closure):
            value.function.name = name.id
            out.append(Define(value.function))
        elif isinstance(value, Import):
            value.local = name.id
            out.append(value)
        elif isinstance(value, Name) and value.id not in names and _is_fixed(s, param, found.body):
            s.renames = {**s.renames, s.word(param.start_byte, param.end_byte): value.id}
        elif value is not None and not (isinstance(value, Name) and value.id == name.id):
            out.append(Assign(name, value, param.start_byte, param.end_byte))
    out.extend(
        Evaluate(value, value.at, value.end)
        for value in values[len(found.params) :]
        if isinstance(value, Expr) and not isinstance(value, Const | Name)
    )
    end = found.body.end_byte
    returned: Expr = Const(None, end, end)
    last = statements[-1] if statements and statements[-1].type == "return_statement" else None
    run(s, statements[:-1] if last is not None else statements, out, depth + 1)
    if last is not None:
        for child in last.children:
            if child.kind_id in s.operands:
                before, s.pending = s.pending, []
                inner = inlined(s, bare(s, child), out, depth + 1)
                returned = inner if inner is not None else s.expressions[child.kind_id](s, child, 0)
                out.extend(s.pending)
                s.pending = before
    scopes.leave(s, entered)
    return returned


def _is_fixed(s: State, param: SyntaxNode, body: SyntaxNode) -> bool:
    """Whether a parameter is never assigned to, as far as the text says: then it is another name for what it is given."""
    name = re.escape(s.text[param.start_byte : param.end_byte])
    assigned = re.compile(rf"(?<![\w$.]){name}\s*(?:[-+*/%&|^?<>]{{1,3}}=|=(?![=>])|\+\+|--)|(?:\+\+|--)\s*{name}(?![\w$])")
    return assigned.search(s.text, body.start_byte, body.end_byte) is None


def _called(s: State, node: SyntaxNode) -> _Called | None:
    """The parts of `(function() {})()` and `(function() {}).call(this)`."""
    if node.type != "call_expression":
        return None
    parts = node.children
    if len(parts) != 2 or parts[1].type != "arguments":  # noqa: PLR2004 -- function, arguments
        return None
    callee = bare(s, parts[0])
    args = [child for child in parts[1].children if child.kind_id in s.operands]
    if callee.type == "member_expression":
        word = callee.children[-1]
        if s.text[word.start_byte : word.end_byte] != "call":
            return None
        callee = bare(s, callee.children[0])
        args = args[1:]
    if callee.type not in {"function_expression", "arrow_function"}:
        return None
    return _function(callee, args)


def _function(node: SyntaxNode, args: list[SyntaxNode]) -> _Called | None:
    params: list[SyntaxNode] = []
    body: SyntaxNode | None = None
    for child in node.children:
        kind = child.type
        if kind == "formal_parameters":
            for part in child.children:
                pattern = part.child_by_field_name("pattern") or part if part.type in {"required_parameter", "optional_parameter"} else part
                if part.is_named and part.type != "comment":
                    params.append(pattern)
        elif kind == "statement_block":
            body = child
        elif kind in {"async", "*"} or (kind == "identifier" and child.is_named):
            return None
    return None if body is None else _Called(params, body, args)


def _is_plain(s: State, found: _Called) -> bool:
    """Whether a function's statements mean the same outside it."""
    if any(param.type != "identifier" for param in found.params) or any(arg.type == "spread_element" for arg in found.args):
        return False
    text, start, end = s.text, found.body.start_byte, found.body.end_byte
    if text.find("arguments", start, end) >= 0 or (s.frame.outer is not None and text.find("this", start, end) >= 0):
        return False
    if text.find("return", start, end) < 0:
        return True
    statements = [child for child in found.body.children if child.kind_id in s.statements]
    stack = statements[:-1] if statements and statements[-1].type == "return_statement" else statements
    stack = list(stack)
    while stack:
        child = stack.pop()
        if child.type == "return_statement":
            return False
        role = s.roles.get(child.kind_id)
        if role in {scopes.COMPOUND, scopes.FOR_IN}:
            stack.extend(child.children)
    return True


# -- module wrappers -----------------------------------------------------------------------------------------------------


def _universal(s: State, wrapper: _Called, out: list[Stmt], depth: int) -> bool:
    """A UMD wrapper; whether it was one."""
    body = wrapper.body
    if body.end_byte - body.start_byte > MAX_WRAPPER:
        return False
    text = s.text[body.start_byte : body.end_byte]
    if "exports" not in text and "define" not in text:
        return False
    for param, arg in zip(wrapper.params, wrapper.args, strict=False):
        inner = bare(s, arg)
        if inner.type not in {"function_expression", "arrow_function"} or param.type != "identifier":
            continue
        given = _factory_call(s, body, s.text[param.start_byte : param.end_byte])
        factory = _function(inner, given) if given is not None else None
        if factory is None:
            continue
        if not _is_plain(s, factory):
            return False
        values = [_dependency(s, arg) for arg in given or ()]
        _offer(s, _inside(s, factory, values, out, depth), out)
        return True
    return False


def _dependency(s: State, node: SyntaxNode) -> Expr | Import:
    found = required(s, node)
    if found is not None:
        return Import("", found.module, found.name, 0, node.start_byte, node.end_byte)
    return s.expressions[node.kind_id](s, node, 0)


def _factory_call(s: State, body: SyntaxNode, name: str) -> list[SyntaxNode] | None:
    """The arguments with which a wrapper calls its factory for CommonJS: the call that speaks of `require` or `exports`, else the first."""
    best: list[SyntaxNode] | None = None
    stack = [body]
    while stack:
        node = stack.pop()
        children = node.children
        if node.type == "call_expression" and s.text[children[0].start_byte : children[0].end_byte] == name:
            given = [child for child in children[-1].children if child.kind_id in s.operands]
            said = s.text[node.start_byte : node.end_byte]
            if "require" in said or "exports" in said:
                return given
            best = given if best is None else best
        stack.extend(children)
    if best is None and f"define({name}" in s.text[body.start_byte : body.end_byte]:
        return []
    return best


def _offer(s: State, value: Expr, out: list[Stmt]) -> None:
    """Export what a factory returns, if anything."""
    if not (isinstance(value, Const) and value.value is None):
        exports.offer(s, value, out, (value.at, value.end))


def defined(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> bool:
    """AMD's `define(["a"], function(a) {})` at the top of a file; whether it was that."""
    if s.frame.outer is not None or not s.text.startswith("define", node.start_byte):
        return False
    parts = node.children
    if node.type != "call_expression" or s.text[parts[0].start_byte : parts[0].end_byte] != "define":
        return False
    values = [child for child in parts[-1].children if child.kind_id in s.operands]
    last = bare(s, values[-1]) if values else None
    if last is None or last.type not in {"function_expression", "arrow_function"}:
        return False
    found = _function(last, [])
    if found is None or not _is_plain(s, found):
        return False
    modules = next((value for value in values if value.type == "array"), None)
    names = [child for child in modules.children if child.kind_id in s.operands] if modules is not None else []
    given: list[Expr | Import] = []
    for number, param in enumerate(found.params):
        specifier = text_of(s, names[number].start_byte, names[number].end_byte) if number < len(names) and names[number].type == "string" else ""
        if specifier in {"", "require", "exports", "module"}:
            given.append(Name(s.text[param.start_byte : param.end_byte], param.start_byte, param.end_byte))
        else:
            given.append(Import("", specifier, "", 0, names[number].start_byte, names[number].end_byte))
    _offer(s, _inside(s, found, given, out, depth), out)
    return True
