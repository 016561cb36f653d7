from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.unit.engines.secrets.conftest import RuleMaker

GOOD: Mapping[str, object] = {"pattern": r"tok_(?P<secret>[a-z0-9]{8})", "keywords": ["tok_"]}


def test_a_rule_needs_a_pattern_and_keywords_only(make_rule: RuleMaker) -> None:
    compiled = make_rule(GOOD)
    assert compiled.keywords == ("tok_",)
    assert compiled.offsets == (0,)
    assert compiled.entropy == 0
    assert compiled.files is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pattern": None}, "pattern: a regular expression is needed"),
        ({"pattern": "(?P<secret>"}, "pattern: missing )"),
        ({"pattern": "tok_[a-z]+"}, "pattern: it has no group named secret"),
        ({"pattern": "(?P<secret>[a-z]*)"}, "pattern: it matches the empty text"),
        ({"keywords": []}, "keywords: at least one is needed"),
        ({"keywords": "tok_"}, "keywords: a list of non-empty texts is needed"),
        ({"keywords": ["Tok_"]}, "keywords: 'Tok_' is not lower-case ASCII"),
        ({"keywords": ["t"]}, "keywords: 't' is too short to be a filter"),
        ({"entropy": 9}, "entropy: a number from 0 to 8 is needed"),
        ({"entropy": True}, "entropy: a number from 0 to 8 is needed"),
        ({"checks": ["luhn"]}, "checks: there is no check 'luhn'; there are any-value, "),
        ({"offsets": [-1]}, "offsets: a list of whole numbers from 0 to 256 is needed"),
        ({"offsets": []}, "offsets: a list of whole numbers from 0 to 256 is needed"),
        ({"context": ["AWS"]}, "context: 'AWS' is not lower-case ASCII"),
        ({"files": [1]}, "files: a list of non-empty texts is needed"),
        ({"made-for-tests": "yes"}, "made-for-tests: true or false is needed"),
        ({"regex": "x"}, "unknown key 'regex'; known are checks, context, "),
    ],
)
def test_a_wrong_rule_says_which_key_is_wrong_and_why(make_rule: RuleMaker, change: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=r".+") as caught:
        make_rule({**GOOD, **change})
    assert str(caught.value).startswith(words)
