from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from scanner.engines.secrets.matcher import SecretMatcher

# A file name, a tab and a line as it stands in such files everywhere.
LINES = [line.split("\t", 1) for line in Path(__file__).with_name("innocuous.txt").read_text(encoding="utf-8").splitlines()]


def test_there_are_lines_enough_to_say_something() -> None:
    assert len(LINES) >= 60


@pytest.mark.parametrize(("path", "line"), LINES)
def test_an_innocuous_line_stays_silent(matcher: SecretMatcher, path: str, line: str) -> None:
    text, matches = matcher.find(line.encode() + b"\n", path)
    assert [(match.compiled.rule.id, text[match.start : match.end]) for match in matches] == []
