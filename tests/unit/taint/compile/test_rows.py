"""What each kind of row becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.core.finding import Trust
from scanner.taint.kinds import BELOW, MASK_KINDS, NEARLY_CONTAINED, NORMALISED, SINK_KINDS, kind_bits
from scanner.taint.knowledge import Condition, EntryHow, EntryRow, GuardRow, PropagatorRow, SanitizerRow, SinkRow, SourceRow
from scanner.taint.knowledge import Test as Judged

if TYPE_CHECKING:
    from tests.unit.taint.compile.conftest import Rules


def test_types_and_bases_share_a_table(rules: Rules) -> None:
    rules.model("""
        - type: {shop.request: shop.Request, "shop.connect()": shop.Connection}
        - base: {shop.JsonView: shop.View}
    """)
    assert rules.knowledge().types == {"shop.request": "shop.Request", "shop.connect()": "shop.Connection", "shop.JsonView<": "shop.View"}


def test_a_source_says_who_controls_it(rules: Rules) -> None:
    rules.model("""
        - source: [shop.Request.args, "shop.Request.body()"]
          trust: remote
    """)
    known = rules.knowledge().sources
    assert known == {name: SourceRow(name, Trust.REMOTE) for name in ("shop.Request.args", "shop.Request.body()")}


def test_a_sink_with_hints_is_found_by_its_last_name(rules: Rules) -> None:
    rules.model("""
        - sink: [shop.Cursor.execute]
          args: [0, sql]
          kind: sql
          hints: [cursor, cur]
        - sink: [shop.run]
          args: ["0"]
          kind: command
    """)
    known = rules.knowledge()
    row = SinkRow("shop.Cursor.execute", ("0", "sql"), "sql", (), ("cursor", "cur"))
    assert known.sinks == {"shop.Cursor.execute": (row,), "shop.run": (SinkRow("shop.run", ("0",), "command"),)}
    assert known.hinted_sinks == {"execute": (row,)}


def test_a_call_may_be_a_sink_of_two_kinds(rules: Rules) -> None:
    rules.model("""
        - sink: [shop.run]
          args: ["0"]
          kind: program
        - sink: [shop.run]
          args: ["1"]
          kind: argument
    """)
    assert [row.kind for row in rules.knowledge().sinks["shop.run"]] == ["program", "argument"]


@pytest.mark.parametrize("written", ["all", "[]"])
def test_a_sanitizer_of_all_kinds_lists_none(rules: Rules, written: str) -> None:
    rules.model(f"""
        - sanitizer: [builtins.int]
          kinds: {written}
    """)
    assert rules.knowledge().sanitizers == {"builtins.int": (SanitizerRow("builtins.int", (), ("0",)),)}


def test_a_sanitizer_may_normalise(rules: Rules) -> None:
    rules.model("""
        - sanitizer: [os.path.realpath]
          kinds: [~normalised]
          args: ["0", filename]
    """)
    assert rules.knowledge().sanitizers["os.path.realpath"] == (SanitizerRow("os.path.realpath", (NORMALISED,), ("0", "filename")),)


def test_a_propagator_without_sources_says_that_nothing_flows(rules: Rules) -> None:
    rules.model("""
        - propagator: [shop.size]
          from: []
        - propagator: [shop.Bag.add]
          from: ["0:.name", "1:[key].part"]
          to: self
    """)
    assert rules.knowledge().propagators == {
        "shop.size": (PropagatorRow("shop.size", (), "return"),),
        "shop.Bag.add": (PropagatorRow("shop.Bag.add", ("0:.name", "1:[key]/.part"), "self"),),
    }


@pytest.mark.parametrize(
    ("written", "outcome"), [("", "true"), ("outcome: 'false'", "false"), ("outcome: false", "false"), ("outcome: returned", "returned")]
)
def test_a_guard_says_how_the_test_has_to_come_out(rules: Rules, written: str, outcome: str) -> None:
    rules.model(f"""
        - guard: [str.isdigit]
          on: self
          kinds: all
          {written}
    """)
    assert rules.knowledge().guards == {"str.isdigit": (GuardRow("str.isdigit", "self", (), outcome),)}


def test_entries_of_every_sort_are_read(rules: Rules) -> None:
    rules.model("""
        - entry: {how: decorator, name: shop.App.route, params: ["*"], trust: remote}
        - entry: {how: method, name: shop.View, methods: [get, post], typed: {"1": shop.Request}, trust: remote}
        - entry: {how: argument, name: shop.App.add, slots: ["2", view], params: ["0"], trust: remote}
        - entry: {how: parameter, name: shop.Query, trust: remote}
        - entry: {how: function, name: handler, params: ["0"], trust: local, requires: shop}
    """)
    assert set(rules.knowledge().entries) == {
        EntryRow(EntryHow.DECORATOR, "shop.App.route", Trust.REMOTE, ("*",)),
        EntryRow(EntryHow.METHOD, "shop.View", Trust.REMOTE, (), (("1", "shop.Request"),), ("get", "post")),
        EntryRow(EntryHow.ARGUMENT, "shop.App.add", Trust.REMOTE, ("0",), slots=("2", "view")),
        EntryRow(EntryHow.PARAMETER, "shop.Query", Trust.REMOTE),
        EntryRow(EntryHow.FUNCTION, "handler", Trust.LOCAL, ("0",), requires="shop"),
    }


def test_calls_that_never_return_are_listed(rules: Rules) -> None:
    rules.model("- never-returns: [shop.abort]")
    assert rules.knowledge().never_returns == {"shop.abort"}


@pytest.mark.parametrize(
    ("written", "condition"),
    [
        ("{arg: shell, is: true}", Condition(("shell",), Judged.IS, (True,))),
        ("{arg: [0, mode], is: [1, '1', null]}", Condition(("0", "mode"), Judged.IS, (1, "1", None))),
        ("{arg: shell, not: [false]}", Condition(("shell",), Judged.NOT, (False,))),
        ("{arg: 1, absent: true}", Condition(("1",), Judged.ABSENT)),
        ("{arg: x, present: true}", Condition(("x",), Judged.PRESENT)),
        ("{arg: x, matches: '^a'}", Condition(("x",), Judged.MATCHES, ("^a",))),
        ("{arg: x, matches: [a, b]}", Condition(("x",), Judged.MATCHES, ("a", "b"))),
        ("{arg: x, truthy: true}", Condition(("x",), Judged.TRUTHY)),
        ("{arg: x, falsy: true}", Condition(("x",), Judged.FALSY)),
        ("{arg: x, constant: true}", Condition(("x",), Judged.CONSTANT)),
        ("{arg: x, dynamic: true}", Condition(("x",), Judged.DYNAMIC)),
    ],
)
def test_conditions_in_every_form(rules: Rules, written: str, condition: Condition) -> None:
    rules.model(f"""
        - sink: [shop.run]
          args: ["0"]
          kind: command
          when: [{written}]
    """)
    (row,) = rules.knowledge().sinks["shop.run"]
    assert row.when == (condition,)
    assert [type(value) for value in row.when[0].values] == [type(value) for value in condition.values]


def test_the_last_names_are_what_a_file_has_to_hold(rules: Rules) -> None:
    rules.model("""
        - type: {"shop.connect()": shop.Connection}
        - base: {shop.JsonView: shop.View}
        - alias: {shop.api.current: shop.request}
        - source: ["shop.Request.body()"]
          trust: remote
        - entry: {how: method, name: shop.Handler, methods: [on_message], params: ["0"], trust: remote}
        - never-returns: [shop.abort]
    """)
    assert rules.knowledge().simple_names == {"connect", "JsonView", "current", "body", "Handler", "on_message", "abort"}


def test_every_kind_has_one_bit_in_sorted_order() -> None:
    bits = kind_bits()
    assert list(bits) == sorted(MASK_KINDS)
    assert bits.pop("option") == bits["argument"]
    assert all(bit.bit_count() == 1 for bit in bits.values())
    assert len(set(bits.values())) == len(MASK_KINDS) - 1
    assert {NORMALISED, NEARLY_CONTAINED, BELOW}.isdisjoint(SINK_KINDS)
    assert all(meaning and not meaning.endswith(".") for meaning in SINK_KINDS.values())
