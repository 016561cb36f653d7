"""The Triager port on a chat model: chooses, remembers, opens cases side by side, and reports in the order of the findings."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from threading import Event, Lock
from typing import TYPE_CHECKING, Final

from scanner.core.errors import ScannerError
from scanner.core.problem import Problem, Stage
from scanner.core.threads import as_done
from scanner.core.usage import Usage
from scanner.core.verdict import Cause, Judgement, Undecided
from scanner.ports.chat import ChatRequest, Message, NoReply, Side, Text, Trouble
from scanner.ports.triager import Triage
from scanner.triage.audit import NoAudit, RecordingModel
from scanner.triage.budget import Budget
from scanner.triage.case import Case, Court
from scanner.triage.escalate import in_order, is_suspicious
from scanner.triage.loop import Means
from scanner.triage.memory import SHELF, Memory
from scanner.triage.neutral import NeutralLens
from scanner.triage.precedents import Precedents
from scanner.triage.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from scanner.core.finding import Finding
    from scanner.ports.chat import ChatModel, Reply
    from scanner.ports.observer import Observer
    from scanner.ports.redactor import Redactor
    from scanner.ports.source import Snapshot
    from scanner.ports.store import Store
    from scanner.triage.audit import Audit
    from scanner.triage.budget import Prices
    from scanner.triage.checklists import Checklists
    from scanner.triage.settings import TriageSettings
    from scanner.triage.tree import Structure

_STAGE: Final = "judging findings"
_PREFLIGHT_TOKENS: Final = 1_000
_CODES: Final = {
    Trouble.AUTHENTICATION: ("the model's endpoint refuses the key", "check the key, or scan with --triage off"),
    Trouble.UNKNOWN_MODEL: ("the endpoint does not know the model {model}", "name another with --model or --strong-model, or scan with --triage off"),
}

_INCOMPLETE: Final = {
    Cause.BUDGET: "the money ended before {count} finding{s} could be judged; --max-cost-usd sets how much there is",
    Cause.UNAVAILABLE: "the model could not be reached for {count} finding{s}",
    Cause.LIMIT: "{count} finding{s} reached the bound on turns, tokens or time without a verdict",
    Cause.CONTEXT: "{count} finding{s} did not fit the model's window",
}


class TriageUnavailableError(ScannerError):
    """No case can be opened: the key is refused, or a model is gone."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a triager works with. `structure` gives the code index of a snapshot; `seed` is a secret of the run that nobody else can guess.

    `precedents` are what people decided before. `halt` is called when a run is ended from outside, so that a model that takes its time keeps nobody
    waiting.
    """

    chat: ChatModel
    prices: Prices
    store: Store
    redactor: Redactor
    structure: Callable[[Snapshot], Structure]
    checklists: Checklists
    seed: str
    halt: Callable[[], None] = lambda: None
    precedents: Precedents = field(default_factory=Precedents)


@dataclass(frozen=True, slots=True)
class Docket:
    """The findings of one run: cases to open, most pressing first; what is known already; and what is not asked about, each with why."""

    tree: Tree
    cases: tuple[Case, ...]
    known: tuple[tuple[Case, Judgement, str], ...]
    skipped: tuple[tuple[Finding, str], ...]


class LoopTriager:
    """Judges findings by the reasoning loop."""

    def __init__(self, settings: TriageSettings, workshop: Workshop, audit: Audit | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds, for the bound on a case. The budget holds for all that one triager is ever asked."""
        self._settings = settings
        self._workshop = workshop
        self._audit: Audit = audit or NoAudit()
        self._clock = clock
        self._budget = Budget(settings.max_cost_usd, workshop.prices)
        self._chat = _Latch(workshop.chat)
        self._begun = self._spoken = False
        self._lock = Lock()

    def judge(self, snapshot: Snapshot, findings: Sequence[Finding], observer: Observer) -> Triage:
        """A judgement for each finding. Raises ScannerError only before the first case is opened (a key that is refused, a model that is gone)."""
        docket = self.docket(snapshot, findings)
        used = self._begin(docket, self._chat)
        judged = self._run(docket, self._chat, observer)
        judgements = {finding.fingerprint: Judgement(Undecided(Cause.SKIPPED, why)) for finding, why in docket.skipped}
        judgements |= {case.finding.fingerprint: judgement for case, judgement, _ in docket.known}
        judgements |= {case.finding.fingerprint: judgement for case, judgement in zip(docket.cases, judged, strict=True)}
        ordered = {finding.fingerprint: judgements[finding.fingerprint] for finding in findings}
        return Triage(ordered, _problems(ordered.values()), sum((judgement.usage for judgement in judged), used))

    def docket(self, snapshot: Snapshot, findings: Sequence[Finding]) -> Docket:
        """What would be asked, without asking. Raises ScannerError for a model without a price."""
        for model in self._settings.models.all:
            self._workshop.prices.worst_case(model, 0, 0)
        tree = Tree(snapshot, self._workshop.structure(snapshot), self._workshop.redactor)
        neutral = NeutralLens(tree)
        shop = self._workshop
        memory = Memory(shop.store, self._settings)
        chosen = [finding for finding in findings if is_suspicious(finding, self._settings.mode)]
        names = {finding.fingerprint for finding in chosen}
        skipped = [(finding, "not suspicious enough to ask about") for finding in findings if finding.fingerprint not in names]
        cases: list[Case] = []
        known: list[tuple[Case, Judgement, str]] = []
        for finding in in_order(chosen):
            case = Case(tree, finding, shop.checklists.of(finding.rule), neutral, shop.seed, precedents=shop.precedents.about(finding))
            recalled = memory.recall(case, tree)
            if recalled is not None:
                known.append((case, *recalled))
            elif self._settings.max_cases is not None and len(cases) >= self._settings.max_cases:
                skipped.append((finding, f"more than {self._settings.max_cases} cases; this one is less pressing"))
            else:
                cases.append(case)
        return Docket(tree, tuple(cases), tuple(known), tuple(skipped))

    def _begin(self, docket: Docket, chat: ChatModel) -> Usage:
        """What is done once, and what is known already, into the audit; the models are spoken to once, when there is something to ask."""
        models = self._settings.models
        used = Usage()
        with self._lock:
            if not self._begun:
                self._audit.begin({"seed": self._workshop.seed, "models": list(models.all), "max_cost_usd": str(self._settings.max_cost_usd)})
            if docket.cases and self._settings.preflight and not self._spoken:
                used = self._preflight(chat)
                self._spoken = True
            self._begun = True
        memory = Memory(self._workshop.store, self._settings)
        for case, _, record in docket.known:
            self._audit.case(case.finding.fingerprint).write("remembered", shelf=SHELF, key=memory.key(case), record=record)
        return used

    def _run(self, docket: Docket, chat: ChatModel, observer: Observer) -> list[Judgement]:
        """The judgements of the cases in their order, whatever the order in which they close."""
        stopped = Event()
        open_case = partial(self._open, docket.tree, chat, stopped)
        observer.begin(_STAGE, len(docket.cases))
        pool = ThreadPoolExecutor(self._settings.parallel, thread_name_prefix="triage")
        try:
            judgements: dict[int, Judgement] = {}
            with closing(as_done(pool, [partial(open_case, case) for case in docket.cases])) as futures:
                for number, future in futures:
                    judgements[number] = future.result()
                    observer.advance(_STAGE)
        except BaseException:
            stopped.set()  # so that cases under way end at their next turn
            self._workshop.halt()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        observer.end(_STAGE)
        return [judgements[number] for number in range(len(docket.cases))]

    def _open(self, tree: Tree, chat: ChatModel, stopped: Event, case: Case) -> Judgement:
        record = self._audit.case(case.finding.fingerprint)
        means = Means(RecordingModel(chat, record), self._budget, self._settings.limits, record, self._clock, stopped.is_set)
        closed = Court(case, self._settings, means).judge()
        Memory(self._workshop.store, self._settings).keep(case, tree, closed)
        return closed.judgement

    def _preflight(self, chat: ChatModel) -> Usage:
        """One word from each model, so that what every case would meet is told once and before any is opened."""
        used = Usage()
        recorded = RecordingModel(chat, self._audit.case("preflight"))
        for model in self._settings.models.all:
            request = ChatRequest(
                model=model,
                system=(Text("Answer with the one word OK."),),
                messages=(Message(Side.USER, (Text("Are you there?"),)),),
                max_tokens=16,
            )
            with self._budget.reserve(model, _PREFLIGHT_TOKENS, request.max_tokens) as money:
                if money is None:
                    return used
                answer = recorded.send(request)
                used += self._budget.settle(money, answer)
            if isinstance(answer, NoReply) and answer.trouble.fatal:
                message, hint = _CODES[answer.trouble]
                raise TriageUnavailableError(message.format(model=model) + (f": {answer.detail}" if answer.detail else ""), hint)
        return used


class _Latch:
    """Remembers that a model will refuse every call, and spares it the others."""

    def __init__(self, chat: ChatModel) -> None:
        self._chat = chat
        self._shut: dict[str, NoReply] = {}
        self._lock = Lock()

    def send(self, request: ChatRequest) -> Reply | NoReply:
        """The reply; for a model that failed for good, the same failure again without a call."""
        with self._lock:
            shut = self._shut.get(request.model)
        if shut is not None:
            return NoReply(shut.trouble, shut.detail)
        answer = self._chat.send(request)
        if isinstance(answer, NoReply) and answer.trouble.fatal:
            with self._lock:
                self._shut[request.model] = answer
        return answer


def _problems(judgements: Iterable[Judgement]) -> tuple[Problem, ...]:
    counts = Counter(judgement.verdict.cause for judgement in judgements if isinstance(judgement.verdict, Undecided))
    return tuple(
        Problem(Stage.TRIAGE, cause.value, words.format(count=counts[cause], s="" if counts[cause] == 1 else "s"))
        for cause, words in _INCOMPLETE.items()
        if counts[cause]
    )
