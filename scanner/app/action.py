"""The GitHub Action's inputs and outputs: what `action.yml` hands over becomes a command line, and a report becomes what later steps read.

All of the action's logic is here, where it is tested; the YAML only passes values on.
"""

from __future__ import annotations

import shlex
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scanner.app.publish import API, SERVER, Place, read_event
from scanner.core.errors import ExitCode, UsageError
from scanner.core.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.app.publish import Change
    from scanner.core.report import ScanReport

SWITCH: Final = ("auto", "on", "off")
_PULL_EVENTS: Final = frozenset({"pull_request", "pull_request_target"})
_ZEROS: Final = "0" * 40


@dataclass(frozen=True, slots=True)
class Inputs:
    """The action's inputs, as its environment holds them (`INPUT_<NAME>`), and the files that the runner gives to each step."""

    paths: tuple[str, ...]
    options: Mapping[str, str]
    diff: str
    comment: str
    report: Path | None
    args: tuple[str, ...]
    folder: Path
    output_file: Path | None
    summary_file: Path | None
    event: Change | None
    event_name: str
    place: Place | None = field(repr=False)

    @property
    def sarif(self) -> Path:
        """Where the SARIF file is written."""
        return self.folder / "casemate.sarif"

    @property
    def json(self) -> Path:
        """Where the JSON report is written."""
        return self.folder / "casemate.json"

    @property
    def may_comment(self) -> bool:
        """Whether comments are wanted, and there is a pull request and a token to write them with."""
        if self.comment == "off" or self.event is None or self.place is None:
            return False
        return self.comment == "on" or self.report is not None or not self.event.fork


# Inputs that are flags of `casemate scan` by the same name, in the order of the action's documentation.
_FLAGS: Final = ("config", "rules", "min-severity", "min-confidence", "fail-on", "baseline", "triage", "model", "max-cost-usd")
_UNSET: Final = {"triage": {"", "auto"}}


def read_inputs(variables: Mapping[str, str]) -> Inputs:
    """The inputs, checked. Raises UsageError for one that makes no sense, with its name."""
    given = {name: variables.get(f"INPUT_{name.upper().replace('-', '_')}", "").strip() for name in (*_FLAGS, *_OTHERS)}
    for name in ("comment", "summary"):
        if given[name] not in {"", *SWITCH}:
            msg = f"the input {name} is {given[name]!r}"
            raise UsageError(msg, "use one of " + ", ".join(SWITCH))
    event_path = variables.get("GITHUB_EVENT_PATH", "")
    event_name = variables.get("GITHUB_EVENT_NAME", "")
    repository = variables.get("GITHUB_REPOSITORY", "")
    return Inputs(
        paths=tuple(shlex.split(given["paths"])),
        options={name: given[name] for name in _FLAGS if given[name] not in _UNSET.get(name, {""})},
        diff=given["diff"] or "auto",
        comment=given["comment"] or "auto",
        report=Path(given["report"]) if given["report"] else None,
        args=tuple(shlex.split(given["args"])),
        folder=Path(variables.get("RUNNER_TEMP") or ".").resolve(),
        output_file=_file(variables, "GITHUB_OUTPUT"),
        summary_file=_file(variables, "GITHUB_STEP_SUMMARY") if given["summary"] != "off" else None,
        event=read_event(Path(event_path)) if event_path else None,
        event_name=event_name,
        place=Place(repository, given["token"], variables.get("GITHUB_API_URL") or API, variables.get("GITHUB_SERVER_URL") or SERVER)
        if repository and given["token"]
        else None,
    )


def _place(repository: str, token: str, variables: Mapping[str, str]) -> Place | None:
    if not repository or not token:
        return None
    return Place(repository, token, variables.get("GITHUB_API_URL") or API, variables.get("GITHUB_SERVER_URL") or SERVER)


_OTHERS: Final = ("paths", "diff", "comment", "summary", "report", "args", "token")


def scan_arguments(inputs: Inputs) -> list[str]:
    """The arguments of `casemate scan` that the inputs ask for."""
    arguments = [f"--{name}={value}" for name, value in inputs.options.items()]
    base = _base(inputs)
    if base:
        arguments.append(f"--diff={base}")
    return [*arguments, f"--output={inputs.sarif}", f"--output={inputs.json}", *inputs.args, "--", *inputs.paths]


def _base(inputs: Inputs) -> str:
    """What to compare with: on a pull request its base, otherwise nothing, unless the input names something."""
    if inputs.diff not in SWITCH:
        return inputs.diff
    automatic = inputs.diff == "on" or "baseline" not in inputs.options
    found = inputs.event.base if inputs.diff != "off" and automatic and inputs.event and inputs.event_name in _PULL_EVENTS else ""
    if inputs.diff == "on" and not found:
        msg = "the input diff is 'on', and this event has no base to compare with"
        raise UsageError(msg, "use auto, or name a revision")
    return "" if found == _ZEROS else found


def outputs_of(report: ScanReport, inputs: Inputs) -> dict[str, str]:
    """The action's outputs for a scan that came to its end, complete or not."""
    active = report.active
    counts = Counter(finding.severity for finding in active)
    return {
        "sarif-file": str(inputs.sarif),
        "json-file": str(inputs.json),
        "findings-count": str(len(active)),
        **{f"{severity.label}-count": str(counts[severity]) for severity in reversed(Severity)},
        "new-findings-count": str(len(report.brought)),
        "complete": "true" if report.complete else "false",
        "cost-usd": f"{report.usage.cost_usd:.4f}",
        "exit-code": str(int(report.gate.exit_code)),
    }


def outputs_of_failure(code: ExitCode) -> dict[str, str]:
    """The outputs when no report was made: nothing is counted, and nothing is complete."""
    return {"complete": "false", "exit-code": str(int(code))}


def append_outputs(path: Path | None, outputs: Mapping[str, str]) -> None:
    """Hand values over to later steps. They are ours: numbers, words and paths of the runner, none with a line end."""
    if path is not None:
        with path.open("a", encoding="utf-8") as stream:
            stream.writelines(f"{name}={value.splitlines()[0] if value else ''}\n" for name, value in outputs.items())


def _file(variables: Mapping[str, str], name: str) -> Path | None:
    return Path(variables[name]) if variables.get(name) else None
