"""The documentation's rule pages say what the rules say."""

from __future__ import annotations

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_every_rule_has_its_page_and_every_page_its_rule() -> None:
    wanted: dict[str, str] = runpy.run_path(str(DOCS / "make_rule_pages.py"))["pages"]()
    there = {path.name: path.read_text("utf-8") for path in (DOCS / "rules").glob("*.md")}
    assert sorted(there) == sorted(wanted), "run `make docs`"
    assert [name for name in wanted if wanted[name] != there[name]] == [], "run `make docs`"
