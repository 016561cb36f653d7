"""The file of decisions: `.casemate/triage.yaml`, written by `casemate suppress`, reviewed like code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import yaml

from scanner.core.decision import Decision
from scanner.core.errors import ConfigError
from scanner.core.location import Span
from scanner.rulepack.positions import Unreadable, read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scanner.rulepack.document import Document

_VERSION: Final = 1
_HASH: Final = re.compile(r"[0-9a-f]{32}")
_TEXTS: Final = ("fingerprint", "rule", "path", "symbol", "reason", "owner", "code", "helpers")
_HASHES: Final = ("fingerprint", "code", "helpers")
_OPTIONAL: Final = frozenset({"symbol", "helpers"})
_KEYS: Final = frozenset({*_TEXTS, "decided", "expires"})
_HEADER: Final = (
    "# What people decided about findings. Written by `casemate suppress`; review it like code.\n"
    "# A finding is open again when the code it rests on changes, or on the day that `expires` names.\n"
)


def read_decisions(data: bytes, path: str) -> tuple[Decision, ...]:
    """The decisions in a file's bytes, in its order; `path` is the file as messages name it. Raises ConfigError with every mistake, a line each."""
    document = read_document(data)
    if isinstance(document, Unreadable):
        raise ConfigError("\n".join(f"{path}:{slip.mark.line}: {slip.message}" for slip in document.slips))
    return _Reader(document, path).read()


def write_decisions(decisions: Iterable[Decision]) -> str:
    """The file's text: sorted by path, rule and fingerprint, so that two people's additions seldom meet."""
    ordered = sorted(decisions, key=lambda item: (item.path, item.rule, item.fingerprint))
    rows = [_row(decision) for decision in ordered]
    return _HEADER + yaml.dump({"version": _VERSION, "decisions": rows}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


class _Hash(str):
    """Hexadecimal digits, written in quotes: without them `12e4...` is a number to some readers."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """YAML with quoted hashes."""


_Dumper.add_representer(_Hash, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style='"'))


def _row(decision: Decision) -> dict[str, str]:
    row = {name: str(getattr(decision, name)) for name in _TEXTS if getattr(decision, name)}
    row |= {name: _Hash(row[name]) for name in _HASHES if name in row}
    row["decided"] = decision.decided.isoformat()
    if decision.expires is not None:
        row["expires"] = decision.expires.isoformat()
    return row


@dataclass(slots=True)
class _Reader:
    """One document on its way to decisions, and the mistakes in it."""

    document: Document
    path: str

    def read(self) -> tuple[Decision, ...]:
        value = self.document.value
        mistakes: list[tuple[int, str]] = []
        if not isinstance(value, dict) or value.get("version") != _VERSION or not isinstance(value.get("decisions", []), list):
            msg = f"{self.path}:1: expected `version: {_VERSION}` and a list of `decisions`"
            raise ConfigError(msg, "`casemate suppress` writes this file; restore it from your history if an edit went wrong")
        found: list[Decision] = []
        for number, row in enumerate(value.get("decisions", [])):
            line = self.document.mark(("decisions", number)).line
            wrong = _wrong(row)
            if wrong:
                mistakes.append((line, wrong))
            else:
                found.append(_decision(row, self.path, line))
        marks = [decision.fingerprint for decision in found]
        mistakes += [
            (decision.place.start_line, f"{decision.fingerprint} is decided about twice")
            for number, decision in enumerate(found)
            if decision.place and decision.fingerprint in marks[:number]
        ]
        if mistakes:
            raise ConfigError("\n".join(f"{self.path}:{line}: {message}" for line, message in sorted(mistakes)))
        return tuple(found)


def _wrong(row: object) -> str:
    """What is wrong with a row, empty when it is sound."""
    if not isinstance(row, dict):
        return "expected a decision with a fingerprint, a reason, an owner and a date"
    unknown = sorted(str(key) for key in row if key not in _KEYS)
    if unknown:
        return f"there is no key {unknown[0]!a}"
    for name in _TEXTS:
        value = row.get(name, "" if name in _OPTIONAL else None)
        if not isinstance(value, str) or (not value.strip() and name not in _OPTIONAL):
            return f"{name}: expected text"
    for name in _HASHES:
        if row.get(name) and not _HASH.fullmatch(row[name]):
            return f"{name}: expected 32 hexadecimal digits"
    for name in ("decided", "expires"):
        if (name == "decided" or name in row) and _day(row.get(name)) is None:
            return f"{name}: expected a date like 2026-12-31"
    return ""


def _decision(row: Mapping[str, object], path: str, line: int) -> Decision:
    texts = {name: str(row.get(name, "")) for name in _TEXTS}
    decided = _day(row["decided"]) or date.min
    return Decision(**texts, decided=decided, expires=_day(row.get("expires")), place=Span(path, line, 1, line, 1))


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
