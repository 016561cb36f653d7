"""Reading JSON that somebody else wrote, of a shape that nobody promised."""

from __future__ import annotations

from typing import Any


def at(value: Any, *keys: str) -> Any:
    """What stands at a path of keys, None where one of them is missing."""
    for key in keys:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value
