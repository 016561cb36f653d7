"""The schema files say what the loader says, and nothing that it does not understand."""

from __future__ import annotations

import json

import jsonschema
import pytest

from scanner.core.finding import Trust
from scanner.rulepack.loader import builtin_rules_path
from scanner.rulepack.schema import KEYWORDS
from scanner.taint.compile.rows import _ROWS
from scanner.taint.knowledge import EntryHow
from scanner.taint.knowledge import Test as Judged

SCHEMAS = builtin_rules_path() / "schema"
NAMES = ("models.schema.json", "taint.schema.json")


def read(name: str) -> dict[str, dict[str, dict[str, dict[str, dict[str, list[str]]]]]]:
    found: dict[str, dict[str, dict[str, dict[str, dict[str, list[str]]]]]] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_file_is_one(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(read(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_file_keeps_to_the_words_that_the_loader_knows(name: str) -> None:
    assert _keywords(read(name)) <= KEYWORDS


def test_the_schema_has_every_kind_of_row_and_every_key_of_one() -> None:
    keys = set(_ROWS) | {key for needed, allowed, _ in _ROWS.values() for key in (*needed, *allowed)}
    assert set(read("models.schema.json")["$defs"]["row"]["properties"]) == keys


def test_the_schema_lists_what_the_types_list() -> None:
    models = read("models.schema.json")["$defs"]
    assert models["row"]["properties"]["trust"]["enum"] == list(Trust)
    assert models["entry"]["properties"]["trust"]["enum"] == list(Trust)
    assert models["entry"]["properties"]["how"]["enum"] == list(EntryHow)
    assert set(models["condition"]["properties"]) == {"arg", *Judged}
    assert list(read("taint.schema.json")["$defs"]["rule"]["properties"]["confidence"]["properties"]) == list(Trust)


def _keywords(schema: object) -> set[str]:
    if isinstance(schema, list):
        return set().union(*map(_keywords, schema))
    if not isinstance(schema, dict):
        return set()
    found = set(schema)
    for key, value in schema.items():
        inner = value.values() if key in {"properties", "$defs"} else (value,)
        found |= set().union(*map(_keywords, inner)) if key not in {"enum", "required"} else set()
    return found
