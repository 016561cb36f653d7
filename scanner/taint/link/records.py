"""Records that a schema of another module was tried on: each field is what the schema of that field makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.link.symbols import Kind
from scanner.taint.local.context import first
from scanner.taint.local.keyed import MATCHING
from scanner.taint.local.schemas import PATTERN, field_of
from scanner.taint.refs import AttrType, GlobalType, MethodRef, NameRef

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.facts import Path
    from scanner.taint.knowledge import Knowledge
    from scanner.taint.link.calls import Calls
    from scanner.taint.link.symbols import Symbols
    from scanner.taint.local.context import Library
    from scanner.taint.refs import CalleeRef, TypeRef

    _Fields = Mapping[str, tuple[str, int]]


class Records:
    """Knows the fields of what calls of schemas return."""

    def __init__(self, symbols: Symbols, calls: Calls, knowledge: Knowledge, library: Library) -> None:
        self._symbols = symbols
        self._calls = calls
        self._knowledge = knowledge
        self._library = library
        self._fields = [{name: (type_, mask) for name, type_, mask in file.fields} for file in symbols.files]
        self._schemas: dict[int, tuple[_Fields, str, str] | None] = {}
        self.known = any(self._fields)

    def safe(self, call: int, path: Path) -> int:
        """The kinds for which what lies at a path of a call's result is safe, whatever the call was given."""
        if call not in self._schemas:
            self._schemas[call] = self._schema(call)
        schema = self._schemas[call]
        if schema is None:
            return 0
        fields, name, method = schema
        field = fields.get(f"{name}{''.join(field_of(method, path))}")
        if field is None:
            return 0
        type_, mask = field
        for row in first(self._knowledge.sanitizers, self._library.members(type_, method)) or ():
            if not row.kinds:
                return -1
            for kind in row.kinds:
                mask |= self._knowledge.kind_bits.get(kind, 0)
        return mask

    def matched(self, call: int) -> int:
        """The kinds for which a text is safe that a call has matched with a regular expression of another module."""
        schema = self._schema(call) if self.known else None
        if schema is None:
            return 0
        fields, name, method = schema
        type_, mask = fields.get(name, ("", 0))
        return mask if type_ == PATTERN and method in MATCHING else 0

    def _schema(self, call: int) -> tuple[_Fields, str, str] | None:
        """The fields of the module that a call's schema stands in, the schema's name there, and the method that is called."""
        name = _dotted(self._calls.sites[call].callee)
        if not name or self._calls.callee[call].targets:
            return None
        symbol = self._symbols.resolve(name, self._symbols.file_of[self._calls.function_of[call]])
        if symbol.kind is not Kind.VARIABLE or not symbol.rest or not (fields := self._fields[symbol.number]):
            return None
        *inner, method = symbol.rest
        return fields, ".".join((symbol.name, *inner)), method


def _dotted(ref: CalleeRef | TypeRef) -> str:
    """The dotted name of a callee, or of what holds it; empty where it has none."""
    match ref:
        case NameRef(name) | GlobalType(name):
            return name
        case MethodRef(type=holder, name=name) | AttrType(type=holder, name=name):
            held = _dotted(holder)
            return f"{held}.{name}" if held else ""
        case _:
            return ""
