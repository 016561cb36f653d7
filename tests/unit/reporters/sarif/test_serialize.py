from __future__ import annotations

import pytest
import sarif_om

from scanner.reporters.jsontext import dumps
from scanner.reporters.sarif.serialize import members


def test_names_are_those_of_the_schema_and_what_is_absent_is_left_out() -> None:
    place = sarif_om.ArtifactLocation(uri="a.py", uri_base_id="%SRCROOT%")
    assert members(place) == {"uri": "a.py", "uriBaseId": "%SRCROOT%"}


def test_values_equal_to_the_defaults_of_the_schema_are_kept() -> None:
    result = sarif_om.Result(message=sarif_om.Message(text="x"), level="warning", kind="fail", rule_index=0)
    written = members(result)
    assert (written["level"], written["kind"], written["ruleIndex"]) == ("warning", "fail", 0)
    assert "rank" not in written


def test_the_state_of_a_suppression_is_its_status() -> None:
    assert members(sarif_om.Suppression(kind="external", state="accepted")) == {"kind": "external", "status": "accepted"}


def test_what_sarif_does_not_know_is_an_error_and_not_a_string() -> None:
    with pytest.raises(TypeError, match="no values of type set"):
        dumps({"tags": {"a"}}, default=members)
