"""Conversions on the way in: types of parameters, and of the fields of their classes, whose values cannot carry an attack."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.taint.facts import Path
    from scanner.taint.link.hierarchy import Hierarchy, Type
    from scanner.taint.link.types import Types

# They are parsed before the function sees them, or the annotation says that they must be.
_HARMLESS = frozenset(
    {"int", "float", "bool", "complex", "typing.Literal", "typing_extensions.Literal", "decimal.Decimal", "uuid.UUID"}
    | {"datetime.date", "datetime.datetime", "datetime.timedelta", "datetime.time"}
)
_MEMBERS = frozenset({"enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag"})  # of these there are those that the program names


class Conversions:
    """Knows which types say nothing but what the program knows; `enumerations`: also those that are enumerations of the program's own."""

    def __init__(self, hierarchy: Hierarchy, types: Types, *, enumerations: bool) -> None:
        self._hierarchy = hierarchy
        self._types = types
        self._enumerations = enumerations

    def harmless(self, types: Iterable[Type]) -> bool:
        """Whether a value may be of a harmless type: a number, one of several words, a member of an enumeration."""
        for type_ in types:
            if type_ in _HARMLESS if isinstance(type_, str) else self._enumerations and not _MEMBERS.isdisjoint(self._hierarchy.line(type_)):
                return True
        return False

    def field(self, types: tuple[Type, ...], path: Path) -> bool:
        """Whether a path into a value of a class ends in, or leads through, a field that the class says to be harmless."""
        for step in path:
            types = tuple(found for type_ in types for found in self._types.attribute(type_, step[1:])) if step.startswith(".") else ()
            if types and all(self.harmless((type_,)) for type_ in types):
                return True
        return False
