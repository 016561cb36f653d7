"""Failures that end a scan. Whatever does not end it is a `Problem`, a value.

ScannerError            the scan cannot go on (exit code 2 unless a subclass says otherwise)
|- UsageError           flags or paths that make no sense
|- ConfigError          a configuration file with a mistake in it
|- RuleError            rule files with mistakes in them, all of them collected
|- SourceError          the thing to scan cannot be opened
|- OutputError          a report could not be delivered
`- InterruptedScanError the user pressed Ctrl-C (exit code 130)
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process says to its caller."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    INTERNAL = 3
    INCOMPLETE = 4
    INTERRUPTED = 130


class ScannerError(Exception):
    """The scan cannot go on; `str(error)` is one clear line for a person, `hint` says what to do about it."""

    exit_code: ExitCode = ExitCode.USAGE

    def __init__(self, message: str, hint: str = "") -> None:
        """`message` says what happened and where; `hint`, when given, what to do."""
        super().__init__(message)
        self.hint = hint


class UsageError(ScannerError):
    """Flags or paths that make no sense."""


class ConfigError(ScannerError):
    """A configuration file with a mistake in it."""


class RuleError(ScannerError):
    """Rule files with mistakes in them; the message lists every one, a line each."""


class SourceError(ScannerError):
    """The thing to scan cannot be opened."""


class OutputError(ScannerError):
    """A report could not be delivered."""


class InterruptedScanError(ScannerError):
    """The user pressed Ctrl-C."""

    exit_code = ExitCode.INTERRUPTED
