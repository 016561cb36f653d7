"""In which files a rule of Semgrep's may match, told by their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.engines.semgrep.words import ANYTHING, Contents, need_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    Part = Mapping[str, object]


def may_match(spec: Part, text: str | bytes, *analyzers: str) -> bool:
    data = text.encode() if isinstance(text, str) else text
    return Contents(data).may_meet(need_of(spec, analyzers or ("javascript", "typescript")))


def chosen(pattern: str, **regexes: str) -> Part:
    return {
        "patterns": [{"pattern": pattern}, *({"metavariable-regex": {"metavariable": f"${name}", "regex": regex}} for name, regex in regexes.items())]
    }


REQUEST = chosen("$REQ.$PART", REQ=r"^(req|ctx\.request)$", PART="^(query|body)$")
VIEW = {
    "patterns": [
        {"pattern-inside": "@$APP.$VERB($PATH, ...)\ndef $VIEW(...): ...\n"},
        {"metavariable-regex": {"metavariable": "$VERB", "regex": "^(get|route)$"}},
    ]
}


def test_every_word_of_a_pattern_has_to_stand_in_the_file_as_a_whole_word() -> None:
    spec = {"pattern": "pickle.loads($X)"}
    assert may_match(spec, "from pickle import loads as l\nl(x)", "python")
    assert not may_match(spec, "from pickle import load", "python")
    assert not may_match(spec, "unpickle.loads2()", "python")
    assert not may_match(spec, b"pickle.loads\xc3\xa9()", "python")
    assert may_match(spec, b"\xff pickle \xff loads", "python")


@pytest.mark.parametrize(
    "pattern",
    [
        "function $F(...) { ... }",
        "$X = 'secret'",
        '$F("a b", `c ${$D}`)',
        "// words of a comment\n$F(...)",
        "$X.foo(($Y: Type))",
        "/some words/.test($X)",
        "#word in $X",
    ],
)
def test_what_semgrep_may_know_by_another_name_is_not_asked_for(pattern: str) -> None:
    assert may_match({"pattern": pattern}, "")


def test_texts_of_strings_are_not_asked_for_in_python_either() -> None:
    assert may_match({"pattern": '$F(rb"a", f"""b {$C}""", ...)  # d'}, "", "python")


def test_one_of_several_is_enough() -> None:
    spec = {"pattern-either": [{"pattern": "one(...)"}, {"patterns": [{"pattern": "two(...)"}, {"pattern-inside": "class Three { ... }"}]}]}
    assert [may_match(spec, text) for text in ("one", "two", "two Three", "Three")] == [True, False, True, False]
    assert may_match({"pattern-either": [{"pattern": "one(...)"}, {"pattern": "$F(...)"}]}, "")


def test_a_flow_needs_a_source_and_a_sink() -> None:
    spec = {"mode": "taint", "pattern-sources": [{"pattern": "source()"}, {"pattern": "other()"}], "pattern-sinks": [{"pattern": "sink($X)"}]}
    assert [may_match(spec, text) for text in ("source sink", "other sink", "source other", "sink")] == [True, True, False, False]


def test_what_is_forbidden_is_not_asked_for() -> None:
    parts = [{"pattern": "run(...)"}, {"pattern-not": "run(safe)"}, {"pattern-not-inside": "if (ok) { ... }"}, {"focus-metavariable": "$X"}]
    assert may_match({"patterns": parts}, "run")


@pytest.mark.parametrize(
    "spec",
    [
        {"pattern-regex": "word"},
        {"match": {"pattern": "word"}},
        {"mode": "taint", "taint": {"sources": ["word"]}},
        {"pattern-either": "word"},
        {"patterns": "word"},
    ],
)
def test_what_is_not_understood_may_match_anywhere(spec: Part) -> None:
    assert may_match(spec, "")


def test_other_languages_may_match_anywhere() -> None:
    assert need_of({"pattern": "word"}, ["php"]) == need_of({"pattern": "word"}, ["python", "regex"]) == ANYTHING


@pytest.mark.parametrize(
    "text",
    [
        "req.query",
        "ctx.request.body",
        "(req)\n  .query",
        "req?.query",
        "(req as any).body",
        "(<any>req).body",
        "req! . query",
        "req/* here */.query",
        "req. // there\n query",
        'import { query } from "req"',
        "const { body: b } = require(`./req`)",
        'import fs = require("req"); body',
        'await import("req")\nbody',
    ],
)
def test_a_member_is_found_however_it_is_written(text: str) -> None:
    assert may_match(REQUEST, text)


@pytest.mark.parametrize(
    "text", ["req query", "req.cookies; body", "request.query", "a.req; ctx.query", 'say("req"); body', "const { query } = req;"]
)
def test_two_words_are_no_member(text: str) -> None:
    assert not may_match(REQUEST, text)


@pytest.mark.parametrize(
    "text",
    [
        '@app.get("/")\ndef f(): ...',
        '@app.get(\n    "/"\n)\ndef f(): ...',
        '@make(\n    1\n).route("/")\ndef f(): ...',
        '@make(\n    1\n  # so\n    ).route("/")\ndef f(): ...',
        '@(app\n  .get)("/")\ndef f(): ...',
        '@(\n  app.get)("/")\ndef f(): ...',
        '@app.\\\nget("/")\ndef f(): ...',
        '@make(\r1\r).get("/")\rdef f(): ...',
        "@make(\n1)" + " " * 300 + '.get("/")\ndef f(): ...',
    ],
)
def test_a_decorator_is_found_however_it_is_written(text: str) -> None:
    assert may_match(VIEW, text, "python")


@pytest.mark.parametrize(
    "text", ["@property\ndef f(): return a.get(1)", "@cache(\n  size=1\n)\ndef f(): return a.get(1)", "a.get(1)", "x = a @ b\na.get(1)"]
)
def test_a_call_somewhere_else_is_no_decorator(text: str) -> None:
    assert not may_match(VIEW, text, "python")


@pytest.mark.parametrize("piece", ["@a(\n", "@(", ".get ", "@a( .get", "req", "req(", 'from "', "import ((", "require ", "req.", "\\ ", "xget", "/*"])
def test_no_file_is_gone_through_once_for_each_of_its_words(piece: str) -> None:
    text = (piece * 1_000_000)[:1_000_000]  # with the square of its size this would go on for hours
    specs = ((REQUEST, "javascript"), (VIEW, "python"), (chosen("$X.got()", X="^(a|b)$"), "typescript"))
    assert [may_match(spec, text, analyzer) for spec, analyzer in specs] == [False, piece == "@a( .get", False]
