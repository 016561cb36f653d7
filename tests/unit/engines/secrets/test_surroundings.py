from __future__ import annotations

import pytest

from scanner.core.rule import Precision
from scanner.engines.secrets.surroundings import confidence_at, steps_down


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("shop/settings.py", 0),
        (".env", 0),
        ("credentials.txt", 0),
        ("contest/views.py", 0),
        ("src/latest/app.js", 0),
        ("tests/test_views.py", 2),
        ("shop/test_views.py", 2),
        ("src/app.spec.ts", 2),
        ("src/test/java/ShopTest.java", 2),
        ("test_shop/data/export.json", 2),
        ("integration-tests/keys.json", 2),
        ("latest_shop/export.json", 0),
        ("shop/tested/export.json", 0),
        ("config/.env.example", 2),
        ("certs/example.key", 2),
        ("certs/server.key", 0),
        ("tools/login-test-env/config.yml", 2),
        ("tools/latest-env/config.yml", 0),
        ("src/attestation/config.yml", 0),
        ("examples/demo.py", 1),
        ("README.md", 1),
        ("docs/settings.py", 1),
        ("locale/de/LC_MESSAGES/django.po", 1),
    ],
)
def test_tests_and_prose_cost_confidence(path: str, steps: int) -> None:
    assert steps_down(path) == steps


def test_confidence_falls_to_the_lowest_and_then_to_nothing() -> None:
    assert confidence_at(Precision.VERY_HIGH, 0) is Precision.VERY_HIGH
    assert confidence_at(Precision.VERY_HIGH, 2) is Precision.MEDIUM
    assert confidence_at(Precision.MEDIUM, 2) is Precision.LOW
    assert confidence_at(Precision.LOW, 0) is Precision.LOW
    assert confidence_at(Precision.LOW, 1) is None
