"""The part that all rules share, from a mapping that its schema has accepted."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

from scanner.core.rule import Precision, Rule, Severity
from scanner.rulepack.ruleset import Case

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SEVERITIES: Final = {severity.label: severity for severity in Severity}
PRECISIONS: Final = {precision.label: precision for precision in Precision}

_PROSE: Final = frozenset({"title", "help", "remediation", "references", "tags", "cases"})
"""What a rule says about itself without deciding what it finds, or how a match is worded, weighed or identified."""

COMMON_KEYS: Final = frozenset({"id", "languages", "cwe", "severity", "precision", "message"}) | _PROSE

_DIGEST_VERSION: Final = "casemate-rule-1"


def make_rule(engine: str, own: Mapping[str, object], common: Mapping[str, object]) -> Rule:
    """The rule of an accepted mapping: `own` is the rule itself, `common` what holds the common keys (the same one, or a mapping inside it)."""
    return Rule(
        id=_text(own["id"]),
        engine=engine,
        title=_text(common["title"]),
        cwe=tuple(int(name.removeprefix("CWE-")) for name in _texts(common["cwe"])),
        severity=SEVERITIES[_text(common["severity"])],
        precision=PRECISIONS[_text(common["precision"])],
        message=" ".join(_text(own["message"]).split()),
        help=_text(common["help"]).strip(),
        remediation=_text(common["remediation"]).strip(),
        digest=digest(engine, own, common),
        languages=tuple(_texts(own.get("languages", []))),
        references=tuple(_texts(common.get("references", []))),
        tags=tuple(_texts(common.get("tags", []))),
    )


def digest(engine: str, own: Mapping[str, object], common: Mapping[str, object]) -> str:
    """A SHA-256 over the canonical JSON of the rule without its prose.

    Severity, precision, CWE and message stay in: they decide no match, but they reach the candidates and what identifies and ranks them.
    """
    decisive = {key: value for key, value in own.items() if key not in _PROSE and value is not common}
    said = {key: value for key, value in common.items() if key not in _PROSE}
    text = json.dumps([_DIGEST_VERSION, engine, decisive, said], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def make_cases(common: Mapping[str, object], prepare: Callable[[str], str], line_of: Callable[[str, int], int]) -> tuple[Case, ...]:
    """The cases of an accepted mapping, vulnerable ones first; `line_of` says at which line of the rule file one starts."""
    cases = common.get("cases")
    if not isinstance(cases, dict):
        return ()
    return tuple(
        _case(item, group == "vulnerable", line_of(group, index), prepare)
        for group in ("vulnerable", "safe")
        for index, item in enumerate(cases[group])
    )


def _case(item: object, vulnerable: bool, line: int, prepare: Callable[[str], str]) -> Case:  # noqa: FBT001 (the field it becomes)
    if isinstance(item, dict):
        return Case(prepare(_text(item["code"])), vulnerable, line, _text(item["file"]))
    return Case(prepare(_text(item)), vulnerable, line)


def _text(value: object) -> str:
    if not isinstance(value, str):
        msg = f"the schema should have refused {value!r}"
        raise TypeError(msg)
    return value


def _texts(value: object) -> Sequence[str]:
    if not isinstance(value, list):
        msg = f"the schema should have refused {value!r}"
        raise TypeError(msg)
    return [_text(item) for item in value]
