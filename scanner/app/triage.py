"""Wiring of triage: from the user's choices to a triager, and the forecast of what it would cost."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from scanner.app.choices import Asking, missing
from scanner.core.errors import ConfigError, OutputError
from scanner.llm.model_list import load_catalogue
from scanner.ports.triager import Triage
from scanner.stores.memory import MemoryStore
from scanner.stores.sqlite import SqliteStore
from scanner.syntax.index import TreeCodeIndex
from scanner.triage.audit import FileAudit
from scanner.triage.batching import GatheringChat, Pace
from scanner.triage.checklists import CHECKLISTS, Checklists
from scanner.triage.plan import Plan, forecast
from scanner.triage.precedents import Precedents
from scanner.triage.settings import Limits, Mode, Models, TriageSettings
from scanner.triage.triager import LoopTriager, Workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal
    from pathlib import Path

    from scanner.app.choices import Access, TriageChoice
    from scanner.core.finding import Finding
    from scanner.core.rule import Severity
    from scanner.core.usage import Usage
    from scanner.llm.endpoints import Endpoint
    from scanner.llm.models import Catalogue
    from scanner.ports.chat import ChatModel, ChatRequest, NoReply, Reply
    from scanner.ports.observer import Observer
    from scanner.ports.redactor import Redactor
    from scanner.ports.source import Snapshot
    from scanner.ports.store import Store
    from scanner.rulepack.ruleset import RuleSet

STORE: Final = "triage.db"
_SILENCE: Final = 120.0
_DESCRIBED: Final = 20.0  # seconds for the description of a model
_A_DAY: Final = 90_000.0  # seconds, and an hour more: what a batch may take
_MOST_IN_A_BATCH: Final = 256  # cases that are open at once; each waits in a thread of its own
_SEED_SHELF: Final = "seed"


@dataclass(frozen=True, slots=True)
class Prices:
    """What tokens cost, by model; `batched` names the one that is asked in batches. Raises ConfigError for a model without a price."""

    catalogue: Catalogue
    batched: str = ""

    def cost(self, model: str, usage: Usage) -> Decimal:
        """What a call cost."""
        return self.catalogue.pricing(model).cost(usage, batch=model == self.batched)

    def worst_case(self, model: str, prompt_tokens_bound: int, max_tokens: int) -> Decimal:
        """The most that a call can cost."""
        return self.catalogue.pricing(model).worst_case(prompt_tokens_bound, max_tokens, batch=model == self.batched)


@dataclass(frozen=True, slots=True)
class Bench:
    """What every triager of a run shares: the settings, the prices, the texts and the store. `chat` is made by whoever calls a model."""

    settings: TriageSettings
    prices: Prices
    checklists: Checklists
    redactor: Redactor
    store: Store
    seed: str
    precedents: Precedents = field(default_factory=Precedents)

    def workshop(self, chat: ChatModel, halt: Callable[[], None] = lambda: None) -> Workshop:
        """Everything a triager works with."""
        return Workshop(chat, self.prices, self.store, self.redactor, structure, self.checklists, self.seed, halt, self.precedents)


def make_bench(choice: TriageChoice, rules: RuleSet, redactor: Redactor, fail_on: Severity | None) -> Bench:
    """What the choices come to. Raises ConfigError for a models file with mistakes and for a model without a price."""
    catalogue = read_catalogue(choice.models_file)
    settings = TriageSettings(
        models=Models(
            opener=choice.model or catalogue.fast,
            strong=choice.strong_model or catalogue.strong,
            fallback=catalogue.fallback,
        ),
        max_cost_usd=choice.max_cost_usd,
        max_cases=choice.max_cases,
        mode=Mode.ALL if choice.mode is Asking.ALL else Mode.AUTO,
        fail_on=fail_on,
        challenge_all=choice.challenge_all,
        limits=Limits(seconds=choice.seconds),
    )
    for name in settings.models.all:
        catalogue.model(name)  # before any work is done: a name that is mistyped costs no scan
    store = open_store(choice.cache)
    if not choice.batch:
        return Bench(settings, Prices(catalogue), checklists_of(rules), redactor, store, secrets.token_hex(16))
    settings = replace(settings, parallel=_MOST_IN_A_BATCH, limits=replace(settings.limits, seconds=_A_DAY))
    return Bench(settings, Prices(catalogue, settings.models.opener), checklists_of(rules), redactor, store, _kept_seed(store))


def _kept_seed(store: Store) -> str:
    """A secret of this user's that stays: the questions of a run that is taken up again are the same ones."""
    kept = store.get(_SEED_SHELF, "1")
    if kept is None:
        kept = secrets.token_hex(16).encode("ascii")
        store.put(_SEED_SHELF, "1", kept)
    return kept.decode("ascii")


def make_triager(bench: Bench, choice: TriageChoice, access: Access | None) -> LoopTriager:
    """A triager that calls a model. Raises UsageError without a key."""
    if access is None:
        raise missing(choice.provider)
    audit = _audit(choice.audit) if choice.audit else None
    chat = model_chat(access.endpoint(), bench.prices.catalogue, choice.seconds)
    if not choice.batch:
        return LoopTriager(bench.settings, bench.workshop(chat), audit)
    from scanner.llm.anthropic_batch import AnthropicBatches  # noqa: PLC0415 -- see model_chat

    batches = AnthropicBatches(access.endpoint(), bench.prices.catalogue)
    gathering = GatheringChat(chat, batches, bench.settings.models.opener, bench.store, pace=Pace(poll=choice.batch_poll))
    return LoopTriager(bench.settings, bench.workshop(gathering, gathering.halt), audit)


def _audit(directory: Path) -> FileAudit:
    """The record of a run. Raises OutputError, before any work is done, where it cannot be kept."""
    try:
        return FileAudit(directory)
    except OSError as error:
        msg = f"cannot keep the audit in {directory}: {error.strerror or error}"
        raise OutputError(msg, "name a directory that can be written to") from error


def model_chat(endpoint: Endpoint, catalogue: Catalogue, seconds: float) -> ChatModel:
    """The model behind an endpoint, which may take `seconds` for an answer. Raises ConfigError for an extra that is not installed."""
    # The SDK takes over a second to import: only who calls a model pays for it.
    from scanner.llm.anthropic_chat import AnthropicChat, ChatSettings  # noqa: PLC0415
    from scanner.llm.transport import Network  # noqa: PLC0415

    return AnthropicChat(endpoint, catalogue, ChatSettings(network=Network(silence=max(seconds / 4, _SILENCE), deadline=max(seconds, _SILENCE))))


def model_names(choice: TriageChoice) -> tuple[str, ...]:
    """The models that the choices come to, each once. Raises ConfigError for one without a price."""
    catalogue = read_catalogue(choice.models_file)
    names = tuple(dict.fromkeys((choice.model or catalogue.fast, choice.strong_model or catalogue.strong, catalogue.fallback)))
    for name in names:
        catalogue.model(name)
    return names


def model_check(endpoint: Endpoint, choice: TriageChoice, names: Sequence[str]) -> tuple[NoReply | None, ...]:
    """Why each model could not be asked, None where it could. Costs nothing."""
    from scanner.llm.anthropic_chat import AnthropicChat, ChatSettings  # noqa: PLC0415 -- see model_chat
    from scanner.llm.transport import Network  # noqa: PLC0415

    with AnthropicChat(endpoint, read_catalogue(choice.models_file), ChatSettings(network=Network(silence=_DESCRIBED))) as chat:
        return tuple(chat.check(name) for name in names)


@dataclass(slots=True)
class Planner:
    """Stands where a triager would, and asks nobody: it keeps the forecast."""

    bench: Bench
    plan: Plan | None = field(default=None, init=False)

    def judge(self, snapshot: Snapshot, findings: Sequence[Finding], observer: Observer) -> Triage:  # noqa: ARG002 -- the port's signature
        """No judgements; what they would take is in `plan`."""
        bench = self.bench
        docket = LoopTriager(bench.settings, bench.workshop(_Nobody())).docket(snapshot, findings)
        self.plan = forecast(docket, bench.settings, bench.prices)
        return Triage({})


class _Nobody:
    """No model at all."""

    def send(self, request: ChatRequest) -> Reply | NoReply:
        """Never asked: a forecast calls nothing."""
        raise AssertionError(request)


def checklists_of(rules: RuleSet) -> Checklists:
    """The triage checklists among all rule files. Raises ConfigError when they contradict each other."""
    try:
        return Checklists(document.payload for document in rules.documents_of(CHECKLISTS))
    except ValueError as error:
        raise ConfigError(str(error)) from error


def structure(snapshot: Snapshot) -> TreeCodeIndex:
    """The code index of a snapshot, for triage's tools."""
    return TreeCodeIndex(snapshot.root, {file.path: file.language for file in snapshot.files})


def open_store(directory: Path | None) -> Store:
    """Where verdicts are remembered: below the user's cache directory, or in memory when there is none."""
    return MemoryStore() if directory is None else SqliteStore(directory / STORE)


def read_catalogue(path: Path | None) -> Catalogue:
    """The known models with the user's prices over them, from a TOML file of their own. Raises ConfigError with every mistake."""
    if path is None:
        return load_catalogue()
    import tomllib  # noqa: PLC0415 -- rarely needed

    try:
        return load_catalogue(tomllib.loads(path.read_text("utf-8")).get("models", {}), where=str(path))
    except (OSError, ValueError, RecursionError) as error:
        msg = f"{path}: cannot be read as TOML: {getattr(error, 'strerror', None) or error}"
        raise ConfigError(msg) from error
