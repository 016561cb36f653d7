"""Every model and every flow or misuse rule that comes with Casemate is read without a mistake, and each of them is of use."""

from __future__ import annotations

import pytest

from scanner.core.errors import RuleError
from scanner.rulepack.loader import builtin_rules_path
from scanner.taint.compile.load import languages_of, load_taint

RULES = builtin_rules_path()
LANGUAGES = languages_of([RULES])


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_models_and_rules_of_a_language_are_read_without_a_mistake(language: str) -> None:
    try:
        load_taint([language], [RULES])
    except RuleError as error:
        pytest.fail(f"{error.hint}\n{error}", pytrace=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sinks_that_no_rule_asks_for_and_rules_without_sinks_are_told(language: str) -> None:
    known = load_taint([language], [RULES]).knowledge[language]
    modelled = {row.kind for rows in known.sinks.values() for row in rows}
    asked = {kind for rule in known.flow_rules for kind in rule.kinds}
    # What a prefix test leaves over, comparisons and assertions are seen by the analysis itself, not by a model.
    assert asked - modelled <= {"path-sibling", "secret-comparison", "assertion"}
    assert modelled - asked == set()
