"""Every rule of every engine says what is wrong, how bad it is, what to do about it, and shows what it finds and what it leaves alone."""

from __future__ import annotations

from collections import Counter

import pytest

from scanner.engines.injection.kind import INJECTION
from scanner.engines.secrets.kind import SECRETS
from scanner.engines.semgrep.kind import SEMGREP_KIND
from scanner.rulepack.loader import builtin_rules_path, load_rules
from scanner.rulepack.ruleset import Case, LoadedRule, merge
from scanner.taint.compile.cases import TaintCase
from scanner.taint.compile.kinds import MODELS, RULES
from scanner.taint.compile.load import languages_of, load_taint
from scanner.triage.checklists import CHECKLISTS

DIRECTORY = builtin_rules_path()
TAINT = load_taint(languages_of([DIRECTORY]), [DIRECTORY])
LOADED = merge([load_rules([DIRECTORY], [SEMGREP_KIND, SECRETS, INJECTION, CHECKLISTS, MODELS, RULES]), TAINT.rules])
LEAST_HELP = 80


@pytest.mark.parametrize("entry", LOADED.entries, ids=lambda entry: entry.rule.id)
def test_a_rule_explains_itself(entry: LoadedRule[object]) -> None:
    rule = entry.rule
    assert rule.message.strip().endswith((".", "?", "!")), "the message is a sentence"
    assert rule.title.strip() == rule.title
    assert not rule.title.endswith("."), "the title is no sentence"
    assert len(rule.help) >= LEAST_HELP, "the help says what can happen and when it does not"
    assert rule.remediation
    assert rule.help != rule.remediation
    assert rule.languages or rule.engine in {SECRETS.engine, INJECTION.engine}


@pytest.mark.parametrize("entry", LOADED.entries, ids=lambda entry: entry.rule.id)
def test_a_rule_has_cases_it_finds_and_cases_it_leaves_alone(entry: LoadedRule[object]) -> None:
    assert Counter(case.vulnerable for case in entry.cases).keys() == {True, False}
    assert all(case.code.strip() for case in entry.cases)
    assert not [case for case, count in Counter(map(_content, entry.cases)).items() if count > 1], "a case that stands twice shows nothing new"


def _content(case: Case) -> object:
    return case.files if isinstance(case, TaintCase) else (case.file, case.code)


def test_no_two_rules_say_the_same_title_for_one_language_and_engine() -> None:
    titles = Counter((entry.rule.engine, entry.rule.languages, entry.rule.title) for entry in LOADED.entries)
    assert not [title for title, count in titles.items() if count > 1]


def test_every_rule_file_is_read_by_somebody() -> None:
    files = {entry.origin.file for entry in LOADED.entries} | {document.file for document in LOADED.documents}
    written = {str(path) for path in DIRECTORY.rglob("*.yaml")}
    assert written == files
