"""A rule for people and for scripts: what is wrong, how it is attacked, how to fix it."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.core.rule import Rule

_BOLD, _RESET = "\x1b[1m", "\x1b[0m"


def rule_text(rule: Rule, *, width: int = 100, color: bool = False) -> str:
    """One rule as text for a terminal, at most `width` columns where its words allow it."""
    title = f"{_BOLD}{rule.title}{_RESET}" if color else rule.title
    facts = [
        ("rule", rule.id),
        ("weakness", ", ".join(f"CWE-{number}" for number in rule.cwe)),
        ("severity", rule.severity.label),
        ("precision", rule.precision.label),
        ("languages", ", ".join(rule.languages) or "any"),
        ("engine", rule.engine),
    ]
    head = "\n".join(f"  {name:<10} {value}" for name, value in facts)
    parts = [title, head, _wrapped(rule.message, width), _wrapped(rule.help, width), "How to fix it", _wrapped(rule.remediation, width)]
    if rule.references:
        parts.append("\n".join(["See also", *(f"  {reference}" for reference in rule.references)]))
    return "\n\n".join(parts) + "\n"


def rule_markdown(rule: Rule) -> str:
    """One rule as a page of the documentation."""
    weaknesses = ", ".join(f"[CWE-{number}](https://cwe.mitre.org/data/definitions/{number}.html)" for number in rule.cwe)
    rows = [
        ("Rule", f"`{rule.id}`"),
        ("Weakness", weaknesses),
        ("Severity", rule.severity.label),
        ("Precision", rule.precision.label),
        ("Languages", ", ".join(rule.languages) or "any"),
        ("Engine", rule.engine),
    ]
    table = "\n".join(["| | |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in rows)])
    parts = [f"# {rule.title}", table, rule.message, rule.help.strip(), "## How to fix it", rule.remediation.strip()]
    if rule.references:
        parts.extend(["## See also", "\n".join(f"- <{reference}>" for reference in rule.references)])
    return "\n\n".join(parts) + "\n"


def rule_index(rules: Sequence[Rule]) -> str:
    """The documentation's list of all rules, by id."""
    columns = ("rule", "finds", "weakness", "severity", "precision", "engine")
    head = f"# Rules\n\nMade from `rules/` by `make docs`.\n\n| {' | '.join(columns)} |\n|{' --- |' * len(columns)}\n"
    rows = (
        f"| [`{rule.id}`]({rule.id}.md) | {rule.title} | {rule.weakness} | {rule.severity.label} | {rule.precision.label} | {rule.engine} |\n"
        for rule in rules
    )
    return head + "".join(rows)


def rules_json(rules: Sequence[Rule]) -> str:
    """Rules for scripts, by id."""
    rows = [
        {
            "id": rule.id,
            "engine": rule.engine,
            "title": rule.title,
            "cwe": list(rule.cwe),
            "severity": rule.severity.label,
            "precision": rule.precision.label,
            "languages": list(rule.languages),
            "message": rule.message,
        }
        for rule in rules
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


def _wrapped(text: str, width: int) -> str:
    """Paragraphs filled to the width; code and lists stay as they are."""
    blocks = []
    code = False
    for block in text.strip().split("\n\n"):
        fences = block.count("```")
        plain = not code and not fences and not block.startswith(("    ", "- ", "* ", "1. "))
        blocks.append(textwrap.fill(" ".join(block.split()), width, break_long_words=False, break_on_hyphens=False) if plain else block)
        code ^= fences % 2 == 1
    return "\n\n".join(blocks)
