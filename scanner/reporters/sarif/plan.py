"""Which findings a file holds and how much of each: what a profile leaves out, and the words that say so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scanner.reporters.sarif.places import Detail
from scanner.reporters.words import mended

if TYPE_CHECKING:
    from scanner.core.finding import Finding
    from scanner.core.report import ScanReport
    from scanner.reporters.sarif.profiles import Limits, Terms

_HEADROOM = 0.9  # results are cut by their share of the size, and some are larger than others


@dataclass(frozen=True, slots=True)
class Plan:
    """The findings to write, in order, with how much code; `silenced` counts suppressed ones left out, `cut` those that a limit left out.

    `gone` are findings of the scan that this one was compared with, for readers who understand that they are absent.
    """

    findings: tuple[Finding, ...]
    gone: tuple[Finding, ...] = ()
    detail: Detail = Detail.CONTEXT
    silenced: int = 0
    cut: int = 0

    def smaller(self, share: float) -> Plan | None:
        """The next plan when only `share` of this one's size may be used: first less code, then fewer findings. None when nothing is left to cut."""
        if self.detail > Detail.LOCATIONS:
            return replace(self, detail=Detail(self.detail - 1))
        if not self.findings:
            return None
        kept = _most_severe(self.findings, int(len(self.findings) * share * _HEADROOM))
        return replace(self, findings=kept, cut=self.cut + len(self.findings) - len(kept))


def first_plan(report: ScanReport, terms: Terms) -> Plan:
    """Everything that the profile's reader understands, up to the number of results it takes."""
    findings = report.findings if terms.suppressed else report.active
    silenced = len(report.findings) - len(findings)
    limits = terms.limits
    if limits is None or len(findings) <= limits.shown:
        return Plan(findings, gone=report.fixed if terms.absent else (), silenced=silenced)
    kept = _most_severe(findings, limits.results)
    return Plan(kept, silenced=silenced, cut=len(findings) - len(kept))


def _most_severe(findings: tuple[Finding, ...], count: int) -> tuple[Finding, ...]:
    """The most severe findings first, otherwise in their order."""
    return tuple(sorted(findings, key=lambda finding: -finding.severity)[:count])


def omissions(report: ScanReport, plan: Plan, terms: Terms) -> list[str]:
    """A sentence for each thing that the scan found and the file does not hold, for the run's notifications."""
    said: list[str] = []
    if report.hidden:
        said.append(f"{_count(report.hidden, 'finding')} left out by the severity and confidence settings.")
    fixed = sum(map(mended, report.fixed))
    if fixed and not terms.absent:
        said.append(f"{_count(fixed, 'fixed finding')} left out: {terms.service} would show absent results as open.")
    if len(report.fixed) > fixed and not terms.absent:
        said.append(f"{_count(len(report.fixed) - fixed, 'finding', ' of the earlier scan, in files that were not looked at this time,')} left out.")
    if plan.silenced:
        said.append(f"{_count(plan.silenced, 'suppressed finding')} left out: {terms.service} would show suppressed results as open.")
    if terms.limits is not None:
        said.extend(_limited(plan, terms.service, terms.limits))
    return said


def _limited(plan: Plan, service: str, limits: Limits) -> list[str]:
    findings = plan.findings
    long_flows = sum(len(finding.trace.locations) > limits.steps for finding in findings)
    wide = sum(len(finding.related) > limits.locations for finding in findings)
    megabytes = f"{limits.compressed_bytes / 1e6:g} MB"
    said = (
        (plan.cut, f"{_count(plan.cut, 'finding', ' of the least severity')} left out, to stay within what {service} takes in one upload."),
        (len(findings) > limits.shown, f"{service} shows the {limits.shown:,} most severe of these {len(findings):,} results."),
        (long_flows, f"{_count(long_flows, 'flow')} shortened in the middle: {service} takes {limits.steps:,} steps of a result."),
        (wide, f"{_count(wide, 'result')} shown without some related places: {service} takes {limits.locations:,} of a result."),
        (plan.detail == Detail.SNIPPETS, f"The lines around the results are left out, to stay below {megabytes} once compressed."),
        (plan.detail == Detail.LOCATIONS, f"The code at the results is left out, to stay below {megabytes} once compressed."),
    )
    return [sentence for applies, sentence in said if applies]


def _count(number: int, noun: str, qualifier: str = "") -> str:
    return f"{number:,} {noun}{qualifier} is" if number == 1 else f"{number:,} {noun}s{qualifier} are"
