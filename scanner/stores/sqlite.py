"""A store in one SQLite file: safe under threads, processes and kills, and never a reason for a scan to fail."""

from __future__ import annotations

import os
import sqlite3
import threading
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Self, TypeVar

from scanner.core.problem import Problem, Stage
from scanner.stores.memory import DEFAULT_MAX_BYTES, MemoryStore, entry_size
from scanner.stores.sqlite_file import Fault, fault_of, prepare, transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

T = TypeVar("T")

_ASIDE: Final = 100
_KEEP: Final = 0.9  # what eviction leaves of the bound, so that it is not needed at every write
_ASKED: Final = 400  # keys in one statement
_WRITTEN: Final = 1000  # entries in one transaction, so that nobody waits long for another process
_RECENT: Final = 100_000  # uses: an entry read again within so many keeps its place, so that reading many entries does not rewrite them all


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What is in a store: where it is, how many entries, their bytes of at most so many, and whether it lives in memory alone."""

    path: Path
    entries: int
    bytes: int
    max_bytes: int
    in_memory: bool


class SqliteStore:
    """A Store in one file, of bounded size; the least recently used entries make room.

    What goes wrong with the file is in `problems`, once, and the store goes on: a damaged file is moved aside and begun anew, one that cannot
    be used at all is replaced by memory. Values are bytes and are given back as they were; they are never unpickled or executed.
    """

    def __init__(self, path: Path, max_bytes: int = DEFAULT_MAX_BYTES, patience: float = 30.0, *, keep_damaged: bool = True) -> None:
        """The file is made when it is first needed. `patience` is how many seconds to wait for another process that writes.

        `keep_damaged`: a damaged file is moved aside; without it, it is removed, because everything in it can be made again.
        """
        self._path = path
        self._max_bytes = max_bytes
        self._patience = patience
        self._keep_damaged = keep_damaged
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._inherited: list[sqlite3.Connection] = []
        self._process = 0
        self._inode = 0
        self._memory: MemoryStore | None = None
        self._touched: dict[tuple[bytes, bytes], None] = {}
        self._problems: list[Problem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What went wrong so far; none of it makes a scan incomplete."""
        return tuple(self._problems)

    def get(self, shelf: str, key: str) -> bytes | None:
        """What was put there, or None."""
        with self._lock:
            found = None
            if self._memory is None:
                found = self._attempt(lambda connection: self._find(connection, shelf, key))
            return found if self._memory is None else self._memory.get(shelf, key)

    def put(self, shelf: str, key: str, value: bytes) -> None:
        """Keep it, durable once this returns. A value larger than the whole store is left out."""
        with self._lock:
            size = entry_size(shelf, key, value)
            if size > self._max_bytes:
                self._tell(f"an entry of {size} bytes does not fit in the store of {self._max_bytes}")
                return
            if self._memory is None:
                self._attempt(lambda connection: self._write(connection, shelf, [(key, value)]))
            if self._memory is not None:
                self._memory.put(shelf, key, value)

    def get_many(self, shelf: str, keys: Sequence[str]) -> dict[str, bytes]:
        """What was put there under each key; those without anything are left out. Uses are noted roughly: see `_RECENT`."""
        with self._lock:
            if self._memory is None:
                found = self._attempt(lambda connection: self._find_many(connection, shelf, keys))
                if self._memory is None:
                    return found or {}
            return {key: value for key in keys if (value := self._memory.get(shelf, key)) is not None}

    def put_many(self, shelf: str, entries: Mapping[str, bytes]) -> None:
        """Keep them, some at a time. What does not fit in the store is left out without a word: nobody relies on it."""
        fitting = [(key, value) for key, value in entries.items() if entry_size(shelf, key, value) <= self._max_bytes]
        for start in range(0, len(fitting), _WRITTEN):
            some = fitting[start : start + _WRITTEN]
            with self._lock:
                if self._memory is None:
                    self._attempt(partial(self._write, shelf=shelf, entries=some))
                if self._memory is not None:
                    for key, value in some:
                        self._memory.put(shelf, key, value)

    def info(self) -> StoreInfo:
        """What is in the store."""
        with self._lock:
            counts = None
            if self._memory is None:
                counts = self._attempt(_counts)
            if self._memory is not None:
                counts = (self._memory.entries, self._memory.bytes)
            entries, total = counts or (0, 0)
            return StoreInfo(self._path, entries, total, self._max_bytes, in_memory=self._memory is not None)

    def clear(self) -> int:
        """Forget everything, and give the room back. Returns how many entries there were."""
        with self._lock:
            number = None
            if self._memory is None:
                number = self._attempt(_empty)
            if self._memory is not None:
                number = self._memory.clear()
            self._touched.clear()
            return number or 0

    def close(self) -> None:
        """Close the file; what was used since the last write is remembered. The store opens it again when it is needed."""
        with self._lock:
            if self._connection is not None and self._process == os.getpid() and self._touched:
                self._attempt(self._remember)
            self._drop_connection()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # -- one operation, with everything that can go wrong --------------------------------------------------------------------------------

    def _attempt(self, operation: Callable[[sqlite3.Connection], T]) -> T | None:
        """The operation's result, None where it could not be done. A damaged file is replaced once, and the operation tried again."""
        for again in (True, False):
            try:
                return operation(self._open())
            except sqlite3.DatabaseError as error:
                match fault_of(error):
                    case Fault.DAMAGED if again and self._move_aside(error):
                        continue
                    case Fault.BUSY:
                        self._tell(f"another process held it for more than {self._patience:g} seconds; an entry was passed over")
                    case Fault.DAMAGED | Fault.UNUSABLE:
                        self._give_up(f"it cannot be used, and lives in memory for this run: {error}")
                    case None:
                        raise
                return None
            except OSError as error:
                self._give_up(f"it cannot be used, and lives in memory for this run: {error.strerror or error}")
                return None
        return None

    def _open(self) -> sqlite3.Connection:
        if self._connection is not None and self._process == os.getpid():
            return self._connection
        if self._connection is not None:  # a fork: it belongs to the parent, and closing it here would do so under the parent's feet
            self._inherited.append(self._connection)
            self._connection = None
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)  # rationales quote code: for the owner's eyes
        self._inode = os.fstat(handle).st_ino
        os.close(handle)
        connection = sqlite3.connect(self._path, timeout=self._patience, isolation_level=None, check_same_thread=False)
        try:
            prepare(connection)
        except BaseException:
            connection.close()
            raise
        self._connection, self._process = connection, os.getpid()
        return connection

    def _drop_connection(self) -> None:
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    # -- operations -----------------------------------------------------------------------------------------------------------------------

    def _find(self, connection: sqlite3.Connection, shelf: str, key: str) -> bytes | None:
        names = _names(shelf, key)
        row = connection.execute("SELECT value FROM entries WHERE shelf = ? AND key = ?", names).fetchone()
        if row is None:
            return None
        self._touched[names] = None  # written with the next entry: reading stays reading
        return bytes(row[0])

    def _find_many(self, connection: sqlite3.Connection, shelf: str, keys: Sequence[str]) -> dict[str, bytes]:
        clock = connection.execute("SELECT clock FROM totals").fetchone()[0]
        found: dict[str, bytes] = {}
        for start in range(0, len(keys), _ASKED):
            asked = {_names(shelf, key): key for key in keys[start : start + _ASKED]}
            marks = ", ".join("?" * len(asked))
            query = f"SELECT key, value, used FROM entries WHERE shelf = ? AND key IN ({marks})"  # noqa: S608 -- nothing but question marks
            place = _names(shelf, "")[0]
            for key, value, used in connection.execute(query, (place, *(name for _, name in asked))):
                found[asked[place, key]] = value
                if used < clock - _RECENT:
                    self._touched[place, key] = None
        return found

    def _write(self, connection: sqlite3.Connection, shelf: str, entries: Sequence[tuple[str, bytes]]) -> None:
        with transaction(connection):
            total, clock = self._touch(connection)
            for key, value in entries:
                names = _names(shelf, key)
                size = entry_size(shelf, key, value)
                clock += 1
                old = connection.execute("SELECT size FROM entries WHERE shelf = ? AND key = ?", names).fetchone()
                connection.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)", (*names, value, size, clock))
                total += size - (int(old[0]) if old else 0)
            if total > self._max_bytes:
                total = self._evict(connection, total)
            connection.execute("UPDATE totals SET bytes = ?, clock = ?", (total, clock))
        self._touched.clear()

    def _remember(self, connection: sqlite3.Connection) -> None:
        with transaction(connection):
            _, clock = self._touch(connection)
            connection.execute("UPDATE totals SET clock = ?", (clock,))
        self._touched.clear()

    def _touch(self, connection: sqlite3.Connection) -> tuple[int, int]:
        """Note what was read since the last write. Returns the bytes in the store and its clock."""
        total, clock = connection.execute("SELECT bytes, clock FROM totals").fetchone()
        for names in self._touched:
            clock += 1
            connection.execute("UPDATE entries SET used = ? WHERE shelf = ? AND key = ?", (clock, *names))
        return int(total), int(clock)

    def _evict(self, connection: sqlite3.Connection, total: int) -> int:
        """Make room, oldest use first; the newest entry always stays. Returns what is left."""
        rows = connection.execute("SELECT shelf, key, size FROM entries ORDER BY used").fetchall()
        for shelf, key, size in rows[:-1]:
            if total <= self._max_bytes * _KEEP:
                break
            connection.execute("DELETE FROM entries WHERE shelf = ? AND key = ?", (shelf, key))
            total -= size
        return total

    # -- what goes wrong ------------------------------------------------------------------------------------------------------------------

    def _move_aside(self, error: sqlite3.DatabaseError) -> bool:
        """Rename a damaged file and what belongs to it; False where that is not possible. Another process may have been faster."""
        self._drop_connection()
        try:
            if not self._path.exists() or self._path.stat().st_ino != self._inode:
                return True
            aside = next((name for number in range(1, _ASIDE) if not (name := self._beside(f".damaged-{number}")).exists()), None)
            if not self._keep_damaged:
                self._path.unlink()
            elif aside is not None:
                self._path.replace(aside)
            else:
                return False
            for ending in ("-wal", "-shm"):
                self._beside(ending).unlink(missing_ok=True)
        except OSError:
            return False  # told by the caller, who gives up
        self._tell(f"it was damaged ({error}) and has been " + (f"moved to {aside.name}" if self._keep_damaged and aside else "begun anew"))
        return True

    def _beside(self, ending: str) -> Path:
        return self._path.with_name(self._path.name + ending)

    def _give_up(self, message: str) -> None:
        self._drop_connection()
        self._memory = MemoryStore(self._max_bytes)
        self._touched.clear()
        self._tell(message)

    def _tell(self, message: str) -> None:
        problem = Problem(Stage.TRIAGE, f"store {self._path.name}", message, incomplete=False)
        if problem not in self._problems:
            self._problems.append(problem)


def _counts(connection: sqlite3.Connection) -> tuple[int, int]:
    entries = connection.execute("SELECT count(*) FROM entries").fetchone()[0]
    return int(entries), int(connection.execute("SELECT bytes FROM totals").fetchone()[0])


def _empty(connection: sqlite3.Connection) -> int:
    with transaction(connection):
        number = int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])
        connection.execute("DELETE FROM entries")
        connection.execute("UPDATE totals SET bytes = 0")
    connection.execute("VACUUM")
    return number


def _names(shelf: str, key: str) -> tuple[bytes, bytes]:
    """Shelf and key as bytes: names of files need not be text."""
    return shelf.encode("utf-8", "surrogatepass"), key.encode("utf-8", "surrogatepass")
