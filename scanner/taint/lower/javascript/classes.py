"""Classes: constructors, fields, accessors, static parts, decorators.

The constructor is `__init__`; `super(...)` is `super().__init__(...)`. Fields are assigned at its top, or behind its `super(...)`; one that holds
a function is a method. An accessor to read is decorated with `property`, one to write with `name.setter` and called `name=`. A static method is
decorated with `staticmethod`, or with `classmethod` where it uses `this`. What a class implements counts as a base behind the one it extends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scanner.taint.ir import Arg, Attr, Call, Const, Expr, Index, Name
from scanner.taint.lower.javascript import blocks, functions
from scanner.taint.lower.javascript.displays import NAMES, accessor
from scanner.taint.lower.javascript.expressions import bare
from scanner.taint.lower.javascript.state import MAX_BLOCK_DEPTH, ExpressionHandler, Frame, State, StatementHandler
from scanner.taint.lower.javascript.targets import key_of
from scanner.taint.lower.javascript.types import annotation
from scanner.taint.lower.tree import SyntaxNode
from scanner.taint.program import Assign, Block, Class, Declare, Define, DefineClass, Evaluate, Function, Param, ParamKind, Scope, Stmt

if TYPE_CHECKING:
    from collections.abc import Mapping


CONSTRUCTOR = "__init__"
_MAX_KEY = 60


def define_class(s: State, node: SyntaxNode, out: list[Stmt], _depth: int, decorators: tuple[Expr, ...] = ()) -> None:
    """`class Name {}`."""
    name = next((child for child in node.children if child.type in {"identifier", "type_identifier"}), None)
    text = s.name(name.start_byte, name.end_byte).id if name is not None else "default"
    out.append(DefineClass(lower(s, node, text, 0, decorators)))


def expression(s: State, node: SyntaxNode, depth: int) -> Expr:
    """A class as a value: it is defined before the statement it stands in."""
    naming, s.naming = s.naming, ""
    if depth > s.limit:
        return s.cut(node)
    start, end = node.start_byte, node.end_byte
    own = naming or functions.own_name(s, node)
    if not own or s.frame.visible(own):
        own = f"{own}@{s.label(start)}" if own else f"<class@{s.label(start)}>"
    s.frame.declared.add(own)
    s.pending.append(DefineClass(lower(s, node, own, depth)))
    return Name(own, start, end)


def lower(s: State, node: SyntaxNode, name: str, depth: int, decorators: tuple[Expr, ...] = ()) -> Class:
    """One class under a name."""
    bases: list[Expr] = []
    own = list(decorators)
    body: SyntaxNode | None = None
    start, end = node.start_byte, node.end_byte
    for child in node.children:
        kind = child.type
        if kind == "class_heritage":
            bases = _bases(s, child)
        elif kind == "class_body":
            body = child
        elif kind == "decorator":
            own.extend(s.all_operands(child, 0))
    qualname = s.qualified(name, start)
    outer = (s.scope, s.prefix, s.frame, s.pending, s.limit, s.depth)
    s.limit -= depth + 1
    s.depth += 1
    s.scope, s.prefix = f"{qualname}.<class>", f"{qualname}."
    frame = s.frame = Frame(s.frame)
    s.pending = []
    members = _Members(s, name, derived=bool(bases), depth=depth)
    if body is None or s.depth > MAX_BLOCK_DEPTH:
        if body is not None:
            s.cut(body)
    else:
        members.read(body)
    content = members.block(frame, start)
    pending = s.pending
    s.scope, s.prefix, s.frame, s.pending, s.limit, s.depth = outer
    s.pending.extend(pending)
    return Class(name, qualname, tuple(bases), tuple(own), content, start, end)


def _bases(s: State, node: SyntaxNode) -> list[Expr]:
    """What a class extends, then what it implements. A class that a call makes of others (`extends Mixed(Base)`) extends these as well."""
    found: list[Expr] = []
    for child in node.children:
        if child.type == "extends_clause":
            found.extend(s.all_operands(child, 0)[:1])
        elif child.type == "implements_clause":
            for part in child.children:
                read = annotation(s, part) if part.is_named else None
                if read is not None:
                    found.append(read.base if isinstance(read, Index) else read)
        elif child.kind_id in s.operands:
            found.append(s.operands[child.kind_id](s, child, 0))
    for base in tuple(found[:1]):
        if isinstance(base, Call):
            found[1:1] = [arg.value for arg in base.args if isinstance(arg.value, Name | Attr)]
    return found


class _Field(NamedTuple):
    """The pieces of a field; without a name it is only declared."""

    name: SyntaxNode | None
    value: SyntaxNode | None
    declared: Expr | None
    decorators: tuple[Expr, ...]
    static: bool


def _field_parts(s: State, node: SyntaxNode) -> _Field:
    static = False
    declared: Expr | None = None
    name: SyntaxNode | None = None
    value: SyntaxNode | None = None
    decorators: list[Expr] = []
    for child in node.children:
        kind = child.type
        if kind == "declare":
            return _Field(None, None, None, (), static=False)
        if kind == "static":
            static = True
        elif kind == "decorator":
            decorators.extend(s.all_operands(child, 0))
        elif kind == "type_annotation":
            declared = annotation(s, child)
        elif name is None and kind in NAMES:
            name = child
        elif child.kind_id in s.operands:
            value = child
    return _Field(name, value, declared, tuple(decorators), static)


class _Members:
    """The members of one class, sorted into its body and its constructor."""

    def __init__(self, s: State, name: str, *, derived: bool, depth: int) -> None:
        self.s = s
        self.name = name
        self.derived = derived
        self.depth = depth
        self.body: list[Stmt] = []
        self.fields: list[Stmt] = []
        self.properties: list[Stmt] = []  # parameters of the constructor that are fields
        self.constructor: Function | None = None

    def read(self, node: SyntaxNode) -> None:
        decorators: list[Expr] = []
        s = self.s
        for child in node.children:
            if not child.is_named:
                continue
            kind = child.type
            if kind == "decorator":
                decorators.extend(s.all_operands(child, 0))
                continue
            if kind == "method_definition":
                self._method(child, tuple(decorators))
            elif kind in {"field_definition", "public_field_definition"}:
                self._field(child, decorators)
            elif kind == "class_static_block":
                for part in child.children:
                    if part.type == "statement_block":
                        self.body.extend(blocks.block(s, part, 1))
            if kind != "comment":
                decorators = []

    def _method(self, node: SyntaxNode, decorators: tuple[Expr, ...]) -> None:
        s = self.s
        word, name = accessor(node)
        if name is None:
            return
        static = False
        own = list(decorators)
        for child in node.children:
            if child.type == "static" and not child.is_named:
                static = True
            elif child.type == "decorator":
                own.extend(s.all_operands(child, 0))
        text = self._key(name)
        start = node.start_byte
        if text == "constructor" and not static and not word:
            self.constructor = functions.lower(s, node, CONSTRUCTOR, method=True)
            self._parameter_properties(node)
            return
        if word == "get":
            own.append(Name("property", start, start))
        elif word == "set":
            own.append(Attr(Name(text, start, start), "setter", start, start))
        function = functions.lower(s, node, f"{text}=" if word == "set" else text, method=not static)
        if static:
            own.append(Name("classmethod" if function.params and function.params[0].name == "this" else "staticmethod", start, start))
        function.decorators = tuple(own)
        self.body.append(Define(function))

    def _key(self, node: SyntaxNode) -> str:
        """The name of a member; a computed one is its text in brackets."""
        s = self.s
        key = key_of(s, node, self.depth + 1)
        if isinstance(key, Const) and key.value is not None:
            return str(key.value)
        return s.decoded(node.start_byte, node.end_byte)[:_MAX_KEY]

    def _parameter_properties(self, node: SyntaxNode) -> None:
        """`constructor(private db: Db)` is a parameter and a field."""
        s = self.s
        parameters = next((child for child in node.children if child.type == "formal_parameters"), None)
        for child in parameters.children if parameters is not None else ():
            if any(part.type in {"accessibility_modifier", "readonly", "override_modifier"} for part in child.children):
                pattern = child.child_by_field_name("pattern")
                if pattern is not None and pattern.type == "identifier":
                    start, end = pattern.start_byte, pattern.end_byte
                    text = s.word(start, end)
                    self.properties.append(Assign(Attr(Name("this", start, start), text, start, end), Name(text, start, end), start, end))

    def _field(self, node: SyntaxNode, decorators: list[Expr]) -> None:
        s = self.s
        field = _field_parts(s, node)
        if field.name is None:
            return
        decorators = [*decorators, *field.decorators]
        start, end = node.start_byte, node.end_byte
        text = self._key(field.name)
        inner = None if field.value is None else bare(s, field.value)
        if inner is not None and not field.static and inner.type in functions.FUNCTIONS:
            # A function in a field is called like a method, and has the instance for `this`.
            function = functions.lower(s, inner, text, method=True)
            function.decorators = tuple(decorators)
            self.body.append(Define(function))
            return
        self.body.extend(Evaluate(decorator, decorator.at, decorator.end) for decorator in decorators if isinstance(decorator, Call))
        frame = s.frame
        if not field.static:
            s.frame = Frame(frame.outer)  # `this` is the instance there
        lowered = None if inner is None else functions.named(s, inner, text, 0)
        s.frame = frame
        target: Expr = Name(text, start, end) if field.static else Attr(Name("this", start, start), text, start, end)
        members = self.body if field.static else self.fields
        if field.declared is not None:
            members.append(Declare(target, field.declared, lowered, start, end))
        elif lowered is not None:
            members.append(Assign(target, lowered, start, end))

    def block(self, frame: Frame, at: int) -> Block:
        """The body of the class."""
        if self.constructor is None and self.fields:
            self.constructor = self._implied(at)
        if self.constructor is not None:
            self.constructor.body = _with_fields(self.constructor.body, [*self.properties, *self.fields])
            self.body.insert(0, Define(self.constructor))
        if frame.this:
            self.body.insert(0, Assign(Name("this", at, at), Name(self.name, at, at), at, at))
        return tuple(self.body)

    def _implied(self, at: int) -> Function:
        """The constructor of a class that has fields and writes none."""
        params = [Param("this", ParamKind.NORMAL, None, None, at, at)]
        body: Block = ()
        if self.derived:
            params.append(Param("@arguments", ParamKind.REST, None, None, at, at))
            above = Attr(Call(Name("super", at, at), (), at, at), CONSTRUCTOR, at, at)
            body = (Evaluate(Call(above, (Arg(Name("@arguments", at, at), "", 1),), at, at), at, at),)
        return Function(CONSTRUCTOR, self.s.qualified(CONSTRUCTOR, at), tuple(params), body, (), None, generator=False, at=at, end=at)


def _with_fields(body: Block, fields: list[Stmt]) -> Block:
    """The body of a constructor with its fields assigned: behind `super(...)`, else at the top."""
    if not fields:
        return body
    place = 0
    for position, statement in enumerate(body):
        if isinstance(statement, Scope):
            place = position + 1
        elif isinstance(statement, Evaluate) and _is_super(statement.value):
            place = position + 1
            break
    return (*body[:place], *fields, *body[place:])


def _is_super(value: Expr) -> bool:
    return isinstance(value, Call) and isinstance(value.func, Attr) and value.func.name == CONSTRUCTOR and isinstance(value.func.base, Call)


HANDLERS: Mapping[str, StatementHandler] = {"class_declaration": define_class, "abstract_class_declaration": define_class}
EXPRESSION_HANDLERS: Mapping[str, ExpressionHandler] = {"class": expression}
