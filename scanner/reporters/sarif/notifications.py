"""What went wrong and what was not looked at, as notifications of the run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sarif_om as om

from scanner.core.problem import Stage
from scanner.reporters.sarif.text import prose, sentence
from scanner.reporters.words import NOT_LOOKED_AT, ground, outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.core.coverage import Coverage, SkippedPath
    from scanner.core.problem import Problem
    from scanner.core.report import ScanReport
    from scanner.reporters.sarif.places import Places

AT_MOST = 1_000  # notifications of one kind; the rest are counted in one more

_SKIPPED = "path-not-analysed"
_PARTIAL = "file-analysed-in-part"
_ENGINE = "engine-not-finished"
_LEFT_OUT = "paths-left-out"
_UNTRIAGED = "findings-not-triaged"
_OMITTED = "report-shortened"
_MEANINGS = {
    **{f"{stage.value}-problem": ("error", f"Something went wrong at the stage '{stage.value}'.") for stage in Stage},
    _SKIPPED: ("error", "A file or directory could not be analysed."),
    _PARTIAL: ("warning", "A file has syntax errors, and parts of it may not have been understood."),
    _ENGINE: ("error", "A detection engine did not get to its end."),
    _LEFT_OUT: ("note", "Files and directories were left out as the settings say."),
    _UNTRIAGED: ("note", "No model looked at some of the findings."),
    _OMITTED: ("note", "The report says less than the scan found."),
}
_HELP = "The notification's message says what happened and to what. Results that it concerns may be missing from the run."
_INDEX = {key: index for index, key in enumerate(_MEANINGS)}


@dataclass(frozen=True, slots=True)
class Notices:
    """The run's notifications: about its execution, and about its rules and settings."""

    execution: list[om.Notification]
    configuration: list[om.Notification]


def descriptors() -> list[om.ReportingDescriptor]:
    """Every kind of notification, the same in every run."""
    return [
        om.ReportingDescriptor(
            id=key,
            name="".join(part.capitalize() for part in key.split("-")),
            short_description=om.MultiformatMessageString(text=meaning),
            full_description=om.MultiformatMessageString(text=meaning),
            help=om.MultiformatMessageString(text=_HELP, markdown=_HELP),
            default_configuration=om.ReportingConfiguration(level=level),
        )
        for key, (level, meaning) in _MEANINGS.items()
    ]


def notices(report: ScanReport, omitted: Iterable[str], places: Places) -> Notices:
    """Every problem and every gap of the coverage, then what the report leaves out."""
    known = {item.path for item in report.coverage.skipped} | set(report.coverage.partial)
    problems = [item for item in report.problems if item.stage is not Stage.RULES]
    settings = [item for item in report.problems if item.stage is Stage.RULES]
    return Notices(
        execution=[
            *_capped([_problem(item, places, known) for item in problems]),
            *_gaps(report.coverage, places),
            *_untriaged(report),
            *(_notice(_OMITTED, text) for text in omitted),
        ],
        configuration=_capped([_problem(item, places, known) for item in settings]),
    )


def _problem(problem: Problem, places: Places, known: set[str]) -> om.Notification:
    return _notice(
        f"{problem.stage.value}-problem",
        f"{problem.subject}: {problem.message}" if problem.subject else problem.message,
        level="error" if problem.incomplete else "warning",
        location=places.whole_file(problem.subject) if problem.subject in known else None,
        properties={"stage": problem.stage.value, "subject": prose(problem.subject)},
    )


def _gaps(coverage: Coverage, places: Places) -> list[om.Notification]:
    lost = [_skipped(item, places) for item in coverage.skipped if not item.reason.expected]
    partial = [
        _notice(_PARTIAL, f"{path}: the file has syntax errors, and parts of it may not have been understood", location=places.whole_file(path))
        for path in coverage.partial
    ]
    engines = [
        _notice(_ENGINE, f"The engine {run.engine} did not get to its end{f': {run.note}' if run.note else ''}")
        for run in coverage.engines
        if not run.complete
    ]
    expected = Counter(item.reason for item in coverage.skipped if item.reason.expected)
    left_out = [
        _notice(
            _LEFT_OUT,
            f"{'1 path was' if count == 1 else f'{count:,} paths were'} left out: {reason.value}",
            properties={"reason": reason.value, "count": count},
        )
        for reason, count in sorted(expected.items())
    ]
    return [*_capped(lost), *_capped(partial), *_capped(engines), *left_out]


def _untriaged(report: ScanReport) -> list[om.Notification]:
    """What triage was switched on for and did not look at; suppressed findings are not its business."""
    unseen = [finding for finding in report.active if outcome(finding.judgement) == NOT_LOOKED_AT]
    if not report.triaged or not unseen:
        return []
    causes = Counter(ground(finding.judgement.verdict) for finding in unseen if finding.judgement is not None)
    why = ", ".join(f"{count:,} because {cause}" for cause, count in sorted(causes.items()))
    text = f"No model looked at {len(unseen):,} of {len(report.active):,} open findings{f': {why}' if why else ''}"
    return [_notice(_UNTRIAGED, text, properties={"count": len(unseen)})]


def _skipped(item: SkippedPath, places: Places) -> om.Notification:
    return _notice(
        _SKIPPED,
        f"{item.path} was not analysed ({item.reason.value}){f': {item.detail}' if item.detail else ''}",
        location=places.whole_file(item.path),
        properties={"reason": item.reason.value},
    )


def _capped(notifications: list[om.Notification]) -> list[om.Notification]:
    more = len(notifications) - AT_MOST
    if more <= 0:
        return notifications
    return [*notifications[:AT_MOST], _notice(_OMITTED, f"{more:,} more notifications of this kind are left out")]


def _notice(
    kind: str, text: str, *, level: str = "", location: om.Location | None = None, properties: dict[str, object] | None = None
) -> om.Notification:
    return om.Notification(
        descriptor=om.ReportingDescriptorReference(id=kind, index=_INDEX[kind]),
        level=level or _MEANINGS[kind][0],
        message=om.Message(text=sentence(text)),
        locations=[location] if location else None,
        properties=properties,
    )
