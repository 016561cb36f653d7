"""Rule files that were accepted once, as plain values: rules again without reading YAML and without asking the schemas.

Cases are left out: whoever wants them reads the files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scanner.rulepack.document import remembered
from scanner.rulepack.kinds import RuleKind
from scanner.rulepack.loader import accepted_files
from scanner.rulepack.mistakes import raise_for
from scanner.rulepack.reading import read_file
from scanner.rulepack.ruleset import RuleSet, merge

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from scanner.rulepack.kinds import Kind

_CASES = "cases"


def keep(directory: Path, kinds: Sequence[Kind], elsewhere: Collection[str]) -> list[object]:
    """What `restore` needs of the files that `load_rules` has accepted: of each its path, its values, and the lines at which its rules start."""
    kept: list[object] = []
    for relative, kind, document in accepted_files(directory, kinds, elsewhere):
        rules = document.value.get("rules") if isinstance(kind, RuleKind) and isinstance(document.value, dict) else None
        if isinstance(kind, RuleKind) and isinstance(rules, list):
            lines = [document.mark(("rules", index)).line for index in range(len(rules))]
            kept.append([relative.as_posix(), kind.folder, {"rules": [_without_cases(rule, kind.nest) for rule in rules]}, lines])
        else:
            kept.append([relative.as_posix(), kind.folder, document.value, []])
    return kept


def restore(kept: Sequence[Any], directory: Path, kinds: Sequence[Kind]) -> RuleSet:
    """The rules that were kept. Raises RuleError when their parsers have become stricter since."""
    by_folder = {kind.folder: kind for kind in kinds}
    contents = [
        read_file(by_folder[folder], remembered(value, lines), str(directory / relative), schemas=None) for relative, folder, value, lines in kept
    ]
    raise_for([mistake for content in contents for mistake in content.mistakes])
    return merge(RuleSet(content.entries, content.documents) for content in contents)


def _without_cases(rule: dict[str, Any], nest: str) -> dict[str, Any]:
    holder = rule[nest] if nest else rule
    left = {key: value for key, value in holder.items() if key != _CASES}
    return {**rule, nest: left} if nest else left
