"""The examination behind `casemate doctor`: each part is really used once, on something tiny."""

from __future__ import annotations

import importlib.util
import platform
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from scanner.app.choices import TriageChoice, missing
from scanner.app.config import Environment, Flags, configure, has_model_key, read_access
from scanner.app.rules import load_all_rules
from scanner.app.triage import model_check, model_names
from scanner.app.wire import build_engines
from scanner.core.errors import ScannerError
from scanner.core.version import VERSION
from scanner.executors.local import LocalExecutor
from scanner.ports.chat import NoReply, Trouble
from scanner.ports.observer import SilentObserver
from scanner.ports.source import Snapshot, SourceFile
from scanner.syntax.inspection import InspectJob, inspect_file
from scanner.syntax.languages import GRAMMARS

_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Check:
    """One part: whether a scan needs it, whether it works, and what there is to say."""

    name: str
    works: bool
    detail: str
    needed: bool = True


def examine() -> tuple[Check, ...]:
    """Every check, in the order a scan uses the parts."""
    environment = Environment.read()
    return (
        Check("casemate", works=True, detail=f"{VERSION}{_made()}, Python {platform.python_version()} at {sys.executable}"),
        _git(environment),
        _grammars(),
        *_engines(environment),
        Check("model key", works=has_model_key(), detail="set" if has_model_key() else "none set; scans run without a model", needed=False),
    )


def _made() -> str:
    """Whether flows are followed by compiled modules, as in the wheels of releases: that is what the time of a scan depends on."""
    spec = importlib.util.find_spec("scanner.taint.local.analysis")
    return "" if spec is None or spec.origin is None or spec.origin.endswith(".py") else ", compiled"


def examine_models(choice: TriageChoice) -> tuple[Check, ...]:
    """What the model's endpoint says of the key and of each model that triage would ask, as a scan finds out before its first case.

    Descriptions are asked for, which costs nothing. Raises UsageError without a key, ConfigError for a model without a price.
    """
    access = read_access(choice)
    if access is None:
        raise missing(choice.provider, "`casemate doctor` without --online asks nobody")
    names = model_names(choice)
    return tuple(_model(name, trouble) for name, trouble in zip(names, model_check(access.endpoint(), choice, names), strict=True))


def _model(name: str, trouble: NoReply | None) -> Check:
    if trouble is None:
        return Check(name, works=True, detail="the endpoint takes the key and knows the model")
    if trouble.trouble is Trouble.BROKEN:
        return Check(name, works=False, detail="the endpoint does not describe its models; a scan asks them a first question", needed=False)
    said = {Trouble.AUTHENTICATION: "the endpoint refuses the key", Trouble.UNKNOWN_MODEL: "the endpoint does not know the model"}
    return Check(name, works=False, detail=said.get(trouble.trouble, f"cannot be reached: {trouble.trouble.value}"))


def _git(environment: Environment) -> Check:
    found = shutil.which("git", path=environment.search_path)
    if found is None:
        return Check("git", works=False, detail="not found; --rev and provenance need it", needed=False)
    done = subprocess.run(  # noqa: S603 -- the git found on PATH, with a fixed argument and an empty environment
        [found, "--version"], capture_output=True, text=True, timeout=_SECONDS, check=False, env={"PATH": environment.search_path}
    )
    return Check("git", works=done.returncode == 0, detail=f"{done.stdout.strip() or done.stderr.strip()} at {found}", needed=False)


def _grammars() -> Check:
    with tempfile.TemporaryDirectory(prefix="casemate-doctor-") as scratch:
        languages = sorted(GRAMMARS)
        for language in languages:
            Path(scratch, language).write_text("x", encoding="utf-8")
        jobs = [InspectJob(scratch, language, language) for language in languages]
        outcomes = list(LocalExecutor(1).map(inspect_file, jobs, seconds=_SECONDS))
    broken = [language for language, outcome in zip(languages, outcomes, strict=True) if outcome.result is None or outcome.result.skipped]
    return Check(
        "parsers", works=not broken, detail=f"{len(languages) - len(broken)} languages" + (f"; broken: {', '.join(broken)}" if broken else "")
    )


def _engines(environment: Environment) -> tuple[Check, ...]:
    try:
        rules = load_all_rules(())
    except ScannerError as error:
        return (Check("rules", works=False, detail=str(error).splitlines()[0]),)
    counts = Counter(rule.engine for rule in rules.rules.rules)
    checks = [Check("rules", works=True, detail=", ".join(f"{count} {engine}" for engine, count in sorted(counts.items())))]
    with tempfile.TemporaryDirectory(prefix="casemate-doctor-") as scratch:
        root = Path(scratch).resolve()
        (root / "probe.py").write_text("x = 1\n", encoding="utf-8")
        snapshot = Snapshot(root, (SourceFile("probe.py", "python", 6, 1, ""),))
        config = configure(Flags(targets=(root,), isolated=True), environment, root)
        for engine in build_engines(rules, config, LocalExecutor(1)):
            run = engine.detect(snapshot, SilentObserver()).run
            checks.append(Check(run.engine, works=run.complete, detail=run.version if run.complete else f"{run.version}: {run.note}"))
    return tuple(checks)
