"""What Semgrep said of a file is remembered: it looks at each by itself, so it says the same of it whatever it is given beside it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from scanner.core.files import Unreadable, read_confined
from scanner.engines.semgrep.failures import is_lasting, is_silent_about_rules
from scanner.engines.semgrep.outcome import Outcome
from scanner.engines.semgrep.output import Complaint, Match, Output
from scanner.engines.semgrep.plan import MAX_BYTES_A_FILE, Run, Target
from scanner.ports.cache import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from scanner.engines.semgrep.plan import Wanted
    from scanner.ports.cache import ScanCache
    from scanner.ports.source import Snapshot, SourceFile

_SHELF: Final = "semgrep"


@dataclass(frozen=True, slots=True)
class Said:
    """What Semgrep said of one file; its places are relative to the root. `scanned` is False where no rule turned out to be for it."""

    version: str
    matches: tuple[Match, ...]
    complaints: tuple[Complaint, ...]
    scanned: bool


class Memory:
    """What is known of those files of a snapshot for which rules are `wanted`.

    `digests` are those of the rules by id, `settings` all else that an answer depends on.
    """

    def __init__(self, cache: ScanCache, snapshot: Snapshot, wanted: Wanted, digests: Mapping[str, str], settings: str) -> None:
        self._cache = cache
        self._root = snapshot.root
        self._files = {file.path: file for file in snapshot.files if file.path in wanted}
        self._targets = {path: tuple(Target(path, analyzer) for analyzer, _ in asked) for path, asked in wanted.items()}
        self._keys = {
            path: key_of(
                settings, path, file.language, file.digest, [(analyzer, [(name, digests[name]) for name in ids]) for analyzer, ids in wanted[path]]
            )
            for path, file in self._files.items()
        }
        found = cache.recall(_SHELF, list(self._keys.values()))
        self._known = {path: said for path, key in self._keys.items() if isinstance(said := found.get(key), Said)}

    @property
    def unknown(self) -> tuple[SourceFile, ...]:
        """The files that Semgrep has to be asked about."""
        return tuple(file for path, file in self._files.items() if path not in self._known)

    def nothing_in(self, paths: Sequence[str], version: str) -> Outcome:
        """What Semgrep would say of files that no rule can match in."""
        return self._outcome(version, {path: Said(version, (), (), scanned=True) for path in paths})

    def outcomes(self) -> list[Outcome]:
        """What is known, as if it had just been said; nothing where nothing is."""
        by_version: dict[str, dict[str, Said]] = {}
        for path, said in self._known.items():
            by_version.setdefault(said.version, {})[path] = said
        return [self._outcome(version, known) for version, known in by_version.items()]

    def _outcome(self, version: str, known: Mapping[str, Said]) -> Outcome:
        output = Output(
            version=version,
            matches=tuple(_moved(match, self._absolute) for said in known.values() for match in said.matches),
            complaints=tuple(replace(item, path=self._absolute(item.path)) for said in known.values() for item in said.complaints),
            scanned=frozenset(self._absolute(path) for path, said in known.items() if said.scanned),
        )
        return Outcome(Run(tuple(target for path in known for target in self._targets[path]), ()), output)

    def keep(self, outcomes: Iterable[Outcome]) -> bool:
        """Remember what was said now, of the files that are still what they were. Whether that goes for all files, those known before included."""
        kept = {path for path, said in self._known.items() if not said.matches or self._same(path)}
        for outcome in outcomes:
            if outcome.output is not None and not outcome.failure and is_silent_about_rules(outcome.log):
                parts = self._apart(outcome.run, outcome.output)
                self._cache.remember(_SHELF, {self._keys[path]: said for path, said in parts.items()})
                kept.update(parts)
        return kept == self._files.keys()

    def _apart(self, run: Run, output: Output) -> dict[str, Said]:
        names = {self._absolute(path): path for path in run.files}
        matches: dict[str, list[Match]] = {path: [] for path in run.files}
        complaints: dict[str, list[Complaint]] = {path: [] for path in run.files}
        for match in output.matches:
            path = names.get(match.place.path)
            if path is None or any(step.place.path != match.place.path for step in match.steps):
                return {}  # not what we know of Semgrep: nothing of it is believed twice
            matches[path].append(_moved(match, names.__getitem__))
        passing: set[str] = set()
        for complaint in output.complaints:
            path = names.get(complaint.path)
            if path is None:
                return {}  # about a rule, or about the run
            if not is_lasting(complaint) or os.fspath(self._root) in complaint.message:
                passing.add(path)
            complaints[path].append(replace(complaint, path=path))
        scanned = {path for name in output.scanned if (path := names.get(name)) is not None}
        return {
            path: Said(output.version, tuple(matches[path]), tuple(complaints[path]), path in scanned)
            for path in run.files
            if path not in passing and self._same(path)
        }

    def _same(self, path: str) -> bool:
        data = read_confined(self._root, path, MAX_BYTES_A_FILE)
        return not isinstance(data, Unreadable) and sha256(data).hexdigest() == self._files[path].digest

    def _absolute(self, path: str) -> str:
        return os.fspath(self._root / path)


def _moved(match: Match, name: Callable[[str], str]) -> Match:
    """The match with its file, which all its places are in, under another name."""
    path = name(match.place.path)
    steps = tuple(replace(step, place=replace(step.place, path=path)) for step in match.steps)
    return replace(match, place=replace(match.place, path=path), steps=steps)
