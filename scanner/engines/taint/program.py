"""One program: the facts of its files, linked, or remembered from when they were linked last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.core.collecting import collection_paused
from scanner.ports.cache import key_of
from scanner.taint.linked import Linked
from scanner.taint.packing import unpack
from scanner.taint.places import Places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.ports.cache import ScanCache
    from scanner.ports.executor import Executor
    from scanner.taint.knowledge import Knowledge
    from scanner.taint.packing import Packed

_SHELF: Final = "programs"
_LARGE: Final = 30_000  # bytes of tables of places: linking takes a third of a second from here on, which is worth a process that is not forked


class Program:
    """What the linker says of the files of a program. A large one is linked beside what happens until somebody asks."""

    def __init__(self, files: Sequence[Packed], knowledge: Knowledge, executor: Executor, cache: ScanCache) -> None:
        self._linking: Final = _Linking(files, knowledge)
        self._cache: Final = cache
        self._key: Final = key_of(knowledge.digest, sorted((file.path, file.shape) for file in files))
        known = cache.recall(_SHELF, [self._key]).get(self._key)
        self._known: Final = known if isinstance(known, Linked) else None
        large = self._known is None and sum(len(file.table) for file in files) >= _LARGE
        self._begun: Final = executor.start(self._linking) if large else None

    def linked(self) -> Linked:
        """The flows, with offsets as the files have them now: the linker sees ranks, and says the same of files that differ in places alone."""
        linked = self._known
        if linked is None:
            # A process that was lost is no reason not to link.
            linked = (self._begun().result if self._begun else None) or self._linking()
            self._cache.remember(_SHELF, {self._key: linked})
        return Places({file.path: file.table for file in self._linking.files}).linked(linked)


@dataclass(frozen=True, slots=True)
class _Linking:
    files: Sequence[Packed]
    knowledge: Knowledge

    def __call__(self) -> Linked:
        from scanner.taint.link.linker import link  # noqa: PLC0415 -- most scans find it linked

        with collection_paused():
            return link([unpack(file) for file in self.files], self.knowledge)
