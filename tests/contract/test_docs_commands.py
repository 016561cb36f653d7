"""What the documentation tells people to type works: commands and flags exist, tables say what the action has, patterns match what is printed."""

from __future__ import annotations

import json
import re
import shlex
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
import yaml

from scanner.app.config import ENDINGS
from scanner.cli.main import casemate
from scanner.core.errors import ExitCode
from scanner.core.finding import Finding
from scanner.core.location import Span, Trace
from scanner.core.report import Gate, ScanReport
from scanner.core.rule import Precision, Rule, Severity
from scanner.reporters.csv import render_csv

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]
INTEGRATIONS = ROOT / "docs" / "integrations.md"
FENCE = re.compile(r"^[ ]*```(?P<kind>\w*)[^\n]*\n(?P<body>.*?)^[ ]*```[ ]*$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`(casemate [^`]+)`")
# The command at the beginning of a line, after a key of a YAML file, an opening quote, a path or another command.
TYPED = re.compile(r"""(?:^|[\s'"/;&|(])casemate"?[ ](?=[a-z]|-[hV]\b|--(?:help|version)\b)(?P<rest>.*)$""")
END = re.compile(r"\s(?:#|&&|\|\||[|>;])|\\$")


def commands(page: Path) -> Iterator[tuple[str, ...]]:
    """The arguments of every command line on a page."""
    text = page.read_text("utf-8")
    for fence in FENCE.finditer(text):
        for line in fence["body"].splitlines():
            if typed := TYPED.search(line):
                yield arguments(typed["rest"])
        if fence["kind"] == "json":
            yield from started(json.loads(fence["body"]))
    for span in SPAN.finditer(FENCE.sub("", text)):
        yield arguments(span[1].removeprefix("casemate "))


def arguments(text: str) -> tuple[str, ...]:
    text = END.split(text)[0]
    while text.count("'") % 2 or text.count('"') % 2:  # the quote that closes the line of another language
        text = text.rstrip()[:-1]
    return tuple(word for word in shlex.split(text) if word != "...")


def started(value: Any) -> Iterator[tuple[str, ...]]:
    """Commands in configuration files of other programs."""
    if isinstance(value, dict):
        if value.get("command") == "casemate":
            yield tuple(value["args"])
        for item in value.values():
            yield from started(item)
    elif isinstance(value, list):
        for item in value:
            yield from started(item)


TOLD = sorted({(page.relative_to(ROOT).as_posix(), line) for page in PAGES for line in commands(page) if line})


@pytest.mark.parametrize(("page", "line"), TOLD, ids=[f"{page}: {shlex.join(line)}" for page, line in TOLD])
def test_a_command_that_is_documented_parses(page: str, line: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(click.Command, "invoke", lambda _self, _context: ExitCode.CLEAN)
    mentioned = [*line, "--help"] if len(line) == 1 else list(line)  # a name alone is spoken of, not typed
    try:
        casemate.main(args=mentioned, prog_name="casemate", standalone_mode=False)
    except click.ClickException as error:
        pytest.fail(f"{page}: casemate {shlex.join(line)}: {error.format_message()}")


@pytest.mark.parametrize(("page", "line"), [item for item in TOLD if item[1][0] in {"scan", "report"}])
def test_a_file_that_is_documented_has_an_ending_with_a_format(page: str, line: tuple[str, ...]) -> None:
    named = [value for flag, value in pairwise(line) if flag in {"-o", "--output"} and value != "FILE"]
    assert [value for value in named if not value.endswith(tuple(ENDINGS))] == [], page


def test_the_pages_hold_the_commands_that_this_test_is_about() -> None:
    lines = {line for _, line in TOLD}
    assert ("doctor",) in lines
    assert ("mcp", "--root", "${workspaceFolder}") in lines
    assert ("scan", "-q", "-o", "casemate.sarif", "-o", "casemate.html") in lines
    assert ("scan", "--diff", "origin/$(System.PullRequest.TargetBranchName)") in lines


def test_a_flag_that_does_not_exist_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(click.Command, "invoke", lambda _self, _context: ExitCode.CLEAN)
    for wrong in (["scan", "--no-such-flag"], ["no-such-command"], ["rules", "no-such-command"], ["scan", "--fail-on", "dreadful"]):
        with pytest.raises(click.ClickException):
            casemate.main(args=wrong, prog_name="casemate", standalone_mode=False)


def rows(title: str) -> set[str]:
    """The names in the first column of the table below a heading."""
    section = INTEGRATIONS.read_text("utf-8").partition(f"\n### {title}\n")[2].partition("\n#")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def test_the_actions_inputs_and_outputs_are_all_documented() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    assert rows("Inputs") == set(action["inputs"])
    assert rows("Outputs") == set(action["outputs"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", FENCE.sub("", page.read_text("utf-8")))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_configuration_files_on_a_page_are_well_formed(page: Path) -> None:
    for fence in FENCE.finditer(page.read_text("utf-8")):
        if fence["kind"] == "json":
            assert json.loads(fence["body"])
        if fence["kind"] == "yaml":
            assert yaml.safe_load(fence["body"])


RULE = Rule("no-eval", "taint", 'Code from "outside"', (95,), Severity.HIGH, Precision.HIGH, "m", "h", "r", "0" * 64)


@pytest.mark.parametrize(("severity", "shown"), [("critical", "error"), ("high", "error"), ("medium", "warning"), ("low", "info"), ("info", "info")])
def test_the_editors_task_understands_what_the_scan_prints(severity: str, shown: str) -> None:
    (tasks,) = [json.loads(fence["body"]) for fence in FENCE.finditer(INTEGRATIONS.read_text("utf-8")) if '"problemMatcher"' in fence["body"]]
    rule = Rule(**{**{name: getattr(RULE, name) for name in RULE.__slots__}, "severity": Severity[severity.upper()]})
    finding = Finding("0" * 32, rule, "m", Trace.at(Span("src/a b.py", 12, 5, 12, 9)), ("taint",), Precision.HIGH)
    text = render_csv(ScanReport("1", (finding,), (rule,), Gate(None, 0, ExitCode.CLEAN)))
    found = [
        (matcher["severity"], *(match[matcher["pattern"][key]] for key in ("code", "file", "line", "column")))
        for matcher in tasks["tasks"][0]["problemMatcher"]
        for line in text.splitlines()
        if (match := re.match(matcher["pattern"]["regexp"], line))
    ]
    assert found == [(shown, "no-eval", "src/a b.py", "12", "5")]
