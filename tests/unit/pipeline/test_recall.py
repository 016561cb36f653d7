"""What is remembered of a file is not found out again, and nothing else is believed."""

from __future__ import annotations

import os
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

import pytest

from scanner.core.coverage import EngineRun
from scanner.core.location import Span
from scanner.executors.inline import InlineExecutor
from scanner.executors.local import LocalExecutor
from scanner.pipeline import answers as stage
from scanner.pipeline.answers import RememberedIndex
from scanner.pipeline.collect import collect
from scanner.pipeline.recall import Recollection
from scanner.ports.engine import Detection, FilePass, OpenedFile
from scanner.ports.observer import SilentObserver
from scanner.ports.source import Snapshot, SourceFile
from scanner.syntax.index import TreeCodeIndex
from tests.support.memory_cache import MemoryCache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from scanner.core.rule import Rule
    from scanner.pipeline.collect import Collected
    from scanner.ports.executor import Outcome
    from scanner.ports.observer import Observer

J = TypeVar("J")
R = TypeVar("R")

FILES = {"a.py": b"x = 1  # casemate: ignore[some-rule] because\n", "b.txt": b"words\n", "c.py": b"def broken(:\n"}
LANGUAGES = {".py": "python", ".txt": ""}


def snapshot(root: Path, files: dict[str, bytes]) -> Snapshot:
    for name, data in files.items():
        (root / name).write_bytes(data)
    return Snapshot(
        root, tuple(SourceFile(name, LANGUAGES[name[1:]], len(data), 1, sha256(data).hexdigest()) for name, data in sorted(files.items()))
    )


class Looking:
    """A pass that says what it was given, and keeps a list of it."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, file: OpenedFile, job: object) -> object:
        self.seen.append(file.path)
        return (file.path, file.data, job)


def die(file: OpenedFile, _: object) -> object:
    if file.path == "a.py":
        os._exit(3)
    return file.path


def gather(files: Snapshot, looking: Looking, cache: MemoryCache, identity: str = "1", job: object = None) -> Collected:
    one = FilePass(looking, {file.path: job for file in files.files}, identity, trees=[file.path for file in files.files])
    return collect(files, InlineExecutor(), SilentObserver(), [one], cache)


def test_a_second_scan_looks_at_no_file_and_says_the_same(tmp_path: Path) -> None:
    cache, looking = MemoryCache(), Looking()
    files = snapshot(tmp_path, FILES)
    first, second = gather(files, looking, cache), gather(files, looking, cache)
    assert looking.seen == sorted(FILES)
    assert (second.partial, second.skipped, second.comments, second.results) == (first.partial, first.skipped, first.comments, first.results)
    assert (first.partial, len(first.comments)) == (("c.py",), 1)


def test_a_file_is_said_to_be_in_part_whether_or_not_its_pass_is_known_already(tmp_path: Path) -> None:
    cache, files = MemoryCache(), snapshot(tmp_path, FILES)
    cold = gather(files, Looking(), cache)
    known = collect(files, InlineExecutor(), SilentObserver(), [FilePass(Looking(), {}, trees=FILES)], cache)
    assert known.partial == cold.partial == ("c.py",)
    assert collect(files, InlineExecutor(), SilentObserver(), [], cache).partial == ()


def test_only_what_changed_is_looked_at_again(tmp_path: Path) -> None:
    cache, looking = MemoryCache(), Looking()
    gather(snapshot(tmp_path, FILES), looking, cache)
    changed = snapshot(tmp_path, {**FILES, "b.txt": b"other words\n"})
    gathered = gather(changed, looking, cache)
    assert looking.seen[len(FILES) :] == ["b.txt"]
    assert gathered.results == gather(changed, Looking(), MemoryCache()).results


@pytest.mark.parametrize(("identity", "job"), [("2", None), ("1", "another job")])
def test_another_engine_or_job_does_not_believe_it(tmp_path: Path, identity: str, job: object) -> None:
    cache, looking = MemoryCache(), Looking()
    files = snapshot(tmp_path, FILES)
    gather(files, looking, cache)
    gather(files, looking, cache, identity, job)
    assert len(looking.seen) == 2 * len(FILES)


def test_a_pass_that_does_not_say_what_it_depends_on_is_never_remembered(tmp_path: Path) -> None:
    cache, looking = MemoryCache(), Looking()
    files = snapshot(tmp_path, FILES)
    for _ in range(2):
        gather(files, looking, cache, identity="")
    assert len(looking.seen) == 2 * len(FILES)


def test_a_file_that_changed_after_it_was_listed_is_not_remembered(tmp_path: Path) -> None:
    cache, looking = MemoryCache(), Looking()
    files = snapshot(tmp_path, FILES)
    (tmp_path / "a.py").write_bytes(b"y = 2\n")
    assert gather(files, looking, cache).changed == {"a.py"}
    (tmp_path / "a.py").write_bytes(FILES["a.py"])
    again = gather(files, looking, cache)
    assert again.results[0]["a.py"].result == ("a.py", FILES["a.py"], None)
    assert len(again.comments) == 1


def test_a_file_whose_worker_died_is_tried_again(tmp_path: Path) -> None:
    cache, looking = MemoryCache(), Looking()
    files = snapshot(tmp_path, FILES)
    jobs: dict[str, object] = dict.fromkeys(FILES)
    lost = collect(files, LocalExecutor(2), SilentObserver(), [FilePass(die, jobs, "1")], cache)
    assert lost.changed == {"a.py"}
    collect(files, InlineExecutor(), SilentObserver(), [FilePass(looking, jobs, "1")], cache)
    assert looking.seen == ["a.py"]


class Saying:
    """An engine whose detection depends on nothing but the files and the version that it is said to have."""

    name = "saying"
    rules: tuple[Rule, ...] = ()

    def __init__(self, version: str = "1") -> None:
        self._version = version

    def identity(self) -> str:
        return self._version

    def detect(self, snapshot: Snapshot, observer: Observer) -> Detection:
        raise NotImplementedError


def said(*, lasting: bool = True) -> Detection:
    return Detection((), EngineRun("saying", "1", 3, 0), lasting=lasting)


def test_a_detection_is_remembered_for_the_same_files_only(tmp_path: Path) -> None:
    cache = MemoryCache()
    files = snapshot(tmp_path, FILES)
    Recollection(cache, files, [Saying()], {}).keep("saying", said())
    assert Recollection(cache, files, [Saying()], {}).known == {"saying": said()}
    assert Recollection(cache, files, [Saying("2")], {}).known == {}
    assert Recollection(cache, snapshot(tmp_path, {**FILES, "a.py": b""}), [Saying()], {}).known == {}


@pytest.mark.parametrize(("lasting", "changed"), [(False, ()), (True, ("a.py",))])
def test_a_detection_that_may_not_last_is_not_remembered(tmp_path: Path, lasting: bool, changed: tuple[str, ...]) -> None:
    cache = MemoryCache()
    files = snapshot(tmp_path, FILES)
    recollection = Recollection(cache, files, [Saying()], {})
    recollection.changed = changed
    recollection.keep("saying", said(lasting=lasting))
    assert cache.held == {}


def test_the_index_remembers_its_answers_about_the_bytes_that_were_listed(tmp_path: Path) -> None:
    cache = MemoryCache()
    code = b"class Shop:\n    def buy(self):\n        pay(1)\n"
    files = snapshot(tmp_path, {"a.py": code})
    place = Span("a.py", 3, 9, 3, 15)
    index = RememberedIndex(TreeCodeIndex(tmp_path, {"a.py": "python"}), cache, files, ())
    answers = (index.enclosing_symbol(place), index.statement_tokens(place), index.code_tokens(place), index.definition_tokens(place))
    assert answers[0] == "Shop.buy"
    index.keep()
    knowing = RememberedIndex(TreeCodeIndex(tmp_path / "nowhere", {}), cache, files, ())
    assert (knowing.enclosing_symbol(place), knowing.statement_tokens(place), knowing.code_tokens(place), knowing.definition_tokens(place)) == answers

    (tmp_path / "a.py").write_bytes(b"def other():\n    pass\n    pay(1)\n")
    late = MemoryCache()
    changed = RememberedIndex(TreeCodeIndex(tmp_path, {"a.py": "python"}), late, files, ())
    assert changed.enclosing_symbol(place) == "other"
    changed.keep()
    assert late.held == {}


def test_what_names_findings_is_asked_of_many_files_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "_MANY", 2)
    code = b"class Shop:\n    def buy(self):\n        pay(1)\n"
    files = snapshot(tmp_path, dict.fromkeys(("a.py", "b.py", "c.py"), code))
    (tmp_path / "c.py").write_bytes(b"def other():\n    pass\n    pay(1)\n")  # it has changed since it was listed
    languages = dict.fromkeys(("a.py", "b.py", "c.py"), "python")
    places = [Span(path, 3, 9, 3, 15) for path in languages]
    cache = MemoryCache()
    index = RememberedIndex(TreeCodeIndex(tmp_path / "nowhere", {}), cache, files, ())
    index.foresee(places, LocalExecutor(2), partial(TreeCodeIndex, tmp_path, languages))
    assert [index.enclosing_symbol(place) for place in places] == ["Shop.buy", "Shop.buy", ""]
    assert index.statement_tokens(places[0]) == TreeCodeIndex(tmp_path, languages).statement_tokens(places[0])
    index.keep()
    assert len(cache.held) == 2
    again = RememberedIndex(TreeCodeIndex(tmp_path / "nowhere", {}), cache, files, ())
    again.foresee(places[:2], Nobody(2), partial(TreeCodeIndex, tmp_path, languages))
    assert again.enclosing_symbol(places[1]) == "Shop.buy"


class Nobody(LocalExecutor):
    """An executor that has nothing to do."""

    def map(self, function: Callable[[J], R], jobs: Sequence[J], *, seconds: float) -> Iterator[Outcome[R]]:
        raise AssertionError((function, jobs, seconds))
