"""The inventory of a fleet: one SQLite file about many repositories, which outlives the runs that fill it.

The schema is documented in the file itself (`.schema` in SQLite's shell) and has a version (`PRAGMA user_version`). Times are UTC in ISO 8601, to the
second. A finding stays one row per repository for as long as it has one fingerprint: `first_seen` and `last_seen` are the scans that saw it first and
last, `gone` the first complete scan that did not. A scan that was incomplete or failed makes nothing gone: it cannot know.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.core.errors import OutputError, UsageError
from scanner.core.verdict import side_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from scanner.core.finding import Finding
    from scanner.core.report import ScanReport

VERSION: Final = 1
_APPLICATION: Final = 0x43617366  # "Casf", in the header of the file
_SECONDS: Final = 30.0
_SHORTEST_MARK: Final = 6
_SCHEMA: Final = """
CREATE TABLE runs (  -- one `casemate fleet`, with what it took up again after a crash
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  started TEXT NOT NULL,
  ended TEXT,  -- NULL: under way, or stopped
  version TEXT NOT NULL,  -- of Casemate
  rules TEXT NOT NULL  -- a digest of all rules
);
CREATE TABLE repositories (
  id INTEGER PRIMARY KEY,
  target TEXT NOT NULL UNIQUE,  -- a path, or a URL without credentials, with @ref where one was named
  folder TEXT NOT NULL  -- below repositories/, where the newest reports lie
);
CREATE TABLE scans (  -- what a run has to say about a repository
  id INTEGER PRIMARY KEY,  -- later scans have larger ones
  run INTEGER NOT NULL REFERENCES runs (id),
  repository INTEGER NOT NULL REFERENCES repositories (id),
  finished TEXT NOT NULL,
  status TEXT NOT NULL,  -- complete, incomplete, failed
  why TEXT NOT NULL,  -- of a failure: time, memory, crashed, source, settings, node
  detail TEXT NOT NULL,  -- of a failure, for people
  exit_code INTEGER NOT NULL,  -- what `casemate scan` would have ended with
  commit_id TEXT NOT NULL,  -- empty: not known
  branch TEXT NOT NULL,
  files INTEGER NOT NULL,  -- looked at
  lines INTEGER NOT NULL,
  cost_usd TEXT NOT NULL,  -- what triage spent, a decimal number
  calls INTEGER NOT NULL,  -- of a model
  seconds REAL NOT NULL,
  peak_bytes INTEGER NOT NULL,  -- the most memory that was seen; 0: over before anybody looked, or not known
  kept INTEGER NOT NULL,  -- 1: nothing had changed since an earlier run, whose result this is
  UNIQUE (run, repository)
);
CREATE INDEX scans_by_repository ON scans (repository, id);
CREATE TABLE findings (  -- one row for one fingerprint in one repository
  id INTEGER PRIMARY KEY,
  repository INTEGER NOT NULL REFERENCES repositories (id),
  fingerprint TEXT NOT NULL,
  rule TEXT NOT NULL,
  title TEXT NOT NULL,
  cwe INTEGER NOT NULL,
  severity TEXT NOT NULL,  -- info, low, medium, high, critical
  confidence TEXT NOT NULL,  -- low, medium, high, very-high
  path TEXT NOT NULL,
  line INTEGER NOT NULL,
  symbol TEXT NOT NULL,
  message TEXT NOT NULL,
  suppressed INTEGER NOT NULL,  -- 1: somebody decided that it need not be shown
  verdict TEXT NOT NULL,  -- of triage: confirmed, refuted, undecided; empty: not asked
  first_seen INTEGER NOT NULL REFERENCES scans (id),  -- since it was last gone
  last_seen INTEGER NOT NULL REFERENCES scans (id),
  gone INTEGER REFERENCES scans (id),  -- the first complete scan that did not see it; NULL: it is there
  UNIQUE (repository, fingerprint)
);
CREATE INDEX findings_by_rule ON findings (rule);
CREATE INDEX findings_by_fingerprint ON findings (fingerprint);
CREATE TABLE kin (  -- looser identities: findings that share one are the same code under another name or path
  finding INTEGER NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
  mark TEXT NOT NULL,
  PRIMARY KEY (finding, mark)
) WITHOUT ROWID;
CREATE INDEX kin_by_mark ON kin (mark);
CREATE TABLE gaps (  -- what a scan did not look at
  scan INTEGER NOT NULL REFERENCES scans (id),
  kind TEXT NOT NULL,  -- repository, engine, problem, file
  subject TEXT NOT NULL,  -- the path, the engine; a directory stands for all below it and ends in /
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  expected INTEGER NOT NULL  -- 1: settings or defaults leave it out
);
CREATE INDEX gaps_by_scan ON gaps (scan);
"""
_STANDING: Final = ("target", "folder", "finished", "status", "why", "detail", "exit_code", "commit_id", "files", "lines", "cost_usd", "kept")
_LATEST: Final = "scans.id = (SELECT max(newest.id) FROM scans AS newest WHERE newest.repository = scans.repository)"


@dataclass(frozen=True, slots=True)
class ScanRow:
    """One scan of one repository, as it is recorded: how it ended, and what was measured. `kept`: the result of an earlier run still holds."""

    target: str
    folder: str
    finished: str
    status: str
    exit_code: int
    commit: str = ""
    why: str = ""
    detail: str = ""
    seconds: float = 0.0
    peak: int = 0
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Sighting:
    """One finding in one repository, with the time it was first seen; `match` says by what it was found (rule, fingerprint, code)."""

    target: str
    folder: str
    fingerprint: str
    rule: str
    severity: str
    path: str
    line: int
    suppressed: bool
    since: str
    match: str
    first_scan: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that was not looked at in the newest scan of a repository. `kind`: repository, engine, problem, file; `expected`: settings asked."""

    target: str
    kind: str
    subject: str
    reason: str
    detail: str
    expected: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A repository's newest scan, and the open findings that are there now, by severity."""

    target: str
    folder: str
    finished: str
    status: str
    why: str
    detail: str
    exit_code: int
    commit_id: str
    files: int
    lines: int
    cost_usd: str
    kept: int
    gaps: int
    open: Mapping[str, int]


class Inventory:
    """The file at `path`, made when it is first written to. One process writes at a time; others may read meanwhile."""

    def __init__(self, path: Path, *, write: bool = False) -> None:
        """Raises UsageError when there is none to read, and for a file that is not an inventory of this version."""
        if not write and not path.is_file():
            msg = f"there is no inventory at {path}"
            raise UsageError(msg, "name the directory that `casemate fleet` wrote to")
        self._path = path
        self._connection = _open(path, write=write)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    # -- writing ----------------------------------------------------------------------------------------------------------------------------

    def begin(self, name: str, started: str, version: str, rules: str) -> None:
        """A run begins, or goes on after a crash."""
        with self._transaction() as cursor:
            cursor.execute("INSERT OR IGNORE INTO runs (name, started, version, rules) VALUES (?, ?, ?, ?)", (name, started, version, rules))

    def end(self, name: str, ended: str) -> None:
        """A run has come to its end."""
        with self._transaction() as cursor:
            cursor.execute("UPDATE runs SET ended = ? WHERE name = ?", (ended, name))

    def recorded(self, run: str) -> frozenset[str]:
        """The folders of the repositories whose scans in a run are recorded."""
        rows = self._connection.execute(
            "SELECT folder FROM scans JOIN repositories ON repositories.id = repository JOIN runs ON runs.id = run WHERE runs.name = ?", (run,)
        )
        return frozenset(row[0] for row in rows)

    def record(self, run: str, row: ScanRow, report: ScanReport | None, kin: Mapping[str, tuple[str, ...]]) -> None:
        """Write down one scan, all of it or nothing; `report` is None for one that failed. A scan that is recorded already is left as it is."""
        with self._transaction() as cursor:
            scan = _add_scan(cursor, run, row, report)
            if scan is None:
                return
            if report is None:
                _add_gaps(cursor, scan, [("repository", ".", row.why or row.status, row.detail, False)])
                return
            (repository,) = cursor.execute("SELECT repository FROM scans WHERE id = ?", (scan,)).fetchone()
            for finding in report.findings:
                _see(cursor, repository, scan, finding, kin.get(finding.fingerprint, finding.kin))
            if report.complete:
                cursor.execute("UPDATE findings SET gone = ? WHERE repository = ? AND last_seen <> ? AND gone IS NULL", (scan, repository, scan))
            _add_gaps(cursor, scan, _gaps_of(report))

    # -- questions --------------------------------------------------------------------------------------------------------------------------

    def where(self, name: str) -> tuple[Sighting, ...]:
        """Where else: the findings of a rule, or those with a fingerprint (its first six digits or more) and those of the same code elsewhere.

        Findings that are gone are left out. The same code is the same definition under whatever path, as findings' `kin` has it.
        """
        found = {row[0]: row for row in self._sightings("rule", "findings.rule = ?", (name,))}
        if len(name) >= _SHORTEST_MARK and all(char in "0123456789abcdef" for char in name):
            for row in self._sightings("fingerprint", "substr(findings.fingerprint, 1, ?) = ?", (len(name), name)):
                found.setdefault(row[0], row)
            if found:
                own = ", ".join("?" * len(found))
                marks = f"findings.id IN (SELECT finding FROM kin WHERE mark IN (SELECT mark FROM kin WHERE finding IN ({own})))"  # noqa: S608 -- `?`s
                for row in self._sightings("code", marks, tuple(found)):
                    found.setdefault(row[0], row)
        return tuple(_sighting(row) for row in found.values())

    def new(self, since: str) -> tuple[Sighting, ...]:
        """What was first seen at a time or later, and is still there."""
        return tuple(_sighting(row) for row in self._sightings("new", "first.finished >= ?", (since,)))

    def gaps(self) -> tuple[Gap, ...]:
        """What was not looked at, by the newest scan of each repository."""
        rows = self._connection.execute(
            "SELECT target, kind, subject, reason, gaps.detail, expected FROM gaps JOIN scans ON scans.id = scan"  # noqa: S608 -- our own words
            f" JOIN repositories ON repositories.id = scans.repository WHERE {_LATEST} ORDER BY target, expected, kind, subject"
        )
        return tuple(Gap(row[0], row[1], row[2], row[3], row[4], bool(row[5])) for row in rows)

    def standings(self, run: str | None = None) -> tuple[Standing, ...]:
        """The newest scan of each repository, or its scan in one run, by target."""
        chosen, values = (_LATEST, ()) if run is None else ("scans.run = (SELECT id FROM runs WHERE name = ?)", (run,))
        rows = self._connection.execute(
            f"SELECT repositories.id, {', '.join(_STANDING)},"  # noqa: S608 -- our own words
            " (SELECT count(*) FROM gaps WHERE gaps.scan = scans.id AND NOT expected)"
            f" FROM scans JOIN repositories ON repositories.id = repository WHERE {chosen} ORDER BY target",
            values,
        ).fetchall()
        counts: dict[int, dict[str, int]] = {}
        counted = "SELECT repository, severity, count(*) FROM findings WHERE gone IS NULL AND NOT suppressed GROUP BY repository, severity"
        for repository, severity, count in self._connection.execute(counted):
            counts.setdefault(repository, {})[severity] = count
        return tuple(Standing(**dict(zip(_STANDING, row[1:-1], strict=True)), gaps=row[-1], open=counts.get(row[0], {})) for row in rows)

    def rules(self) -> tuple[tuple[str, str, str, int, int], ...]:
        """The rules that have open findings: id, title, severity, findings, repositories; most findings first."""
        rows = self._connection.execute(
            "SELECT rule, title, severity, count(*), count(DISTINCT repository) FROM findings WHERE gone IS NULL AND NOT suppressed"
            " GROUP BY rule ORDER BY count(*) DESC, rule"
        )
        return tuple((row[0], row[1], row[2], row[3], row[4]) for row in rows)

    def _sightings(self, match: str, condition: str, values: Iterable[object]) -> list[tuple[object, ...]]:
        query = (
            "SELECT findings.id, target, folder, fingerprint, rule, severity, path, line, suppressed, first.finished, ?,"  # noqa: S608 -- our own words
            " first.id = (SELECT min(oldest.id) FROM scans AS oldest WHERE oldest.repository = findings.repository AND oldest.status <> 'failed')"
            " FROM findings JOIN repositories ON repositories.id = findings.repository JOIN scans AS first ON first.id = first_seen"
            f" WHERE gone IS NULL AND {condition} ORDER BY target, path, line, fingerprint"
        )
        return self._connection.execute(query, (match, *values)).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Cursor]:
        cursor = self._connection.cursor()
        try:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
            except BaseException:
                cursor.execute("ROLLBACK")
                raise
            cursor.execute("COMMIT")
        except sqlite3.OperationalError as error:
            msg = f"the inventory {self._path} cannot be written: {error}"
            raise OutputError(msg) from error


def _add_scan(cursor: sqlite3.Cursor, run: str, row: ScanRow, report: ScanReport | None) -> int | None:
    """The new scan's id; None when the run has one of this repository."""
    target = _stored(row.target)
    cursor.execute("INSERT INTO repositories (target, folder) VALUES (?, ?) ON CONFLICT (target) DO NOTHING", (target, row.folder))
    origin = report.provenance if report else None
    cursor.execute(
        "INSERT OR IGNORE INTO scans (run, repository, finished, status, why, detail, exit_code, commit_id, branch, files, lines, cost_usd, calls,"
        " seconds, peak_bytes, kept) SELECT runs.id, repositories.id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
        " FROM runs, repositories WHERE runs.name = ? AND target = ?",
        (
            *(row.finished, row.status, row.why, _text(row.detail), row.exit_code, row.commit, _text(origin.branch) if origin else ""),
            *(report.coverage.files if report else 0, report.coverage.lines if report else 0),
            *(str(report.usage.cost_usd) if report else "0", report.usage.calls if report else 0),
            *(row.seconds, row.peak, row.kept, run, target),
        ),
    )
    return cursor.lastrowid if cursor.rowcount > 0 else None


def _see(cursor: sqlite3.Cursor, repository: int, scan: int, finding: Finding, kin: Iterable[str]) -> None:
    """A finding is there: a new row, or the one it has. One that was gone is new again."""
    values = {
        "repository": repository,
        "fingerprint": finding.fingerprint,
        "rule": finding.rule.id,
        "title": finding.rule.title,
        "cwe": finding.rule.cwe[0],
        "severity": finding.severity.label,
        "confidence": finding.confidence.label,
        "path": _text(finding.place.path),
        "line": finding.place.start_line,
        "symbol": _text(finding.symbol),
        "message": _text(finding.message),
        "suppressed": finding.suppression is not None,
        "verdict": side_of(finding.judgement.verdict) if finding.judgement else "",
        "first_seen": scan,
        "last_seen": scan,
    }
    changed = ", ".join(f"{name} = excluded.{name}" for name in values if name not in {"repository", "fingerprint", "first_seen"})
    again = "first_seen = CASE WHEN gone IS NULL THEN first_seen ELSE excluded.first_seen END, gone = NULL"
    (row,) = cursor.execute(
        f"INSERT INTO findings ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})"  # noqa: S608 -- our own column names
        f" ON CONFLICT (repository, fingerprint) DO UPDATE SET {changed}, {again} RETURNING id",
        tuple(values.values()),
    ).fetchone()
    cursor.execute("DELETE FROM kin WHERE finding = ?", (row,))
    cursor.executemany("INSERT OR IGNORE INTO kin VALUES (?, ?)", [(row, mark) for mark in kin])


def _gaps_of(report: ScanReport) -> Iterator[tuple[str, str, str, str, bool]]:
    coverage = report.coverage
    for run in coverage.engines:
        if not run.complete:
            yield "engine", run.engine, "incomplete", run.note, False
    told = {item.path for item in coverage.skipped if not item.reason.expected}
    for item in coverage.skipped:
        yield "file", item.path, item.reason.value, item.detail, item.reason.expected
    for problem in report.problems:
        if problem.incomplete and problem.subject not in told:
            yield "problem", problem.subject, problem.stage.value, problem.message, False


def _add_gaps(cursor: sqlite3.Cursor, scan: int, gaps: Iterable[tuple[str, str, str, str, bool]]) -> None:
    rows = [(scan, kind, _text(subject), reason, _text(detail), expected) for kind, subject, reason, detail, expected in gaps]
    cursor.executemany("INSERT INTO gaps VALUES (?, ?, ?, ?, ?, ?)", rows)


def _sighting(row: tuple[object, ...]) -> Sighting:
    _, target, folder, fingerprint, rule, severity, path, line, suppressed, since, match, first = row
    texts = (str(folder), str(fingerprint), str(rule), str(severity), str(path))
    return Sighting(str(target), *texts, int(str(line)), bool(suppressed), str(since), str(match), bool(first))


def _open(path: Path, *, write: bool) -> sqlite3.Connection:
    mode = "rwc" if write else "ro"
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_SECONDS, isolation_level=None)
        try:
            _prepare(connection, path, write=write)
        except BaseException:
            connection.close()
            raise
    except sqlite3.DatabaseError as error:
        msg = f"{path} cannot be read as an inventory: {error}"
        raise UsageError(msg, "move it away: the next fleet builds a new one from the results in its directory") from error
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not tables and write:
        connection.executescript(f"BEGIN;{_SCHEMA}PRAGMA application_id = {_APPLICATION};PRAGMA user_version = {VERSION};COMMIT;")
    connection.execute("PRAGMA foreign_keys = ON")
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != _APPLICATION or version != VERSION:
        msg = f"{path} is no inventory of this version of Casemate"
        raise UsageError(msg, "move it away: the next fleet builds a new one from the results in its directory")


def _stored(target: str) -> str:
    """A target as text that SQLite takes: names of directories need not be text."""
    return os.fsencode(target).decode("utf-8", "backslashreplace")


def _text(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
