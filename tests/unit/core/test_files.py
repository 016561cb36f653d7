from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from scanner.core import files as confined
from scanner.core.coverage import Skip
from scanner.core.files import Unreadable, read_confined

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["by steps", "by name"])
def root(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree, read in both ways: with directory descriptors and, as on Windows, without."""
    if request.param == "by name":
        monkeypatch.setattr(confined, "_NOFOLLOW", 0)
    (tmp_path / "root" / "sub").mkdir(parents=True)
    (tmp_path / "root" / "sub" / "a.py").write_bytes(b"x = 1\n")
    (tmp_path / "outside.txt").write_bytes(b"secret")
    return tmp_path / "root"


def _reason(root: Path, path: str, max_bytes: int = 100) -> Skip:
    result = read_confined(str(root), path, max_bytes)
    assert isinstance(result, Unreadable)
    return result.reason


def test_a_file_below_the_root_is_read(root: Path) -> None:
    assert read_confined(str(root), "sub/a.py", 6) == b"x = 1\n"


@pytest.mark.parametrize("path", ["../outside.txt", "sub/../../outside.txt", "/etc/passwd", "", "a\0b"])
def test_a_path_out_of_the_root_is_refused_by_its_letters(root: Path, path: str) -> None:
    assert _reason(root, path) is Skip.OUTSIDE_ROOT


def test_a_link_is_not_followed_even_to_a_file_below_the_root(root: Path) -> None:
    (root / "link.py").symlink_to(root / "sub" / "a.py")
    assert _reason(root, "link.py") is Skip.SYMLINK


def test_a_linked_directory_on_the_way_is_not_followed(root: Path) -> None:
    (root / "dir").symlink_to(root.parent)
    assert _reason(root, "dir/outside.txt") is Skip.SYMLINK


def test_a_file_over_the_limit_is_not_read(root: Path) -> None:
    assert _reason(root, "sub/a.py", 5) is Skip.TOO_LARGE


def test_a_named_pipe_does_not_block(root: Path) -> None:
    os.mkfifo(root / "pipe")
    assert _reason(root, "pipe") is Skip.NOT_A_FILE


def test_a_directory_is_no_file(root: Path) -> None:
    assert _reason(root, "sub") is Skip.NOT_A_FILE


def test_a_missing_file_is_said_to_be_unreadable(root: Path) -> None:
    assert _reason(root, "sub/none.py") is Skip.UNREADABLE
