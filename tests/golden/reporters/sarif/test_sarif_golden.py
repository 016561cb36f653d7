"""SARIF logs, byte for byte. `update.py` beside this file writes the texts anew."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("*.sarif"))


@pytest.mark.parametrize("name", NAMES)
def test_the_log_reads_as_it_did(name: str, logs: dict[str, str]) -> None:
    assert logs[name].encode() == (HERE / f"{name}.sarif").read_bytes()


def test_every_profile_has_its_log(logs: dict[str, str]) -> None:
    assert sorted(logs) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_log_is_what_oasis_says(name: str) -> None:
    schema = json.loads((HERE / "sarif-schema-2.1.0.json").read_bytes())
    jsonschema.Draft4Validator(schema).validate(json.loads((HERE / f"{name}.sarif").read_bytes()))
