"""The engine against executables that behave and misbehave."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from scanner.core.coverage import Skip, SkippedPath
from scanner.core.problem import Problem, Stage
from scanner.engines.semgrep import engine as module
from scanner.engines.semgrep import plan
from scanner.engines.semgrep.engine import SemgrepEngine
from scanner.engines.semgrep.options import SemgrepOptions
from scanner.ports.observer import SilentObserver
from scanner.rulepack.ruleset import Origin, RuleSet
from tests.support.memory_cache import MemoryCache

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.ports.engine import Detection
    from scanner.ports.source import Snapshot

    Script = Callable[[str], Path]
    Tree = Callable[[dict[str, bytes]], Snapshot]


class MakeRules(Protocol):
    """The fixture of conftest.py."""

    def __call__(self, *ids: str, analyzers: tuple[str, ...] = ..., **extra: object) -> RuleSet: ...


# Answers like semgrep-core: a dot for each target, then JSON with a match of the first rule at the first four bytes of every file.
FAKE = """
def argument(name): return sys.argv[sys.argv.index(name) + 1]
def read(name): return json.loads(open(argument(name), "rb").read().decode("utf-8", "surrogateescape"))
rules = [rule["id"] for rule in read("-rules")["rules"]]
paths = [target[1]["path"]["fpath"] for target in read("-targets")[1]]
def place(path, start, end): return {"path": path, "start": {"offset": start}, "end": {"offset": end}}
def result(path): return {"check_id": rules[0], **place(path, 0, 4), "extra": {"message": "found"}}
def answer(**changes):
    whole = {"version": "9.9.9", "results": [result(path) for path in paths], "errors": [], "paths": {"scanned": paths}, "skipped_rules": []}
    text = ".\\n" * len(paths) + json.dumps({**whole, **changes}, ensure_ascii=False)
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
"""


class Listener:
    """Remembers what it hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def begin(self, stage: str, total: int | None = None) -> None:
        self.heard.append(f"begin {stage} {total}")

    def advance(self, stage: str, steps: int = 1) -> None:
        self.heard.append(f"{stage} {steps}")

    def end(self, stage: str) -> None:
        self.heard.append(f"end {stage}")


def detect(rules: RuleSet, tree: Snapshot, executable: Path, *, seconds: float = 60.0, output_bytes: int = 1 << 20) -> Detection:
    options = SemgrepOptions(executable=executable, seconds=seconds, output_bytes=output_bytes, version="1.2.3")
    return SemgrepEngine(rules, options).detect(tree, SilentObserver())


def test_matches_become_candidates_and_the_run_is_accounted_for(rules: MakeRules, tree: Tree, script: Script) -> None:
    result = detect(rules("b", "a"), tree({"x.py": b"eval(1)", "d/y.py": b"eval(2)", "z.go": b"package z"}), script(FAKE + "answer()"))
    assert [(item.engine, item.rule_id, item.message, item.trace.place.path) for item in result.candidates] == [
        ("semgrep", "a", "found", "d/y.py"),
        ("semgrep", "a", "found", "x.py"),
    ]
    assert (result.run.engine, result.run.version, result.run.files, result.run.rules, result.run.complete) == ("semgrep", "9.9.9", 2, 2, True)
    assert (result.problems, result.skipped) == ((), ())


def test_it_is_not_started_when_no_file_needs_it(rules: MakeRules, tree: Tree, tmp_path: Path) -> None:
    result = detect(rules("a"), tree({"z.go": b"package z"}), tmp_path / "nowhere")
    assert (result.run.version, result.run.files, result.run.complete, result.problems) == ("1.2.3", 0, True, ())


def test_it_is_not_started_when_no_rule_of_ours_can_match(rules: MakeRules, tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "builtin_rules_path", lambda: Path("own"))
    own = RuleSet(tuple(replace(entry, origin=Origin("own/rules.yaml", 3)) for entry in rules("a").entries))
    files = {"x.py": b"print(1)", "y.py": b"evaluate(1)"}
    result = detect(own, tree(files), tmp_path / "nowhere")
    assert (result.run.version, result.run.files, result.run.complete, result.problems) == ("1.2.3", 2, True, ())
    (problem,) = detect(own, tree({**files, "z.py": b"eval(1)"}), tmp_path / "nowhere").problems
    assert problem.message.endswith("1 file was not looked at")


def test_rules_are_listed_sorted_and_those_of_other_engines_are_left_alone(rules: MakeRules) -> None:
    engine = SemgrepEngine(rules("b", "a"))
    assert (engine.name, [rule.id for rule in engine.rules]) == ("semgrep", ["a", "b"])


def test_names_of_any_sort_go_there_and_back(rules: MakeRules, tree: Tree, script: Script) -> None:
    names = {"-dash.py", "new\nline.py", 'quo"te.py', "sp ace.py", "ü😀.py"}
    if sys.platform == "linux":
        names.add("not-utf8-\udcff.py")
    result = detect(rules("a"), tree(dict.fromkeys(names, b"eval(1)")), script(FAKE + "answer()"))
    assert {item.trace.place.path for item in result.candidates} == names
    assert result.run.complete


def test_progress_is_told_target_by_target(rules: MakeRules, tree: Tree, script: Script) -> None:
    listener = Listener()
    SemgrepEngine(rules("a"), SemgrepOptions(executable=script(FAKE + "answer()"))).detect(tree({"x.py": b"eval(1)", "y.py": b"eval(1)"}), listener)
    assert (listener.heard[0], listener.heard[-1]) == ("begin matching patterns 2", "end matching patterns")
    assert sum(int(line.rpartition(" ")[2]) for line in listener.heard[1:-1]) == 2


def test_a_private_directory_is_all_it_gets_and_nothing_stays(rules: MakeRules, tree: Tree, script: Script, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    told = tmp_path / "told"
    executable = script(FAKE + f"open({str(told)!r}, 'w').write(json.dumps([dict(os.environ), os.getcwd()]))\nopen('left-behind', 'w')\nanswer()")
    SemgrepEngine(rules("a"), SemgrepOptions(executable=executable, scratch=scratch)).detect(tree({"x.py": b"eval(1)"}), SilentObserver())
    text = told.read_text()
    assert str(scratch) in text
    assert '"SEMGREP_SEND_METRICS": "off"' in text
    assert "TOKEN" not in text
    assert list(scratch.iterdir()) == []


FAILURES = [
    ("print('no json')", "Semgrep printed no JSON; 1 file was not looked at"),
    ('sys.stdout.write(\'{"version": "1", "results": [\')', "Semgrep printed broken JSON: Ex"),
    ("print('{}')", "Semgrep printed JSON in a shape we do not know: results; 1 file was not looked at"),
    ("time.sleep(600)", "Semgrep stopped after 2 seconds; 1 file was not looked at"),
    ("os.fork()\ntime.sleep(600)", "Semgrep stopped after 2 seconds; 1 file was not looked at"),
    ("sys.stderr.write('[00.1][ERROR]: it broke'); sys.exit(2)", "Semgrep ended with code 2: ERROR it broke; 1 file was not looked at"),
    ("os.kill(os.getpid(), 9)", "Semgrep killed by signal 9; 1 file was not looked at"),
    ("for _ in range(1600): sys.stdout.write('x' * 65536)", "Semgrep stopped because it printed too much; 1 file was not looked at"),
]


@pytest.mark.parametrize(("body", "message"), FAILURES)
def test_a_run_that_fails_is_a_problem_and_never_complete(rules: MakeRules, tree: Tree, script: Script, body: str, message: str) -> None:
    result = detect(rules("a"), tree({"x.py": b"eval(1)"}), script(body), seconds=2.0)
    assert result.candidates == ()
    assert not result.run.complete
    assert result.run.files == 0
    (problem,) = result.problems
    assert (problem.stage, problem.subject, problem.incomplete) == (Stage.DETECT, "semgrep", True)
    assert problem.message.startswith(message)
    assert message.startswith(result.run.note[:30])


def test_a_missing_executable_is_a_problem(rules: MakeRules, tree: Tree, tmp_path: Path) -> None:
    result = detect(rules("a"), tree({"x.py": b"eval(1)"}), tmp_path / "nowhere")
    assert not result.run.complete
    assert result.run.note.startswith("Semgrep cannot be started")


def test_no_executable_at_all_is_a_problem(rules: MakeRules, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_core", lambda _: None)
    result = SemgrepEngine(rules("a")).detect(tree({"x.py": b"eval(1)"}), SilentObserver())
    assert [problem.message for problem in result.problems] == [
        "Semgrep is not installed: there is no semgrep-core in the semgrep package, nor on PATH; 1 file was not looked at"
    ]
    assert not result.run.complete


def test_what_a_run_says_before_it_fails_counts(rules: MakeRules, tree: Tree, script: Script) -> None:
    result = detect(rules("a"), tree({"x.py": b"eval(1)"}), script(FAKE + "answer()\nsys.stdout.flush()\nsys.exit(2)"))
    assert len(result.candidates) == 1
    assert [problem.message for problem in result.problems] == ["Semgrep ended with code 2"]
    assert not result.run.complete


def test_entries_that_make_no_sense_leave_the_run_incomplete(rules: MakeRules, tree: Tree, script: Script) -> None:
    result = detect(rules("a"), tree({"x.py": b"eval(1)"}), script(FAKE + "answer(results=[result(paths[0]), 7, {}])"))
    assert len(result.candidates) == 1
    assert [problem.message for problem in result.problems] == ["Semgrep printed entries in a shape we do not know: 2"]
    assert not result.run.complete


def test_a_match_outside_of_what_was_handed_over_is_not_believed(rules: MakeRules, tree: Tree, script: Script) -> None:
    result = detect(rules("a"), tree({"x.py": b"eval(1)"}), script(FAKE + "answer(results=[result('/etc/passwd'), result(paths[0])])"))
    assert len(result.candidates) == 1
    assert [problem.message for problem in result.problems] == ["Semgrep found matches outside of the files that it was handed: 1"]


def test_a_file_that_cannot_be_opened_is_skipped_with_its_reason(rules: MakeRules, tree: Tree, script: Script) -> None:
    snapshot = tree({"x.py": b"eval(1)", "gone.py": b"eval(1)"})
    (snapshot.root / "gone.py").unlink()
    body = "paths = [path for path in paths if os.path.exists(path)]\nanswer()"
    result = detect(rules("a"), snapshot, script(FAKE + body))
    assert result.skipped == (SkippedPath("gone.py", Skip.UNREADABLE, "Semgrep could not open it"),)
    assert not result.run.complete
    assert result.run.files == 1


def test_a_file_that_no_rule_was_for_after_all_is_no_loss(rules: MakeRules, tree: Tree, script: Script) -> None:
    result = detect(rules("a"), tree({"x.py": b"eval(1)"}), script(FAKE + 'answer(results=[], paths={"scanned": []})'))
    assert (result.run.complete, result.run.files, result.skipped) == (True, 0, ())


def test_a_refused_rule_is_told_with_the_place_where_it_is_written(rules: MakeRules, tree: Tree, script: Script) -> None:
    error = '{"error_type": "Rule parse error", "message": "bad pattern", "rule_id": "b", "location": {"path": "rules.json"}}'
    result = detect(rules("a", "b"), tree({"x.py": b"eval(1)"}), script(FAKE + f"answer(errors=[{error}])"))
    assert result.problems == (Problem(Stage.RULES, "rules.yaml:3", "Semgrep refused the rule b: bad pattern"),)
    assert (result.run.rules, result.run.complete, result.run.note) == (1, False, "1 rule could not run")


@pytest.mark.parametrize(
    ("extra", "reason"),
    [({"mode": "join"}, "mode join is not supported"), ({"mode": "extract"}, "mode extract is not supported")],
)
def test_a_mode_that_semgrep_would_pass_over_is_a_problem(
    rules: MakeRules, tree: Tree, tmp_path: Path, extra: dict[str, object], reason: str
) -> None:
    result = detect(rules("a", analyzers=("python",), **extra), tree({"x.py": b"eval(1)"}), tmp_path / "nowhere")
    assert [problem.message for problem in result.problems] == [f"the rule a cannot run: {reason}"]
    assert (result.run.complete, result.run.rules) == (False, 0)


def test_a_language_that_nobody_knows_is_a_problem_and_the_other_rules_run(rules: MakeRules, tree: Tree, script: Script) -> None:
    both = rules("a").entries + rules("b", analyzers=("klingon", "python")).entries
    result = detect(type(rules())(both), tree({"x.py": b"eval(1)"}), script(FAKE + "answer()"))
    assert [problem.message for problem in result.problems] == ["the rule b cannot run: klingon is no language that is supported here"]
    assert len(result.candidates) == 1
    assert not result.run.complete


def test_several_runs_are_one_detection(rules: MakeRules, tree: Tree, script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "MAX_FILES_A_RUN", 2)
    files = {f"{letter}.py": b"eval(1)" for letter in "edcba"}
    result = detect(rules("a"), tree(files), script(FAKE + "answer()"))
    assert [item.trace.place.path for item in result.candidates] == ["a.py", "b.py", "c.py", "d.py", "e.py"]
    assert result.run.files == 5


def test_a_run_that_fails_leaves_what_the_others_found(rules: MakeRules, tree: Tree, script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "MAX_FILES_A_RUN", 2)
    files = {f"{letter}.py": b"eval(1)" for letter in "abcde"}
    result = detect(rules("a"), tree(files), script(FAKE + "answer() if 'c.py' not in str(paths) else sys.exit(3)"))
    assert [item.trace.place.path for item in result.candidates] == ["a.py", "b.py", "e.py"]
    assert [problem.message for problem in result.problems] == ["Semgrep ended with code 3; 2 files were not looked at"]


def test_starting_it_again_and_again_is_given_up(
    rules: MakeRules, tree: Tree, script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "MAX_FILES_A_RUN", 1)
    starts = tmp_path / "starts"
    result = detect(rules("a"), tree({f"{n}.py": b"x" for n in range(9)}), script(f"open({str(starts)!r}, 'a').write('x'); sys.exit(3)"))
    assert starts.read_text() == "xxx"
    assert [problem.message for problem in result.problems] == ["Semgrep ended with code 3; 9 files were not looked at"]


def test_the_order_of_files_and_rules_changes_nothing(rules: MakeRules, tree: Tree, script: Script) -> None:
    snapshot = tree({"x.py": b"eval(1)", "y.py": b"eval(1)"})
    executable = script(FAKE + "answer(results=[result(path) for path in reversed(paths)])")
    first = detect(rules("a", "b"), snapshot, executable)
    second = detect(type(rules())(tuple(reversed(rules("a", "b").entries))), snapshot, executable)
    assert first == second


def counting(script: Script, tmp_path: Path, more: str = "answer()") -> tuple[Path, Callable[[], list[list[str]]]]:
    """An executable that answers and keeps a list of what it was asked about, and a way to read that."""
    asked = tmp_path / "asked"
    keeping = f"open({str(asked)!r}, 'a').write(json.dumps([path.rpartition('/')[2] for path in paths]) + '\\n')\n"
    return script(FAKE + keeping + more), lambda: [json.loads(line) for line in asked.read_text().splitlines()] if asked.exists() else []


def test_what_it_said_of_a_file_is_not_asked_again(rules: MakeRules, tree: Tree, script: Script, tmp_path: Path) -> None:
    cache = MemoryCache()
    executable, asked = counting(script, tmp_path)
    engine = SemgrepEngine(rules("a"), SemgrepOptions(executable=executable), cache)
    first = engine.detect(tree({"x.py": b"eval(1)", "y.py": b"eval(2)"}), SilentObserver())
    assert first.lasting
    changed = tree({"x.py": b"eval(1)", "y.py": b"eval(3)", "z.py": b"eval(4)"})
    second = engine.detect(changed, SilentObserver())
    assert asked() == [["x.py", "y.py"], ["y.py", "z.py"]]
    assert second == SemgrepEngine(rules("a"), SemgrepOptions(executable=executable)).detect(changed, SilentObserver())


@pytest.mark.parametrize(
    "more",
    [
        'answer(errors=[{"error_type": "Timeout", "message": "slow", "rule_id": "a", "location": {"path": paths[0]}}])',
        'answer(errors=[{"error_type": "Other syntax error", "message": "Unix_error: gone", "location": {"path": paths[0]}}])',
        'answer(errors=[{"error_type": "Rule parse error", "message": "no", "rule_id": "a"}])',
        "answer(); sys.exit(2)",
        "sys.exit(2)",
        'open(paths[0], "a").write("# changed")\nanswer()',
    ],
)  # fmt: skip
def test_what_may_be_otherwise_the_next_time_is_asked_again(rules: MakeRules, tree: Tree, script: Script, tmp_path: Path, more: str) -> None:
    executable, asked = counting(script, tmp_path, more)
    engine = SemgrepEngine(rules("a"), SemgrepOptions(executable=executable), MemoryCache())
    files = tree({"x.py": b"eval(1)"})
    assert not any(engine.detect(files, SilentObserver()).lasting for _ in range(2))
    assert asked() == [["x.py"], ["x.py"]]


def test_a_file_that_it_cannot_parse_is_told_again_without_asking(rules: MakeRules, tree: Tree, script: Script, tmp_path: Path) -> None:
    broken = 'answer(errors=[{"error_type": "Syntax error", "message": "no Python", "location": {"path": paths[0]}}])'
    executable, asked = counting(script, tmp_path, broken)
    engine = SemgrepEngine(rules("a"), SemgrepOptions(executable=executable), MemoryCache())
    files = tree({"x.py": b"eval(1"})
    first, second = (engine.detect(files, SilentObserver()) for _ in range(2))
    assert first == second
    assert (len(asked()), [problem.subject for problem in second.problems]) == (1, ["x.py"])


def test_other_rules_and_settings_are_asked_again(rules: MakeRules, tree: Tree, script: Script, tmp_path: Path) -> None:
    executable, asked = counting(script, tmp_path)
    cache, files = MemoryCache(), tree({"x.py": b"eval(1)"})
    usual, impatient = SemgrepOptions(executable=executable), SemgrepOptions(executable=executable, rule_seconds=1.0)
    for name, options in [("a", usual), ("b", usual), ("a", impatient), ("a", usual)]:
        SemgrepEngine(rules(name), options, cache).detect(files, SilentObserver())
    assert len(asked()) == 3
