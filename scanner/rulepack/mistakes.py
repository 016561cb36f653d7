"""Mistakes in rule files, collected and told all at once."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.core.errors import RuleError


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake; `where` is the dotted path inside the rule or the document, empty for the whole of it."""

    file: str
    line: int
    column: int
    where: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.where}: {self.message}" if self.where else f"{place}: {self.message}"


def dotted(path: tuple[str | int, ...]) -> str:
    """A path as people write it: `metadata.cases.safe[1]`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def raise_for(mistakes: list[Mistake]) -> None:
    """Raise RuleError with all the mistakes, a line each and sorted; do nothing when there are none."""
    if not mistakes:
        return
    lines = sorted(set(mistakes))
    files = len({mistake.file for mistake in lines})
    raise RuleError("\n".join(map(str, lines)), f"{_count(len(lines), 'mistake')} in {_count(files, 'rule file')}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
