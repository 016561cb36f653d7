"""Several sinks of one source in one function are one candidate."""

from __future__ import annotations

from scanner.core.finding import Trust
from scanner.engines.taint.convert import together
from scanner.taint.witness import SinkPoint, SourcePoint, TaintFact


def fact(at: int, *, rule: str = "r", source: int = 1, function: str = "f", certain: bool = True) -> TaintFact:
    return TaintFact(
        rule_id=rule,
        source=SourcePoint("a.py", "f", source, source + 1, "request.args", Trust.REMOTE),
        sink=SinkPoint("a.py", function, at, at + 1, "path", "open", "0"),
        steps=(),
        certain=certain,
    )


def test_the_first_sink_stands_for_the_others() -> None:
    first, second, third = fact(10), fact(20), fact(30)
    assert list(together([first, second, third])) == [(first, (second, third))]


def test_a_certain_flow_stands_for_a_guessed_one() -> None:
    guess, sure = fact(10, certain=False), fact(20)
    assert list(together([guess, sure])) == [(sure, (guess,))]


def test_another_rule_source_or_function_is_a_finding_of_its_own() -> None:
    facts = [fact(10), fact(20, rule="s"), fact(30, source=2), fact(40, function="g")]
    assert list(together(facts)) == [(one, ()) for one in facts]
