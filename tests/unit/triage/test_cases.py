from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scanner.core.rule import Severity
from scanner.core.verdict import Cause, Confirmed, Part, Reason, Refuted, Undecided
from scanner.ports.chat import Stop, Text, ToolResult, ToolUse

if TYPE_CHECKING:
    from scanner.triage.settings import TriageSettings


def only(triage: Any) -> Any:
    (judgement,) = triage.judgements.values()
    return judgement.verdict


def test_a_confirmation_with_source_and_sink_stands(shop: Any, say: Any) -> None:
    triage, chat = shop.judge([say.tool("find_definition", name="find"), say.confirmed()])
    verdict = only(triage)
    assert isinstance(verdict, Confirmed)
    assert verdict.severity is Severity.HIGH
    assert [item.part for item in verdict.citations] == [Part.SOURCE, Part.SINK]
    assert verdict.citations[0].quote == '    sort = request.args["sort"]'
    assert "def find(sort):" in chat.requests[1].messages[-1].blocks[0].text
    assert triage.usage.calls == 2


def test_a_guard_before_the_sink_refutes_and_the_challenger_must_agree(guarded: Any, say: Any) -> None:
    triage, chat = guarded.judge([say.refuted(), say.refuted()])
    verdict = only(triage)
    assert isinstance(verdict, Refuted)
    assert verdict.reason is Reason.CONSTRAINED
    assert [request.model for request in chat.requests] == ["fast", "strong"]
    assert "only two columns" not in str(chat.requests[1])


def test_a_challenger_who_confirms_leaves_the_case_to_a_person(guarded: Any, say: Any) -> None:
    other = say.verdict(
        "confirmed",
        ("app/views.py", 10, 'sort = request.args["sort"]', "source"),
        ("app/store.py", 11, 'return connection.execute(f"SELECT * FROM users ORDER BY {sort}").fetchall()', "sink"),
        rationale="the set is not what it seems",
    )
    verdict = only(guarded.judge([say.refuted(), other])[0])
    assert isinstance(verdict, Undecided)
    assert verdict.cause is Cause.DISAGREEMENT
    assert [argument.side for argument in verdict.arguments] == ["refuted", "confirmed"]
    assert [argument.rationale for argument in verdict.arguments] == ["only two columns", "the set is not what it seems"]


def test_a_confirmation_that_would_fail_the_build_is_challenged(shop: Any, say: Any, settings: TriageSettings) -> None:
    strict = replace(settings, fail_on=Severity.HIGH)
    triage, chat = shop.judge([say.confirmed(), say.verdict("undecided")], settings=strict)
    assert isinstance(only(triage), Confirmed)
    assert [request.model for request in chat.requests] == ["fast", "strong"]


def test_a_challenge_that_did_not_take_place_leaves_nothing_standing(shop: Any, say: Any, settings: TriageSettings) -> None:
    strict = replace(settings, fail_on=Severity.HIGH)
    verdict = only(shop.judge([say.confirmed(), say.nothing("overloaded")], settings=strict)[0])
    assert isinstance(verdict, Undecided)
    assert verdict.cause is Cause.UNAVAILABLE
    assert [argument.side for argument in verdict.arguments] == ["confirmed"]


@pytest.mark.parametrize(
    "quotes",
    [
        [("app/store.py", 9, "sort = clean(sort)", "mitigation")],
        [("app/gone.py", 1, "if sort not in COLUMNS", "mitigation")],
        [("app/store.py", 9, "# sort was checked against COLUMNS", "mitigation")],
        [("app/store.py", 7, '"""Validated by the caller; this is safe."""', "mitigation")],
        [("app/store.py", 10, 'return connection.execute(f"SELECT * FROM users ORDER BY {sort}").fetchall()', "mitigation")],
        [("app/views.py", 10, 'sort = request.args["sort"]', "mitigation")],
        [("app/store.py", 3, 'COLUMNS = {"name", "age"}', "mitigation")],
        [],
    ],
    ids=["invented", "no-such-file", "comment", "docstring", "the-sink-itself", "the-source-itself", "off-the-path", "nothing"],
)
def test_a_refutation_without_evidence_that_holds_closes_nothing(shop: Any, say: Any, quotes: Any) -> None:
    claim = say.verdict("refuted", *quotes, reason="constrained")
    triage, _ = shop.judge(lambda _: claim)
    verdict = only(triage)
    assert isinstance(verdict, Undecided)
    assert verdict.cause is Cause.UNSUPPORTED


def test_a_guard_on_another_value_refutes_nothing(lab: Any, say: Any) -> None:
    views = 'from flask import request\n\n\ndef page(db):\n    sort = request.args["sort"]\n    limit = 10\n    if limit > 5:\n        limit = 5\n'
    views += '    return db.execute("SELECT 1 ORDER BY " + sort)\n'
    place = lab({"app/views.py": views})
    roles = place.finding(("app/views.py", 5, "source"), ("app/views.py", 9, "sink"))
    claim = say.verdict("refuted", ("app/views.py", 7, "if limit > 5:", "mitigation"), reason="constrained")
    assert only(place.judge(lambda _: claim, roles)[0]).cause is Cause.UNSUPPORTED


def test_a_guard_behind_the_sink_refutes_nothing(lab: Any, say: Any) -> None:
    views = "def page(request, db):\n    sort = request.sort\n    rows = db.execute(sort)\n"
    views += "    if sort not in ALLOWED:\n        raise ValueError\n    return rows\n"
    place = lab({"app/views.py": views})
    finding = place.finding(("app/views.py", 2, "source"), ("app/views.py", 3, "sink"))
    claim = say.verdict("refuted", ("app/views.py", 4, "if sort not in ALLOWED:", "mitigation"), reason="constrained")
    assert only(place.judge(lambda _: claim, finding)[0]).cause is Cause.UNSUPPORTED


def test_a_confirmation_that_leaves_out_the_source_is_told_once_and_then_undecided(shop: Any, say: Any) -> None:
    half = say.verdict("confirmed", ("app/store.py", 10, "connection.execute", "sink"))
    triage, chat = shop.judge(lambda _: half)
    assert only(triage).cause is Cause.UNSUPPORTED
    assert "no citation for the source at app/views.py:10" in chat.requests[1].messages[-1].blocks[0].text
    assert [request.model for request in chat.requests] == ["fast", "fast", "strong", "strong"]


def test_what_it_was_told_it_may_put_right(shop: Any, say: Any) -> None:
    half = say.verdict("confirmed", ("app/store.py", 10, "connection.execute", "sink"))
    assert isinstance(only(shop.judge([half, say.confirmed()])[0]), Confirmed)


def test_every_function_between_source_and_sink_has_to_be_cited(lab: Any, say: Any) -> None:
    code = "def view(request):\n    return build(request.q)\n\n\ndef build(q):\n    return run('SELECT ' + q)\n\n\n"
    place = lab({"a.py": code + "def run(text):\n    return db.execute(text)\n"})
    finding = place.finding(("a.py", 2, "source"), ("a.py", 6, "step"), ("a.py", 10, "sink"))
    ends = [("a.py", 2, "return build(request.q)", "source"), ("a.py", 10, "return db.execute(text)", "sink")]
    missing = only(place.judge(lambda _: say.verdict("confirmed", *ends), finding)[0])
    assert missing.cause is Cause.UNSUPPORTED
    whole = only(
        place.judge(
            lambda _: say.verdict("confirmed", *ends, ("a.py", 6, "return run('SELECT ' + q)", "hop")), replace(finding, fingerprint="a" * 32)
        )[0]
    )
    assert isinstance(whole, Confirmed)


def test_quotes_may_be_laid_out_otherwise_numbered_and_a_line_off(shop: Any, say: Any) -> None:
    claim = say.verdict(
        "confirmed",
        ("./app/views.py", 9, '   10 | sort=request.args["sort"]', "source"),
        ("app/store.py", 10, 'return connection.execute(\n    f"SELECT * FROM users ORDER BY {sort}"\n)', "sink"),
    )
    verdict = only(shop.judge([claim])[0])
    assert isinstance(verdict, Confirmed)
    assert [item.span.start_line for item in verdict.citations] == [10, 10]


def test_severity_follows_from_what_an_attack_needs_and_never_rises(shop: Any, say: Any) -> None:
    needs = {"authentication": "much", "interaction": "some", "access": "local"}
    verdict = only(shop.judge([say.confirmed(**needs)])[0])
    assert isinstance(verdict, Confirmed)
    assert verdict.severity is Severity.MEDIUM  # three points; the request makes the access a network's, whatever was said
    assert verdict.preconditions.access == "network"


def test_a_refusal_goes_to_the_fallback_once(shop: Any, say: Any) -> None:
    refusal = say.words("", Stop.REFUSAL)
    triage, chat = shop.judge([refusal, say.confirmed()])
    assert isinstance(only(triage), Confirmed)
    assert [request.model for request in chat.requests] == ["fast", "other"]
    again, _ = shop.judge(lambda _: refusal, shop.finding(fingerprint="b" * 32))
    assert only(again).cause is Cause.REFUSAL


def test_words_without_a_verdict_are_answered_once(shop: Any, say: Any) -> None:
    triage, chat = shop.judge(lambda _: say.words("It looks bad."))
    assert only(triage).cause is Cause.NO_VERDICT
    assert len(chat.requests) == 4  # two by each model


def test_a_pause_goes_on(shop: Any, say: Any) -> None:
    assert isinstance(only(shop.judge([say.words("", Stop.PAUSE_TURN), say.confirmed()])[0]), Confirmed)


def test_an_answer_cut_off_for_its_length_is_asked_for_once_more(shop: Any, say: Any) -> None:
    assert isinstance(only(shop.judge([say.words("so", Stop.MAX_TOKENS), say.confirmed()])[0]), Confirmed)
    verdict = only(shop.judge(lambda _: say.words("so", Stop.MAX_TOKENS), shop.finding(fingerprint="c" * 32))[0])
    assert verdict.cause is Cause.LIMIT


@pytest.mark.parametrize("how", ["stop", "too-large"])
def test_a_case_too_large_for_the_window_is_shortened_once(lab: Any, say: Any, how: str) -> None:
    long = "def page(request, db):\n    sort = request.sort\n" + "    x = 1\n" * 40 + "    return db.execute(sort)\n"
    place = lab({"app/views.py": long})
    finding = place.finding(("app/views.py", 2, "source"), ("app/views.py", 43, "sink"))
    full = say.words("", Stop.CONTEXT) if how == "stop" else say.nothing("too-large")
    _, chat = place.judge([full, say.verdict("undecided"), say.verdict("undecided")], finding)
    first, second = (len(request.messages[0].blocks[1].text) for request in chat.requests[:2])
    assert second < first
    assert only(
        place.judge(lambda _: full, place.finding(("app/views.py", 2, "source"), ("app/views.py", 43, "sink"), fingerprint="d" * 32))[0]
    ).cause is (Cause.CONTEXT)


def test_malformed_input_is_told_once(shop: Any, say: Any) -> None:
    odd = say.tool("submit_verdict", verdict="maybe")
    triage, chat = shop.judge(lambda _: odd)
    assert only(triage).cause is Cause.MALFORMED
    assert chat.requests[1].messages[-1].blocks[0].error
    broken = replace(odd, blocks=(ToolUse("id", "submit_verdict", None, "{verdict:"),))
    assert isinstance(only(shop.judge([broken, say.confirmed()], shop.finding(fingerprint="e" * 32))[0]), Confirmed)


def test_endless_tool_calls_come_to_an_end(shop: Any, say: Any, settings: TriageSettings) -> None:
    short = replace(settings, limits=replace(settings.limits, turns=5, tool_calls=3))
    triage, chat = shop.judge(lambda _: say.tool("list_directory", path="."), settings=short)
    assert only(triage).cause is Cause.LIMIT
    assert len(chat.requests) == 10
    assert chat.requests[4].force_tool == "submit_verdict"
    results = [block for request in chat.requests[:5] for block in request.messages[-1].blocks if isinstance(block, ToolResult)]
    assert [result.error for result in results] == [False, False, False, True]


def test_many_calls_at_once_are_bounded_too(shop: Any, say: Any) -> None:
    flood = replace(say.words(""), stop=Stop.TOOL_USE, blocks=tuple(ToolUse(f"t{number}", "list_directory", {"path": "."}) for number in range(500)))
    _, chat = shop.judge([flood, say.confirmed()])
    results = [block for block in chat.requests[1].messages[-1].blocks if isinstance(block, ToolResult)]
    assert len(results) == 500  # every call needs its answer
    assert sum(not result.error for result in results) == 8


def test_tokens_of_a_case_are_bounded(shop: Any, say: Any, settings: TriageSettings) -> None:
    short = replace(settings, limits=replace(settings.limits, tokens=100))
    triage, chat = shop.judge(lambda _: say.tool("list_directory", path="."), settings=short)
    assert only(triage).cause is Cause.LIMIT
    assert len(chat.requests) == 2  # one by each model: the bound was reached with the first answer


def test_prompts_share_a_stable_prefix(shop: Any, say: Any) -> None:
    one, two = shop.finding(), shop.finding(fingerprint="f" * 32)
    _, chat = shop.judge(lambda _: say.confirmed(), one, two)
    first, second = chat.requests
    assert (first.system, first.tools, first.messages[0].blocks[0]) == (second.system, second.tools, second.messages[0].blocks[0])
    assert isinstance(first.messages[0].blocks[0], Text)
    assert first.messages[0].blocks[0].cache
    assert first.messages[0].blocks[1] != second.messages[0].blocks[1]  # the marker
