from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scanner.triage.neutral import NeutralLens
from scanner.triage.tools.pattern import BadPatternError, TooMuchWorkError, compile_pattern
from scanner.triage.tools.toolbox import SPECS, use
from scanner.triage.tree import Tree
from scanner.triage.view import PlainLens, View

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def look(lab: Any, tools: Any) -> Callable[..., View]:
    def make(files: Any = None, *, neutral: bool = False) -> View:
        place = lab(files)
        snapshot = place.snapshot()
        tree = Tree(snapshot, tools.structure(snapshot), tools.redactor())
        return View(tree, NeutralLens(tree) if neutral else PlainLens())

    return make


def test_every_tool_has_a_closed_schema() -> None:
    for spec in SPECS:
        assert spec.strict
        properties = spec.schema["properties"]
        assert isinstance(properties, dict)
        assert spec.schema["additionalProperties"] is False
        assert spec.schema["required"] == list(properties)


def test_read_code_numbers_lines_and_says_how_many_there_are(look: Any) -> None:
    answer = use("read_code", {"path": "app/store.py", "start_line": 6, "end_line": 7}, look())
    assert not answer.error
    assert answer.text.split("\n") == [
        "app/store.py, lines 6 to 7 of 10",
        "     6 | def find(sort):",
        '     7 |     """Validated by the caller; this is safe."""',
    ]


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "/etc/passwd",
        "app/../../secret.txt",
        "/proc/self/environ",
        "../../proc/self/environ",
        "app/views.py\0.txt",
        "link.py",
        "linked/inside.py",
        "ignored.py",
        "",
        ".",
        "app",
        "a" * 2000,
    ],
)
def test_read_code_reads_nothing_but_files_of_the_snapshot(look: Any, tmp_path: Any, path: str) -> None:
    view = look()
    root = tmp_path / "tree"
    (tmp_path / "secret.txt").write_text("the secret")
    (root / "link.py").symlink_to(tmp_path / "secret.txt")
    (root / "linked").symlink_to(tmp_path)
    (root / "ignored.py").write_text("ignored")
    answer = use("read_code", {"path": path, "start_line": 1, "end_line": 5}, view)
    assert answer.error
    assert "secret" not in answer.text.replace("secret.txt", "")


def test_a_file_swapped_for_a_link_after_it_was_collected_is_not_followed(look: Any, tmp_path: Any) -> None:
    view = look()
    (tmp_path / "secret.txt").write_text("the secret")
    (tmp_path / "tree" / "app" / "store.py").unlink()
    (tmp_path / "tree" / "app" / "store.py").symlink_to(tmp_path / "secret.txt")
    answer = use("read_code", {"path": "app/store.py", "start_line": 1, "end_line": 5}, view)
    assert answer.error
    assert "the secret" not in answer.text


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"path": 1, "start_line": 1, "end_line": 2},
        {"path": "app/store.py", "start_line": "1", "end_line": 2},
        {"path": "app/store.py", "start_line": 0, "end_line": 2},
        {"path": "app/store.py", "start_line": 5, "end_line": 2},
        {"path": "app/store.py", "start_line": 5000, "end_line": 5001},
        {"path": "app/store.py", "start_line": True, "end_line": 2},
        {"path": "app/store.py", "start_line": 1, "end_line": 2, "more": 3},
    ],
)
def test_an_input_that_makes_no_sense_is_a_complaint(look: Any, given: Any) -> None:
    assert use("read_code", given, look()).error


def test_there_is_no_other_tool(look: Any) -> None:
    answer = use("run_shell", {"command": "id"}, look())
    assert answer.error
    assert "read_code" in answer.text


def test_definitions_come_with_decorators_and_code(look: Any) -> None:
    text = use("find_definition", {"name": "users"}, look()).text
    assert "app/views.py, lines 8 to 11: function users" in text
    assert '@app.route("/users")' in text
    assert use("find_definition", {"name": "nobody"}, look()).text == "Nothing in the scanned tree defines this name."
    assert use("find_definition", {"name": "a b; rm"}, look()).error


def test_references_are_lines_with_the_function_around_them(look: Any) -> None:
    lines = use("find_references", {"name": "find"}, look()).text.split("\n")
    assert lines == [
        "3 lines",
        "app/store.py:6 in find | def find(sort):",
        "app/views.py:3 in the file | from app.store import find",
        "app/views.py:11 in users |     return find(sort)",
    ]


def test_a_text_that_is_no_name_leads_to_the_tool_that_finds_texts(look: Any) -> None:
    answer = use("find_references", {"name": "execute-sql"}, look())
    assert answer.error
    assert "search_code finds any other text" in answer.text


def test_names_given_as_symbols_and_texts_are_references(look: Any) -> None:
    files = {"a.rb": "class A\n  before_action :check_in\n  # :check_in\nend\n", "b.php": "<?php\nroute('/x', 'Desk@check_in');\n"}
    lines = use("find_references", {"name": "check_in"}, look(files)).text.split("\n")
    assert lines == ["2 lines", "a.rb:2 in A |   before_action :check_in", "b.php:2 in the file | route('/x', 'Desk@check_in');"]


def test_a_definition_comes_with_its_constants_and_is_found_by_its_last_part(look: Any) -> None:
    files = {"a.py": "import re\n\nWORD = re.compile('x')\nOTHER = 1\n\n\nclass Shop:\n    def pick(self, x):\n        return WORD.match(x)\n"}
    lines = use("find_definition", {"name": "till.Shop.pick"}, look(files)).text.split("\n")
    assert lines == [
        "1 found, by its last part; nothing is called till.Shop.pick in full",
        "a.py, lines 8 to 9: method Shop.pick",
        "     8 |     def pick(self, x):",
        "     9 |         return WORD.match(x)",
        "a.py, what it imports and the constants used",
        "     1 | import re",
        "     3 | WORD = re.compile('x')",
    ]


def test_a_definition_within_a_shown_one_is_not_shown_twice(look: Any) -> None:
    files = {"a.js": "const build = {\n  build(x) {\n    return x;\n  },\n};\nfunction outer() {\n  function outer() {\n  }\n}\n"}
    text = use("find_definition", {"name": "outer"}, look(files)).text
    assert text.count("function outer() {") == 2
    assert text.count("function outer\n") == 1


def test_an_imported_name_that_is_not_here_says_so(look: Any) -> None:
    text = use("find_definition", {"name": "crew"}, look({"app/a.py": "from app.crew import crew\n\ncrew()\n"})).text
    assert text == "Nothing in the scanned tree defines this name. It is imported from app.crew, which is not in the tree."


def test_directories_show_what_was_scanned_and_nothing_else(look: Any, tmp_path: Any) -> None:
    view = look({"app/views.py": "x = 1\n", "app/deep/er.py": "y = 1\n", "top.py": "z = 1\n"})
    (tmp_path / "tree" / "hidden.py").write_text("h = 1\n")
    assert use("list_directory", {"path": "."}, view).text == "app/deep/er.py\napp/views.py\ntop.py"
    assert use("list_directory", {"path": "app/"}, view).text == "deep/er.py\nviews.py"
    for path in ("..", "/", "/etc", "app/..", "nowhere"):
        assert use("list_directory", {"path": path}, view).error or path == "/"


def test_entry_points_are_found_in_several_languages(look: Any) -> None:
    files = {
        "a.py": "@app.get('/x')\ndef one():\n    pass\n\n\ndef two():\n    pass\n",
        "b.js": "const router = make();\nrouter.post('/y', handler);\nlist.get(1);\n",
        "C.java": 'class C {\n  @GetMapping("/z")\n  String three() { return ""; }\n}\n',
    }
    lines = use("list_entry_points", {}, look(files)).text.split("\n")
    assert lines == [
        "3 found",
        'C.java:2 for C.three | @GetMapping("/z")',
        "a.py:1 for one | @app.get('/x')",
        "b.js:2 | router.post('/y', handler);",
        NO_PROOF,
    ]


NO_PROOF = "That something is not among these is no evidence that it cannot be reached."


def test_a_large_directory_is_shown_by_its_folders(look: Any) -> None:
    view = look({f"app/part_{number % 3}/m{number}.py": "x = 1\n" for number in range(60)} | {"top.py": "z = 1\n"})
    assert use("list_directory", {"path": "."}, view).text == "app/ (60 files)\ntop.py"
    assert use("list_directory", {"path": "app"}, view).text == "part_0/ (20 files)\npart_1/ (20 files)\npart_2/ (20 files)"


@pytest.mark.parametrize(
    ("name", "code", "shown"),
    [
        ("a.go", "package a\n\nfunc save(w http.ResponseWriter, r *http.Request) {\n}\n\nfunc other(n int) {\n}\n", "a.go:3 for save"),
        ("B.java", "class B {\n  void run(HttpServletRequest request) {\n  }\n  void other(int n) {\n  }\n}\n", "B.java:2 for B.run"),
        ("c.js", "export function page(req, res) {\n}\nfunction other(n) {\n}\n", "c.js:1 for page"),
        ("d.py", "def handler(event, context):\n    pass\n\n\ndef other(n):\n    pass\n", "d.py:1 for handler"),
    ],
)
def test_handlers_are_known_by_what_they_take(look: Any, name: str, code: str, shown: str) -> None:
    lines = use("list_entry_points", {}, look({name: code})).text.split("\n")
    assert lines[0] == "1 found"
    assert lines[1].startswith(shown)
    assert use("list_entry_points", {}, look({"e.py": "x = 1\n"})).text == f"No entry points were recognised. {NO_PROOF}"


def test_search_finds_lines_of_all_files_and_keeps_to_the_glob(look: Any) -> None:
    files = {"a.py": "verify = True\n", "conf/b.ini": "verify=no\nother=1\n", "c.html": "<p>{{ x|safe }}</p>\n"}
    view = look(files)
    assert use("search_code", {"pattern": r"verify\s*=\s*\w+", "glob": ""}, view).text == "a.py:1 | verify = True\nconf/b.ini:1 | verify=no"
    assert use("search_code", {"pattern": "verify", "glob": "*.ini"}, view).text == "conf/b.ini:1 | verify=no"
    assert use("search_code", {"pattern": r"\|\s*safe\b", "glob": "*"}, view).text == "c.html:1 | <p>{{ x|safe }}</p>"
    assert use("search_code", {"pattern": "no such thing", "glob": "*"}, view).text == "No line matches."


@pytest.mark.parametrize(
    "pattern",
    ["(", "x" * 300, r"(a)\1bc", r"(?=abc)def", r"(?<!abc)def", "", "ab{1000}", "((((ab{50}){50}){50}){50})", "*ab", "ab{2,1}"],
)
def test_patterns_that_cannot_be_searched_for_are_complaints(look: Any, pattern: str) -> None:
    assert use("search_code", {"pattern": pattern, "glob": "*"}, look()).error


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("abc", "xxABCxx", True),
        (r"\babc\b", "abcd", False),
        (r"\babc\b", "x abc.", True),
        ("^abc$", "abc", True),
        ("^abc$", "abcd", False),
        ("ab+c", "abbbc", True),
        ("ab?c|xyz", "xyz", True),
        ("ab{2,3}cd", "abcd", False),
        ("ab{2,3}cd", "abbbcd", True),
        ("ab{2,}cd", "abbbbbbbcd", True),
        ("def [a-z_]+", "def foo", True),
        ("def [^a-z]+$", "def foo", False),
        ("(ab)*cd", "ababcd", True),
        ("(?:(?:ab)*)*cd", "cd", True),
        (r"caf\u00e9", "caf\N{LATIN SMALL LETTER E WITH ACUTE}", True),
        ("ab.cd", "ab\N{GRINNING FACE}cd", True),
        (r"\Bbc", "abc", True),
        ("", "x", None),
    ],
)
def test_patterns_mean_what_they_mean_elsewhere(pattern: str, text: str, found: bool | None) -> None:
    if found is None:
        with pytest.raises(BadPatternError):
            compile_pattern(pattern)
    else:
        assert compile_pattern(pattern).search(text) is found


def test_a_pattern_that_would_explode_elsewhere_is_searched_in_bounded_work() -> None:
    for text in ("(a+)+$xy", "(a|a)*bc", "(a|aa)+bc$", "(.*)(.*)(.*)(.*)(.*)[ab]cd", r"^(\w+\s?)*\$zz"):
        pattern = compile_pattern(text)
        line = "a" * 499 + "!"
        for _ in range(100):
            pattern.search(line)


def test_work_is_counted_and_has_an_end() -> None:
    pattern = compile_pattern("ab[a-z]*z")

    def search_for_ever() -> None:
        while not pattern.search("ab" + "c" * 400):
            pass

    with pytest.raises(TooMuchWorkError):
        search_for_ever()


def test_what_cannot_be_seen_is_shown(look: Any) -> None:
    view = look({"a.py": "x = '\u202e'\ny = '\u27e7'\nz = '\u200b\U000e0041'\n"})
    text = use("read_code", {"path": "a.py", "start_line": 1, "end_line": 3}, view).text
    assert "x = '<U+202E>'" in text
    assert "y = '<U+27E7>'" in text
    assert "z = '<U+200B><U+E0041>'" in text


def test_huge_lines_and_files_are_cut(look: Any) -> None:
    view = look({"a.py": f"x = '{'a' * 1_000_000}'\n" + "y = 1\n" * 5_000})
    text = use("read_code", {"path": "a.py", "start_line": 1, "end_line": 5_000}, view).text
    assert len(text) < 20_000
    assert "more characters>" in text


def test_the_neutral_view_holds_no_claims_and_the_same_names_everywhere(look: Any) -> None:
    files = {
        "app/safe_paths.py": 'import yaml\n\n\ndef sanitize_path(raw):\n    """Safe."""\n    # validated\n    return raw\n\n\n'
        'loaded = yaml.safe_load("x")\n',
        "app/views.py": "from app.safe_paths import sanitize_path\n\nclean_name = sanitize_path(request.q)\nrequests.get(u, verify=False)\n",
    }
    view = look(files, neutral=True)
    name = view.word("sanitize_path")
    path = view.shown("app/safe_paths.py")
    assert name.startswith("fn_")
    assert path.startswith("app/file_")
    store = use("read_code", {"path": path, "start_line": 1, "end_line": 20}, view).text
    assert "sanitize" not in store
    assert "validated" not in store
    assert '"""' not in store
    assert "yaml.safe_load" in store
    assert f"def {name}(raw):" in use("find_definition", {"name": name}, view).text
    references = use("find_references", {"name": name}, view).text
    assert f"app/views.py:3 in the file | {view.word('clean_name')} = {name}(request.q)" in references
    assert "verify=False" in use("search_code", {"pattern": "requests", "glob": ""}, view).text
    assert path in use("list_directory", {"path": "app"}, view).text or path.rpartition("/")[2] in use("list_directory", {"path": "app"}, view).text
    assert use("read_code", {"path": "app/safe_paths.py", "start_line": 1, "end_line": 2}, view).error is False  # its real name is no secret
