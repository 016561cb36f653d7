"""`casemate eval`: triage measured on labelled cases, with a model or from a recording; and `casemate replay`: a run rebuilt from its audit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from scanner.app.choices import missing
from scanner.app.rules import load_all_rules
from scanner.app.triage import make_bench, model_chat
from scanner.core.errors import ConfigError
from scanner.core.rule import Severity
from scanner.engines.secrets.kind import SECRETS
from scanner.engines.secrets.redact import SecretRedactor
from scanner.llm.replay import RecordingChat, ReplayChat
from scanner.sources.directory import DirectorySource
from scanner.sources.options import WalkOptions
from scanner.stores.memory import MemoryStore
from scanner.syntax.languages import detect_language
from scanner.triage.audit import answers, read_run, remembered
from scanner.triage.evaluation.corpus import read_corpus
from scanner.triage.evaluation.run import evaluate
from scanner.triage.triager import LoopTriager

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from scanner.app.choices import Access, TriageChoice
    from scanner.app.triage import Bench
    from scanner.ports.chat import ChatModel
    from scanner.ports.observer import Observer
    from scanner.ports.source import Snapshot
    from scanner.triage.evaluation.metrics import Outcome

SEED = "casemate eval"  # fixed: a recording answers the same questions, which hold marks made of the seed


@dataclass(frozen=True, slots=True)
class Trial:
    """How a corpus is run: which cases (none: all), how many at once, and where answers are recorded to or replayed from."""

    cases: tuple[str, ...] = ()
    parallel: int = 1
    record: Path | None = None
    recording: Path | None = None


def run_eval(corpus: Path, choice: TriageChoice, access: Access | None, trial: Trial, observer: Observer) -> tuple[Outcome, ...]:
    """What triage says of each labelled case. One budget holds for all of them. Raises UsageError, ConfigError, and ReplayError."""
    rules = load_all_rules(()).rules
    cases = read_corpus(corpus, {rule.id: rule for rule in rules.rules}, trial.cases)
    redactor = SecretRedactor([entry.payload for entry in rules.of(SECRETS)])
    bench = replace(make_bench(choice, rules, redactor, Severity.HIGH), store=MemoryStore(), seed=SEED)
    if trial.recording is not None:
        chat: ChatModel = ReplayChat.read(trial.recording)
        bench = replace(bench, settings=replace(bench.settings, preflight=False))
    elif access is None:
        raise missing(choice.provider, "--recording FILE answers from a recording instead")
    else:
        chat = model_chat(access.endpoint(), bench.prices.catalogue, choice.seconds)
        bench = replace(bench, settings=replace(bench.settings, preflight=False))
        chat = chat if trial.record is None else RecordingChat(chat, trial.record)
    triager = LoopTriager(bench.settings, bench.workshop(chat))
    return evaluate(cases, triager, _open, observer, trial.parallel)


def _open(root: Path) -> AbstractContextManager[Snapshot]:
    """A case's tree, all of it: what a scan leaves out is part of a case."""
    options = WalkOptions(use_ignore_files=False, include_vendored=True, include_generated=True)
    return DirectorySource(root, (), detect_language, options).open()


def replay_triager(directory: Path, choice: TriageChoice, bench_of: Callable[[TriageChoice], Bench]) -> LoopTriager:
    """A triager that answers from an audit, as the run did that wrote it. Raises ConfigError where the directory holds none."""
    try:
        run = read_run(directory)
        replies = list(answers(directory))
        known = remembered(directory)
        models = [str(name) for name in run["models"]]
        choice = replace(choice, model=models[0], strong_model=models[1], max_cost_usd=Decimal(str(run["max_cost_usd"])))
        seed = str(run["seed"])
    except (OSError, ValueError, KeyError, IndexError, TypeError, ArithmeticError) as error:
        msg = f"{directory} holds no audit that can be replayed: {getattr(error, 'strerror', None) or error}"
        raise ConfigError(msg, "name the directory that --audit wrote") from error
    store = MemoryStore()
    for (shelf, key), value in known.items():
        store.put(shelf, key, value)
    bench = replace(bench_of(choice), store=store, seed=seed)
    return LoopTriager(bench.settings, bench.workshop(ReplayChat(replies, str(directory))))
