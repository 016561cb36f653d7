"""The log as a whole: one run of one tool."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import sarif_om as om

from scanner.reporters.sarif.notifications import descriptors, notices
from scanner.reporters.sarif.places import ROOT, Places
from scanner.reporters.sarif.plan import omissions
from scanner.reporters.sarif.results import Results
from scanner.reporters.sarif.rules import TAXONOMY, descriptor, taxonomy, unique_rules, weaknesses_of
from scanner.reporters.sarif.text import NAME_LENGTH, prose
from scanner.reporters.sarif.triage import ANNOTATED, ORIGIN, baseline_state, former_state, usage_properties
from scanner.reporters.uris import repository_uri

if TYPE_CHECKING:
    from scanner.core.coverage import Coverage
    from scanner.core.report import Provenance, ScanReport
    from scanner.core.rule import Rule
    from scanner.reporters.sarif.plan import Plan
    from scanner.reporters.sarif.profiles import Automation, Terms

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
HOME = "https://github.com/casemate/casemate"
NAME = "Casemate"

_VERSION = re.compile(r"(\d+\.\d+\.\d+)(?:[.-]?([0-9A-Za-z][0-9A-Za-z.-]*))?(?:\+([0-9A-Za-z.-]+))?")


def build(report: ScanReport, plan: Plan, terms: Terms, automation: Automation) -> om.SarifLog:
    """The log of a report, with the findings that the plan keeps."""
    places = Places.of(report.excerpts, plan.detail)
    rules = unique_rules((*report.rules, *(finding.rule for finding in (*plan.findings, *plan.gone))))
    weaknesses = weaknesses_of(rules)
    indices = {rule.id: index for index, rule in enumerate(rules)}
    results = Results(places, indices, terms, baseline_state if report.compared else None)
    former = Results(
        Places.of({}, plan.detail), indices, terms, former_state if report.compared else None
    )  # the code that is known is that of another state
    run = om.Run(
        tool=om.Tool(driver=_driver(report.version, rules, weaknesses, terms)),
        taxonomies=[taxonomy(weaknesses)] if weaknesses else None,
        invocations=[_invocation(report, plan, terms, places)],
        automation_details=_automation(automation),
        version_control_provenance=_provenance(report.provenance),
        original_uri_base_ids={ROOT: om.ArtifactLocation(description=om.Message(text="The root of the scanned repository."))},
        column_kind="utf16CodeUnits",
        newline_sequences=None,
        results=[*(results.result(finding) for finding in plan.findings), *(former.result(finding) for finding in plan.gone)],
        properties=_properties(report),
    )
    return om.SarifLog(schema_uri=SCHEMA, version="2.1.0", runs=[run])


def semantic_version(version: str) -> str | None:
    """A Python version as Semantic Versioning writes it (`1.2.0rc1` is `1.2.0-rc1`); None for what has no such form."""
    match = _VERSION.fullmatch(version)
    if match is None:
        return None
    core, pre, local = match.groups()
    return core + (f"-{pre}" if pre else "") + (f"+{local}" if local else "")


def _automation(automation: Automation) -> om.RunAutomationDetails:
    properties = {key: prose(value) if isinstance(value, str) else value for key, value in automation.properties.items()}
    return om.RunAutomationDetails(id=prose(automation.id), properties=properties or None)


def _driver(version: str, rules: tuple[Rule, ...], weaknesses: dict[int, int], terms: Terms) -> om.ToolComponent:
    semantic = semantic_version(version)
    shown = semantic or prose(version, NAME_LENGTH)
    return om.ToolComponent(
        name=NAME,
        full_name=f"{NAME} {shown}",
        organization=NAME,
        version=shown,
        semantic_version=semantic,
        information_uri=HOME,
        contents=None,
        rules=[descriptor(rule, weaknesses, terms) for rule in rules],
        notifications=descriptors(),
        supported_taxonomies=[om.ToolComponentReference(name=TAXONOMY, index=0)] if weaknesses else None,
    )


def _invocation(report: ScanReport, plan: Plan, terms: Terms, places: Places) -> om.Invocation:
    said = notices(report, omissions(report, plan, terms), places)
    return om.Invocation(
        execution_successful=_successful(report, terms),
        exit_code=int(report.gate.exit_code),
        exit_code_description=report.gate.exit_code.name.lower(),
        tool_execution_notifications=said.execution,
        tool_configuration_notifications=said.configuration,
    )


def _successful(report: ScanReport, terms: Terms) -> bool:
    """Whether the scan did what it was asked to; for a service that would drop everything else, whether every engine looked at something at all."""
    engines = report.coverage.engines
    partial = terms.partial and bool(engines) and all(run.complete or run.files > 0 for run in engines)
    return report.complete or partial


def _provenance(provenance: Provenance | None) -> list[om.VersionControlDetails] | None:
    uri = repository_uri(provenance.repository_uri) if provenance else None
    if provenance is None or uri is None:
        return None
    return [
        om.VersionControlDetails(
            repository_uri=uri,
            revision_id=prose(provenance.revision, NAME_LENGTH) or None,
            branch=prose(provenance.branch, NAME_LENGTH) or None,
            mapped_to=om.ArtifactLocation(uri_base_id=ROOT),
        )
    ]


def _properties(report: ScanReport) -> dict[str, object]:
    threshold = report.gate.threshold
    return {
        **({ORIGIN: ANNOTATED, "usage": usage_properties(report.usage)} if report.triaged else {}),
        **({"compared": prose(report.compared)} if report.compared else {}),
        "complete": report.complete,
        "triaged": report.triaged,
        "hidden": report.hidden,
        "gate": {"threshold": None if threshold is None else threshold.label, "failing": report.gate.failing},
        "coverage": _coverage(report.coverage),
    }


def _coverage(coverage: Coverage) -> dict[str, object]:
    skipped = Counter(item.reason.value for item in coverage.skipped)
    return {
        "complete": coverage.complete,
        "files": coverage.files,
        "lines": coverage.lines,
        "languages": {prose(language): count for language, count in coverage.languages},
        "skipped": dict(sorted(skipped.items())),
        "partial": len(coverage.partial),
        "engines": [
            {
                "engine": prose(run.engine),
                "version": prose(run.version),
                "files": run.files,
                "rules": run.rules,
                "complete": run.complete,
                **({"note": prose(run.note)} if run.note else {}),
            }
            for run in coverage.engines
        ],
    }
