"""Executables that behave like semgrep-core, or misbehave."""

from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING

import pytest

from scanner.core.rule import Precision, Rule, Severity
from scanner.engines.semgrep.kind import SemgrepRule
from scanner.ports.source import Snapshot, SourceFile
from scanner.rulepack.ruleset import LoadedRule, Origin, RuleSet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def script(tmp_path: Path) -> Callable[[str], Path]:
    """Makes an executable of a Python text."""

    def make(text: str) -> Path:
        path = tmp_path / "bin" / "semgrep-core"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!{sys.executable} -S\nimport json, os, sys, time\n{text}\n")
        path.chmod(0o755)
        return path

    return make


@pytest.fixture
def tree(tmp_path: Path) -> Callable[[dict[str, bytes]], Snapshot]:
    """Makes a snapshot of files; a file's language is what its ending says."""
    languages = {"py": "python", "js": "javascript", "ts": "typescript", "go": "go", "yml": "yaml"}

    def make(files: dict[str, bytes]) -> Snapshot:
        root = tmp_path / "tree"
        for path, data in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        sources = (
            SourceFile(path, languages.get(path.rpartition(".")[2], ""), len(data), data.count(b"\n"), hashlib.sha256(data).hexdigest())
            for path, data in sorted(files.items())
        )
        return Snapshot(root, tuple(sources))

    return make


@pytest.fixture
def rules() -> Callable[..., RuleSet]:
    """Makes a set of Semgrep rules for `eval`, one for each id."""

    def make(*ids: str, analyzers: tuple[str, ...] = ("python",), **extra: object) -> RuleSet:
        def entry(rule_id: str) -> LoadedRule[object]:
            rule = Rule(rule_id, "semgrep", "T", (95,), Severity.HIGH, Precision.LOW, f"Message of {rule_id}", "H", "R", "d", analyzers)
            spec = {"id": rule_id, "languages": list(analyzers), "severity": "ERROR", "message": "M $X", "pattern": "eval($X)", **extra}
            return LoadedRule(rule, SemgrepRule(spec, analyzers), Origin("rules.yaml", 3))

        return RuleSet(tuple(entry(rule_id) for rule_id in sorted(ids)))

    return make
