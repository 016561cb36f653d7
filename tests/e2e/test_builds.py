"""A build beside its source, as a user meets it: told once, counted as left out, and looked at as soon as it is no build any more."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.conftest import Casemate

HEAD = '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n'
RUN_TS = "import { exec } from 'child_process';\n\nexport function run(line: string): void {\n  exec('ls ' + line);\n}\n"
RUN_JS = HEAD + (
    "exports.run = run;\nconst child_process_1 = require(\"child_process\");\nfunction run(line) {\n    (0, child_process_1.exec)('ls ' + line);\n}\n"
)
APP_TS = (
    "import * as express from 'express';\nimport { run } from './run';\n\nconst app = express();\n"
    "app.get('/', (req: express.Request, res: express.Response) => {\n  run(req.query.line as string);\n  res.end();\n});\n"
)
APP_JS = HEAD + (
    'const express = require("express");\nconst run_1 = require("./run");\nconst app = express();\n'
    "app.get('/', (req, res) => {\n    (0, run_1.run)(req.query.line);\n    res.end();\n});\n"
)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    root = tmp_path / "package"
    files = {"src/run.ts": RUN_TS, "src/app.ts": APP_TS, "lib/run.js": RUN_JS, "lib/app.js": APP_JS, "package.json": '{"main": "lib/app.js"}'}
    for path, code in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(code, "utf-8")
    return root


def scanned(casemate: Casemate, package: Path, *arguments: str | Path) -> dict[str, Any]:
    result = casemate("scan", package, "--engines", "taint,secrets", "-q", "-f", "json", "--exit-zero", *arguments)
    assert result.returncode == 0, result.stderr
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def places(report: dict[str, Any]) -> list[str]:
    return sorted(finding["path"] for finding in report["findings"])


def left_out(report: dict[str, Any]) -> dict[str, str]:
    return {item["path"]: item["detail"] for item in report["coverage"]["skipped"] if item["reason"] == "build"}


def test_a_flow_is_told_once_and_the_builds_are_named_as_left_out(casemate: Casemate, package: Path) -> None:
    report = scanned(casemate, package)
    assert places(report) == ["src/run.ts"]
    assert left_out(report) == {"lib/app.js": "compiled from src/app.ts", "lib/run.js": "compiled from src/run.ts"}
    assert report["complete"]
    assert "2 build" in casemate("scan", package, "--engines", "taint", "--exit-zero").stdout
    sarif = json.loads(casemate("scan", package, "--engines", "taint", "-f", "sarif", "--exit-zero").stdout)
    told = [note["message"]["text"] for run in sarif["runs"] for call in run["invocations"] for note in call["toolExecutionNotifications"]]
    assert any("build" in text for text in told)


def test_a_secret_in_a_build_is_found(casemate: Casemate, package: Path) -> None:
    token = "ghp_" + "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx"
    for path in ("src/run.ts", "lib/run.js"):
        place = package / path
        place.write_text(place.read_text("utf-8").replace("'ls '", f"'{token} '"), "utf-8")
    report = scanned(casemate, package)
    assert "lib/run.js" in left_out(report)
    assert {finding["path"] for finding in report["findings"] if "secrets" in finding["engines"]} == {"src/run.ts", "lib/run.js"}


def test_a_scan_that_remembers_says_the_same_when_a_source_is_edited_and_edited_back(casemate: Casemate, package: Path, tmp_path: Path) -> None:
    kept = ("--cache-dir", tmp_path / "kept")
    assert places(scanned(casemate, package, *kept)) == ["src/run.ts"]
    for code, expected in ((RUN_TS.replace("line)", "line.trim())"), ["lib/run.js", "src/run.ts"]), (RUN_TS, ["src/run.ts"])):
        (package / "src/run.ts").write_text(code, "utf-8")
        warm, cold = scanned(casemate, package, *kept), scanned(casemate, package, "--no-cache")
        assert warm == cold
        assert places(warm) == expected


def test_a_build_that_does_more_than_its_source_is_looked_at_with_all_that_leads_to_it(casemate: Casemate, package: Path) -> None:
    (package / "src/run.ts").write_text(RUN_TS.replace("'ls ' + line", "'ls'"), "utf-8")
    report = scanned(casemate, package)
    assert left_out(report) == {}
    assert places(report) == ["lib/run.js"]
    assert [finding["severity"] for finding in report["findings"]] == ["critical"]


def compared(casemate: Casemate, package: Path) -> tuple[dict[str, str], int]:
    result = casemate("scan", package, "--engines", "taint", "-q", "-f", "json", "--diff", "main", cwd=package)
    report = json.loads(result.stdout)
    return {finding["path"]: finding["state"] for finding in report["findings"]}, report["gate"]["failing"]


@pytest.fixture
def changed(package: Path) -> Path:
    """The package in a repository, on a branch of its own."""
    for arguments in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "the package"], ["checkout", "-q", "-b", "change"]):
        subprocess.run(["git", "-c", "user.name=Test", "-c", "user.email=test@example.com", *arguments], cwd=package, check=True)
    return package


def test_a_change_of_the_source_alone_does_not_fail_for_what_its_builds_did_before(casemate: Casemate, changed: Path) -> None:
    (changed / "src/run.ts").write_text(RUN_TS + "export const more = 1;\n", "utf-8")
    assert compared(casemate, changed) == ({"lib/run.js": "persisting", "src/run.ts": "persisting"}, 0)


def test_a_change_of_the_build_alone_is_new(casemate: Casemate, changed: Path) -> None:
    (changed / "lib/app.js").write_text(APP_JS + "app.get('/e', (req) => { eval(req.query.x); });\n", "utf-8")
    states, failing = compared(casemate, changed)
    assert states["lib/app.js"] == "new"
    assert failing == 1


@pytest.mark.parametrize("sign", ["// @generated\n", "// sourceMappingURL: lib/app.js.map, do not edit, generated\n"])
def test_a_change_cannot_say_of_a_build_that_it_is_generated(casemate: Casemate, changed: Path, sign: str) -> None:
    (changed / "lib/app.js").write_text(sign + APP_JS + "app.get('/e', (req) => { eval(req.query.x); });\n", "utf-8")
    subprocess.run(["git", "add", "-A"], cwd=changed, check=True)
    assert compared(casemate, changed)[0]["lib/app.js"] == "new"
