from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scanner.core.errors import UsageError
from scanner.core.location import Role
from scanner.core.rule import Precision, Severity
from scanner.engines.foreign.document import MOST_STEPS, read_sarif
from scanner.engines.foreign.engine import ForeignEngine
from scanner.ports.observer import SilentObserver
from scanner.ports.source import Snapshot, SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def place(uri: str, line: int, column: int = 5, **more: Any) -> dict[str, Any]:
    region = {"startLine": line, "startColumn": column, "endColumn": column + 10}
    return {"physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}, "region": region}, **more}


# What CodeQL writes: rules in an extension, named by index; a flow; a link in the message.
CODEQL: Any = {
    "tool": {
        "driver": {"name": "CodeQL", "semanticVersion": "2.19.3", "rules": []},
        "extensions": [
            {"name": "codeql/util"},
            {
                "name": "codeql/python-queries",
                "rules": [
                    {
                        "id": "py/sql-injection",
                        "shortDescription": {"text": "SQL query built from user-controlled sources"},
                        "help": {"text": "# SQL query built from user-controlled sources\nUse parameters."},
                        "defaultConfiguration": {"level": "error"},
                        "properties": {"tags": ["security", "external/cwe/cwe-089"], "precision": "high", "security-severity": "8.8"},
                    }
                ],
            },
        ],
    },
    "results": [
        {
            "ruleId": "py/sql-injection",
            "rule": {"id": "py/sql-injection", "index": 0, "toolComponent": {"index": 1}},
            "message": {"text": "This SQL query depends on a [user-provided value](1)."},
            "locations": [place("app/store.py", 10)],
            "codeFlows": [
                {
                    "threadFlows": [
                        {
                            "locations": [
                                {"location": place("app/views.py", 3, message={"text": "ControlFlowNode for request"})},
                                {"location": place("app/views.py", 4, message={"text": "sort"})},
                                {"location": place("app/store.py", 10, message={"text": "Fstring"})},
                            ]
                        }
                    ]
                }
            ],
        }
    ],
}
# What Semgrep writes: the CWE as a sentence in a tag, no security-severity, an inline suppression.
SEMGREP: Any = {
    "tool": {
        "driver": {
            "name": "Semgrep OSS",
            "semanticVersion": "1.150.0",
            "rules": [
                {
                    "id": "python.lang.security.audit.eval-detected.eval-detected",
                    "defaultConfiguration": {"level": "warning"},
                    "fullDescription": {"text": "Detected the use of eval()."},
                    "properties": {"precision": "very-high", "tags": ["CWE-95: Improper Neutralization", "LOW CONFIDENCE", "security"]},
                }
            ],
        }
    },
    "results": [
        {
            "ruleId": "python.lang.security.audit.eval-detected.eval-detected",
            "message": {"text": "Detected the use of eval()."},
            "locations": [place("app/views.py", 4)],
        },
        {
            "ruleId": "python.lang.security.audit.eval-detected.eval-detected",
            "message": {"text": "Detected the use of eval()."},
            "locations": [place("app/views.py", 5)],
            "suppressions": [{"kind": "inSource"}],
        },
    ],
}
# What Bandit writes: words in the result's properties, an absolute address, no columns.
BANDIT: Any = {
    "tool": {
        "driver": {
            "name": "Bandit",
            "version": "1.8.0",
            "rules": [{"id": "B602", "name": "subprocess_popen_with_shell_equals_true", "properties": {"tags": ["security", "external/cwe/cwe-78"]}}],
        }
    },
    "results": [
        {
            "ruleId": "B602",
            "ruleIndex": 0,
            "level": "error",
            "message": {"text": "subprocess call with shell=True identified, security issue."},
            "properties": {"issue_confidence": "LOW", "issue_severity": "HIGH"},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": "file://ROOT/app/views.py"}, "region": {"startLine": 2, "endLine": 3}}}],
        }
    ],
}


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Any]:
    def make(*runs: Any, **top: Any) -> Any:
        file = tmp_path / "results.sarif"
        text = json.dumps({"version": "2.1.0", "runs": list(runs), **top}).replace("ROOT", (tmp_path / "repo").as_posix())
        file.write_text(text)
        return read_sarif(file, tmp_path / "repo")

    return make


def test_a_codeql_result_keeps_its_path_and_its_rule(read: Any) -> None:
    found = read(CODEQL)
    (candidate,) = found.candidates
    assert candidate.message == "This SQL query depends on a user-provided value."
    assert [(step.role, step.span.path, step.span.start_line) for step in candidate.trace.locations] == [
        (Role.SOURCE, "app/views.py", 3),
        (Role.STEP, "app/views.py", 4),
        (Role.SINK, "app/store.py", 10),
    ]
    assert candidate.trace.place.path == "app/store.py"
    rule = found.rules[candidate.rule_id]
    assert (rule.id, rule.cwe, rule.severity, rule.precision) == ("codeql-py-sql-injection", (89,), Severity.HIGH, Precision.HIGH)
    assert found.tools == (("codeql", "2.19.3"),)
    assert not found.problems


def test_a_semgrep_result_is_read_and_a_suppressed_one_is_not(read: Any) -> None:
    found = read(SEMGREP)
    (candidate,) = found.candidates
    rule = found.rules[candidate.rule_id]
    assert (rule.cwe, rule.severity, rule.precision) == ((95,), Severity.MEDIUM, Precision.VERY_HIGH)
    assert candidate.engine == "semgrep"


def test_a_bandit_result_has_its_words_and_its_place(read: Any) -> None:
    (candidate,) = (found := read(BANDIT)).candidates
    rule = found.rules[candidate.rule_id]
    assert (rule.id, rule.cwe, rule.severity, rule.precision) == ("bandit-b602", (78,), Severity.HIGH, Precision.LOW)
    assert (candidate.trace.place.path, candidate.trace.place.start_line, candidate.trace.place.end_line) == ("app/views.py", 2, 3)


def with_uri(uri: Any) -> Any:
    run = json.loads(json.dumps(BANDIT))
    run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = uri
    return run


@pytest.mark.parametrize(
    "uri",
    ["../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "https://example.org/a.py", "a/%2e%2e/%2e%2e/b", "", None, 5, "x" * 10_000, "a%00b"],
)
def test_places_outside_the_root_are_left_out_and_told(read: Any, uri: Any) -> None:
    found = read(with_uri(uri))
    assert not found.candidates
    assert found.problems[0].message.startswith("1 result left out")


@pytest.mark.parametrize("region", [None, {}, {"startLine": 7}, {"startLine": 7, "endLine": 3}, {"startLine": 2, "startColumn": 9, "endColumn": 3}])
def test_a_region_may_be_missing_or_short(read: Any, region: Any) -> None:
    run = json.loads(json.dumps(BANDIT))
    run["results"][0]["locations"][0]["physicalLocation"]["region"] = region
    (candidate,) = read(run).candidates
    assert candidate.trace.place.start_line == (region or {}).get("startLine", 1)


@pytest.mark.parametrize("region", [{"startLine": 0}, {"startLine": -1}, {"startLine": "x"}, {"startLine": True}, {"startLine": 10**30}])
def test_a_region_that_makes_no_sense_is_told(read: Any, region: Any) -> None:
    run = json.loads(json.dumps(BANDIT))
    run["results"][0]["locations"][0]["physicalLocation"]["region"] = region
    assert read(run).problems


@pytest.mark.parametrize(
    "broken", [{"results": 5}, {"results": [5, None, []]}, {"tool": []}, {"tool": {"driver": {"rules": 3}}, "results": [{"ruleIndex": 9}]}, 7, None]
)
def test_odd_shapes_end_nothing(read: Any, broken: Any) -> None:
    assert not read(broken).candidates


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": "2.0.0", "runs": []}', '{"version": "2.1.0"}', "[" * 100_000, "\xff"])
def test_a_file_that_is_no_sarif_is_one_clear_error(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.sarif"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageError):
        read_sarif(file, tmp_path)
    with pytest.raises(UsageError):
        read_sarif(tmp_path / "none.sarif", tmp_path)


def test_a_flow_of_thousands_of_steps_is_cut(read: Any) -> None:
    run = json.loads(json.dumps(CODEQL))
    steps = run["results"][0]["codeFlows"][0]["threadFlows"][0]["locations"]
    steps[1:1] = [steps[1]] * 5_000
    (candidate,) = read(run).candidates
    assert len(candidate.trace.locations) == MOST_STEPS
    assert candidate.trace.locations[-1].role is Role.SINK


def test_messages_may_stand_in_the_rule(read: Any) -> None:
    run = json.loads(json.dumps(BANDIT))
    run["tool"]["driver"]["rules"][0]["messageStrings"] = {"default": {"text": "{0} calls a {1} shell {7}"}}
    run["results"][0]["message"] = {"id": "default", "arguments": ["x", "real"]}
    assert read(run).candidates[0].message == "x calls a real shell {7}"


class Masking:
    """A redactor that knows one secret."""

    def mask(self, text: str) -> str:
        return text.replace("hunter2", "*" * 7)


def test_a_secret_in_the_texts_of_a_rule_goes_no_further(tmp_path: Path) -> None:
    run = json.loads(json.dumps(BANDIT))
    run["tool"]["driver"]["rules"][0] |= {"shortDescription": {"text": "Like hunter2"}, "help": {"text": "Never write hunter2."}}
    file = tmp_path / "results.sarif"
    file.write_text(json.dumps({"version": "2.1.0", "runs": [run]}))
    rules = ForeignEngine(file, tmp_path, Masking()).rules
    texts = [text for rule in rules for text in (rule.title, rule.message, rule.help)]
    assert "Like *******" in texts
    assert "Never write *******." in texts
    assert not any("hunter2" in text for text in texts)


def test_as_an_engine_it_says_what_the_snapshot_holds(tmp_path: Path) -> None:
    file = tmp_path / "results.sarif"
    file.write_text(json.dumps({"version": "2.1.0", "runs": [CODEQL, SEMGREP]}))
    engine = ForeignEngine(file, tmp_path, Masking())
    assert engine.name == "codeql"
    files = tuple(SourceFile(name, "python", 1, 100, "d") for name in ("app/views.py",))
    found = engine.detect(Snapshot(tmp_path, files), SilentObserver())
    assert [item.engine for item in found.candidates] == ["semgrep"]
    assert "files that are not there" in found.problems[0].message
    assert not found.run.complete


def test_a_line_beyond_the_end_of_its_file_is_about_other_code(tmp_path: Path) -> None:
    file = tmp_path / "results.sarif"
    file.write_text(json.dumps({"version": "2.1.0", "runs": [SEMGREP]}))
    engine = ForeignEngine(file, tmp_path, Masking())
    (last,) = {step.span.start_line for item in engine.detect(_snapshot(tmp_path, 100), SilentObserver()).candidates for step in item.trace.locations}
    assert len(engine.detect(_snapshot(tmp_path, last), SilentObserver()).candidates) == 1
    found = engine.detect(_snapshot(tmp_path, last - 1), SilentObserver())
    assert found.candidates == ()
    assert [item.message for item in found.problems] == ["1 result left out: about lines beyond the end of their file: it is of other code"]


def _snapshot(root: Path, lines: int) -> Snapshot:
    return Snapshot(root, (SourceFile("app/views.py", "python", 1, lines, "d"),))
