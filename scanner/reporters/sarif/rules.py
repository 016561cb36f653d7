"""Rules as reporting descriptors, and the weaknesses they stand for as a taxonomy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import sarif_om as om

from scanner.core.rule import Severity
from scanner.reporters.sarif.text import DESCRIPTION_LENGTH, NAME_LENGTH, markdown, prose, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scanner.core.rule import Rule
    from scanner.reporters.sarif.profiles import Terms

RULE_PAGES = "https://github.com/casemate/casemate/blob/main/docs/rules/{id}.md"
WEAKNESS_PAGES = "https://cwe.mitre.org/data/definitions/{number}.html"
TAXONOMY = "CWE"
TAGS_AT_MOST = 10  # GitHub drops what comes after
_TAG_LENGTH = 100

LEVELS = {Severity.CRITICAL: "error", Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "note", Severity.INFO: "note"}
_PROBLEM_SEVERITIES = {"error": "error", "warning": "warning", "note": "recommendation"}
# One score in each of the bands that GitHub, GitLab and DefectDojo share: critical from 9.0, high from 7.0, medium from 4.0, low above 0.
_SCORES = {Severity.CRITICAL: "9.5", Severity.HIGH: "8.0", Severity.MEDIUM: "5.5", Severity.LOW: "3.0"}


def unique_rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules sorted by id, each id once; the first of an id wins."""
    by_id: dict[str, Rule] = {}
    for rule in rules:
        by_id.setdefault(rule.id, rule)
    return tuple(by_id[key] for key in sorted(by_id))


def descriptor(rule: Rule, weaknesses: Mapping[int, int], terms: Terms) -> om.ReportingDescriptor:
    """One rule. Its texts hold nothing of the scanned code, so that they stay the same from scan to scan; `weaknesses` maps CWE numbers to taxa."""
    level = LEVELS[rule.severity]
    title = prose(rule.title, DESCRIPTION_LENGTH) or rule.id
    help_text = _help(rule)
    return om.ReportingDescriptor(
        id=rule.id,
        name=_name(rule.id),
        short_description=om.MultiformatMessageString(text=title),
        full_description=om.MultiformatMessageString(text=sentence(rule.message or rule.title or rule.id, DESCRIPTION_LENGTH)),
        help=om.MultiformatMessageString(text=help_text, markdown=help_text),
        help_uri=RULE_PAGES.format(id=rule.id),
        default_configuration=om.ReportingConfiguration(level=level),
        relationships=[_relationship(number, weaknesses[number]) for number in dict.fromkeys(rule.cwe)],
        properties={
            "tags": _tags(rule),
            "precision": rule.precision.label,
            "security-severity": _SCORES.get(rule.severity, terms.least_score),
            "problem.severity": _PROBLEM_SEVERITIES[level],
            "engine": prose(rule.engine),
        },
    )


def taxonomy(weaknesses: Mapping[int, int]) -> om.ToolComponent:
    """The weaknesses that the rules name, in the order of their taxa."""
    return om.ToolComponent(
        name=TAXONOMY,
        organization="MITRE",
        full_name="Common Weakness Enumeration",
        information_uri="https://cwe.mitre.org/",
        is_comprehensive=False,
        contents=None,
        taxa=[
            om.ReportingDescriptor(id=f"CWE-{number}", help_uri=WEAKNESS_PAGES.format(number=number))
            for number in sorted(weaknesses, key=weaknesses.__getitem__)
        ],
    )


def weaknesses_of(rules: Iterable[Rule]) -> dict[int, int]:
    """CWE numbers in ascending order, each with the index of its taxon."""
    return {number: index for index, number in enumerate(sorted({number for rule in rules for number in rule.cwe}))}


def _relationship(number: int, index: int) -> om.ReportingDescriptorRelationship:
    # DefectDojo reads the number out of the target's id and wants the prefix.
    component = om.ToolComponentReference(name=TAXONOMY, index=0)
    target = om.ReportingDescriptorReference(id=f"CWE-{number}", index=index, tool_component=component)
    return om.ReportingDescriptorRelationship(target=target, kinds=["superset"])


def _name(rule_id: str) -> str:
    """A readable identifier that differs from the id, as SARIF asks: `python-sql-injection` becomes `PythonSqlInjection`."""
    name = "".join(part.capitalize() for part in rule_id.split("-"))
    return (name if name[0].isalpha() else f"Rule{name}")[:NAME_LENGTH]


def _tags(rule: Rule) -> list[str]:
    weaknesses = (f"external/cwe/cwe-{number:03d}" for number in rule.cwe)
    others = (re.sub(r"[,\s]+", "-", prose(tag, _TAG_LENGTH)) for tag in (*rule.tags, *rule.languages))
    return [tag for tag in dict.fromkeys(("security", *weaknesses, *others)) if tag][:TAGS_AT_MOST]


def _help(rule: Rule) -> str:
    parts = [rule.help.strip() or sentence(rule.message or rule.title or rule.id)]
    if rule.remediation.strip():
        parts.append(f"## Remediation\n\n{rule.remediation.strip()}")
    references = "\n".join(f"- {prose(reference)}" for reference in rule.references)
    if references:
        parts.append(f"## References\n\n{references}")
    return markdown("\n\n".join(parts))
