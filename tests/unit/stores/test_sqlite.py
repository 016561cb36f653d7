"""The store: it keeps what it was given, through threads, processes and kills, and whatever becomes of its file."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.stores.memory import MemoryStore
from scanner.stores.sqlite import SqliteStore, StoreInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.ports.store import Store

ROOT = Path(__file__).parents[3]
WRITER = """
import sys
from pathlib import Path
from scanner.stores.sqlite import SqliteStore
path, name, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
store = SqliteStore(path)
for index in range(number):
    store.put("shelf", f"{name}-{index}", b"x" * 1000)
    print(index, flush=True)
assert store.problems == (), store.problems
if len(sys.argv) > 4:
    sys.stdin.read()
store.close()
"""


def start(path: Path, name: str, number: int, *more: str) -> subprocess.Popen[str]:
    """A process of its own that writes so many entries, and says each number once it is kept."""
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path), name, str(number), *more], cwd=ROOT, stdout=-1, stdin=-1, text=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(path, max_bytes=1_000_000) as made:
        yield made


@pytest.fixture(params=["sqlite", "memory"])
def any_store(request: pytest.FixtureRequest, path: Path) -> Iterator[SqliteStore | MemoryStore]:
    if request.param == "memory":
        yield MemoryStore(max_bytes=10_000)
        return
    with SqliteStore(path, max_bytes=10_000) as made:
        yield made


def test_what_was_put_comes_back(any_store: Store) -> None:
    any_store.put("verdicts", "a", b'{"x": 1}')
    any_store.put("verdicts", "b", b"")
    any_store.put("other", "a", b"\x00\xff")

    assert [any_store.get("verdicts", key) for key in "abc"] == [b'{"x": 1}', b"", None]
    assert any_store.get("other", "a") == b"\x00\xff"


def test_the_last_value_counts(any_store: Store) -> None:
    any_store.put("s", "k", b"first" * 100)
    any_store.put("s", "k", b"second")

    assert any_store.get("s", "k") == b"second"


def test_names_need_not_be_text(any_store: Store) -> None:
    any_store.put("s\udce9", "\udc80.py", b"surrogate")
    any_store.put("s\\udce9", "\\udc80.py", b"backslash")

    assert [any_store.get("s\udce9", "\udc80.py"), any_store.get("s\\udce9", "\\udc80.py")] == [b"surrogate", b"backslash"]


def test_the_least_recently_used_make_room(any_store: SqliteStore | MemoryStore) -> None:
    for index in range(9):
        any_store.put("s", f"k{index}", b"x" * 1_000)
    any_store.get("s", "k0")
    any_store.put("s", "new", b"y" * 1_500)

    assert any_store.get("s", "k0") is not None
    assert any_store.get("s", "new") is not None
    assert any_store.get("s", "k1") is None


def test_the_store_never_grows_beyond_its_bound(any_store: SqliteStore | MemoryStore) -> None:
    for index in range(100):
        any_store.put("s", f"k{index}", b"x" * (index * 37 % 3_000))
        assert (any_store.bytes if isinstance(any_store, MemoryStore) else any_store.info().bytes) <= 10_000
    assert any_store.get("s", "k99") is not None


def test_what_is_larger_than_the_store_is_left_out(any_store: SqliteStore | MemoryStore) -> None:
    any_store.put("s", "small", b"x")
    any_store.put("s", "large", b"x" * 20_000)

    assert [any_store.get("s", "small"), any_store.get("s", "large")] == [b"x", None]


def test_clearing_empties_it(any_store: SqliteStore | MemoryStore) -> None:
    for index in range(3):
        any_store.put("s", f"k{index}", b"x")

    assert any_store.clear() == 3
    assert any_store.get("s", "k0") is None
    assert any_store.clear() == 0


def test_a_store_says_what_is_in_it(store: SqliteStore, path: Path) -> None:
    assert store.info() == StoreInfo(path, 0, 0, 1_000_000, in_memory=False)
    store.put("shelf", "key", b"value")
    assert store.info() == StoreInfo(path, 1, 13, 1_000_000, in_memory=False)
    store.put("shelf", "key", b"v")
    assert (store.info().bytes, store.problems) == (9, ())


def test_it_is_for_the_owners_eyes(store: SqliteStore, path: Path) -> None:
    store.put("s", "k", b"quoted code")

    assert [stat.S_IMODE(item.stat().st_mode) for item in (path, path.parent)] == [0o600, 0o700]


def test_it_is_remembered_after_a_restart_with_what_was_used(path: Path) -> None:
    with SqliteStore(path, max_bytes=3_000) as store:
        store.put("s", "old", b"x" * 1_000)
        store.put("s", "newer", b"x" * 1_000)
        store.get("s", "old")
    with SqliteStore(path, max_bytes=3_000) as store:
        store.put("s", "newest", b"x" * 1_500)

        assert [store.get("s", key) is None for key in ("old", "newer", "newest")] == [False, True, False]


def test_a_closed_store_opens_again(store: SqliteStore) -> None:
    store.put("s", "k", b"v")
    store.close()
    store.close()

    assert store.get("s", "k") == b"v"


def test_many_threads_share_one_store(store: SqliteStore) -> None:
    def work(number: int) -> bytes | None:
        store.put("s", f"k{number}", str(number).encode())
        store.get("s", f"k{number - 1}")
        return store.get("s", f"k{number}")

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(work, range(400)))

    assert found == [str(number).encode() for number in range(400)]
    assert (store.info().entries, store.problems) == (400, ())


def test_many_processes_share_one_file(path: Path) -> None:
    writers = [start(path, f"w{number}", 50) for number in range(4)]
    for writer in writers:
        writer.communicate(timeout=60)

    with SqliteStore(path) as store:
        assert [writer.returncode for writer in writers] == [0] * 4
        assert (store.info().entries, store.problems) == (200, ())


def test_a_kill_loses_nothing_that_was_kept(path: Path) -> None:
    writer = start(path, "w", 10_000)
    assert writer.stdout is not None
    kept = [int(writer.stdout.readline()) for _ in range(50)]
    os.kill(writer.pid, signal.SIGKILL)
    kept += [int(line) for line in writer.stdout.read().split()]
    writer.communicate()

    with SqliteStore(path) as store:
        assert all(store.get("shelf", f"w-{index}") == b"x" * 1_000 for index in kept)
        assert store.problems == ()


def test_a_store_goes_on_after_a_fork(store: SqliteStore) -> None:
    store.put("s", "parent", b"1")
    child = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORK, str(store.info().path)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )

    assert (child.returncode, child.stderr) == (0, "")
    assert [store.get("s", key) for key in ("parent", "before", "child", "after")] == [b"1"] * 4


FORK = """
import os, sys
from pathlib import Path
from scanner.stores.sqlite import SqliteStore
store = SqliteStore(Path(sys.argv[1]))
store.put("s", "before", b"1")
child = os.fork()
if not child:
    store.put("s", "child", b"1")
    os._exit(0 if store.get("s", "before") == b"1" and not store.problems else 1)
assert os.waitpid(child, 0)[1] == 0
store.put("s", "after", b"1")
assert store.get("s", "child") == b"1" and not store.problems
store.close()
"""


def damaged(data: bytes, how: str) -> bytes:
    """The bytes of a file after something went wrong with it."""
    match how:
        case "no database":
            return b"this was never a database, not even for a moment" * 100
        case "a damaged header":
            return b"\xff" * 100 + data[100:]
        case "a damaged middle":
            return data[:4096] + b"\xff" * (len(data) - 4096)
        case _:
            return data[: len(data) // 2 + 17]


@pytest.mark.parametrize("how", ["no database", "a damaged header", "a damaged middle", "truncated"])
def test_a_damaged_file_is_moved_aside_and_told(path: Path, how: str) -> None:
    with SqliteStore(path) as store:
        for index in range(50):
            store.put("s", f"k{index}", b"x" * 500)
    path.write_bytes(damaged(path.read_bytes(), how))

    with SqliteStore(path) as store:
        found = [store.get("s", f"k{index}") for index in range(50)]
        store.put("s", "new", b"value")
        assert store.get("s", "new") == b"value"
        problems = store.problems
        assert not store.info().in_memory

    assert None in found
    assert [(problem.subject, problem.incomplete) for problem in problems] == [("store store.db", False)]
    assert "has been moved to store.db.damaged-1" in problems[0].message
    assert (path.parent / "store.db.damaged-1").exists()


def test_a_file_damaged_again_gets_another_name(path: Path) -> None:
    for number in (1, 2):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"nonsense" * 1_000)
        with SqliteStore(path) as store:
            assert store.get("s", "k") is None
            assert f"damaged-{number}" in store.problems[0].message


def test_a_table_that_is_gone_is_damage(path: Path) -> None:
    with SqliteStore(path) as store:
        store.put("s", "k", b"v")
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE totals")
    connection.close()

    with SqliteStore(path) as store:
        store.put("s", "k", b"w")
        assert (store.get("s", "k"), len(store.problems)) == (b"w", 1)


def test_a_database_of_something_else_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE precious (x)")
    connection.close()
    before = path.read_bytes()

    with SqliteStore(path) as store:
        store.put("s", "k", b"v")
        assert (store.get("s", "k"), store.info().in_memory) == (b"v", True)
        assert "a database of something else" in store.problems[0].message

    assert path.read_bytes() == before


def test_a_file_of_a_later_version_is_left_alone(path: Path) -> None:
    with SqliteStore(path) as store:
        store.put("s", "k", b"v")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 7")
    connection.close()

    with SqliteStore(path) as store:
        assert (store.get("s", "k"), store.info().in_memory) == (None, True)
        assert "format 7" in store.problems[0].message


def test_where_nothing_can_be_written_it_lives_in_memory_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with SqliteStore(tmp_path / "file" / "store.db") as store:
        store.put("s", "k", b"v")
        store.put("s", "l", b"w")
        assert [store.get("s", key) for key in "kl"] == [b"v", b"w"]
        assert (store.info().entries, store.info().in_memory, store.clear()) == (2, True, 2)
        assert [problem.incomplete for problem in store.problems] == [False]
        assert "lives in memory for this run" in store.problems[0].message


def test_a_directory_in_its_place_is_no_reason_to_fail(path: Path) -> None:
    path.mkdir(parents=True)
    with SqliteStore(path) as store:
        store.put("s", "k", b"v")
        assert (store.get("s", "k"), len(store.problems)) == (b"v", 1)


def test_another_process_that_holds_it_is_told_and_passed_over(path: Path) -> None:
    with SqliteStore(path, patience=0.05) as store:
        store.put("s", "k", b"v")
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        store.put("s", "lost", b"v")
        assert store.get("s", "k") == b"v"  # readers do not wait for writers
        holder.execute("ROLLBACK")
        holder.close()
        store.put("s", "kept", b"v")

        assert [store.get("s", key) for key in ("lost", "kept")] == [None, b"v"]
        assert ["another process held it" in problem.message for problem in store.problems] == [True]


def test_a_value_that_is_too_large_is_told(store: SqliteStore) -> None:
    store.put("s", "k", b"x" * 2_000_000)

    assert (store.get("s", "k"), "does not fit" in store.problems[0].message) == (None, True)
