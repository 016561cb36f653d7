"""What a decision about a place rests on: a change to a guard is seen wherever the guard stands, and a change elsewhere is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.core.location import Span
from scanner.syntax.index import TreeCodeIndex
from scanner.syntax.languages import detect_language

if TYPE_CHECKING:
    from pathlib import Path

    from scanner.ports.code_index import Reliance

MARK = "SINK"


def relied(root: Path, files: dict[str, str], leave_out: tuple[str, ...] = ()) -> Reliance:
    """What the first line that holds the mark relies on."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    languages = {name: detect_language(name, b"") for name in files if name not in leave_out}
    path, text = next((name, text) for name, text in files.items() if MARK in text)
    line, row = next((number, row) for number, row in enumerate(text.splitlines(), 1) if MARK in row)
    column = row.index(MARK) + 1
    return TreeCodeIndex(root, languages).reliance(Span(path, line, column, line, column + len(MARK)))


def same(one: Reliance, two: Reliance) -> bool:
    return (sorted(one.own), sorted(one.called)) == (sorted(two.own), sorted(two.called))


PYTHON = """\
import os
from flask import request

ALLOWED = {"a"}

def check(name):
    return _known(name)

def _known(name):
    return name in ALLOWED

def other():
    return 1

class Base:
    pass

@app.route("/x")
@login_required
def view():
    if not check(request.args["n"]):
        return ""
    def inner():
        SINK(request.args["n"])
    return inner()

class Shop(Base):
    permissions = ["admin"]

    def untouched(self):
        return 2
"""
CALLBACK = """\
const known = require("./known");
const isFine = (name) => /^[a-z]+$/.test(name);

app.get("/x", requireLogin, (req, res) => {
  if (!isFine(req.query.n)) return;
  SINK(req.query.n);
});

app.get("/y", (req, res) => {
  res.send("y");
});

function requireLogin(req, res, next) {
  if (!req.session.user) return res.sendStatus(401);
  next();
}
"""
METHOD = """\
class Shop(Guarded):
    permissions = ["admin"]

    def buy(self, name):
        self.check(name)
        SINK(name)

    def check(self, name):
        assert name.isalpha()

    def sell(self):
        return 2
"""
SCRIPT = """\
<?php
function other() { return 1; }
if (!is_admin()) { exit; }
SINK($_GET["n"]);
echo "done";
"""


@pytest.mark.parametrize(
    ("name", "text", "old", "new"),
    [
        ("a.py", PYTHON, "    if not check(request", "    if check(request"),  # a guard before the function within
        ("a.py", PYTHON, "@login_required\n", ""),  # a decorator
        ("a.py", PYTHON, "return _known(name)", "return True"),  # a helper
        ("a.py", PYTHON, "name in ALLOWED", "True"),  # a helper's helper
        ("a.py", PYTHON, '{"a"}', '{"a", ";"}'),  # what a helper compares with
        ("a.js", CALLBACK, "if (!isFine(req.query.n)) return;", ""),  # a guard in a callback without a name
        ("a.js", CALLBACK, "[a-z]+", ".+"),  # a function in a constant
        ("a.js", CALLBACK, "requireLogin, (req", "(req"),  # a handler that stands before it
        ("a.js", CALLBACK, "if (!req.session.user) return", "if (false) return"),
        ("a.py", METHOD, "(Guarded)", "(Open)"),  # what a class inherits
        ("a.py", METHOD, '"admin"', '"anybody"'),  # what a class declares
        ("a.py", METHOD, "name.isalpha()", "True"),  # another method
        ("a.php", SCRIPT, "if (!is_admin()) { exit; }", ""),  # a guard that runs before it in a script
    ],
)
def test_a_guard_that_changes_is_seen(tmp_path: Path, name: str, text: str, old: str, new: str) -> None:
    assert old in text
    assert not same(relied(tmp_path, {name: text}), relied(tmp_path, {name: text.replace(old, new)}))


@pytest.mark.parametrize(
    ("name", "text", "old", "new"),
    [
        ("a.py", PYTHON, "    return 1\n", "    return 3\n"),
        ("a.py", PYTHON, "        return 2\n", "        return 3\n"),
        ("a.py", PYTHON, "import os\n", "import os\nimport sys\n"),
        ("a.py", PYTHON, "def other", "# a remark\n\n\ndef other"),
        ("a.js", CALLBACK, 'res.send("y")', 'res.send("z")'),
        ("a.js", CALLBACK, "  SINK(req.query.n);\n", "\n\n      SINK(req.query.n,);  // here\n"),
        ("a.py", METHOD, "        return 2\n", "        return 3\n"),
        ("a.php", SCRIPT, "return 1;", "return 2;"),
        ("a.php", SCRIPT, 'echo "done"', 'echo "ready"'),
    ],
)
def test_code_without_a_say_may_change(tmp_path: Path, name: str, text: str, old: str, new: str) -> None:
    assert old in text
    assert same(relied(tmp_path, {name: text}), relied(tmp_path, {name: text.replace(old, new)}))


VIEW = "from {module} import {what}\n\ndef view(name):\n    return SINK({call}(name))\n"
CLEAN = "def clean(name):\n    return _strict(name)\n\ndef _strict(name):\n    return int(name)\n\ndef other():\n    return 1\n"
PROJECTS = {
    "beside it": ("shop/view.py", "shop/clean.py", VIEW.format(module=".clean", what="clean", call="clean")),
    "from the top": ("shop/view.py", "shop/clean.py", VIEW.format(module="shop.clean", what="clean", call="clean")),
    "a source folder": ("src/shop/api/view.py", "src/shop/clean.py", VIEW.format(module="shop.clean", what="clean", call="clean")),
    "one above": ("shop/api/view.py", "shop/clean.py", VIEW.format(module="..clean", what="clean", call="clean")),
    "under another name": ("shop/view.py", "shop/clean.py", VIEW.format(module=".clean", what="clean as c", call="c")),
    "a module": ("shop/view.py", "shop/clean.py", VIEW.format(module=".", what="clean", call="clean.clean")),
    "everything": ("shop/view.py", "shop/clean.py", VIEW.format(module=".clean", what="*", call="clean")),
    "a script": ("view.py", "clean.py", VIEW.format(module="clean", what="clean", call="clean")),
}


@pytest.mark.parametrize("way", list(PROJECTS))
def test_a_helper_in_another_file_counts_as_far_as_names_lead(tmp_path: Path, way: str) -> None:
    view, helper, text = PROJECTS[way]
    now = relied(tmp_path, {view: text, helper: CLEAN})
    assert {path for path, _ in now.called} == {helper}
    assert not same(now, relied(tmp_path, {view: text, helper: CLEAN.replace("int(name)", "name")}))
    assert same(now, relied(tmp_path, {view: text, helper: CLEAN.replace("return 1", "return 2")}))


def test_a_package_that_hands_a_helper_on_is_looked_through(tmp_path: Path) -> None:
    files = {
        "web/view.py": "from tools import clean\n\ndef view(name):\n    return SINK(clean(name))\n",
        "tools/__init__.py": "from .clean import clean\n",
        "tools/clean.py": CLEAN,
    }
    assert {path for path, _ in relied(tmp_path, files).called} == {"tools/clean.py"}


@pytest.mark.parametrize(
    ("line", "use"),
    [
        ('import { clean } from "./lib/clean.js";', "clean"),
        ('import { clean as c } from "./lib/clean";', "c"),
        ('import * as lib from "./lib/clean";', "lib.clean"),
        ('const { clean } = require("./lib/clean");', "clean"),
        ('const lib = require("./lib/clean");', "lib.clean"),
    ],
)
@pytest.mark.parametrize("ending", ["js", "ts"])
def test_the_same_in_javascript(tmp_path: Path, line: str, use: str, ending: str) -> None:
    helper = f"lib/clean.{ending}"
    text = f"{line}\napp.get('/x', (req, res) => {{\n  SINK({use}(req.query.n));\n}});\n"
    clean = "export function clean(name) {\n  return Number(name);\n}\nexport function other() {\n  return 1;\n}\n"
    now = relied(tmp_path, {f"app.{ending}": text, helper: clean})
    assert {path for path, _ in now.called} == {helper}
    assert not same(now, relied(tmp_path, {f"app.{ending}": text, helper: clean.replace("Number(name)", "name")}))


def test_what_the_scan_left_out_is_said_to_be_unknown_and_a_library_is_not(tmp_path: Path) -> None:
    view, helper, text = PROJECTS["beside it"]
    found = relied(tmp_path, {view: f"import os, requests\n{text}", helper: CLEAN}, leave_out=(helper,))
    assert (found.whole, found.called) == (False, ())
    assert relied(tmp_path / "lone", {"a.py": "import os\nfrom flask import g\n\ndef f():\n    SINK(os.name, g)\n"}).whole


def test_a_file_without_a_tree_relies_on_its_line(tmp_path: Path) -> None:
    found = relied(tmp_path, {"a.txt": "one\nkey = SINK\nthree\n"})
    assert found.own == (("a.txt", ("key", "=", "SINK")),)


def test_files_that_import_each_other_come_to_an_end(tmp_path: Path) -> None:
    one = "from b import g\n\ndef f(x):\n    return SINK(g(x))\n"
    two = "from a import f\n\ndef g(x):\n    return f(x)\n"
    assert {path for path, _ in relied(tmp_path, {"a.py": one, "b.py": two}).called} >= {"b.py"}
