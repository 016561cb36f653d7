"""Which files test others, as far as their paths say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDERS: Final = frozenset({"test", "tests", "testing", "testsuite", "unittests", "integration_tests", "e2e"})
_SCRIPT_FOLDERS: Final = _FOLDERS | {"__tests__", "__test__", "__mocks__", "__fixtures__", "spec", "specs", "cypress", "playwright"}
_SCRIPTS: Final = re.compile(
    r"(?:.*[.-](?:test|tests|spec|specs|e2e|cy|bench|stories)|.*_(?:tests?|spec)|tests?|spec"
    r"|(?:jest|vitest|karma|cypress|playwright)[.-].*)\.[cm]?[jt]sx?"
)
_FILES: Final[Mapping[str, re.Pattern[str]]] = {
    "javascript": _SCRIPTS,
    "python": re.compile(r"test_.*\.py|.*_tests?\.py|tests?\.py|conftest\.py"),
    "tsx": _SCRIPTS,
    "typescript": _SCRIPTS,
}


def is_test(path: str, language: str) -> bool:
    """Whether a path says that a file tests others: what looks dangerous in a test is there on purpose.

    Only in languages whose programs are followed: there, what a test holds is run by nobody else, as far as imports say. In others a folder's name
    would be all there is to go by.
    """
    pattern = _FILES.get(language)
    if pattern is None:
        return False
    *folders, name = path.split("/")
    known = _FOLDERS if language == "python" else _SCRIPT_FOLDERS
    return any(folder.lower() in known for folder in folders) or pattern.fullmatch(name) is not None


LEAVING: Final = frozenset({"semgrep", "taint"})
"""The engines that look at no tests with the rules that come with Casemate."""


def left_out(tests: int) -> str:
    """What an engine says of so many tests that it did not look at; nothing of none."""
    return f"{tests} test {'file was' if tests == 1 else 'files were'} left out" if tests else ""
