"""The cache and the watch as a user meets them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.conftest import Casemate

WEAK = "import hashlib\n\n\ndef check(password):\n    return hashlib.md5(password).hexdigest()\n"
ONLY = ("--engines", "taint", "-q", "-f", "json")


def test_a_second_scan_says_the_same_and_the_cache_can_be_shown_and_cleared(casemate: Casemate, project: Path, tmp_path: Path) -> None:
    (project / "app.py").write_text(WEAK)
    place = ("--cache-dir", tmp_path / "kept")
    assert "nothing yet" in casemate("cache", "info", *place).stdout
    first, second = (casemate("scan", project, *ONLY, *place) for _ in range(2))
    assert (first.stdout, first.returncode, first.stderr) == (second.stdout, second.returncode, second.stderr)
    assert "md5" in first.stdout
    assert first.stdout == casemate("scan", project, *ONLY, "--no-cache").stdout
    assert "results of scans: 0 entries" not in casemate("cache", "info", *place).stdout
    assert casemate("cache", "clear", *place).stdout.endswith("forgotten\n")
    assert "results of scans: 0 entries" in casemate("cache", "info", *place).stdout
    assert casemate("scan", project, *ONLY, *place).stdout == first.stdout


def test_a_cache_that_somebody_else_wrote_is_not_believed_and_said_in_one_line(casemate: Casemate, project: Path, tmp_path: Path) -> None:
    (project / "app.py").write_text(WEAK)
    arguments = ("scan", project, "--engines", "taint", "-f", "json", "--cache-dir", tmp_path / "kept")
    first = casemate(*arguments, env={"CASEMATE_CACHE_KEY": "theirs"})
    second = casemate(*arguments, env={"CASEMATE_CACHE_KEY": "ours"})
    assert first.stdout == second.stdout
    assert first.stderr == ""
    assert "were not believed" in second.stderr
    assert len(second.stderr.splitlines()) == 1


def test_a_damaged_cache_is_one_line_on_standard_error_and_nothing_else(casemate: Casemate, project: Path, tmp_path: Path) -> None:
    (project / "app.py").write_text(WEAK)
    arguments = ("scan", project, "--engines", "taint", "-f", "json", "--cache-dir", tmp_path / "kept")
    first = casemate(*arguments)
    (tmp_path / "kept" / "scan.db").write_bytes(b"\0" * 5000)
    second = casemate(*arguments)
    assert (second.stdout, second.returncode) == (first.stdout, first.returncode)
    assert "begun anew" in second.stderr
    assert len(second.stderr.splitlines()) == 1
    assert casemate(*arguments).stderr == first.stderr


def test_a_cache_that_lies_in_the_scanned_directory_is_no_part_of_it(casemate: Casemate, project: Path) -> None:
    (project / "app.py").write_text(WEAK)
    first, second = (casemate("scan", project, *ONLY, "--cache-dir", project / "kept") for _ in range(2))
    assert (project / "kept" / "scan.db").exists()
    assert first.stdout == second.stdout


def test_watching_tells_what_a_save_brought_and_ctrl_c_ends_it(project: Path) -> None:
    (project / "app.py").write_text("x = 1\n")
    command = [sys.executable, "-u", "-c", "from scanner.cli.main import main; main()", "watch", str(project), "--engines", "taint"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ)) as watching:
        assert watching.stdout is not None
        assert watching.stderr is not None
        assert watching.stdout.readline() == "0 findings; watching (Ctrl-C ends)\n"
        time.sleep(0.05)
        (project / "app.py").write_text(WEAK)
        assert "app.py:5  " in watching.stdout.readline()
        assert watching.stdout.readline().startswith("1 new, 0 fixed, 1 finding (")
        (project / "app.py").write_text("x = 2\n")
        assert watching.stdout.readline().startswith("- ")
        assert watching.stdout.readline().startswith("0 new, 1 fixed, 0 findings (")
        watching.send_signal(signal.SIGINT)
        assert watching.wait(20) == 0
        assert watching.stderr.read() == "casemate: no longer watching\n"
