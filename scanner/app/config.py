"""The configuration of one run: flags over settings file over defaults, and the only reading of the environment."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from scanner.app.base import Base, open_base
from scanner.app.cache_choice import CacheChoice
from scanner.app.choices import Access, Asking, Provider, TriageChoice, missing
from scanner.app.settings import NEVER, SEVERITIES, Settings, find_settings, read_settings
from scanner.core.decision import DECISIONS_FILE
from scanner.core.errors import UsageError
from scanner.core.rule import Precision, Severity
from scanner.sources.roots import find_root

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

T = TypeVar("T")

DEFAULT_MAX_FILE_SIZE = 1_500_000


class Format(StrEnum):
    """The shapes a report can take."""

    TERMINAL = "terminal"
    SARIF = "sarif"
    SARIF_FULL = "sarif-full"
    SARIF_ADO = "sarif-ado"
    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"
    CSV = "csv"
    JUNIT = "junit"
    GITLAB_CODE_QUALITY = "gitlab-code-quality"
    GITLAB_SAST = "gitlab-sast"
    SONAR = "sonar"
    GITHUB = "github"


ENDINGS = {
    ".sarif": Format.SARIF,
    ".sarif.json": Format.SARIF,
    ".full.sarif": Format.SARIF_FULL,
    ".ado.sarif": Format.SARIF_ADO,
    ".json": Format.JSON,
    ".html": Format.HTML,
    ".md": Format.MARKDOWN,
    ".csv": Format.CSV,
    ".junit.xml": Format.JUNIT,
    ".gl-code-quality.json": Format.GITLAB_CODE_QUALITY,
    ".gl-sast.json": Format.GITLAB_SAST,
    ".sonar.json": Format.SONAR,
    ".txt": Format.TERMINAL,
}
"""What the ending of a file's name says about the shape of the report in it; the longest that fits counts."""


class Color(StrEnum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Environment:
    """All that we take from the process's surroundings. No secret is in it."""

    no_color: bool
    force_color: bool
    dumb_terminal: bool
    columns: int | None
    search_path: str

    @classmethod
    def read(cls, variables: Mapping[str, str] | None = None) -> Environment:
        """From the process's variables, or from those given."""
        source = os.environ if variables is None else variables
        columns = source.get("COLUMNS", "")
        return cls(
            no_color=bool(source.get("NO_COLOR")),
            force_color=bool(source.get("FORCE_COLOR")),
            dumb_terminal=source.get("TERM", "") in {"", "dumb"},
            columns=int(columns) if columns.isdecimal() and int(columns) > 0 else None,
            search_path=source.get("PATH", os.defpath),
        )


@dataclass(frozen=True, slots=True)
class Output:
    """One report to write: where and in which shape."""

    path: Path
    format: Format


@dataclass(frozen=True, slots=True)
class Flags:
    """What the command line said; None where it was silent."""

    targets: tuple[Path, ...] = ()
    format: Format | None = None
    outputs: tuple[Path, ...] = ()
    rules: tuple[Path, ...] = ()
    semgrep_config: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    engines: tuple[str, ...] = ()
    min_severity: Severity | None = None
    min_confidence: Precision | None = None
    fail_on: str | None = None
    exit_zero: bool = False
    strict: bool | None = None
    honor_foreign_ignores: bool | None = None
    jobs: int | None = None
    config: Path | None = None
    isolated: bool = False
    revision: str | None = None
    diff: str | None = None
    baseline: Path | None = None
    triage: TriageChoice = field(default_factory=TriageChoice)
    cache: bool = False
    cache_dir: Path | None = None
    quiet: bool = False
    verbosity: int = 0
    color: Color = Color.AUTO


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a scan needs to know, decided.

    `base` is what a change is compared with, `baseline` a report to compare with instead; `decisions` is the file of people's decisions, None where
    there is none. `access` is how a model can be reached, None where none is asked; `cache` is where results are remembered, None where they are not.
    """

    targets: tuple[Path, ...]
    cwd: Path
    format: Format | None
    outputs: tuple[Output, ...]
    rules: tuple[Path, ...]
    semgrep_config: tuple[str, ...]
    exclude: tuple[str, ...]
    languages: frozenset[str] | None
    disable: frozenset[str]
    engines: frozenset[str] | None
    min_severity: Severity
    min_confidence: Precision
    fail_on: Severity | None
    exit_zero: bool
    strict: bool
    honor_foreign_ignores: bool
    max_file_size: int
    jobs: int
    settings_file: Path | None
    revision: str | None
    base: Base | None
    baseline: Path | None
    decisions: Path | None
    triage: TriageChoice
    access: Access | None
    cache: CacheChoice | None
    quiet: bool
    verbosity: int
    color: Color
    environment: Environment


@contextmanager
def configured(flags: Flags, environment: Environment, cwd: Path) -> Iterator[Config]:
    """Decide, for as long as the context lasts: a comparison keeps the files of its base that long. Raises as `configure`, and SourceError."""
    if flags.diff is None:
        yield configure(flags, environment, cwd)
        return
    named = (*flags.rules, *(Path(path) for path in flags.semgrep_config), *filter(None, [flags.config]))
    with open_base(flags.diff, _targets(flags.targets, cwd), flags.revision, tuple(cwd / path for path in named)) as base:
        yield configure(flags, environment, cwd, base)


def configure(flags: Flags, environment: Environment, cwd: Path, base: Base | None = None) -> Config:
    """Decide. Raises UsageError for flags that make no sense and ConfigError for a settings file with mistakes."""
    targets = _targets(flags.targets, cwd)
    settings = _settings(flags, targets[0], base)
    if base is not None and flags.baseline is not None:
        msg = "--diff and --baseline are two things to compare with"
        raise UsageError(msg, "name one of them")
    fail_on = flags.fail_on or settings.fail_on or Severity.HIGH.label
    return Config(
        targets=targets,
        cwd=cwd,
        format=_stdout_format(flags),
        outputs=tuple(Output(cwd / path, shape_of(path)) for path in flags.outputs),
        rules=tuple(_at_base(base, path.resolve()) for path in flags.rules) or settings.rules or (),
        semgrep_config=tuple(_named(base, name) for name in flags.semgrep_config) or tuple(str(path) for path in settings.semgrep_config or ()),
        exclude=(*(settings.exclude or ()), *flags.exclude),
        languages=frozenset(flags.languages or settings.languages or ()) or None,
        engines=frozenset(flags.engines) or None,
        disable=frozenset((*(settings.disable or ()), *flags.disable)),
        min_severity=_first(flags.min_severity, settings.min_severity, Severity.LOW),
        min_confidence=_first(flags.min_confidence, settings.min_confidence, Precision.MEDIUM),
        fail_on=None if fail_on == NEVER else SEVERITIES[fail_on],
        exit_zero=flags.exit_zero,
        strict=bool(_either(flags.strict, settings.strict)),
        honor_foreign_ignores=bool(_either(flags.honor_foreign_ignores, settings.honor_foreign_ignores)),
        max_file_size=settings.max_file_size or DEFAULT_MAX_FILE_SIZE,
        jobs=flags.jobs or settings.jobs or processors(),
        settings_file=settings.file,
        revision=flags.revision,
        base=base,
        baseline=(flags.baseline or settings.baseline) if base is None else None,
        decisions=None if flags.isolated else _decisions(targets, cwd, base),
        triage=replace(flags.triage, cache=cache_folder()) if flags.triage.cache is None else flags.triage,
        access=read_access(flags.triage),
        cache=_cache(flags, cwd, base),
        quiet=flags.quiet,
        verbosity=flags.verbosity,
        color=flags.color,
        environment=environment,
    )


def process_variables() -> Mapping[str, str]:
    """The process's variables, for the action and the publisher, which GitHub's runner talks to through them."""
    return dict(os.environ)


def read_access(choice: TriageChoice) -> Access | None:
    """How a model can be reached, None where none is to be asked or none can be. Raises UsageError where that was asked for."""
    if choice.mode is Asking.OFF or choice.plan:
        return None
    access = Access.read(choice.provider, os.environ)
    if access is None and (choice.mode is Asking.ALL or choice.provider is not Provider.ANTHROPIC):
        raise missing(choice.provider)
    return access


def cache_folder() -> Path | None:
    """Where this user's programs keep what they can make again (XDG Base Directory Specification), None where there is no home."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    home = os.environ.get("HOME", "")
    base = Path(given) if given.startswith("/") else Path(home) / ".cache" if home.startswith("/") else None
    return base / "casemate" if base else None


def can_ask(provider: Provider) -> bool:
    """Whether this machine has a way to a provider's models."""
    return Access.read(provider, os.environ) is not None


def state_folder() -> Path | None:
    """Where this user's programs keep what is theirs alone (XDG Base Directory Specification), None where there is no home."""
    given = os.environ.get("XDG_STATE_HOME", "")
    home = os.environ.get("HOME", "")
    base = Path(given) if given.startswith("/") else Path(home) / ".local" / "state" if home.startswith("/") else None
    return base / "casemate" if base else None


def _cache(flags: Flags, cwd: Path, base: Base | None) -> CacheChoice | None:
    directory = cwd / flags.cache_dir if flags.cache_dir is not None else cache_folder()
    if not flags.cache or directory is None:
        return None
    # What nobody has merged yet: a comparison with a base says so, and so do the build services whose caches outlive a run.
    proposed = base is not None or os.environ.get("GITHUB_EVENT_NAME", "").startswith("pull_request") or bool(os.environ.get("CI_MERGE_REQUEST_IID"))
    return CacheChoice(directory, state_folder(), os.environ.get("CASEMATE_CACHE_KEY", ""), trusted=not proposed)


def has_model_key() -> bool:
    """Whether a key for the model's service is set. The key itself is not looked at."""
    return bool(os.environ.get("ANTHROPIC_API_KEY"))


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def _first(*choices: T | None) -> T:
    return next(choice for choice in choices if choice is not None)


def _either(flag: bool | None, setting: bool | None) -> bool | None:  # noqa: FBT001 -- two of the same kind, in the order of their weight
    return setting if flag is None else flag


def _targets(named: tuple[Path, ...], cwd: Path) -> tuple[Path, ...]:
    targets = tuple(cwd / path for path in named) or (cwd,)
    for shown, target in zip(named or targets, targets, strict=True):
        if not os.path.lexists(target):
            msg = f"there is no file or directory at {shown}"
            raise UsageError(msg, "check the path; with --rev, paths are looked up in the work tree first")
        if not (target.is_file() or target.is_dir()):
            msg = f"{shown} is neither a file nor a directory that can be opened"
            raise UsageError(msg)
    return targets


def _settings(flags: Flags, first: Path, base: Base | None) -> Settings:
    if flags.config is not None:
        file = _at_base(base, flags.config)
        if not file.is_file():
            msg = f"there is no settings file at {flags.config}" + (f" in {base.title}" if base else "")
            raise UsageError(msg, "a comparison takes the settings of its base" if base else "")
        return read_settings(file)
    if flags.isolated:
        return Settings()
    resolved = first.resolve()
    start = _at_base(base, resolved if resolved.is_dir() else resolved.parent)
    found = find_settings(start, base.directory if base else None)
    return Settings() if found is None else read_settings(found)


def _at_base(base: Base | None, path: Path) -> Path:
    return path if base is None else base.then(path)


def _named(base: Base | None, name: str) -> str:
    """A Semgrep configuration as the user named it: what is a path of the repository is taken from the base."""
    return name if base is None or not Path(name).exists() else str(base.then(Path(name)))


def _decisions(targets: tuple[Path, ...], cwd: Path, base: Base | None) -> Path | None:
    file = _at_base(base, find_root(targets, cwd).resolve()) / DECISIONS_FILE
    return file if file.is_file() and not file.is_symlink() and not file.parent.is_symlink() else None


def _stdout_format(flags: Flags) -> Format | None:
    """What goes to standard output: what was asked for, else the report for people, unless `-q` and a file say that nobody reads there."""
    if flags.format is not None:
        return flags.format
    return None if flags.quiet and flags.outputs else Format.TERMINAL


def shape_of(path: Path) -> Format:
    """The shape of a report that a file's ending names. Raises UsageError where it names none."""
    name = path.name.lower()
    found = next((ending for ending in sorted(ENDINGS, key=len, reverse=True) if name.endswith(ending)), None)
    if found is None:
        msg = f"cannot tell the format of {path} from its ending"
        raise UsageError(msg, "use one of " + ", ".join(sorted(ENDINGS)))
    return ENDINGS[found]
