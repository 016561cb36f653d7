"""Frozen dataclasses as plain JSON values and back, by the types their fields are declared with.

A dataclass is the list of its fields, so that a field more, or in another place, is another format: who stores such lists keeps the code that wrote
them in the key.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias, Union, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Callable

Convert: TypeAlias = "Callable[[Any], Any]"

_SCALARS = frozenset({str, int, float, bool, bytes, type(None)})  # of the bytes JSON knows nothing, and refuses them when it is written


class Codec:
    """Encodes and decodes values of declared types; `names` are those that their modules import for type checkers only."""

    def __init__(self, **names: object) -> None:
        self._names = {"Mapping": Mapping, **names}
        self._decoders: dict[object, Convert | None] = {}

    def encode(self, value: object) -> object:
        """A value as plain JSON values. Sets are sorted, enumerations are their values."""
        if isinstance(value, Enum):
            return value.value
        if is_dataclass(value):
            return [self.encode(getattr(value, item.name)) for item in fields(value)]
        if isinstance(value, dict):
            return {key: self.encode(item) for key, item in value.items()}
        if isinstance(value, frozenset):
            return sorted(map(self.encode, value), key=repr)
        if isinstance(value, tuple):
            return [self.encode(item) for item in value]
        return value

    def decode(self, hint: object, value: Any) -> Any:
        """What was encoded, as a value of the type. Raises ValueError, TypeError, KeyError or AttributeError for what was not."""
        convert = self._decoder(hint)
        return value if convert is None else convert(value)

    def _decoder(self, hint: object) -> Convert | None:
        """How values of a type are made of plain ones; None: they are plain ones."""
        if hint not in self._decoders:
            self._decoders[hint] = self._make(hint)
        return self._decoders[hint]

    def _make(self, hint: Any) -> Convert | None:
        if hint in _SCALARS:
            return None
        if isinstance(hint, type) and issubclass(hint, Enum):
            return {member.value: member for member in hint}.__getitem__
        if isinstance(hint, type) and is_dataclass(hint):
            return self._of_class(hint)
        origin, inner = get_origin(hint), get_args(hint)
        if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:  # noqa: PLR2004 -- tuple[X, ...]
            return _sequence(self._decoder(inner[0]))
        if origin is tuple:
            return _record(tuple, [self._decoder(item) for item in inner])
        if origin is frozenset and inner[0] is str:
            return frozenset
        if origin is Mapping and inner[0] is str:
            return _mapping(self._decoder(inner[1]))
        if origin in {Union, types.UnionType}:
            return self._of_union([item for item in inner if item not in _SCALARS])
        msg = f"no codec for {hint}"
        raise TypeError(msg)

    def _of_union(self, others: list[object]) -> Convert | None:
        if not others:
            return None
        (only,) = others
        convert = self._decoder(only)
        return None if convert is None else lambda value: None if value is None else convert(value)

    def _of_class(self, hint: type) -> Convert:
        hints = get_type_hints(hint, localns=self._names)
        return _record(lambda values: hint(*values), [self._decoder(hints[item.name]) for item in fields(hint)])


def _sequence(convert: Convert | None) -> Convert:
    return tuple if convert is None else lambda value: tuple([convert(item) for item in value])


def _mapping(convert: Convert | None) -> Convert | None:
    return None if convert is None else lambda value: {key: convert(item) for key, item in value.items()}


def _record(make: Convert, converts: list[Convert | None]) -> Convert:
    """Values of fixed number and kinds, only some of which need converting."""
    wanted = [(index, convert) for index, convert in enumerate(converts) if convert is not None]
    number = len(converts)

    def decode(value: list[Any]) -> Any:
        if len(value) != number:
            msg = f"expected {number} values, found {len(value)}"
            raise ValueError(msg)
        for index, convert in wanted:
            value[index] = convert(value[index])
        return make(value)

    return decode
