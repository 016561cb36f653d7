from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.core.errors import SourceError
from scanner.sources.roots import find_root

if TYPE_CHECKING:
    from collections.abc import Callable


def test_the_root_is_the_top_of_the_work_tree(plant: Callable[..., Path]) -> None:
    root = plant({".git/HEAD": "ref: refs/heads/main\n", "a/b/c.py": "1\n"})

    assert find_root([root / "a" / "b"], root) == root
    assert find_root([Path("c.py")], root / "a" / "b") == root
    assert find_root([], root / "a") == root


def test_a_file_called_git_marks_a_work_tree_as_well(plant: Callable[..., Path]) -> None:
    root = plant({"sub/.git": "gitdir: ../modules/sub\n", "sub/a/b.py": "1\n"})

    assert find_root([root / "sub" / "a"], root) == root / "sub"


def test_without_git_the_root_is_the_directory_or_what_the_targets_share(plant: Callable[..., Path]) -> None:
    root = plant({"a/x/1.py": "1\n", "a/y/2.py": "1\n", "b.py": "1\n"})

    assert find_root([root / "a"], root) == root / "a"
    assert find_root([root / "a" / "x", root / "a" / "y" / "2.py"], root) == root / "a"
    assert find_root([root / "b.py"], root) == root


def test_a_link_the_user_names_is_followed(plant: Callable[..., Path], tmp_path: Path) -> None:
    root = plant({"a/b.py": "1\n"})
    (tmp_path / "link").symlink_to(root / "a")

    assert find_root([tmp_path / "link"], tmp_path) == root / "a"


def test_a_target_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no"):
        find_root([Path("missing")], tmp_path)


def test_a_link_to_itself_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")

    with pytest.raises(SourceError, match="cannot be opened"):
        find_root([Path("loop")], tmp_path)
