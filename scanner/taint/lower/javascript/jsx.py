"""JSX. An element of the page is the call `JSX.element(tag, ...children, attribute=value)`; a component is called with one object, its properties."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from scanner.taint.ir import Arg, Attr, Call, Const, Expr, Mapping, Name, Opaque, Sequence, Spread

if TYPE_CHECKING:
    from collections.abc import Mapping as Table

    from scanner.taint.lower.javascript.state import ExpressionHandler, State
    from scanner.taint.lower.tree import SyntaxNode

_CHILDREN = frozenset(("jsx_element", "jsx_self_closing_element", "jsx_expression", "jsx_text", "html_character_reference"))


def element(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`<tag attribute={value}>children</tag>`."""
    if depth > s.limit:
        return s.cut(node)
    opening = node
    children: list[Expr] = []
    if node.type == "jsx_element":
        for child in node.children:
            if child.type == "jsx_opening_element":
                opening = child
            elif child.type in _CHILDREN:
                children.extend(_child(s, child, depth + 1))
    name, attributes = _opening(s, opening, depth + 1)
    start, end = node.start_byte, node.end_byte
    if name is None or _is_intrinsic(s, name):
        tag = "" if name is None else s.decoded(name.start_byte, name.end_byte)
        at = start if name is None else name.start_byte
        args = [Arg(Const(tag, at, at + len(tag)))]
        args.extend(Arg(child) for child in children)
        args.extend(Arg(value, key) if key else Arg(value, "", 2) for key, value in attributes)
        return Call(Attr(Name("JSX", start, start), "element", start, start), tuple(args), start, end)
    items: list[tuple[Expr | None, Expr]] = [(Const(key, value.at, value.at) if key else None, value) for key, value in attributes]
    if children:
        held = children[0] if len(children) == 1 else Sequence(tuple(children), "list", children[0].at, children[-1].end)
        items.append((Const("children", held.at, held.at), held))
    component = s.expressions[name.kind_id](s, name, depth + 1)
    return Call(component, (Arg(Mapping(tuple(items), start, end)),), start, end)


def _opening(s: State, node: SyntaxNode, depth: int) -> tuple[SyntaxNode | None, list[tuple[str, Expr]]]:
    """The name of a tag and its attributes; one that is spread has no name."""
    name: SyntaxNode | None = None
    attributes: list[tuple[str, Expr]] = []
    for child in node.children:
        kind = child.type
        if kind == "jsx_attribute":
            attributes.append(_attribute(s, child, depth))
        elif kind == "jsx_expression":
            attributes.extend(("", value.value if isinstance(value, Spread) else value) for value in s.all_operands(child, depth))
        elif child.is_named and name is None and kind not in {"comment", "type_arguments", "ERROR"}:
            name = child
    return name, attributes


def _is_intrinsic(s: State, name: SyntaxNode) -> bool:
    """Whether a tag is one of the page: a lower-case word."""
    return name.type not in {"member_expression", "nested_identifier"} and not (
        "A" <= s.text[name.start_byte] <= "Z" or s.text[name.start_byte] in "_$"
    )


def _attribute(s: State, node: SyntaxNode, depth: int) -> tuple[str, Expr]:
    start, end = node.start_byte, node.end_byte
    name: str | None = None
    value: Expr = Const(value=True, at=start, end=end)
    for child in node.children:
        if not child.is_named:
            continue
        if name is None:
            name = s.decoded(child.start_byte, child.end_byte)
        elif child.type == "jsx_expression":
            values = s.all_operands(child, depth)
            value = values[0] if len(values) == 1 else Opaque(tuple(values), child.start_byte, child.end_byte)
        elif child.type == "string":
            text = s.decoded(child.start_byte + 1, child.end_byte - 1)
            value = Const(html.unescape(text), child.start_byte, child.end_byte)
        elif child.kind_id in s.operands:
            value = s.operands[child.kind_id](s, child, depth)
    return name or "", value


def _child(s: State, node: SyntaxNode, depth: int) -> list[Expr]:
    start, end = node.start_byte, node.end_byte
    if node.type == "jsx_expression":
        return [value.value if isinstance(value, Spread) else value for value in s.all_operands(node, depth)]
    if node.type in {"jsx_text", "html_character_reference"}:
        text = " ".join(s.decoded(start, end).split())
        return [Const(html.unescape(text), start, end)] if text else []
    return [s.expressions[node.kind_id](s, node, depth)]


HANDLERS: Table[str, ExpressionHandler] = {"jsx_element": element, "jsx_self_closing_element": element}
