"""The scan cache: it gives back what it was given, believes nobody but its writer, and makes nothing but the values it knows."""

from __future__ import annotations

import os
import pickle
import sqlite3
from typing import TYPE_CHECKING

import pytest

from scanner.core.coverage import Skip, SkippedPath
from scanner.core.location import Span
from scanner.stores.results import StoredResults
from scanner.stores.sqlite import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLASSES = (Span, Skip, SkippedPath)
SPAN = Span("a.py", 1, 1, 2, 3)
MANY = {f"key {number}": (number, SPAN, "words " * 200) for number in range(1500)}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "scan.db", keep_damaged=False) as made:
        yield made


def cache(store: SqliteStore, secret: bytes = b"ours", version: str = "1", *, trusted: bool = True) -> StoredResults:
    return StoredResults(store, CLASSES, version, secret=secret, trusted=trusted)


def test_values_come_back_as_they_were_large_and_small(store: SqliteStore) -> None:
    values = {"one": SPAN, "two": (SkippedPath("b", Skip.TOO_DEEP), b"\0", None, 1.5, "ü\udc80"), "three": frozenset({1}), "none": None, **MANY}
    cache(store).remember("shelf", values)
    assert cache(store).recall("shelf", [*values, "absent"]) == values


def test_shelves_and_versions_of_the_code_are_kept_apart(store: SqliteStore) -> None:
    cache(store).remember("shelf", {"key": SPAN})
    assert cache(store).recall("other", ["key"]) == {}
    assert cache(store, version="2").recall("shelf", ["key"]) == {}


def test_what_another_key_sealed_is_absent_and_counted(store: SqliteStore) -> None:
    cache(store, b"theirs").remember("shelf", {"key": SPAN})
    ours = cache(store)
    assert ours.recall("shelf", ["key"]) == {}
    assert ours.distrusted == 1
    ours.remember("shelf", {"key": "ours"})
    assert ours.recall("shelf", ["key"]) == {"key": "ours"}


@pytest.mark.parametrize(
    "change", [lambda value: value[:-1], lambda value: value + b"\0", lambda value: bytes([value[0] ^ 1]) + value[1:], lambda _: b""]
)
def test_an_entry_that_was_changed_is_absent(store: SqliteStore, tmp_path: Path, change: object) -> None:
    assert callable(change)
    cache(store).remember("shelf", {"key": SPAN})
    store.close()
    with sqlite3.connect(tmp_path / "scan.db") as connection:
        (value,) = connection.execute("SELECT value FROM entries").fetchone()
        connection.execute("UPDATE entries SET value = ?", (change(value),))
    connection.close()
    assert cache(store).recall("shelf", ["key"]) == {}


def test_an_entry_under_the_name_of_another_is_absent(store: SqliteStore, tmp_path: Path) -> None:
    cache(store).remember("shelf", {"one": "a harmless file", "two": "a dangerous file"})
    store.close()
    with sqlite3.connect(tmp_path / "scan.db") as connection:
        connection.execute("UPDATE entries SET value = (SELECT value FROM entries WHERE key = ?) WHERE key = ?", (b"one", b"two"))
    connection.close()
    assert cache(store).recall("shelf", ["one", "two"]) == {"one": "a harmless file"}


def test_a_change_nobody_accepted_believes_what_was_accepted_and_not_the_other_way_round(store: SqliteStore) -> None:
    accepted, proposed = cache(store), cache(store, trusted=False)
    accepted.remember("shelf", {"one": "accepted", "both": "accepted"})
    proposed.remember("shelf", {"two": "proposed", "both": "proposed"})
    assert proposed.recall("shelf", ["one", "two", "both"]) == {"one": "accepted", "two": "proposed", "both": "accepted"}
    assert accepted.recall("shelf", ["one", "two", "both"]) == {"one": "accepted", "both": "accepted"}


class Trap:
    """What a hostile pickle holds: a call."""

    def __reduce__(self) -> tuple[object, ...]:
        return print, ("sprung",)


@pytest.mark.parametrize("value", [Trap(), pickle.Pickler, Span.overlaps, print])
def test_nothing_is_made_but_the_classes_that_were_named(store: SqliteStore, capsys: pytest.CaptureFixture[str], value: object) -> None:
    cache(store).remember("shelf", {"key": value})  # sealed with our own key: the second wall has to hold by itself
    assert cache(store).recall("shelf", ["key"]) == {}
    assert capsys.readouterr().out == ""


def test_a_damaged_file_is_begun_anew_and_told_once(store: SqliteStore, tmp_path: Path) -> None:
    cache(store).remember("shelf", MANY)
    store.close()
    (tmp_path / "scan.db").write_bytes(b"no database at all" * 1000)
    again = cache(store)
    assert again.recall("shelf", ["key 1"]) == {}
    again.remember("shelf", {"key 1": SPAN})
    assert again.recall("shelf", ["key 1"]) == {"key 1": SPAN}
    assert [problem.message.partition("(")[0] for problem in store.problems] == ["it was damaged "]
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.endswith(".db") or "damaged" in path.name) == ["scan.db"]


def test_the_least_recently_used_make_room(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "scan.db", max_bytes=50_000) as store:
        for number in range(40):
            cache(store).remember("shelf", {f"{number}": os.urandom(4000)})
        info = store.info()
        assert info.bytes <= info.max_bytes
        assert cache(store).recall("shelf", ["0", "39"]).keys() == {"39"}


def test_two_scans_at_once_lose_nothing(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "scan.db") as one, SqliteStore(tmp_path / "scan.db") as other:
        for number in range(20):
            cache(one).remember("shelf", {f"one {number}": number})
            cache(other).remember("shelf", {f"other {number}": number})
        keys = [f"{name} {number}" for name in ("one", "other") for number in range(20)]
        assert len(cache(one).recall("shelf", keys)) == len(keys)
        assert (one.problems, other.problems) == ((), ())
