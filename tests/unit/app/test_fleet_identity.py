from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from scanner.app.fleet.identity import identify, result_key
from scanner.app.fleet.job import Job, Limits, Settings, job_json, read_job
from scanner.app.fleet.targets import Target

if TYPE_CHECKING:
    from pathlib import Path

JOB = Job(Target("/srv/shop"), Settings(), Limits(), "0.1.0", "rules", date(2027, 1, 31))


def test_a_directory_that_stays_as_it_is_keeps_its_identity_and_any_change_is_another(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    file = tmp_path / "a" / "b.py"
    file.write_text("x = 1\n", encoding="utf-8")
    target = Target(str(tmp_path))
    seen = [identify(target)]
    assert identify(target) == seen[0]
    file.write_text("x = 2\n", encoding="utf-8")
    os.utime(file, ns=(0, 0))
    seen.append(identify(target))
    (tmp_path / "link").symlink_to("/etc")
    seen.append(identify(target))
    (tmp_path / "a" / "empty").mkdir()
    seen.append(identify(target))
    assert len(set(seen)) == 4
    assert all(item.startswith("tree:") for item in seen)


def test_a_pipe_and_a_name_that_is_no_text_do_not_hold_anybody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / os.fsdecode(b"\xff\xfe")).touch()
    assert identify(Target(str(tmp_path))).startswith("tree:")


def test_a_named_revision_is_known_by_its_commit_and_a_missing_one_by_nothing(tmp_path: Path) -> None:
    git = ["git", "-C", str(tmp_path), "-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run([*git, "init", "--quiet", "--initial-branch=main"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--allow-empty", "--message", "first"], check=True)
    head = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    assert identify(Target(str(tmp_path), "main")) == f"commit:{head}"
    assert identify(Target(f"file://{tmp_path}", "main", remote=True)) == f"commit:{head}"
    assert identify(Target(f"file://{tmp_path}", remote=True)) == f"commit:{head}"
    assert not identify(Target(str(tmp_path), "gone"))
    assert not identify(Target(f"file://{tmp_path}", "gone", remote=True))
    assert not identify(Target(f"file://{tmp_path}/nowhere", remote=True))


def test_a_key_holds_what_a_result_depends_on_and_not_its_limits() -> None:
    key = result_key(JOB, "commit:1")
    assert result_key(replace(JOB, limits=Limits(1, 1, 1), today=date(2027, 2, 1)), "commit:1") == key
    others = {
        result_key(JOB, "commit:2"),
        result_key(replace(JOB, target=Target("/srv/other")), "commit:1"),
        result_key(replace(JOB, rules="other"), "commit:1"),
        result_key(replace(JOB, version="0.2.0"), "commit:1"),
        result_key(replace(JOB, settings=Settings(strict=True)), "commit:1"),
        result_key(replace(JOB, settings=Settings(trust=True)), "commit:1"),
        result_key(replace(JOB, settings=Settings(trust=True), today=date(2027, 2, 1)), "commit:1"),
    }
    assert len(others | {key}) == 8
    assert not result_key(JOB, "")


def test_a_job_travels_as_text_whatever_its_name() -> None:
    job = replace(JOB, target=Target(os.fsdecode(b"/srv/\xff\n\x00"), "v1"), settings=Settings(engines=("taint",), trust=True))
    assert job_json(job).isascii()
    assert "\n" not in job_json(job)
    assert read_job(job_json(job)) == job
