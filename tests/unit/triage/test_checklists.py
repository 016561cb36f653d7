from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scanner.core.errors import RuleError
from scanner.core.verdict import Reason
from scanner.rulepack.loader import builtin_rules_path, load_rules
from scanner.syntax.lexical import lexical_tokens
from scanner.triage.checklists import CHECKLISTS, Checklists
from scanner.triage.checks import CHECKS, Evidence
from scanner.triage.scene import Scene, is_test_path
from scanner.triage.tree import Tree
from scanner.triage.view import PlainLens, View

OTHERS = {path.name for path in builtin_rules_path().iterdir()} - {"triage"}


def documents() -> list[Any]:
    return [item.payload for item in load_rules([builtin_rules_path()], [CHECKLISTS], elsewhere=OTHERS).documents_of(CHECKLISTS)]


def test_the_checklists_speak_of_many_weaknesses_and_each_of_reasons() -> None:
    lists = documents()
    assert len({number for one in lists for number in one.cwe}) >= 60
    for one in lists:
        assert one.questions
        assert one.grounds or one.inherited


def test_every_check_is_used_by_some_list() -> None:
    used = {name for one in documents() for ground in one.grounds for group in ground.checks for name in group}
    assert used == set(CHECKS)


def test_no_reason_is_proved_by_the_finding_itself_alone() -> None:
    for one in documents():
        for ground in one.grounds:
            for group in ground.checks:
                assert set(group) - {"connected", "at-sink", "before-sink", "shares-name"}, (one.cwe, ground.reason, group)


def test_a_rule_gets_the_list_of_its_first_weakness_that_has_one(tools: Any, shop: Any) -> None:
    lists = tools.checklists()
    rule = shop.finding().rule
    assert 89 in lists.of(rule).cwe
    assert 79 in lists.of(replace(rule, cwe=(9999, 79))).cwe
    assert lists.of(replace(rule, cwe=(9999,))).cwe == ()
    assert lists.of(rule).ground(Reason.NOT_PRODUCTION) == lists.of(replace(rule, cwe=(9999,))).ground(Reason.NOT_PRODUCTION)


@pytest.mark.parametrize(
    ("cwe", "code", "expected"),
    [
        (347, 'jwt.decode(token, key, algorithms=["HS256"], options={"verify_signature": False})', True),
        (347, 'jwt.decode(token, key, algorithms=["HS256"])', False),
        (347, "jwt.verify(token, key, { algorithms: ['none', 'HS256'] })", True),
        (611, "parser = etree.XMLParser(resolve_entities=True, no_network=True)", True),
        (611, "parser = etree.XMLParser(resolve_entities=False)", False),
    ],
)
def test_code_that_is_the_weakness_itself_supports_no_refutation(cwe: int, code: str, expected: bool) -> None:
    (one,) = [item for item in documents() if cwe in item.cwe]
    assert one.contradicts(tuple(lexical_tokens(code))) is expected


def test_two_lists_for_one_weakness_or_none_for_the_rest_are_refused() -> None:
    lists = documents()
    with pytest.raises(ValueError, match="two triage checklists"):
        Checklists([*lists, replace(next(one for one in lists if one.cwe))])
    with pytest.raises(ValueError, match="every other weakness"):
        Checklists([one for one in lists if one.cwe])


def test_a_mistake_in_a_list_is_told_with_its_place(tmp_path: Any) -> None:
    folder = tmp_path / "triage"
    folder.mkdir()
    (folder / "x.yaml").write_text(
        "means: m\nquestions: [q]\nreasons:\n  sanitized: {when: w, checks: [[no-such-check]]}\n  nonsense: {when: w, checks: [[guard]]}\n"
    )
    with pytest.raises(RuleError) as error:
        load_rules([tmp_path], [CHECKLISTS])
    assert "x.yaml:5:3" in str(error.value)
    (folder / "x.yaml").write_text("means: m\nquestions: [q]\nreasons:\n  sanitized: {when: w, checks: [[no-such-check]]}\n")
    with pytest.raises(RuleError, match="there is no check no-such-check"):
        load_rules([tmp_path], [CHECKLISTS])


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("tests/app.py", True),
        ("app/tests/helpers.py", True),
        ("src/foo_test.go", True),
        ("src/foo.spec.ts", True),
        ("src/test/java/FooTest.java", True),
        ("examples/demo.py", True),
        ("conftest.py", True),
        ("app/latest.py", False),
        ("contest/app.py", False),
        ("app/testament.py", False),
        ("src/attestation.ts", False),
    ],
)
def test_paths_of_tests_and_examples_are_known(path: str, expected: bool) -> None:
    assert is_test_path(path) is expected


def passes(place: Any, tools: Any, check: str, path: str, line: int, *steps: tuple[str, int, str], calls: Any = ()) -> bool:
    """Whether one line passes a check of a finding with these steps."""
    snapshot = place.snapshot()
    tree = Tree(snapshot, tools.structure(snapshot), tools.redactor())
    view = View(tree, PlainLens())
    evidence = Evidence(path, line, line, view.bare_tokens(path, line, line), view.code_tokens(path, line, line))
    return CHECKS[check](evidence, Scene(tree, place.finding(*steps)), view, frozenset(calls))


CODE = """\
import html
from flask import request
from app.lib import strip_tags, escape


@app.route("/x")
def page(db):
    if False:
        return 1
    name = request.args["name"]
    limit = 5
    clean = html.escape(name)
    other = escape(name)
    short = strip_tags(name)
    number = int(name)
    column = {"a": "b"}.get(name)
    db.execute("SELECT ?", (name,))
    db.execute("SELECT " + name)
    return short


def lonely():
    return 2


def after(db):
    return 1
    db.execute("SELECT 2")
"""
LIB = "def strip_tags(value):\n    return value.replace('<', '')\n\n\ndef escape(value):\n    return value\n"


@pytest.mark.parametrize(
    ("check", "line", "calls", "expected"),
    [
        ("connected", 12, (), True),
        ("connected", 6, (), True),
        ("connected", 22, (), True),
        ("before-sink", 12, (), True),
        ("before-sink", 19, (), False),
        ("not-the-statement", 12, (), True),
        ("not-the-statement", 18, (), False),
        ("not-the-statement", 10, (), False),
        ("known-call", 12, ("escape",), False),  # the tree has an escape of its own, so the name alone proves nothing
        ("known-call", 15, ("int",), True),
        ("known-call", 12, ("quote",), False),
        ("known-word", 15, ("int",), True),
        ("acts", 12, (), True),
        ("acts", 15, (), True),
        ("acts", 11, (), False),
        ("guard", 8, (), True),
        ("guard", 12, (), False),
        ("shares-name", 12, (), True),
        ("shares-name", 11, (), False),
        ("at-sink", 17, (), True),
        ("at-sink", 8, (), False),
        ("constant", 11, (), True),
        ("constant", 10, (), False),  # a literal, but one that chooses the data
        ("constant", 17, (), False),  # nothing is given a value
        ("constant", 19, (), False),
        ("constant-first", 17, (), True),
        ("constant-first", 18, (), False),
        ("never", 8, (), True),
        ("never", 12, (), False),
        ("not-from-outside", 12, (), False),
        ("no-references", 12, (), False),
        ("test-path", 12, (), False),
        ("encoded-in-template", 12, (), False),
    ],
)
def test_checks_pass_what_they_should_and_nothing_else(lab: Any, tools: Any, check: str, line: int, calls: Any, expected: bool) -> None:
    place = lab({"app/views.py": CODE, "app/lib.py": LIB})
    finding = place.finding(("app/views.py", 10, "source"), ("app/views.py", 18, "sink"))
    snapshot = place.snapshot()
    tree = Tree(snapshot, tools.structure(snapshot), tools.redactor())
    view = View(tree, PlainLens())
    evidence = Evidence("app/views.py", line, line, view.bare_tokens("app/views.py", line, line), view.code_tokens("app/views.py", line, line))
    assert CHECKS[check](evidence, Scene(tree, finding), view, frozenset(calls)) is expected


@pytest.mark.parametrize(
    ("sink", "line", "check", "expected"),
    [(23, 22, "no-references", True), (28, 27, "never", True), (28, 26, "never", False)],
)
def test_code_that_cannot_run_is_recognised(lab: Any, tools: Any, sink: int, line: int, check: str, expected: bool) -> None:
    place = lab({"app/views.py": CODE, "app/lib.py": LIB})
    finding = place.finding(("app/views.py", sink, "sink"))
    snapshot = place.snapshot()
    tree = Tree(snapshot, tools.structure(snapshot), tools.redactor())
    view = View(tree, PlainLens())
    evidence = Evidence("app/views.py", line, line, view.bare_tokens("app/views.py", line, line), view.code_tokens("app/views.py", line, line))
    assert CHECKS[check](evidence, Scene(tree, finding), view, frozenset()) is expected


GUARDS = """\
COLUMNS = {"name": "n"}


def page(request, db):
    name = request.args["name"]
    row = db.find(name)
    if not name:
        raise ValueError("no name")
    if name is None or name == "":
        return None
    if not name.strip():
        return None
    text = f"n = '{name}'" if name else "1 = 1"
    if name not in COLUMNS:
        raise ValueError(name)
    if row is None:
        return None
    if request.user.is_admin:
        return None
    if name == "admin":
        return None
    if not (name and name.isalnum()):
        return None
    if len(name) > 80:
        return None
    raise ValueError("always")
    assert name
    db.execute("SELECT " + name)
"""


@pytest.mark.parametrize(
    ("line", "code", "expected"),
    [
        (7, "if not name:", False),
        (8, 'raise ValueError("no name")', False),  # it hangs on a test of that kind
        (9, 'if name is None or name == "":', False),
        (11, "if not name.strip():", False),
        (13, "if name else", False),
        (14, "if name not in COLUMNS:", True),
        (15, "raise ValueError(name)", True),
        (16, "if row is None:", True),  # the result of a look-up: not what arrives at the sink
        (18, "if request.user.is_admin:", True),
        (20, 'if name == "admin":', True),
        (22, "name.isalnum()", True),
        (24, "if len(name) > 80:", True),
        (26, 'raise ValueError("always")', True),
        (27, "assert name", False),
    ],
)
def test_to_ask_whether_there_is_something_guards_nothing(lab: Any, tools: Any, line: int, code: str, expected: bool) -> None:
    place = lab({"app/views.py": GUARDS})
    assert code in GUARDS.split("\n")[line - 1]
    assert passes(place, tools, "guard", "app/views.py", line, ("app/views.py", 5, "source"), ("app/views.py", 28, "sink")) is expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("if (!req.query.name) return next();", False),
        ("if (name === undefined || name.length === 0) {", False),
        ("const page = name ? name : fallback;", False),
        ('if name == "" {', False),
        ('if name := r.FormValue("name"); name != "" {', False),
        ("if (empty($name)) {", False),
        ("return unless name.present?", False),
        ("if (StringUtils.isBlank(name)) {", False),
        ("if (!ALLOWED.has(name)) return next();", True),
        ("if (ALLOWED[name]) {", True),
        ("const page = PAGES.has(name) ? name : fallback;", True),
        ("if err := check(name); err != nil {", True),
        ("if (name) || check(name)", True),
        ("return unless name =~ SHAPE", True),
        ("return if name == other", True),
    ],
)
def test_the_same_in_other_languages(lab: Any, tools: Any, code: str, expected: bool) -> None:
    place = lab({"app/views.txt": f"a = name\n{code}\nrun(name)\n"})
    assert passes(place, tools, "guard", "app/views.txt", 2, ("app/views.txt", 1, "source"), ("app/views.txt", 3, "sink")) is expected


def test_a_finding_without_flow_may_rest_on_such_a_test(lab: Any, tools: Any) -> None:
    place = lab({"app/views.py": "def remove(user):\n    if not user:\n        abort(401)\n    delete(user)\n"})
    assert passes(place, tools, "guard", "app/views.py", 2, ("app/views.py", 4, "sink"))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('db.execute("attach \'{}\'".format(name.replace("\'", "\'\'")))', True),
        ('db.execute("SELECT " + re.sub(r"[^a-z]", "", name))', True),
        ('db.execute("SELECT " + COLUMNS[name])', True),
        ('db.execute("SELECT " + columns.get(name))', True),
        ('db.execute("SELECT " + request.args[name])', False),
        ('db.execute("SELECT " + replace_all(name))', False),  # what a function of the project does stands in its body
        ('db.execute("SELECT " + name)', False),
        ("db.replace(name)", False),  # the sink itself
    ],
)
def test_what_the_line_of_the_sink_does_to_the_data_counts(lab: Any, tools: Any, code: str, expected: bool) -> None:
    text = f"import re\n\ncolumns = {{}}\n\n\ndef replace_all(x):\n    return x\n\n\ndef page(request, db):\n    name = request.name\n    {code}\n"
    place = lab({"app/views.py": text})
    assert passes(place, tools, "not-the-statement", "app/views.py", 12, ("app/views.py", 11, "source"), ("app/views.py", 12, "sink")) is expected


def test_a_choice_where_the_data_comes_in_counts_and_a_bare_test_there_does_not(lab: Any, tools: Any) -> None:
    for code, expected in (
        ("name = KINDS.find { |kind| kind == params[:kind] } || raise(Missing)", True),
        ("return unless name", False),
    ):
        place = lab({"app/a.rb": f"{code}\nrun(name)\n"})
        assert passes(place, tools, "not-the-statement", "app/a.rb", 1, ("app/a.rb", 1, "source"), ("app/a.rb", 2, "sink")) is expected


@pytest.mark.parametrize(
    ("code", "form", "expected"),
    [
        ("found = await this.prisma.$queryRaw`SELECT ${name}`", "$queryRaw`", True),
        ("found = await this.prisma.$queryRawUnsafe(`SELECT ${name}`)", "$queryRaw`", False),
        ('run("git", "--", name)', '"--",', True),
        ('run("git", "--depth", name)', '"--",', False),
        ("tidy.render(name)", "tidy.render(", False),  # the project's own
    ],
)
def test_pieces_of_code_that_a_list_knows(lab: Any, tools: Any, code: str, form: str, expected: bool) -> None:
    place = lab({"app/views.txt": f"a = name\n{code}\n", "app/tidy.py": "class tidy:\n    pass\n"})
    known = (" ".join(lexical_tokens(form)),)
    places = (("app/views.txt", 1, "source"), ("app/views.txt", 2, "sink"))
    assert passes(place, tools, "known-form", "app/views.txt", 2, *places, calls=known) is expected


def test_test_code_counts_unless_the_program_imports_it(lab: Any, tools: Any) -> None:
    def passes(files: dict[str, str]) -> bool:
        place = lab(files)
        finding = place.finding(("tests/helper.py", 1, "sink"))
        snapshot = place.snapshot()
        tree = Tree(snapshot, tools.structure(snapshot), tools.redactor())
        evidence = Evidence("tests/helper.py", 1, 1, ("x",))
        return CHECKS["test-path"](evidence, Scene(tree, finding), View(tree, PlainLens()), frozenset())

    assert passes({"tests/helper.py": "x = 1\n", "app.py": "y = 1\n"})
    assert not passes({"tests/helper.py": "x = 1\n", "app.py": "from tests.helper import x\n"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [("{{ name }}", True), ("{{ name | safe }}", False), ("{{{ name }}}", False), ("{% autoescape false %}{{ name }}", False), ("name", False)],
)
def test_places_of_templates_that_encode(lab: Any, tools: Any, text: str, expected: bool) -> None:
    place = lab({"app/views.py": CODE, "t/page.html": f"<p>{text}</p>\n"})
    snapshot = place.snapshot()
    tree = Tree(snapshot, tools.structure(snapshot), tools.redactor())
    view = View(tree, PlainLens())
    evidence = Evidence("t/page.html", 1, 1, view.bare_tokens("t/page.html", 1, 1), view.code_tokens("t/page.html", 1, 1))
    scene = Scene(tree, place.finding(("app/views.py", 18, "sink")))
    assert CHECKS["encoded-in-template"](evidence, scene, view, frozenset()) is expected


@pytest.mark.parametrize(
    ("code", "built"),
    [
        ('execute("SELECT %s", (name,))', False),
        ('execute("SELECT ?", name)', False),
        ('execute(f"SELECT {name}")', True),
        ('execute("SELECT " + name)', True),
        ('execute(name + "x")', True),
        ("execute(name)", True),
        ('run(["git", "show", name])', False),
        ('execute("SELECT %s" % name)', True),
        ('execute("SELECT %s" % (name,))', True),
        ('execute("SELECT {}".format(name))', True),
        ("query(`SELECT ${name}`)", True),
        ('where("a = #{name}")', True),
        ('Exec(fmt.Sprintf("SELECT %s", name))', True),
        ('query("SELECT $1", [name])', False),
        ('$db->query("SELECT " . $name)', True),
    ],
)
def test_texts_that_are_put_together_are_told_from_constant_ones(lab: Any, tools: Any, code: str, built: bool) -> None:
    place = lab({"app/views.txt": code + "\n"})
    snapshot = place.snapshot()
    tree = Tree(snapshot, tools.structure(snapshot), tools.redactor())
    view = View(tree, PlainLens())
    evidence = Evidence("app/views.txt", 1, 1, view.bare_tokens("app/views.txt", 1, 1), view.code_tokens("app/views.txt", 1, 1))
    scene = Scene(tree, place.finding(("app/views.txt", 1, "sink")))
    assert CHECKS["constant-first"](evidence, scene, view, frozenset()) is not built
