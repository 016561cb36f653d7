"""What was looked at, what was not, and what follows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scanner.core.errors import ExitCode
from scanner.core.finding import State
from scanner.core.rule import Severity
from scanner.reporters.terminal.ink import TONES, Segment, Tone, count, listed
from scanner.reporters.words import NOT_LOOKED_AT, STATES, VERDICTS, by_age, finding_word, ground, outcome, outcomes, short, spent, states

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scanner.core.coverage import Coverage, SkippedPath
    from scanner.core.finding import Finding
    from scanner.core.report import ScanReport
    from scanner.reporters.terminal.ink import Ink, Line

_LABEL_CELLS = 12
_NAMED = 3
_NAMED_LONG = 200
_LANGUAGES = 6
_PATH_CELLS = 48
_NOTE_CELLS = 300
_COMPARED_CELLS = 24


def looked_at_nothing(coverage: Coverage) -> bool:
    """Whether no engine looked at any file with any rule, so that finding nothing means nothing."""
    return coverage.files == 0 or not any(run.files and run.rules for run in coverage.engines)


def summary_lines(ink: Ink, report: ScanReport, *, condensed: bool) -> Iterator[Line]:
    """The summary, what is missing first and loudest."""
    yield ()
    yield ink.heading("Summary")
    yield ()
    if not report.complete:
        yield from _incomplete(ink, report)
        yield ()
    yield from _counts(ink, report)
    yield from _compared(ink, report)
    yield from _verdicts(ink, report)
    yield from _looked_at(ink, report.coverage, complete=report.complete)
    yield from _engines(ink, report.coverage)
    model = spent(report.usage) if report.triaged else "none took part; the findings are the static engines' word"
    yield from ink.hang(_label("Model"), model, Tone.QUIET)
    yield from _gate(ink, report)
    step = _next_step(report, condensed=condensed)
    if step and ink.explains:
        yield from ink.hang(_label("Next"), step)


def _label(text: str) -> Line:
    return Segment("  "), Segment(f"{text:<{_LABEL_CELLS}}", Tone.STRONG)


def _incomplete(ink: Ink, report: ScanReport) -> Iterator[Line]:
    head = (Segment("  "), Segment("INCOMPLETE", Tone.ALARM), Segment("  "))
    yield from ink.hang(head, "Something was not looked at, so finding nothing there means nothing.", Tone.STRONG)
    beside = (Segment(" " * (_LABEL_CELLS + 2)),)
    for run in report.coverage.engines:
        if not run.complete:
            note = f": {ink.clip(run.note, _NOTE_CELLS)}" if run.note else ""
            yield from ink.hang(beside, f"{run.engine} did not finish{note}")
    lost = [item for item in report.coverage.skipped if not item.reason.expected]
    if lost:
        named = listed([f"{ink.clip_path(item.path, _PATH_CELLS)} ({item.reason.value})" for item in lost], _NAMED_LONG if ink.everything else _NAMED)
        yield from ink.hang(beside, [f"{count(len(lost), 'path')} not looked at:", *named])
    grave = len({problem for problem in report.problems if problem.incomplete})
    if grave:
        yield from ink.hang(beside, f"{count(grave, 'problem')} left something out: see Problems above")


def _counts(ink: Ink, report: ScanReport) -> Iterator[Line]:
    beside = (Segment(" " * (_LABEL_CELLS + 2)),)
    kinds = by_age(report) if report.compared else (("", report.active),)
    for index, (name, findings) in enumerate(kinds):
        yield (*(beside if index else _label("Findings")), *([Segment(f"{name}: ")] if name else []), *_severities(findings))
    suppressed = len(report.findings) - len(report.active)
    if suppressed:
        hint = "" if ink.everything else " (-v lists them)"
        yield from ink.hang(beside, f"{suppressed:,} suppressed{hint}", Tone.QUIET)
    if report.hidden:
        yield from ink.hang(beside, f"{report.hidden:,} below the severity or confidence asked for, not shown", Tone.QUIET)


def _severities(findings: Sequence[Finding]) -> Iterator[Segment]:
    """How many of each severity, the worst first."""
    counts = Counter(finding.severity for finding in findings)
    for index, severity in enumerate(sorted(counts, reverse=True)):
        if index:
            yield Segment(", ")
        yield Segment(f"{counts[severity]:,} {severity.label}", TONES[severity])
    if not counts:
        yield Segment("none")


def _compared(ink: Ink, report: ScanReport) -> Iterator[Line]:
    if not report.compared:
        return
    counts = states(report)
    words = [f"{counts[state]:,} {STATES[state]}," for state in State if counts[state] or state is State.NEW]
    words[-1] = words[-1].rstrip(",") + ";"
    hint = ["(-v lists what is gone)"] if report.fixed and not ink.everything else []
    yield from ink.hang(_label("Compared"), [*words, f"with {ink.clip(short(report.compared), _COMPARED_CELLS)}", *hint])


def _verdicts(ink: Ink, report: ScanReport) -> Iterator[Line]:
    """How many findings triage decided and how, then what it did not look at and why."""
    if not report.triaged:
        return
    counts = outcomes(report.findings)
    decided = [f"{counts[name]:,} {name}" for name in VERDICTS if counts[name] and name != NOT_LOOKED_AT]
    yield from ink.hang(_label("Verdicts"), listed(decided, len(decided)) or "none")
    unseen = [finding for finding in report.active if outcome(finding.judgement) == NOT_LOOKED_AT]
    if not unseen:
        return
    causes = Counter(ground(finding.judgement.verdict) for finding in unseen if finding.judgement is not None)
    ordered = sorted(causes.items(), key=lambda item: (-item[1], item[0]))
    why = ": " + ", ".join(f"{number:,} because {cause}" for cause, number in ordered) if ordered else ""
    beside = (Segment(" " * (_LABEL_CELLS + 2)),)
    yield from ink.hang(beside, f"{len(unseen):,} of {count(len(report.active), 'open finding')} not looked at by a model{why}", Tone.QUIET)


def _looked_at(ink: Ink, coverage: Coverage, *, complete: bool) -> Iterator[Line]:
    languages = sorted(coverage.languages, key=lambda item: (-item[1], item[0]))
    words = [f"{count(coverage.files, 'file')},", count(coverage.lines, "line")]
    if languages:
        words += [f"in {count(len(languages), 'language')}:", *listed([f"{name} {number:,}" for name, number in languages], _LANGUAGES)]
    if not looked_at_nothing(coverage):
        words[-1] += ";"
        words.append("complete" if complete else "incomplete")
    yield from ink.hang(_label("Looked at"), words)
    if coverage.partial:
        yield from ink.hang(_label("In part"), [f"{count(len(coverage.partial), 'file')} with syntax errors:", *_named(ink, coverage.partial)])
    left_out = [item for item in coverage.skipped if item.reason.expected]
    if left_out:
        yield from ink.hang(_label("Left out"), [f"{len(left_out):,}:", *_reasons(left_out)], Tone.QUIET)


def _reasons(skipped: Sequence[SkippedPath]) -> list[str]:
    counts = Counter(item.reason for item in skipped)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0].value))
    return listed([f"{number:,} {reason.value}" for reason, number in ordered], len(ordered))


def _named(ink: Ink, paths: Sequence[str]) -> list[str]:
    return listed([ink.clip_path(path, _PATH_CELLS) for path in paths], _NAMED_LONG if ink.everything else _NAMED)


def _engines(ink: Ink, coverage: Coverage) -> Iterator[Line]:
    if not coverage.engines:
        yield from ink.hang(_label("Engines"), "none ran")
    for index, run in enumerate(coverage.engines):
        ended = "" if run.complete else "; did not finish"
        name = ink.clip(f"{run.engine} {run.version}".rstrip(), _PATH_CELLS)
        note = f"; {ink.clip(run.note, _NOTE_CELLS)}" if run.note and run.complete else ""
        text = f"{name}: {count(run.files, 'file')}, {count(run.rules, 'rule')}{ended}{note}"
        yield from ink.hang(_label("" if index else "Engines"), text, Tone.QUIET if run.complete else Tone.PLAIN)


def _gate(ink: Ink, report: ScanReport) -> Iterator[Line]:
    gate = report.gate
    if gate.threshold is None:
        text = "no threshold, findings do not fail the scan"
    else:
        reached = f"at or over {gate.threshold.label}" if gate.threshold is not Severity.CRITICAL else "at critical"
        word = finding_word(report)
        text = f"{count(gate.failing, word) if gate.failing else f'no {word}'} {reached}"
    if not report.complete:
        text = f"incomplete scan, {text}"
    tone = Tone.CRITICAL
    if gate.exit_code == ExitCode.CLEAN:
        tone = Tone.PLAIN if looked_at_nothing(report.coverage) else Tone.GOOD
    yield from ink.hang(_label("Gate"), f"{text}: exit {gate.exit_code.value}", tone)


def _next_step(report: ScanReport, *, condensed: bool) -> list[str]:
    """What a person would do now; nothing when nothing is left to do."""
    if looked_at_nothing(report.coverage):
        return ["check the path,", "and the settings for what to leave out"]
    if not report.complete:
        return ["mend what kept the scan from finishing,", "and scan again"]
    if condensed:
        return ["-v shows every finding in full"]
    if report.active and not report.compared:  # a change is judged by its base: no comment of its own is heard
        return ["to accept one, comment its line:", "casemate: ignore[rule-id] reason"]
    return []
