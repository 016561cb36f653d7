from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scanner.engines.secrets.checks import CHECKS
from scanner.ports.observer import SilentObserver
from scanner.rulepack.cases import materialise, run_cases
from scanner.rulepack.loader import builtin_rules_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scanner.engines.secrets.engine import SecretsEngine
    from scanner.engines.secrets.matcher import SecretMatcher
    from scanner.engines.secrets.rule import CompiledSecretRule
    from scanner.rulepack.ruleset import LoadedRule

    Loaded = Sequence[LoadedRule[CompiledSecretRule]]


def test_every_rule_finds_its_vulnerable_cases_and_leaves_its_safe_ones_alone(loaded: Loaded, engine: SecretsEngine, tmp_path: Path) -> None:
    report = run_cases(engine, materialise(loaded, tmp_path, lambda _path, _data: ""), SilentObserver())
    assert [str(result) for result in report.results if not result.passed] == []
    assert report.complete
    assert {result.place.rule.id for result in report.results} == {entry.rule.id for entry in loaded}


def test_a_safe_case_is_safe_from_all_rules_but_those_of_other_cases(loaded: Loaded, matcher: SecretMatcher) -> None:
    vulnerable = {case.code for entry in loaded for case in entry.cases if case.vulnerable}
    alarms = [
        (entry.rule.id, case.code, match.compiled.rule.id)
        for entry in loaded
        for case in entry.cases
        if not case.vulnerable and case.code not in vulnerable
        for match in matcher.find(case.code.encode(), case.file or "case.txt")[1]
    ]
    assert alarms == []


def test_no_rule_file_holds_what_a_scanner_would_take_for_a_leak(matcher: SecretMatcher) -> None:
    for path in sorted((builtin_rules_path() / "secrets").glob("*.yaml")):
        text, matches = matcher.find(path.read_bytes(), f"rules/{path.name}")
        assert [text[match.start : match.end] for match in matches] == [], path.name


def test_the_schema_names_the_checks_that_there_are(loaded: Loaded) -> None:
    schema = json.loads((builtin_rules_path() / "schema" / "secrets.schema.json").read_text())
    assert schema["$defs"]["rule"]["properties"]["checks"]["items"]["enum"] == sorted(CHECKS)
    assert {check for entry in loaded for check in entry.payload.checks} == set(CHECKS.values())


def test_every_rule_tells_to_rotate_first_and_to_clean_the_history(loaded: Loaded) -> None:
    for entry in loaded:
        rule = entry.rule
        assert rule.id.startswith("secret-")
        assert rule.cwe[0] == 798
        assert rule.tags[0] == "secret"
        assert rule.remediation.startswith("1. Rotate first: ")
        assert "git filter-repo" in rule.remediation
        assert "https://cwe.mitre.org/data/definitions/798.html" in rule.references


def test_no_rule_says_a_secret_in_its_words(loaded: Loaded, matcher: SecretMatcher) -> None:
    for entry in loaded:
        words = f"{entry.rule.title}\n{entry.rule.message}\n{entry.rule.help}\n{entry.rule.remediation}"
        assert matcher.find_everything(words.encode()) == (), entry.rule.id
