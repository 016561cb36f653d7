"""Whatever a rule file holds, it is read or refused; it never breaks the loader."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.core.errors import RuleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.unit.taint.compile.conftest import Rules

SOUND: list[tuple[str, dict[str, object]]] = [
    (
        "models/python/shop.yaml",
        {
            "language": "python",
            "library": "shop",
            "imports": ["shop"],
            "rows": [
                {"type": {"shop.a": "shop.A"}},
                {"source": ["shop.x"], "trust": "remote"},
                {"sink": ["shop.y"], "args": ["0"], "kind": "sql", "hints": ["db"], "when": [{"arg": ["0"], "is": [1]}]},
                {"propagator": ["shop.z"], "from": ["0:.a"], "to": "self"},
                {"guard": ["shop.g"], "on": "0", "kinds": ["sql"]},
                {"entry": {"how": "method", "name": "shop.V", "methods": ["get"], "typed": {"1": "shop.R"}, "params": ["*"], "trust": "remote"}},
            ],
        },
    ),
    (
        "python/thing.yaml",
        {
            "rules": [
                {
                    "id": f"python-{kind}",
                    "kind": kind,
                    "language": "python",
                    "title": "A thing",
                    "cwe": ["CWE-89"],
                    "severity": "high",
                    "precision": "high",
                    "message": "Bad.",
                    "help": "Why.",
                    "remediation": "How.",
                    "cases": {"vulnerable": ["a", {"files": {"a.py": "b"}}], "safe": [{"file": "c.py", "code": "c"}]},
                    **own,
                }
                for kind, own in (
                    ("flow", {"sinks": ["sql"], "trust": ["remote"], "confidence": {"remote": "low"}}),
                    ("misuse", {"any": [{"calls": ["shop.run"], "when": [{"arg": "x", "matches": "a"}]}], "requires-import": "shop"}),
                )
            ]
        },
    ),
]

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "*", "all", "true", "shop.a", "()", "a b", "[", "sql", "remote", "flow"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["arg", "is", "sink", "source", "kind", "trust"]), inner, max_size=2),
    max_leaves=4,
)


@pytest.mark.parametrize(("path", "whole"), SOUND)
def test_the_documents_that_are_changed_below_are_sound(rules: Rules, path: str, whole: dict[str, object]) -> None:
    rules.file(path, json.dumps(whole))
    assert not _said(rules)


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_file_it_is_read_or_refused(rules: Rules, data: st.DataObject) -> None:
    path, whole = data.draw(st.sampled_from(SOUND))
    changed = copy.deepcopy(whole)
    holder, key = data.draw(st.sampled_from(list(_places(changed))))
    holder[key] = data.draw(ANYTHING)
    rules.file(path, json.dumps(changed))
    assert all(line.startswith(str(rules.root / path)) for line in _said(rules))
    (rules.root / path).unlink()


def _said(rules: Rules) -> list[str]:
    try:
        rules.load()
    except RuleError as error:
        return str(error).splitlines()
    return []


def _places(value: object) -> Iterator[tuple[Any, Any]]:
    """Every place below a value: what holds it, and the key or number it has there."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield value, key
        yield from _places(item)
