"""What a scan remembers of earlier ones: results by file, and what was made of all of them together.

A key holds the path, the language and the digest of each file's bytes, the job, and the identity of the pass: nothing else decides about a result. A
result is kept only where the worker read the very bytes that the snapshot lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.ports.cache import key_of
from scanner.ports.engine import Detection, FileEngine, RepeatableEngine

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from scanner.ports.cache import ScanCache
    from scanner.ports.engine import Engine, FilePass
    from scanner.ports.source import Snapshot, SourceFile

_DETECTIONS = "detections"


class Recollection:
    """What earlier scans of the same files said, engine by engine. `passes` are those of the engines that work file by file.

    `changed` are the files that turn out to be others than the snapshot lists: what comes of them is not remembered.
    """

    def __init__(self, cache: ScanCache, snapshot: Snapshot, engines: Sequence[Engine], passes: Mapping[str, FilePass]) -> None:
        self._cache = cache
        self._keys = {engine.name: key for engine in engines if (key := _whole(snapshot, engine, passes))}
        self.changed: Collection[str] = ()
        found = cache.recall(_DETECTIONS, list(self._keys.values()))
        self.known: dict[str, Detection] = {
            name: value for name, key in self._keys.items() if isinstance(value := found.get(key), Detection) and value.run.engine == name
        }

    def keep(self, name: str, detection: Detection) -> None:
        """Remember what an engine said, unless it might say something else of the same files."""
        if name in self._keys and detection.lasting and not self.changed:
            self._cache.remember(_DETECTIONS, {self._keys[name]: detection})


def _whole(snapshot: Snapshot, engine: Engine, passes: Mapping[str, FilePass]) -> str:
    """The key of an engine's detection; empty where it is not known what that depends on."""
    if isinstance(engine, FileEngine) and engine.name in passes:
        one = passes[engine.name]
        files = [(file.path, file.language, file.digest, str(one.jobs[file.path])) for file in snapshot.files if file.path in one.jobs]
        return key_of(engine.name, one.identity, one.scope, files) if one.identity else ""
    if isinstance(engine, RepeatableEngine):
        return key_of(engine.name, engine.identity(), [(file.path, file.language, file.size, file.digest, file.original) for file in snapshot.files])
    return ""


def file_keys(one: FilePass, files: Iterable[SourceFile]) -> dict[str, str]:
    """The keys of a pass's results, by path; none for a pass that says nothing about itself."""
    if not one.identity:
        return {}
    return {
        file.path: key_of(one.identity, file.path, file.language, file.digest, str(one.jobs[file.path])) for file in files if file.path in one.jobs
    }
