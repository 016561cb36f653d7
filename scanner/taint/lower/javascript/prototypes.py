"""Functions with a prototype as classes: the function is the constructor, what the prototype is given are the members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import Attr, Call, Const, Expr, Name
from scanner.taint.lower.javascript import classes, functions
from scanner.taint.lower.javascript.displays import accessor
from scanner.taint.lower.javascript.expressions import bare
from scanner.taint.lower.javascript.targets import key_of
from scanner.taint.program import Assign, Class, Define, DefineClass, Stmt

if TYPE_CHECKING:
    from collections.abc import Mapping as Table

    from scanner.taint.lower.javascript.gathered import Gathered
    from scanner.taint.lower.javascript.state import State, StatementHandler
    from scanner.taint.lower.tree import SyntaxNode


def define(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`function name() {}`, which may be a class."""
    if s.gathered:
        name = next((child for child in node.children if child.type == "identifier"), None)
        found = s.gathered.get(s.text[name.start_byte : name.end_byte]) if name is not None else None
        if name is not None and found is not None:
            out.append(DefineClass(lower(s, node, found, s.name(name.start_byte, name.end_byte).id)))
            return
    functions.define(s, node, out, depth)


def define_class(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`class Name {}`, whose prototype may be given more."""
    classes.define_class(s, node, out, depth)
    made = out[-1]
    if s.gathered and isinstance(made, DefineClass):
        found = s.gathered.get(made.cls.name)
        if found is not None:
            body = list(made.cls.body)
            bases = list(made.cls.bases)
            prefix, s.prefix = s.prefix, f"{made.cls.qualname}."
            _members(s, found, body, bases)
            s.prefix = prefix
            made.cls.body, made.cls.bases = tuple(body), tuple(bases)


def lower(s: State, node: SyntaxNode, found: Gathered, name: str) -> Class:
    """The class that a function is."""
    start, end = node.start_byte, node.end_byte
    qualname = s.qualified(name, start)
    prefix, s.prefix = s.prefix, f"{qualname}."
    body: list[Stmt] = [Define(functions.lower(s, node, classes.CONSTRUCTOR, method=True))]
    bases: list[Expr] = []
    _members(s, found, body, bases)
    s.prefix = prefix
    return Class(name, qualname, tuple(bases), (), tuple(body), start, end)


def _members(s: State, found: Gathered, body: list[Stmt], bases: list[Expr]) -> None:
    for what, statement in found.parts:
        value = bare(s, statement.children[0])
        if value.type == "assignment_expression":
            _stored(s, what, value, body, bases)
        elif value.type == "call_expression":
            _called(s, what, value, body, bases)


def _stored(s: State, what: str, node: SyntaxNode, body: list[Stmt], bases: list[Expr]) -> None:
    """`C.prototype.m = value`, `C.prototype = value`, `C.m = function() {}`; several targets name one value."""
    targets: list[SyntaxNode] = []
    while node.type == "assignment_expression":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        targets.append(left)
        node = bare(s, right)
    keys: list[str] = []
    for left in targets:
        text = s.text[left.start_byte : left.end_byte]
        if text.endswith("prototype") and left.type == "member_expression" and what == "store":
            _whole(s, node, body, bases)
            return
        key = _key(s, left)
        if key in {"__proto__", "super_"}:
            bases.extend(_base(s, node))
            return
        if key and key != "constructor":
            keys.append(key)
    for position, key in enumerate(keys):
        if position == 0:
            _member(s, key, node, body, static=what == "static")
        else:
            body.append(
                Assign(Name(key, node.start_byte, node.start_byte), Name(keys[0], node.start_byte, node.start_byte), node.start_byte, node.end_byte)
            )


def _key(s: State, node: SyntaxNode) -> str:
    if node.type == "member_expression":
        last = node.children[-1]
        return s.word(last.start_byte, last.end_byte)
    if node.type == "subscript_expression":
        operands = s.all_operands(node, 0)
        if len(operands) == 2 and isinstance(operands[1], Const) and isinstance(operands[1].value, str):  # noqa: PLR2004 -- base, key
            return operands[1].value
        return s.decoded(node.start_byte, node.end_byte).rpartition("[")[2].rstrip("] ")[:60]
    return ""


def _member(s: State, key: str, node: SyntaxNode, body: list[Stmt], *, static: bool, word: str = "") -> None:  # noqa: PLR0913 -- what a member is
    start, end = node.start_byte, node.end_byte
    if node.type in functions.FUNCTIONS or node.type == "method_definition":
        function = functions.lower(s, node, f"{key}=" if word == "set" else key, method=not static and node.type != "arrow_function")
        decorators: tuple[Expr, ...] = ()
        if static or node.type == "arrow_function":
            receives = bool(function.params) and function.params[0].name == "this"
            decorators = (Name("classmethod" if receives else "staticmethod", start, start),)
        elif word == "get":
            decorators = (Name("property", start, start),)
        elif word == "set":
            decorators = (Attr(Name(key, start, start), "setter", start, start),)
        function.decorators = decorators
        body.append(Define(function))
        return
    value = s.expressions[node.kind_id](s, node, 0)
    if isinstance(value, Attr) and isinstance(value.base, Attr) and value.base.name == "prototype":
        value = Name(value.name, value.at, value.end)  # another member, perhaps of a base: known by its name here
    body.append(Assign(Name(key, start, start), value, start, end))


def _whole(s: State, node: SyntaxNode, body: list[Stmt], bases: list[Expr]) -> None:
    """A prototype that is set as a whole: an object display, or something made of another class."""
    if node.type == "object":
        _display(s, node, body)
    else:
        bases.extend(_base(s, node))
        for child in node.children:
            if child.type == "arguments":
                for part in child.children:
                    if part.type == "object":
                        _display(s, part, body)


def _display(s: State, node: SyntaxNode, body: list[Stmt]) -> None:
    for child in node.children:
        if child.type == "pair":
            name, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if name is None or value is None:
                continue
            key = key_of(s, name, 0)
            if isinstance(key, Const) and key.value not in {"constructor", "__proto__"}:
                _member(s, str(key.value), bare(s, value), body, static=False)
        elif child.type == "method_definition":
            word, named = accessor(child)
            known = key_of(s, named, 0) if named is not None else None
            if isinstance(known, Const):
                _member(s, str(known.value), child, body, static=False, word=word)
        elif child.type == "shorthand_property_identifier":
            start, end = child.start_byte, child.end_byte
            body.append(Assign(Name(s.word(start, end), start, end), s.name(start, end), start, end))


def _base(s: State, node: SyntaxNode) -> list[Expr]:
    """The class in `B`, `B.prototype`, `new B()`, `Object.create(B.prototype)`."""
    value = s.expressions[node.kind_id](s, node, 0)
    if isinstance(value, Call):
        value = value.func if value.new else value.args[0].value if value.args else value
    if isinstance(value, Attr) and value.name == "prototype":
        value = value.base
    if isinstance(value, Call) and not value.args:
        value = value.func
    return [value] if isinstance(value, Name | Attr) else []


def _called(  # noqa: C901, PLR0912 -- one case a function
    s: State, what: str, node: SyntaxNode, body: list[Stmt], bases: list[Expr]
) -> None:
    """`Object.assign(C.prototype, {...})`, `util.inherits(C, B)`, `Object.defineProperty(C.prototype, "m", {...})` and their like."""
    given = next((child for child in node.children if child.type == "arguments"), None)
    values = [child for child in given.children if child.kind_id in s.operands][1:] if given is not None else []
    if not values:
        return
    if what in {"inherits", "setPrototypeOf"}:
        bases.extend(_base(s, values[0]))
    elif what == "defineProperty":
        key = s.expressions[values[0].kind_id](s, values[0], 0)
        if isinstance(key, Const) and isinstance(key.value, str) and len(values) > 1 and values[1].type == "object":
            _property(s, key.value, values[1], body)
    elif what == "createClass":
        for position, value in enumerate(values):
            for child in value.children:
                if child.type == "object":
                    _described(s, child, body, static=position > 0)
    elif what == "defineProperties":
        _properties(s, values[0], body)
    else:
        for value in values:
            if value.type == "object":
                _display(s, value, body)
            else:
                bases.extend(_base(s, value))


def _properties(s: State, node: SyntaxNode, body: list[Stmt]) -> None:
    for pair in node.children:
        if pair.type == "pair":
            name, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if name is not None and value is not None and value.type == "object":
                _property(s, s.word(name.start_byte, name.end_byte), value, body)


def _described(s: State, node: SyntaxNode, body: list[Stmt], *, static: bool) -> None:
    """`{key: "m", value: function() {}}`, as Babel describes the members of a class."""
    key = ""
    for child in node.children:
        if child.type == "pair":
            name, found = child.child_by_field_name("key"), child.child_by_field_name("value")
            if name is None or found is None:
                continue
            word = s.word(name.start_byte, name.end_byte)
            if word == "key":
                read = s.expressions[found.kind_id](s, found, 0)
                key = str(read.value) if isinstance(read, Const) else s.decoded(found.start_byte, found.end_byte)[:60]
            elif key and word in {"get", "set", "value"}:
                _member(s, key, bare(s, found), body, static=static, word=word)


def _property(s: State, key: str, node: SyntaxNode, body: list[Stmt]) -> None:
    """The descriptor of a property: what reads it, what writes it, or its value."""
    for child in node.children:
        word, value = "", child
        if child.type == "pair":
            name, found = child.child_by_field_name("key"), child.child_by_field_name("value")
            if name is None or found is None:
                continue
            word, value = s.word(name.start_byte, name.end_byte), bare(s, found)
        elif child.type == "method_definition":
            named = accessor(child)[1]
            word = s.word(named.start_byte, named.end_byte) if named is not None else ""
        if word in {"get", "set", "value"}:
            _member(s, key, value, body, static=False, word=word)


HANDLERS: Table[str, StatementHandler] = {
    "function_declaration": define,
    "generator_function_declaration": functions.define,
    "class_declaration": define_class,
    "abstract_class_declaration": define_class,
}
