"""What a rule is: a weakness, how bad it is, how far to trust it, and the words that explain it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

_RULE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Severity(IntEnum):
    """How bad a weakness is when it is real."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @property
    def label(self) -> str:
        """The lower-case name, as flags and reports write it."""
        return self.name.lower()


class Precision(IntEnum):
    """How often a rule's findings are true, in SARIF's four steps."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2
    VERY_HIGH = 3

    @property
    def label(self) -> str:
        """The lower-case name with a hyphen, as flags and reports write it."""
        return self.name.lower().replace("_", "-")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one engine, as every report shows it.

    `id` is flat and hyphenated (`python-sql-injection`); `cwe` lists numbers, the first being the weakness that identity rests on;
    `help` and `remediation` are Markdown; `digest` is a SHA-256 over everything that decides what the rule finds.
    `foreign` says that its words come with another tool's results, so that nobody here vouches for them.
    """

    id: str
    engine: str
    title: str
    cwe: tuple[int, ...]
    severity: Severity
    precision: Precision
    message: str
    help: str
    remediation: str
    digest: str
    languages: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    foreign: bool = False

    def __post_init__(self) -> None:
        if not _RULE_ID.fullmatch(self.id):
            msg = f"a rule id is lower-case words joined by hyphens: {self.id!r}"
            raise ValueError(msg)
        if not self.cwe or min(self.cwe) < 1:
            msg = f"rule {self.id} names no CWE"
            raise ValueError(msg)

    @property
    def weakness(self) -> str:
        """The CWE that identity rests on, as `CWE-89`."""
        return f"CWE-{self.cwe[0]}"
