"""The demo is held to what it promises: every finding, every hole, every safe place."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types import ModuleType

HERE = Path(__file__).parent


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("examples_state", HERE / "state.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["examples_state"] = module
    spec.loader.exec_module(module)
    return module


STATE = _load()


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    scanned: dict[str, Any] = STATE.scan()
    return scanned


def test_the_demo_shows_exactly_these_findings(report: dict[str, Any]) -> None:
    assert STATE.findings_text(report) == (HERE / "findings.txt").read_text("utf-8")


def test_each_hole_is_found_and_each_safe_place_silent_as_written_down(report: dict[str, Any]) -> None:
    assert STATE.holes_text(report) == (HERE / "holes.txt").read_text("utf-8")


def test_no_safe_place_of_the_shop_is_a_false_alarm() -> None:
    alarms = [line for line in (HERE / "holes.txt").read_text("utf-8").splitlines() if line.startswith("S") and "false alarm" in line]
    assert alarms == []


def test_the_demo_looks_at_everything(report: dict[str, Any]) -> None:
    assert report["complete"]
    assert report["coverage"]["partial"] == []
