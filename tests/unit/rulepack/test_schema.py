"""Our part of JSON Schema, held to the verdicts of the whole of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from referencing import Registry, Resource

from scanner.rulepack.loader import SCHEMA_FOLDER, builtin_rules_path
from scanner.rulepack.schema import KEYWORDS, SchemaStore, show, suggest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMAS = builtin_rules_path() / SCHEMA_FOLDER
NAMES = sorted(path.name for path in SCHEMAS.glob("*.json"))


def reference(name: str) -> jsonschema.Draft202012Validator:
    """The validator of the `jsonschema` package for one of our files."""
    registry: Registry[Any] = Registry().with_resources(
        (path.name, Resource.from_contents(json.loads(path.read_text()))) for path in SCHEMAS.glob("*.json")
    )
    return jsonschema.Draft202012Validator({"$ref": name}, registry=registry)


def schemas_in(value: object) -> Iterator[dict[str, object]]:
    """Every schema inside a schema."""
    if not isinstance(value, dict):
        return
    yield value
    for key, item in value.items():
        if key in {"properties", "$defs"}:
            for inner in item.values():
                yield from schemas_in(inner)
        elif key == "anyOf":
            for inner in item:
                yield from schemas_in(inner)
        elif key in {"items", "additionalProperties"}:
            yield from schemas_in(item)


@pytest.mark.parametrize("name", NAMES)
def test_our_schemas_are_sound_and_say_nothing_that_we_do_not_check(name: str) -> None:
    schema = json.loads((SCHEMAS / name).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    for inner in schemas_in(schema):
        assert set(inner) <= KEYWORDS, inner
        assert not {"$ref", "anyOf"} & set(inner) or not set(inner) - {"$ref", "anyOf", "title", "description"}, inner


RULE = {
    "id": "secret-x", "title": "T", "cwe": ["CWE-798"], "severity": "high", "precision": "low", "message": "M", "help": "H", "remediation": "R",
    "pattern": "(?P<secret>x)", "keywords": ["xx"], "cases": {"vulnerable": ["x", {"file": "a/b.txt", "code": "x"}], "safe": ["y"]},
}  # fmt: skip
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 300), st.floats(-2, 9, allow_nan=False), st.text(max_size=4),
    st.sampled_from(["CWE-1", "high", "x-y", "../a", "/a", "a/b", "https://x.org", "a/../b", ".", "a/."]),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*RULE, "vulnerable", "safe", "file", "code"]), inner, max_size=3),
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from([*sorted(RULE), "reach", "entropy", "files", "unknown"]), VALUES, st.booleans())
def test_our_verdict_is_that_of_jsonschema(key: str, value: object, remove: bool) -> None:
    rule: dict[str, object] = {**RULE}
    rule[key] = value
    if remove:
        del rule[key]
    document = {"rules": [rule]}
    blank = any(isinstance(text, str) and text != text.strip() for text in _texts(document))
    if not blank:  # a text of blanks is empty to us and not to JSON Schema
        ours = SchemaStore(SCHEMAS).faults("secrets.schema.json", document)
        assert bool(ours) == (not reference("secrets.schema.json").is_valid(document)), ours


def _texts(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    else:
        yield value


def faults(tmp_path: Path, schema: object, value: object) -> list[str]:
    (tmp_path / "s.json").write_text(json.dumps(schema))
    return [f"{fault.where} {fault.message}" for fault in SchemaStore(tmp_path).faults("s.json", value)]


def test_a_blank_text_is_an_empty_one(tmp_path: Path) -> None:
    assert faults(tmp_path, {"type": "string", "minLength": 1}, " \n") == ["() must not be empty"]


def test_a_mistake_inside_one_of_several_shapes_is_named(tmp_path: Path) -> None:
    schema = {"anyOf": [{"type": "string"}, {"type": "object", "required": ["code"]}]}
    assert faults(tmp_path, schema, {}) == ["('code',) is missing"]
    assert faults(tmp_path, schema, 3) == ["() expected a text or a mapping, found 3"]


def test_numbers_are_held_to_their_bounds(tmp_path: Path) -> None:
    assert faults(tmp_path, {"type": "number", "minimum": 0, "maximum": 8}, 9) == ["() expected a number from 0 to 8, found 9"]
    assert faults(tmp_path, {"type": "integer", "minimum": 1}, 0) == ["() expected a number of at least 1, found 0"]
    assert faults(tmp_path, {"type": "integer"}, True) == ["() expected a whole number, found true"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "nothing"), (True, "true"), (1.5, "1.5"), ("a\n b", '"a b"'), ({"a": 1}, "a mapping"), ([1], "a list"), ("x" * 99, f'"{"x" * 59}…"')],
)
def test_values_are_shown_short(value: object, shown: str) -> None:
    assert show(value) == shown


def test_a_word_close_to_a_known_one_is_suggested() -> None:
    assert suggest("Hgih", ["high", "low"]) == " (did you mean high?)"
    assert suggest("zzz", ["high", "low"]) == ""
