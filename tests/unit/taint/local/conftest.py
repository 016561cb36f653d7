"""Small programs, read with the built-in models and rules of Python."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from scanner.syntax.parse import Parsed, parse
from scanner.taint.compile.load import load_taint
from scanner.taint.link.linker import link
from scanner.taint.local.analysis import analyse_module
from scanner.taint.lower.python.module import lower_module

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.taint.facts import FileFacts
    from scanner.taint.knowledge import Knowledge
    from scanner.taint.linked import Linked

RULES = Path(__file__).parents[4] / "rules"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """What the project's own rules and models say of Python."""
    return load_taint(("python",), [RULES]).knowledge["python"]


@pytest.fixture
def analyse(knowledge: Knowledge) -> Callable[[str], FileFacts]:
    """Analyses one file."""

    def _analyse(code: str) -> FileFacts:
        parsed = parse("python", dedent(code).encode())
        assert isinstance(parsed, Parsed)
        return analyse_module(lower_module(parsed.root, parsed.data, path="shop.py", name="shop", package=False), knowledge)

    return _analyse


@pytest.fixture
def run(knowledge: Knowledge, analyse: Callable[[str], FileFacts]) -> Callable[[str], Linked]:
    """Analyses and links a program of one file."""

    def _run(code: str) -> Linked:
        return link([analyse(code)], knowledge)

    return _run
