"""Mistakes in models and rules: every one is told, with its place and what was expected."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from scanner.core.errors import RuleError
from scanner.taint.compile.load import load_taint

if TYPE_CHECKING:
    from tests.unit.taint.compile.conftest import Rules

SINK = "- sink: [shop.run]\n  args: ['0']\n"
ROWS = [
    (SINK + "  kind: comand", '7:11: rows[0].kind: there is no kind "comand" (did you mean command?)'),
    (SINK + "  kind: ~normalised", 'rows[0].kind: there is no kind "~normalised"'),
    (SINK, "kind is missing: a sink row needs it"),
    (SINK + "  kind: sql\n  hint: [db]", "rows[0].hint: unknown key (did you mean hints?)"),
    (SINK + "  kind: sql\n  trust: remote", "rows[0].trust: trust has no place in a sink row"),
    (SINK + "  kind: sql\n  hints: [_Cursor]", "rows[0].hints[0]: expected cursor"),
    (SINK + "  kind: sql\n  hints: ['my db']", 'expected the name of a variable, found "my db"'),
    ("- sink: ['shop.run()']\n  args: ['0']\n  kind: sql", "expected the name without (): a call of shop.run is meant already"),
    ("- sink: [shop..run]\n  args: ['0']\n  kind: sql", 'expected a dotted name such as os.path.join, found "shop..run"'),
    ("- sink: [shop.run, shop.run]\n  args: ['0']\n  kind: sql", "rows[0].sink[1]: shop.run stands twice"),
    ("- sink: [shop.run]\n  args: ['-1']\n  kind: sql", 'expected a position, a keyword\'s name, self, "*" or "=", found "-1"'),
    ("- sink: [shop.run]\n  args: []\n  kind: sql", "expected at least 1 entry, found 0"),
    ("- sorce: [shop.args]\n  trust: remote", "rows[0].sorce: unknown key (did you mean source?)"),
    ("- source: [shop.args]\n  trust: remotely", 'found "remotely" (did you mean remote?)'),
    ("- source: shop.args\n  trust: remote", 'rows[0].source: expected a list, found "shop.args"'),
    ("- source: [shop.args]\n  sanitizer: [shop.clean]\n  trust: remote", "expected a row of one kind"),
    ("- trust: remote", "found only trust"),
    ("- sanitizer: [shop.clean]\n  kinds: every", 'expected a list of kinds, or all, found "every"'),
    ("- sanitizer: [shop.clean]\n  kinds: [htm]", 'rows[0].kinds[0]: there is no kind "htm" (did you mean html?)'),
    ("- propagator: [shop.join]\n  from: ['0:name']", 'expected an access path such as .name, [key] or * behind the colon, found "name"'),
    ("- propagator: [shop.join]\n  from: ['0:.a.b.c.d']", "expected an access path of at most 3 steps, found 4"),
    ("- base: {shop.View: shop.View}", "shop.View cannot be its own base"),
    ("- alias: {shop.a: shop.b}\n- alias: {shop.b: shop.a}", "shop.a stands for itself, or for something below itself, in the end"),
    ("- alias: {shop: shop.core}", "rows[0].alias.shop: shop stands for itself, or for something below itself, in the end"),
    ("- base: {shop.A: shop.B}\n- base: {shop.B: shop.A}", "shop.A derives from itself in the end"),
    ("- type: {shop.a: shop.A}\n- type: {shop.a: shop.B}", "rows[1].type.shop.a: shop.a is shop.A already"),
    ("- base: {shop.a: shop.A}\n- base: {shop.a: shop.B}", "the base of shop.a is shop.A already"),
    ("- alias: {shop.a: shop.A}\n- alias: {shop.a: shop.B}", "shop.a already stands for shop.A"),
    ("- source: [shop.a]\n  trust: remote\n- source: [shop.a]\n  trust: local", "shop.a is a source of trust remote already"),
    ("- entry: {how: decorater, name: shop.route, trust: remote}", 'found "decorater" (did you mean decorator?)'),
    ("- entry: {how: method, name: shop.View, params: ['*'], trust: remote}", "methods is missing: how: method needs it"),
    ("- entry: {how: argument, name: shop.add, params: ['*'], trust: remote}", "slots is missing: how: argument needs it"),
    ("- entry: {how: decorator, name: shop.add, params: ['*'], slots: ['0'], trust: remote}", "slots has a meaning only with how: argument"),
    ("- entry: {how: decorator, name: shop.add, trust: remote}", "an entry that names neither params nor typed makes nothing untrusted"),
    ("- entry: {how: function, name: shop.handler, params: ['0'], trust: remote}", "expected the function's own name without dots"),
]
CONDITIONS = [
    (
        "{arg: x}",
        (
            "expected exactly one of is, not, absent, present, matches, truthy, falsy, constant, dynamic, backtracks, text, slow, quadratic, begins,"
            " found none"
        ),
    ),
    ("{arg: x, is: 1, not: 2}", "found is and not"),
    ("{is: 1}", "rows[0].when[0].arg: is missing"),
    ("{arg: x, absent: false}", "expected true, found false; absent is either asked for or left out"),
    ("{arg: x, matches: '('}", "not a regular expression"),
    ("{arg: x, is: {a: b}}", "found a mapping"),
    ("{arg: x, equals: 1}", "unknown key"),
]


@pytest.mark.parametrize(("rows", "said"), ROWS)
def test_a_mistake_in_a_row_is_placed_and_explained(rules: Rules, rows: str, said: str) -> None:
    rules.model(rows)
    mistakes = rules.mistakes()
    assert any(said in line for line in mistakes), mistakes
    assert all(line.startswith("models/python/shop.yaml:") for line in mistakes)


@pytest.mark.parametrize(("written", "said"), CONDITIONS)
def test_a_mistake_in_a_condition_is_placed_and_explained(rules: Rules, written: str, said: str) -> None:
    rules.model(f"{SINK}  kind: sql\n  when: [{written}]")
    mistakes = rules.mistakes()
    assert any(said in line for line in mistakes), mistakes


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("kind: flow\ntrust: [remote]", "sinks is missing: a flow rule needs it"),
        ("kind: flow\nsinks: [sql]", "trust is missing: a flow rule needs it"),
        ("kind: flow\nsinks: [slq]\ntrust: [remote]", 'rules[0].sinks[0]: there is no kind "slq" (did you mean sql?)'),
        ("kind: flow\nsinks: [sql]\ntrust: [remote, remote]", "a trust stands twice"),
        ("kind: flow\nsinks: [sql]\ntrust: [remote]\nconfidence: {local: low}", "does not accept local"),
        ("kind: flow\nsinks: [sql]\ntrust: [remote]\ncalls: [shop.run]", "calls has no place in a flow rule"),
        ("kind: misuse", "calls is missing: a misuse rule needs it, or alternatives below any"),
        ("kind: misuse\ncalls: ['shop.run()']", "rules[0].calls[0]: expected the name without ()"),
        ("kind: misuse\ncalls: [shop.run]\nsinks: [sql]", "sinks has no place in a misuse rule"),
        ("kind: misuse\nany: [{calls: [shop.run]}]\nhints: [db]", "hints belongs to the alternatives below any"),
        ("kind: misuse\nany: [{calls: [shop.run], when: [{arg: x}]}]", "rules[0].any[0].when[0]: expected exactly one of"),
        ("kind: search\ncalls: [shop.run]", 'expected one of flow, misuse, comparison, found "search"'),
    ],
)
def test_a_mistake_in_a_rule_is_placed_and_explained(rules: Rules, own: str, said: str) -> None:
    rules.rule(own)
    mistakes = rules.mistakes()
    assert any(said in line for line in mistakes), mistakes
    assert all(line.startswith("python/thing.yaml:") for line in mistakes)


def test_an_unknown_placeholder_in_a_message_is_told(rules: Rules) -> None:
    path = rules.rule("kind: flow\nsinks: [sql]\ntrust: [remote]")
    path.write_text(path.read_text().replace("message: Bad.", "message: Data from {sorce} reaches {sink}."))
    assert rules.mistakes() == [
        "python/thing.yaml:8:14: rules[0].message: {sorce} stands for nothing (did you mean source?); known are {source} and {sink}"
    ]


def test_a_rule_without_cases_is_refused(rules: Rules) -> None:
    path = rules.rule("kind: misuse\ncalls: [shop.run]")
    path.write_text(path.read_text().replace("    cases: {vulnerable: [a], safe: [b]}\n", ""))
    assert rules.mistakes() == ["python/thing.yaml:2:5: rules[0].cases: is missing"]


def test_the_mistakes_of_all_files_are_told_at_once(rules: Rules) -> None:
    rules.model(SINK + "  kind: slq\n- source: [shop.a]\n  trust: nobody\n- sanitizer: [shop..clean]\n  kinds: all", "first")
    rules.model("- never-returns: []", "second")
    rules.file("models/python/third.yaml", "rows: [}")
    rules.rule("kind: misuse")
    files = [line.split(":")[0] for line in rules.mistakes()]
    assert files == ["models/python/first.yaml"] * 3 + ["models/python/second.yaml", "models/python/third.yaml", "python/thing.yaml"]


def test_a_file_in_the_wrong_language_s_folder_is_refused(rules: Rules) -> None:
    path = rules.model("- never-returns: [shop.abort]")
    path.write_text(path.read_text().replace("language: python", "language: java"))
    assert rules.mistakes() == ["models/python/shop.yaml:1:11: language: expected python, because the file stands below python/"]


def test_an_id_that_stands_twice_is_refused(rules: Rules) -> None:
    rules.rule("kind: misuse\ncalls: [shop.run]", name="first")
    rules.rule("kind: misuse\ncalls: [shop.walk]", name="second")
    assert [line.replace(str(rules.root), "") for line in rules.mistakes()] == [
        "python/second.yaml:2:1: id: python-thing is already taken by python/first.yaml:2"
    ]


def test_a_file_that_cannot_be_read_is_told(rules: Rules) -> None:
    path = rules.model("- never-returns: [shop.abort]")
    path.unlink()
    path.symlink_to("nowhere.yaml")
    assert rules.mistakes() == ["models/python/shop.yaml: cannot be read: No such file or directory"]


def test_a_named_pipe_is_not_waited_for(rules: Rules) -> None:
    path = rules.model("- never-returns: [shop.abort]")
    os.mkfifo(path.with_name("pipe.yaml"))
    assert rules.knowledge().never_returns == {"shop.abort"}


def test_a_directory_that_is_not_there_is_told(rules: Rules) -> None:
    with pytest.raises(RuleError, match="nowhere: is not a directory"):
        load_taint(["python"], [rules.root, rules.root / "nowhere"])
