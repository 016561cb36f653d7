"""Expressions: names, attributes, calls, subscripts.

The handlers here run once a name: for Django, a million times. They look at children by position where a node has as many as it should, and fall
back to its operands (comments and errors left out) where it has not.

In a display the grammar reads `*f(x)` as a call of `*f`; whatever is made of a `Spread` here is therefore spread as a whole.
"""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING

from scanner.taint.ir import (
    Arg,
    Attr,
    Binary,
    Call,
    Const,
    Expr,
    Index,
    Name,
    Opaque,
    Sequence,
    Spread,
)
from scanner.taint.lower.parts import arguments, nothing, opaque
from scanner.taint.lower.state import MAX_EXPRESSION_DEPTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.lower.python.state import ExpressionHandler, State
    from scanner.taint.lower.tree import SyntaxNode


def identifier(s: State, node: SyntaxNode, _depth: int) -> Expr:
    """A name; one that the parser made up to go on is nothing."""
    start, end = node.start_byte, node.end_byte
    if start == end:
        return Opaque((), start, end)
    return Name(intern(s.text[start:end]) if s.plain else s.word(start, end), start, end)


def attribute(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`base.name`."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    parts = node.children
    if len(parts) != 3:  # noqa: PLR2004 -- base, dot, name
        return _commented_attribute(s, node, depth)
    base, _, name = parts
    end = node.end_byte
    start = name.start_byte
    if start == end:
        return s.expressions[base.kind_id](s, base, depth + 1)
    text = intern(s.text[start:end]) if s.plain else s.word(start, end)
    value = s.expressions[base.kind_id](s, base, depth + 1)
    if type(value) is Spread:
        return Spread(Attr(value.value, text, value.value.at, end), value.at, end)
    return Attr(value, text, node.start_byte, end)


def _commented_attribute(s: State, node: SyntaxNode, depth: int) -> Expr:
    operands = s.all_operands(node, depth + 1)
    if len(operands) > 1 and isinstance(operands[-1], Name):
        return Attr(operands[0], operands[-1].id, node.start_byte, node.end_byte)
    return Opaque(tuple(operands), node.start_byte, node.end_byte)


def call(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`function(arguments)`."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    parts = node.children
    if len(parts) == 2:  # noqa: PLR2004 -- function, arguments
        function, given = parts
    else:
        callee, between = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if callee is None or between is None:
            return Opaque(tuple(s.all_operands(node, depth + 1)), node.start_byte, node.end_byte)
        function, given = callee, between
    depth += 1
    lowered = s.expressions[function.kind_id](s, function, depth)
    generator = s.operands.get(given.kind_id)
    if generator is not None:
        args: tuple[Arg, ...] = (Arg(generator(s, given, depth)),)
    else:
        args = arguments(s, given, depth, named)
    if type(lowered) is Spread:
        return Spread(Call(lowered.value, args, lowered.value.at, node.end_byte), lowered.at, node.end_byte)
    return Call(lowered, args, node.start_byte, node.end_byte)


def named(s: State, node: SyntaxNode, depth: int) -> list[Arg]:
    """`name=value`, `**values`: arguments that are no values."""
    if node.type == "keyword_argument":
        return [_keyword(s, node, depth)]
    return [Arg(value, "", 2) for value in s.all_operands(node, depth)] if node.type == "dictionary_splat" else []


def _keyword(s: State, node: SyntaxNode, depth: int) -> Arg:
    parts = node.children
    if len(parts) == 3:  # noqa: PLR2004 -- name, equals, value
        name, _, value = parts
        return Arg(s.expressions[value.kind_id](s, value, depth), s.word(name.start_byte, name.end_byte))
    operands = s.all_operands(node, depth)
    first = operands[0] if operands else None
    if isinstance(first, Name) and len(operands) > 1:
        return Arg(operands[-1], first.id)
    return Arg(Opaque(tuple(operands), node.start_byte, node.end_byte))


def subscript(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`base[key]`; a slice has no key, unless its bounds or keys beside it do something."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    base, *rest = node.children
    start, end = node.start_byte, node.end_byte
    depth += 1
    value = s.expressions[base.kind_id](s, base, depth)
    if type(value) is Spread:
        inner = _indexed(s, value.value, rest, (value.value.at, end), depth)
        return Spread(inner, start, end)
    return _indexed(s, value, rest, (start, end), depth)


def _indexed(s: State, value: Expr, rest: list[SyntaxNode], span: tuple[int, int], depth: int) -> Expr:
    """`value[keys]`, from what stands after the value."""
    keys: list[Expr] = []
    several = False
    sliced: SyntaxNode | None = None
    for child in rest:
        handler = s.operands.get(child.kind_id)
        if handler is not None:
            keys.append(handler(s, child, depth))
        elif not child.is_named:
            several = several or child.type == ","
        elif child.type == "slice":
            sliced = child
            keys.append(opaque(s, child, depth))
    if len(keys) == 1 and not several:
        key = keys[0]
        if sliced is not None:
            return _slice(s, value, sliced, key, span)
        if type(key) is not Spread:
            return Index(value, key, *span)
    uncertain = sliced is not None or any(type(key) is Spread for key in keys)
    if not keys or (uncertain and all(map(_harmless, keys))):
        return Index(value, None, *span)
    return Index(value, Sequence(tuple(keys), "tuple", keys[0].at, keys[-1].end), *span)


def _slice(s: State, base: Expr, node: SyntaxNode, bounds: Expr, span: tuple[int, int]) -> Expr:
    """A slice, with its bounds as the parts of `bounds`. One of a literal by literals folds; of anything else it may pick several elements."""
    if isinstance(base, Const) and isinstance(base.value, str | bytes):
        folded = _folded(s, base.value, node)
        if folded is not None:
            return Const(folded, *span)
    return Index(base, None if _harmless(bounds) else bounds, *span)


def _folded(s: State, text: str | bytes, node: SyntaxNode) -> str | bytes | None:
    """The slice of a literal; None where a bound is no literal, or out of the ordinary."""
    bounds: list[int | None] = [None]
    for child in node.children:
        if child.type == ":":
            bounds.append(None)
            continue
        value = s.expressions[child.kind_id](s, child, MAX_EXPRESSION_DEPTH)
        if not isinstance(value, Const) or type(value.value) is not int or abs(value.value) > len(text) + 1:
            return None
        bounds[-1] = value.value
    if len(bounds) > 3 or (len(bounds) == 3 and bounds[-1] == 0):  # noqa: PLR2004 -- start, stop, step
        return None
    start, stop, step = (*bounds, None)[:3] if len(bounds) > 1 else (None, *bounds, None)
    return text[start:stop:step]


def _harmless(node: Expr) -> bool:
    """Whether evaluating an expression can do nothing that matters: names, literals, arithmetic, lengths."""
    match node:
        case Const() | Name():
            return True
        case Attr(base=value) | Spread(value=value):
            return _harmless(value)
        case Binary(left=left, right=right):
            return _harmless(left) and _harmless(right)
        case Call(func=Name(id="len"), args=(Arg(value=value),)):
            return _harmless(value)
        case Opaque(parts=parts):
            return all(map(_harmless, parts))
        case _:
            return False


def parenthesized(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`(value)`; any number of parentheses cost no depth."""
    kind = node.kind_id
    while node.kind_id == kind:
        inner = [child for child in node.children if child.kind_id in s.operands]
        if len(inner) != 1:
            return opaque(s, node, depth)
        node = inner[0]
    return s.expressions[node.kind_id](s, node, depth)


def first_operand(s: State, node: SyntaxNode, depth: int) -> Expr:
    """A node that only wraps a value."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    operands = s.all_operands(node, depth + 1)
    return operands[0] if len(operands) == 1 else Opaque(tuple(operands), node.start_byte, node.end_byte)


HANDLERS: Mapping[str, ExpressionHandler] = {
    "identifier": identifier,
    "attribute": attribute,
    "call": call,
    "subscript": subscript,
    "parenthesized_expression": parenthesized,
    "ellipsis": nothing,
    "as_pattern_target": first_operand,
    "as_pattern": opaque,
}
