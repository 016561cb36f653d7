"""Engines that begin to conclude early: the others work in the meantime, and what is said keeps its order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from scanner.core.coverage import EngineRun
from scanner.pipeline.detect import Whole, detect
from scanner.pipeline.recall import Recollection
from scanner.ports.cache import NoCache
from scanner.ports.engine import Detection, FilePass
from scanner.ports.observer import SilentObserver
from scanner.ports.source import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.core.rule import Rule
    from scanner.ports.executor import Outcome
    from scanner.ports.observer import Observer

SNAPSHOT = Snapshot(Path(), ())


class Plain:
    """An engine that looks when it is asked."""

    rules: tuple[Rule, ...] = ()

    def __init__(self, name: str, log: list[str]) -> None:
        self.name: Final = name
        self.log = log

    def detect(self, snapshot: Snapshot, observer: Observer) -> Detection:  # noqa: ARG002 -- the port's signature
        self.log.append(f"{self.name} looks")
        return Detection((), EngineRun(self.name, "1", 0, 0, complete=True))


class Thinking(Plain):
    """One that begins when it has the results of its pass."""

    def look(self, snapshot: Snapshot) -> FilePass:  # noqa: ARG002 -- the port's signature
        return FilePass(lambda *_: None, {})

    def begin(self, snapshot: Snapshot, results: Mapping[str, Outcome[object]]) -> Callable[[Observer], Detection]:
        self.log.append(f"{self.name} begins with {len(results)}")
        return lambda observer: self.detect(snapshot, observer)

    def conclude(self, snapshot: Snapshot, results: Mapping[str, Outcome[object]], observer: Observer) -> Detection:
        raise AssertionError((snapshot, results, observer))


def test_who_has_begun_is_asked_last_and_still_comes_first() -> None:
    log: list[str] = []
    engines = (Thinking("flows", log), Plain("patterns", log), Plain("words", log))
    whole = Whole(SNAPSHOT, engines, ["words", "flows"], ())
    assert whole.numbers == {1}
    whole.begin({1: {}})
    found = detect(SNAPSHOT, engines, {"flows": {}}, SilentObserver(), Recollection(NoCache(), SNAPSHOT, engines, {}), whole.begun)
    assert log == ["flows begins with 0", "patterns looks", "words looks", "flows looks"]
    assert [run.engine for run in found.runs] == ["flows", "patterns", "words"]


def test_nobody_begins_what_is_known() -> None:
    assert Whole(SNAPSHOT, (Thinking("flows", []),), ["flows"], {"flows"}).numbers == frozenset()
