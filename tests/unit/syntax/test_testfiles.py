"""Tests are known by their paths."""

from __future__ import annotations

import pytest

from scanner.syntax.testfiles import is_test, left_out


@pytest.mark.parametrize(
    "path",
    [
        "a.test.ts",
        "a/b.spec.js",
        "__tests__/a.js",
        "test/a.js",
        "cypress/e2e/a.ts",
        "src/a.e2e-spec.ts",
        "jest.config.js",
        "tests.js",
        "a.cy.tsx",
        "url_test.ts",
    ],
)
def test_a_test_of_javascript_is_known_by_its_path(path: str) -> None:
    assert is_test(path, "javascript")
    assert is_test(path, "tsx")


@pytest.mark.parametrize("path", ["latest.js", "src/contest.ts", "lib/inspect.js", "src/test-utils/a.js", "spectrum.js"])
def test_a_name_of_javascript_that_sounds_like_a_test_is_none(path: str) -> None:
    assert not is_test(path, "javascript")


@pytest.mark.parametrize("path", ["tests/a.py", "pkg/Tests/a.py", "test/a.py", "test_a.py", "a_test.py", "pkg/conftest.py", "pkg/tests.py"])
def test_a_test_is_known_by_its_path(path: str) -> None:
    assert is_test(path, "python")


@pytest.mark.parametrize("path", ["latest/a.py", "contest.py", "pkg/testimony.py", "attest.py"])
def test_a_name_that_sounds_like_a_test_is_none(path: str) -> None:
    assert not is_test(path, "python")


@pytest.mark.parametrize("language", ["", "yaml", "dockerfile", "terraform", "go", "java", "ruby"])
def test_where_programs_are_not_followed_a_name_hides_nothing(language: str) -> None:
    assert not is_test("tests/a_test.go", language)
    assert not is_test("e2e/api.go", language)


def test_what_was_left_out_is_counted() -> None:
    assert [left_out(count) for count in range(3)] == ["", "1 test file was left out", "2 test files were left out"]
