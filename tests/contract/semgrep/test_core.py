"""What the engine relies on in the real semgrep-core. These start it: a tenth of a second each, plus what the files cost."""

from __future__ import annotations

import dataclasses
import hashlib
import sys
from typing import TYPE_CHECKING

import pytest

from scanner.core.location import Role
from scanner.core.problem import Stage
from scanner.engines.semgrep.engine import SemgrepEngine
from scanner.engines.semgrep.executable import find_core, installed_version
from scanner.engines.semgrep.foreign import load_semgrep_config
from scanner.engines.semgrep.kind import SEMGREP_KIND
from scanner.engines.semgrep.languages import _BY_ENDING, _BY_LANGUAGE, ANALYZERS
from scanner.engines.semgrep.options import SemgrepOptions
from scanner.ports.observer import SilentObserver
from scanner.ports.source import Snapshot, SourceFile
from scanner.rulepack.cases import materialise, run_cases
from scanner.rulepack.loader import load_rules
from scanner.rulepack.ruleset import RuleSet

if TYPE_CHECKING:
    from pathlib import Path

    from scanner.ports.engine import Detection

TAINT = """
  - id: shell
    languages: [python]
    severity: ERROR
    message: |
      $COMMAND goes
      to a shell
    mode: taint
    pattern-sources: [{pattern: request.args.get(...)}]
    pattern-sinks: [{patterns: [{pattern: os.system($COMMAND)}, {focus-metavariable: $COMMAND}]}]
"""
EVAL = """
  - id: danger
    languages: [python, javascript]
    severity: WARNING
    message: danger of $X
    pattern: danger($X)
"""
LANGUAGES = {"py": "python", "js": "javascript", "yml": "yaml", "txt": "text"}


def detect(tmp_path: Path, rules: str, files: dict[str, bytes], options: SemgrepOptions | None = None) -> Detection:
    (tmp_path / "rules.yaml").write_text(f"rules:\n{rules}")
    root = tmp_path / "tree"
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    sources = tuple(
        SourceFile(path, LANGUAGES.get(path.rpartition(".")[2], ""), len(data), data.count(b"\n"), hashlib.sha256(data).hexdigest())
        for path, data in sorted(files.items())
    )
    engine = SemgrepEngine(load_semgrep_config([str(tmp_path / "rules.yaml")]), options or SemgrepOptions())
    return engine.detect(Snapshot(root, sources), SilentObserver())


def found(detection: Detection) -> list[str]:
    return [f"{item.rule_id} {item.trace.place.path}:{item.trace.place.start_line}:{item.trace.place.start_column}" for item in detection.candidates]


def test_the_engine_comes_with_the_package() -> None:
    core = find_core("")
    assert core is not None
    assert core.name == "semgrep-core"
    assert installed_version() != "unknown"


def test_flows_have_traces_and_columns_count_utf16_units(tmp_path: Path) -> None:
    code = 'def view():\n    q = request.args.get("q")\n    a = "é😀"; b = q; os.system(b + "\\n")\n'.encode()
    result = detect(tmp_path, TAINT, {"a.py": code})
    (candidate,) = result.candidates
    assert candidate.message == 'b + "\\n" goes to a shell'
    assert [(item.role, item.span.start_line, item.span.start_column, item.note) for item in candidate.trace.locations] == [
        (Role.SOURCE, 2, 9, ""),
        (Role.STEP, 2, 5, "q"),
        (Role.STEP, 3, 16, "b"),
        (Role.SINK, 3, 33, ""),
    ]
    assert (result.run.version, result.run.files, result.run.rules, result.run.complete) == (installed_version(), 1, 1, True)
    assert (result.problems, result.skipped) == ((), ())


def test_the_scanned_repository_has_no_say(tmp_path: Path) -> None:
    files = {
        ".semgrepignore": b"*.py\n",
        ".gitignore": b"*\n",
        ".semgrep/settings.yml": b"x: y\n",
        "tests/a.py": b"danger(x)  # nosemgrep\ndanger(y)  # nosem: danger\n",
    }
    assert found(detect(tmp_path, EVAL, files)) == ["danger tests/a.py:1:1", "danger tests/a.py:2:1"]


def test_names_of_any_sort_are_scanned(tmp_path: Path) -> None:
    names = ["-dash.py", "new\nline.py", 'quo"te.py', "sp ace.py", "ü😀.py", *(["not-utf8-\udcff.py"] if sys.platform == "linux" else [])]
    result = detect(tmp_path, EVAL, dict.fromkeys(names, b"danger(x)\n"))
    assert {item.trace.place.path for item in result.candidates} == set(names)
    assert result.run.complete


def test_line_ends_and_bytes_that_are_not_utf8_move_no_place(tmp_path: Path) -> None:
    files = {
        "crlf.js": b"// \xc3\xa9\r\ndanger(x)\r\n",
        "bom.js": b"\xef\xbb\xbfx\ndanger(x)\n",
        "latin.js": b'a = "\xe9"; danger(x)\n',
        "cr.js": b"a\rb\rdanger(x)\r",
    }
    assert found(detect(tmp_path, EVAL, files)) == ["danger bom.js:2:1", "danger cr.js:3:1", "danger crlf.js:2:1", "danger latin.js:1:10"]


def test_rules_for_any_text_and_rules_for_some_paths(tmp_path: Path) -> None:
    rules = """
  - {id: any, languages: [regex], severity: INFO, message: m, pattern-regex: peril}
  - {id: generic, languages: [generic], severity: INFO, message: m, pattern: peril ..., paths: {include: ["/ci/*.txt"]}}
  - {id: flow, languages: [yaml], severity: INFO, message: m, pattern: "run: ...", paths: {include: [".github/workflows/*.yml"]}}
"""
    files = {
        "ci/a.txt": b"peril x\n",
        "b.txt": b"peril y\n",
        ".github/workflows/ci.yml": b"run: x\n",
        "other.yml": b"run: y\n",
        "Makefile": b"peril:\n",
    }
    assert found(detect(tmp_path, rules, files)) == [
        "flow .github/workflows/ci.yml:1:1",
        "any Makefile:1:1",
        "any b.txt:1:1",
        "any ci/a.txt:1:1",
        "generic ci/a.txt:1:1",
    ]


@pytest.mark.parametrize(
    "broken",
    [
        "pattern: danger((((",
        "patterns: [{pattern: danger($X)}, {metavariable-regex: {metavariable: $X, regex: '((('}}]",
        "min-version: 999.0.0\n    pattern: danger($X)",
        "message: no pattern at all",
    ],
)
def test_a_rule_that_makes_no_sense_is_a_problem_and_the_others_run(tmp_path: Path, broken: str) -> None:
    text = f"  - id: broken\n    languages: [python]\n    severity: ERROR\n    {broken}\n" + ("" if "message" in broken else "    message: m\n")
    result = detect(tmp_path, EVAL + text, {"a.py": b"danger(x)\n"})
    assert found(result) == ["danger a.py:1:1"]
    (problem,) = result.problems
    assert (problem.stage, problem.subject, problem.incomplete) == (Stage.RULES, f"{tmp_path}/rules.yaml:8", True)
    assert "broken" in problem.message
    assert (result.run.complete, result.run.rules) == (False, 1)


def test_a_key_that_semgrep_does_not_know_is_mentioned(tmp_path: Path) -> None:
    result = detect(tmp_path, EVAL + "    patern-not: danger(1)\n", {"a.py": b"danger(1)\n"})
    assert [(problem.message, problem.incomplete) for problem in result.problems] == [
        ("danger: Semgrep does not know the key patern-not and ignored it", False)
    ]
    assert result.run.complete


def test_code_that_is_not_understood_is_mentioned(tmp_path: Path) -> None:
    rules = EVAL + '  - {id: run, languages: [yaml], severity: INFO, message: m, pattern: "run: ..."}\n'
    result = detect(tmp_path, rules, {"a.py": b"danger(x)\n\xff\xfe\x00\ndanger(y)\n", "b.yml": b"run: x\n{{ template }}: [\n"})
    assert [(problem.stage, problem.subject, problem.incomplete) for problem in result.problems] == [
        (Stage.PARSE, "a.py", False),
        (Stage.PARSE, "b.yml", False),
    ]
    assert result.run.complete


def test_a_rule_that_takes_too_long_leaves_the_run_incomplete(tmp_path: Path) -> None:
    slow = """
  - id: slow
    languages: [python]
    severity: INFO
    message: m
    pattern: |
      f($A, ...)
      ...
      f($B, ...)
      ...
      f($C, ...)
      ...
      f($C, $A, $B)
"""
    code = "\n".join(f"f(a{n}, b{n})" for n in range(4000)).encode()
    result = detect(tmp_path, slow, {"a.py": code}, SemgrepOptions(rule_seconds=0.3))
    assert [problem.message for problem in result.problems] == ["Semgrep took too long (rules: slow)"]
    assert not result.run.complete


def test_a_file_that_needs_too_much_memory_leaves_the_run_incomplete(tmp_path: Path) -> None:
    code = "\n".join(f"f(a{n}, b{n}, g({n}))" for n in range(40_000)).encode() + b"\ndanger(x)\n"
    result = detect(tmp_path, EVAL, {"a.py": code}, SemgrepOptions(memory_mib=120, rule_seconds=30))
    assert [problem.message for problem in result.problems] == ["it needs more memory than Semgrep may use"]
    assert not result.run.complete


def test_all_of_it_stops_in_time(tmp_path: Path) -> None:
    code = "\n".join(f"f(a{n}, b{n}, g({n}))" for n in range(40_000)).encode() + b"\ndanger(x)\n"
    result = detect(tmp_path, EVAL, {"a.py": code}, SemgrepOptions(seconds=0.2))
    assert not result.run.complete
    assert result.problems[0].message.startswith("Semgrep stopped after 0 seconds")


def test_two_runs_say_the_same_whatever_the_number_of_jobs(tmp_path: Path) -> None:
    files = {f"{n}.py": f"danger({n})\nq = request.args.get(1)\nos.system(q)\n".encode() for n in range(20)}
    one = detect(tmp_path, EVAL + TAINT, files, SemgrepOptions(jobs=1))
    two = detect(tmp_path, EVAL + TAINT, files, SemgrepOptions(jobs=2))
    assert one == two
    assert len(one.candidates) == 40


def test_every_analyzer_that_we_name_is_one(tmp_path: Path) -> None:
    rules = "".join(
        f"  - {{id: r-{name.replace('_', '-')}, languages: [{name}], severity: INFO, message: m, pattern-regex: zzz}}\n" for name in sorted(ANALYZERS)
    )
    (tmp_path / "all.yaml").write_text(f"rules:\n{rules}")
    entries = load_semgrep_config([str(tmp_path / "all.yaml")])
    languages = {f"{ending[1:]}.{ending[1:]}": "" for ending in _BY_ENDING} | {f"a.{language}": language for language in _BY_LANGUAGE}
    root = tmp_path / "tree"
    root.mkdir()
    for path in languages:
        (root / path).write_text("zzz")
    files = tuple(SourceFile(path, language, 3, 1, "") for path, language in sorted(languages.items()))
    result = SemgrepEngine(entries, SemgrepOptions()).detect(Snapshot(root, files), SilentObserver())
    assert all(problem.stage is Stage.PARSE for problem in result.problems)
    assert result.run.complete


RULE = """\
rules:
  - id: yaml-run
    languages: [yaml]
    severity: INFO
    message: It runs.
    pattern: "run: ..."
    paths: {include: [/.github/workflows/*.yml]}
    metadata:
      title: T
      cwe: [CWE-78]
      severity: info
      precision: low
      help: H
      remediation: R
      cases:
        vulnerable:
          - {file: .github/workflows/ci.yml, code: "run: x"}
          - {file: .github/workflows/ci.yml, code: "a: {run: y}"}
        safe:
          - "run: x"
          - {file: .github/workflows/ci.yml, code: "walk: x"}
"""


def test_the_cases_of_a_rule_are_judged_at_the_paths_they_name(tmp_path: Path) -> None:
    (tmp_path / "rules" / "semgrep").mkdir(parents=True)
    (tmp_path / "rules" / "semgrep" / "a.yaml").write_text(RULE)
    rules = load_rules([tmp_path / "rules"], [SEMGREP_KIND])
    rounds = materialise(rules.of(SEMGREP_KIND), tmp_path / "cases", lambda path, _: LANGUAGES.get(path.rpartition(".")[2], "yaml"))
    report = run_cases(SemgrepEngine(rules), rounds, SilentObserver())
    assert [str(result) for result in report.results] == [f"{tmp_path}/rules/semgrep/a.yaml:{line}: yaml-run: passed" for line in (17, 18, 20, 21)]
    assert report.passed
    wrong = RuleSet(
        tuple(dataclasses.replace(entry, cases=tuple(dataclasses.replace(case, code="walk: y") for case in entry.cases)) for entry in rules.entries)
    )
    rounds = materialise(wrong.entries, tmp_path / "wrong", lambda path, _: LANGUAGES.get(path.rpartition(".")[2], "yaml"))
    assert [result.passed for result in run_cases(SemgrepEngine(rules), rounds, SilentObserver()).results] == [False, False, True, True]
