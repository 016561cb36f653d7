"""Semgrep rule files as the rule pack reads them: ours with all their metadata, and what the engine keeps of a rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.core.rule import Severity
from scanner.engines.semgrep.languages import analyzer_of
from scanner.rulepack.kinds import RuleKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.core.rule import Rule
    from scanner.rulepack.kinds import Part

ENGINE: Final = "semgrep"

_SEARCH: Final = ("pattern", "patterns", "pattern-either", "pattern-regex", "match")
_TAINT: Final = ("pattern-sources", "pattern-sinks")
_SEVERITIES: Final[Mapping[Severity, str]] = {
    Severity.CRITICAL: "ERROR",
    Severity.HIGH: "ERROR",
    Severity.MEDIUM: "WARNING",
    Severity.LOW: "INFO",
    Severity.INFO: "INFO",
}


@dataclass(frozen=True, slots=True)
class SemgrepRule:
    """What Semgrep is given of a rule.

    `spec` is the rule in its language as plain JSON values, without metadata; `analyzers` are those that run it; `include` are the globs of
    its `paths.include`, empty when it is for every file.
    """

    spec: Mapping[str, object]
    analyzers: tuple[str, ...]
    include: tuple[str, ...] = ()


def parse(rule: Rule, part: Part) -> SemgrepRule:
    """The engine's part of one of our rules. What only Semgrep can judge (its patterns) it judges when it runs."""
    _check_operators(part)
    if part.values.get("severity") != _SEVERITIES[rule.severity]:
        part.mistake(f"expected {_SEVERITIES[rule.severity]}, because metadata.severity is {rule.severity.label}", "severity")
    analyzers = tuple(dict.fromkeys(analyzer_of(name) or name for name in rule.languages))
    return SemgrepRule({**part.values, "message": rule.message}, analyzers, include_of(part.values))


def include_of(spec: Mapping[str, object]) -> tuple[str, ...]:
    """The globs of a rule's `paths.include`; empty when it has none, or has something there that only Semgrep understands."""
    paths = spec.get("paths")
    include = paths.get("include") if isinstance(paths, dict) else None
    if not isinstance(include, list) or not all(isinstance(glob, str) for glob in include):
        return ()
    return tuple(include)


def _check_operators(part: Part) -> None:
    values = part.values
    search = [key for key in _SEARCH if key in values]
    if values.get("mode") == "taint" or "taint" in values:
        for key in _TAINT if "taint" not in values else ():
            if key not in values:
                part.mistake("is missing, and mode: taint needs it", key)
        for key in search:
            part.mistake("has no place in a taint rule", key)
    elif len(search) != 1:
        part.mistake(f"exactly one of {', '.join(_SEARCH)} is needed, found {', '.join(search) or 'none'}")
    else:
        for key in (*_TAINT, "pattern-sanitizers", "pattern-propagators"):
            if key in values:
                part.mistake("has a meaning only with mode: taint", key)


SEMGREP_KIND: Final = RuleKind(engine=ENGINE, folder="semgrep", schema="semgrep.schema.json", parse=parse, nest="metadata")
"""What `rules/semgrep` holds."""
