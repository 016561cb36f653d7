"""What an open expression proves of how a text begins."""

from __future__ import annotations

import pytest

from scanner.taint.beginnings import begins_at_root, begins_with_host
from scanner.taint.patterns import python_pattern


@pytest.mark.parametrize(
    "pattern",
    [
        r"^\/(?![\/\\])",
        r"^\/(?!\/|\\)",
        r"^\/(?!\/)(?!\\)",
        r"^\/[^\/\\]",
        r"^\/[a-z]+\/",
        r"^\/(?:$|[^\/\\])",
        r"^\/(?![\/\\]).*$",
        r"^[/][\w-]*$",
    ],
)
def test_a_path_of_the_site(pattern: str) -> None:
    assert begins_at_root(python_pattern(pattern) or "")


@pytest.mark.parametrize(
    "pattern",
    [
        r"^\/",
        r"^\/.*$",
        r"\/[a-z]",
        r"^\/(?!\/)",
        r"^\/(?!\\)",
        r"^\/[^\/]",
        r"^\/(?![\/\\]x)",
        r"^\/(?=[a-z]?)",
        r"^\/[a-z]*",
        r"^\/[a-z]?.*$",
        r"^(?:\/[a-z]|https?:)",
        r"^\/(?<![\/\\])",
        r"^\/(?:$|.)",
        r"(",
        "",
    ],
)
def test_what_may_lead_elsewhere(pattern: str) -> None:
    assert not begins_at_root(python_pattern(pattern) or pattern)


def test_several_lines() -> None:
    assert not begins_at_root(python_pattern(r"^\/[a-z]", "m") or "")


@pytest.mark.parametrize(("pattern", "named"), [(r"^https:\/\/a\.example\/", True), (r"^https:\/\/a\.example", False), (r"^https:\/\/.*\/", False)])
def test_a_named_host(pattern: str, named: bool) -> None:
    assert begins_with_host(python_pattern(pattern) or "") is named
