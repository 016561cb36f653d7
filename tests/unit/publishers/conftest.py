"""A pull request on loopback, and a connection to it that never waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.publishers.github.api import Api, connect
from tests.support.github_server import GitHub, serve

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def github() -> Iterator[GitHub]:
    with serve() as state:
        yield state


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def api(github: GitHub, waits: list[float]) -> Iterator[Api]:
    with connect(github.base, "token-of-the-run", waits.append) as made:
        yield made
