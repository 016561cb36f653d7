"""How much a file's place says about what stands in it."""

from __future__ import annotations

import re
from typing import Final

from scanner.core.rule import Precision

_TEST_PLACE: Final = re.compile(
    r"(?i)(?:^|/)(?:tests?|testing|unittests?|testdata|tests?[-_][^/]+|[^/]*[-_.]tests?(?:[-_.][^/]*)?|__tests__|__mocks__|mocks?|specs?|fixtures?"
    r"|e2e|cypress|benchmarks?)/"
    r"|(?:^|/)(?:test_[^/]*|conftest)\.py$|[-_.](?:test|tests|spec)\.[a-z]+$|(?:Test|Tests|Spec|TestCase|IT)\.(?:java|kt|cs|scala|php|swift)$"
    r"|[-_.](?:examples?|samples?|template|dist|tpl)(?:\.[a-z]+)?$|(?:^|/)(?:examples?|samples?)\.[a-z]+$"
)
_PROSE: Final = re.compile(
    r"(?i)\.(?:md|mdx|markdown|rst|adoc|asciidoc|html?|po|pot|svg)$"
    r"|(?:^|/)(?:docs?|examples?|samples?|demos?)/|(?:^|/)(?:changelog|changes|readme|history|news)[^/]*$"
)
TEST_STEPS: Final = 2
_PROSE_STEPS: Final = 1


def steps_down(path: str) -> int:
    """How many steps of precision a match loses where it stands: two in tests and fixtures, one in prose and examples, none elsewhere."""
    if _TEST_PLACE.search(path):
        return TEST_STEPS
    return _PROSE_STEPS if _PROSE.search(path) else 0


def confidence_at(precision: Precision, steps: int) -> Precision | None:
    """The confidence that is left; None when the lowest has nothing left to lose, so that the match is not worth anybody's time."""
    if steps and precision is Precision.LOW:
        return None
    return Precision(max(Precision.LOW, precision - steps))
