"""Every model and every flow or misuse rule that comes with Casemate is read without a mistake."""

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
