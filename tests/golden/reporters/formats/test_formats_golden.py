"""The further formats, byte for byte. `update.py` beside this file writes the texts anew."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
NAMES = sorted(path.name for path in HERE.glob("report.*"))


@pytest.mark.parametrize("name", NAMES)
def test_the_report_reads_as_it_did(name: str, texts: dict[str, str]) -> None:
    assert texts[name].encode() == (HERE / name).read_bytes()


def test_every_format_has_its_text(texts: dict[str, str]) -> None:
    assert sorted(texts) == NAMES
