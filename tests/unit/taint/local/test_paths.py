"""Paths: what is put below a directory, and what tests of their beginning leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.taint.facts import FileFacts
    from scanner.taint.linked import Linked


@pytest.mark.parametrize(
    ("expression", "below"),
    [
        ("name", False),
        ("os.path.join(name, 'index.html')", False),
        ("name + '.txt'", False),
        ("f'{name}.txt'", False),
        ("'%s.txt' % name", False),
        ("os.path.join('/srv', name)", True),
        ("os.path.abspath(os.path.join('/srv', name))", True),
        ("Path('/srv') / name", True),
        ("Path('/srv', name)", True),
        ("Path('/srv').joinpath(name)", True),
        ("'/srv/' + name", True),
        ("f'/srv/{name}.txt'", True),
        ("'/srv/%s.txt' % name", True),
    ],
)
def test_a_name_put_behind_something_is_told_from_a_path_opened_as_it_came(run: Callable[[str], Linked], expression: str, below: object) -> None:
    linked = run(f"import os\nfrom pathlib import Path\n\ndef load(name):\n    return open({expression}).read()\n")
    assert [fact.sink.below for fact in linked.facts if fact.sink.kind == "path"] == [below]


def test_what_is_below_on_one_way_only_is_not(run: Callable[[str], Linked]) -> None:
    linked = run("""\
        import os

        def load(name, root):
            if not os.path.isabs(name):
                name = os.path.join("/srv", name)
            return open(name).read()
    """)
    assert [fact.sink.below for fact in linked.facts if fact.source.parameter == "name"] == [False]


@pytest.mark.parametrize(
    ("directory", "test", "kinds"),
    [
        ("'/srv'", "path.startswith(root)", {"path-sibling"}),
        ("'/srv'", "path.startswith(root + os.sep)", set()),
        ("'/srv/'", "path.startswith(root)", set()),
        ("'/srv'", "os.path.commonprefix([root, path]) == root", {"path-sibling"}),
        ("'/srv'", "os.path.commonpath([root, path]) == root", set()),
        ("tempfile.mkdtemp()", "path.startswith(root)", set()),
    ],
)
def test_a_prefix_test_leaves_the_namesakes_of_the_directory(run: Callable[[str], Linked], directory: str, test: str, kinds: set[str]) -> None:
    linked = run(f"""\
        import os
        import tempfile

        def load(name):
            root = {directory}
            path = os.path.abspath(os.path.join(root, name))
            if not {test}:
                raise ValueError
            return open(path).read()
    """)
    assert {fact.sink.kind for fact in linked.facts} == kinds


def test_a_prefix_test_before_normalising_leaves_everything(run: Callable[[str], Linked]) -> None:
    linked = run("""\
        import os

        def load(name):
            path = os.path.join("/srv", name)
            if not path.startswith("/srv/"):
                raise ValueError
            return open(path).read()
    """)
    assert {fact.sink.kind for fact in linked.facts} == {"path"}


def test_a_fresh_directory_bound_by_a_with_statement_counts_too(analyse: Callable[[str], FileFacts]) -> None:
    facts = analyse("""\
        import os
        import tempfile

        def load(name):
            with tempfile.TemporaryDirectory() as root:
                path = os.path.abspath(os.path.join(root, name))
                if path.startswith(root):
                    return open(path).read()
    """)
    (load,) = [function for function in facts.functions if function.qualname == "load"]
    assert not load.sinks


@pytest.mark.parametrize("sum_", ["text = text + '-' + part", "text = '-' + text + part", "text += part + text"])
def test_text_that_grows_in_a_loop_is_followed_to_the_end_of_its_function(run: Callable[[str], Linked], sum_: str) -> None:
    linked = run(
        f"import os\n\ndef load(parts, name):\n    text = ''\n    for part in parts:\n        {sum_}\n    os.system(name)\n    return text\n"
    )
    assert not linked.truncations
    assert [fact.sink.kind for fact in linked.facts] == ["command"]
