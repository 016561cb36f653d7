"""The lowering of a piece of JavaScript or TypeScript, written down as the tests of all lowerings write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.syntax.parse import Parsed, parse
from scanner.taint.lower.javascript.module import lower_module

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.taint import program


@pytest.fixture
def lower_js() -> Callable[..., program.Module]:
    """The IR of a piece of source, parsed as a scan parses it."""

    def run(source: str, dialect: str = "tsx") -> program.Module:
        data = source.encode()
        parsed = parse(dialect, data)
        assert isinstance(parsed, Parsed), parsed
        return lower_module(parsed.root, data, path="shop/app.ts", name="shop/app.ts", package=False, dialect=dialect)

    return run


@pytest.fixture
def lowered(lower_js: Callable[..., program.Module], written: Callable[[program.Module], list[str]]) -> Callable[..., list[str]]:
    """The IR of a piece of source, written down."""
    return lambda source, dialect="tsx": written(lower_js(source, dialect))
