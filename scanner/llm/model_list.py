"""The catalogue of models: the list in this package, and the user's own entries on top of it."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Final

import yaml

from scanner.core.errors import ConfigError
from scanner.llm.model_entry import read_entry
from scanner.llm.models import Catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.llm.models import Model

_LIST: Final = "models.yaml"


def load_catalogue(overrides: Mapping[str, object] | None = None, where: str = "models") -> Catalogue:
    """The listed models with the user's entries on top; `overrides` has an entry for each model id, of the shape that `read_entry` takes.

    Raises ConfigError with every mistake in the user's entries, a line each, beginning with `where`.
    """
    listed = yaml.safe_load(resources.files("scanner.llm").joinpath(_LIST).read_text("utf-8"))
    models: dict[str, Model] = {}
    mistakes = _read(listed["models"], models)
    if mistakes:
        msg = f"{_LIST} of this package is wrong: {mistakes[0]}"
        raise AssertionError(msg)
    mistakes = _read(overrides or {}, models)
    if mistakes:
        raise ConfigError("\n".join(f"{where}.{mistake}" for mistake in mistakes))
    defaults = listed["defaults"]
    return Catalogue(models, defaults["fast"], defaults["strong"], defaults["fallback"], listed["as_of"])


def _read(entries: Mapping[str, object], models: dict[str, Model]) -> list[str]:
    mistakes: list[str] = []
    for name, entry in entries.items():
        model, found = read_entry(name, entry, models)
        mistakes += found
        if model is not None:
            models[name] = model
    return mistakes
