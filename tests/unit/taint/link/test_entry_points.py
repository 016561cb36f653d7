"""Who calls a program: entry points of frameworks, and exported functions of a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.core.finding import Trust
from scanner.core.location import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.taint.linked import Linked

    Flows = Callable[..., list[str]]
    Link = Callable[..., Linked]

ENTRIES = {
    "a decorator": """
        import web, shell
        app = web.App()
        @app.route("/x")
        def view(name):
            shell.line(name)
    """,
    "a method of a class that derives from the library's": """
        import web, shell

        class View(web.Handler):
            def get(self, name):
                shell.line(name)
    """,
    "a function that is handed over": """
        import web, shell
        def view(name):


            shell.line(name)
        web.App().add("/x", view)
    """,
    "a function by its name": """
        import cloud, shell


        def handle_event(event, context):
            shell.line(event["name"])
    """,
    "an annotation": """
        import web, shell


        def view(request: web.Request):
            shell.line(request.args["name"])
    """,
    "a parameter with a class": """
        import web, shell

        class View(web.View):
            def get(self, request):
                shell.line(request.args)
    """,
}


@pytest.mark.parametrize("text", ENTRIES.values(), ids=ENTRIES.keys())
def test_the_world_comes_in_by(text: str, flows: Flows, linked: Link) -> None:
    assert flows({"view.py": text}) == ["command-injection view.py:6"]
    assert linked({"view.py": text}).has_entry_points
    assert linked({"view.py": text}).facts[0].source.trust is Trust.REMOTE


SHUT = {
    "a decorator of something else": """
        import other, shell
        app = other.App()
        @app.route("/x")
        def view(name):
            shell.line(name)
    """,
    "another method": """
        import web, shell
        class View(web.Handler):
            def helper(self, name):
                shell.line(name)
    """,
    "the receiver": """
        import web, shell
        class View(web.Handler):
            def get(self):
                shell.line(self)
    """,
    "a function by its name without the import": """
        import shell
        def handle_event(event, context):
            shell.line(event["name"])
    """,
    "another parameter of a function by its name": """
        import cloud, shell
        def handle_event(event, context):
            shell.line(context)
    """,
    "a parameter that the route converts": """
        import web, shell
        app = web.App()
        @app.route("/x/<int:name>")
        def view(name):
            shell.line(name)
    """,
    "a parameter that is annotated as a number": """
        import web, shell
        app = web.App()
        @app.route("/x")
        def view(name: int):
            shell.line(name)
    """,
    "an attribute that is no source": """
        import web, shell
        class View(web.View):
            def get(self, request):
                shell.line(request.user)
    """,
}


@pytest.mark.parametrize("text", SHUT.values(), ids=SHUT.keys())
def test_the_world_does_not_come_in_by(text: str, flows: Flows) -> None:
    assert flows({"view.py": text}) == []


def test_a_class_hierarchy_over_files_leads_to_the_library(flows: Flows) -> None:
    files = {
        "base.py": "import web\nclass Base(web.Handler):\n    pass",
        "view.py": "import shell\nfrom base import Base\nclass View(Base):\n    def get(self):\n        shell.line(self.argument('x'))",
    }
    assert flows(files) == ["command-injection view.py:5"]


def test_an_application_of_another_module_makes_entry_points_too(flows: Flows) -> None:
    files = {
        "app.py": "import web\napp = web.App()",
        "view.py": "import shell\nfrom app import app\n@app.route('/x')\ndef view(name):\n    shell.line(name)",
    }
    assert flows(files) == ["command-injection view.py:5"]


EXPORTED = """
    import shell

    def run(line):
        shell.line(line)

    def _hidden(line):
        shell.line(line)

    def count(line: int):
        shell.line(line)

    class Runner:
        def __init__(self, line):
            self.line = line

        def run(self):
            shell.line(self.line)

        def _hidden(self, line):
            shell.line(line)

    class _Hidden:
        def run(self, line):
            shell.line(line)
"""


def test_parameters_of_exported_functions_are_untrusted_in_a_library(flows: Flows, linked: Link) -> None:
    assert flows({"lib.py": EXPORTED}, library=True) == ["command-injection lib.py:18", "command-injection lib.py:5"]
    result = linked({"lib.py": EXPORTED}, library=True)
    assert {fact.source.trust for fact in result.facts} == {Trust.LIBRARY}
    assert {(fact.source.function, fact.source.parameter) for fact in result.facts} == {("run", "line"), ("Runner.__init__", "line")}
    assert not result.has_entry_points


def test_a_private_module_exports_nothing(flows: Flows) -> None:
    assert flows({"_lib.py": EXPORTED}, library=True) == []


def test_an_exported_function_does_not_hand_its_callers_what_its_caller_gave_it(flows: Flows) -> None:
    text = """
        import shell
        def same(text):
            return text
        def use():
            shell.line(same("clean"))
    """
    assert flows({"lib.py": text}, library=True) == []


def test_of_several_sources_the_most_dangerous_one_is_told_and_the_others_are_related(linked: Link) -> None:
    files = {
        "store.py": "import shell\ndef save(text):\n    shell.line(text)",
        "one.py": "import files\nfrom store import save\nsave(files.load())",
        "two.py": "import web\nfrom store import save\ndef deep(text):\n    save(text)\ndef view():\n    deep(web.read())",
        "three.py": "import web\nfrom store import save\nsave(web.read())",
    }
    (fact,) = linked(files, library=True).facts
    assert (fact.source.path, fact.source.trust) == ("three.py", Trust.REMOTE)
    assert [(point.path, point.trust) for point in fact.related] == [("two.py", Trust.REMOTE)]


def test_a_rule_takes_the_trusts_that_it_accepts_only(flows: Flows) -> None:
    text = "import files, web, page\ndef view():\n    shown = page.Page()\n    shown.body = files.load()\n    shown.body = web.read()"
    assert flows({"view.py": text}) == ["scripting view.py:5"]


def test_the_steps_tell_the_way_in_reading_order(linked: Link) -> None:
    files = {
        "store.py": "import shell\ndef save(text):\n    shell.line(text)",
        "build.py": "def build(name):\n    line = 'ls ' + name\n    return line",
        "view.py": "import web\nfrom build import build\nfrom store import save\ndef view():\n    line = build(web.read())\n    save(line)",
    }
    (fact,) = linked(files).facts
    assert [(step.path, step.note) for step in fact.steps] == [
        ("view.py", "source: web.read()"),
        ("view.py", "argument 1 of build"),
        ("build.py", "assigned to line"),
        ("view.py", "returned by build"),
        ("view.py", "assigned to line"),
        ("view.py", "argument 1 of save"),
        ("store.py", "sink: shell.line"),
    ]
    assert [step.role for step in fact.steps] == [Role.SOURCE, *[Role.STEP] * 5, Role.SINK]
    sink = fact.steps[-1]
    assert files[sink.path][sink.at : sink.end] == "shell.line(text)"


def test_a_way_through_the_heap_says_where_it_was_read(linked: Link) -> None:
    text = """
        import web, shell
        class Job:
            def fill(self):
                self.line = web.read()
            def run(self):
                shell.line(self.line)
    """
    (fact,) = linked({"job.py": text}).facts
    assert [step.note for step in fact.steps] == ["source: web.read()", "stored in .line", "read from Job.line, sink: shell.line"]


def test_a_receiver_known_by_its_name_only_makes_a_flow_uncertain(linked: Link) -> None:
    (fact,) = linked({"view.py": "import web\ndef view(cursor):\n    cursor.execute(web.read())"}).facts
    assert not fact.certain
    (fact,) = linked({"view.py": "import web, db\ndef view():\n    db.connect().cursor().execute(web.read())"}).facts
    assert fact.certain


def test_a_sink_keeps_what_it_is_given(flows: Flows) -> None:
    text = "import web, shell\ndef view(cursor):\n    row = cursor.execute(web.read())\n    shell.line(row)"
    assert flows({"view.py": text}) == ["sql-injection view.py:3"]


def test_a_misuse_that_only_shows_over_files_is_told_once(linked: Link) -> None:
    files = {
        "make.py": "import crypto\ncipher = crypto.Cipher()",
        "view.py": "from make import cipher\ncipher.weak(mode='old')\ncipher.weak(mode='new')",
        "typed.py": "import crypto\ndef view(cipher: crypto.Cipher):\n    cipher.weak(mode='old')",
    }
    found = linked(files).misuses
    assert [(fact.path, fact.site.rule_id, fact.certain) for fact in found] == [("typed.py", "weak-cipher", True), ("view.py", "weak-cipher", True)]


def test_a_misuse_known_by_its_receiver_s_name_is_uncertain(linked: Link) -> None:
    (fact,) = linked({"view.py": "def view(thing, other):\n    thing.danger()\n    other.danger()"}).misuses
    assert (fact.site.rule_id, fact.site.at, fact.certain) == ("danger", 28, False)


OWN_SINK = {
    "shell/__init__.py": "from shell.line import line",
    "shell/line.py": "import machine\ndef line(text):\n    return _given(text)\ndef _given(text):\n    machine.call(text)",
    "shell/tools.py": "from shell import line\ndef copy(source):\n    line(source)\ndef move(source):\n    line(source)",
}


def test_a_library_is_not_told_of_each_call_of_a_sink_that_it_is_itself(flows: Flows) -> None:
    assert flows(OWN_SINK, library=True) == ["command-injection shell/line.py:5"]


def test_what_the_world_sends_to_such_a_sink_is_told_where_it_is_sent(flows: Flows) -> None:
    view = {"shell/view.py": "import web\nfrom shell import line\ndef view():\n    line(web.read())"}
    assert "command-injection shell/view.py:4" in flows(OWN_SINK | view, library=True)


def test_a_sink_of_its_own_that_leads_into_no_other_is_told_of_its_callers(flows: Flows) -> None:
    ends = {"shell/line.py": "def line(text):\n    return Line(text)\nclass Line:\n    pass"}
    assert flows(OWN_SINK | ends, library=True) == ["command-injection shell/tools.py:3", "command-injection shell/tools.py:5"]


def test_a_sink_of_its_own_is_told_of_its_callers_where_what_it_leads_into_is_not_told(flows: Flows) -> None:
    constant = {"shell/line.py": "import machine\ndef line(text):\n    machine.call('ls')\n    return text"}
    assert flows(OWN_SINK | constant, library=True) == ["command-injection shell/tools.py:3", "command-injection shell/tools.py:5"]
