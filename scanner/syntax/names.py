"""From what stands in the source to the dotted names that reports and fingerprints use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from scanner.syntax.parse import Parsed

LONGEST_NAME = 200
"""Characters; names come from hostile files and end up in reports."""

_SEPARATORS = re.compile(r"\s*(?:::|\\|->|\?\.|\.)\s*")
_ANGLES = re.compile(r"<[^<>]*>")
_SQUARES = re.compile(r"\[[^\[\]]*\]")
_CAST = re.compile(r"(.*\boperator\s+[^()]*\S)\s*\(.*", re.DOTALL)
_EXPORTS = re.compile(r"(?:module\.exports|exports|this|window|globalThis|global|self)\.")
_DECORATOR_TAIL = re.compile(r"[(<\s].*", re.DOTALL)
_CALLEE_PART = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`|.""", re.DOTALL)
_LOOSE_SPACE = re.compile(r"(\w?)\s+(?=(\w?))")
_LONGEST_CALLEE = 300  # bytes looked at; the end says more than the beginning, and long chains stay linear
_QUOTES = "\"'`"
_NESTED_ANGLES = 8  # levels of type arguments taken off a name


def dotted(language: str, text: str) -> str:
    r"""A name as written (`Cart<T>::total`, `App\Http`, `exports.handler`, `"quoted"`) as parts joined by dots, "" for what names nothing."""
    text = " ".join(text.split())
    if text[:1] == "[" and text[-1:] == "]" and language not in {"rust", "go"}:
        text = text[1:-1].strip()  # a computed key: ["name"]
    if len(text) > 1 and text[0] == text[-1] and text[0] in _QUOTES:
        return printable(text[1:-1])
    text = _SEPARATORS.sub(".", _without_types(language, text))
    if language in {"javascript", "typescript", "tsx"}:
        text = _javascript(text)
    return printable(text.strip(".$:*& "))


def printable(text: str) -> str:
    """A name that can be shown: bounded, and without control characters."""
    return "".join(char if char.isprintable() else "?" for char in text[:LONGEST_NAME])


def decorator_name(text: str) -> str:
    """The dotted name of a decorator or annotation, its arguments left out."""
    return printable(_SEPARATORS.sub(".", _DECORATOR_TAIL.sub("", text.strip().lstrip("@"))))


def module_name(text: str) -> str:
    """A module as an import names it, without quotes or brackets around it."""
    text = text.strip()
    if len(text) > 1 and ((text[0] == text[-1] and text[0] in _QUOTES) or (text[0], text[-1]) == ("<", ">")):
        text = text[1:-1]
    return printable(" ".join(text.split()))


def callee_name(data: bytes, start: int, end: int) -> str:
    """What is called, with the arguments of calls within it left out: `db.cursor().execute`."""
    parts: list[str] = []
    depth = 0
    for match in _CALLEE_PART.finditer(data[max(start, end - _LONGEST_CALLEE) : end].decode("utf-8", "replace")):
        part = match[0]
        if part in "({":
            if depth == 0:
                parts.append("()" if part == "(" else "{}")
            depth += 1
        elif part in ")}":
            if depth == 0:
                parts = ["()"]  # the text was cut within these brackets
            depth = max(0, depth - 1)
        elif depth == 0:
            parts.append(part)
    return printable(_LOOSE_SPACE.sub(_tight, "".join(parts)).replace("?.", ".").lstrip("$"))


def _tight(space: re.Match[str]) -> str:
    return f"{space[1]} " if space[1] and space[2] else space[1]


def parameter_names(parsed: Parsed, node: Node) -> tuple[str, ...]:
    """The names that a parameter list binds, in order; patterns are taken apart, types and default values left out."""
    return tuple(printable(parsed.text(leaf).lstrip("$")) for leaf in _parameter_leaves(node))


def declared(node: Node) -> tuple[Node, Node | None]:
    """The node that holds the name of a C or C++ declarator, and its parameters: C wraps both in pointers, references and brackets."""
    parameters: Node | None = None
    while True:
        if node.type == "function_declarator":
            parameters = node.child_by_field_name("parameters")
        below = node.child_by_field_name("declarator") or next((child for child in node.named_children if child.type in _WRAPPED), None)
        if below is None or node.type in {"qualified_identifier", "destructor_name", "operator_cast"}:
            return node, parameters
        node = below


_WRAPPED = frozenset(
    ("pointer_declarator", "function_declarator", "reference_declarator", "array_declarator", "parenthesized_declarator", "identifier")
)
_LEAVES = frozenset(("identifier", "variable_name", "shorthand_property_identifier_pattern", "self", "implicit_parameter", "simple_identifier"))
_BINDING_FIELDS = ("name", "pattern", "declarator", "left")
_OTHER_FIELDS = frozenset(("type", "value", "default_value", "right", "decorator", "attributes", "size", "parameters", "key", "return_type"))
_OTHER_TYPES = frozenset(
    (
        *("modifiers", "parameter_modifiers", "attribute_list", "annotation", "type_annotation", "user_type", "nullable_type", "function_type"),
        *("type_identifier", "comment", "line_comment", "block_comment", "lambda_literal", "attribute_item", "type_parameters"),
    )
)
_FIRST_ONLY = frozenset(("parameter", "class_parameter"))


def _parameter_leaves(root: Node) -> Iterator[Node]:
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type in _LEAVES:
            yield node
        else:
            stack.extend(reversed(_binding_children(node, is_root=node == root)))


def _binding_children(node: Node, *, is_root: bool) -> list[Node]:
    if not is_root:
        for name in _BINDING_FIELDS:
            named = node.children_by_field_name(name)
            if named:
                return named
    children = [child for child, field in _named_children(node) if _binds(node, child, field)]
    if is_root and node.type in {"function_value_parameters", "class_parameters"}:
        return [child for child in children if child.type in _FIRST_ONLY]  # Kotlin puts default values beside the parameters
    if node.type in _FIRST_ONLY:
        return children[:1]
    return children


def _named_children(node: Node) -> Iterator[tuple[Node, str | None]]:
    """The named children with their fields, by a cursor: asking a node for the field of its n-th child counts up to n each time."""
    cursor = node.walk()
    more = cursor.goto_first_child()
    while more:
        if cursor.node is not None and cursor.node.is_named:
            yield cursor.node, cursor.field_name
        more = cursor.goto_next_sibling()


def _binds(node: Node, child: Node, field: str | None) -> bool:
    if child.type in _OTHER_TYPES:
        return False
    if node.type == "pair_pattern":
        return node.child_by_field_name("value") == child
    return field not in _OTHER_FIELDS


def _without_types(language: str, text: str) -> str:
    if language == "cpp" and "operator" in text:
        cast = _CAST.fullmatch(text)
        return cast[1] if cast else text
    for _ in range(_NESTED_ANGLES):
        shorter = _ANGLES.sub("", text)
        if shorter == text:
            break
        text = shorter
    return _SQUARES.sub("", text).replace("*", "").strip() if language == "go" else text


def _javascript(text: str) -> str:
    if text in {"module.exports", "exports"}:
        return "exports"
    return _EXPORTS.sub("", text, count=1) if _EXPORTS.match(text) else text.replace(".prototype.", ".")
