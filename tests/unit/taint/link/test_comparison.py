"""Handlers that lack what their siblings have."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from scanner.core.finding import Trust
from scanner.syntax.parse import Parsed, parse
from scanner.taint.kinds import kind_bits
from scanner.taint.knowledge import ComparisonRule, EntryHow, EntryRow, Knowledge
from scanner.taint.link.linker import link
from scanner.taint.local.analysis import analyse_module
from scanner.taint.lower.python.module import lower_module

if TYPE_CHECKING:
    from scanner.taint.linked import ComparisonFact

RULE = ComparisonRule("r", checks="login|guard", public="health")
KNOWLEDGE = Knowledge(
    language="python",
    kind_bits=kind_bits(),
    entries=(EntryRow(EntryHow.DECORATOR, "web.route", Trust.REMOTE, params=("*",)),),
    comparison_rules=(RULE,),
    types={"web.route()": "web.Route"},
)


def compared(source: str) -> tuple[ComparisonFact, ...]:
    data = dedent(source).encode()
    parsed = parse("python", data)
    assert isinstance(parsed, Parsed)
    module = lower_module(parsed.root, data, path="a.py", name="a", package=False)
    return link([analyse_module(module, KNOWLEDGE)], KNOWLEDGE).comparisons


def handler(name: str, decorator: str = "", first: str = "pass") -> str:
    return f"@web.route('/{name}')\n{decorator}\ndef {name}(x):\n    {first}\n\n"


HEAD = "import web\nfrom users import login_required, guard\n"
THREE = "".join(handler(name, "@login_required") for name in ("a", "b", "c"))


def test_the_one_without_the_check_is_told_with_its_siblings() -> None:
    (fact,) = compared(HEAD + THREE + handler("d"))
    assert (fact.function, fact.having, fact.handlers) == ("d", 3, 4)
    assert [sibling.function for sibling in fact.siblings] == ["a", "b", "c"]
    assert fact.check.endswith("login_required")


@pytest.mark.parametrize(
    "last", [handler("d", "@login_required"), handler("d", "@guard"), handler("d", first="guard(x)"), handler("health"), "def d(x):\n    pass\n"]
)
def test_a_check_of_another_kind_a_public_handler_and_no_handler_are_not(last: str) -> None:
    assert compared(HEAD + THREE + last) == ()


def test_where_few_have_a_check_nothing_is_said() -> None:
    assert compared(HEAD + THREE + handler("d") + handler("e")) == ()
    assert compared(HEAD + handler("a", "@login_required") + handler("d")) == ()


READING = "@web.route('/list')\ndef get(x):\n    pass\n\n"


def test_a_handler_that_reads_is_compared_with_those_that_read() -> None:
    assert compared(HEAD + THREE + READING) == ()
    (fact,) = compared(HEAD + THREE + READING + handler("d"))
    assert (fact.function, fact.having, fact.handlers) == ("d", 3, 4)
