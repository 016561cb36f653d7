from __future__ import annotations

import threading
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from scanner.core.errors import ScannerError
from scanner.core.finding import Trust
from scanner.core.rule import Severity
from scanner.core.verdict import Cause, Confirmed, Refuted, Undecided
from scanner.llm.replay import ReplayChat
from scanner.ports.chat import NoReply, Trouble
from scanner.ports.observer import SilentObserver
from scanner.triage.audit import FileAudit, answers, read_events, read_run, remembered
from scanner.triage.escalate import in_order, is_suspicious
from scanner.triage.plan import forecast
from scanner.triage.settings import Mode

if TYPE_CHECKING:
    from pathlib import Path

    from scanner.ports.chat import ChatRequest, Reply
    from scanner.triage.settings import TriageSettings


def mark(number: int) -> str:
    return f"{number:032x}"


def test_an_unchanged_tree_is_not_asked_about_again(guarded: Any, say: Any) -> None:
    first, _ = guarded.judge([say.refuted(), say.refuted()])
    second, chat = guarded.judge([])
    (one,), (two,) = first.judgements.values(), second.judgements.values()
    assert two == replace(one, usage=two.usage, cached=True)
    assert two.usage.calls == 0
    assert second.usage.cost_usd == 0
    assert not chat.requests


def test_an_edit_elsewhere_keeps_a_verdict_and_one_in_what_was_seen_drops_it(guarded: Any, say: Any) -> None:
    guarded.judge([say.tool("search_code", pattern="COLUMNS", glob=""), say.refuted(), say.refuted()])
    guarded.files = {**guarded.files, "README.md": "# Shop\n"}
    kept, _ = guarded.judge([])
    assert isinstance(next(iter(kept.judgements.values())).verdict, Refuted)
    guarded.files = {**guarded.files, "more.py": "COLUMNS = load()\n"}  # a tool would say something else now
    asked, _ = guarded.judge([say.verdict("undecided"), say.verdict("undecided")])
    assert next(iter(asked.judgements.values())).verdict.cause is Cause.UNSURE


def test_another_model_rule_or_witness_is_another_question(shop: Any, say: Any, settings: TriageSettings) -> None:
    shop.judge([say.confirmed()])
    other = replace(settings, models=replace(settings.models, opener="faster"))
    assert shop.judge([say.confirmed()], settings=other)[1].requests
    finding = shop.finding()
    assert shop.judge([say.confirmed()], replace(finding, rule=replace(finding.rule, digest="e" * 64)))[1].requests
    assert shop.judge([say.confirmed()], replace(finding, message="another"))[1].requests
    assert not shop.judge([])[1].requests


def test_what_failed_for_the_moment_is_asked_again(shop: Any, say: Any) -> None:
    first, _ = shop.judge([say.nothing("overloaded")])
    assert next(iter(first.judgements.values())).verdict.cause is Cause.UNAVAILABLE
    assert first.problems[0].incomplete
    again, _ = shop.judge([say.confirmed()])
    assert isinstance(next(iter(again.judgements.values())).verdict, Confirmed)


def test_a_broken_record_is_the_same_as_none(shop: Any, say: Any) -> None:
    shop.judge([say.confirmed()])
    for shelf, key in list(shop.store._entries):
        shop.store.put(shelf, key, b'{"verdict": 7}')
    triage, chat = shop.judge([say.confirmed()])
    assert len(chat.requests) == 1
    assert isinstance(next(iter(triage.judgements.values())).verdict, Confirmed)


def test_results_come_in_the_order_of_the_findings_whatever_closes_first(shop: Any, say: Any, settings: TriageSettings) -> None:
    findings = [shop.finding(fingerprint=mark(number)) for number in range(12)]
    wide = replace(settings, parallel=6)
    one, _ = shop.judge(lambda _: say.confirmed(), *findings, settings=wide)
    shop.store.clear()
    two, _ = shop.judge(lambda _: say.confirmed(), *findings)
    assert list(one.judgements.items()) == list(two.judgements.items())
    assert list(one.judgements) == [mark(number) for number in range(12)]


def test_two_hundred_cases_at_eight_in_parallel_never_overspend(shop: Any, say: Any, settings: TriageSettings) -> None:
    findings = [shop.finding(fingerprint=mark(number)) for number in range(200)]
    limit = Decimal("1.5")
    narrow = replace(settings, parallel=8, max_cost_usd=limit)
    flying = Decimal(0)
    most = Decimal(0)
    lock = threading.Lock()
    dear = replace(say.confirmed().usage, cache_write_tokens=20_000, output_tokens=2_000)  # 5 cents

    def answer(_: ChatRequest) -> Any:
        nonlocal flying, most
        with lock:
            flying += Decimal("0.0501")
            most = max(most, flying)
        return replace(say.confirmed(), usage=dear)

    triage, chat = shop.judge(answer, *findings, settings=narrow)
    assert triage.usage.cost_usd <= limit
    assert triage.usage.cost_usd > limit / 2
    assert most <= limit
    judged = [item.verdict for item in triage.judgements.values()]
    confirmed = sum(isinstance(item, Confirmed) for item in judged)
    assert confirmed == len(chat.requests)
    assert all(item.cause is Cause.BUDGET for item in judged if isinstance(item, Undecided))
    assert sum(isinstance(item, Undecided) for item in judged) == 200 - confirmed
    assert any(problem.subject == "budget" and problem.incomplete for problem in triage.problems)
    assert sum((item.usage.cost_usd for item in triage.judgements.values()), Decimal(0)) == triage.usage.cost_usd


def test_an_answer_that_may_have_been_charged_counts_in_full(shop: Any, settings: TriageSettings) -> None:
    cut = NoReply(Trouble.CONNECTION, charged=True)
    triage, _ = shop.judge(lambda _: cut, settings=replace(settings, max_cost_usd=Decimal("0.2")))
    assert triage.usage.cost_usd > Decimal("0.04")
    free, _ = shop.judge(lambda _: NoReply(Trouble.CONNECTION), shop.finding(fingerprint=mark(1)))
    assert free.usage.cost_usd == 0


def test_a_run_that_is_killed_loses_no_finished_case(shop: Any, say: Any) -> None:
    findings = [shop.finding(fingerprint=mark(number)) for number in range(5)]
    calls = 0

    def answer(_: ChatRequest) -> Any:
        nonlocal calls
        calls += 1
        if calls == 4:
            raise KeyboardInterrupt
        return say.confirmed()

    with pytest.raises(KeyboardInterrupt):
        shop.judge(answer, *findings)
    triage, chat = shop.judge(lambda _: say.confirmed(), *findings)
    cached = [item.cached for item in triage.judgements.values()]
    assert cached[:4] == [True, True, True, False]  # the fifth may have been under way
    assert len(chat.requests) == cached.count(False)


@pytest.mark.parametrize(("trouble", "words"), [("authentication", "refuses the key"), ("unknown-model", "does not know the model strong")])
def test_a_key_that_is_refused_is_one_error_before_any_case(shop: Any, say: Any, settings: TriageSettings, trouble: str, words: str) -> None:
    def answer(request: ChatRequest) -> Any:
        return say.nothing(trouble) if request.model == "strong" or trouble == "authentication" else say.words("OK")

    with pytest.raises(ScannerError, match=words):
        shop.judge(answer, settings=replace(settings, preflight=True))


def test_a_preflight_is_not_sent_when_everything_is_known(shop: Any, say: Any, settings: TriageSettings) -> None:
    shop.judge([say.confirmed()])
    assert not shop.judge([], settings=replace(settings, preflight=True))[1].requests


def test_a_key_that_is_withdrawn_on_the_way_spares_the_other_calls(shop: Any, say: Any) -> None:
    findings = [shop.finding(fingerprint=mark(number)) for number in range(4)]
    replies = iter([say.confirmed(), say.nothing("authentication")])
    triage, chat = shop.judge(lambda _: next(replies), *findings)
    assert len(chat.requests) == 2
    causes = [item.verdict.cause for item in triage.judgements.values() if isinstance(item.verdict, Undecided)]
    assert causes == [Cause.UNAVAILABLE] * 3


def test_the_most_pressing_cases_are_opened_first(shop: Any, say: Any, settings: TriageSettings) -> None:
    rule = shop.finding().rule
    mild = shop.finding(fingerprint=mark(1), rule=replace(rule, severity=Severity.LOW))
    local = shop.finding(fingerprint=mark(2), trust=Trust.LOCAL)
    grave = shop.finding(fingerprint=mark(3))
    none = shop.finding(fingerprint=mark(4), rule=replace(rule, severity=Severity.INFO))
    triage, chat = shop.judge(lambda _: say.confirmed(), mild, local, grave, none, settings=replace(settings, max_cases=2))
    assert len(chat.requests) == 2
    skipped = {name for name, item in triage.judgements.items() if isinstance(item.verdict, Undecided) and item.verdict.cause is Cause.SKIPPED}
    assert skipped == {mark(1), mark(4)}
    assert in_order([mild, local, grave]) == (grave, local, mild)
    assert is_suspicious(none, Mode.ALL)
    assert not is_suspicious(none, Mode.AUTO)
    assert not triage.problems


def test_a_plan_names_cases_and_money_and_calls_nothing(shop: Any, say: Any, settings: TriageSettings) -> None:
    known, fresh = shop.finding(), shop.finding(fingerprint=mark(7))
    shop.judge([say.confirmed()], known)
    triager = shop.triager(None)
    docket = triager.docket(shop.snapshot(), [known, fresh])
    plan = forecast(docket, settings, triager._workshop.prices)
    assert [case.finding for case in plan.cases] == [fresh]
    assert (plan.known, plan.skipped) == (1, 0)
    assert 0 < plan.expected_usd < plan.limit_usd


def test_an_audit_tells_what_happened_and_holds_what_a_replay_needs(shop: Any, say: Any, tmp_path: Path) -> None:
    audit = FileAudit(tmp_path / "audit")
    triage, chat = shop.judge([say.tool("find_definition", name="find"), say.confirmed()], audit=audit)
    (name,) = triage.judgements
    events = list(read_events(tmp_path / "audit"))
    assert [event["event"] for event in events] == ["opened", "call", "tool", "call", "submitted", "ruled", "judgement"]
    assert (tmp_path / "audit" / "cases" / f"{name}.jsonl").is_file()
    assert read_run(tmp_path / "audit")["seed"] == shop.seed
    assert len(chat.requests) == 2
    again = FileAudit(tmp_path / "again")
    shop.judge([], audit=again)
    ((place, record),) = remembered(tmp_path / "again").items()
    assert shop.store.get(*place) == record


def test_the_same_seed_asks_the_same_and_another_seed_has_another_marker(shop: Any, say: Any) -> None:
    _, one = shop.judge([say.confirmed()])
    shop.store.clear()
    _, two = shop.judge([say.confirmed()])
    assert one.requests == two.requests
    shop.store.clear()
    shop.seed = "another"
    _, three = shop.judge([say.confirmed()])
    assert one.requests != three.requests


def test_a_replay_comes_to_the_same_without_a_model(guarded: Any, say: Any, settings: TriageSettings, tmp_path: Path) -> None:
    findings = [guarded.finding(fingerprint=mark(number)) for number in range(6)]

    def answer(request: ChatRequest) -> Any:
        return say.tool("find_definition", name="find") if len(request.messages) == 1 else say.refuted()

    wide = replace(settings, parallel=3, preflight=True)
    first, _ = guarded.judge(answer, *findings, settings=wide, audit=FileAudit(tmp_path / "audit"))
    guarded.store.clear()
    replay = ReplayChat(answers(tmp_path / "audit"), "audit")
    second = guarded.triager(replay, replace(wide, parallel=1)).judge(guarded.snapshot(), findings, SilentObserver())
    assert first == second
    assert all(isinstance(item.verdict, Refuted) for item in second.judgements.values())


def test_a_bug_is_not_hidden(shop: Any) -> None:
    def broken(_: ChatRequest) -> Reply:
        msg = "a bug"
        raise ZeroDivisionError(msg)

    with pytest.raises(ZeroDivisionError):
        shop.judge(broken)


def test_nothing_to_judge_is_nothing_to_pay(shop: Any, settings: TriageSettings) -> None:
    triage = shop.triager(None, replace(settings, preflight=True)).judge(shop.snapshot(), [], SilentObserver())
    assert not triage.judgements
    assert triage.usage.calls == 0
