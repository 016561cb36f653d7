"""The models that can be asked: what they cost and what they can do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scanner.core.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from scanner.llm.pricing import Pricing
    from scanner.ports.chat import Effort


class Thinking(StrEnum):
    """Whether a model is asked to think."""

    NONE = "none"
    ADAPTIVE = "adaptive"


@dataclass(frozen=True, slots=True)
class Model:
    """One model. `context` counts the tokens of prompt and reply together, `max_output` those of a reply, thoughts included.

    `efforts` are the levels it takes, `strict_tools` whether it enforces schemas, `forced_tools` whether a request may name the one tool to
    use, `caching` whether it takes cache marks.
    """

    id: str
    pricing: Pricing
    context: int
    max_output: int
    thinking: Thinking
    efforts: tuple[Effort, ...]
    strict_tools: bool
    forced_tools: bool
    caching: bool


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The models by id. `fast` opens cases, `strong` takes the hard ones, `fallback` what another refused; `as_of` dates the listed prices."""

    models: Mapping[str, Model]
    fast: str
    strong: str
    fallback: str
    as_of: date

    def model(self, name: str) -> Model:
        """The model of that id. Raises ConfigError for one whose prices nobody gave: nothing is ever assumed to be free."""
        try:
            return self.models[name]
        except KeyError:
            message = f"there is no price for the model {name!r}"
            hint = (
                f'give one in a file for --models FILE, in US dollars per million tokens: [models."{name}"] with '
                f'prices = {{ input = "...", output = "..." }}, or like = "ID" for those of another; known models: {", ".join(sorted(self.models))}'
            )
            raise ConfigError(message, hint) from None

    def pricing(self, name: str) -> Pricing:
        """What the model of that id costs. Raises ConfigError as `model` does."""
        return self.model(name).pricing
