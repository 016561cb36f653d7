from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scanner.core.coverage import Coverage, EngineRun, Skip, SkippedPath
from scanner.core.errors import ExitCode
from scanner.core.problem import Problem, Stage
from scanner.core.report import Gate, Provenance
from scanner.reporters.sarif.notifications import AT_MOST
from scanner.reporters.sarif.profiles import AzurePipeline, SarifProfile, category
from scanner.reporters.sarif.render import render_sarif

if TYPE_CHECKING:
    from scanner.core.report import ScanReport

Render = Callable[..., dict[str, Any]]


def notices(run: dict[str, Any], kind: str = "Execution") -> list[tuple[str, str]]:
    return [(item["level"], item["message"]["text"]) for item in run["invocations"][0][f"tool{kind}Notifications"]]


def test_a_clean_scan_has_nothing_to_notify(report: ScanReport, run_of: Render) -> None:
    run = run_of(report)
    assert notices(run) == notices(run, "Configuration") == []
    assert run["invocations"][0]["executionSuccessful"] is True
    assert run["invocations"][0]["exitCode"] == 1


def test_every_problem_is_a_notification_and_those_of_rules_are_about_the_configuration(report: ScanReport, run_of: Render) -> None:
    problems = (
        Problem(Stage.DETECT, "semgrep", "it ran out of memory"),
        Problem(Stage.RULES, "a-rule", "there is no such rule", incomplete=False),
        Problem(Stage.REPORT, "", "something odd", incomplete=False),
    )
    run = run_of(replace(report, problems=problems))
    assert notices(run) == [("error", "semgrep: it ran out of memory."), ("warning", "something odd.")]
    assert notices(run, "Configuration") == [("warning", "a-rule: there is no such rule.")]


def test_every_gap_in_the_coverage_is_a_notification(report: ScanReport, run_of: Render) -> None:
    coverage = Coverage(
        skipped=(
            SkippedPath("a.png", Skip.BINARY),
            SkippedPath("b.png", Skip.BINARY),
            SkippedPath("deep.py", Skip.TOO_DEEP),
            SkippedPath("odd name/", Skip.UNREADABLE, "no permission"),
        ),
        partial=("c.py",),
        engines=(EngineRun("taint", "1", 5, 2, complete=False, note="killed"),),
    )
    run = run_of(replace(report, coverage=coverage))
    assert notices(run) == [
        ("error", "deep.py was not analysed (too-deep)."),
        ("error", "odd name/ was not analysed (unreadable): no permission."),
        ("warning", "c.py: the file has syntax errors, and parts of it may not have been understood."),
        ("error", "The engine taint did not get to its end: killed."),
        ("note", "2 paths were left out: binary."),
    ]
    places = [item.get("locations", [{}])[0].get("physicalLocation", {}) for item in run["invocations"][0]["toolExecutionNotifications"]]
    assert [place.get("artifactLocation", {}).get("uri") for place in places] == ["deep.py", "odd%20name/", "c.py", None, None]


def test_notifications_point_at_their_descriptors(report: ScanReport, run_of: Render) -> None:
    problems = tuple(Problem(stage, "x", "y") for stage in Stage)
    coverage = Coverage(skipped=(SkippedPath("a", Skip.CRASHED), SkippedPath("b", Skip.VENDORED)), partial=("c",))
    run = run_of(replace(report, problems=problems, coverage=coverage, hidden=1))
    known = [item["id"] for item in run["tool"]["driver"]["notifications"]]
    invocation = run["invocations"][0]
    said = [item["descriptor"] for item in (*invocation["toolExecutionNotifications"], *invocation["toolConfigurationNotifications"])]
    assert len(said) == len(Stage) + 4
    assert all(known[descriptor["index"]] == descriptor["id"] for descriptor in said)


def test_a_flood_of_problems_is_counted_instead_of_listed(report: ScanReport, run_of: Render) -> None:
    problems = tuple(Problem(Stage.PARSE, f"{number}.py", "too deep") for number in range(AT_MOST + 234))
    said = notices(run_of(replace(report, problems=problems)))
    assert len(said) == AT_MOST + 1
    assert said[-1] == ("note", "234 more notifications of this kind are left out.")


def test_findings_that_settings_left_out_are_counted(report: ScanReport, run_of: Render) -> None:
    run = run_of(replace(report, hidden=3))
    assert notices(run) == [("note", "3 findings are left out by the severity and confidence settings.")]
    assert run["properties"]["hidden"] == 3


LOST_FILE = Coverage(
    skipped=(SkippedPath("a.py", Skip.TIMEOUT),), engines=(EngineRun("taint", "1", 9, 1), EngineRun("semgrep", "1", 9, 1, complete=False))
)
LOST_ENGINE = Coverage(engines=(EngineRun("taint", "1", 9, 1), EngineRun("semgrep", "1", 0, 1, complete=False)))


@pytest.mark.parametrize(
    ("coverage", "profile", "successful"),
    [
        (LOST_FILE, SarifProfile.FULL, False),
        (LOST_FILE, SarifProfile.GITHUB, True),
        (LOST_ENGINE, SarifProfile.FULL, False),
        (LOST_ENGINE, SarifProfile.GITHUB, False),
        (LOST_ENGINE, SarifProfile.ADO, False),
    ],
)
def test_one_lost_file_does_not_make_a_service_throw_the_other_results_away(
    coverage: Coverage, profile: SarifProfile, successful: bool, report: ScanReport, run_of: Render
) -> None:
    incomplete = replace(report, coverage=coverage, gate=Gate(None, 0, ExitCode.INCOMPLETE))
    run = run_of(incomplete, profile)
    assert run["invocations"][0]["executionSuccessful"] is successful
    assert run["invocations"][0]["exitCode"] == 4
    assert run["invocations"][0]["exitCodeDescription"] == "incomplete"
    assert run["properties"]["complete"] is False
    assert any(level == "error" for level, _ in notices(run))


def test_a_scan_whose_engines_are_unknown_is_unsuccessful_when_incomplete(report: ScanReport, run_of: Render) -> None:
    run = run_of(replace(report, problems=(Problem(Stage.DETECT, "all", "nothing ran"),)))
    assert run["invocations"][0]["executionSuccessful"] is False


def test_the_coverage_is_told_in_numbers(report: ScanReport, run_of: Render) -> None:
    coverage = Coverage(files=3, lines=70, languages=(("python", 2), ("go", 1)), skipped=(SkippedPath("a", Skip.IGNORED),), partial=("b",))
    assert run_of(replace(report, coverage=coverage))["properties"]["coverage"] == {
        "complete": True,
        "files": 3,
        "lines": 70,
        "languages": {"python": 2, "go": 1},
        "skipped": {"ignored": 1},
        "partial": 1,
        "engines": [],
    }


def test_where_the_code_comes_from_is_told_without_credentials(report: ScanReport, run_of: Render) -> None:
    known = Provenance("https://user:token@github.com/example/shop.git", "abc", "main")
    assert run_of(replace(report, provenance=known))["versionControlProvenance"] == [
        {
            "repositoryUri": "https://github.com/example/shop.git",
            "revisionId": "abc",
            "branch": "main",
            "mappedTo": {"uriBaseId": "%SRCROOT%"},
        }
    ]


@pytest.mark.parametrize("remote", ["", "/home/me/shop", "../shop", "file:///home/me/shop", "https://[bad/x", "https://host:port/x", "C:\\shop"])
def test_a_local_path_is_no_provenance(remote: str, report: ScanReport, run_of: Render) -> None:
    run = run_of(replace(report, provenance=Provenance(remote, "abc", "main")))
    assert "versionControlProvenance" not in run
    assert "home" not in json.dumps(run)


@pytest.mark.parametrize(
    ("remote", "uri"),
    [
        ("git@github.com:example/my shop.git", "ssh://github.com/example/my%20shop.git"),
        ("git.example.org:/srv/shop.git", "ssh://git.example.org/srv/shop.git"),
        ("ssh://git@example.org:2222/shop", "ssh://example.org:2222/shop"),
    ],
)
def test_an_ssh_remote_is_written_as_a_uri(remote: str, uri: str, report: ScanReport, run_of: Render) -> None:
    run = run_of(replace(report, provenance=Provenance(remote)))
    assert run["versionControlProvenance"][0]["repositoryUri"] == uri


def test_a_run_belongs_to_a_series(report: ScanReport) -> None:
    def series(text: str) -> dict[str, Any]:
        return dict(json.loads(text)["runs"][0]["automationDetails"])

    build = AzurePipeline("org", "shop", 7, "CI", "12f1170f-54f2-53f3-20dd-22fc7dff55f9", "scan", "main", 99)
    assert series(render_sarif(report)) == {"id": "casemate/"}
    assert series(render_sarif(report, automation=category("backend"))) == {"id": "backend/"}
    assert series(render_sarif(report, SarifProfile.ADO, build.automation())) == {
        "id": "azuredevops/pipeline/build/org/shop/7/12f1170f-54f2-53f3-20dd-22fc7dff55f9/main/99",
        "properties": {
            "azuredevops/pipeline/build/buildDefinitionId": 7,
            "azuredevops/pipeline/build/buildDefinitionName": "CI",
            "azuredevops/pipeline/build/phaseId": "12f1170f-54f2-53f3-20dd-22fc7dff55f9",
            "azuredevops/pipeline/build/phaseName": "scan",
        },
    }


def test_the_part_of_a_model_is_declared(report: ScanReport, run_of: Render) -> None:
    assert "ai/origin" not in run_of(report)["properties"]
    assert run_of(replace(report, triaged=True))["properties"]["ai/origin"] == "annotated"


def test_the_same_report_gives_the_same_text_and_it_ends_in_a_line_end(report: ScanReport) -> None:
    text = render_sarif(report)
    assert text == render_sarif(report)
    assert text.startswith('{\n  "$schema": "https://docs.oasis-open.org/')
    assert text.endswith("}\n")
