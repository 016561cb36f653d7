"""A rules directory to write to, and two kinds of rule files for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from scanner.rulepack.kinds import RuleKind
from scanner.rulepack.loader import load_rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from scanner.core.rule import Rule
    from scanner.rulepack.kinds import Part
    from scanner.rulepack.ruleset import RuleSet

SECRET = """\
rules:
  - id: secret-shop-key
    title: Shop key in a file
    cwe: [CWE-798, CWE-259]
    severity: high
    precision: very-high
    message: |
      A shop key stands
      in this file.
    help: It opens the shop.
    remediation: Rotate it.
    keywords: [shop]
    pattern: (?P<secret>shop_[0-9]+)
    cases:
      vulnerable:
        - key = sh·op_123
      safe:
        - {file: docs/a.md, code: key = shop_x}
"""
PATTERN = """\
rules:
  - id: python-eval
    languages: [python]
    severity: ERROR
    message: eval runs what it is given.
    pattern: eval($X)
    metadata:
      title: Code evaluation
      cwe: [CWE-95]
      severity: high
      precision: low
      help: It runs text as code.
      remediation: Parse it.
      tags: [python]
      references: [https://example.org/eval]
      cases:
        vulnerable: [eval(x)]
        safe: [len(x)]
"""


def parse(rule: Rule, part: Part) -> Mapping[str, object]:
    """An engine's parser that objects to two things, in the two ways there are."""
    if part.values.get("pattern") == "raise":
        msg = "pattern: nothing good"
        raise ValueError(msg)
    if part.values.get("pattern") == "say":
        part.mistake("not this one", "keywords", 0)
        part.mistake("nor this", "pattern")
    return {"id": rule.id, **part.values}


SECRETS = RuleKind(engine="secrets", folder="secrets", schema="secrets.schema.json", parse=parse, prepare_case=lambda text: text.replace("·", ""))
PATTERNS = RuleKind(engine="semgrep", folder="semgrep", schema="semgrep.schema.json", parse=parse, nest="metadata")


@dataclass(frozen=True)
class Pack:
    """A rules directory with one sound file of each kind as text, to be written as they are or changed."""

    root: Path
    secret: str = SECRET
    pattern: str = PATTERN

    def write(self, path: str, text: str | bytes) -> Pack:
        """Write one file below the directory."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
        return self

    def load(self) -> RuleSet:
        """Load the directory with both kinds."""
        return load_rules([self.root], [SECRETS, PATTERNS])


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """An empty rules directory."""
    return Pack(tmp_path / "rules")
