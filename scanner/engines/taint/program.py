"""One program: the facts of its files, linked, or remembered from when they were linked last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.core.collecting import collection_paused
from scanner.ports.cache import key_of
from scanner.taint.link.linker import Linked, link
from scanner.taint.places import Places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.engines.taint.job import FileResult
    from scanner.ports.cache import ScanCache
    from scanner.taint.knowledge import Knowledge

_SHELF: Final = "programs"


def linked_program(files: Sequence[FileResult], knowledge: Knowledge, cache: ScanCache) -> Linked:
    """What the linker says of the files, with offsets as the files have them now.

    It sees ranks only, so that it has nothing to say that it did not say of files that differ in places alone.
    """
    facts = [item.facts for item in files if item.facts is not None]
    key = key_of(knowledge.digest, sorted((item.facts.path, item.shape) for item in files if item.facts is not None))
    linked = cache.recall(_SHELF, [key]).get(key)
    if not isinstance(linked, Linked):
        with collection_paused():
            linked = link(facts, knowledge)
        cache.remember(_SHELF, {key: linked})
    return Places({item.facts.path: item.table for item in files if item.facts is not None}).linked(linked)
