"""How the rule files of this engine are read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.rulepack.kinds import RuleKind

if TYPE_CHECKING:
    from scanner.core.rule import Rule
    from scanner.rulepack.kinds import Part

# Written between the words of a rule's cases, so that no rule file speaks to anybody itself.
_BREAK: Final = "\N{MIDDLE DOT}"


@dataclass(frozen=True, slots=True)
class TextRule:
    """A rule ready to run: it finds a line that holds one of the `words` (lower case, any line when empty) and matches one of the `patterns`."""

    rule: Rule
    words: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]


def _parse(rule: Rule, part: Part) -> TextRule:
    patterns = []
    written = part.values["patterns"]
    for index, text in enumerate(written if isinstance(written, list) else ()):
        try:
            patterns.append(re.compile(str(text), re.IGNORECASE))
        except re.error as error:
            part.mistake(str(error), "patterns", index)
    words = part.values.get("words", [])
    return TextRule(rule, tuple(str(word).lower() for word in words) if isinstance(words, list) else (), tuple(patterns))


def without_breaks(code: str) -> str:
    """The code of a case as it is meant."""
    return code.replace(_BREAK, "")


INJECTION: Final[RuleKind[TextRule]] = RuleKind("injection", "injection", "injection.schema.json", _parse, prepare_case=without_breaks)
"""What `rules/injection` holds."""
