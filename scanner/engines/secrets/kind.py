"""How the rule files of this engine are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.engines.secrets.rule import CompiledSecretRule, compile_rule
from scanner.rulepack.kinds import RuleKind

if TYPE_CHECKING:
    from scanner.core.rule import Rule
    from scanner.rulepack.kinds import Part

# Stands in every token of a rule's cases, so that nobody's push protection takes a rule file for a leak.
_BREAK: Final = "\N{MIDDLE DOT}"


def _parse(rule: Rule, part: Part) -> CompiledSecretRule:
    return compile_rule(rule, part.values)


def without_breaks(code: str) -> str:
    """The code of a case as it is meant, without the middle dots that its tokens are written with."""
    return code.replace(_BREAK, "")


SECRETS: Final[RuleKind[CompiledSecretRule]] = RuleKind("secrets", "secrets", "secrets.schema.json", _parse, prepare_case=without_breaks)
