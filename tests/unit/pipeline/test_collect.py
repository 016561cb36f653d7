from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

from scanner.core.coverage import Skip, SkippedPath
from scanner.executors.inline import InlineExecutor
from scanner.executors.local import LocalExecutor
from scanner.pipeline import collect as stage
from scanner.pipeline.collect import First, collect
from scanner.ports.engine import FilePass, OpenedFile
from scanner.ports.executor import Failure
from scanner.ports.observer import SilentObserver
from scanner.ports.source import Snapshot, SourceFile
from scanner.syntax.parse import Parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pytest

    from scanner.ports.executor import Outcome

J = TypeVar("J")
R = TypeVar("R")

FILES = {"a.py": b"x = 1  # casemate: ignore[some-rule] because\n", "b.txt": b"words\n", "c.py": b"def broken(:\n"}


def snapshot(root: Path) -> Snapshot:
    for name, data in FILES.items():
        (root / name).write_bytes(data)
    languages = {".py": "python", ".txt": ""}
    return Snapshot(root, tuple(SourceFile(name, languages[name[1:]], len(data), 1, "") for name, data in FILES.items()))


def size(file: OpenedFile, job: object) -> object:
    return (file.path, len(file.data), type(file.tree).__name__, job)


def length(file: OpenedFile, _: object) -> object:
    return len(file.data)


def identity_of_tree(file: OpenedFile, _: object) -> object:
    return id(file.tree) if isinstance(file.tree, Parsed) else None


def die_on_a(file: OpenedFile, _: object) -> object:
    if file.path == "a.py":
        os._exit(3)
    return file.path


def fail(file: OpenedFile, _: object) -> object:
    raise ValueError(file.path)


def test_a_pass_sees_each_of_its_files_with_bytes_tree_and_job(tmp_path: Path) -> None:
    gathered = collect(snapshot(tmp_path), InlineExecutor(), SilentObserver(), [FilePass(size, {"a.py": 7, "b.txt": "job"}, trees=FILES)])
    assert {path: outcome.result for path, outcome in gathered.results[0].items()} == {
        "a.py": ("a.py", len(FILES["a.py"]), "Parsed", 7),
        "b.txt": ("b.txt", len(FILES["b.txt"]), "NoneType", "job"),
    }


def test_all_passes_share_one_tree(tmp_path: Path) -> None:
    one, other = (FilePass(identity_of_tree, {"a.py": None}, trees=FILES) for _ in range(2))
    gathered = collect(snapshot(tmp_path), InlineExecutor(), SilentObserver(), [one, other])
    assert gathered.results[0] == gathered.results[1]


def test_what_no_pass_asks_the_tree_of_is_not_parsed(tmp_path: Path) -> None:
    files = snapshot(tmp_path)
    one, other = FilePass(size, {"a.py": None, "c.py": None}), FilePass(size, {"c.py": None}, trees=FILES)
    blind, seen = (collect(files, InlineExecutor(), SilentObserver(), passes) for passes in ([one], [one, other]))
    assert blind.results[0]["c.py"].result == ("c.py", len(FILES["c.py"]), "NoneType", None)
    assert blind.partial == ()
    assert seen.results[0]["c.py"].result == ("c.py", len(FILES["c.py"]), "Parsed", None)
    assert seen.partial == ("c.py",)


def test_a_comment_that_speaks_to_us_is_heard_whoever_asks_for_trees(tmp_path: Path) -> None:
    for passes in ([], [FilePass(size, dict.fromkeys(FILES))], [FilePass(size, dict.fromkeys(FILES), trees=FILES)]):
        gathered = collect(snapshot(tmp_path), InlineExecutor(), SilentObserver(), passes)
        assert [comment.span.path for comment in gathered.comments] == ["a.py"]


def test_a_pass_that_kills_its_process_costs_the_inspection_and_the_other_pass_nothing(tmp_path: Path) -> None:
    passes = [FilePass(die_on_a, dict.fromkeys(FILES)), FilePass(size, dict.fromkeys(FILES))]
    gathered = collect(snapshot(tmp_path), LocalExecutor(2), SilentObserver(), passes)
    lost = gathered.results[0]["a.py"].lost
    assert lost is not None
    assert lost.failure is Failure.CRASHED
    assert gathered.results[0]["b.txt"].result == "b.txt"
    assert set(gathered.results[1]) == set(FILES)
    assert all(outcome.lost is None for outcome in gathered.results[1].values())
    assert gathered.skipped == ()
    assert [comment.span.path for comment in gathered.comments] == ["a.py"]


def test_a_pass_that_raises_is_a_lost_job_of_that_pass_only(tmp_path: Path) -> None:
    gathered = collect(snapshot(tmp_path), InlineExecutor(), SilentObserver(), [FilePass(fail, {"a.py": None}), FilePass(size, {"a.py": None})])
    lost = gathered.results[0]["a.py"].lost
    assert lost is not None
    assert lost.detail == "ValueError: a.py"
    assert gathered.results[1]["a.py"].lost is None
    assert gathered.skipped == ()


def test_a_file_that_is_gone_is_told_once_and_given_to_no_pass(tmp_path: Path) -> None:
    files = snapshot(tmp_path)
    (tmp_path / "a.py").unlink()
    gathered = collect(files, InlineExecutor(), SilentObserver(), [FilePass(size, dict.fromkeys(FILES))])
    assert [item.path for item in gathered.skipped] == ["a.py"]
    assert gathered.skipped[0].reason is Skip.UNREADABLE
    assert "a.py" not in gathered.results[0]


def test_what_could_not_be_parsed_reaches_a_pass_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "deep.py").write_bytes(b"x = " + b"(" * 3_000 + b"1" + b")" * 3_000)
    files = Snapshot(tmp_path, (SourceFile("deep.py", "python", 6_000, 1, ""),))
    gathered = collect(files, InlineExecutor(), SilentObserver(), [FilePass(lambda file, _: file.skipped, {"deep.py": None}, trees=["deep.py"])])
    skipped = gathered.results[0]["deep.py"].result
    assert isinstance(skipped, SkippedPath)
    assert skipped.reason is Skip.TOO_DEEP
    assert gathered.skipped == (skipped,)


class Two(InlineExecutor):
    """One that says that it does two things at a time, and notes what it is given, turn by turn."""

    workers = 2  # type: ignore[misc]  # what the double has for good

    def __init__(self) -> None:
        self.turns: list[list[tuple[str, int]]] = []
        self.inspected: list[list[str]] = []

    def map(self, function: Callable[[J], R], jobs: Sequence[J], *, seconds: float) -> Iterator[Outcome[R]]:
        self.turns.append([(job.path, number) for job in jobs for number, _ in job.wanted])  # type: ignore[attr-defined]
        self.inspected += [[job.path for job in jobs if job.inspected]] if jobs else []  # type: ignore[attr-defined]
        return super().map(function, jobs, seconds=seconds)


def test_what_others_wait_for_comes_first_and_they_hear_of_it_before_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "_MANY", 1)
    passes = [FilePass(length, dict.fromkeys(FILES)), FilePass(size, {"a.py": 7, "c.py": 8}, trees=["a.py"])]
    executor = Two()
    heard: list[tuple[int, Mapping[int, Mapping[str, Outcome[object]]]]] = []
    first = First(frozenset({1}), lambda results: heard.append((sum(map(bool, executor.turns)), results)))
    gathered = collect(snapshot(tmp_path), executor, SilentObserver(), passes, first=first)
    assert [turn for turn in executor.turns if turn] == [[("a.py", 1), ("c.py", 1)], [("a.py", 0), ("b.txt", 0), ("c.py", 0)]]
    assert executor.inspected == [["a.py", "c.py"], ["b.txt"]]
    assert heard == [(1, {1: gathered.results[1]})]
    assert gathered == collect(snapshot(tmp_path), InlineExecutor(), SilentObserver(), passes)


def test_where_nobody_waits_each_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "_MANY", 0)
    executor = Two()
    collect(snapshot(tmp_path), executor, SilentObserver(), [FilePass(length, dict.fromkeys(FILES))], first=First(frozenset(), lambda _: None))
    assert executor.inspected == [list(FILES)]


def test_where_little_is_to_do_or_one_thing_at_a_time_each_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passes = [FilePass(size, dict.fromkeys(FILES)), FilePass(size, {"a.py": 7})]
    told: list[object] = []
    executor = Two()
    collect(snapshot(tmp_path), executor, SilentObserver(), passes, first=First(frozenset({1}), told.append))
    assert len(list(filter(None, executor.turns))) == len(told) == 1
    monkeypatch.setattr(stage, "_MANY", 1)
    monkeypatch.setattr(Two, "workers", 1)
    collect(snapshot(tmp_path), executor, SilentObserver(), passes, first=First(frozenset({1}), told.append))
    assert len(list(filter(None, executor.turns))) == len(told) == 2


def test_a_file_that_is_gone_in_between_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "_MANY", 1)
    passes = [FilePass(size, dict.fromkeys(FILES)), FilePass(size, {"a.py": 7})]
    first = First(frozenset({1}), lambda _: (tmp_path / "a.py").unlink())
    gathered = collect(snapshot(tmp_path), Two(), SilentObserver(), passes, first=first)
    assert [(item.path, item.reason) for item in gathered.skipped] == [("a.py", Skip.UNREADABLE)]
    assert "a.py" in gathered.results[1]
    assert "a.py" not in gathered.results[0]
    assert "a.py" in gathered.changed
