"""Where nobody looked for what rules find: that it is not found there says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.syntax.languages import detect_language
from scanner.syntax.testfiles import LEAVING, is_test

if TYPE_CHECKING:
    from collections.abc import Collection

    from scanner.core.rule import Rule


def unasked(path: str, rules: Collection[Rule]) -> bool:
    """Whether a file is one that all engines of these rules leave out, as far as its path says."""
    return bool(rules) and all(rule.engine in LEAVING for rule in rules) and is_test(path, detect_language(path, b""))
