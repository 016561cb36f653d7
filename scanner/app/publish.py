"""Publishing a report as a review of a pull request."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from scanner.app.rules import load_all_rules
from scanner.core.errors import UsageError
from scanner.ports.publisher import Published
from scanner.publishers.github.api import connect
from scanner.publishers.github.foreign import at
from scanner.publishers.github.review import GitHubReview, PullRequest
from scanner.reporters.review import draft_review

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from scanner.core.report import ScanReport
    from scanner.core.rule import Rule
    from scanner.publishers.github.api import Api

API: Final = "https://api.github.com"
SERVER: Final = "https://github.com"
_MAX_EVENT: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """The pull request that a workflow runs for, as the event says it.

    `number` is 0 where the event does not tell (a run after the run of a fork's pull request): then `owner` and `branch` of the head find it.
    `fork` says that the head is another repository: the run has no secrets and may write nothing.
    """

    head: str
    base: str = ""
    number: int = 0
    owner: str = ""
    branch: str = ""
    fork: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where to publish: the repository as `owner/name`, a token, the root of the REST interface, and that of the pages."""

    repository: str
    token: str = field(repr=False)
    api: str = API
    server: str = SERVER


def read_event(path: Path) -> Change | None:
    """The change that an event's file is about, None for events of other kinds. Raises UsageError for a file that is no event."""
    try:
        data = path.read_bytes()
        event = json.loads(data) if len(data) <= _MAX_EVENT else None
    except (OSError, ValueError, RecursionError) as error:
        msg = f"{path} is not the file of a GitHub event: {error}"
        raise UsageError(msg, "it is what GITHUB_EVENT_PATH names within a workflow") from error
    pull = at(event, "pull_request")
    if isinstance(pull, dict):
        return Change(
            head=_text(pull, "head", "sha"),
            base=_text(pull, "base", "sha"),
            number=pull["number"] if isinstance(pull.get("number"), int) else 0,
            fork=_text(pull, "head", "repo", "full_name") != _text(pull, "base", "repo", "full_name"),
        )
    run = at(event, "workflow_run")
    if isinstance(run, dict):
        return Change(
            head=_text(run, "head_sha"),
            owner=_text(run, "head_repository", "owner", "login"),
            branch=_text(run, "head_branch"),
            fork=_text(run, "head_repository", "full_name") != _text(run, "repository", "full_name"),
        )
    return None


def publish_review(report: ScanReport, change: Change, place: Place) -> Published:
    """Bring the pull request's comments up to date. Raises OutputError when GitHub cannot be reached or answers with nonsense."""
    report = _grounded(report, place)
    with connect(place.api, place.token) as api:
        number = change.number or _find(api, change, place)
        if not number:
            return Published(refused=f"no open pull request has the head {change.head[:12]}")
        return GitHubReview(api, PullRequest(place.repository, number), change.head).publish(draft_review(report))


def _grounded(report: ScanReport, place: Place) -> ScanReport:
    """The report with the installed rules' own words, and links into the repository it is published to: a stored report may be a stranger's."""
    installed = {rule.id: rule for rule in load_all_rules(()).rules.rules}

    def own(rule: Rule) -> Rule:
        return installed.get(rule.id) or replace(rule, help="", remediation="", references=())

    provenance = replace(report.provenance, repository_uri=f"{place.server}/{place.repository}") if report.provenance else None
    findings = tuple(replace(item, rule=own(item.rule), also=tuple(map(own, item.also))) for item in report.findings)
    return replace(report, findings=findings, provenance=provenance)


def _find(api: Api, change: Change, place: Place) -> int:
    """The open pull request whose head this is. The number in an event or an artifact of a fork's run would be the fork's word."""
    for item in api.pages(f"/repos/{place.repository}/pulls", state="open", head=f"{change.owner}:{change.branch}"):
        if _text(item, "head", "sha") == change.head and isinstance(item.get("number"), int):
            return int(item["number"])
    return 0


def _text(value: Mapping[str, Any], *keys: str) -> str:
    found = at(value, *keys)
    return found if isinstance(found, str) else ""
