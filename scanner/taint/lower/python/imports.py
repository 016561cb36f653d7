"""Imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.program import Import, Stmt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.lower.python.state import State, StatementHandler
    from scanner.taint.lower.tree import SyntaxNode


def plain_import(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`import a.b` binds `a`; `import a.b as c` binds `a.b` to `c`."""
    for child in node.children:
        if child.type in {"dotted_name", "aliased_import"}:
            module, local = _named(s, child)
            if module:
                out.append(Import(local or module.split(".", 1)[0], module, "", 0, child.start_byte, child.end_byte))


def import_from(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`from ..module import name as local`, `from module import *`."""
    source = node.child_by_field_name("module_name")
    if source is None:
        return
    module, level = _source(s, source)
    for child in node.children:
        kind = child.type
        if kind == "wildcard_import":
            out.append(Import("", module, "*", level, child.start_byte, child.end_byte))
        elif kind in {"dotted_name", "aliased_import"} and child.start_byte >= source.end_byte:
            name, local = _named(s, child)
            if name:
                out.append(Import(local or name, module, name, level, child.start_byte, child.end_byte))


def _source(s: State, node: SyntaxNode) -> tuple[str, int]:
    """The module that a `from` names, and its leading dots."""
    if node.type != "relative_import":
        return _dotted(s, node), 0
    module, level = "", 0
    for child in node.children:
        if child.type == "import_prefix":
            level = s.text.count(".", child.start_byte, child.end_byte)
        elif child.type == "dotted_name":
            module = _dotted(s, child)
    return module, level


def _named(s: State, node: SyntaxNode) -> tuple[str, str]:
    """A name and what it is called here (empty: the same)."""
    if node.type == "dotted_name":
        return _dotted(s, node), ""
    name, alias = node.child_by_field_name("name"), node.child_by_field_name("alias")
    return _dotted(s, name) if name is not None else "", s.word(alias.start_byte, alias.end_byte) if alias is not None else ""


def _dotted(s: State, node: SyntaxNode) -> str:
    return ".".join([s.word(child.start_byte, child.end_byte) for child in node.children if child.type == "identifier"])


HANDLERS: Mapping[str, StatementHandler] = {"import_statement": plain_import, "import_from_statement": import_from}
