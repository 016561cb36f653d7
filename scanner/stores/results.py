"""A scan cache in a store of bytes: values are packed, sealed with a secret of their writer's, and believed by nobody else.

Whoever can write into the cache could make findings disappear, and a cache can come from anywhere: restored by a build service, shared by a machine's
users. So each entry carries a keyed hash over its place and its bytes, and an entry that does not bear it is as good as absent. What bears it is
unpacked by a reader that makes nothing but the classes it was given (docs/decisions/0008-scan-cache.md).
"""

from __future__ import annotations

import hmac
import io
import pickle
import zlib
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SEAL: Final = 16
_PLAIN: Final = b"\0"
_PACKED: Final = b"\1"
_WORTH_PACKING: Final = 300
_MOST_ALIKE: Final = 1024


class ManyStore(Protocol):
    """A store that is asked for many entries at once."""

    def get_many(self, shelf: str, keys: Sequence[str]) -> Mapping[str, bytes]:
        """What was put there under each key; those without anything are left out."""
        ...

    def put_many(self, shelf: str, entries: Mapping[str, bytes]) -> None:
        """Keep them."""
        ...


class StoredResults:
    """A ScanCache. `classes` are all that values are made of; `version` stands for the code that makes them.

    `secret` seals. `trusted` is false where code is scanned that nobody has accepted yet: what such a run remembers, only such runs recall.
    `distrusted` counts the entries that were there and not believed.
    """

    def __init__(self, store: ManyStore, classes: Iterable[type], version: str, *, secret: bytes, trusted: bool) -> None:
        self._store = store
        self._classes = {(made.__module__, made.__qualname__): made for made in classes}
        self._version = version
        self._secret = blake2b(secret, digest_size=32, person=b"casemate-scan").digest()
        self._trusted = trusted
        self._alike: dict[str, dict[bytes, object]] = {}  # by place, so that one of many different values costs the others nothing
        self.distrusted = 0

    def recall(self, shelf: str, keys: Sequence[str]) -> Mapping[str, object]:
        """What was remembered under each key, by this run or one that it may believe; the others are left out."""
        found = self._recall(self._named(shelf, trusted=True), keys)
        if not self._trusted and len(found) < len(keys):
            found.update(self._recall(self._named(shelf, trusted=False), [key for key in keys if key not in found]))
        return found

    def remember(self, shelf: str, values: Mapping[str, object]) -> None:
        """Keep these values, by key."""
        place = self._named(shelf, trusted=self._trusted)
        self._store.put_many(place, {key: self._sealed(place, key, _packed(value)) for key, value in values.items()})

    def _named(self, shelf: str, *, trusted: bool) -> str:
        return f"{shelf}/{self._version}/{'accepted' if trusted else 'proposed'}"

    def _recall(self, place: str, keys: Sequence[str]) -> dict[str, object]:
        found: dict[str, object] = {}
        alike = self._alike.setdefault(place, {})
        for key, sealed in self._store.get_many(place, keys).items():
            body = sealed[_SEAL:]
            if not hmac.compare_digest(sealed[:_SEAL], self._seal(place, key, body)):
                self.distrusted += 1
                continue
            try:
                found[key] = self._unpacked(body, alike)
            except Exception:  # noqa: BLE001 -- whatever is wrong with it, it is as good as absent, and made again
                self.distrusted += 1
        return found

    def _sealed(self, place: str, key: str, body: bytes) -> bytes:
        return self._seal(place, key, body) + body

    def _seal(self, place: str, key: str, body: bytes) -> bytes:
        name = f"{place}\0{key}\0".encode()
        return blake2b(name + body, digest_size=_SEAL, key=self._secret).digest()

    def _unpacked(self, body: bytes, alike: dict[bytes, object]) -> object:
        if body[:1] != _PLAIN:
            return _Reader(zlib.decompress(body[1:]), self._classes).load()
        # Most files hold nothing of interest, and what is said of them is all the same.
        if body not in alike:
            value = _Reader(body[1:], self._classes).load()
            if len(alike) >= _MOST_ALIKE:
                return value
            alike[body] = value
        return alike[body]


def _packed(value: object) -> bytes:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return _PLAIN + data if len(data) < _WORTH_PACKING else _PACKED + zlib.compress(data, 1)


class _Reader(pickle.Unpickler):
    """Makes plain values and instances of certain classes, and finds nothing else by name."""

    def __init__(self, data: bytes, classes: Mapping[tuple[str, str], type]) -> None:
        super().__init__(io.BytesIO(data))
        self._classes = classes

    def find_class(self, module: str, name: str) -> type:
        """One of the classes it was given. Raises UnpicklingError for everything else."""
        found = self._classes.get((module, name))
        if found is None:
            msg = f"{module}.{name} is nothing that a cache holds"
            raise pickle.UnpicklingError(msg)
        return found
