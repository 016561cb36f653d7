"""What stands for the program in the keys of what is kept."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

import scanner
from scanner.app import own_code as module
from scanner.app.own_code import contents, own_code


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A little program in the place of ours."""
    package = tmp_path / "scanner"
    shutil.copytree(Path(scanner.__file__).parent / "ports", package / "ports")
    (package / "__init__.py").write_text("")
    monkeypatch.setattr(scanner, "__file__", str(package / "__init__.py"))
    monkeypatch.setattr(module, "note_file", lambda: tmp_path / "notes" / "contents.json")
    return package


@pytest.fixture
def settled(copied: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same long after it was written."""
    monkeypatch.setattr("time.time_ns", lambda: 2**62)
    return copied


def read_by(copied: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The word once more, and the files that were opened for it."""
    opened: list[str] = []
    genuine = Path.read_bytes

    def read(path: Path) -> bytes:
        opened.append(path.name)
        return genuine(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", read)
        contents(copied, (".py",))
    return [name for name in opened if name != "contents.json"]


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
    file = copied / "ports" / "engine.py"
    file.write_text(file.read_text() + "\n")
    second = told()
    file.rename(copied / "engine.py")
    assert len({first, second, told()}) == 3


def test_another_parser_is_another_program(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = told()
    monkeypatch.syspath_prepend(str(copied.parent))
    (copied.parent / "tree_sitter_python-99.0.dist-info").mkdir()
    assert told() != first


def test_a_place_that_cannot_be_listed_is_no_hindrance(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(copied.parent / "nowhere.zip"))
    assert told()


def test_what_was_read_once_is_not_read_again(settled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = contents(settled, (".py",))
    assert read_by(settled, monkeypatch) == []
    assert contents(settled, (".py",)) == first


def test_the_same_size_and_times_are_not_believed_of_another_file(settled: Path) -> None:
    first = contents(settled, (".py",))
    file = settled / "ports" / "engine.py"
    before = file.stat()
    file.write_bytes(b"#" * before.st_size)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert contents(settled, (".py",)) != first


def test_what_was_written_a_moment_ago_is_read_again(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contents(copied, (".py",))
    assert len(read_by(copied, monkeypatch)) > 1


@pytest.mark.parametrize("note", ["", "[]", "nonsense", '{".py": ["one"]}', '{".py": 3}'])
def test_a_note_that_makes_no_sense_is_none(settled: Path, note: str) -> None:
    first = contents(settled, (".py",))
    module.note_file().write_text(note)
    assert contents(settled, (".py",)) == first
    assert ".py" in json.loads(module.note_file().read_text())


def test_where_nothing_can_be_noted_all_is_read(settled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (settled.parent / "file").write_text("")
    monkeypatch.setattr(module, "note_file", lambda: settled.parent / "file" / "contents.json")
    first = contents(settled, (".py",))
    assert len(read_by(settled, monkeypatch)) > 1
    assert contents(settled, (".py",)) == first
