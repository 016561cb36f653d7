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
class TextPattern:
    """What is looked for. A text that matches holds a word (lower case) of each of the `words`, which is quick to find out and seldom so.

    The group that holds the rarest stands first: a match is looked for around its words. Without words a match lies within one line.
    """

    match: re.Pattern[str]
    words: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class TextRule:
    """A rule ready to run; with `beyond_ascii` nothing in plain ASCII matches it."""

    rule: Rule
    patterns: tuple[TextPattern, ...]
    beyond_ascii: bool = False


def _parse(rule: Rule, part: Part) -> TextRule:
    patterns = []
    written = part.values["patterns"]
    for index, item in enumerate(written if isinstance(written, list) else ()):
        own = item if isinstance(item, dict) else {}
        try:
            match = re.compile(str(own.get("match", "")), re.IGNORECASE)
        except re.error as error:
            part.mistake(str(error), "patterns", index, "match")
            continue
        patterns.append(TextPattern(match, tuple(tuple(str(word).lower() for word in group) for group in own.get("words", ()))))
    return TextRule(rule, tuple(patterns), bool(part.values.get("beyond-ascii", False)))


def without_breaks(code: str) -> str:
    """The code of a case as it is meant."""
    return code.replace(_BREAK, "")


INJECTION: Final[RuleKind[TextRule]] = RuleKind("injection", "injection", "injection.schema.json", _parse, prepare_case=without_breaks)
"""What `rules/injection` holds."""
