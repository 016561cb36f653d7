"""Fields that a class checks when an instance is made: what is read of them is a number or a known word, wherever the instance has come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.facts import EntryKind, ResultType

if TYPE_CHECKING:
    from scanner.taint.facts import Entry, FunctionFacts, Path
    from scanner.taint.link.conversions import Conversions
    from scanner.taint.link.hierarchy import Hierarchy, Type
    from scanner.taint.link.symbols import Symbols
    from scanner.taint.link.types import Types

_CHECKING = frozenset({"pydantic.BaseModel", "pydantic.main.BaseModel", "pydantic.v1.BaseModel"})
"""Classes whose subclasses refuse what is not of the type that a field is declared with."""


class Validated:
    """Knows the fields of such classes, and which places in functions read them."""

    def __init__(self, symbols: Symbols, hierarchy: Hierarchy, types: Types, conversions: Conversions) -> None:
        self._symbols = symbols
        self._types = types
        self._conversions = conversions
        self._checking = {cls for cls in range(len(symbols.classes)) if not _CHECKING.isdisjoint(hierarchy.line(cls))}
        self._steps = frozenset(
            f".{name}"
            for cls in self._checking
            for name, _ in symbols.classes[cls].attribute_types
            if conversions.harmless(types.attribute(cls, name))
        )

    def harmless(self, number: int, function: FunctionFacts, entry: Entry) -> bool:
        """Whether what is read in a function ends in such a field, or leads through one, whatever its receiver's classes are."""
        if not self._steps:
            return False
        path = (f".{entry.name}", *entry.path) if entry.kind is EntryKind.FIELD else entry.path
        return not self._steps.isdisjoint(path) and self._leads(self._root(number, function, entry), path)

    def _root(self, number: int, function: FunctionFacts, entry: Entry) -> tuple[Type, ...]:
        file = self._symbols.file_of[number]
        match entry.kind:
            case EntryKind.PARAM:
                if entry.number == 0 and function.owner and function.binding not in {"static", "class"}:
                    return (self._symbols.owner(number),)
                declared = function.param_types[entry.number] if entry.number < len(function.param_types) else None
                return self._types.of(declared, number, file) if isinstance(declared, str) else ()
            case EntryKind.FIELD:
                return self._types.of(entry.type, number, file)
            case EntryKind.RESULT:
                return self._types.of(ResultType(function.calls[entry.number].callee), number, file)
            case _:
                return ()

    def _leads(self, types: tuple[Type, ...], path: Path) -> bool:
        for step in path:
            if not types or not step.startswith("."):
                return False
            held = [self._types.attribute(type_, step[1:]) for type_ in types]
            if not all(held):
                return False
            checked = step in self._steps and all(type_ in self._checking for type_ in types)
            types = tuple(dict.fromkeys(found for group in held for found in group))
            if checked and all(self._conversions.harmless((found,)) for found in types):
                return True
        return False
