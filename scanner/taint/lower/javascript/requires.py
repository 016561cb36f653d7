"""`require("m")` and `import("m")` as the value of a declaration: imports by another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scanner.taint.lower.javascript.expressions import HELPERS, bare
from scanner.taint.lower.javascript.literals import text_of
from scanner.taint.lower.javascript.scopes import stored
from scanner.taint.program import Import, Stmt

if TYPE_CHECKING:
    from scanner.taint.lower.javascript.state import State
    from scanner.taint.lower.tree import SyntaxNode


class Required(NamedTuple):
    """A module by its specifier, or one name of it."""

    module: str
    name: str


def required(s: State, node: SyntaxNode) -> Required | None:
    """The module that an expression loads and is, if it is one and its specifier is constant."""
    node = bare(s, node)
    name = ""
    if node.type == "member_expression":
        parts = node.children
        last = parts[-1]
        name = s.word(last.start_byte, last.end_byte)
        node = bare(s, parts[0])
    if node.type == "await_expression":
        inner = [child for child in node.children if child.kind_id in s.operands]
        if len(inner) != 1:
            return None
        node = bare(s, inner[0])
    if node.type != "call_expression":
        return None
    parts = node.children
    if len(parts) != 2 or parts[1].type != "arguments":  # noqa: PLR2004 -- function, arguments
        return None
    function, given = parts
    word = s.text[function.start_byte : function.end_byte]
    operands = [child for child in given.children if child.kind_id in s.operands]
    if not operands:
        return None
    if word.rpartition(".")[2] in HELPERS:
        inner_found = required(s, operands[0])
        return inner_found if inner_found is None or not name else Required(inner_found.module, name) if not inner_found.name else None
    if word not in {"require", "import"}:
        return None
    module = _specifier(s, operands[0])
    return Required(module, name) if module else None


def _specifier(s: State, node: SyntaxNode) -> str:
    if node.type == "string":
        return text_of(s, node.start_byte, node.end_byte)
    if node.type == "template_string" and not any(child.type == "template_substitution" for child in node.children):
        return text_of(s, node.start_byte, node.end_byte)
    return ""


def bind(s: State, pattern: SyntaxNode, found: Required, out: list[Stmt], span: tuple[int, int]) -> bool:
    """Import what a declaration takes of a module; False for a pattern that imports cannot say."""
    if pattern.type == "identifier":
        name = stored(s, s.name(pattern.start_byte, pattern.end_byte))
        out.append(Import(name.id if hasattr(name, "id") else "", found.module, found.name, 0, *span))
        return True
    if pattern.type != "object_pattern" or found.name:
        return False
    imports: list[Stmt] = []
    for child in pattern.children:
        kind = child.type
        if kind == "shorthand_property_identifier_pattern":
            text = s.word(child.start_byte, child.end_byte)
            imports.append(Import(s.name(child.start_byte, child.end_byte).id, found.module, text, 0, child.start_byte, child.end_byte))
        elif kind == "pair_pattern":
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if key is None or value is None or key.type not in {"property_identifier", "string"} or value.type != "identifier":
                return False
            text = text_of(s, key.start_byte, key.end_byte) if key.type == "string" else s.word(key.start_byte, key.end_byte)
            imports.append(Import(s.name(value.start_byte, value.end_byte).id, found.module, text, 0, child.start_byte, child.end_byte))
        elif child.is_named and kind != "comment":
            return False
    out.extend(imports)
    return True
