"""What careful readers answered at the desk, replayed offline: the numbers that the documentation gives, and checks that accept right evidence.

A recording answers the very questions that were asked. When a prompt, a rule's help or a case changes, the questions are others, and what was
recorded for them is stale: it is left out of the first test, until too much is. Then readers have to be asked again (`bench/eval/README.md`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scanner.app.choices import TriageChoice
from scanner.app.evaluate import SEED, Trial, run_eval
from scanner.app.rules import load_all_rules
from scanner.app.triage import checklists_of, structure
from scanner.core.usage import Usage
from scanner.core.verdict import side_of
from scanner.engines.secrets.kind import SECRETS
from scanner.engines.secrets.redact import SecretRedactor
from scanner.llm.model_list import load_catalogue
from scanner.llm.replay import ReplayError
from scanner.ports.observer import SilentObserver
from scanner.sources.directory import DirectorySource
from scanner.sources.options import WalkOptions
from scanner.syntax.languages import detect_language
from scanner.triage.answer import Claim, read_claim
from scanner.triage.case import Case
from scanner.triage.evaluation.corpus import LabelledCase, read_corpus
from scanner.triage.evaluation.metrics import Outcome, measure
from scanner.triage.neutral import NeutralLens
from scanner.triage.prompts import DEFEND, JUDGE
from scanner.triage.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

EVAL = Path(__file__).resolve().parents[2] / "bench" / "eval"
RECORDING = EVAL / "recordings" / "desk-2.jsonl"
FAST = load_catalogue().fast
WHOLE = WalkOptions(use_ignore_files=False, include_vendored=True, include_generated=True)  # as `casemate eval` opens a case


@dataclass(frozen=True)
class Line:
    """One recorded answer."""

    case: str
    model: str
    usage: dict[str, Any]
    claim: dict[str, Any] | None


@cache
def lines() -> tuple[Line, ...]:
    found = []
    for text in RECORDING.read_text("ascii").splitlines():
        value = json.loads(text)
        answer = value["answer"]
        claims = [block["input"] for block in answer["blocks"] if block.get("name") == "submit_verdict"]
        found.append(Line(value["case"], value["model"], answer["usage"], claims[-1] if claims else None))
    return tuple(found)


@cache
def cases() -> dict[str, LabelledCase]:
    rules = load_all_rules(()).rules.rules
    return {case.id: case for case in read_corpus(EVAL, {rule.id: rule for rule in rules}, tuple(sorted({line.case for line in lines()})))}


def replayed() -> Iterator[Outcome]:
    """The cases whose questions are still those of the recording; all at once where all are, which is quicker."""
    names = tuple(cases())
    for group in (names, *((name,) for name in names)):
        try:
            yield from run_eval(EVAL, TriageChoice(), None, Trial(group, 1, None, RECORDING), SilentObserver())
        except ReplayError:
            continue
        if group == names:
            return


def test_the_recorded_reviews_are_right_close_nothing_that_is_true_and_cost_little() -> None:
    outcomes = tuple(replayed())
    assert len(outcomes) > len(cases()) // 2, "most recorded answers are to other questions than are asked today: record them again"
    found = measure(outcomes)
    assert [outcome.case.id for outcome in outcomes if not outcome.right] == []
    assert (found.unsafe_closures.hits, found.undecided.hits) == (0, 0)
    assert found.usage.calls <= 2.5 * len(outcomes)
    assert found.median_usd < Decimal("0.03")  # the strong model's challenge makes nearly all of it


def test_at_the_fast_models_price_the_median_case_costs_less_than_a_cent() -> None:
    price = load_catalogue().pricing(FAST)
    by_case = dict.fromkeys(cases(), Decimal(0))
    for line in lines():
        by_case[line.case] += price.cost(Usage(calls=1, **{key: line.usage[key] for key in ("input_tokens", "output_tokens")}))
    costs = sorted(by_case.values())
    assert len(costs) >= 40
    assert 0 < costs[len(costs) // 2] < Decimal("0.01")
    assert max(costs) < Decimal("0.01")


@pytest.mark.parametrize("model", sorted({line.model for line in lines()}))
def test_evidence_that_readers_gave_still_carries_their_verdicts(model: str) -> None:
    """Whatever is asked today: the last claim of each side is ruled on again, in the view that its side has."""
    rules = load_all_rules(()).rules
    redactor = SecretRedactor([entry.payload for entry in rules.of(SECRETS)])
    lists = checklists_of(rules)
    last = {line.case: line.claim for line in lines() if line.model == model and line.claim is not None}
    assert len(last) > 30
    for name, given in last.items():
        labelled = cases()[name]
        with DirectorySource(labelled.root, (), detect_language, WHOLE).open() as snapshot:
            tree = Tree(snapshot, structure(snapshot), redactor)
            case = Case(tree, labelled.finding, lists.of(labelled.finding.rule), NeutralLens(tree), SEED)
            claim = read_claim(given)
            assert isinstance(claim, Claim)
            ruling = case.adjudicator(JUDGE if model == FAST else DEFEND).rule(claim)
        assert side_of(ruling.verdict) == given["verdict"], (name, ruling.steps)


def test_a_recording_holds_nothing_of_the_machine_it_was_made_on() -> None:
    text = RECORDING.read_text("ascii")
    for word in ("/root/", "/home/", "/work/", "127.0.0.1:", "sk-ant", "api_key="):
        assert word not in text
