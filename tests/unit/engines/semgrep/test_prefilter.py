"""Which files Semgrep does not see because no rule can match in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.engines.semgrep.kind import SemgrepRule
from scanner.engines.semgrep.plan import rules_for
from scanner.engines.semgrep.prefilter import possible

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.ports.source import Snapshot

    Tree = Callable[[dict[str, bytes]], Snapshot]

RULES = {
    "eval": SemgrepRule({"pattern": "eval($X)"}, ("python",)),
    "exec": SemgrepRule({"pattern": "exec($X)"}, ("python",)),
    "text": SemgrepRule({"pattern-regex": "x"}, ("javascript",)),
}


def rules_by_file(tree: Snapshot, *known: str) -> dict[str, set[str]]:
    return {path: set(ids) for path, ids in possible(tree.root, tree.files, rules_for(tree.files, RULES), RULES, known).items()}


def test_a_file_is_for_the_rules_whose_words_it_has(tree: Tree) -> None:
    files = tree({"a.py": b"eval(1)", "b.py": b"evaluate(1)", "c.js": b"", "d.go": b"eval"})
    assert rules_by_file(files, "eval", "exec", "text") == {"a.py": {"eval"}, "b.py": set(), "c.js": {"text"}}


def test_rules_that_nobody_has_tried_see_every_file(tree: Tree) -> None:
    assert rules_by_file(tree({"a.py": b"pass"}), "eval", "text") == {"a.py": {"eval", "exec"}}


def test_a_file_that_cannot_be_read_here_is_semgreps_to_judge(tree: Tree) -> None:
    files = tree({"gone.py": b"", "wide.py": "eval(1)".encode("utf-16")})
    (files.root / "gone.py").unlink()
    assert rules_by_file(files, *RULES) == {"gone.py": {"eval", "exec"}, "wide.py": {"eval", "exec"}}
