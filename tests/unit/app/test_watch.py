"""Watching: each change is scanned once it is whole, and told as what it brought and what it mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.app.config import Environment, Flags, configure
from scanner.app.watch import watch
from scanner.ports.cache import NoCache
from scanner.ports.observer import SilentObserver
from scanner.sources.watching import stamps

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scanner.app.watch import Round

WEAK = "import hashlib\n\n\ndef check(password):\n    return hashlib.md5(password).hexdigest()\n"
ALSO = "\n\nfrom flask import request\n\n\ndef shell():\n    import os\n    os.system('ls ' + request.args['q'])\n"


class Clock:
    """Stands for the time between two looks: each pause makes the next change of the list, if there is one left."""

    def __init__(self, *changes: Callable[[], object]) -> None:
        self._changes = list(changes)

    def __call__(self, _: float) -> None:
        if self._changes:
            self._changes.pop(0)()


def rounds(root: Path, clock: Clock, number: int) -> list[Round]:
    config = configure(Flags(targets=(root,), isolated=True, jobs=1, engines=("taint",)), Environment.read({}), root)
    watching = watch(config, SilentObserver(), NoCache(), clock)
    return [next(watching) for _ in range(number)]


def test_each_change_is_told_as_what_it_brought_and_mended(tmp_path: Path) -> None:
    file = tmp_path / "app.py"
    file.write_text(WEAK)
    told = rounds(
        tmp_path,
        Clock(lambda: None, lambda: file.write_text("# moved down\n\n" + WEAK + ALSO), lambda: None, lambda: file.write_text(ALSO)),
        3,
    )
    assert [(one.first, len(one.new), len(one.fixed), len(one.report.active)) for one in told] == [
        (True, 1, 0, 1),
        (False, 1, 0, 2),
        (False, 0, 1, 1),
    ]
    assert told[0].new[0].rule.id == told[2].fixed[0].rule.id


def test_a_change_in_several_steps_is_one_round(tmp_path: Path) -> None:
    file = tmp_path / "app.py"
    file.write_text("")
    told = rounds(tmp_path, Clock(lambda: file.write_text(WEAK[:20]), lambda: file.write_text(WEAK), lambda: file.write_text(WEAK + ALSO)), 2)
    assert len(told[1].report.active) == 2


def test_files_that_come_and_go_are_noticed_and_those_of_version_control_are_not(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "node_modules").mkdir()
    before = stamps([tmp_path])
    for name in (".git/index", "node_modules/x.js"):
        (tmp_path / name).write_text("x")
    (tmp_path / "link.py").symlink_to("/etc/passwd")
    assert set(stamps([tmp_path])) - set(before) == {str(tmp_path / "link.py")}
    (tmp_path / "src" / "a.py").write_text("x")
    with_file = stamps([tmp_path])
    assert set(with_file) - set(before) == {str(tmp_path / "src" / "a.py"), str(tmp_path / "link.py")}
    assert stamps([tmp_path], [tmp_path / "src"]).keys() == {str(tmp_path / "link.py")}
    assert stamps([tmp_path / "src" / "a.py"]).keys() == {str(tmp_path / "src" / "a.py")}
    assert stamps([tmp_path / "nowhere"]) == {}


@pytest.mark.parametrize("same_size", [True, False])
def test_a_file_that_is_written_again_is_noticed(tmp_path: Path, same_size: bool) -> None:
    file = tmp_path / "a.py"
    file.write_text("x = 1\n")
    before = stamps([tmp_path])
    other = tmp_path / "b"
    other.write_text("x = 2\n" if same_size else "x = 22\n")
    other.replace(file)  # as editors do
    assert stamps([tmp_path]) != before
