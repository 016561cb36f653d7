"""Expressions: names, attributes, calls, operators.

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
    Await,
    Binary,
    Bind,
    Call,
    Choice,
    Compare,
    Const,
    Expr,
    Index,
    Logic,
    Name,
    Not,
    Opaque,
    Sequence,
    Spread,
    Yield,
)
from scanner.taint.lower.python.state import MAX_EXPRESSION_DEPTH, ExpressionHandler, State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.taint.lower.tree import SyntaxNode

LONG_CHAIN = 32
"""From how many terms on a chain of one operator is folded as a balanced tree, so that its depth stays small."""

_ASSOCIATIVE = frozenset("+*|&^")
_COMPARISONS: Mapping[str, str] = {"not in": "not-in", "is not": "is-not", "<>": "!="}


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
        function, arguments = parts
    else:
        callee, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if callee is None or given is None:
            return Opaque(tuple(s.all_operands(node, depth + 1)), node.start_byte, node.end_byte)
        function, arguments = callee, given
    depth += 1
    lowered = s.expressions[function.kind_id](s, function, depth)
    generator = s.operands.get(arguments.kind_id)
    if generator is not None:
        args: tuple[Arg, ...] = (Arg(generator(s, arguments, depth)),)
    else:
        args = argument_list(s, arguments, depth)
    if type(lowered) is Spread:
        return Spread(Call(lowered.value, args, lowered.value.at, node.end_byte), lowered.at, node.end_byte)
    return Call(lowered, args, node.start_byte, node.end_byte)


def argument_list(s: State, node: SyntaxNode, depth: int) -> tuple[Arg, ...]:
    """What stands between the parentheses of a call or class."""
    operand = s.operands.get
    args = []
    for child in node.children:
        handler = operand(child.kind_id)
        if handler is not None:
            value = handler(s, child, depth)
            args.append(Arg(value) if type(value) is not Spread else Arg(value.value, "", 1))
        elif child.is_named:
            if child.type == "keyword_argument":
                args.append(_keyword(s, child, depth))
            elif child.type == "dictionary_splat":
                args.extend([Arg(value, "", 2) for value in s.all_operands(child, depth)])
    return tuple(args)


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
    return text[slice(*bounds)]


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


def opaque(s: State, node: SyntaxNode, depth: int) -> Expr:
    """Anything else, with the values in it."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    return Opaque(tuple(s.all_operands(node, depth + 1)), node.start_byte, node.end_byte)


def nothing(_s: State, node: SyntaxNode, _depth: int) -> Expr:
    """`...`, and what holds no value."""
    return Opaque((), node.start_byte, node.end_byte)


# -- operators -----------------------------------------------------------------------------------------------------------


def _spine(node: SyntaxNode) -> tuple[SyntaxNode, list[tuple[str, SyntaxNode, int]]] | None:
    """A chain that leans left: its first term, then (operator, term, end) in reading order; None where an error broke it."""
    kind = node.kind_id
    steps: list[tuple[str, SyntaxNode, int]] = []
    while node.kind_id == kind:
        parts = node.children
        if len(parts) == 3:  # noqa: PLR2004 -- left, operator, right
            left, operator, right = parts
        else:
            fields = [node.child_by_field_name(name) for name in ("left", "operator", "right")]
            found = [field for field in fields if field is not None]
            if len(found) < len(fields):
                return None
            left, operator, right = found
        steps.append((operator.type, right, node.end_byte))
        node = left
    steps.reverse()
    return node, steps


def _chain(s: State, node: SyntaxNode, depth: int, make: Callable[[str, Expr, Expr, int, int], Expr], associative: frozenset[str]) -> Expr:
    """An operator chain as a tree that leans left, balanced where it is long; where it is long and of many operators, its terms side by side."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    spine = _spine(node)
    if spine is None:
        return Opaque(tuple(s.all_operands(node, depth + 1)), node.start_byte, node.end_byte)
    first, steps = spine
    operators = {step[0] for step in steps}
    start = node.start_byte
    below = depth + min(len(steps), LONG_CHAIN)
    value = s.expressions[first.kind_id](s, first, below)
    if len(steps) <= LONG_CHAIN:
        for position, (operator, right, end) in enumerate(steps):
            value = make(operator, value, s.expressions[right.kind_id](s, right, below - position), start, end)
        return value
    terms = [value, *(s.expressions[right.kind_id](s, right, below) for _, right, _ in steps)]
    if len(operators) == 1 and operators <= associative:
        return balanced(lambda left, right: make(steps[0][0], left, right, left.at, right.end), terms)
    return Opaque(tuple(terms), start, node.end_byte)


def balanced(make: Callable[[Expr, Expr], Expr], terms: list[Expr]) -> Expr:
    """Terms of an associative operator as a tree of logarithmic depth. Takes at least one."""
    while len(terms) > 1:
        paired = [make(left, right) for left, right in zip(terms[::2], terms[1::2], strict=False)]
        if len(terms) % 2:
            paired.append(terms[-1])
        terms = paired
    return terms[0]


def binary(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`left + right` and its like."""
    return _chain(s, node, depth, Binary, _ASSOCIATIVE)


def boolean(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`left and right`, `left or right`."""
    return _chain(s, node, depth, Logic, frozenset({"and", "or"}))


def comparison(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`a < b`, or a chain, which is the conjunction of its links."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    terms: list[Expr] = []
    operators: list[str] = []
    for child in node.children:
        handler = s.operands.get(child.kind_id)
        if handler is not None:
            terms.append(handler(s, child, depth + 2))
        elif not child.is_named:
            operators.append(_COMPARISONS.get(child.type, child.type))
    start, end = node.start_byte, node.end_byte
    if len(terms) != len(operators) + 1 or not operators:
        return Opaque(tuple(terms), start, end)
    if isinstance(terms[0], Spread):
        return Spread(Opaque((terms[0].value, *terms[1:]), terms[0].value.at, end), start, end)
    if len(operators) == 1:
        return Compare(operators[0], terms[0], terms[1], start, end)
    links: list[Expr] = []
    for position, operator in enumerate(operators):
        left, right = terms[position], terms[position + 1]
        links.append(Compare(operator, _again(left) if position else left, right, left.at, right.end))
    return balanced(lambda one, other: Logic("and", one, other, one.at, other.end), links)


def _again(term: Expr) -> Expr:
    """The second mention of a term in a chain. What has effects, or could double with every level of nesting, is not said twice."""
    return term if isinstance(term, Name | Const) or (isinstance(term, Attr) and isinstance(term.base, Name)) else Opaque((), term.at, term.end)


def negation(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`not value`."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    operands = s.all_operands(node, depth + 1)
    if len(operands) != 1:
        return Opaque(tuple(operands), node.start_byte, node.end_byte)
    return Not(operands[0], node.start_byte, node.end_byte)


def unary(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`-x` as `0 - x`, `~x` as `x ^ -1`, `+x` as `x`; of a literal number, its value."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    operands = s.all_operands(node, depth + 1)
    start, end = node.start_byte, node.end_byte
    if len(operands) != 1:
        return Opaque(tuple(operands), start, end)
    value = operands[0]
    operator = s.text[start : start + 1]
    if operator == "-":
        if isinstance(value, Const) and isinstance(value.value, int | float):
            return Const(-value.value, start, end)
        return Binary("-", Const(0, start, start), value, start, end)
    if operator == "~":
        return Binary("^", value, Const(-1, start, start), start, end)
    return value


def conditional(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`then if test else orelse`."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    operands = s.all_operands(node, depth + 1)
    if len(operands) != 3:  # noqa: PLR2004 -- then, test, orelse
        return Opaque(tuple(operands), node.start_byte, node.end_byte)
    then, test, orelse = operands
    if isinstance(then, Spread):
        return Spread(Choice(test, then.value, orelse, then.value.at, node.end_byte), node.start_byte, node.end_byte)
    return Choice(test, then, orelse, node.start_byte, node.end_byte)


def walrus(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`name := value`."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    operands = s.all_operands(node, depth + 1)
    if len(operands) != 2:  # noqa: PLR2004 -- name, value
        return Opaque(tuple(operands), node.start_byte, node.end_byte)
    return Bind(operands[0], operands[1], node.start_byte, node.end_byte)


def awaiting(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`await value`."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    operands = s.all_operands(node, depth + 1)
    if len(operands) != 1:
        return Opaque(tuple(operands), node.start_byte, node.end_byte)
    return Await(operands[0], node.start_byte, node.end_byte)


def yielding(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`yield`, `yield value`, `yield from value`; whichever it is, the function around it is a generator."""
    s.generator = True
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    start, end = node.start_byte, node.end_byte
    operands = s.all_operands(node, depth + 1)
    if not operands:
        return Yield(Const(None, end, end), start, end)
    return Yield(operands[0] if len(operands) == 1 else Opaque(tuple(operands), start, end), start, end)


HANDLERS: Mapping[str, ExpressionHandler] = {
    "identifier": identifier,
    "attribute": attribute,
    "call": call,
    "subscript": subscript,
    "parenthesized_expression": parenthesized,
    "binary_operator": binary,
    "boolean_operator": boolean,
    "comparison_operator": comparison,
    "not_operator": negation,
    "unary_operator": unary,
    "conditional_expression": conditional,
    "named_expression": walrus,
    "await": awaiting,
    "yield": yielding,
    "ellipsis": nothing,
    "as_pattern_target": first_operand,
    "as_pattern": opaque,
}
