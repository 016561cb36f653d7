"""The tokens that a finding's identity rests on: alike however the code is formatted, different when it says something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.core.location import Span
from scanner.syntax.index import TreeCodeIndex

if TYPE_CHECKING:
    from pathlib import Path


def tokens(root: Path, code: str, mark: str, name: str = "a.py", language: str = "python") -> tuple[str, ...]:
    (root / name).write_text(code, encoding="utf-8")
    line = next(number for number, text in enumerate(code.splitlines(), 1) if mark in text)
    column = code.splitlines()[line - 1].index(mark) + 1
    return TreeCodeIndex(root, {name: language}).statement_tokens(Span(name, line, column, line, column + len(mark)))


ONE_LINE = "def f(db, name):\n    rows = db.execute('SELECT ' + name, [1, 2])\n    return rows\n"


@pytest.mark.parametrize(
    "other",
    [
        "# a new comment above\n\n\ndef f(db, name):\n    rows = db.execute('SELECT ' + name, [1, 2])  # why\n    return rows\n",
        'def f(db, name):\n    rows = db.execute("SELECT " + name, [1, 2])\n    return rows\n',
        "def f(db, name):\n    rows = db.execute(\n        'SELECT ' + name,\n        [1, 2],\n    )\n    return rows\n",
        "def f(db, name):\n    if name:\n        rows = db.execute('SELECT ' + name, [1, 2])\n    return rows\n",
    ],
    ids=["moved", "other quotes", "broken over lines", "indented"],
)
def test_formatting_and_edits_elsewhere_change_nothing(tmp_path: Path, other: str) -> None:
    assert tokens(tmp_path, ONE_LINE, "db.execute") == tokens(tmp_path, other, "db.execute")


def test_another_statement_is_another_thing(tmp_path: Path) -> None:
    other = ONE_LINE.replace("+ name", "+ kind")
    assert tokens(tmp_path, ONE_LINE, "db.execute") != tokens(tmp_path, other, "db.execute")


def test_of_a_compound_statement_the_head_counts_and_not_its_body(tmp_path: Path) -> None:
    one, other = ("for row in eval(text):\n    " + body + "\n" for body in ("print(row)", "store(row, twice=True)"))
    assert tokens(tmp_path, one, "eval(text)") == tokens(tmp_path, other, "eval(text)")


def test_of_a_large_table_only_the_entry_counts(tmp_path: Path) -> None:
    rows = "".join(f"    'key{number}': 'some value that is long enough {number}',\n" for number in range(60))
    one = "TABLE = {\n" + rows + "    'password': 'hunter2hunter2',\n}\n"
    other = "TABLE = {\n" + rows.replace("key7", "key700") + "    'password': 'hunter2hunter2',\n}\n"
    assert tokens(tmp_path, one, "'hunter2hunter2'") == tokens(tmp_path, other, "'hunter2hunter2'")


def test_a_handler_inside_one_great_call_stands_for_itself(tmp_path: Path) -> None:
    code = "app.get('/x', (req, res) => {\n  log(1);\n  db.query('a' + req.query.x);\n});\n"
    other = code.replace("log(1)", "log(2)").replace("'/x'", "'/y'")
    assert tokens(tmp_path, code, "db.query", "a.js", "javascript") == tokens(tmp_path, other, "db.query", "a.js", "javascript")


def test_a_file_without_a_grammar_is_told_by_its_line(tmp_path: Path) -> None:
    one = tokens(tmp_path, "image: x\nuser:   root  # why\n", "user", "a.yaml", "yaml")
    assert one == tokens(tmp_path, "a: 1\nimage: y\nuser: root\n", "user", "a.yaml", "yaml")
