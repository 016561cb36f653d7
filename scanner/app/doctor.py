"""The examination behind `casemate doctor`: each part is really used once, on something tiny."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from scanner.app.config import Environment, Flags, configure, has_model_key
from scanner.app.rules import load_all_rules
from scanner.app.wire import build_engines
from scanner.core.errors import ScannerError
from scanner.core.version import VERSION
from scanner.executors.local import LocalExecutor
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
        Check("casemate", works=True, detail=f"{VERSION}, Python {platform.python_version()} at {sys.executable}"),
        _git(environment),
        _grammars(),
        *_engines(environment),
        Check("model key", works=has_model_key(), detail="set" if has_model_key() else "none set; scans run without a model", needed=False),
    )


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
