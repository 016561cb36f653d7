"""Methods, types and what objects, modules and closures keep, seen through the flows that they carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Flows = Callable[[Mapping[str, str]], list[str]]

LIBRARY = {
    "shop/__init__.py": "",
    "shop/base.py": """
        import shell

        class Store:
            def __init__(self, text=""):
                self.text = text

            def save(self):
                shell.line(self.text)

            @classmethod
            def make(cls, text):
                return cls(text)

            @staticmethod
            def keep(text):
                return Store(text)

            @property
            def shown(self):
                return self.text

            def clone(self):
                return Store(self.text)

            def put(self, text):
                self.text = text
                return self

            def template(self):
                self.finish()

            def finish(self):
                pass
    """,
}
SAVE = ["command-injection shop/base.py:9"]

FOUND = {
    "a constructor's argument": "Store(web.read()).save()",
    "a keyword of the constructor": "Store(text=web.read()).save()",
    "a class method": "Store.make(web.read()).save()",
    "a static method": "Store.keep(web.read()).save()",
    "a method that returns another object": "Store(web.read()).clone().save()",
    "a chain of calls": "Store().put(web.read()).save()",
    "an attribute set from outside": "store = Store()\nstore.text = web.read()\nstore.save()",
    "a method that stores": "store = Store()\nstore.put(web.read())\nstore.save()",
    "the class itself with the object as argument": "store = Store(web.read())\nStore.save(store)",
    "a subclass": "class Own(Store):\n    pass\nOwn(web.read()).save()",
    "a subclass that calls super": ("class Own(Store):\n    def __init__(self, text):\n        super().__init__(text)\nOwn(web.read()).save()"),
    "an annotated parameter": "def view(store: Store):\n    store.put(web.read())\n    store.save()",
    "an annotation as text": "def view(store: 'Store'):\n    store.put(web.read())\n    store.save()",
    "what a caller passes": "def view(store):\n    store.put(web.read())\n    store.save()\nview(Store())",
    "a factory function": "def make():\n    return Store(web.read())\nmake().save()",
    "an attribute of an attribute": (
        "class Outer:\n    def __init__(self):\n        self.store = Store()\n    def run(self):\n        self.store.put(web.read())\n"
        "        self.store.save()"
    ),
    "an attribute that the constructor was passed": (
        "class Outer:\n    def __init__(self, store):\n        self.store = store\n    def run(self):\n        self.store.put(web.read())\n"
        "        self.store.save()\nOuter(Store())"
    ),
    "a context manager": (
        "class Open:\n    def __enter__(self):\n        return Store(web.read())\n    def __exit__(self, *rest):\n        pass\n"
        "with Open() as store:\n    store.save()"
    ),
    "an object that a module keeps": "store = Store()\ndef fill():\n    store.put(web.read())\ndef use():\n    store.save()",
}


@pytest.mark.parametrize("text", FOUND.values(), ids=FOUND.keys())
def test_data_reaches_the_method_through(text: str, flows: Flows) -> None:
    assert flows({**LIBRARY, "shop/view.py": f"import web\nfrom shop.base import Store\n{text}"}) == SAVE


def test_an_overridden_method_is_reached_from_the_base_class(flows: Flows) -> None:
    view = """
        import web, shell
        from shop.base import Store
        class Own(Store):
            def finish(self):
                shell.line(web.read())
                shell.line(self.text)
        Own(web.read()).template()
    """
    assert flows({**LIBRARY, "shop/view.py": view}) == [*SAVE, "command-injection shop/view.py:6", "command-injection shop/view.py:7"]


def test_a_property_gives_what_it_returns(flows: Flows) -> None:
    view = """
        import web, shell
        from shop.base import Store
        def fill():
            return Store(web.read())
        def use(store: Store):
            shell.line(store.shown)
    """
    assert flows({**LIBRARY, "shop/view.py": view}) == [*SAVE, "command-injection shop/view.py:7"]


KEPT = {
    "a list that an object holds": """
        import web, shell
        class Jobs:
            def __init__(self):
                self.lines = []
            def add(self):
                self.lines.append(web.read())
            def run(self):
                for line in self.lines:
                    shell.line(line)
    """,
    "a dictionary that an object holds": """
        import web, shell
        class Jobs:
            def __init__(self):
                self.lines = {}
            def add(self):
                self.lines["a"] = web.read()

            def run(self):
                shell.line(self.lines["a"])
    """,
    "a list that an object holds and a helper fills": """
        import web, shell
        def fill(lines):
            lines.append(web.read())
        class Jobs:
            lines = []
            def add(self):
                fill(self.lines)
            def run(self):
                shell.line(self.lines[0])
    """,
    "a function that an object holds": """
        import web, shell
        class Job:
            def __init__(self, work):
                self.work = work
            def run(self):
                self.work(web.read())
        def line(text):

            shell.line(text)
        Job(line).run()
    """,
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_data_comes_out_of(text: str, flows: Flows) -> None:
    assert flows({"jobs.py": text}) == ["command-injection jobs.py:10"]


def test_another_key_of_a_dictionary_that_an_object_holds_is_clean(flows: Flows) -> None:
    text = KEPT["a dictionary that an object holds"].replace('self.lines["a"])', 'self.lines["b"])')
    assert flows({"jobs.py": text}) == []


def test_an_attribute_of_another_class_is_another_attribute(flows: Flows) -> None:
    view = """
        import web, shell
        class One:
            def fill(self):
                self.text = web.read()
        class Two:
            def use(self):
                shell.line(self.text)
    """
    assert flows({"view.py": view}) == []


def test_a_subclass_shares_the_attributes_that_its_base_mentions(flows: Flows) -> None:
    view = """
        import web, shell
        class Base:
            text = ""
        class One(Base):
            def fill(self):
                self.text = web.read()
        class Two(Base):
            def use(self):
                shell.line(self.text)
    """
    assert flows({"view.py": view}) == ["command-injection view.py:10"]


def test_the_fields_of_a_data_class_hold_its_arguments(flows: Flows) -> None:
    files = {
        "filters.py": "from dataclasses import dataclass\n@dataclass\nclass Filter:\n    name: str\n    page: str = ''",
        "store.py": "import shell\ndef find(wanted):\n    shell.line(wanted.name)\n    shell.line(wanted.page)",
        "view.py": "import web\nfrom filters import Filter\nfrom store import find\nfind(Filter(name=web.read(), page='1'))",
    }
    assert flows(files) == ["command-injection store.py:3"]


def test_the_fields_of_a_data_class_take_its_arguments_in_their_order(flows: Flows) -> None:
    files = {
        "base.py": "from dataclasses import dataclass\n@dataclass\nclass Base:\n    first: str",
        "filters.py": "from dataclasses import dataclass\nfrom base import Base\n@dataclass\nclass Filter(Base):\n    name: str\n    page: str = ''",
        "view.py": (
            "import web, shell\nfrom filters import Filter\ndef view():\n    wanted = Filter('x', web.read(), '1')\n    shell.line(wanted.name)\n"
            "    shell.line(wanted.first)\n    shell.line(wanted.page)"
        ),
    }
    assert flows(files) == ["command-injection view.py:5"]


def test_what_a_data_class_makes_of_its_fields_is_followed(flows: Flows) -> None:
    files = {
        "terms.py": "class Term:\n    raw: str\n    def __post_init__(self):\n        self.text = self.raw.strip()",
        "view.py": "import web, shell\nfrom terms import Term\ndef view():\n    shell.line(Term(web.read()).text)",
    }
    assert flows(files) == ["command-injection view.py:4"]


def test_elements_and_attributes_that_a_class_makes_up_are_followed(flows: Flows) -> None:
    files = {
        "box.py": "import web\nclass Box:\n    def __getitem__(self, key):\n        return web.read()\nclass Bag:\n    def __getattr__(self, name):\n"
        "        return web.read()",
        "view.py": "import shell\nfrom box import Box, Bag\ndef view(box: Box):\n    shell.line(Box()['a'])\n    shell.line(box['b'])\n"
        "    shell.line(Bag().anything)",
    }
    assert flows(files) == ["command-injection view.py:4", "command-injection view.py:5", "command-injection view.py:6"]


def test_an_attribute_of_an_object_of_another_module_is_the_class_s(flows: Flows) -> None:
    files = {
        "state.py": "class Registry:\n    def add(self, name):\n        self.last = name\nregistry = Registry()",
        "one.py": "import web\nfrom state import registry\ndef add():\n    registry.add(web.read())",
        "two.py": "import shell\nfrom state import registry\ndef use():\n    shell.line(registry.last)",
    }
    assert flows(files) == ["command-injection two.py:4"]


def test_a_variable_of_another_module_is_followed(flows: Flows) -> None:
    files = {
        "config.py": "import web\nline = web.read()\ndef reload():\n    global line\n    line = web.read()",
        "view.py": "import shell, config\ndef view():\n    shell.line(config.line)",
    }
    assert flows(files) == ["command-injection view.py:3"]


def test_a_variable_set_from_another_module_is_followed(flows: Flows) -> None:
    files = {
        "config.py": "import shell, lib\nline = lib.compute()\ndef use():\n    shell.line(line)",
        "view.py": "import web, config\ndef view():\n    config.line = web.read()",
    }
    assert flows(files) == ["command-injection config.py:4"]


def test_what_programs_keep_in_an_object_of_a_library_is_followed(flows: Flows) -> None:
    files = {
        "one.py": "import web\nfrom lib import state\ndef fill():\n    state.line = web.read()",
        "two.py": "import shell\nfrom lib import state\ndef use():\n    shell.line(state.line)",
    }
    assert flows(files) == ["command-injection two.py:4"]


def test_types_of_the_models_are_followed_through_the_program(flows: Flows) -> None:
    files = {
        "database.py": "import db\ndef cursor():\n    return db.connect().cursor()",
        "view.py": "import web\nfrom database import cursor\ndef view():\n    cursor().execute(web.read())",
    }
    assert flows(files) == ["sql-injection view.py:4"]


def test_a_class_that_derives_from_a_library_s_has_its_methods(flows: Flows) -> None:
    files = {
        "database.py": "import db\nclass Own(db.BigCursor):\n    pass",
        "view.py": "import web\nfrom database import Own\ndef view():\n    Own().execute(web.read())",
    }
    assert flows(files) == ["sql-injection view.py:4"]


def test_a_method_of_the_program_hides_the_library_s(flows: Flows) -> None:
    files = {
        "database.py": "import db\nclass Own(db.Cursor):\n    def execute(self, text):\n        pass",
        "view.py": "import web\nfrom database import Own\ndef view():\n    Own().execute(web.read())",
    }
    assert flows(files) == []


def test_a_sink_that_is_an_attribute_is_met_over_files(flows: Flows) -> None:
    files = {
        "make.py": "import page\ndef new():\n    return page.Page()",
        "view.py": "import web\nfrom make import new\ndef view():\n    shown = new()\n    shown.body = web.read()",
    }
    assert flows(files) == ["scripting view.py:5"]


def test_a_method_that_only_one_class_has_is_taken_for_the_one_that_is_meant(flows: Flows) -> None:
    files = {
        "store.py": "import shell\nclass Store:\n    def save_line(self, text):\n        shell.line(text)",
        "view.py": "import web\ndef view(unknown):\n    unknown.save_line(web.read())",
    }
    assert flows(files) == ["command-injection store.py:4"]


def test_a_method_that_containers_have_is_not_taken_for_one_of_the_program(flows: Flows) -> None:
    files = {
        "store.py": "import shell\nclass Store:\n    def append(self, text):\n        shell.line(text)",
        "view.py": "import web\ndef view(unknown):\n    unknown.append(web.read())",
    }
    assert flows(files) == []


def test_functions_handed_to_a_library_get_its_other_arguments(flows: Flows) -> None:
    work = "import shell\ndef work(text):\n    shell.line(text)\n    return text\n"
    for call in (
        "pool.submit(work, web.read())",
        "threads.Thread(target=work, args=(web.read(),))",
        "threads.Thread(target=work, kwargs={'text': web.read()})",
        "lib.apply(work, [web.read()])",
    ):
        assert flows({"work.py": work, "view.py": f"import web, lib, threads\nfrom work import work\nfrom lib import pool\n{call}"}) == [
            "command-injection work.py:3"
        ], call


def test_a_bound_method_handed_to_a_library_is_called(flows: Flows) -> None:
    view = """
        import web, shell, threads
        class Worker:
            def start(self):
                threads.Thread(target=self.work, args=(web.read(),))
            def work(self, text):
                shell.line(text)
    """
    assert flows({"view.py": view}) == ["command-injection view.py:7"]
