"""From the objects of sarif-om to JSON.

jschema-to-python, which sarif-om comes with, drops every value that equals the schema's default: an explicit `level: warning` vanishes, and the
result takes the level of its rule. It turns what it does not know into strings, and takes seconds for thousands of results. This serializer reads
the same attrs metadata and leaves out what is absent only: None, and the schema's -1 for "no index".
"""

from __future__ import annotations

from typing import Any

import attr
import sarif_om

_ABSENT = -1
_NUMBERS = frozenset({int, float})
# sarif-om follows a draft in which a suppression's status was called its state; SARIF 2.1.0 (3.35.3) knows `status` only.
_RENAMED = {("Suppression", "state"): "status"}
_NAMES: dict[object, dict[str, str]] = {
    kind: {field.name: _RENAMED.get((kind.__name__, field.name), field.metadata["schema_property_name"]) for field in attr.fields(kind)}
    for kind in vars(sarif_om).values()
    if attr.has(kind)
}


def members(value: Any) -> dict[str, Any]:
    """One sarif-om object as a JSON object whose values may be further sarif-om objects: what a JSON encoder wants as its `default`.

    The encoder asks for one object at a time, so that a log of any size needs no second tree. Raises TypeError for what is no sarif-om object.
    """
    names = _NAMES.get(type(value))
    if names is None:
        msg = f"SARIF holds no values of type {type(value).__qualname__}"
        raise TypeError(msg)
    return {names[name]: item for name, item in vars(value).items() if item is not None and (type(item) not in _NUMBERS or item != _ABSENT)}
