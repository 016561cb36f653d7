from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.core.errors import UsageError
from scanner.sources.ignores import excluder
from scanner.sources.patterns import PatternSet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scanner.ports.source import Snapshot

_GIT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "HOME": "/nonexistent"}
_FOLDERS = ("", "a/", "a/b/", "a/b/c/", "b/", "b/a/", "c-d/")
_FILES = ("a.py", "bb", "ab.txt", "abb", "[x]", "#c", "!n", "e ", "x-y.log")


@pytest.mark.parametrize(
    ("line", "path", "hidden"),
    [
        ("*", "a", True),
        ("*abc", "bc", None),
        ("*.log", "a/b.log", True),
        ("*.log", "a/b.logs", None),
        ("/a.py", "a.py", True),
        ("/a.py", "b/a.py", None),
        ("a/b", "a/b", True),
        ("a/b", "x/a/b", None),
        ("**/a/b", "x/y/a/b", True),
        ("a/**/b", "a/b", True),
        ("a/**/b", "a/x/y/b", True),
        ("a/**", "a/x/y", True),
        ("a/**", "a", None),
        ("**", "a", True),
        ("a/*", "a/b/c", None),
        ("!a.py", "a.py", False),
        (r"\!a.py", "!a.py", True),
        (r"\#a", "#a", True),
        ("#a", "#a", None),
        ("a ", "a", True),
        (r"a\ ", "a ", True),
        ("a\r", "a", True),
        ("[ab].py", "b.py", True),
        ("[!ab].py", "b.py", None),
        ("[^ab].py", "c.py", True),
        ("[]x].py", "].py", True),
        ("[a-c]x", "bx", True),
        ("[c-a]x", "bx", None),
        ("[[:digit:]].py", "7.py", True),
        ("[[:nonsense:]].py", "7.py", None),
        (r"[\]]", "]", True),
        ("a?c", "abc", True),
        ("a?c", "ac", None),
        ("*a*b*", "xaxbx", True),
        ("*a*b", "xaxbx", None),
        ("a\\", "a", None),
        ("[a", "[a", None),
        ("a//b", "a/b", None),
        ("/", "a", None),
        ("", "a", None),
    ],
)
def test_one_pattern_says_what_gitignore_says(line: str, path: str, hidden: bool | None) -> None:
    assert PatternSet([line]).decide(path, is_directory=False) is hidden


def test_a_pattern_with_a_slash_at_its_end_is_about_directories() -> None:
    patterns = PatternSet(["build/"])

    assert patterns.decide("x/build", is_directory=True) is True
    assert patterns.decide("x/build", is_directory=False) is None


@pytest.mark.parametrize("lines", [["*.py", "!a.py"], ["*a*y", "!*.py"], ["a.py", "!a*y"], ["/a.py", "!**/a.py"]])
def test_the_last_pattern_that_matches_decides(lines: list[str]) -> None:
    assert PatternSet(lines).decide("a.py", is_directory=False) is False
    assert PatternSet(lines[::-1]).decide("a.py", is_directory=False) is True


def test_an_exclusion_that_can_never_match_is_an_error_for_its_writer() -> None:
    with pytest.raises(UsageError, match="not a pattern"):
        excluder(["src/[a"])


# Git takes `**` after a literal for more than its manual says; we follow the manual, and `**` is a part of its own here.
_pieces = st.sampled_from(["a", "b", "ab", "*", "?", ".py", ".txt", "[ab]", "[!a]", "[x]", "[a-b]", "\\#", "\\!", "c-d", " ", "."])
_part = st.just("**") | st.lists(_pieces, max_size=3).map("".join).filter(lambda part: "**" not in part)
_pattern = st.builds(
    lambda negated, anchored, parts, directory: f"{negated}{anchored}{'/'.join(parts)}{directory}",
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "", "/"]),
    st.lists(_part, min_size=1, max_size=3),
    st.sampled_from(["", "", "/"]),
)
_file = st.lists(_pattern, max_size=5).map("\n".join)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", str(root)], check=True, env=_GIT)
    (root / ".git" / "info").mkdir(exist_ok=True)
    for folder in _FOLDERS:
        (root / folder).mkdir(exist_ok=True)
        for file in _FILES:
            (root / folder / file).write_text("text\n")
    return root


@settings(max_examples=100, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(top=_file, middle=_file, inner=_file, exclude=_file)
def test_ignore_files_at_all_levels_hide_what_git_hides(
    scan: Callable[..., Snapshot],
    repository: Path,
    top: str,
    middle: str,
    inner: str,
    exclude: str,
) -> None:
    for path, content in ((".git/info/exclude", exclude), (".gitignore", top), ("a/.gitignore", middle), ("a/b/.gitignore", inner)):
        (repository / path).write_text(content)
    command = ["git", "-C", str(repository), "ls-files", "-z", "--others", "--exclude-standard"]
    listed = subprocess.run(command, check=True, capture_output=True, env=_GIT).stdout
    by_git = {os.fsdecode(path) for path in listed.split(b"\0") if path}

    snapshot = scan(repository)

    assert {file.path for file in snapshot.files} == by_git
