"""The real command, started as a user starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SECONDS = 120
_KEPT = frozenset({"PATH", "HOME", "LANG", "SYSTEMROOT", "TMPDIR", "XDG_CACHE_HOME", "XDG_STATE_HOME"})


class Casemate(Protocol):
    """Runs `casemate` with arguments in a directory."""

    def __call__(self, *arguments: str | Path, cwd: Path | None = ..., env: Mapping[str, str] | None = ...) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def casemate(tmp_path: Path) -> Casemate:
    def run(*arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from scanner.cli.main import main; main()", *map(str, arguments)]
        clean = {key: value for key, value in os.environ.items() if key in _KEPT}
        return subprocess.run(
            command, cwd=cwd or tmp_path, env={**clean, **(env or {})}, capture_output=True, text=True, timeout=SECONDS, check=False
        )

    return run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small clean project: text only, so that no engine has to be started for it."""
    root = tmp_path / "project"
    root.mkdir()
    (root / "notes.txt").write_text("nothing to see\n", encoding="utf-8")
    return root
