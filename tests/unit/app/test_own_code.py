"""What stands for the program in the keys of what is kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import scanner
from scanner.app.own_code import own_code


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A little program in the place of ours."""
    package = tmp_path / "scanner"
    shutil.copytree(Path(scanner.__file__).parent / "ports", package / "ports")
    (package / "__init__.py").write_text("")
    monkeypatch.setattr(scanner, "__file__", str(package / "__init__.py"))
    return package


def told() -> str:
    own_code.cache_clear()
    try:
        return own_code()
    finally:
        own_code.cache_clear()


def test_the_same_code_is_the_same_word(copied: Path) -> None:
    assert copied.is_dir()
    assert told() == told()


def test_a_byte_more_and_a_file_elsewhere_are_another_program(copied: Path) -> None:
    first = told()
    module = copied / "ports" / "engine.py"
    module.write_text(module.read_text() + "\n")
    second = told()
    module.rename(copied / "engine.py")
    assert len({first, second, told()}) == 3


def test_another_parser_is_another_program(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = told()
    monkeypatch.syspath_prepend(str(copied.parent))
    (copied.parent / "tree_sitter_python-99.0.dist-info").mkdir()
    assert told() != first


def test_a_place_that_cannot_be_listed_is_no_hindrance(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(copied.parent / "nowhere.zip"))
    assert told()
