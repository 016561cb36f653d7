"""A script as a compiler of TypeScript leaves it: its tokens without comments, types, and what else is gone or moved when it is compiled.

Fields of classes are moved into constructors, enumerations become functions, as `tsc` writes them, and semicolons that were left out are
put in. Nothing is guessed: where a form is not known here, the tokens stay what they are, and two texts simply differ. White space counts
in literals only, and where it ends a statement. All work on text is done by regular expressions and a query or two, since it is done for
every file that may be a build.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from scanner.syntax.grammars import grammar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node, Query

    from scanner.syntax.parse import Parsed

IDENTIFIER: Final = rb"[\w$\x80-\xff]+"

_MATCH_LIMIT: Final = 4_096
_MOST_CONSTANT: Final = 50  # enumerations whose members are put in: each is looked for in all of the text
_MARK: Final = b"\x01"
_BLANK: Final = b"\x02"  # white space in a literal
_SPACE: Final = re.compile(rb"\s")
_TOKEN: Final = re.compile(rb"\x01[A-Z]\d*|[\w$\x80-\xff]+|[^\s\w$\x80-\xff\x01]")
_MARKS: Final = re.compile(rb"\x01([A-Z])(\d*) ")
_RESTRICTED: Final = re.compile(rb"\b(return|throw|break|continue|yield)[ \t]*(?=[\r\n])")
_LONE: Final = re.compile(IDENTIFIER)
_LAST_COMMA: Final = re.compile(rb", (?=[\])}])")
_EMPTY: Final = re.compile(rb"(?<=[{;] )(?:; )+")
_SEMICOLON: Final = re.compile(rb"\s*;")
_COMMA: Final = re.compile(rb"\s*,")
_LITERAL: Final = re.compile(rb"-?(?:\d[\d_]*|0[xX][\da-fA-F]+)|'[^'\\\n\"]*'|\"[^\"\\\n]*\"")

_SCRIPT: Final = "[(comment) (hash_bang_line)] @cut [(string_fragment) (regex_pattern)] @text (class_body) @class"
_FIELDS: Final = "(field_definition) @field"
_STATEMENTS: Final = """[(expression_statement) (lexical_declaration) (variable_declaration) (return_statement) (throw_statement) (break_statement)
 (continue_statement) (do_statement) (debugger_statement) (export_statement value: (_))] @statement"""
_LINES_A_SEMICOLON: Final = 8  # on an average, in a file that goes without
_TYPED: Final = """
[(type_annotation) (type_arguments) (type_parameters) (accessibility_modifier) (override_modifier) (implements_clause)
 (type_predicate_annotation) (asserts_annotation)] @cut
(public_field_definition ["readonly" "?" "!"] @cut)
(required_parameter "readonly" @cut)
(optional_parameter ["readonly" "?"] @cut)
(method_definition "?" @cut)
(abstract_class_declaration "abstract" @cut)
(variable_declarator "!" @cut)
[(interface_declaration) (type_alias_declaration) (function_signature) (ambient_declaration) (abstract_method_signature)
 (method_signature) (index_signature)] @gone
(import_statement "type") @gone
(export_statement "type") @gone
[(import_specifier "type") (export_specifier "type") (required_parameter (this))] @item
[(as_expression) (satisfies_expression) (non_null_expression)] @asserted
(enum_declaration) @enum
"""
_ASSERTED: Final = frozenset({"as_expression", "satisfies_expression", "non_null_expression"})
_BARE: Final = frozenset(
    {
        "identifier", "member_expression", "call_expression", "subscript_expression", "this", "parenthesized_expression", "object", "array",
        "string", "template_string",
    }
)  # fmt: skip
_WRITTEN: Final = frozenset({"accessibility_modifier", "readonly", "override_modifier"})


class Erased(NamedTuple):
    """The statements at the top of a file, each as its tokens with a space behind each; whether its classes declare fields of their own."""

    statements: tuple[bytes, ...]
    fields: bool


class _Edit(NamedTuple):
    """A stretch of the file and what stands there instead. Insertions come before what is cut at the same place, long cuts before short ones."""

    start: int
    end: int
    text: bytes = b" "

    @property
    def order(self) -> tuple[int, bool, int]:
        return self.start, self.end != self.start, -self.end


def erase(parsed: Parsed, *, fields: bool = False) -> Erased | None:
    """What is left of a file, None for one that is not understood as a whole. `fields`: the compiler leaves fields of classes where they are."""
    if parsed.partial or parsed.ragged or _MARK in parsed.data or _BLANK in parsed.data:
        return None
    from tree_sitter import QueryCursor  # noqa: PLC0415 - start-up stays free of the parser until something is parsed

    found = QueryCursor(_query(parsed.language), match_limit=_MATCH_LIMIT).captures(parsed.root)
    unmarked: list[Node] = []
    if parsed.data.count(b";") * _LINES_A_SEMICOLON < parsed.data.count(b"\n"):
        unmarked = QueryCursor(_statements(parsed.language), match_limit=_MATCH_LIMIT).captures(parsed.root).get("statement", [])
    constants: dict[bytes, dict[bytes, bytes]] = {}
    edits = [_Edit(child.start_byte, child.start_byte, b" \x01T ") for child in parsed.root.named_children]
    edits.extend(_Edit(node.end_byte, node.end_byte, b";") for node in unmarked if parsed.data[node.end_byte - 1 : node.end_byte] != b";")
    edits.extend(_Edit(node.start_byte, node.end_byte) for node in found.get("cut", ()))
    for node in found.get("text", ()):
        literal = _text(node, parsed.data)
        if _SPACE.search(literal):
            edits.append(_Edit(node.start_byte, node.end_byte, _SPACE.sub(_BLANK, literal)))
    edits.extend(_gone(node, parsed.data) for node in found.get("gone", ()))
    edits.extend(_listed(node, parsed.data) for node in found.get("item", ()))
    for node in found.get("asserted", ()):
        edits.extend(_asserted(node))
    for node in found.get("enum", ()):
        edits.extend(_enumeration(node, parsed.data, constants))
    for number, node in enumerate(found.get("class", ()) if parsed.language != "javascript" else ()):
        edits.extend(_Class(node, parsed.data, number).edits(fields=fields))
    tokens = b" ".join(_TOKEN.findall(_RESTRICTED.sub(rb"\1;", _edited(parsed.data, edits)))) + b" "
    tokens = _EMPTY.sub(b"", _LAST_COMMA.sub(b"", _bracketed(_inlined(_placed(tokens), constants))))
    return Erased(tuple(part for part in tokens.split(b"\x01T ") if part.strip(b"; ")), bool(found.get("field")))


@cache
def _query(language: str) -> Query:
    from tree_sitter import Query as TreeSitterQuery  # noqa: PLC0415 - as above

    return TreeSitterQuery(grammar(language), _SCRIPT + (_FIELDS if language == "javascript" else _TYPED))


@cache
def _statements(language: str) -> Query:
    from tree_sitter import Query as TreeSitterQuery  # noqa: PLC0415 - as above

    return TreeSitterQuery(grammar(language), _STATEMENTS)


def _edited(data: bytes, edits: Iterable[_Edit]) -> bytes:
    """The bytes with all edits done; what lies within a cut goes with it."""
    parts: list[bytes] = []
    position = 0
    for edit in sorted(edits, key=lambda item: item.order):
        if edit.start < position:
            continue
        parts.extend((data[position : edit.start], edit.text))
        position = edit.end
    parts.append(data[position:])
    return b"".join(parts)


def _to(pattern: re.Pattern[bytes], data: bytes, end: int) -> int:
    """The end of what follows, where it is what the pattern says."""
    found = pattern.match(data, end)
    return found.end() if found else end


def _gone(node: Node, data: bytes) -> _Edit:
    """What only declares goes with the `export` before it and the semicolon behind."""
    outer = node.parent if node.parent is not None and node.parent.type == "export_statement" else node
    return _Edit(outer.start_byte, _to(_SEMICOLON, data, outer.end_byte))


def _listed(node: Node, data: bytes) -> _Edit:
    return _Edit(node.start_byte, _to(_COMMA, data, node.end_byte))


def _asserted(node: Node) -> Iterator[_Edit]:
    """`(value as Type)` is `value`, and keeps its brackets where it needs them without the type."""
    value = node.child(0)
    if value.type == "type_arguments":
        return
    yield _Edit(value.end_byte, node.end_byte)
    outer = node.parent
    while value.type in _ASSERTED:
        value = value.child(0)
    if outer is not None and outer.type == "parenthesized_expression" and value.type in _BARE:
        yield _Edit(outer.start_byte, outer.start_byte + 1)
        yield _Edit(outer.end_byte - 1, outer.end_byte)


def _enumeration(node: Node, data: bytes, constants: dict[bytes, dict[bytes, bytes]]) -> Iterator[_Edit]:
    """An enumeration of plain literals as the function that fills it; a constant one as nothing, its members to be put in where they are named."""
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    members = _members(body, data) if body is not None else None
    if name is None or members is None or len(constants) >= _MOST_CONSTANT:
        return
    called = _text(name, data)
    if any(child.type == "const" for child in node.children):
        constants[called] = dict(members)
        yield _gone(node, data)
        return
    filled = b"".join(
        b'%s["%s"] = %s;' % (called, key, value) if value[:1] == b'"' else b'%s[%s["%s"] = %s] = "%s";' % (called, called, key, value, key)
        for key, value in members
    )
    yield _Edit(
        node.start_byte, node.end_byte, b" var %s ; \x01T (function (%s) { %s })(%s || (%s = {}));" % (called, called, filled, called, called)
    )


def _members(body: Node, data: bytes) -> list[tuple[bytes, bytes]] | None:
    found: list[tuple[bytes, bytes]] = []
    following: int | None = 0
    for member in body.named_children:
        if member.type == "comment":
            continue
        named = member.child_by_field_name("name") if member.type == "enum_assignment" else member
        if named is None or named.type != "property_identifier":
            return None
        value = member.child_by_field_name("value") if member.type == "enum_assignment" else None
        if value is None:
            if following is None:
                return None
            literal = b"%d" % following
        else:
            literal = _text(value, data)
            if not _LITERAL.fullmatch(literal):
                return None
        plain = literal.lstrip(b"-").isdigit()
        following = int(literal) + 1 if plain else None
        found.append((_text(named, data), b'"%s"' % literal[1:-1] if literal[:1] in b"'\"" else literal))
    return found


def _inlined(tokens: bytes, constants: dict[bytes, dict[bytes, bytes]]) -> bytes:
    for name, members in constants.items():
        pattern = re.compile(rb"(?<!\. )(?<![\w$\x80-\xff])" + re.escape(name) + rb" \. (" + IDENTIFIER + rb") ")
        spaced = {key: b" ".join(_TOKEN.findall(value)) + b" " for key, value in members.items()}
        tokens = pattern.sub(lambda found, held=spaced: held.get(found[1], found[0]), tokens)  # type: ignore[misc]
    return tokens


def _bracketed(tokens: bytes) -> bytes:
    """The tokens with brackets around each parameter that stands alone before an arrow."""
    parts = tokens.split(b" = > ")
    for number, part in enumerate(parts[:-1]):
        before, space, last = part.rpartition(b" ")
        if _LONE.fullmatch(last):
            parts[number] = b"%s%s( %s )" % (before, space, last)
    return b" = > ".join(parts)


def _text(node: Node, data: bytes) -> bytes:
    return data[node.start_byte : node.end_byte]


class _Class:
    """A class of TypeScript: its fields are declared only, and set in its constructor.

    The places are marked in the text, and what is to be moved is moved when it has become tokens: `F` and `S` begin a field, of an object and of the
    class, `E` ends it; `C` is where the constructor begins its own work, `B` or `A` where one is to be written, with or without a class above; `X`
    ends the class and says its name.
    """

    def __init__(self, body: Node, data: bytes, number: int) -> None:
        self._body, self._data, self._number = body, data, number

    def edits(self, *, fields: bool) -> Iterator[_Edit]:
        held = [member for member in self._body.named_children if member.type == "public_field_definition"]
        constructor = next((member for member in self._body.named_children if self._is_constructor(member)), None)
        marked = False
        for field in held:
            words = {child.type for child in field.children}
            if words & {"declare", "abstract"} or (field.child_by_field_name("value") is None and not fields):
                yield _Edit(field.start_byte, _to(_SEMICOLON, self._data, field.end_byte))
            elif not fields:
                marked = True
                yield from self._moved(field)
        given = list(self._properties(constructor)) if constructor is not None else []
        start = self._body.start_byte + 1
        if fields and given:
            yield _Edit(start, start, b" " + b"".join(b"%s;" % name for name in given))
        if constructor is not None and (marked or given):
            begin = self._begin(constructor)
            yield _Edit(begin, begin, b" " + b"".join(b"this.%s = %s;" % (name, name) for name in given) + (self._mark(b"C") if marked else b""))
        elif marked:
            yield _Edit(start, start, self._mark(b"B" if self._extends else b"A"))
        if marked:
            named = self._body.parent.child_by_field_name("name") if self._body.parent is not None else None
            declared = named is not None and self._body.parent is not None and self._body.parent.type != "class"
            after = _text(named, self._data) if declared and named is not None else b"?"
            yield _Edit(self._body.end_byte, self._body.end_byte, self._mark(b"X") + after + b" \x01N ")

    def _mark(self, kind: bytes) -> bytes:
        return b" \x01%s%d " % (kind, self._number)

    def _is_constructor(self, member: Node) -> bool:
        name = member.child_by_field_name("name") if member.type == "method_definition" else None
        return name is not None and _text(name, self._data) == b"constructor"

    @property
    def _extends(self) -> bool:
        heritage = [child for child in (self._body.parent.children if self._body.parent else ()) if child.type == "class_heritage"]
        return any(clause.type == "extends_clause" for child in heritage for clause in child.children)

    def _moved(self, field: Node) -> Iterator[_Edit]:
        static = next((child for child in field.children if child.type == "static"), None)
        yield _Edit(field.start_byte, field.start_byte, self._mark(b"S" if static else b"F"))
        if static is not None:
            yield _Edit(static.start_byte, static.end_byte)
        yield _Edit(field.end_byte, _to(_SEMICOLON, self._data, field.end_byte), b" ; \x01E ")

    def _properties(self, constructor: Node) -> Iterator[bytes]:
        """The parameters that are fields as well."""
        parameters = constructor.child_by_field_name("parameters")
        for parameter in parameters.named_children if parameters is not None else ():
            pattern = parameter.child_by_field_name("pattern")
            if pattern is not None and any(child.type in _WRITTEN for child in parameter.children):
                yield _text(pattern, self._data)

    @staticmethod
    def _begin(constructor: Node) -> int:
        """Behind the call of the class above, else at the beginning."""
        body = constructor.child_by_field_name("body")
        if body is None:
            return constructor.end_byte
        for statement in body.named_children:
            call = statement.child(0) if statement.type == "expression_statement" else None
            called = call.child(0) if call is not None and call.type == "call_expression" else None
            if called is not None and called.type == "super":
                return statement.end_byte
        return body.start_byte + 1


def _placed(tokens: bytes) -> bytes:
    """The tokens with each marked field where the compiler puts it."""
    if _MARK not in tokens:
        return tokens
    parts = _MARKS.split(tokens)
    buffers: list[list[bytes]] = [[parts[0]]]
    inside: list[tuple[bytes, bytes]] = []
    own: dict[bytes, list[bytes]] = {}
    shared: dict[bytes, list[bytes]] = {}
    holes: dict[bytes, tuple[list[bytes], int, bytes]] = {}
    for kind, number, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        here = buffers[-1]
        if kind in b"FS":
            inside.append((kind, number))
            buffers.append([])
        elif kind == b"E" and inside:
            moved = b"".join(buffers.pop())
            begun, owner = inside.pop()
            (own if begun == b"F" else shared).setdefault(owner, []).append(moved)
        elif kind in b"CAB":
            holes[number] = (here, len(here), kind)
            here.append(b"")
        elif kind == b"X":
            if number in holes:
                held, place, found = holes.pop(number)
                held[place] = _constructed(found, own.pop(number, []))
            name = text.strip()
            here.extend(b"%s . %s" % (name, field) for field in shared.pop(number, ()))
            continue  # the name was told for this alone
        elif kind == b"T":
            here.append(b"\x01T ")
        buffers[-1].append(text)
    return b"".join(buffers[0])


def _constructed(kind: bytes, fields: list[bytes]) -> bytes:
    body = b"".join(b"this %s" % field if field.startswith(b"[ ") else b"this . %s" % field for field in fields)
    if kind == b"C" or not fields:
        return body
    return b"constructor ( ) { %s%s} " % (b"super ( . . . arguments ) ; " if kind == b"B" else b"", body)
