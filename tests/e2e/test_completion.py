"""Completion in the shells: commands are loaded when they are called, and completed all the same."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Casemate


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(casemate: Casemate, shell: str) -> None:
    done = casemate(env={"_CASEMATE_COMPLETE": f"{shell}_source"})
    assert done.returncode == 0
    assert f"_CASEMATE_COMPLETE={shell}_complete" in done.stdout


@pytest.mark.parametrize(
    ("words", "index", "wanted"),
    [
        ("casemate sup", 1, {"plain,suppress", "plain,suppressions"}),
        ("casemate scan --min-", 2, {"plain,--min-severity", "plain,--min-confidence"}),
        ("casemate scan --min-severity h", 3, {"plain,high"}),
        ("casemate rules s", 2, {"plain,show"}),
        ("casemate mcp --ro", 2, {"plain,--root"}),
    ],
)
def test_commands_flags_and_values_complete(casemate: Casemate, words: str, index: int, wanted: set[str]) -> None:
    done = casemate(env={"_CASEMATE_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(index)})
    assert set(done.stdout.split()) == wanted


def test_bash_takes_the_script(casemate: Casemate) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash")
    script = casemate(env={"_CASEMATE_COMPLETE": "bash_source"}).stdout
    done = subprocess.run([bash, "-c", f"{script}\ncomplete -p casemate"], capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")
    assert "_casemate_completion" in done.stdout
