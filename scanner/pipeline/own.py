"""The files that Casemate itself keeps beside the code: a baseline and people's decisions. They are no code, and nothing is found in them.

A name is not believed: a file counts as ours when it has one of the two names, below a folder of that name, and holds nothing but data of our own
shape, in formats that cannot be executed. Whatever else lies in the folder, and whatever else lies under these names, is scanned like all the rest.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from scanner.core.coverage import Skip, SkippedPath
from scanner.core.decision import DECISIONS_FILE
from scanner.core.files import Unreadable, read_confined
from scanner.core.report import BASELINE_FILE, SCHEMAS

if TYPE_CHECKING:
    from scanner.ports.source import Snapshot

_MOST_BYTES: Final = 64 * 1024 * 1024
_KEYS: Final = frozenset({"version", "decisions"})
_WHY: Final = "data that Casemate wrote"


def without_own_data(snapshot: Snapshot) -> Snapshot:
    """The snapshot with our own data left out, and said to be."""
    large = {item.path for item in snapshot.skipped if item.reason is Skip.TOO_LARGE}
    ours = {path for path in (*(file.path for file in snapshot.files), *large) if _is_ours(snapshot, path)}
    if not ours:
        return snapshot
    kept = (item for item in snapshot.skipped if item.path not in ours)
    return replace(
        snapshot,
        files=tuple(file for file in snapshot.files if file.path not in ours),
        skipped=tuple(sorted((*kept, *(SkippedPath(path, Skip.GENERATED, _WHY) for path in ours)))),
        problems=tuple(item for item in snapshot.problems if item.subject not in ours),
    )


def _is_ours(snapshot: Snapshot, path: str) -> bool:
    check = next((check for name, check in _CHECKS if f"/{path}".endswith(f"/{name}")), None)
    if check is None:
        return False
    data = read_confined(snapshot.root, path, _MOST_BYTES)
    return not isinstance(data, Unreadable) and check(data)


def _is_baseline(data: bytes) -> bool:
    try:
        value = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and value.get("schema") in SCHEMAS


def _is_decisions(data: bytes) -> bool:
    from scanner.rulepack.positions import Bounds, read_document  # noqa: PLC0415 -- few repositories have the file, and YAML loads slowly
    from scanner.rulepack.positions import Unreadable as NoDocument  # noqa: PLC0415 -- as above

    document = read_document(data, Bounds(size=_MOST_BYTES))
    return not isinstance(document, NoDocument) and isinstance(document.value, dict) and document.value.keys() == _KEYS


_CHECKS: Final = ((BASELINE_FILE, _is_baseline), (DECISIONS_FILE, _is_decisions))
