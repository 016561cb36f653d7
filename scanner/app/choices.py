"""What the user chose about triage, and how a model can be reached."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from scanner.core.errors import UsageError
from scanner.llm.endpoints import API_URL, Bedrock, Direct, Vertex

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from scanner.llm.endpoints import Endpoint

DEFAULT_MAX_COST: Final = Decimal(5)
DEFAULT_SECONDS: Final = 600.0
_NAMES: Final = (
    "ANTHROPIC_API_KEY",
    "ANTHROPIC_BASE_URL",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_PROFILE",
    "AWS_BEARER_TOKEN_BEDROCK",
    "CLOUD_ML_REGION",
    "ANTHROPIC_VERTEX_PROJECT_ID",
)


class Asking(StrEnum):
    """Whether findings are asked about: the suspicious ones when there is a key, all of them, or none."""

    AUTO = "auto"
    ALL = "all"
    OFF = "off"


class Provider(StrEnum):
    """Whose service answers."""

    ANTHROPIC = "anthropic"
    BEDROCK = "bedrock"
    VERTEX = "vertex"


@dataclass(frozen=True, slots=True)
class TriageChoice:
    """The user's choices. None of them is ever taken from the scanned repository: it could spend money, or send code elsewhere.

    `models_file` holds prices of models that are not listed; `audit` is the directory of the record, `replay` one to
    answer from instead of a model; `cache` is the one of remembered verdicts; `seconds` bounds one investigation,
    and so the wait for one answer. `batch` asks the opening model in batches, at their discount, looking for answers every `batch_poll` seconds.
    """

    mode: Asking = Asking.AUTO
    provider: Provider = Provider.ANTHROPIC
    model: str = ""
    strong_model: str = ""
    max_cost_usd: Decimal = DEFAULT_MAX_COST
    max_cases: int | None = None
    challenge_all: bool = False
    plan: bool = False
    models_file: Path | None = None
    audit: Path | None = None
    cache: Path | None = None
    replay: Path | None = None
    seconds: float = DEFAULT_SECONDS
    batch: bool = False
    batch_poll: float = 30.0


@dataclass(frozen=True, slots=True)
class Access:
    """What the process's surroundings say about how to reach a model, a secret among it: never shown, never logged, never passed to a child."""

    provider: Provider
    variables: Mapping[str, str] = field(repr=False)

    @classmethod
    def read(cls, provider: Provider, variables: Mapping[str, str]) -> Access | None:
        """How the provider is reached; None where it cannot be: no key, no region, no project."""
        access = cls(provider, {name: variables[name] for name in _NAMES if variables.get(name)})
        needed = {
            Provider.ANTHROPIC: "ANTHROPIC_API_KEY" in access.variables,
            Provider.BEDROCK: bool(access._region),
            Provider.VERTEX: {"CLOUD_ML_REGION", "ANTHROPIC_VERTEX_PROJECT_ID"} <= access.variables.keys(),
        }
        return access if needed[provider] else None

    def endpoint(self) -> Endpoint:
        """Where the requests go. Raises ConfigError for an address that a key must not be sent to."""
        given = self.variables
        match self.provider:
            case Provider.ANTHROPIC:
                return Direct(given["ANTHROPIC_API_KEY"], given.get("ANTHROPIC_BASE_URL", API_URL))
            case Provider.BEDROCK:
                return Bedrock(self._region, profile=given.get("AWS_PROFILE", ""), api_key=given.get("AWS_BEARER_TOKEN_BEDROCK", ""))
            case Provider.VERTEX:
                return Vertex(given["CLOUD_ML_REGION"], given["ANTHROPIC_VERTEX_PROJECT_ID"])

    @property
    def _region(self) -> str:
        return self.variables.get("AWS_REGION") or self.variables.get("AWS_DEFAULT_REGION", "")


def must_ask(choice: TriageChoice, command: str) -> None:
    """Refuse to ask nobody with a command that is there to ask. Raises UsageError."""
    if choice.mode is Asking.OFF and not choice.plan:
        msg = f"--triage off leaves `{command}` nothing to do: asking a model is what it is for"
        raise UsageError(msg, "leave the flag out")


def missing(provider: Provider, otherwise: str = "`casemate scan --triage off` and --plan need none") -> UsageError:
    """What to say where triage was asked for and no model can be reached; `otherwise` is the way without one."""
    names = {
        Provider.ANTHROPIC: "ANTHROPIC_API_KEY is not set",
        Provider.BEDROCK: "AWS_REGION is not set",
        Provider.VERTEX: "CLOUD_ML_REGION and ANTHROPIC_VERTEX_PROJECT_ID are not both set",
    }
    return UsageError(f"triage cannot reach a model: {names[provider]}", f"set it; {otherwise}")
