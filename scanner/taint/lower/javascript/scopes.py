"""Which variable a name stands for.

The IR knows functions as scopes and nothing below, so a variable of a block that hides one of the same name gets a name of its own (`x@1`).
Blocks that follow one another may share a name: each declares it anew. What a function assigns to and does not declare is said by `Scope` at its top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import Attr, Expr, Name
from scanner.taint.lower.javascript import kinds
from scanner.taint.program import Scope, Stmt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scanner.taint.lower.javascript.state import Frame, State
    from scanner.taint.lower.tree import SyntaxNode

FUNCTION, LEXICAL, CLASS, VAR, COMPOUND, EXPORT, IMPORT, ALIAS, ENUM, NAMESPACE, FOR_IN, EXPRESSION = range(12)

ROLES: Mapping[str, int] = {
    "function_declaration": FUNCTION,
    "generator_function_declaration": FUNCTION,
    "lexical_declaration": LEXICAL,
    "using_declaration": LEXICAL,
    "class_declaration": CLASS,
    "abstract_class_declaration": CLASS,
    "variable_declaration": VAR,
    "export_statement": EXPORT,
    "import_statement": IMPORT,
    "import_alias": ALIAS,
    "enum_declaration": ENUM,
    "internal_module": NAMESPACE,
    "expression_statement": EXPRESSION,
    "for_in_statement": FOR_IN,
    **dict.fromkeys(
        (
            "statement_block",
            "if_statement",
            "else_clause",
            "for_statement",
            "while_statement",
            "do_statement",
            "try_statement",
            "catch_clause",
            "finally_clause",
            "switch_statement",
            "switch_body",
            "switch_case",
            "switch_default",
            "labeled_statement",
            "with_statement",
        ),
        COMPOUND,
    ),
}

# Properties of the global object to which a plain assignment does something (html.spec.whatwg.org, "The Window object").
_WRITABLE = frozenset(
    ("location", "name", "status", "opener", "onmessage", "onerror", "onload", "onhashchange", "onunhandledrejection", "onbeforeunload")
)


# -- what a list of statements declares ----------------------------------------------------------------------------------


def declared_names(s: State, children: Sequence[SyntaxNode]) -> list[str]:
    """The names that statements declare in their own block, `var` left out."""
    names: list[str] = []
    roles = s.roles
    for child in children:
        role = roles.get(child.kind_id)
        if role is not None and role != COMPOUND:
            _declared(s, child, role, names)
    return names


def _declared(s: State, node: SyntaxNode, role: int, names: list[str]) -> None:  # noqa: C901, PLR0912 -- one case a kind of statement
    if role == LEXICAL:
        _declarators(s, node, names)
    elif role in {FUNCTION, CLASS, ENUM}:
        for child in node.children:
            if child.type in {"identifier", "type_identifier"}:
                names.append(s.word(child.start_byte, child.end_byte))
                return
    elif role == EXPORT:
        for child in node.children:
            inner = s.roles.get(child.kind_id)
            if inner is not None:
                _declared(s, child, inner, names)
                if inner == VAR:
                    _declarators(s, child, names)
    elif role == IMPORT:
        names.extend([name for _, name, _ in imported(s, node)])
    elif role == EXPRESSION:
        first = next(iter(node.children), None)
        if first is not None and s.roles.get(first.kind_id) == NAMESPACE:
            _declared(s, first, NAMESPACE, names)
    elif role in {ALIAS, NAMESPACE}:
        for child in node.children:
            if child.type in {"identifier", "nested_identifier"}:
                text = s.text[child.start_byte : child.end_byte]
                names.append(s.word(child.start_byte, child.start_byte + len(text.split(".", 1)[0].rstrip())))
                return


def imported(s: State, node: SyntaxNode) -> list[tuple[str, str, SyntaxNode]]:
    """What an `import` statement binds: the name in the module ("" for the module itself), the local name, the node."""
    found: list[tuple[str, str, SyntaxNode]] = []
    stack = list(node.children)[::-1]
    while stack:
        child = stack.pop()
        kind = child.type
        if kind in {"import_clause", "named_imports"}:
            stack.extend(list(child.children)[::-1])
        elif kind == "identifier":
            found.append(("default", s.word(child.start_byte, child.end_byte), child))
        elif kind == "namespace_import":
            found.extend(("", s.word(part.start_byte, part.end_byte), child) for part in child.children if part.type == "identifier")
        elif kind == "import_specifier":
            name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
            if name is not None:
                local = alias or name
                found.append((key_text(s, name), s.word(local.start_byte, local.end_byte), child))
        elif kind == "import_require_clause":
            found.extend(("", s.word(part.start_byte, part.end_byte), child) for part in child.children if part.type == "identifier")
    return found


def key_text(s: State, node: SyntaxNode) -> str:
    """A name that may be written as a string."""
    if node.type == "string":
        return s.decoded(node.start_byte + 1, node.end_byte - 1)
    return s.word(node.start_byte, node.end_byte)


def _declarators(s: State, node: SyntaxNode, names: list[str]) -> None:
    for child in node.children:
        if s.parts.get(child.kind_id) == kinds.DECLARATOR:
            first = child.children[0]
            if s.parts.get(first.kind_id) == kinds.IDENTIFIER:
                names.append(s.word(first.start_byte, first.end_byte))
            else:
                pattern_names(s, first, names)


def pattern_names(s: State, node: SyntaxNode, names: list[str]) -> None:
    """The names that a pattern binds."""
    stack = [node]
    while stack:
        node = stack.pop()
        kind = node.type
        if kind in {"identifier", "shorthand_property_identifier_pattern"}:
            names.append(s.word(node.start_byte, node.end_byte))
        elif kind in {"object_pattern", "array_pattern", "rest_pattern"}:
            stack.extend(node.children[::-1])
        elif kind == "pair_pattern":
            value = node.child_by_field_name("value")
            if value is not None:
                stack.append(value)
        elif kind in {"assignment_pattern", "object_assignment_pattern"}:
            left = node.child_by_field_name("left")
            if left is not None:
                stack.append(left)


def var_names(s: State, children: Iterable[SyntaxNode]) -> list[str]:
    """The names that `var` declares in statements and the blocks below, functions left out."""
    names: list[str] = []
    if not s.vars:
        return names
    roles = s.roles
    stack = list(children)
    while stack:
        node = stack.pop()
        role = roles.get(node.kind_id)
        if role == VAR:
            _declarators(s, node, names)
        elif role == COMPOUND:
            stack.extend(node.children)
        elif role == FOR_IN:
            parts = node.children
            stack.extend(parts)
            if any(part.type == "var" for part in parts):
                left = node.child_by_field_name("left")
                if left is not None:
                    pattern_names(s, left, names)
    return names


# -- entering and leaving ------------------------------------------------------------------------------------------------


def open_function(s: State, names: Iterable[str]) -> None:
    """Declare names in the function at hand; what outer blocks call them is hidden."""
    frame = s.frame
    hidden = False
    for name in names:
        frame.declared.add(name)
        frame.active.add(name)
        hidden = hidden or name in s.renames
    if hidden:
        s.renames = {name: new for name, new in s.renames.items() if name not in frame.active}


def enter(s: State, names: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """Declare the names of a block; `leave` takes what comes back."""
    frame = s.frame
    before = s.renames
    added: list[str] = []
    for name in names:
        new = name
        if frame.visible(name):
            number = 1
            new = f"{name}@1"
            while frame.visible(new):
                number += 1
                new = f"{name}@{number}"
            if s.renames is before:
                s.renames = dict(before)
            s.renames[name] = new
        frame.declared.add(new)
        if new not in frame.active:
            frame.active.add(new)
            added.append(new)
    return before, added


def leave(s: State, entered: tuple[dict[str, str], list[str]]) -> None:
    """The block is over."""
    s.renames, added = entered
    s.frame.active.difference_update(added)


def stored(s: State, name: Name) -> Expr:
    """A variable that is assigned to. Who owns it is noted; what nobody declares is a property of the global object, or a variable of the module."""
    frame = s.frame
    text = name.id
    if text in frame.declared:
        return name
    outer = frame.outer
    while outer is not None:
        if text in outer.declared:
            if outer.outer is None:
                outer.globals[text] = None  # the module, too, must know that it is no constant
                frame.globals[text] = None
            else:
                frame.nonlocals[text] = None
            return name
        outer = outer.outer
    if text in _WRITABLE:
        return Attr(Name("globalThis", name.at, name.at), text, name.at, name.end)
    if frame.outer is not None:
        frame.globals[text] = None
    return name


def said(frame: Frame) -> list[Stmt]:
    """What a function must say of the variables it assigns to."""
    found: list[Stmt] = []
    if frame.globals:
        found.append(Scope("global", tuple(frame.globals)))
    if frame.nonlocals:
        found.append(Scope("nonlocal", tuple(frame.nonlocals)))
    return found
