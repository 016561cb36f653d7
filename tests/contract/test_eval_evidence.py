"""The checks on evidence, held to the labels: what makes a case safe is accepted when it is cited. A right reader must not be sent back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from scanner.app.rules import load_all_rules
from scanner.app.triage import checklists_of, structure
from scanner.core.verdict import Access, Needed, Part, Preconditions, Reason
from scanner.engines.secrets.kind import SECRETS
from scanner.engines.secrets.redact import SecretRedactor
from scanner.sources.directory import DirectorySource
from scanner.sources.options import WalkOptions
from scanner.syntax.languages import detect_language
from scanner.triage.answer import Claim, Quote, Side
from scanner.triage.case import Case
from scanner.triage.evaluation.corpus import Label, read_corpus
from scanner.triage.neutral import NeutralLens
from scanner.triage.prompts import JUDGE
from scanner.triage.tree import Tree

EVAL = Path(__file__).resolve().parents[2] / "bench" / "eval"
WHOLE = WalkOptions(use_ignore_files=False, include_vendored=True, include_generated=True)  # as `casemate eval` opens a case
KINDRED = frozenset({Reason.SANITIZED, Reason.CONSTRAINED, Reason.SAFE_INTERFACE})  # which of them fits is a matter of words
NOT_SAID = Preconditions(Access.NETWORK, Needed.NONE, Needed.NONE, Needed.NONE)
NEED_MORE = {
    "go-harbour-tariffs": "values are gathered in one place and bound in another",
    "go-scale-telemetry": "the comparison is that of two hashes; what hashes stands in its own function",
    "java-chess-club-ratings": "the type is an enum of the project, which has to be cited too",
    "java-sample-labels": "the list of arguments is a constant of the class, which has to be cited too",
    "py-label-printer": "what looks like a password is the name of a setting; where it is read stands elsewhere",
    "ts-food-bank-volunteers": "what is kept is what passed a schema; that line has to be cited too",
}
"""Cases whose labelled lines do not carry alone, and why a reader is told to cite more."""


def test_the_lines_that_make_a_case_safe_are_accepted_as_evidence() -> None:
    rules = load_all_rules(()).rules
    redactor = SecretRedactor([entry.payload for entry in rules.of(SECRETS)])
    lists = checklists_of(rules)
    refused = set()
    for labelled in read_corpus(EVAL, {rule.id: rule for rule in rules.rules}):
        if labelled.label is not Label.SAFE:
            continue
        document: dict[str, Any] = yaml.safe_load((labelled.root.parent / "case.yaml").read_text("utf-8"))
        with DirectorySource(labelled.root, (), detect_language, WHOLE).open() as snapshot:
            tree = Tree(snapshot, structure(snapshot), redactor)
            adjudicator = Case(tree, labelled.finding, lists.of(labelled.finding.rule), NeutralLens(tree), "seed").adjudicator(JUDGE)
            claims = [claim_of(labelled.root, item, reason) for item in document["evidence"] for reason in {*KINDRED, Reason(document["reason"])}]
            if all(adjudicator.complaints(claim) for claim in claims):
                refused.add(labelled.id)
    assert refused == set(NEED_MORE)


def claim_of(root: Path, item: dict[str, Any], reason: Reason) -> Claim:
    """A refutation that cites one labelled line and nothing else."""
    text = (root / item["path"]).read_text("utf-8").split("\n")[item["line"] - 1]
    quote = Quote(item["path"], item["line"], item["line"], text, Part.MITIGATION)
    return Claim(Side.REFUTED, reason, "", (quote,), NOT_SAID)
