from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scanner.core.rule import Rule, Severity
from scanner.reporters.sarif.build import semantic_version
from scanner.reporters.sarif.profiles import SarifProfile

if TYPE_CHECKING:
    from scanner.core.report import ScanReport

Render = Callable[..., dict[str, Any]]


def described(run: dict[str, Any]) -> dict[str, Any]:
    return dict(run["tool"]["driver"]["rules"][0])


def test_a_rule_says_everything_that_a_service_reads(report: ScanReport, run_of: Render) -> None:
    text = "It runs whatever it is given.\n\n## Remediation\n\nParse it."
    assert described(run_of(report)) == {
        "id": "python-eval",
        "name": "PythonEval",
        "shortDescription": {"text": "Code from text"},
        "fullDescription": {"text": "Text is run as code."},
        "help": {"text": text, "markdown": text},
        "helpUri": "https://github.com/casemate/casemate/blob/main/docs/rules/python-eval.md",
        "defaultConfiguration": {"level": "error", "enabled": True},
        "relationships": [{"target": {"id": "CWE-95", "index": 0, "toolComponent": {"name": "CWE", "index": 0}}, "kinds": ["superset"]}],
        "properties": {
            "tags": ["security", "external/cwe/cwe-095"],
            "precision": "medium",
            "security-severity": "8.0",
            "problem.severity": "error",
            "engine": "semgrep",
        },
    }


@pytest.mark.parametrize(
    ("severity", "profile", "score"),
    [
        (Severity.CRITICAL, SarifProfile.GITHUB, "9.5"),
        (Severity.HIGH, SarifProfile.GITHUB, "8.0"),
        (Severity.MEDIUM, SarifProfile.GITHUB, "5.5"),
        (Severity.LOW, SarifProfile.GITHUB, "3.0"),
        (Severity.INFO, SarifProfile.GITHUB, "0.1"),
        (Severity.INFO, SarifProfile.FULL, "0.0"),
    ],
)
def test_severities_fall_into_the_bands_of_the_services(
    severity: Severity, profile: SarifProfile, score: str, rule: Rule, report: ScanReport, run_of: Render
) -> None:
    run = run_of(replace(report, findings=(), rules=(replace(rule, severity=severity),)), profile)
    assert described(run)["properties"]["security-severity"] == score


def test_a_rule_has_at_most_ten_tags_and_none_with_a_comma(rule: Rule, report: ScanReport, run_of: Render) -> None:
    tagged = replace(rule, cwe=(95, 94, 95), tags=("a, b", "security", *(f"tag-{number}" for number in range(20))))
    tags = described(run_of(replace(report, findings=(), rules=(tagged,))))["properties"]["tags"]
    assert tags[:4] == ["security", "external/cwe/cwe-095", "external/cwe/cwe-094", "a-b"]
    assert len(tags) == len(set(tags)) == 10


def test_texts_of_a_rule_keep_within_the_limits(rule: Rule, report: ScanReport, run_of: Render) -> None:
    wordy = replace(rule, title="t" * 5_000, message="m" * 5_000, help="h" * 500_000)
    seen = described(run_of(replace(report, findings=(), rules=(wordy,))))
    assert len(seen["shortDescription"]["text"]) <= 1_024
    assert len(seen["fullDescription"]["text"]) <= 1_024
    assert len(seen["help"]["text"]) <= 30_000


def test_a_rule_without_help_still_explains_itself(rule: Rule, report: ScanReport, run_of: Render) -> None:
    bare = replace(rule, help="", remediation="", message="")
    seen = described(run_of(replace(report, findings=(), rules=(bare,))))
    assert seen["help"]["text"] == seen["fullDescription"]["text"] == "Code from text."


@pytest.mark.parametrize("rule_id", ["eval", "python-eval", "404", "4-a"])
def test_the_name_of_a_rule_is_readable_and_not_its_id(rule_id: str, rule: Rule, report: ScanReport, run_of: Render) -> None:
    name = described(run_of(replace(report, findings=(), rules=(replace(rule, id=rule_id),))))["name"]
    assert name != rule_id
    assert name.isalnum()
    assert name[0].isupper()


def test_every_weakness_stands_once_in_the_taxonomy_and_rules_point_at_it(rule: Rule, report: ScanReport, run_of: Render) -> None:
    rules = (replace(rule, id="b", cwe=(89, 95)), replace(rule, id="a", cwe=(95,)))
    run = run_of(replace(report, findings=(), rules=rules))
    taxa = run["taxonomies"][0]["taxa"]
    assert [taxon["id"] for taxon in taxa] == ["CWE-89", "CWE-95"]
    assert [entry["id"] for entry in run["tool"]["driver"]["rules"]] == ["a", "b"]
    for entry in run["tool"]["driver"]["rules"]:
        for relationship in entry["relationships"]:
            assert taxa[relationship["target"]["index"]]["id"] == relationship["target"]["id"]


def test_a_rule_that_only_a_finding_names_is_described_too(rule: Rule, report: ScanReport, run_of: Render) -> None:
    run = run_of(replace(report, rules=(replace(rule, id="a-rule"), replace(rule, id="z-rule"))))
    ids = [entry["id"] for entry in run["tool"]["driver"]["rules"]]
    assert ids == ["a-rule", "python-eval", "z-rule"]
    assert run["results"][0]["ruleIndex"] == 1


def test_a_scan_without_rules_is_a_valid_log(report: ScanReport, run_of: Render, oasis: Callable[[object], None]) -> None:
    run = run_of(replace(report, findings=(), rules=()))
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []
    oasis({"version": "2.1.0", "runs": [run]})


@pytest.mark.parametrize(
    ("version", "semantic"),
    [
        ("1.2.3", "1.2.3"),
        ("1.2.0rc1", "1.2.0-rc1"),
        ("0.1.0.dev3+g12ab", "0.1.0-dev3+g12ab"),
        ("1.2", None),
        ("next", None),
        ("1.2.3-", None),
    ],
)
def test_python_versions_are_written_as_semantic_versions(version: str, semantic: str | None) -> None:
    assert semantic_version(version) == semantic


def test_version_and_semantic_version_agree(report: ScanReport, run_of: Render) -> None:
    driver = run_of(replace(report, version="2.0.0rc1"))["tool"]["driver"]
    assert driver["version"] == driver["semanticVersion"] == "2.0.0-rc1"
    odd = run_of(replace(report, version="next"))["tool"]["driver"]
    assert odd["version"] == "next"
    assert "semanticVersion" not in odd
