"""A rules directory to write models and rules into."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

from scanner.core.errors import RuleError
from scanner.taint.compile.load import load_taint

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scanner.taint.compile.load import TaintPack
    from scanner.taint.knowledge import Knowledge

HEAD = "language: python\nlibrary: shop\nimports: [shop]\nrows:\n"


class Rules:
    """One rules directory."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def model(self, rows: str, name: str = "shop") -> Path:
        """Write a model with these rows."""
        return self.file(f"models/python/{name}.yaml", HEAD + textwrap.indent(textwrap.dedent(rows).strip(), "  ") + "\n")

    def rule(self, own: str, *, rule_id: str = "python-thing", name: str = "thing", cases: str = "{vulnerable: [a], safe: [b]}") -> Path:
        """Write one rule: the common keys are given, `own` are the others."""
        common = (
            f"id: {rule_id}\nlanguage: python\ntitle: A thing\ncwe: [CWE-89]\nseverity: high\nprecision: high\n"
            f"message: Bad.\nhelp: Why.\nremediation: How.\ncases: {cases}\n"
        )
        text = textwrap.indent(common + textwrap.dedent(own).strip(), "    ")
        return self.file(f"python/{name}.yaml", f"rules:\n  - {text.strip()}\n")

    def file(self, path: str, text: str) -> Path:
        """Write a file as it is."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target

    def load(self) -> TaintPack:
        """Everything for Python."""
        return load_taint(["python"], [self.root])

    def knowledge(self) -> Knowledge:
        """What is known of Python."""
        return self.load().knowledge["python"]

    def mistakes(self) -> list[str]:
        """What is said to be wrong, without the directory."""
        with pytest.raises(RuleError) as caught:
            self.load()
        return str(caught.value).replace(f"{self.root}/", "").splitlines()


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    return Rules(tmp_path)


@pytest.fixture
def another(tmp_path: Path) -> Callable[[str], Rules]:
    return lambda name: Rules(tmp_path / name)
