"""The engine as the pipeline sees it: candidates with places and words, and an honest account."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from scanner.core.coverage import Skip
from scanner.core.finding import Trust
from scanner.core.location import Role
from scanner.core.rule import Precision
from scanner.engines.taint import program
from scanner.engines.taint.engine import TaintEngine
from scanner.executors.inline import InlineExecutor
from scanner.executors.local import LocalExecutor
from scanner.ports.executor import Failure, Lost, Outcome
from scanner.ports.observer import SilentObserver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pytest

    from scanner.ports.engine import Detection
    from scanner.ports.source import Snapshot
    from scanner.taint.compile.load import TaintPack

    Detect = Callable[..., Detection]

J = TypeVar("J")
R = TypeVar("R")

SHOP = {
    "shop/__init__.py": "",
    "shop/store.py": """
        import shell


        def save(text):
            shell.line(text)
    """,
    "shop/view.py": """
        import web
        from shop.store import save

        app = web.App()


        @app.route("/näme/<name>")
        def view(name):
            säve = "ä"; save(web.request.args["x"])
            save(name)
    """,
}


def test_a_flow_over_two_files_is_told_with_places_and_words(detect: Detect) -> None:
    (found,) = detect(SHOP).candidates
    assert (found.engine, found.rule_id, found.trust, found.confidence) == ("taint", "python-command-injection", Trust.REMOTE, None)
    assert found.message == "Data from web.Request.args reaches shell.line."
    told = [(place.span.path, place.span.start_line, place.span.start_column, place.role, place.note) for place in found.trace.locations]
    assert told == [
        ("shop/view.py", 10, 22, Role.SOURCE, "source: web.Request.args"),
        ("shop/view.py", 10, 17, Role.STEP, "argument 1 of save"),
        ("shop/store.py", 6, 5, Role.SINK, "sink: shell.line"),
    ]
    assert found.trace.place.path == "shop/store.py"


def test_a_package_in_a_folder_that_is_none_is_found_by_either_name(detect: Detect) -> None:
    """`services` without an `__init__.py` is a namespace to some, a root to others."""
    store = "import shell\n\n\ndef save(text):\n    shell.line(text)\n"
    view = "import web\nfrom {name} import save\nsave(web.request.args['x'])\n"
    for name in ("services.shop.store", "shop.store"):
        files = {"services/shop/__init__.py": "", "services/shop/store.py": store, "services/shop/view.py": view.format(name=name)}
        assert [found.trace.place.path for found in detect(files).candidates if found.trust is Trust.REMOTE] == ["services/shop/store.py"]


def test_a_parameter_is_shown_where_it_stands(detect: Detect) -> None:
    view = """
        import web, shell
        app = web.App()

        @app.route("/<name>")
        def view(other, name):
            shell.line(name)
    """
    (found,) = detect({"view.py": view}).candidates
    source = found.trace.locations[0].span
    assert (source.start_line, source.start_column, source.end_column) == (6, 17, 21)
    assert found.message == "Data from parameter name of view reaches shell.line."


def test_confidence_follows_trust_and_certainty(detect: Detect) -> None:
    content = "import files, shell\ndef load():\n    shell.line(files.load())"
    hinted = "import web\ndef view(cursor):\n    cursor.execute(web.request.args)"
    exported = "import shell\ndef run(line):\n    shell.line(line)"
    assert [found.confidence for found in detect({"content.py": content}).candidates] == [Precision.MEDIUM]
    assert [found.confidence for found in detect({"hinted.py": hinted}).candidates] == [Precision.LOW]
    assert [found.confidence for found in detect({"exported.py": exported}).candidates] == [Precision.MEDIUM]


def test_that_two_objects_of_a_class_are_one_is_believed_of_requests_only(detect: Detect) -> None:
    order = "class Order:\n    def __init__(self, line):\n        self.line = line\n"
    use = """
        import files, shell, web
        from order import Order
        others = [Order("a"), Order("b")]
        def take():
            return Order({source})
        def run(order: Order):
            shell.line(order.line)
    """
    for source, trust, confidence in (("web.request.args", Trust.REMOTE, None), ("files.load()", Trust.CONTENT, Precision.LOW)):
        (found,) = detect({"order.py": order, "app.py": use.format(source=source)}).candidates
        assert (found.trust, found.confidence) == (trust, confidence)
    one = use.replace('others = [Order("a"), Order("b")]', "others = []").format(source="files.load()")
    (found,) = detect({"order.py": order, "app.py": one}).candidates
    assert (found.trust, found.confidence) == (Trust.CONTENT, Precision.MEDIUM)
    straight = "import files, shell\nfrom order import Order\ndef run():\n    order = Order(files.load())\n    shell.line(order.line)\n"
    (found,) = detect({"order.py": order, "app.py": straight}).candidates
    assert (found.trust, found.confidence) == (Trust.CONTENT, Precision.MEDIUM)


def test_what_was_found_and_went_through_another_object_is_of_low_confidence(detect: Detect) -> None:
    order = "class Order:\n    def __init__(self, line):\n        self.line = line\n"
    use = """
        import shell, web
        from order import Order
        from store import records
        others = [Order("a"), Order("b")]
        def take():
            name = web.request.args
            if not records.query({by}).first():
                raise KeyError
            return Order(name)
        def run(order: Order):
            shell.line(order.line)
    """
    for by, confidence in (("name", Precision.LOW), ("'all'", None)):
        (found,) = detect({"order.py": order, "app.py": use.format(by=by)}).candidates
        assert (by, found.trust, found.confidence) == (by, Trust.REMOTE, confidence)


def test_what_something_was_found_by_is_told_less_surely_and_never_hidden(detect: Detect) -> None:
    # A row may be called anything: whoever makes rows chooses what is found.
    start = "import shell, web\nfrom store import records\ndef view():\n    name = web.request.args\n"
    ask = "    row = {look}\n    if {test}:\n        raise KeyError\n    shell.line(name)"
    ways = {
        "records.query(name).first()": ("not row", Precision.MEDIUM),
        "records.find_record(key=(name,))": ("row is None", Precision.MEDIUM),
        "records.query('all').first()": ("not row", None),
        "records.measure(name)": ("not row", None),
        "records.get_extension(name)": ("not row", None),
        "records.find_mime_type(name)": ("not row", None),
        "records.get_record_by_type(name)": ("not row", Precision.MEDIUM),
        "records.find_record(name)": ("row", None),
    }
    for look, (test, confidence) in ways.items():
        (found,) = detect({"view.py": start + ask.format(look=look, test=test)}).candidates
        assert (look, found.trust, found.confidence) == (look, Trust.REMOTE, confidence)
    unasked = start + "    row = records.find_record(name)\n    shell.line(name)"
    assert [found.confidence for found in detect({"view.py": unasked}).candidates] == [None]


def test_exported_functions_of_a_program_with_entry_points_are_trusted_more(detect: Detect) -> None:
    exported = "import db\ndef run(cursor: db.Cursor, line):\n    cursor.execute('SELECT ' + line)"
    view = "import web\napp = web.App()\n@app.route('/')\ndef view(name):\n    pass"
    (alone,) = detect({"exported.py": exported}).candidates
    (found,) = detect({"exported.py": exported, "view.py": view}).candidates
    assert (alone.trust, alone.confidence) == (Trust.LIBRARY, None)
    assert (found.trust, found.confidence) == (Trust.LIBRARY, Precision.LOW)


def test_a_library_function_that_is_given_a_whole_statement_is_meant_to_run_it(detect: Detect) -> None:
    whole = "import db\ndef run(cursor: db.Cursor, line):\n    cursor.execute(line)"
    (found,) = detect({"whole.py": whole}).candidates
    assert (found.trust, found.confidence) == (Trust.LIBRARY, Precision.LOW)


def test_a_rule_that_is_hardly_ever_wrong_keeps_its_word_in_a_program_with_entry_points(detect: Detect) -> None:
    exported = "import shell\ndef run(line):\n    shell.line(line)"
    view = "import web\napp = web.App()\n@app.route('/')\ndef view(name):\n    pass"
    (found,) = detect({"exported.py": exported, "view.py": view}).candidates
    assert (found.trust, found.confidence) == (Trust.LIBRARY, Precision.MEDIUM)


def test_what_a_served_program_calls_itself_is_told_by_its_callers(detect: Detect) -> None:
    exported = "import shell\ndef run(line):\n    shell.line(line)"
    view = "import web, exported\napp = web.App()\n@app.route('/')\ndef view(name):\n    exported.run('date')"
    (found,) = detect({"exported.py": exported, "view.py": view}).candidates
    assert (found.trust, found.confidence) == (Trust.LIBRARY, Precision.LOW)
    (found,) = detect({"exported.py": exported, "view.py": view.replace("'date'", "name")}).candidates
    assert (found.trust, found.confidence) == (Trust.REMOTE, None)


def test_a_way_into_a_served_program_that_no_model_knows_stays_one(detect: Detect) -> None:
    exported = "import shell\ndef run(line):\n    shell.line(line)\ndef handle(line):\n    run(line)"
    view = "import web\napp = web.App()\n@app.route('/')\ndef view(name):\n    pass"
    (found,) = detect({"exported.py": exported, "view.py": view}).candidates
    assert (found.trust, found.confidence) == (Trust.LIBRARY, Precision.MEDIUM)


def test_what_a_visitor_sends_under_a_key_is_told_by_the_key(detect: Detect) -> None:
    view = "import web, shell\napp = web.App()\n@app.route('/')\ndef view(sent):\n    shell.line(sent{})"
    messages = [detect({"view.py": view.format(part)}).candidates[0].message for part in ("['PATH_INFO']", "", "[0]", ".name")]
    assert messages == ["Data from sent['PATH_INFO'] of view reaches shell.line.", *["Data from parameter sent of view reaches shell.line."] * 3]


def test_a_misuse_is_found_without_a_flow(detect: Detect) -> None:
    (found,) = detect({"a.py": "from hashlib import md5 as quick\nquick(b'x')"}).candidates
    assert (found.rule_id, found.message, found.trace.place.start_line, found.trust) == ("python-weak-hash", "MD5 is weak.", 2, None)


def test_tests_are_left_out_and_counted(detect: Detect) -> None:
    bad = "import hashlib\nhashlib.md5(b'x')"
    result = detect({"tests/a.py": bad, "pkg/test_a.py": bad, "pkg/conftest.py": bad, "pkg/a.py": bad})
    assert [found.trace.place.path for found in result.candidates] == ["pkg/a.py"]
    assert (result.run.files, result.run.note) == (1, "3 test files were left out")
    assert result.run.complete


def test_only_the_rules_that_were_chosen_run(pack: TaintPack, project: Callable[[Mapping[str, str]], Snapshot]) -> None:
    chosen = [entry for entry in pack.entries if entry.rule.id != "python-weak-hash"]
    engine = TaintEngine(chosen, pack.knowledge, InlineExecutor())
    assert [rule.id for rule in engine.rules] == ["python-command-injection", "python-sql-injection"]
    snapshot = project({"a.py": "import hashlib, shell, web\nhashlib.md5(b'x')\nshell.line(web.request.args)"})
    assert [found.rule_id for found in engine.detect(snapshot, SilentObserver()).candidates] == ["python-command-injection"]


def test_files_of_other_languages_are_not_looked_at(detect: Detect) -> None:
    result = detect({"a.js": "shell.line(x)", "b.txt": "x", "c.pyi": "def f(): ..."})
    assert (result.candidates, result.run.files, result.run.complete) == ((), 0, True)


def test_a_file_that_is_gone_is_skipped_and_the_run_is_incomplete(project: Callable[[Mapping[str, str]], Snapshot], pack: TaintPack) -> None:
    snapshot = project(SHOP)
    (snapshot.root / "shop" / "store.py").unlink()
    result = TaintEngine(pack.entries, pack.knowledge, InlineExecutor()).detect(snapshot, SilentObserver())
    assert [(item.path, item.reason) for item in result.skipped] == [("shop/store.py", Skip.UNREADABLE)]
    assert not result.run.complete


class _LosesTheFirst(InlineExecutor):
    """An executor whose first job dies."""

    def map(self, function: Callable[[J], R], jobs: Sequence[J], *, seconds: float) -> Iterator[Outcome[R]]:
        yield Outcome(None, Lost(Failure.CRASHED, "the worker process was ended by SIGSEGV"))
        yield from super().map(function, jobs[1:], seconds=seconds)


def test_a_lost_file_costs_itself_only_and_is_told(detect: Detect) -> None:
    result = detect(SHOP, _LosesTheFirst())
    assert len(result.candidates) == 1
    assert [(item.path, item.reason) for item in result.skipped] == [("shop/__init__.py", Skip.CRASHED)]
    assert [problem.subject for problem in result.problems] == ["shop/__init__.py"]
    assert not result.run.complete


def test_worker_processes_say_the_same(detect: Detect) -> None:
    assert detect(SHOP, LocalExecutor(2)) == detect(SHOP)


def test_a_carriage_return_ends_a_line_here_as_everywhere(detect: Detect) -> None:
    (found,) = detect({"a.py": b"import hashlib\rx = 1\r\nhashlib.md5(b'x')\r"}).candidates
    assert (found.trace.place.start_line, found.trace.place.start_column) == (3, 1)


def test_a_function_that_was_cut_is_named(detect: Detect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.taint.local.interpreter.MAX_STEPS", 50)
    text = "import shell, web\ndef long():\n" + "".join(f"    x{number} = {number}\n" for number in range(100)) + "    shell.line(web.request.args)"
    result = detect({"a.py": text})
    assert [(problem.subject, problem.incomplete) for problem in result.problems] == [("a.py", False)]
    assert "long" in result.problems[0].message


def test_a_large_program_is_linked_in_a_process_of_its_own_and_says_the_same(detect: Detect, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[object] = []

    class Noting(LocalExecutor):
        def start(self, function: Callable[[], R]) -> Callable[[], Outcome[R]]:
            begun.append(function)
            return super().start(function)

    assert detect(SHOP, Noting(2)) == detect(SHOP)
    assert begun == []
    monkeypatch.setattr(program, "_LARGE", 0)
    assert detect(SHOP, Noting(2)) == detect(SHOP)
    assert len(begun) == 1


def test_a_program_whose_process_is_lost_is_linked_all_the_same(detect: Detect, monkeypatch: pytest.MonkeyPatch) -> None:
    class Losing(InlineExecutor):
        def start(self, function: Callable[[], R]) -> Callable[[], Outcome[R]]:  # noqa: ARG002 -- the port's signature
            return lambda: Outcome(None, Lost(Failure.CRASHED))

    monkeypatch.setattr(program, "_LARGE", 0)
    assert detect(SHOP, Losing()) == detect(SHOP)
