"""One program: the facts of its files, linked, or remembered from when they were linked last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.core.collecting import collection_paused
from scanner.ports.cache import key_of
from scanner.taint.link.linker import Linked, link
from scanner.taint.packing import unpack
from scanner.taint.places import Places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.ports.cache import ScanCache
    from scanner.taint.knowledge import Knowledge
    from scanner.taint.packing import Packed

_SHELF: Final = "programs"


def linked_program(files: Sequence[Packed], knowledge: Knowledge, cache: ScanCache) -> Linked:
    """What the linker says of the files, with offsets as the files have them now.

    It sees ranks only, so that it has nothing to say that it did not say of files that differ in places alone.
    """
    key = key_of(knowledge.digest, sorted((file.path, file.shape) for file in files))
    linked = cache.recall(_SHELF, [key]).get(key)
    if not isinstance(linked, Linked):
        with collection_paused():
            linked = link([unpack(file) for file in files], knowledge)
        cache.remember(_SHELF, {key: linked})
    return Places({file.path: file.table for file in files}).linked(linked)
