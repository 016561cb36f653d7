"""What remembers results between scans."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class ScanCache(Protocol):
    """Results by key, in named shelves. A key holds everything that its result depends on; what is not known, or cannot be trusted, is absent."""

    def recall(self, shelf: str, keys: Sequence[str]) -> Mapping[str, object]:
        """What was remembered under each key; the others are left out."""
        ...

    def remember(self, shelf: str, values: Mapping[str, object]) -> None:
        """Keep these values, by key. They are frozen values of ours; nobody relies on their being kept."""
        ...


class NoCache:
    """Remembers nothing: for `--no-cache`, embedders and tests."""

    def recall(self, shelf: str, keys: Sequence[str]) -> Mapping[str, object]:  # noqa: ARG002 -- the port's signature
        """Nothing."""
        return {}

    def remember(self, shelf: str, values: Mapping[str, object]) -> None:
        """Forget them."""


def key_of(*parts: object) -> str:
    """A key of everything in `parts`: texts, numbers, truths, None, and tuples of these. Different parts give different keys."""
    return blake2b(repr(parts).encode("utf-8", "backslashreplace"), digest_size=20).hexdigest()
