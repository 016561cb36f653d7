"""Which scan cache a run uses: where it lies, whom it serves, and what its entries are sealed with."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

STORE: Final = "scan.db"
VERDICTS: Final = "triage.db"
_KEY: Final = "cache.key"
_KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class CacheChoice:
    """The cache that a run uses: its directory, the one where this user's key lies (None: nowhere), a key that was given, and whom it serves.

    `trusted` is false for a change that nobody has accepted yet: what such a run finds out, only such runs believe.
    """

    directory: Path
    state: Path | None
    given: str = field(default="", repr=False)
    trusted: bool = True

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that a run may write: where they lie below what is scanned, they are no part of it."""
        kept = [self.directory / f"{name}{ending}" for name in (STORE, VERDICTS) for ending in ("", "-wal", "-shm")]
        return (*kept, *([self.state / _KEY] if self.state else []))

    def secret(self) -> bytes | None:
        """What entries are sealed with: the key that was given, or one of this user's own, which is made once. None where it cannot be kept."""
        if self.given:
            return sha256(self.given.encode("utf-8", "surrogateescape")).digest()
        if self.state is None:
            return None
        path = self.state / _KEY
        try:
            self.state.mkdir(parents=True, exist_ok=True, mode=0o700)
            return _read_key(path) or _make_key(path)
        except OSError:
            return None


def _read_key(path: Path) -> bytes | None:
    if not path.exists():
        return None
    held = path.read_bytes()
    return held if len(held) == _KEY_BYTES else None


def _make_key(path: Path) -> bytes | None:
    """A new key, complete before it has its name: of two runs that make one, both use the one that was there last."""
    made = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(secrets.token_bytes(_KEY_BYTES))
    made.replace(path)
    return _read_key(path)
