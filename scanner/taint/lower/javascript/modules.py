"""`import` and `export` statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import Expr, Name
from scanner.taint.lower.javascript import classes, exports, scopes
from scanner.taint.lower.javascript.literals import text_of
from scanner.taint.program import DefineClass, Export, Import, Stmt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.lower.javascript.state import State, StatementHandler
    from scanner.taint.lower.tree import SyntaxNode


def importing(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`import a, {b as c} from "m"`, `import * as m from "m"`, `import m = require("m")`."""
    source = _source(s, node)
    for name, local, child in scopes.imported(s, node):
        out.append(Import(s.renames.get(local, local), source, name, 0, child.start_byte, child.end_byte))


def _source(s: State, node: SyntaxNode) -> str:
    stack = list(node.children)
    while stack:
        child = stack.pop()
        if child.type == "string":
            return text_of(s, child.start_byte, child.end_byte)
        if child.type == "import_require_clause":
            stack.extend(child.children)
    return ""


def exporting(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:  # noqa: C901 -- one case a form
    """`export` in all its forms."""
    span = (node.start_byte, node.end_byte)
    decorators: list[Expr] = []
    words: set[str] = set()
    for child in node.children:
        kind = child.type
        if not child.is_named:
            words.add(kind)
        elif kind == "decorator":
            decorators.extend(s.all_operands(child, 0))
        elif kind == "export_clause":
            _clause(s, node, child, out)
        elif kind == "namespace_export":
            _whole(s, node, child, out)
        elif s.roles.get(child.kind_id) is not None:
            _declared(s, child, tuple(decorators), out, depth, default="default" in words)
        elif child.kind_id in s.operands and kind != "string":
            exports.default(s, child, out, span)
        elif child.kind_id in s.statements and kind not in {"comment", "ERROR"}:
            mark = len(out)
            s.statements[child.kind_id](s, child, out, depth)
            out.extend([Export(made.cls.name, Name(made.cls.name, *span), *span) for made in out[mark:] if isinstance(made, DefineClass)])
    if "*" in words:
        source = _source(s, node)
        if source:
            out.append(Import("", source, "*", 0, *span))


def _clause(s: State, node: SyntaxNode, clause: SyntaxNode, out: list[Stmt]) -> None:
    """`export {a as b}`, with or without `from`."""
    source = _source(s, node)
    for child in clause.children:
        if child.type != "export_specifier":
            continue
        name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
        if name is None:
            continue
        start, end = child.start_byte, child.end_byte
        own = scopes.key_text(s, name)
        public = scopes.key_text(s, alias) if alias is not None else own
        value = s.name(name.start_byte, name.end_byte)
        if source:
            value = s.made_up(start)
            out.append(Import(value.id, source, own, 0, start, end))
        out.append(Export(public, value, start, end))


def _whole(s: State, node: SyntaxNode, child: SyntaxNode, out: list[Stmt]) -> None:
    """`export * as name from "m"`."""
    start, end = child.start_byte, child.end_byte
    names = [part for part in child.children if part.is_named]
    if names:
        local = s.made_up(start)
        out.append(Import(local.id, _source(s, node), "", 0, start, end))
        out.append(Export(scopes.key_text(s, names[-1]), local, start, end))


def _declared(s: State, child: SyntaxNode, decorators: tuple[Expr, ...], out: list[Stmt], depth: int, *, default: bool) -> None:  # noqa: PLR0913 -- said once, by the caller above
    """A declaration behind `export`: it is made, and what it declares is offered."""
    role = s.roles[child.kind_id]
    if role == scopes.CLASS:
        classes.define_class(s, child, out, depth, decorators)
    elif role != scopes.FUNCTION:  # functions were defined before anything ran
        s.statements[child.kind_id](s, child, out, depth)
    names = scopes.declared_names(s, [child])
    if role == scopes.VAR:
        names.extend(scopes.var_names(s, [child]))
    start, end = child.start_byte, child.end_byte
    if default:
        out.append(Export(exports.DEFAULT, Name(s.renames.get(names[0], names[0]) if names else exports.DEFAULT, start, end), start, end))
    else:
        out.extend(Export(name, Name(s.renames.get(name, name), start, end), start, end) for name in names)


HANDLERS: Mapping[str, StatementHandler] = {"import_statement": importing, "export_statement": exporting}
