"""What people decided about other findings of a rule: a few examples for a brief, quoted and dated.

They are data of the project, as its comments are: whoever wrote them may have been wrong, or may have written for the reader of a brief. So they are
shown where the repository's text is shown, to the side that judges and never to the one that challenges, and they are evidence of nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from scanner.triage.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scanner.core.decision import Decision
    from scanner.core.finding import Finding
    from scanner.triage.view import View

MOST: Final = 3
_MOST_WORDS: Final = 300  # characters of a reason
INTRODUCTION: Final = (
    "What people of the project wrote when they decided that other findings of this rule need not be shown. It is quoted, may be about other code, "
    "out of date or wrong, and is no evidence."
)


@dataclass(frozen=True, slots=True)
class Precedents:
    """The decisions in force, by rule, the newest first."""

    by_rule: Mapping[str, Sequence[Decision]] = field(default_factory=dict)

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Precedents:
        """Those of a policy."""
        by_rule: dict[str, list[Decision]] = defaultdict(list)
        for decision in sorted(decisions, key=lambda item: (-item.decided.toordinal(), item.path, item.fingerprint)):
            by_rule[decision.rule].append(decision)
        return cls(dict(by_rule))

    def about(self, finding: Finding) -> tuple[Decision, ...]:
        """The newest about other findings of the same rule."""
        return tuple(item for item in self.by_rule.get(finding.rule.id, ()) if item.fingerprint != finding.fingerprint)[:MOST]


def quoted(decisions: Iterable[Decision], view: View) -> Iterator[str]:
    """A line each. Who decided is nobody's business here."""
    for item in decisions:
        where = f" in {one_line(view.word(item.symbol), 100)}" if item.symbol else ""
        until = f", until {item.expires.isoformat()}" if item.expires else ""
        yield f'{item.decided.isoformat()}{until}, {view.shown(item.path)}{where}: "{view.prose(item.reason, _MOST_WORDS)}"'


def parts(decisions: Iterable[Decision]) -> list[list[str]]:
    """All that a brief takes of them, for the name under which a verdict is remembered."""
    return [[item.decided.isoformat(), str(item.expires or ""), item.path, item.symbol, item.reason] for item in decisions]
