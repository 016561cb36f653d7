"""The file of a store: its schema, its header, transactions, and what each error of SQLite means for it."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION: Final = 1
_APPLICATION: Final = 0x43617365  # "Case", in the header of the file
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


class Fault(Enum):
    """What an error of the database means for the store."""

    BUSY = auto()  # another process writes
    DAMAGED = auto()  # no database, or one with holes in it
    UNUSABLE = auto()  # full, read-only, not to be opened, not ours


_FAULTS: Final = {
    sqlite3.SQLITE_BUSY: Fault.BUSY,
    sqlite3.SQLITE_LOCKED: Fault.BUSY,
    sqlite3.SQLITE_CORRUPT: Fault.DAMAGED,
    sqlite3.SQLITE_NOTADB: Fault.DAMAGED,
    sqlite3.SQLITE_ERROR: Fault.DAMAGED,  # a table that should be there is not
    sqlite3.SQLITE_SCHEMA: Fault.DAMAGED,
    sqlite3.SQLITE_PERM: Fault.UNUSABLE,
    sqlite3.SQLITE_READONLY: Fault.UNUSABLE,
    sqlite3.SQLITE_IOERR: Fault.UNUSABLE,
    sqlite3.SQLITE_FULL: Fault.UNUSABLE,
    sqlite3.SQLITE_CANTOPEN: Fault.UNUSABLE,
    sqlite3.SQLITE_PROTOCOL: Fault.UNUSABLE,
    sqlite3.SQLITE_NOLFS: Fault.UNUSABLE,
    sqlite3.SQLITE_AUTH: Fault.UNUSABLE,
    sqlite3.SQLITE_NOMEM: Fault.UNUSABLE,
}


class ForeignError(sqlite3.DatabaseError):
    """The file is a sound database that is not for us to touch."""


def fault_of(error: sqlite3.DatabaseError) -> Fault | None:
    """What to do about an error; None for a mistake of ours, which shall be seen."""
    if isinstance(error, ForeignError):
        return Fault.UNUSABLE
    return _FAULTS.get(getattr(error, "sqlite_errorcode", -1) & 0xFF)


def prepare(connection: sqlite3.Connection) -> None:
    """Make the schema where there is none. Raises ForeignError where there is another, which is left as it is."""
    connection.execute("PRAGMA trusted_schema = OFF")  # a file that somebody else made may say more than tables
    _check(connection)
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        _to_wal(connection)
    connection.execute("PRAGMA synchronous = NORMAL")  # in WAL mode, what was committed outlives a killed process
    with transaction(connection):
        if not _check(connection):
            for statement in _SCHEMA.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")


def _check(connection: sqlite3.Connection) -> bool:
    """Whether there is a schema, and it is ours. Raises ForeignError where it is not."""
    if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        return False
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        msg = "it is a database of something else"
        raise ForeignError(msg)
    if version != VERSION:
        msg = f"it was written by another version of Casemate (format {version}, this one knows {VERSION})"
        raise ForeignError(msg)
    return True


def _to_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL mode. SQLite does not wait for others here, so that we do."""
    for pause in (0.01, 0.05, 0.25, 1.0):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if fault_of(error) is not Fault.BUSY:
                raise
            time.sleep(pause)
        else:
            return
    connection.execute("PRAGMA journal_mode = WAL")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, and nobody else writes meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # a full disk ends it by itself
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
