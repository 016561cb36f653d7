from __future__ import annotations

import stat
from pathlib import Path

import pytest

from scanner.core.writing import replace_file


@pytest.mark.parametrize("durable", [False, True])
def test_a_file_is_replaced_with_its_permissions_and_nothing_else_is_left(tmp_path: Path, durable: bool) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(b"old")
    replace_file(path, b"new", mode=0o640, durable=durable)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o640)
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_put_in_its_place_leaves_the_old_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(b"old")

    def full(made: Path, target: Path) -> Path:
        assert (made.read_bytes(), target) == (b"new", path)
        raise OSError

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError):  # noqa: PT011 -- whatever the system says
        replace_file(path, b"new")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"old", [path])
