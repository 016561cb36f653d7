from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.app.fleet.folder import REPORT, RESULT, SARIF, Folder, RunMark, Stored, write_whole
from scanner.app.fleet.job import Result, Status, Why
from scanner.app.fleet.targets import Target
from scanner.core.errors import OutputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

TARGET = Target("/srv/shop")
GOOD = Stored(TARGET.id, "key", "run", "2027-01-31T00:00:00+00:00", Result(Status.COMPLETE, 0, "c0ffee", "{}\n", "[]\n", kin=(("f", ("a", "b")),)))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "out")
    with made.held():
        pass
    return made


def test_a_result_comes_back_as_it_was_saved(folder: Folder) -> None:
    folder.save(TARGET, GOOD)
    assert folder.load(TARGET) == GOOD
    assert sorted(path.name for path in folder.place(TARGET).iterdir()) == sorted([REPORT, RESULT, SARIF])


@pytest.mark.parametrize("name", [SARIF, REPORT, RESULT])
def test_a_result_of_which_a_part_is_missing_or_not_its_own_is_none(folder: Folder, name: str) -> None:
    folder.save(TARGET, GOOD)
    place = folder.place(TARGET) / name
    place.write_text(place.read_text("utf-8")[:-2] + " ", encoding="utf-8")
    assert folder.load(TARGET) is None
    place.unlink()
    assert folder.load(TARGET) is None


def test_a_failure_removes_the_reports_of_an_earlier_scan(folder: Folder) -> None:
    folder.save(TARGET, GOOD)
    failed = Stored(TARGET.id, "", "run", "now", Result(Status.FAILED, 4, why=Why.TIME, detail="too long"))
    folder.save(TARGET, failed)
    assert folder.load(TARGET) == failed
    assert [path.name for path in folder.place(TARGET).iterdir()] == [RESULT]


def test_another_targets_result_is_not_taken(folder: Folder) -> None:
    folder.save(TARGET, Stored("/srv/other", "key", "run", "now", GOOD.result))
    assert folder.load(TARGET) is None


def test_two_fleets_do_not_work_in_one_directory(folder: Folder) -> None:
    with folder.held(), pytest.raises(UsageError), folder.held():
        pass
    with folder.held():
        pass


def test_a_directory_that_cannot_be_made_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError), Folder(tmp_path / "file").held():
        pass


def test_the_mark_of_a_run_comes_back_and_a_damaged_one_is_none(folder: Folder) -> None:
    assert folder.last_run() is None
    mark = RunMark("name", "now", "asked", ended=False)
    folder.mark(mark)
    assert folder.last_run() == mark
    (folder.path / "run.json").write_text("{", encoding="utf-8")
    assert folder.last_run() is None


def test_a_file_is_replaced_whole_or_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "page"
    write_whole(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "new \ud800")
    assert path.read_text("utf-8") == "old"
    assert [item.name for item in tmp_path.iterdir()] == ["page"]
