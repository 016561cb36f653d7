"""The linker's small parts by themselves: paths, bindings, summaries of circles, bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.core.location import Role
from scanner.taint.facts import FunctionFacts
from scanner.taint.link.binding import Mode, bind
from scanner.taint.link.circles import circles
from scanner.taint.link.paths import joined, remainder
from scanner.taint.program import ParamKind
from scanner.taint.witness import MOST_STEPS, Step, tidy

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.taint.facts import Path
    from scanner.taint.linked import Linked


@pytest.mark.parametrize(
    ("given", "wanted", "left"),
    [
        ((), (), ()),
        ((), (".a",), ()),  # the whole covers its parts
        ((".a",), (), (".a",)),  # a part lies below the whole
        ((".a",), (".a",), ()),
        ((".a",), (".b",), None),
        ((".a", "[k]"), (".a",), ("[k]",)),
        ((".a",), (".a", "[k]"), ()),
        (("*",), ("[k]",), ()),
        (("[k]",), ("*",), ()),
        (("[k]", ".a"), ("*",), (".a",)),
        (("[k]", ".a"), ("*", ".b"), None),
    ],
)
def test_a_reader_meets_what_lies_on_its_path(given: Path, wanted: Path, left: Path | None) -> None:
    assert remainder(given, wanted) == left


def test_paths_are_cut_where_facts_cut_them() -> None:
    assert joined((".a", ".b"), (".c", ".d")) == (".a", ".b", ".c")


def function(*params: tuple[str, ParamKind]) -> FunctionFacts:
    names = tuple(name for name, _ in params)
    kinds = tuple(int(kind) for _, kind in params)
    return FunctionFacts("f", names, kinds, (None,) * len(names), 0, 0, (), (), (), (), (), (), (), ())


N, K, R, KR = ParamKind.NORMAL, ParamKind.KEYWORD, ParamKind.REST, ParamKind.KEYWORD_REST


@pytest.mark.parametrize(
    ("slots", "mode", "expected"),
    [
        (("0", "1"), Mode.PLAIN, {"0": ((0, ()),), "1": ((1, ()),)}),
        (("0", "b"), Mode.PLAIN, {"0": ((0, ()),), "b": ((1, ()),)}),
        (("self", "0"), Mode.BOUND, {"self": ((0, ()),), "0": ((1, ()),)}),
        (("0",), Mode.CONSTRUCT, {"0": ((1, ()),)}),
        (("self", "0"), Mode.CLASS, {"0": ((1, ()),)}),
        (("0", "1", "2", "3"), Mode.PLAIN, {"0": ((0, ()),), "1": ((1, ()),), "2": ((2, ("[0]",)),), "3": ((2, ("[1]",)),)}),
        (("key", "other"), Mode.PLAIN, {"key": ((3, ()),), "other": ((4, ("[other]",)),)}),
        (("0", "*"), Mode.PLAIN, {"0": ((0, ()),), "*": ((1, ()), (2, ("*",)))}),
        (("0", "**"), Mode.PLAIN, {"0": ((0, ()),), "**": ((1, ()), (3, ()), (4, ("*",)))}),
    ],
)
def test_arguments_find_their_parameters(slots: tuple[str, ...], mode: Mode, expected: dict[str, object]) -> None:
    assert bind(slots, function(("a", N), ("b", N), ("rest", R), ("key", K), ("others", KR)), mode) == expected


def test_an_argument_without_a_parameter_goes_nowhere() -> None:
    assert bind(("0", "1", "x", "self"), function(("a", N)), Mode.PLAIN) == {"0": ((0, ()),)}


def test_callees_come_before_their_callers_and_circles_together() -> None:
    assert list(circles([[1], [2, 3], [1], [], [0, 4]])) == [[3], [1, 2], [0], [4]]


def test_a_long_chain_of_calls_needs_no_recursion() -> None:
    count = 20_000
    assert list(circles([[number + 1] for number in range(count - 1)] + [[]])) == [[number] for number in reversed(range(count))]


def test_steps_at_one_place_are_one_step_and_long_ways_are_cut_in_the_middle() -> None:
    one = Step("a.py", 1, 2, Role.STEP, "one")
    assert tidy([one, one._replace(note="two"), one]) == (one._replace(note="one, two"),)
    many = [Step("a.py", number, number + 1, Role.STEP, str(number)) for number in range(100)]
    kept = tidy(many)
    assert len(kept) <= MOST_STEPS
    assert kept[0] == many[0]
    assert kept[-1] == many[-1]
    assert any("left out" in step.note for step in kept)


def test_a_function_with_too_many_ways_is_named(linked: Callable[..., Linked]) -> None:
    stores = "\n".join(f"    box.a{number} = text" for number in range(60))
    uses = "\n".join(f"    shell.line(box.a{number})" for number in range(60))
    text = f"import shell, web\nclass Box:\n    pass\ndef fill(box, text):\n{stores}\ndef use(box):\n    fill(box, web.read())\n{uses}"
    result = linked({"box.py": text})
    assert [(cut.path, cut.function) for cut in result.truncations] == [("box.py", "fill")]
    assert len(result.facts) >= 40


def test_what_comes_back_whole_is_not_said_of_its_parts_again(linked: Callable[..., Linked]) -> None:
    def some(name: str) -> str:
        stores = "\n".join(f"    box.{name}{number} = text" for number in range(30))
        return f"def {name}(text):\n    box = Box()\n{stores}\n    return box\n"

    pack = "def pack(text):\n    if web:\n        return same(text)\n    return first(text) or second(text)\n"
    text = f"import shell, web\nclass Box:\n    pass\ndef same(text):\n    return text\n{some('first')}{some('second')}{pack}"
    result = linked({"box.py": f"{text}shell.line(pack(web.read()).second29)"})
    assert result.truncations == ()
    assert len(result.facts) == 1


@pytest.mark.parametrize("order", ["abc", "cba", "bca"])
def test_functions_that_call_each_other_learn_from_each_other(linked: Callable[..., Linked], order: str) -> None:
    bodies = {"a": "return b(x)", "b": "return c(x)", "c": "return a(x) if web else x"}
    text = "import shell, web\n" + "".join(f"def {name}(x):\n    {bodies[name]}\n" for name in order) + "shell.line(a(web.read()))"
    assert len(linked({"circle.py": text}).facts) == 1


def test_an_empty_program_has_no_flows(linked: Callable[..., Linked]) -> None:
    result = linked({})
    assert (result.facts, result.misuses, result.truncations, result.has_entry_points) == ((), (), (), False)
