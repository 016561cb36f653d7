"""People's decisions about findings: made, checked against the code, and pruned."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.app.wire import code_index, everything_of, load_decisions, prepare
from scanner.core.decision import Decision
from scanner.core.errors import OutputError, UsageError
from scanner.pipeline.identity import relied_on
from scanner.pipeline.scan import run_scan
from scanner.sources.roots import find_root
from scanner.stores.decisions import DECISIONS_FILE, write_decisions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from scanner.app.config import Config
    from scanner.core.finding import Finding
    from scanner.ports.observer import Observer

_SHORTEST = 6  # hexadecimal digits of a fingerprint that name a finding
_SHOWN = 5


class Standing(StrEnum):
    """What a decision is worth today."""

    HOLDS = "holds"
    CHANGED = "changed"  # the code it rests on is another
    EXPIRED = "expired"
    GONE = "gone"  # nothing is found there any more


@dataclass(frozen=True, slots=True)
class Checked:
    """A decision, what it is worth, and the finding it is about where there is one."""

    decision: Decision
    standing: Standing
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What a person says of the findings they decide about."""

    reason: str
    owner: str
    expires: date | None
    decided: date


def decide(config: Config, marks: Sequence[str], words: Words, observer: Observer) -> tuple[Decision, ...]:
    """All decisions of the file, with those about the findings that `marks` (fingerprints, or the beginnings of them) name.

    The code is scanned for them: a decision rests on the code as it is. Raises UsageError for a mark that names none of the findings, or several.
    """
    findings, codes = _examined(config, observer)
    made = {decision.fingerprint: decision for decision in load_decisions(config)}
    for mark in marks:
        finding = _named(mark, findings)
        made[finding.fingerprint] = Decision(
            fingerprint=finding.fingerprint,
            rule=finding.rule.id,
            path=finding.place.path,
            symbol=finding.symbol,
            reason=words.reason,
            owner=words.owner,
            decided=words.decided,
            code=codes[finding.fingerprint],
            expires=words.expires,
        )
    return tuple(made.values())


def check(config: Config, today: date, observer: Observer) -> tuple[Checked, ...]:
    """What each decision of the file is worth on the day `today`, in the file's order. Without decisions nothing is scanned."""
    decisions = load_decisions(config)
    if not decisions:
        return ()
    findings, codes = _examined(config, observer)
    by_mark = {finding.fingerprint: finding for finding in findings}
    return tuple(_checked(decision, by_mark.get(decision.fingerprint), codes, today) for decision in decisions)


def save(config: Config, decisions: Sequence[Decision]) -> Path:
    """Write the file of decisions, whole or not at all; the path it stands at. Raises OutputError where a link stands in the way."""
    path = find_root(config.targets, config.cwd) / DECISIONS_FILE
    if path.parent.is_symlink() or path.is_symlink():
        msg = f"{path} is behind a symbolic link, which is not followed"
        raise OutputError(msg, "a repository could lead the file anywhere; replace the link with a directory")
    path.parent.mkdir(exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(write_decisions(decisions))
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def _checked(decision: Decision, finding: Finding | None, codes: dict[str, str], today: date) -> Checked:
    if finding is None:
        return Checked(decision, Standing.GONE)
    if decision.expires is not None and today >= decision.expires:
        return Checked(decision, Standing.EXPIRED, finding)
    same = codes[finding.fingerprint] == decision.code
    return Checked(decision, Standing.HOLDS if same else Standing.CHANGED, finding)


def _examined(config: Config, observer: Observer) -> tuple[tuple[Finding, ...], dict[str, str]]:
    """Every finding, whatever its severity, and the hash of the code each rests on, by fingerprint."""
    ready = prepare(replace(config, access=None), observer)
    report = run_scan(ready.tools, everything_of(ready.policy))
    with ready.tools.source.open() as snapshot:
        index = code_index(snapshot, frozenset(item.path for item in report.coverage.skipped))
        return report.findings, {finding.fingerprint: relied_on(finding, index) for finding in report.findings}


def _named(mark: str, findings: Sequence[Finding]) -> Finding:
    wanted = mark.lower()
    if len(wanted) < _SHORTEST:
        msg = f"{mark} is too short to name a finding"
        raise UsageError(msg, f"give at least {_SHORTEST} digits of its fingerprint; `casemate scan -v` shows them")
    found = [finding for finding in findings if finding.fingerprint.startswith(wanted)]
    if not found:
        msg = f"no finding's fingerprint begins with {mark}"
        raise UsageError(msg, "`casemate scan -v` shows the fingerprints; scan the same paths as then")
    if len(found) > 1:
        places = ", ".join(f"{item.fingerprint[:12]} ({item.place.path}:{item.place.start_line})" for item in found[:_SHOWN])
        msg = f"{len(found)} findings' fingerprints begin with {mark}"
        raise UsageError(msg, f"give more digits: {places}")
    return found[0]
