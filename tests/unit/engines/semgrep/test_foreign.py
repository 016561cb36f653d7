"""Rules written for Semgrep alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.core.errors import RuleError, UsageError
from scanner.core.rule import Precision, Severity
from scanner.engines.semgrep.foreign import flat_id, load_semgrep_config
from scanner.engines.semgrep.kind import SEMGREP_KIND

if TYPE_CHECKING:
    from pathlib import Path

    from scanner.core.rule import Rule

RULE = """\
rules:
  - id: python.lang.security.Eval_Detected
    languages: [py, regex]
    severity: ERROR
    message: |
      Do not call $F
      on anything.
    pattern: $F(...)
    paths: {include: ["*.py"]}
    validators: [{http: {request: {url: "https://example.org"}}}]
    metadata:
      cwe: ["CWE-95: Improper neutralisation", "CWE-94"]
      confidence: LOW
      references: [https://example.org, see the wiki]
      category: security
      technology: [python, flask]
      anything: {else: true}
"""


def only(tmp_path: Path, text: str) -> Rule:
    (tmp_path / "r.yaml").write_text(text)
    (rule,) = load_semgrep_config([str(tmp_path / "r.yaml")]).rules
    return rule


def test_a_plain_rule_becomes_one_of_ours(tmp_path: Path) -> None:
    rule = only(tmp_path, RULE)
    assert (rule.id, rule.engine, rule.title) == ("python-lang-security-eval-detected", "semgrep", "Eval Detected")
    assert (rule.cwe, rule.severity, rule.precision) == ((95, 94), Severity.HIGH, Precision.LOW)
    assert (rule.message, rule.help) == ("Do not call $F on anything.", "Do not call $F\non anything.")
    assert (rule.languages, rule.references, rule.tags) == (("python", "regex"), ("https://example.org",), ("security", "python", "flask"))
    assert rule.remediation


def test_semgrep_gets_the_rule_under_its_flat_id_without_metadata_and_validators(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text(RULE)
    (entry,) = load_semgrep_config([str(tmp_path / "r.yaml")]).of(SEMGREP_KIND)
    assert entry.payload.spec == {
        "id": "python-lang-security-eval-detected",
        "languages": ["python", "regex"],
        "severity": "ERROR",
        "message": "Do not call $F\non anything.\n",
        "pattern": "$F(...)",
        "paths": {"include": ["*.py"]},
    }
    assert (entry.payload.analyzers, entry.payload.include) == (("python", "regex"), ("*.py",))
    assert str(entry.origin) == f"{tmp_path}/r.yaml:2"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("[js]", ("javascript", "typescript")), ("[ts, js]", ("typescript", "javascript")), ("[Klingon]", ("Klingon",)), ("python", ()), ("[1]", ())],
)
def test_a_rule_for_javascript_is_for_typescript_too(tmp_path: Path, written: str, meant: tuple[str, ...]) -> None:
    assert only(tmp_path, RULE.replace("[py, regex]", written)).languages == meant


@pytest.mark.parametrize(
    ("spelling", "numbers"),
    [
        ("CWE-89", (89,)), ("'CWE-89: SQL injection'", (89,)), ("cwe-89", (89,)), ("89", (89,)), ("'89'", (89,)), ("CWE 89", (89,)),
        ("CWE_89", (89,)),
        ("[CWE-89, 'CWE-20: x', CWE-89]", (89, 20)), ("none", (710,)), ("[]", (710,)), ("{a: 1}", (710,)), ("CWE-0", (710,)), ("true", (710,)),
    ],
)  # fmt: skip
def test_every_usual_spelling_of_a_cwe_is_read(tmp_path: Path, spelling: str, numbers: tuple[int, ...]) -> None:
    text = RULE.replace('["CWE-95: Improper neutralisation", "CWE-94"]', spelling)
    assert only(tmp_path, text).cwe == numbers


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("ERROR", Severity.HIGH), ("WARNING", Severity.MEDIUM), ("INFO", Severity.LOW), ("CRITICAL", Severity.CRITICAL), ("LOW", Severity.LOW),
        ("INVENTORY", Severity.INFO), ("nonsense", Severity.MEDIUM), ("[1]", Severity.MEDIUM),
    ],
)  # fmt: skip
def test_severities_are_translated(tmp_path: Path, theirs: str, ours: Severity) -> None:
    assert only(tmp_path, RULE.replace("severity: ERROR", f"severity: {theirs}")).severity is ours


def test_a_severity_of_ours_in_the_metadata_wins(tmp_path: Path) -> None:
    assert only(tmp_path, RULE.replace("confidence: LOW", "severity: info")).severity is Severity.INFO


def test_a_rule_that_says_nothing_about_itself_gets_defaults(tmp_path: Path) -> None:
    rule = only(tmp_path, "rules:\n  - id: X\n    pattern: y\n")
    assert (rule.id, rule.title, rule.message, rule.cwe, rule.precision) == ("x", "X", "x", (710,), Precision.MEDIUM)


def test_what_decides_the_matches_decides_the_digest(tmp_path: Path) -> None:
    digest = only(tmp_path, RULE).digest
    assert only(tmp_path, RULE.replace("anything: {else: true}", "anything: 1")).digest == digest
    assert only(tmp_path, RULE.replace("$F(...)", "$F(1)")).digest != digest
    assert only(tmp_path, RULE.replace("confidence: LOW", "confidence: HIGH")).digest != digest


@pytest.mark.parametrize(
    "name",
    [
        "p/ci",
        "p/owasp-top-ten",
        "r/python.lang.x",
        "s/someone:rule",
        "auto",
        "supply-chain",
        "policy",
        "https://semgrep.dev/p/ci",
        "HTTP://x.org/a.yaml",
        "git@x.org:y",
    ],
)
def test_what_needs_the_network_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="fetches no rules from the network") as caught:
        load_semgrep_config([name])
    assert name in str(caught.value)


def test_a_directory_of_ones_own_called_like_a_registry_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "p" / "ci").mkdir(parents=True)
    (tmp_path / "p" / "ci" / "r.yaml").write_text(RULE)
    monkeypatch.chdir(tmp_path)
    assert len(load_semgrep_config(["p/ci"]).rules) == 1


def test_a_directory_is_read_without_hidden_and_test_files(tmp_path: Path) -> None:
    for name in ("a.yaml", "sub/b.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(RULE.replace("Eval_Detected", name))
    for name in (".hidden.yaml", "a.test.yaml", "a.fixed.test.yaml", ".git/c.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("not: rules")
    assert [rule.id[-7:] for rule in load_semgrep_config([str(tmp_path)]).rules] == ["-a-yaml", "b-b-yml"]


def test_every_mistake_of_every_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("rules: [1\n")
    (tmp_path / "b.yaml").write_text("name: workflow\n")
    (tmp_path / "c.yaml").write_text("rules:\n  - id: A b\n  - id: a-b\n  - pattern: x\n  - 3\n  - id: '...'\n")
    (tmp_path / "empty").mkdir()
    with pytest.raises(RuleError) as caught:
        load_semgrep_config([str(tmp_path), str(tmp_path / "empty"), str(tmp_path / "gone.yaml")])
    assert str(caught.value).replace(f"{tmp_path}/", "").splitlines() == [
        "a.yaml:2:1: not valid YAML: did not find expected ',' or ']' while parsing a flow sequence",
        "b.yaml: expected Semgrep rules: a list under the key rules",
        "c.yaml:3:5: id: a-b is already taken by c.yaml:2",
        "c.yaml:4:5: id: expected a mapping with an id that holds letters or digits",
        "c.yaml:5:5: id: expected a mapping with an id that holds letters or digits",
        "c.yaml:6:5: id: expected a mapping with an id that holds letters or digits",
        "empty: holds no rule files (.yaml)",
        "gone.yaml: does not exist",
    ]


@pytest.mark.parametrize(("name", "flat"), [("a.B_c--d", "a-b-c-d"), ("-x-", "x"), ("é", ""), ("...", "")])
def test_ids_become_flat(name: str, flat: str) -> None:
    assert flat_id(name) == flat
