"""`var`, `let`, `const`, `using`; enumerations, namespaces and interfaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import Const, Expr, Mapping, Name
from scanner.taint.lower.javascript import assignments, blocks, classes, exports, functions, hooks, kinds, prototypes, requires, scopes, wrappers
from scanner.taint.lower.javascript.expressions import bare
from scanner.taint.lower.javascript.literals import text_of
from scanner.taint.lower.javascript.targets import target
from scanner.taint.lower.javascript.types import annotation
from scanner.taint.program import Assign, Class, Declare, Define, DefineClass, Export, Stmt

if TYPE_CHECKING:
    from collections.abc import Mapping as Table

    from scanner.taint.lower.javascript.gathered import Gathered
    from scanner.taint.lower.javascript.state import State, StatementHandler
    from scanner.taint.lower.tree import SyntaxNode


def declaration(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`const a = 1, {b} = c;`."""
    for child in node.children:
        if s.parts.get(child.kind_id) == kinds.DECLARATOR:
            _declarator(s, child, out, depth)


def _declarator(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    parts = [child for child in node.children if child.is_named and child.type != "comment"]
    if not parts:
        return
    pattern = parts[0]
    declared: Expr | None = None
    value: SyntaxNode | None = None
    for child in parts[1:]:
        if child.kind_id in s.operands:
            value = child
        elif child.type == "type_annotation":
            declared = annotation(s, child)
    start, end = node.start_byte, node.end_byte
    if value is None:
        _unvalued(s, pattern, declared, out, (start, end))
        return
    inner = bare(s, value)
    if _defined(s, pattern, inner, out) or _bound(s, pattern, inner, out, (start, end), depth) or hooks.state(s, pattern, inner, out, (start, end)):
        return
    own = s.name(pattern.start_byte, pattern.end_byte).id if pattern.type == "identifier" else ""
    lowered = wrappers.inlined(s, inner, out, depth, own)
    if lowered is None:
        lowered = s.expressions[inner.kind_id](s, inner, 0)
    elif isinstance(lowered, Name) and lowered.id == own:
        return
    defaults: list[Stmt] = []
    goal = target(s, pattern, defaults, 0)
    out.append(Assign(goal, lowered, start, end) if declared is None else Declare(goal, declared, lowered, start, end))
    out.extend(defaults)


def _defined(s: State, pattern: SyntaxNode, inner: SyntaxNode, out: list[Stmt]) -> bool:
    """A variable whose value is a function or class is a definition; whether it was that."""
    if s.parts.get(pattern.kind_id) != kinds.IDENTIFIER:
        return False
    found = s.gathered.get(s.text[pattern.start_byte : pattern.end_byte]) if s.gathered else None
    if found is not None and _constructor(s, pattern, inner, found, out):
        return True
    if s.parts.get(inner.kind_id) == kinds.FUNCTION:
        name = scopes.stored(s, s.name(pattern.start_byte, pattern.end_byte))
        if isinstance(name, Name):
            out.append(Define(functions.lower(s, inner, name.id)))
            return True
    if inner.type in functions.CLASSES:
        out.append(DefineClass(classes.lower(s, inner, s.name(pattern.start_byte, pattern.end_byte).id, 0)))
        return True
    return False


def _bound(  # noqa: PLR0913, PLR0917 -- the parts of one declaration
    s: State, pattern: SyntaxNode, inner: SyntaxNode, out: list[Stmt], span: tuple[int, int], depth: int
) -> bool:
    """A variable whose value is a module, or is exported as well; whether it was that. One that is `module.exports` is noted."""
    kind = inner.type
    if kind in {"call_expression", "member_expression", "await_expression"}:
        found = requires.required(s, inner)
        if found is not None:
            return requires.bind(s, pattern, found, out, span)
    if not s.text.startswith(("exports", "module"), inner.start_byte):
        return False
    if pattern.type == "identifier" and s.frame.outer is None and s.text[inner.start_byte : inner.end_byte] in {"module.exports", "exports"}:
        s.aliases.add(s.word(pattern.start_byte, pattern.end_byte))
    if kind != "assignment_expression":
        return False
    targets, last = assignments.targets_of(inner)
    if last is None:
        return False
    exports.chain(s, exports.Chain([pattern, *targets], last, span), out, wrappers.inlined(s, bare(s, last), out, depth))
    return True


def _constructor(s: State, pattern: SyntaxNode, inner: SyntaxNode, found: Gathered, out: list[Stmt]) -> bool:
    """`var C = function() {}`, or `var C = module.exports = function() {}`, where C is a class by its prototype."""
    names: list[str] = []
    node = inner
    while node.type == "assignment_expression":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        public = exports.exported_name(s, left) if left is not None else None
        if public is None or right is None:
            return False
        names.append(public)
        node = bare(s, right)
    if node.type != "function_expression":
        return False
    name = s.name(pattern.start_byte, pattern.end_byte)
    out.append(DefineClass(prototypes.lower(s, node, found, name.id)))
    out.extend(Export(public, name, inner.start_byte, inner.start_byte) for public in names if public)
    return True


def _unvalued(s: State, pattern: SyntaxNode, declared: Expr | None, out: list[Stmt], span: tuple[int, int]) -> None:
    """`let x;` is undefined; `var x;` may be anything that was assigned before, and says nothing unless it has a type."""
    if pattern.type != "identifier":
        return
    goal = target(s, pattern, [], 0)
    if declared is not None:
        out.append(Declare(goal, declared, None, *span))


# -- TypeScript ----------------------------------------------------------------------------------------------------------


def enumeration(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`enum E { A, B = 2 }`: a class with constants."""
    name: SyntaxNode | None = None
    body: SyntaxNode | None = None
    for child in node.children:
        if child.type == "identifier":
            name = child
        elif child.type == "enum_body":
            body = child
    if name is None or body is None:
        return
    start, end = node.start_byte, node.end_byte
    text = s.name(name.start_byte, name.end_byte).id
    members: list[Stmt] = []
    number: int | None = 0
    for child in body.children:
        if not child.is_named or child.type in {"comment", "ERROR"}:
            continue
        key, value = child, None
        if child.type == "enum_assignment":
            key = child.child_by_field_name("name") or child
            value = s.expression(child.child_by_field_name("value"), 0)
        label = text_of(s, key.start_byte, key.end_byte) if key.type == "string" else s.word(key.start_byte, key.end_byte)
        if value is None:
            value = Const(number, child.start_byte, child.end_byte)
        number = value.value + 1 if isinstance(value, Const) and type(value.value) is int else None
        members.append(Assign(Name(label, key.start_byte, key.end_byte), value, child.start_byte, child.end_byte))
    out.append(DefineClass(Class(text, s.qualified(text, start), (), (), tuple(members), start, end)))


def namespace(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`namespace N { export function f() {} }`: its statements, and an object of what it exports. One of several names nests."""
    name = node.child_by_field_name("name")
    body = node.child_by_field_name("body")
    if name is None or body is None:
        return
    start, end = node.start_byte, node.end_byte
    names = [part.strip() for part in s.decoded(name.start_byte, name.end_byte).split(".")]
    entered = scopes.enter(s, [*scopes.declared_names(s, body.children), *scopes.var_names(s, body.children)])
    public: list[str] = []
    for child in body.children:
        if s.roles.get(child.kind_id) == scopes.EXPORT:
            for inner in child.children:
                role = s.roles.get(inner.kind_id)
                if role is not None:
                    public.extend(scopes.declared_names(s, [inner]))
                    if role == scopes.VAR:
                        public.extend(scopes.var_names(s, [inner]))
    children = [
        next((inner for inner in child.children if s.roles.get(inner.kind_id) is not None), child)
        if s.roles.get(child.kind_id) == scopes.EXPORT
        else child
        for child in body.children
    ]
    blocks.run(s, children, out, depth + 1)
    value: Expr = Mapping(
        tuple([(Const(text, start, start), Name(s.renames.get(text, text), start, start)) for text in dict.fromkeys(public)]), start, end
    )
    scopes.leave(s, entered)
    for part in names[:0:-1]:
        value = Mapping(((Const(part, start, start), value),), start, end)
    out.append(Assign(Name(s.renames.get(names[0], names[0]), start, start), value, start, end))


def interface(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`interface I extends J { db: Db }`: a class that says the types of its properties. Its methods have no bodies, so they are left out."""
    name: SyntaxNode | None = None
    body: SyntaxNode | None = None
    bases: list[Expr] = []
    for child in node.children:
        kind = child.type
        if kind == "type_identifier" and name is None:
            name = child
        elif kind in {"interface_body", "object_type"}:
            body = child
        elif kind == "extends_type_clause":
            bases.extend(read for part in child.children if part.is_named and (read := annotation(s, part)) is not None)
    if name is None:
        return
    members: list[Stmt] = []
    for child in body.children if body is not None else ():
        if child.type == "property_signature":
            key = child.child_by_field_name("name")
            declared = annotation(s, child.child_by_field_name("type"))
            if key is not None and declared is not None and key.type == "property_identifier":
                start, end = child.start_byte, child.end_byte
                members.append(Declare(Name(s.word(key.start_byte, key.end_byte), start, end), declared, None, start, end))
    text = s.word(name.start_byte, name.end_byte)
    if (not members and not bases) or s.frame.visible(text):
        return
    start, end = node.start_byte, node.end_byte
    out.append(DefineClass(Class(text, s.qualified(text, start), tuple(bases), (), tuple(members), start, end)))


def alias(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`import A = B.C;`."""
    parts = [child for child in node.children if child.type in {"identifier", "nested_identifier"}]
    if len(parts) == 2:  # noqa: PLR2004 -- name, value
        left, right = parts
        value = s.expressions[right.kind_id](s, right, 0)
        out.append(Assign(s.name(left.start_byte, left.end_byte), value, node.start_byte, node.end_byte))


def using(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`using r = open();`."""
    declaration(s, node, out, depth)


HANDLERS: Table[str, StatementHandler] = {
    "lexical_declaration": declaration,
    "variable_declaration": declaration,
    "using_declaration": using,
    "enum_declaration": enumeration,
    "internal_module": namespace,
    "interface_declaration": interface,
    "import_alias": alias,
}
