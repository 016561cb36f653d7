"""A foreign tool's rule as one of ours: its weakness, severity and precision from where CodeQL, Semgrep, Bandit and others write them."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, Final

from scanner.core.rule import Precision, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CWE: Final = re.compile(r"(?i)\bcwe[-_/ ]?0*([1-9][0-9]{0,4})\b")
_SCORE: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,6})?")
_UNNAMED_WEAKNESS: Final = 710
"""CWE-710, improper adherence to coding standards: all that is known of a result without a CWE is that a rule was broken."""

_LEVELS: Final = {"error": Severity.HIGH, "warning": Severity.MEDIUM, "note": Severity.LOW, "none": Severity.INFO}
_WORDS: Final = {
    "critical": Severity.CRITICAL,
    "high": Severity.HIGH,
    "medium": Severity.MEDIUM,
    "moderate": Severity.MEDIUM,
    "low": Severity.LOW,
    "info": Severity.INFO,
}
_PRECISIONS: Final = {"very-high": Precision.VERY_HIGH, "high": Precision.HIGH, "medium": Precision.MEDIUM, "low": Precision.LOW}
# The bands that GitHub documents for `security-severity`.
_BANDS: Final = ((9.0, Severity.CRITICAL), (7.0, Severity.HIGH), (4.0, Severity.MEDIUM), (0.1, Severity.LOW))
_MOST_HELP: Final = 10_000


def rule_of(tool: str, name: str, given: Mapping[str, Any], result: Mapping[str, Any]) -> Rule:
    """The rule. Its id is the tool's name and the rule's own, flat; what is said nowhere gets a middling value."""
    flat = re.sub(r"[^a-z0-9]+", "-", f"{tool}-{name}".lower()).strip("-")[:120].strip("-") or "unknown"
    title = _text(given.get("shortDescription")) or _text(given.get("fullDescription")) or str(given.get("name") or name or "A finding")
    help_text = _text(given.get("help")) or _text(given.get("fullDescription")) or title
    said = {"tool": tool, "name": name, "title": title, "help": help_text}
    address = given.get("helpUri")
    return Rule(
        id=flat,
        engine=tool,
        title=" ".join(title.split())[:200],
        cwe=_weaknesses(given, result),
        severity=_severity(given, result),
        precision=_precision(given, result),
        message=" ".join(title.split())[:200],
        help=help_text[:_MOST_HELP],
        remediation="The tool that found this says in its own documentation what to do.",
        digest=hashlib.sha256(json.dumps(said, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest(),
        references=(address,) if isinstance(address, str) and address.startswith(("https://", "http://")) else (),
        foreign=True,
    )


def _weaknesses(given: Mapping[str, Any], result: Mapping[str, Any]) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for text in _cwe_texts(given, result):
        found.update((int(match), None) for match in _CWE.findall(text[:1_000]))
    return tuple(found) or (_UNNAMED_WEAKNESS,)


def _cwe_texts(given: Mapping[str, Any], result: Mapping[str, Any]) -> Iterator[str]:
    """Where tools name weaknesses: tags and properties of the rule, relationships to a taxonomy, properties and taxa of the result."""
    for holder in (given, result):
        properties = holder.get("properties")
        if isinstance(properties, dict):
            for key in ("tags", "cwe", "cwes", "issue_cwe"):
                yield json.dumps(properties.get(key, ""))
                value = properties.get(key)
                if key == "issue_cwe" and isinstance(value, dict):
                    yield f"cwe-{value.get('id')}"
    relations = given.get("relationships")
    for relation in relations if isinstance(relations, list) else ():
        target = relation.get("target") if isinstance(relation, dict) else None
        component = target.get("toolComponent") if isinstance(target, dict) else None
        if isinstance(target, dict) and isinstance(component, dict):
            yield f"{component.get('name')}-{str(target.get('id')).upper().removeprefix('CWE-')}"
    taxa = result.get("taxa")
    for taxon in taxa if isinstance(taxa, list) else ():
        if isinstance(taxon, dict):
            yield f"cwe-{str(taxon.get('id')).upper().removeprefix('CWE-')}"


def _severity(given: Mapping[str, Any], result: Mapping[str, Any]) -> Severity:
    own, rule = _properties(result), _properties(given)
    score = _score(rule.get("security-severity"))
    if score is not None:
        return next((severity for bound, severity in _BANDS if score >= bound), Severity.INFO)
    word = own.get("issue_severity") or own.get("severity") or rule.get("severity")
    if isinstance(word, str) and word.lower() in _WORDS:
        return _WORDS[word.lower()]
    default = given.get("defaultConfiguration")
    level = result.get("level") or (default.get("level") if isinstance(default, dict) else None)
    return _LEVELS.get(str(level), Severity.MEDIUM)


def _score(value: object) -> float | None:
    text = str(value) if isinstance(value, str | int | float) else ""
    return float(text) if _SCORE.fullmatch(text) else None


def _precision(given: Mapping[str, Any], result: Mapping[str, Any]) -> Precision:
    word = _properties(result).get("issue_confidence") or _properties(given).get("precision") or _properties(given).get("confidence")
    return _PRECISIONS.get(str(word).lower().replace("_", "-"), Precision.MEDIUM)


def _properties(holder: Mapping[str, Any]) -> dict[str, Any]:
    value = holder.get("properties")
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    text = value.get("text") if isinstance(value, dict) else None
    return text.strip() if isinstance(text, str) else ""
