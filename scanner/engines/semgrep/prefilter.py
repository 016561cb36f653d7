"""Which rules may match in which files; in most files, none may, and Semgrep need not see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.core.files import Unreadable, read_confined
from scanner.engines.semgrep.plan import MAX_BYTES_A_FILE
from scanner.engines.semgrep.words import ANYTHING, Contents, need_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from scanner.engines.semgrep.kind import SemgrepRule
    from scanner.engines.semgrep.plan import Wanted
    from scanner.engines.semgrep.words import Need
    from scanner.ports.source import SourceFile


def possible(
    root: Path, files: Sequence[SourceFile], wanted: Wanted, rules: Mapping[str, SemgrepRule], known: Collection[str]
) -> dict[str, frozenset[str]]:
    """By path, the rules that may match in a file, of those that are `wanted` for it.

    `known` are the rules whose patterns are known to be well-formed: those that nobody has tried yet are Semgrep's to judge, so that whoever wrote
    them hears of a mistake in them wherever they would have matched.
    """
    asked = {file.path: [rule_id for _, ids in wanted[file.path] for rule_id in ids] for file in files if file.path in wanted}
    named = {rule_id for ids in asked.values() for rule_id in ids}
    needs = {rule_id: need_of(rules[rule_id].spec, rules[rule_id].analyzers) if rule_id in known else ANYTHING for rule_id in named}
    return {path: _in_file(root, path, {rule_id: needs[rule_id] for rule_id in ids}) for path, ids in asked.items()}


def _in_file(root: Path, path: str, needs: Mapping[str, Need]) -> frozenset[str]:
    if ANYTHING in needs.values():
        return frozenset(needs)
    data = read_confined(root, path, MAX_BYTES_A_FILE)
    if isinstance(data, Unreadable) or b"\0" in data:
        return frozenset(needs)  # for Semgrep to say what it makes of it; words of two-byte characters are not found here
    contents = Contents(data)
    return frozenset(rule_id for rule_id, need in needs.items() if contents.may_meet(need))
