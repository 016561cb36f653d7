"""Which files Semgrep is handed, and when it is not started at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.engines.semgrep import plan as module
from scanner.engines.semgrep.kind import SemgrepRule
from scanner.engines.semgrep.languages import ANALYZERS, analyzer_of, analyzers_for
from scanner.engines.semgrep.plan import count_tests, narrowed, plan, rules_for
from scanner.ports.source import SourceFile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def file(path: str, language: str = "", size: int = 10) -> SourceFile:
    return SourceFile(path, language, size, 1, "")


def rule(*analyzers: str, include: tuple[str, ...] = ()) -> SemgrepRule:
    return SemgrepRule({}, analyzers, include)


def targets(files: Sequence[SourceFile], **rules: SemgrepRule) -> list[list[str]]:
    return [[f"{target.path} {target.analyzer}" for target in run.targets] for run in plan(files, rules_for(files, rules))]


def test_nothing_is_planned_when_no_file_is_for_a_rule() -> None:
    assert targets([file("a.go", "go"), file("README")], r=rule("python")) == []


def test_a_file_goes_to_the_analyzers_that_have_rules_for_it() -> None:
    files = [file("a.py", "python"), file("b.tsx", "tsx"), file("c.txt"), file("d.h", "c"), file("e.sol")]
    assert targets(files, a=rule("python", "typescript"), b=rule("regex", include=("*.txt",)), c=rule("cpp"), d=rule("solidity")) == [
        ["a.py python", "b.tsx typescript", "c.txt regex", "d.h cpp", "e.sol solidity"]
    ]


def test_files_that_only_declare_are_text_to_semgrep() -> None:
    files = [file("a.d.ts", "typescript"), file("b.pyi", "python"), file("c.ts", "typescript")]
    assert targets(files, a=rule("typescript", "python"), b=rule("regex")) == [["a.d.ts regex", "b.pyi regex", "c.ts typescript", "c.ts regex"]]


def test_only_rules_that_some_file_needs_are_in_the_run() -> None:
    files = [file("a.py", "python")]
    (run,) = plan(files, rules_for(files, {"b": rule("go"), "a": rule("python"), "c": rule("python", include=("*.pyi",))}))
    assert run.rules == ("a",)


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("*.yml", "x/y/ci.yml", True),
        (".github/workflows/*.yml", ".github/workflows/ci.yml", True),
        (".github/workflows/*.yml", "sub/.github/workflows/ci.yml", True),
        ("/.github/workflows/*.yml", ".github/workflows/ci.yml", True),
        (".github/**/*.yml", ".github/workflows/deep/ci.yml", True),
        ("workflows", ".github/workflows/ci.yml", True),
        ("*.yaml", ".github/workflows/ci.yml", False),
        ("docs/", ".github/workflows/ci.yml", False),
        ("!*.yml", "a.yml", True),
    ],
)
def test_a_glob_keeps_out_only_what_semgrep_would_keep_out_too(glob: str, path: str, expected: bool) -> None:
    assert bool(targets([file(path, "yaml")], r=rule("yaml", include=(glob,)))) is expected


def test_many_files_go_to_several_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_FILES_A_RUN", 2)
    files = [file(f"{letter}.py", "python") for letter in "abcde"]
    assert [len(run) for run in targets(files, r=rule("python"))] == [2, 2, 1]


def test_large_files_go_to_several_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES_A_RUN", 100)
    files = [file("a.py", "python", 300), file("b.py", "python", 60), file("c.py", "python", 40), file("d.py", "python", 1)]
    assert [len(run) for run in targets(files, r=rule("python"))] == [1, 2, 1]


def test_a_file_for_two_analyzers_is_one_file() -> None:
    files = [file("a.py", "python")]
    (run,) = plan(files, rules_for(files, {"a": rule("python"), "b": rule("generic")}))
    assert len(run.targets) == 2
    assert run.files == ("a.py",)


@pytest.mark.parametrize(
    ("name", "analyzer"), [("js", "javascript"), ("TS", "typescript"), ("C#", "csharp"), ("none", "regex"), ("hcl", "terraform")]
)
def test_semgreps_other_names_for_a_language_are_known(name: str, analyzer: str) -> None:
    assert analyzer_of(name) == analyzer
    assert analyzer in ANALYZERS


def test_a_language_that_nobody_knows_has_no_analyzer() -> None:
    assert analyzer_of("klingon") is None


def test_an_ending_of_another_language_wins_over_ours() -> None:
    assert analyzers_for(file("a.tofu", "text")) == ("terraform", "generic", "regex")


def left_out(files: Sequence[SourceFile], rules: Mapping[str, SemgrepRule], own: set[str]) -> int:
    return count_tests(files, rules_for(files, rules, own), rules, own)


def test_our_own_rules_leave_tests_out_and_the_users_do_not() -> None:
    files = [file("a.py", "python"), file("tests/a.py", "python"), file("tests/a.yaml", "yaml"), file("tests/a.go", "go")]
    rules = {"ours": rule("python", "yaml", "go"), "theirs": rule("python")}
    assert {path: [(analyzer, ids) for analyzer, ids in asked] for path, asked in rules_for(files, rules, {"ours"}).items()} == {
        "a.py": [("python", ["ours", "theirs"])],
        "tests/a.py": [("python", ["theirs"])],
        "tests/a.yaml": [("yaml", ["ours"])],
        "tests/a.go": [("go", ["ours"])],
    }
    assert left_out(files, {"ours": rules["ours"]}, {"ours"}) == 1
    assert left_out(files, rules, {"ours"}) == 0  # somebody looks at it
    assert left_out(files, rules, {"gone"}) == 0


def test_a_file_goes_to_those_that_may_match_in_it() -> None:
    files = [file("a.ts", "typescript"), file("b.ts", "typescript"), file("c.ts", "typescript")]
    wanted = rules_for(files, {"a": rule("typescript"), "b": rule("regex"), "c": rule("typescript")})
    assert narrowed(wanted, {"a.ts": {"c"}, "b.ts": set()}) == {"a.ts": (("typescript", ["c"]),)}
