"""The labelled corpus of `casemate eval`: `cases/<id>/case.yaml` with what is true, and `cases/<id>/repo` with the code it is true of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from scanner.core.errors import UsageError
from scanner.core.files import stays_below
from scanner.core.finding import Finding, Trust
from scanner.core.location import Location, Role, Span, Trace
from scanner.core.rule import Precision, Rule, Severity
from scanner.core.text import decode, split_lines, utf16_length
from scanner.core.verdict import Reason
from scanner.rulepack.positions import Unreadable, read_document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

CASE_FILE: Final = "case.yaml"
CODE: Final = "repo"
_MOST_CASES: Final = 10_000


class Label(StrEnum):
    """What is true of a case."""

    VULNERABLE = "vulnerable"
    SAFE = "safe"


@dataclass(frozen=True, slots=True)
class LabelledCase:
    """One case: where its code lies, the finding that a static engine would report, and what is true of it."""

    id: str
    root: Path
    finding: Finding
    label: Label
    kind: str
    language: str
    reason: Reason | None = None
    evidence: tuple[tuple[str, int], ...] = ()


def read_corpus(directory: Path, rules: Mapping[str, Rule], only: Sequence[str] = ()) -> tuple[LabelledCase, ...]:
    """The cases of a corpus, sorted by id; `only` names those that are wanted, all when empty. Raises UsageError with every mistake, a line each."""
    folder = directory / "cases" if (directory / "cases").is_dir() else directory
    if not folder.is_dir():
        msg = f"{directory}: there is no corpus"
        raise UsageError(msg)
    places = sorted(place.parent for place in folder.glob(f"*/{CASE_FILE}"))[:_MOST_CASES]
    names = {place.name for place in places}
    mistakes = [f"{directory}: there is no case {name}" for name in only if name not in names]
    cases = []
    for place in places:
        if only and place.name not in only:
            continue
        try:
            cases.append(_read(place, rules))
        except (ValueError, KeyError, TypeError, OSError) as error:
            mistakes.append(f"{place / CASE_FILE}: {_said(error)}")
    if mistakes:
        raise UsageError("\n".join(mistakes))
    if not cases:
        msg = f"{directory}: there are no cases"
        raise UsageError(msg)
    return tuple(cases)


def _read(place: Path, rules: Mapping[str, Rule]) -> LabelledCase:
    document = read_document((place / CASE_FILE).read_bytes())
    if isinstance(document, Unreadable):
        slip = document.slips[0]
        msg = f"line {slip.mark.line}: {slip.message}"
        raise ValueError(msg)  # noqa: TRY004 - the text is at fault, not a type
    own = document.value
    if not isinstance(own, dict) or own.get("id") != place.name:
        msg = f"expected a mapping whose id is {place.name}"
        raise ValueError(msg)
    root = (place / CODE).resolve()
    if not root.is_dir():
        msg = f"there is no directory {CODE}"
        raise ValueError(msg)
    steps = _list(own["trace"])
    locations = tuple(_location(root, step) for step in steps)
    primary = max((index for index, location in enumerate(locations) if location.role is Role.SINK), default=len(locations) - 1)
    rule = _rule(own, rules)
    finding = Finding(
        fingerprint=hashlib.sha256(f"casemate-eval\0{place.name}".encode()).hexdigest()[:32],
        rule=rule,
        message=str(own["message"]),
        trace=Trace(locations, primary),
        engines=(rule.engine,),
        confidence=rule.precision,
        trust=Trust(own["trust"]) if own.get("trust") else None,
    )
    return LabelledCase(
        id=place.name,
        root=root,
        finding=finding,
        label=Label(own["verdict"]),
        kind=str(own.get("kind", "")),
        language=str(own.get("language", "")),
        reason=Reason(own["reason"]) if own.get("reason") else None,
        evidence=tuple((str(item["path"]), int(str(item["line"]))) for item in _list(own.get("evidence", []))),
    )


def _rule(own: Mapping[str, object], rules: Mapping[str, Rule]) -> Rule:
    """One of ours where the case names one, else one made of what the case says."""
    name = own.get("rule")
    if name is not None:
        if name not in rules:
            msg = f"no rule is called {name}"
            raise ValueError(msg)
        return rules[str(name)]
    title, message = str(own["title"]), str(own["message"])
    number = own["cwe"]
    if not isinstance(number, int):
        msg = "cwe: a number is needed"
        raise TypeError(msg)
    return Rule(
        id=f"{own['language']}-cwe-{number}",
        engine="taint",
        title=title,
        cwe=(number,),
        severity=Severity[str(own["severity"]).upper()],
        precision=Precision.MEDIUM,
        message=message,
        help=title,
        remediation="",
        digest=hashlib.sha256(f"{title}\0{message}".encode()).hexdigest(),
    )


def _location(root: Path, step: Mapping[str, object]) -> Location:
    """A step of the trace, at the text that it names."""
    path, number, text = str(step["path"]), step["line"], str(step["text"])
    if not isinstance(number, int) or not stays_below(path):
        msg = f"{path}:{number} is no place below {CODE}"
        raise ValueError(msg)
    lines = split_lines(decode((root / path).read_bytes()))
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    at = line.find(text)
    if at < 0:
        msg = f"{path}:{number} does not hold {text!r}"
        raise ValueError(msg)
    start = utf16_length(line[:at]) + 1
    return Location(Span(path, number, start, number, start + utf16_length(text)), Role(str(step["role"])), str(step.get("note", "")))


def _list(value: object) -> list[dict[str, object]]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        msg = "a list of mappings is needed"
        raise TypeError(msg)
    return value


def _said(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) and error.args else str(error)
