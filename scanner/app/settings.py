"""Settings files: `casemate.toml`, or `[tool.casemate]` of a `pyproject.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from scanner.core.errors import ConfigError
from scanner.core.nearest import nearest
from scanner.core.rule import Precision, Severity
from scanner.reporters.neutral import neutral

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

T = TypeVar("T")

_MAX_BYTES = 1_000_000
SEVERITIES = {severity.label: severity for severity in Severity}
PRECISIONS = {precision.label: precision for precision in Precision}
NEVER = "never"
NAMES = ("casemate.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a settings file says; None where it is silent. Paths are absolute and stay below the file's own directory."""

    file: Path | None = None
    exclude: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    rules: tuple[Path, ...] | None = None
    semgrep_config: tuple[Path, ...] | None = None
    disable: tuple[str, ...] | None = None
    min_severity: Severity | None = None
    min_confidence: Precision | None = None
    fail_on: str | None = None
    strict: bool | None = None
    honor_foreign_ignores: bool | None = None
    max_file_size: int | None = None
    jobs: int | None = None
    baseline: Path | None = None


def find_settings(start: Path, top: Path | None = None) -> Path | None:
    """The nearest `casemate.toml`, or `pyproject.toml` that has a `[tool.casemate]` table, in a directory or above it, up to `top`."""
    within = any((directory / ".git").exists() for directory in (start, *start.parents)) or top is not None
    # Outside of a repository nothing says where a project ends: a file in /tmp must not decide about everything below it.
    for directory in (start, *start.parents) if within else (start,):
        own = directory / NAMES[0]
        if own.is_file():
            return own
        project = directory / NAMES[1]
        if project.is_file() and _table(project) is not None:
            return project
        if directory == top or (directory / ".git").exists():
            return None  # what lies above the repository speaks for something else
    return None


def read_settings(path: Path) -> Settings:
    """The settings of one file. Raises ConfigError with every mistake in it, a line each."""
    table = _table(path)
    if table is None:
        msg = f"{path}: there is no [tool.casemate] table in it"
        raise ConfigError(msg, "add the table, or name a casemate.toml")
    reader = _Reader(path, table)
    settings = Settings(
        file=path,
        exclude=reader.strings("exclude"),
        languages=reader.strings("languages"),
        rules=reader.paths("rules"),
        semgrep_config=reader.paths("semgrep-config"),
        disable=reader.strings("disable"),
        min_severity=reader.choice("min-severity", SEVERITIES),
        min_confidence=reader.choice("min-confidence", PRECISIONS),
        fail_on=reader.choice("fail-on", {name: name for name in (*SEVERITIES, NEVER)}),
        strict=reader.boolean("strict"),
        honor_foreign_ignores=reader.boolean("honor-foreign-ignores"),
        max_file_size=reader.count("max-file-size"),
        jobs=reader.count("jobs"),
        baseline=reader.path("baseline"),
    )
    reader.finish()
    return settings


def _table(path: Path) -> Mapping[str, object] | None:
    try:
        data = path.read_bytes() if path.stat().st_size <= _MAX_BYTES else None
    except OSError as error:
        msg = f"{path}: cannot be read: {error.strerror}"
        raise ConfigError(msg) from error
    if data is None:
        msg = f"{path}: larger than {_MAX_BYTES} bytes, which no settings file is"
        raise ConfigError(msg)
    try:
        document = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is one, and so is what a number of too many digits raises
        if path.name == NAMES[1] and b"tool.casemate" not in data:
            return None  # a broken project file that does not speak to us is somebody else's to mend
        msg = f"{path}: not valid TOML: {error}"
        raise ConfigError(msg) from error
    if path.name != NAMES[1]:
        return document
    tool = document.get("tool")
    table = tool.get("casemate") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


class _Reader:
    """Takes keys out of one table, remembering the mistakes."""

    def __init__(self, path: Path, table: Mapping[str, object]) -> None:
        self._path = path
        self._table = table
        self._known: list[str] = []
        self._mistakes: list[tuple[int, str]] = []

    def strings(self, key: str) -> tuple[str, ...] | None:
        return self._take(key, "a list of strings", _as_strings)

    def boolean(self, key: str) -> bool | None:
        return self._take(key, "true or false", lambda value: value if isinstance(value, bool) else None)

    def count(self, key: str) -> int | None:
        return self._take(key, "a whole number of at least 1", _as_count)

    def choice(self, key: str, choices: Mapping[str, T]) -> T | None:
        return self._take(key, "one of " + ", ".join(choices), lambda value: choices.get(value) if isinstance(value, str) else None)

    def paths(self, key: str) -> tuple[Path, ...] | None:
        names = self.strings(key)
        return None if names is None else tuple(path for name in names if (path := self._below(key, name)) is not None)

    def path(self, key: str) -> Path | None:
        name = self._take(key, "a path", lambda value: value if isinstance(value, str) else None)
        return None if name is None else self._below(key, name)

    def _below(self, key: str, name: str) -> Path | None:
        home = self._path.parent.resolve()
        path = (home / name).resolve()
        if path.is_relative_to(home):
            return path
        self._mistake(key, f"{key}: {name} leads out of {home}; paths in a settings file stay below it")
        return None

    def _take(self, key: str, expected: str, convert: Callable[[object], T | None]) -> T | None:
        self._known.append(key)
        if key not in self._table:
            return None
        value = convert(self._table[key])
        if value is None:
            self._mistake(key, f"{key}: expected {expected}, found {self._table[key]!r}")
        return value

    def _mistake(self, key: str, message: str) -> None:
        found = re.search(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*=", self._path.read_text("utf-8"), re.MULTILINE)
        line = 1 if found is None else self._path.read_text("utf-8").count("\n", 0, found.end()) + 1
        self._mistakes.append((line, message))

    def finish(self) -> None:
        for key in self._table:
            if key not in self._known:
                close = nearest(key, self._known)
                self._mistake(key, f"{neutral(key)}: there is no such setting" + (f" (did you mean {close[0]}?)" if close else ""))
        if self._mistakes:
            raise ConfigError("\n".join(f"{self._path}:{line}: {message}" for line, message in sorted(self._mistakes)))


def _as_strings(value: object) -> tuple[str, ...] | None:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return None


def _as_count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 1 else None
