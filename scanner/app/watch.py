"""Scanning again whenever something changed, and saying what that did."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from scanner.app.wire import prepare, scan_prepared
from scanner.sources.watching import stamps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scanner.app.config import Config
    from scanner.core.finding import Finding
    from scanner.core.report import ScanReport
    from scanner.ports.cache import ScanCache
    from scanner.ports.observer import Observer

INTERVAL: Final = 0.5  # seconds between two looks
_CALM: Final = 0.1  # seconds without a change before a scan: editors and checkouts write many files, or one in several steps


@dataclass(frozen=True, slots=True)
class Round:
    """One scan of a watch: what it says, what it found that the one before had not, what is gone, and how many seconds it took."""

    report: ScanReport
    new: tuple[Finding, ...]
    fixed: tuple[Finding, ...]
    seconds: float
    first: bool = False


def watch(config: Config, observer: Observer, cache: ScanCache, pause: Callable[[float], None] = time.sleep) -> Iterator[Round]:
    """Scan, and again after every change, for as long as somebody asks for the next round. Rules and settings are those of the beginning.

    No model is asked. Raises as `wire.scan` does.
    """
    config = replace(config, access=None)
    ready = prepare(config, observer, cache)
    without = [output.path.resolve() for output in config.outputs]
    if config.cache is not None:
        without.append(config.cache.directory.resolve())
    targets = [target.resolve() for target in config.targets]
    before: tuple[Finding, ...] = ()
    first = True
    while True:
        seen = stamps(targets, without)
        started = time.monotonic()
        report = scan_prepared(config, ready, datetime.now(UTC).date())
        yield Round(report, *differences(before, report.active), time.monotonic() - started, first)
        before, first = report.active, False
        while (now := stamps(targets, without)) == seen:
            pause(INTERVAL)
        while now != seen:
            seen = now
            pause(_CALM)
            now = stamps(targets, without)


def differences(before: tuple[Finding, ...], after: tuple[Finding, ...]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What is in the second and not in the first, and the other way round, in their orders. A finding that moved within its file stays the same."""
    return _without(after, before), _without(before, after)


def _without(some: tuple[Finding, ...], others: tuple[Finding, ...]) -> tuple[Finding, ...]:
    left = Counter(finding.fingerprint for finding in others)
    found = []
    for finding in some:
        if left[finding.fingerprint]:
            left[finding.fingerprint] -= 1
        else:
            found.append(finding)
    return tuple(found)
