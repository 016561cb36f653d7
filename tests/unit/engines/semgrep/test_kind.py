"""Our Semgrep rule files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.core.errors import RuleError
from scanner.engines.semgrep.kind import SEMGREP_KIND
from scanner.rulepack.loader import load_rules

if TYPE_CHECKING:
    from pathlib import Path

SOUND = """\
rules:
  - id: python-eval
    languages: [python]
    severity: ERROR
    message: |
      eval runs
      what it is given.
    pattern: eval($X)
    paths:
      include: [/src/*.py]
    metadata:
      title: Code evaluation
      cwe: [CWE-95]
      severity: high
      precision: low
      help: It runs text as code.
      remediation: Parse it.
      cases:
        vulnerable: [eval(x)]
        safe: [len(x)]
"""


def load(tmp_path: Path, text: str) -> list[str]:
    """The mistakes in a rule file."""
    (tmp_path / "semgrep").mkdir()
    (tmp_path / "semgrep" / "a.yaml").write_text(text)
    with pytest.raises(RuleError) as caught:
        load_rules([tmp_path], [SEMGREP_KIND])
    return [line.partition("a.yaml:")[2] for line in str(caught.value).splitlines()]


def test_the_engine_keeps_the_rule_without_its_metadata(tmp_path: Path) -> None:
    (tmp_path / "semgrep").mkdir()
    (tmp_path / "semgrep" / "a.yaml").write_text(SOUND)
    (entry,) = load_rules([tmp_path], [SEMGREP_KIND]).of(SEMGREP_KIND)
    assert entry.rule.engine == "semgrep"
    assert entry.payload.analyzers == ("python",)
    assert entry.payload.include == ("/src/*.py",)
    assert entry.payload.spec == {
        "id": "python-eval",
        "languages": ["python"],
        "severity": "ERROR",
        "message": "eval runs what it is given.",
        "pattern": "eval($X)",
        "paths": {"include": ["/src/*.py"]},
    }


def test_the_two_severities_have_to_agree(tmp_path: Path) -> None:
    assert load(tmp_path, SOUND.replace("ERROR", "INFO")) == ["4:15: severity: expected ERROR, because metadata.severity is high"]


@pytest.mark.parametrize(
    ("new", "mistake"),
    [
        ("min-version: 1.0.0", "2:5: exactly one of pattern, patterns, pattern-either, pattern-regex, match is needed, found none"),
        (
            "pattern: eval($X)\n    pattern-regex: eval",
            "2:5: exactly one of pattern, patterns, pattern-either, pattern-regex, match is needed, found pattern, pattern-regex",
        ),
        ("mode: taint\n    pattern-sources: [{pattern: x}]", "2:5: pattern-sinks: is missing, and mode: taint needs it"),
        ("pattern: x\n    pattern-sinks: [{pattern: x}]", "9:20: pattern-sinks: has a meaning only with mode: taint"),
        (
            "mode: taint\n    pattern: x\n    pattern-sources: [{pattern: x}]\n    pattern-sinks: [{pattern: x}]",
            "9:14: pattern: has no place in a taint rule",
        ),
    ],
)
def test_operators_that_do_not_go_together_are_mistakes(tmp_path: Path, new: str, mistake: str) -> None:
    assert load(tmp_path, SOUND.replace("pattern: eval($X)", new)) == [mistake]
