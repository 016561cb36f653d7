"""The work on one file."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.app.rules import load_all_rules
from scanner.engines.taint.job import Analyst, FileJob
from scanner.ports.engine import OpenedFile
from scanner.syntax.parse import Parsed, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAMS = Path(__file__).parents[3] / "taint"
SUFFIXES = {".py": "python", ".js": "javascript", ".ts": "typescript", ".tsx": "tsx"}


@pytest.fixture
def collector_off() -> Iterator[None]:
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()


@pytest.mark.usefixtures("collector_off")
@pytest.mark.parametrize("language", ["python", "javascript"])
def test_what_was_made_on_the_way_needs_no_garbage_collector(language: str) -> None:
    """Workers collect rarely, and a collection walks all that waits for it: what refers to itself would cost memory, and a tenth of the time."""
    analyst = Analyst(load_all_rules(()).knowledge)
    files = [path for path in sorted((PROGRAMS / language).rglob("*")) if path.suffix in SUFFIXES][::7]
    waiting: dict[str, int] = {}
    for number, path in enumerate(files):
        kind = SUFFIXES[path.suffix]
        data = path.read_bytes()
        parsed = parse(kind, data)
        assert isinstance(parsed, Parsed)
        if number == 1:
            gc.collect()  # what the first one loaded stays
            gc.freeze()
        found = analyst(OpenedFile(path.name, kind, data, parsed), FileJob(path.stem, package=False))
        assert found.facts is not None
        if number and (left := gc.collect()):
            waiting[path.name] = left
    assert len(files) > 20
    assert waiting == {}
