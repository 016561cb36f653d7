"""Settings files: found nearest first, every mistake told at once, nothing outside their directory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.app.config import Color, Environment, Flags, Format, configure
from scanner.app.settings import find_settings, read_settings
from scanner.core.errors import ConfigError, UsageError
from scanner.core.rule import Precision, Severity

if TYPE_CHECKING:
    from pathlib import Path

SURROUNDINGS = Environment.read({})


def test_the_nearest_file_wins_and_a_project_file_without_our_table_does_not_count(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "casemate.toml").write_text("", encoding="utf-8")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert find_settings(inner) == tmp_path / "casemate.toml"
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.casemate]\n", encoding="utf-8")
    assert find_settings(inner) == tmp_path / "a" / "pyproject.toml"


def test_outside_a_repository_no_directory_above_is_asked(tmp_path: Path) -> None:
    (tmp_path / "casemate.toml").write_text("", encoding="utf-8")
    (tmp_path / "a").mkdir()
    assert find_settings(tmp_path / "a") is None
    assert find_settings(tmp_path) == tmp_path / "casemate.toml"


def test_what_lies_above_the_repository_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "casemate.toml").write_text("", encoding="utf-8")
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    assert find_settings(tmp_path / "repo") is None


def test_a_broken_project_file_that_does_not_speak_to_us_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[broken", encoding="utf-8")
    assert find_settings(tmp_path) is None


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "casemate.toml"
    path.write_text('exclude = "x"\njobs = 0\nfail-onn = "high"\nrules = ["../elsewhere"]\nmin-severity = "huge"\n', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_settings(path)
    lines = str(caught.value).splitlines()
    assert [line.removeprefix(f"{path}:")[:1] for line in lines] == ["1", "2", "3", "4", "5"]
    assert "did you mean fail-on?" in lines[2]
    assert "leads out of" in lines[3]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a = [", b"x" * 1_000_001])
def test_a_file_that_is_no_settings_file_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "casemate.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"casemate\.toml"):
        read_settings(path)


def test_flags_win_over_settings_and_settings_over_defaults(tmp_path: Path) -> None:
    (tmp_path / "casemate.toml").write_text('min-severity = "medium"\nmin-confidence = "high"\nexclude = ["a"]\nstrict = true\n', encoding="utf-8")
    config = configure(Flags(min_severity=Severity.HIGH, exclude=("b",), strict=None), SURROUNDINGS, tmp_path)
    assert config.min_severity is Severity.HIGH
    assert config.min_confidence is Precision.HIGH
    assert config.exclude == ("a", "b")
    assert config.strict
    assert config.fail_on is Severity.HIGH


def test_never_means_that_findings_never_fail(tmp_path: Path) -> None:
    assert configure(Flags(fail_on="never"), SURROUNDINGS, tmp_path).fail_on is None


@pytest.mark.parametrize(
    ("name", "shape"), [("a.sarif", Format.SARIF), ("a.sarif.json", Format.SARIF), ("A.JSON", Format.JSON), ("a.txt", Format.TERMINAL)]
)
def test_the_ending_says_the_format(tmp_path: Path, name: str, shape: Format) -> None:
    (output,) = configure(Flags(outputs=(tmp_path / name,)), SURROUNDINGS, tmp_path).outputs
    assert output.format is shape


def test_an_unknown_ending_is_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"report\.pdf"):
        configure(Flags(outputs=(tmp_path / "report.pdf",)), SURROUNDINGS, tmp_path)


@pytest.mark.parametrize(("variables", "plain"), [({"NO_COLOR": "1"}, True), ({"NO_COLOR": ""}, False), ({}, False)])
def test_no_color_counts_when_it_is_not_empty(variables: dict[str, str], plain: bool) -> None:
    assert Environment.read(variables).no_color is plain


def test_no_secret_is_taken_from_the_environment() -> None:
    assert "sk-ant" not in repr(Environment.read({"ANTHROPIC_API_KEY": "sk-ant-xyz", "PATH": "/bin"}))
    assert Color("auto") is Color.AUTO
