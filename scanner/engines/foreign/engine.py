"""A SARIF file as an engine: what another tool found goes through merging, identity, suppression and triage like our own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from scanner.core.coverage import EngineRun
from scanner.core.problem import Problem, Stage
from scanner.engines.foreign.document import read_sarif
from scanner.ports.engine import Detection

if TYPE_CHECKING:
    from pathlib import Path

    from scanner.core.rule import Rule
    from scanner.ports.observer import Observer
    from scanner.ports.redactor import Redactor
    from scanner.ports.source import Snapshot

_STAGE: Final = "reading another tool's results"


class ForeignEngine:
    """Says what a SARIF file says. Raises UsageError at once when the file is none."""

    def __init__(self, path: Path, root: Path, redactor: Redactor) -> None:
        """`root` is the directory that the file's paths are relative to. The rules' texts are the file's own, so `redactor` goes over them too."""
        self._path = path
        self._results = read_sarif(path, root)
        self._rules = tuple(
            replace(rule, title=redactor.mask(rule.title), message=redactor.mask(rule.message), help=redactor.mask(rule.help))
            for rule in self._results.rules.values()
        )

    @property
    def name(self) -> str:
        """The tool's name; of a file with runs of several, the first's."""
        return self._results.tools[0][0] if self._results.tools else "unknown"

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that have results, sorted by id."""
        return self._rules

    def detect(self, snapshot: Snapshot, observer: Observer) -> Detection:
        """The results about lines of the snapshot's files; the others are counted."""
        observer.begin(_STAGE, len(self._results.candidates))
        lines = {file.path: file.lines for file in snapshot.files}
        known = [item for item in self._results.candidates if all(step.span.path in lines for step in item.trace.locations)]
        kept = [item for item in known if all(step.span.start_line <= max(lines[step.span.path], 1) for step in item.trace.locations)]
        left = (
            (len(self._results.candidates) - len(known), "about files that are not there or not looked at"),
            (len(known) - len(kept), "about lines beyond the end of their file: it is of other code"),
        )
        told = (Problem(Stage.DETECT, self._path.name, f"{_results(number)} left out: {why}") for number, why in left if number)
        problems = (*self._results.problems, *told)
        observer.end(_STAGE)
        run = EngineRun(
            engine=self.name,
            version=", ".join(f"{tool} {version}".strip() for tool, version in self._results.tools),
            files=len(snapshot.files),
            rules=len(self._results.rules),
            complete=not problems,
            note=f"read from {self._path.name}",
        )
        return Detection(tuple(sorted(kept, key=lambda item: (item.trace.place, item.rule_id))), run, problems)


def _results(number: int) -> str:
    return f"{number} result{'s' if number > 1 else ''}"
