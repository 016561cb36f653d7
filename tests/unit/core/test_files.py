"""Reading below the root and nowhere else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from scanner.core.files import ConfinedReadError, read_confined

if TYPE_CHECKING:
    from pathlib import Path


def test_a_regular_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"x\n")
    assert read_confined(tmp_path, "a.py", 10) == b"x\n"


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "link", "inside/link/passwd", "."])
def test_nothing_outside_is_read(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    (root / "inside").mkdir(parents=True)
    (tmp_path / "secret").write_text("s", encoding="utf-8")
    (root / "link").symlink_to(tmp_path / "secret")
    (root / "inside" / "link").symlink_to("/etc")
    with pytest.raises(ConfinedReadError):
        read_confined(root, path, 1000)


def test_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ConfinedReadError, match="regular"):
        read_confined(tmp_path, "pipe", 10)


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * 11)
    with pytest.raises(ConfinedReadError, match="larger"):
        read_confined(tmp_path, "big", 10)
