"""Calls resolved over the whole program, seen through the flows that they carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Flows = Callable[[Mapping[str, str]], list[str]]

HELPER = {
    "shop/__init__.py": "",
    "shop/store.py": """
        import shell

        def save(text):
            shell.line(text)
    """,
}
FOUND = ["command-injection shop/store.py:5"]

CALLERS = {
    "a function of an imported module": """
        import web
        import shop.store
        shop.store.save(web.read())
    """,
    "a name imported from a module": """
        import web
        from shop.store import save as keep
        keep(web.read())
    """,
    "a relative import": """
        import web
        from .store import save
        save(web.read())
    """,
    "a module imported under another name": """
        import web
        from . import store as kept
        kept.save(text=web.read())
    """,
    "an import within a function": """
        import web
        def view():
            from shop.store import save
            save(web.read())
    """,
    "arguments spread from a tuple": """
        import web
        from shop.store import save
        def view():
            arguments = (web.read(),)
            save(*arguments)
    """,
    "keywords spread from a dictionary": """
        import web
        from shop.store import save
        def view():
            save(**{"text": web.read()})
    """,
    "a wrapper that passes everything on": """
        import web
        from shop.store import save
        def wrapper(*args, **kwargs):
            return save(*args, **kwargs)
        wrapper(web.read())
    """,
    "a local alias of the function": """
        import web
        from shop.store import save
        keep = save
        def view():
            keep(web.read())
    """,
    "a function passed as a callback": """
        import web
        from shop.store import save
        def with_data(work):
            work(web.read())
        def view():
            with_data(save)
    """,
    "a callback that is passed on": """
        import web
        from shop.store import save
        def inner(work):
            work(web.read())
        def outer(work):
            inner(work)
        outer(save)
    """,
    "a closure that was returned": """
        import web
        from shop.store import save
        def maker():
            def work(text):
                save(text)
            return work
        def view():
            work = maker()
            work(web.read())
    """,
    "a captured variable": """
        import web
        from shop.store import save
        def view():
            text = web.read()
            def work():
                save(text)
            work()
    """,
    "a generator": """
        import web
        from shop.store import save
        def lines():
            yield web.read()
        def view():
            for line in lines():
                save(line)
    """,
    "a coroutine": """
        import web
        from shop.store import save
        async def fetch():
            return web.read()
        async def view():
            save(await fetch())
    """,
    "an element of a returned tuple": """
        import web
        from shop.store import save
        def both():
            return "clean", web.read()
        def view():
            clean, text = both()
            save(text)
    """,
    "a dictionary's key": """
        import web
        from shop.store import save
        def form():
            return {"name": web.read(), "page": 1}
        def view():
            save(form()["name"])
    """,
    "a list that a callee fills": """
        import web
        from shop.store import save
        def fill(lines):
            lines["a"] = web.read()
        def view():
            lines = {}
            fill(lines)
            save(lines["a"])
    """,
    "recursion": """
        import web
        from shop.store import save
        def descend(text, depth):
            if depth:
                return descend(text, depth - 1)
            return text
        save(descend(web.read(), 3))
    """,
    "two functions that call each other": """
        import web
        from shop.store import save
        def even(text, n):
            return text if n == 0 else odd(text, n - 1)
        def odd(text, n):
            return "" if n == 0 else even(text, n - 1)
        save(odd(web.read(), 3))
    """,
}


@pytest.mark.parametrize("caller", CALLERS.values(), ids=CALLERS.keys())
def test_data_reaches_the_helper_through(caller: str, flows: Flows) -> None:
    assert flows({**HELPER, "shop/view.py": caller}) == FOUND


CLEAN = {
    "another element of a returned tuple": """
        import web
        from shop.store import save
        def both():
            return "clean", web.read()
        def view():
            clean, text = both()
            save(clean)
    """,
    "another key of a returned dictionary": """
        import web
        from shop.store import save
        def form():
            return {"name": web.read(), "page": "1"}
        def view():
            save(form()["page"])
    """,
    "another argument": """
        import web
        from shop.store import save
        def second(one, two):
            return two
        save(second(web.read(), "two"))
    """,
    "the result of a call for other arguments": """
        import web
        from shop.store import save
        def same(text):
            return text
        same(web.read())
        save(same("clean"))
    """,
    "a model that passes nothing on": """
        import web, text
        from shop.store import save
        save(text.nothing(web.read()))
    """,
    "a helper that cleans": """
        import web, clean
        from shop.store import save
        def cleaned(text):
            return clean.line(text)
        save(cleaned(web.read()))
    """,
    "a helper that cleans on every way": """
        import web, clean
        from shop.store import save
        def cleaned(text):
            if len(text) > 3:
                return clean.line(text)
            return clean.everything(text)
        save(cleaned(web.read()))
    """,
    "a guard of the models": """
        import web, clean
        from shop.store import save
        def view():
            text = web.read()
            if clean.is_word(text):
                save(text)
    """,
    "a guard of the program": """
        import web, clean
        from shop.store import save
        def fine(text):
            return text in ("a", "b")
        def view():
            text = web.read()
            if fine(text):
                save(text)
    """,
    "a check that raises": """
        import web, clean
        from shop.store import save
        def check(text):
            if text not in ("a", "b"):
                raise ValueError(text)
        def view():
            text = web.read()
            check(text)
            save(text)
    """,
}


@pytest.mark.parametrize("caller", CLEAN.values(), ids=CLEAN.keys())
def test_nothing_is_reported_for(caller: str, flows: Flows) -> None:
    assert flows({**HELPER, "shop/view.py": caller}) == []


STILL_FOUND = {
    "a helper that cleans on one way only": """
        import web, clean
        from shop.store import save
        def cleaned(text):
            if len(text) > 3:
                return clean.line(text)
            return text
        save(cleaned(web.read()))
    """,
    "a helper that cleans for another kind": """
        import web, clean
        from shop.store import save
        def cleaned(text):
            return clean.sql(text)
        save(cleaned(web.read()))
    """,
    "a guard that came out the other way": """
        import web, clean
        from shop.store import save
        def fine(text):
            return text in ("a", "b")
        def view():
            text = web.read()
            if not fine(text):
                save(text)
    """,
    "a guard of something else": """
        import web, clean
        from shop.store import save
        def fine(text):
            return text in ("a", "b")
        def view():
            text, other = web.read(), web.read()
            if fine(other):
                save(text)
    """,
    "a guard whose callee is not known": """
        import web, clean
        from shop.store import save
        def view(unknown):
            text = web.read()
            if unknown.fine(text):
                save(text)
    """,
}


@pytest.mark.parametrize("caller", STILL_FOUND.values(), ids=STILL_FOUND.keys())
def test_data_still_reaches_the_helper_after(caller: str, flows: Flows) -> None:
    assert flows({**HELPER, "shop/view.py": caller}) == FOUND


def test_names_are_followed_through_a_package_that_offers_them_again(flows: Flows) -> None:
    files = {
        **HELPER,
        "shop/__init__.py": "from .store import save as keep",
        "api/__init__.py": "from shop import *",
        "view.py": "import web\nfrom api import keep\nkeep(web.read())",
    }
    assert flows(files) == FOUND


def test_packages_that_import_each_other_end(flows: Flows) -> None:
    files = {"a.py": "from b import thing", "b.py": "from a import thing", "c.py": "import web\nfrom a import thing\nthing(web.read())"}
    assert flows(files) == []


def test_a_script_finds_its_neighbour_in_a_directory_that_is_no_package(flows: Flows) -> None:
    files = {
        "tools/store.py": "import shell\ndef save(text):\n    shell.line(text)",
        "tools/main.py": "import web\nimport store\nstore.save(web.read())",
    }
    assert flows(files) == ["command-injection tools/store.py:3"]


def test_a_package_below_a_source_directory_is_found_by_its_name(flows: Flows) -> None:
    files = {
        "src/shop/__init__.py": "",
        "src/shop/store.py": "import shell\ndef save(text):\n    shell.line(text)",
        "main.py": "import web\nfrom shop.store import save\nsave(web.read())",
    }
    assert flows(files) == ["command-injection src/shop/store.py:3"]


def test_of_two_modules_with_one_name_the_nearer_one_is_meant(flows: Flows) -> None:
    files = {
        "one/store.py": "import shell\ndef save(text):\n    shell.line(text)",
        "one/main.py": "import web\nfrom store import save\nsave(web.read())",
        "two/store.py": "def save(text):\n    pass",
        "two/main.py": "import web\nfrom store import save\nsave(web.read())",
    }
    assert flows(files) == ["command-injection one/store.py:3"]


def test_a_library_is_not_taken_for_a_file_that_ends_like_it(flows: Flows) -> None:
    files = {"own/shell.py": "def line(text):\n    pass", "main.py": "import web\nimport shell\nshell.line(web.read())"}
    assert flows(files) == ["command-injection main.py:3"]
