"""The part of JSON Schema (2020-12) that the files in rules/schema use, with messages for people.

`jsonschema` knows all of it, and costs more to import than reading every rule does; the tests hold this module to its verdicts.
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.core.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

Where = tuple[str | int, ...]
Schema = dict[str, "object"]

KEYWORDS: Final = frozenset(
    {
        "$defs", "$id", "$ref", "$schema", "additionalProperties", "anyOf", "description", "enum", "items", "maxItems", "maxLength", "maximum",
        "minItems", "minLength", "minProperties", "minimum", "pattern", "properties", "required", "title", "type",
    }
)  # fmt: skip
"""What a schema of ours may say."""

_NAMES: Final[Mapping[str, str]] = {
    "string": "a text", "integer": "a whole number", "number": "a number", "boolean": "true or false", "array": "a list", "object": "a mapping",
    "null": "nothing",
}  # fmt: skip
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the value at `where`; `at_key` says that the key itself is, not its value."""

    where: Where
    message: str
    at_key: bool = False


class SchemaStore:
    """The schema files of one directory; they refer to each other by file name."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._files: dict[str, Schema] = {}

    def faults(self, name: str, value: object) -> tuple[Fault, ...]:
        """Everything wrong with a value of the schema file `name`, in reading order."""
        return tuple(self._check(self._file(name), name, value, ()))

    def _file(self, name: str) -> Schema:
        if name not in self._files:
            self._files[name] = json.loads((self._directory / name).read_bytes())
        return self._files[name]

    def _resolve(self, reference: str, home: str) -> tuple[Schema, str]:
        name, _, pointer = reference.partition("#")
        home = name or home
        target: object = self._file(home)
        for part in pointer.strip("/").split("/") if pointer.strip("/") else ():
            target = _member(target, part)
        return _as_schema(target), home

    def _check(self, schema: Schema, home: str, value: object, where: Where) -> Iterator[Fault]:
        while "$ref" in schema:
            schema, home = self._resolve(str(schema["$ref"]), home)
        if "anyOf" in schema:
            yield from self._any_of(schema, home, value, where)
            return
        if "type" in schema and not _is(value, str(schema["type"])):
            yield Fault(where, f"expected {_NAMES[str(schema['type'])]}, found {show(value)}")
            return
        if "enum" in schema:
            yield from _choice(_as_list(schema["enum"]), value, where)
        if isinstance(value, str):
            yield from _text(schema, value, where)
        elif isinstance(value, dict):
            yield from self._mapping(schema, home, value, where)
        elif isinstance(value, list):
            yield from self._list(schema, home, value, where)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield from _number(schema, value, where)

    def _any_of(self, schema: Schema, home: str, value: object, where: Where) -> Iterator[Fault]:
        """The faults of the branch that takes values of this type, so that a mistake inside it is named."""
        branches = [self._follow(_as_schema(item), home) for item in _as_list(schema["anyOf"])]
        fitting = [(branch, base) for branch, base in branches if _is(value, str(branch.get("type", "")))]
        if not fitting:
            expected = " or ".join(_NAMES[str(branch["type"])] for branch, _ in branches)
            yield Fault(where, f"expected {expected}, found {show(value)}")
            return
        verdicts = [tuple(self._check(branch, base, value, where)) for branch, base in fitting]
        yield from min(verdicts, key=len)

    def _follow(self, schema: Schema, home: str) -> tuple[Schema, str]:
        while "$ref" in schema:
            schema, home = self._resolve(str(schema["$ref"]), home)
        return schema, home

    def _mapping(self, schema: Schema, home: str, value: Mapping[str, object], where: Where) -> Iterator[Fault]:
        properties = _as_schema(schema.get("properties", {}))
        for name in _as_list(schema.get("required", [])):
            if name not in value:
                yield Fault((*where, str(name)), "is missing")
        if len(value) < _bound(schema, "minProperties", 0):
            yield Fault(where, "must not be empty")
        others = schema.get("additionalProperties", True)
        for name, item in value.items():
            if name in properties:
                yield from self._check(_as_schema(properties[name]), home, item, (*where, name))
            elif others is False:
                yield Fault((*where, name), f"unknown key{suggest(name, [known for known in properties if known not in value])}", at_key=True)
            elif isinstance(others, dict):
                yield from self._check(others, home, item, (*where, name))

    def _list(self, schema: Schema, home: str, value: Sequence[object], where: Where) -> Iterator[Fault]:
        if len(value) < (least := _bound(schema, "minItems", 0)):
            yield Fault(where, f"expected at least {least} {'entry' if least == 1 else 'entries'}, found {len(value)}")
        if len(value) > (most := _bound(schema, "maxItems", len(value))):
            yield Fault(where, f"expected at most {most} entries, found {len(value)}")
        if "items" in schema:
            items = _as_schema(schema["items"])
            for index, item in enumerate(value):
                yield from self._check(items, home, item, (*where, index))


def show(value: object) -> str:
    """A value as an error message shows it: short, and never a whole structure."""
    match value:
        case None:
            return "nothing"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case bool():
            return "true" if value else "false"
        case str():
            line = " ".join(value.split())
            return f'"{line}"' if len(line) <= _SHOWN else f'"{line[: _SHOWN - 1]}…"'
        case _:
            return str(value)


def suggest(word: str, known: Sequence[str]) -> str:
    """` (did you mean x?)` when one of the known words is close, else nothing."""
    near = nearest(word.lower(), known)
    return f" (did you mean {near[0]}?)" if near else ""


def _choice(choices: Sequence[object], value: object, where: Where) -> Iterator[Fault]:
    if value not in choices:
        words = [str(choice) for choice in choices]
        hint = suggest(value, words) if isinstance(value, str) else ""
        yield Fault(where, f"expected one of {', '.join(words)}, found {show(value)}{hint}")


def _text(schema: Schema, value: str, where: Where) -> Iterator[Fault]:
    if len(value.strip()) < (least := _bound(schema, "minLength", 0)):
        yield Fault(where, "must not be empty" if least == 1 or not value.strip() else f"expected at least {least} characters, found {len(value)}")
        return
    if len(value) > (most := _bound(schema, "maxLength", len(value))):
        yield Fault(where, f"expected at most {most} characters, found {len(value)}")
    if "pattern" in schema and not _compiled(str(schema["pattern"])).search(value):
        yield Fault(where, f"expected {schema.get('description', schema['pattern'])}, found {show(value)}")


def _number(schema: Schema, value: float, where: Where) -> Iterator[Fault]:
    least, most = schema.get("minimum"), schema.get("maximum")
    if (isinstance(least, int | float) and value < least) or (isinstance(most, int | float) and value > most):
        bounds = f"from {least} to {most}" if least is not None and most is not None else f"of at least {least}" if most is None else f"up to {most}"
        yield Fault(where, f"expected a number {bounds}, found {value}")


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _is(value: object, kind: str) -> bool:
    match kind:
        case "string":
            return isinstance(value, str)
        case "integer":
            return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, float) and value.is_integer())
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
        case "array":
            return isinstance(value, list)
        case "object":
            return isinstance(value, dict)
        case "null":
            return value is None
        case _:
            return False


def _as_schema(value: object) -> Schema:
    if value is True:
        return {}
    if not isinstance(value, dict):
        msg = f"a schema is a mapping or true, not {value!r}"
        raise TypeError(msg)
    return value


def _as_list(value: object) -> list[object]:
    if not isinstance(value, list):
        msg = f"a schema has a list here, not {value!r}"
        raise TypeError(msg)
    return value


def _member(target: object, part: str) -> object:
    if not isinstance(target, dict) or part not in target:
        msg = f"a schema refers to {part!r}, which is nowhere"
        raise ValueError(msg)
    return target[part]


def _bound(schema: Schema, key: str, default: int) -> int:
    value = schema.get(key, default)
    return value if isinstance(value, int) else default
