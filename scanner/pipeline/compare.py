"""Comparison with an earlier scan: what is new, what stays, what moved, what is gone, and what nobody can know."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from scanner.core.finding import State, Trust
from scanner.core.problem import Problem, Stage
from scanner.pipeline.unasked import unasked
from scanner.syntax.languages import GRAMMARS, detect_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.core.coverage import SkippedPath
    from scanner.core.finding import Finding

_DECIDING = GRAMMARS | {"json"}  # the languages that decide about a flow through scripts, settings included
_DANGER = {trust: order for order, trust in enumerate(Trust)}


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier scan, whole: its findings without any threshold, suppressed ones included, and what it did not look at.

    `trusted` says that its suppressions count and those of the later scan do not: a change may not silence what it brings. `changed` are the paths of
    files that differ between the two; None where that is not known.
    """

    name: str
    findings: tuple[Finding, ...]
    skipped: tuple[SkippedPath, ...] = ()
    complete: bool = True
    trusted: bool = False
    changed: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """The later findings with their states, in their order; the earlier ones that are gone; and what a reader should know."""

    findings: tuple[Finding, ...]
    fixed: tuple[Finding, ...]
    problems: tuple[Problem, ...] = ()


def compare(findings: Sequence[Finding], earlier: Earlier, skipped: Sequence[SkippedPath]) -> Compared:
    """Pair the findings of two scans: by fingerprint, else by the looser identities, strictest first, each earlier finding once.

    `skipped` is what the later scan did not look at. An earlier finding there is unknown, not fixed; a later finding where the earlier scan did not
    look is unknown, not new.
    """
    pairing = _Pairing.of(findings, earlier.findings)
    builds = _Builds(earlier)
    unseen_before = _Paths([item for item in earlier.skipped if not item.original])
    unseen_now = _Paths(skipped)
    judged: list[Finding] = []
    problems: list[Problem] = []
    for number, finding in enumerate(findings):
        before = pairing.before.get(number)
        state = (None if before else builds.state(finding)) or _state(finding, before, unseen_before)
        if earlier.trusted and _silenced_here(finding, before, state):
            problems.append(_unsilenced(finding, earlier.name))
            finding = replace(finding, suppression=None)  # noqa: PLW2901 -- the same finding, heard
        judged.append(replace(finding, state=state))
    gone = [finding for number, finding in enumerate(earlier.findings) if number not in pairing.after]
    unknown = [unseen_now.holds(finding.place.path) or unasked(finding.place.path, [finding.rule]) for finding in gone]
    fixed = tuple(replace(finding, state=State.UNKNOWN if nobody else State.FIXED) for finding, nobody in zip(gone, unknown, strict=True))
    return Compared(tuple(judged), fixed, tuple(problems))


def _state(finding: Finding, before: Finding | None, unseen: _Paths) -> State:
    if before is None:
        return State.UNKNOWN if unseen.holds(finding.place.path) else State.NEW
    # What was silent speaks now: nobody has seen it in a report before.
    if _opened(finding, before) or (before.suppression is not None and finding.suppression is None):
        return State.NEW
    same = finding.place.path == before.place.path and finding.symbol == before.symbol
    return State.PERSISTING if same else State.MOVED


def _opened(finding: Finding, before: Finding) -> bool:
    """Whether the place is worse than before: graver, reached by somebody more dangerous, or one of more places.

    A parameter is one thing, a request another. Places are known by what is said of them: lines move.
    """
    if finding.severity > before.severity or Counter(place.note for place in finding.related) - Counter(place.note for place in before.related):
        return True
    return finding.trust is not None and (before.trust is None or _DANGER[finding.trust] < _DANGER[before.trust])


def _silenced_here(finding: Finding, before: Finding | None, state: State) -> bool:
    """Whether the finding is silent for a reason that the base does not know: a suppression speaks of what it was written for."""
    if finding.suppression is None:
        return False
    return before is None or before.suppression is None or state is not State.PERSISTING


def _unsilenced(finding: Finding, name: str) -> Problem:
    place = f"{finding.place.path}:{finding.place.start_line}"
    return Problem(Stage.SUPPRESS, place, f"a suppression that {name} does not have silences nothing in this comparison", incomplete=False)


@dataclass(slots=True)
class _Pairing:
    """Which later finding (by number) is which earlier one."""

    before: dict[int, Finding] = field(default_factory=dict)
    after: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, later: Sequence[Finding], earlier: Sequence[Finding]) -> _Pairing:
        pairing = cls()
        pairing.join([(item.fingerprint,) for item in later], [(item.fingerprint,) for item in earlier], earlier)
        levels = max((len(item.kin) for item in earlier), default=0)
        for level in range(levels):
            pairing.join([item.kin[level : level + 1] for item in later], [item.kin[level : level + 1] for item in earlier], earlier)
        return pairing

    def join(self, later: Sequence[tuple[str, ...]], earlier: Sequence[tuple[str, ...]], findings: Sequence[Finding]) -> None:
        """Pair what has the same key and no partner yet, in the order of the findings."""
        free: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for number in reversed(range(len(earlier))):
            if number not in self.after and earlier[number]:
                free[earlier[number]].append(number)
        for number, key in enumerate(later):
            if number not in self.before and key and free.get(key):
                partner = free[key].pop()
                self.before[number] = findings[partner]
                self.after.add(partner)


class _Builds:
    """What was compiled from other files when the earlier scan was made: what it says of those, it says of these."""

    def __init__(self, earlier: Earlier) -> None:
        self._changed = earlier.changed
        self._builds = {item.path for item in earlier.skipped if item.original}
        sources = {item.original for item in earlier.skipped if item.original}
        others = (earlier.changed or frozenset()) - sources if self._builds else frozenset()
        self._sources_only = not any(detect_language(path, b"") in _DECIDING for path in others)

    def state(self, finding: Finding) -> State | None:
        """The state of a finding in a file that was a build then; None for another.

        A change that edits the build brings what it finds there. One that edits sources alone brings nothing to what was built of them before: a
        finding that stays within such files was there, and told of the sources.
        """
        if finding.place.path not in self._builds:
            return None
        if self._changed is not None and finding.place.path in self._changed:
            return State.NEW
        within = all(step.span.path in self._builds for step in finding.trace.locations)
        return State.PERSISTING if within and self._sources_only and self._changed is not None else State.UNKNOWN


class _Paths:
    """Paths that were not looked at; a directory stands for all below it."""

    def __init__(self, skipped: Sequence[SkippedPath]) -> None:
        self._files = {item.path for item in skipped if not item.path.endswith("/")}
        self._directories = {item.path for item in skipped if item.path.endswith("/")}

    def holds(self, path: str) -> bool:
        return path in self._files or any(path[: index + 1] in self._directories for index, char in enumerate(path) if char == "/")
