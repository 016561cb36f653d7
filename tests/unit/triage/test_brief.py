"""What a model is told first: the path, the code around it, and what is known of the tree."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scanner.core.finding import Trust
from scanner.core.verdict import Cause, Confirmed, Refuted, Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

HANDLER = """\
from flask import request

from app.words import tidy
from app.people import Person


def page(db):
    name = tidy(request.args["name"])
    person = Person(name)
    return db.execute("SELECT " + person.name)
"""
WORDS = """\
import re

_ODD = re.compile(r"[^a-z]")


def tidy(text):
    return _ODD.sub("", text)
"""


def long(lines: int) -> str:
    return "".join(f"def f{number}():\n    return {number}\n\n\n" for number in range(lines // 4))


@pytest.fixture
def brief(say: Any, lab: Any) -> Callable[..., str]:
    def make(files: dict[str, str], *places: tuple[str, int, str], **changes: object) -> str:
        place = lab(files)
        _, chat = place.judge([say.verdict("undecided")] * 2, place.finding(*places, **changes))
        text: str = chat.requests[0].messages[0].blocks[1].text
        return text

    return make


def shown(text: str) -> set[tuple[str, int]]:
    """Every line of code in a brief."""
    found: set[tuple[str, int]] = set()
    path = ""
    for line in text.split("\n"):
        if number := re.match(r"[> ] {0,4}(\d+) \| ", line):
            found.add((path, int(number[1])))
        elif head := re.match(r"(\S+), (?:all|line|its)", line):
            path = head[1]
    return found


PLACES = (("app/h.py", 8, "source"), ("app/h.py", 10, "sink"))


def test_what_the_path_calls_comes_with_the_constants_it_uses(brief: Any) -> None:
    words = WORDS.replace("\n\n\ndef tidy", "\n\n\n" + long(80) + "def tidy")
    text = brief({"app/h.py": HANDLER, "app/words.py": words, "app/people.py": "class Person:\n    name = 1\n" + long(200)}, *PLACES)
    lines = words.split("\n")
    seen = shown(text)
    assert ("app/words.py", 3) in seen
    assert ("app/words.py", lines.index("def tidy(text):") + 2) in seen
    assert ("app/people.py", 2) in seen
    assert sum(path != "app/h.py" for path, _ in seen) <= 100
    assert "def f7():" not in text


def test_a_short_file_on_the_path_is_shown_whole_and_a_long_one_by_its_functions(brief: Any) -> None:
    filler = "\n".join(f"VALUE_{number} = {number}" for number in range(40))
    whole = brief({"app/h.py": f"{HANDLER}\n\n{filler}\n"}, *PLACES)
    assert "app/h.py, all of its 52 lines, in page" in whole
    cut = brief({"app/h.py": f"{HANDLER}\n\n{filler}\n{filler}\n"}, *PLACES)
    assert "VALUE_39" not in cut
    assert ("app/h.py", 10) in shown(cut)


def test_long_functions_are_shown_whole_where_the_data_comes_in_and_arrives(brief: Any) -> None:
    filler = "".join(f"    step({number})\n" for number in range(90))
    body = f'def page(request, db):\n    name = request.args["name"]\n{filler}    db.execute(name)\n'
    text = brief({"app/h.py": long(40) + body}, ("app/h.py", 42, "source"), ("app/h.py", 133, "sink"))
    assert "    step(45)" in text
    longer = brief({"app/h.py": long(40) + body.replace("step(", "step(1)\n    step(")}, ("app/h.py", 42, "source"), ("app/h.py", 223, "sink"))
    assert "    step(45)" not in longer
    between = long(40) + f"def page(request, db):\n    find(request.args, db)\n\n\ndef find(name, db):\n{filler}    run(name, db)\n\n\n"
    between += "def run(name, db):\n    db.execute(name)\n"
    assert "    step(45)" not in brief({"app/h.py": between}, ("app/h.py", 42, "source"), ("app/h.py", 136, "step"), ("app/h.py", 140, "sink"))


PYTHON_CLASS = (
    "class Store:\n"
    + "".join(f"    def m{number}(self):\n        return {number}\n" for number in range(30))
    + "    def __init__(self, settings):\n        self._size = int(settings['size'])\n"
    + "".join(f"    def n{number}(self):\n        return {number}\n" for number in range(30))
    + "    def open(self, db):\n        if self._size == 3:\n            db.execute(f'PRAGMA size={self._size}')\n"
)
TYPESCRIPT_CLASS = (
    "class Store {\n"
    + "".join(f"  m{number}() {{\n    return {number};\n  }}\n" for number in range(30))
    + "  constructor(settings) {\n    this.size = Number(settings.size);\n  }\n"
    + "".join(f"  n{number}() {{\n    return {number};\n  }}\n" for number in range(30))
    + "  open(db) {\n    // the sink\n    db.query(`PRAGMA size=${this.size}`);\n  }\n}\n"
)


@pytest.mark.parametrize(
    ("path", "code", "line"),
    [
        ("app/store.py", PYTHON_CLASS, "self._size = int(settings['size'])"),
        ("src/store.ts", TYPESCRIPT_CLASS, "this.size = Number(settings.size);"),
    ],
)
def test_where_a_field_that_a_step_reads_is_set_is_shown(brief: Any, path: str, code: str, line: str) -> None:
    sink = next(number for number, text in enumerate(code.split("\n"), 1) if "PRAGMA" in text)
    text = brief({path: code}, (path, sink, "sink"))
    assert line in text
    assert "return 22" not in text


def test_callers_are_shown_when_they_are_few(brief: Any) -> None:
    files = {"app/store.py": "def find(sort, db):\n    return db.execute(sort)\n" + long(60)}
    files |= {"app/a.py": long(60) + "def caller(db):\n    return find('name', db)\n"}
    text = brief(files, ("app/store.py", 2, "sink"))
    assert "return find('name', db)" in text
    many = {f"app/m{number}.py": long(60) + f"def caller{number}(db):\n    return find('name', db)\n" for number in range(5)}
    assert "return find(" not in brief({**files, **many}, ("app/store.py", 2, "sink"))


def test_the_place_where_a_router_is_mounted_comes_with_its_guard(brief: Any, lab: Any) -> None:
    tanks = "import { Router } from 'express';\nexport const tanks = Router();\n"
    tanks += "tanks.post('/x', async (req, res) => {\n  res.json(await plc.valve(req.query.o));\n});\n"
    index = (
        "import { requireRole } from './roles.js';\nimport { tanks } from './tanks.js';\n"
        + "let a;\n" * 60
        + "app.use('/tanks', requireRole('b'), tanks);\n"
    )
    roles = (
        "let b;\n" * 60
        + "export function requireRole(role) {\n  return (req, res, next) => (req.user.role === role ? next() : res.sendStatus(403));\n}\n"
    )
    rule = replace(lab().finding().rule, cwe=(862,))
    text = brief({"src/tanks.js": tanks, "src/index.js": index, "src/roles.js": roles}, ("src/tanks.js", 4, "sink"), rule=rule)
    assert "app.use('/tanks', requireRole('b'), tanks);" in text
    assert "req.user.role === role" in text


def test_files_modules_and_libraries_are_named(brief: Any) -> None:
    files = {
        "app/h.py": HANDLER,
        "app/words.py": WORDS,
        "requirements.txt": "flask==3.0.1\nlxml==5\n",
        "README.md": "# Words\n",
        "LICENSE.md": "mine\n",
    }
    text = brief(files, *PLACES)
    assert "All scanned files, documents left out: app/h.py, app/words.py, requirements.txt\n" in text
    assert "not among the scanned files: app.people (by app/h.py)" in text
    assert "     1 | flask==3.0.1" in text
    assert "lxml" not in text
    assert "There is no dependency manifest" in brief({"app/h.py": HANDLER}, *PLACES)


@pytest.mark.parametrize(
    ("path", "line", "said"),
    [
        ("src/main/java/org/boxes/web/Page.java", "import org.boxes.users.Users;", True),
        ("src/main/java/org/boxes/web/Page.java", "import org.yaml.snakeyaml.Yaml;", False),
        ("src/page.ts", 'import { users } from "./users.js";', True),
        ("src/page.ts", 'import express from "express";', False),
        ("shop/page.py", "from shop.users import Users", True),
        ("shop/page.py", "from shopify import Users", False),
        ("web/page.go", 'package web\nimport "example.org/boxes/users"', False),
    ],
)
def test_only_modules_of_the_project_are_said_to_be_missing(brief: Any, path: str, line: str, said: bool) -> None:
    text = brief({path: line + "\n\n\n\n\n"}, (path, 1, "sink"))
    assert ("not among the scanned files" in text) is said


def test_who_decides_is_a_guess_and_for_a_finding_without_flow_not_about_data(brief: Any) -> None:
    flow = brief({"app/h.py": HANDLER}, *PLACES, trust=Trust.AUTHENTICATED)
    assert "The analyser guesses that somebody who is logged in decides this data." in flow
    place = brief({"app/h.py": HANDLER}, ("app/h.py", 10, "sink"), trust=Trust.REMOTE)
    assert "could make use of this" in place
    assert "decides this data" not in place
    assert "guesses" not in brief({"app/h.py": HANDLER}, ("app/h.py", 10, "sink"), trust=None)


def test_code_near_the_path_is_bounded_whatever_it_holds(brief: Any) -> None:
    wide = "".join(f"def g{number}():\n    return '{'a' * 2000}'\n" for number in range(20))
    calls = "".join(f"    g{number}()\n" for number in range(20))
    text = brief({"app/h.py": f"def page(db):\n{calls}    db.execute(x)\n", "app/g.py": wide}, ("app/h.py", 22, "sink"))
    assert len(text) < 20_000


def test_tests_are_not_shown_beside_the_program(brief: Any) -> None:
    files = {"app/h.py": HANDLER, "tests/test_h.py": "from app.h import page\n\n\ndef test_page():\n    page(None)\n"}
    assert "def test_page" not in brief(files, *PLACES)


def test_a_challenger_is_told_which_files_were_opened_and_nothing_of_the_verdict(guarded: Any, say: Any) -> None:
    guarded.files = {**guarded.files, "app/extra.py": "EXTRA = 1\n" + long(56)}
    script = [say.tool("read_code", path="app/extra.py", start_line=1, end_line=3), say.refuted(), say.refuted()]
    triage, chat = guarded.judge(script)
    (judgement,) = triage.judgements.values()
    assert isinstance(judgement.verdict, Refuted)
    first, challenge = chat.requests[0].messages[0].blocks[1].text, chat.requests[2].messages[0].blocks[1].text
    assert "An earlier look at this case also read: app/extra.py" in challenge
    assert "EXTRA = 1" in challenge
    assert "EXTRA = 1" not in first
    for word in ("only two columns", "constrained", "refuted"):
        assert word not in challenge
    again, silent = guarded.judge([])  # the same brief is built again
    guarded.files = {**guarded.files, "README.md": "# Shop\n"}
    assert not silent.requests
    assert not guarded.judge([])[1].requests
    assert next(iter(again.judgements.values())).cached


def test_a_reason_that_the_citations_do_not_show_is_told_once_and_no_other_is_named(guarded: Any, say: Any) -> None:
    wrong = say.verdict("refuted", ("app/store.py", 3, 'COLUMNS = {"name", "age"}', "mitigation"), reason="unreachable")
    triage, chat = guarded.judge([wrong, say.refuted(), say.refuted()])
    (judgement,) = triage.judgements.values()
    assert isinstance(judgement.verdict, Refuted)
    told = chat.requests[1].messages[-1].blocks[0].text
    assert "what is cited does not show unreachable" in told
    assert "constrained" not in told
    guarded.store.clear()
    again, stubborn = guarded.judge(lambda _: wrong)
    (other,) = again.judgements.values()
    assert isinstance(other.verdict, Undecided)
    assert other.verdict.cause is Cause.UNSUPPORTED
    assert [request.model for request in stubborn.requests] == ["fast", "fast", "strong", "strong"]


def test_preconditions_that_are_not_known_lower_nothing(shop: Any, say: Any) -> None:
    unknown = dict.fromkeys(("access", "authentication", "interaction", "configuration"), "unknown")
    (judgement,) = shop.judge([say.confirmed(**unknown)])[0].judgements.values()
    assert isinstance(judgement.verdict, Confirmed)
    assert judgement.verdict.severity is shop.finding().severity
    assert judgement.verdict.preconditions.authentication == "none"


@pytest.mark.parametrize(
    ("quote", "holds"),
    [
        ('return connection.execute(f"SELECT * FROM users ORDER BY {so', True),  # cut off
        ('  return   connection.execute(f"SELECT * FROM users ORDER BY {sort}").fetchall()  \n', True),  # white space
        ('return connection.execute(f"SELECT * FROM users ORDER BY {xort}")', False),
        ("return conn", False),  # too little to break off
    ],
)
def test_quotes_hold_by_their_words(shop: Any, say: Any, quote: str, holds: bool) -> None:
    claim = say.verdict("confirmed", ("app/views.py", 10, 'sort = request.args["sort"]', "source"), ("app/store.py", 10, quote, "sink"))
    (judgement,) = shop.judge(lambda _: claim)[0].judgements.values()
    assert isinstance(judgement.verdict, Confirmed) is holds


def test_what_a_caller_does_with_a_result_can_decide_a_finding_without_flow(lab: Any, say: Any) -> None:
    errors = "import traceback\n\n\ndef details(problem):\n    return traceback.format_exc()\n\n\n"
    errors += 'def answer(problem):\n    text = details(problem)\n    log.error("reference %s\\n%s", 1, text)\n    return {"error": "internal"}\n'
    place = lab({"app/errors.py": errors})
    rule = replace(place.finding(("app/errors.py", 5, "sink")).rule, cwe=(209,))
    quote = '    log.error("reference %s\\n%s", 1, text)\n    return {"error": "internal"}'
    claim = say.verdict("refuted", ("app/errors.py", 10, quote, "mitigation"), reason="safe-interface")
    (judgement,) = place.judge(lambda _: claim, place.finding(("app/errors.py", 5, "sink"), rule=rule))[0].judgements.values()
    assert isinstance(judgement.verdict, Refuted)
    other = say.verdict("refuted", ("app/errors.py", 9, "text = details(problem)", "mitigation"), reason="safe-interface")
    (judged,) = place.judge(lambda _: other, place.finding(("app/errors.py", 5, "sink"), rule=rule, fingerprint="b" * 32))[0].judgements.values()
    assert isinstance(judged.verdict, Undecided)
