"""Run a triager over a labelled corpus, case by case, each in a tree of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from scanner.core.threads import all_done
from scanner.ports.observer import SilentObserver
from scanner.triage.evaluation.metrics import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from scanner.ports.observer import Observer
    from scanner.ports.source import Snapshot
    from scanner.ports.triager import Triager
    from scanner.triage.evaluation.corpus import LabelledCase

_STAGE = "judging labelled cases"


def evaluate(
    cases: Sequence[LabelledCase],
    triager: Triager,
    source: Callable[[Path], AbstractContextManager[Snapshot]],
    observer: Observer,
    parallel: int = 1,
) -> tuple[Outcome, ...]:
    """What the triager says of each case, in their order; `parallel` of them are open at once. Raises what the triager raises.

    `source` opens the directory of a case.
    """

    def judge(case: LabelledCase) -> Outcome:
        with source(case.root) as snapshot:
            triage = triager.judge(snapshot, (case.finding,), SilentObserver())
        observer.advance(_STAGE)
        return Outcome(case, triage.judgements[case.finding.fingerprint])

    observer.begin(_STAGE, len(cases))
    with ThreadPoolExecutor(parallel, thread_name_prefix="eval") as pool:
        outcomes = tuple(all_done(pool, [partial(judge, case) for case in cases]))
    observer.end(_STAGE)
    return outcomes
