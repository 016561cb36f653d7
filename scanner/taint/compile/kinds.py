"""What the rule loader has to know of models and of flow and misuse rules."""

from __future__ import annotations

from typing import Final

from scanner.rulepack.kinds import ANY_FOLDER, DocumentKind
from scanner.taint.compile.rows import Model, read_model
from scanner.taint.compile.rules import WrittenRule, read_rules

MODELS: Final[DocumentKind[Model]] = DocumentKind("models", "models", "models.schema.json", read_model)
"""What `rules/models/<language>` holds."""

RULES: Final[DocumentKind[tuple[WrittenRule, ...]]] = DocumentKind("taint", ANY_FOLDER, "taint.schema.json", read_rules)
"""What `rules/<language>` holds. A document and no RuleKind, because a case may have several files, which the loader has no word for."""
