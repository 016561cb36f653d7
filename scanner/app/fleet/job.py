"""One repository's scan as plain data: what a job says, what becomes of it, and both as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from scanner.app.choices import Asking, Provider
from scanner.app.fleet.targets import Target

DEFAULT_SECONDS: Final = 1_800.0
MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """How every repository of a fleet is scanned; names and labels as the command line has them.

    `trust` lets a repository's own settings, ignore files and decisions count; without it none of them does. `triage` says whether a model is asked,
    and the rest which one: how it is reached is never among the settings, which travel and are written down.
    """

    rules: tuple[str, ...] = ()
    semgrep_config: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    engines: tuple[str, ...] = ()
    min_severity: str = ""
    min_confidence: str = ""
    fail_on: str = ""
    strict: bool = False
    trust: bool = False
    protocols: tuple[str, ...] = ("https", "ssh")
    triage: str = Asking.OFF.value
    provider: str = Provider.ANTHROPIC.value
    model: str = ""
    strong_model: str = ""
    models_file: str = ""
    challenge_all: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What one repository may take: wall time in seconds, memory of all its processes together and the size of its clone in bytes."""

    seconds: float = DEFAULT_SECONDS
    memory: int = 4096 * MIB
    clone: int = 2048 * MIB


@dataclass(frozen=True, slots=True)
class Job:
    """One repository to scan. `version` and `rules` are the driver's: a node with another Casemate or other rules refuses the job.

    `max_cost_usd` is what triage may spend on it, as a decimal number; "0" where no model is asked. `today` is the day by which decisions expire.
    """

    target: Target
    settings: Settings
    limits: Limits
    version: str
    rules: str
    today: date
    max_cost_usd: str = "0"


class Status(StrEnum):
    """How a repository's scan ended: looked at in full, in part, or not at all."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    FAILED = "failed"


class Why(StrEnum):
    """Why a repository's scan failed."""

    TIME = "time"
    MEMORY = "memory"
    CRASHED = "crashed"
    SOURCE = "source"  # it cannot be opened, cloned, or does not have the revision
    SETTINGS = "settings"  # its own, which are trusted and wrong
    NODE = "node"  # the machine it ran on is another Casemate's, or was lost more often than is tried again


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job. `sarif` and `report` are texts, empty for a scan that failed; then `why` and `detail` say how.

    `kin` maps fingerprints to looser identities, as findings have them. `seconds` and `peak` (bytes) are measured, and no part of any report.
    """

    status: Status
    exit_code: int
    commit: str = ""
    sarif: str = ""
    report: str = ""
    why: Why | None = None
    detail: str = ""
    kin: tuple[tuple[str, tuple[str, ...]], ...] = ()
    seconds: float = 0.0
    peak: int = 0


def job_json(job: Job) -> str:
    """A job as one line of ASCII."""
    return json.dumps({**asdict(job), "today": job.today.isoformat()})


def read_job(text: str | bytes) -> Job:
    """The job that `job_json` wrote. It comes from our own process; anything else raises."""
    value: dict[str, Any] = json.loads(text)
    return Job(
        target=Target(**value.pop("target")),
        settings=read_settings_json(value.pop("settings")),
        limits=Limits(**value.pop("limits")),
        today=date.fromisoformat(value.pop("today")),
        **value,
    )


def settings_json(settings: Settings) -> dict[str, Any]:
    """Settings in JSON's types."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(settings).items()}


def read_settings_json(value: dict[str, Any]) -> Settings:
    """The settings that `settings_json` wrote."""
    made: dict[str, Any] = {key: tuple(item) if isinstance(item, list) else item for key, item in value.items()}
    return Settings(**made)
