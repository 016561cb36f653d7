"""A store in one SQLite file: safe under threads, processes and kills, and never a reason for a scan to fail."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, Self, TypeVar

from scanner.core.problem import Problem, Stage
from scanner.stores.memory import DEFAULT_MAX_BYTES, MemoryStore, entry_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType

T = TypeVar("T")

VERSION: Final = 1
_APPLICATION: Final = 0x43617365  # "Case", in the header of the file
_ASIDE: Final = 100
_KEEP: Final = 0.9  # what eviction leaves of the bound, so that it is not needed at every write
_SCHEMA: Final = """
CREATE TABLE entries (
  shelf BLOB NOT NULL,
  key BLOB NOT NULL,
  value BLOB NOT NULL,
  size INTEGER NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (shelf, key)
) WITHOUT ROWID;
CREATE INDEX entries_by_use ON entries (used, shelf, key, size);
CREATE TABLE totals (bytes INTEGER NOT NULL, clock INTEGER NOT NULL);
INSERT INTO totals VALUES (0, 0);
"""


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

    def __init__(self, path: Path, max_bytes: int = DEFAULT_MAX_BYTES, patience: float = 30.0) -> None:
        """The file is made when it is first needed. `patience` is how many seconds to wait for another process that writes."""
        self._path = path
        self._max_bytes = max_bytes
        self._patience = patience
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
                self._attempt(lambda connection: self._write(connection, shelf, key, value, size))
            if self._memory is not None:
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
                match _fault(error):
                    case _Fault.DAMAGED if again and self._move_aside(error):
                        continue
                    case _Fault.BUSY:
                        self._tell(f"another process held it for more than {self._patience:g} seconds; an entry was passed over")
                    case _Fault.DAMAGED | _Fault.UNUSABLE:
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
            _prepare(connection)
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

    def _write(self, connection: sqlite3.Connection, shelf: str, key: str, value: bytes, size: int) -> None:
        names = _names(shelf, key)
        with _transaction(connection):
            total, clock = self._touch(connection)
            old = connection.execute("SELECT size FROM entries WHERE shelf = ? AND key = ?", names).fetchone()
            connection.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)", (*names, value, size, clock + 1))
            total += size - (int(old[0]) if old else 0)
            if total > self._max_bytes:
                total = self._evict(connection, total)
            connection.execute("UPDATE totals SET bytes = ?, clock = ?", (total, clock + 1))
        self._touched.clear()

    def _remember(self, connection: sqlite3.Connection) -> None:
        with _transaction(connection):
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
            if aside is None:
                return False
            self._path.replace(aside)
            for ending in ("-wal", "-shm"):
                self._beside(ending).unlink(missing_ok=True)
        except OSError:
            return False  # told by the caller, who gives up
        self._tell(f"it was damaged ({error}) and has been moved to {aside.name}")
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


class _Fault(Enum):
    """What an error of the database means for the store."""

    BUSY = auto()  # another process writes
    DAMAGED = auto()  # no database, or one with holes in it
    UNUSABLE = auto()  # full, read-only, not to be opened, not ours


_FAULTS: Final = {
    sqlite3.SQLITE_BUSY: _Fault.BUSY,
    sqlite3.SQLITE_LOCKED: _Fault.BUSY,
    sqlite3.SQLITE_CORRUPT: _Fault.DAMAGED,
    sqlite3.SQLITE_NOTADB: _Fault.DAMAGED,
    sqlite3.SQLITE_ERROR: _Fault.DAMAGED,  # a table that should be there is not
    sqlite3.SQLITE_SCHEMA: _Fault.DAMAGED,
    sqlite3.SQLITE_PERM: _Fault.UNUSABLE,
    sqlite3.SQLITE_READONLY: _Fault.UNUSABLE,
    sqlite3.SQLITE_IOERR: _Fault.UNUSABLE,
    sqlite3.SQLITE_FULL: _Fault.UNUSABLE,
    sqlite3.SQLITE_CANTOPEN: _Fault.UNUSABLE,
    sqlite3.SQLITE_PROTOCOL: _Fault.UNUSABLE,
    sqlite3.SQLITE_NOLFS: _Fault.UNUSABLE,
    sqlite3.SQLITE_AUTH: _Fault.UNUSABLE,
    sqlite3.SQLITE_NOMEM: _Fault.UNUSABLE,
}


class _ForeignError(sqlite3.DatabaseError):
    """The file is a sound database that is not for us to touch."""


def _fault(error: sqlite3.DatabaseError) -> _Fault | None:
    """What to do about an error; None for a mistake of ours, which shall be seen."""
    if isinstance(error, _ForeignError):
        return _Fault.UNUSABLE
    return _FAULTS.get(getattr(error, "sqlite_errorcode", -1) & 0xFF)


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the schema where there is none. Raises _ForeignError where there is another, which is left as it is."""
    _check(connection)
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        _to_wal(connection)
    connection.execute("PRAGMA synchronous = NORMAL")  # in WAL mode, what was committed outlives a killed process
    with _transaction(connection):
        if not _check(connection):
            for statement in _SCHEMA.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")


def _check(connection: sqlite3.Connection) -> bool:
    """Whether there is a schema, and it is ours. Raises _ForeignError where it is not."""
    if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        return False
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        msg = "it is a database of something else"
        raise _ForeignError(msg)
    if version != VERSION:
        msg = f"it was written by another version of Casemate (format {version}, this one knows {VERSION})"
        raise _ForeignError(msg)
    return True


def _to_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL mode. SQLite does not wait for others here, so that we do."""
    for pause in (0.01, 0.05, 0.25, 1.0):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _fault(error) is not _Fault.BUSY:
                raise
            time.sleep(pause)
        else:
            return
    connection.execute("PRAGMA journal_mode = WAL")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, and nobody else writes meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # a full disk ends it by itself
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _counts(connection: sqlite3.Connection) -> tuple[int, int]:
    entries = connection.execute("SELECT count(*) FROM entries").fetchone()[0]
    return int(entries), int(connection.execute("SELECT bytes FROM totals").fetchone()[0])


def _empty(connection: sqlite3.Connection) -> int:
    with _transaction(connection):
        number = int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])
        connection.execute("DELETE FROM entries")
        connection.execute("UPDATE totals SET bytes = 0")
    connection.execute("VACUUM")
    return number


def _names(shelf: str, key: str) -> tuple[bytes, bytes]:
    """Shelf and key as bytes: names of files need not be text."""
    return shelf.encode("utf-8", "surrogatepass"), key.encode("utf-8", "surrogatepass")
