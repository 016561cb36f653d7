"""Inline suppressions: `casemate: ignore[rule-id] reason`, in a comment on the finding's line or alone on a line above it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scanner.core.finding import Suppression, SuppressionKind
from scanner.core.nearest import nearest
from scanner.core.problem import Problem, Stage
from scanner.pipeline.unasked import unasked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from scanner.core.finding import Finding
    from scanner.core.location import Span
    from scanner.core.rule import Rule
    from scanner.ports.code_index import Comment

_OURS = re.compile(r"casemate:\s*ignore\b(?:\s*\[(?P<ids>[^\]\n]*)\])?[ \t:\-]*(?P<reason>[^\n]*)", re.IGNORECASE)
_FOREIGN = re.compile(r"\b(?P<tool>nosemgrep|nosec)\b(?P<rest>[^\n]*)", re.IGNORECASE)
_COMMENT_END = re.compile(r"\s*(?:\*+/|--+>|#}|%>|\*}|=end)\s*\}?\s*$")


@dataclass(frozen=True, slots=True)
class Directive:
    """One suppression as written: the rules it names (none: any rule, foreign markers only), its reason, and the lines it speaks for."""

    rule_ids: frozenset[str]
    reason: str
    place: Span
    lines: range
    foreign: bool = False

    def covers(self, finding: Finding) -> bool:
        """Whether this speaks about that finding."""
        place = finding.place
        if place.path != self.place.path or place.start_line >= self.lines.stop or place.end_line < self.lines.start:
            return False
        # A comment far inside a wide match (a whole class, a resource block) speaks about its own line only.
        near = place.start_line in self.lines or place.end_line - place.start_line <= _STATEMENT_LINES
        return near and (not self.rule_ids or not self.rule_ids.isdisjoint({finding.rule.id, *(rule.id for rule in finding.also)}))


_STATEMENT_LINES = 30


def read_directives(comments: Iterable[Comment], known: Collection[str], *, foreign: bool) -> tuple[tuple[Directive, ...], tuple[Problem, ...]]:
    """The suppressions written in a file's comments (in order), and what is wrong with those that do not count.

    `known` are the ids a suppression may name; `foreign` honours `nosec` and `nosemgrep`, which name other tools' rules and therefore speak for all.
    """
    ordered = sorted(comments, key=lambda comment: comment.span)
    directives: list[Directive] = []
    problems: list[Problem] = []
    for index, comment in enumerate(ordered):
        lines = _spoken_for(ordered, index)
        ours = _OURS.search(comment.text)
        if ours is not None:
            made = _own(comment, ours, lines, known)
            if isinstance(made, Problem):
                problems.append(made)
            else:
                directives.append(made)
        elif foreign and (other := _FOREIGN.search(comment.text)) is not None:
            reason = _COMMENT_END.sub("", other["rest"]).strip(" :-") or "no reason given"
            directives.append(Directive(frozenset(), f"{other['tool'].lower()}: {reason}", comment.span, lines, foreign=True))
    return tuple(directives), tuple(problems)


def _spoken_for(comments: Sequence[Comment], index: int) -> range:
    """The lines a comment speaks for: its own when code stands before it, else the first line after it that is not another comment alone."""
    comment = comments[index]
    if comment.trailing:
        return range(comment.span.start_line, comment.span.end_line + 1)
    line = comment.span.end_line + 1
    for follower in comments[index + 1 :]:
        if follower.trailing or follower.span.start_line != line:
            break
        line = follower.span.end_line + 1
    return range(comment.span.start_line, line + 1)


def _own(comment: Comment, found: re.Match[str], lines: range, known: Collection[str]) -> Directive | Problem:
    subject = f"{comment.span.path}:{comment.span.start_line}"
    ids = frozenset(part.strip() for part in (found["ids"] or "").split(",") if part.strip())
    reason = _COMMENT_END.sub("", found["reason"]).strip()
    if not ids:
        return Problem(Stage.SUPPRESS, subject, "a suppression names the rules it silences: casemate: ignore[rule-id] reason", incomplete=False)
    if not reason:
        return Problem(Stage.SUPPRESS, subject, "a suppression needs a reason after its rules, and silences nothing without one", incomplete=False)
    unknown = sorted(ids.difference(known))
    if unknown:
        close = nearest(unknown[0], known)
        advice = f" (did you mean {close[0]}?)" if close else ""
        return Problem(Stage.SUPPRESS, subject, f"no rule is called {unknown[0]}{advice}; the suppression silences nothing", incomplete=False)
    return Directive(ids, reason, comment.span, lines)


def apply(
    findings: Sequence[Finding], directives: Sequence[Directive], rules: Mapping[str, Rule] | None = None
) -> tuple[tuple[Finding, ...], tuple[Problem, ...]]:
    """The findings with their suppressions, in the same order, and a Problem for each of our suppressions that silenced nothing.

    Of one that speaks only of `rules`, by id, which nobody asked about its file it cannot be known.
    """
    held = rules or {}
    used: set[int] = set()
    by_path: dict[str, list[int]] = {}
    for number, directive in enumerate(directives):
        by_path.setdefault(directive.place.path, []).append(number)
    judged = []
    for finding in findings:
        speaking = [number for number in by_path.get(finding.place.path, ()) if directives[number].covers(finding)]
        used.update(speaking)
        if speaking:
            chosen = directives[speaking[0]]
            judged.append(replace(finding, suppression=Suppression(SuppressionKind.IN_SOURCE, chosen.reason, chosen.place)))
        else:
            judged.append(finding)
    unused = tuple(
        Problem(
            Stage.SUPPRESS,
            f"{directive.place.path}:{directive.place.start_line}",
            f"unused suppression of {', '.join(sorted(directive.rule_ids))}: nothing is found here any more; remove it",
            incomplete=False,
        )
        for number, directive in enumerate(directives)
        if not (number in used or directive.foreign or unasked(directive.place.path, [held[name] for name in directive.rule_ids if name in held]))
    )
    return tuple(judged), unused
