"""A SARIF 2.1.0 file of any tool as candidates and rules. The file is foreign text: sizes are bounded, what makes no sense is told and left out."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from scanner.core.errors import UsageError
from scanner.core.files import stays_below
from scanner.core.finding import Candidate
from scanner.core.location import Location, Role, Span, Trace
from scanner.core.problem import Problem, Stage
from scanner.engines.foreign.rules import rule_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from scanner.core.rule import Rule

MOST_BYTES: Final = 256 * 1024 * 1024
MOST_RESULTS: Final = 50_000
MOST_STEPS: Final = 100
_MOST_TEXT: Final = 2_000
_LINK: Final = re.compile(r"(?<!\\)\[([^\]]{0,500})\]\([^)]{0,500}\)")
_PLACEHOLDER: Final = re.compile(r"\{(\d{1,3})\}")
_NO_RESULT: Final = frozenset({"pass", "notApplicable", "informational"})


class _OddError(Exception):
    """A result that cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class ForeignResults:
    """What a file says: candidates in its order, the rules they name by id, the tools with their versions, and what could not be used."""

    candidates: tuple[Candidate, ...]
    rules: Mapping[str, Rule]
    tools: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...] = ()


def read_sarif(path: Path, root: Path) -> ForeignResults:
    """The results of a file about the code below `root`. Raises UsageError when it cannot be read or is no SARIF 2.1.0."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        msg = f"{path}: cannot be read: {error.strerror or error}"
        raise UsageError(msg) from error
    if len(data) > MOST_BYTES:
        msg = f"{path}: larger than {MOST_BYTES} bytes"
        raise UsageError(msg)
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        msg = f"{path}: no JSON: {error}"
        raise UsageError(msg) from error
    runs = value.get("runs") if isinstance(value, dict) else None
    if not isinstance(runs, list) or str(value.get("version", "")) != "2.1.0":
        msg = f"{path}: not a SARIF 2.1.0 file"
        raise UsageError(msg)
    reader = _Reader(path.name, root)
    for run in runs:
        reader.take(_mapping(run))
    return reader.results()


class _Reader:
    """Collects over the runs of a file."""

    def __init__(self, name: str, root: Path) -> None:
        self._name = name
        self._root = root
        self._candidates: list[Candidate] = []
        self._rules: dict[str, Rule] = {}
        self._tools: list[tuple[str, str]] = []
        self._odd: dict[str, int] = {}
        self._count = 0

    def take(self, run: Mapping[str, Any]) -> None:
        driver = _mapping(_mapping(run.get("tool")).get("driver"))
        tool = _word(str(driver.get("name", ""))) or "unknown"
        self._tools.append((tool, str(driver.get("semanticVersion") or driver.get("version") or "")[:50]))
        results = run.get("results")
        for result in results if isinstance(results, list) else ():
            self._count += 1
            if self._count > MOST_RESULTS:
                self._note(f"only the first {MOST_RESULTS} results are read")
                return
            own = _mapping(result)
            if own.get("kind") in _NO_RESULT or own.get("baselineState") == "absent" or _suppressed(own):
                continue
            try:
                self._candidates.append(self._candidate(run, tool, own))
            except _OddError as error:
                self._note(str(error))
            except (ValueError, TypeError, OverflowError):
                self._note("a place that makes no sense")

    def results(self) -> ForeignResults:
        problems = tuple(
            Problem(Stage.DETECT, self._name, f"{count} result{'s' if count > 1 else ''} left out: {why}") for why, count in sorted(self._odd.items())
        )
        return ForeignResults(tuple(self._candidates), dict(sorted(self._rules.items())), tuple(dict.fromkeys(self._tools)), problems)

    def _note(self, why: str) -> None:
        self._odd[why] = self._odd.get(why, 0) + 1

    def _candidate(self, run: Mapping[str, Any], tool: str, result: Mapping[str, Any]) -> Candidate:
        given = _rule(run, result)
        name = str(given.get("id") or result.get("ruleId") or "")[:300]
        rule = rule_of(tool, name, given, result)
        rule = self._rules.setdefault(rule.id, rule)
        locations = result.get("locations")
        if not isinstance(locations, list) or not locations:
            msg = "no place is named"
            raise _OddError(msg)
        place = self._span(run, _mapping(locations[0]))
        return Candidate(tool, rule.id, _message(given, result), self._trace(run, result, place))

    def _trace(self, run: Mapping[str, Any], result: Mapping[str, Any], place: Span) -> Trace:
        steps = [Location(self._span(run, item), Role.STEP, note) for item, note in _flow(result)]
        if len(steps) < 2:  # noqa: PLR2004 - a flow has a beginning and an end
            return Trace.at(place)
        first, *between, last = steps
        ends = last.span.path == place.path and last.span.start_line == place.start_line
        ways = [*between] if ends else [*between, last]
        sink = Location(last.span, Role.SINK, last.note) if ends else Location(place, Role.SINK)
        return Trace((Location(first.span, Role.SOURCE, first.note), *ways, sink))

    def _span(self, run: Mapping[str, Any], location: Mapping[str, Any]) -> Span:
        physical = _mapping(location.get("physicalLocation"))
        path = self._path(run, _mapping(physical.get("artifactLocation")))
        region = _mapping(physical.get("region"))
        line = _number(region, "startLine", 1)
        column = _number(region, "startColumn", 1)
        end_line = max(line, _number(region, "endLine", line))
        end_column = _number(region, "endColumn", column if end_line == line else 1)
        return Span(path, line, column, end_line, max(end_column, column) if end_line == line else end_column)

    def _path(self, run: Mapping[str, Any], artifact: Mapping[str, Any]) -> str:
        """The path below the root. Base ids are taken for the root; an absolute address counts when it lies below it."""
        uri = artifact.get("uri")
        index = artifact.get("index")
        artifacts = run.get("artifacts")
        if uri is None and isinstance(index, int) and isinstance(artifacts, list) and 0 <= index < len(artifacts):
            uri = _mapping(_mapping(artifacts[index]).get("location")).get("uri")
        if not isinstance(uri, str) or not uri or len(uri) > 4_096:  # noqa: PLR2004 - no path is longer
            msg = "no file is named"
            raise _OddError(msg)
        parts = urlsplit(uri.replace("\\", "/"))
        if parts.scheme not in {"", "file"} or (parts.netloc and parts.netloc != "localhost"):
            msg = "the place is no file"
            raise _OddError(msg)
        path = unquote(parts.path)
        root = self._root.as_posix()
        path = path.removeprefix(f"{root}/") if path.startswith(f"{root}/") else path
        path = str(PurePosixPath(path)) if not path.startswith("/") else path
        if not stays_below(path):
            msg = "the file lies outside the scanned directory"
            raise _OddError(msg)
        return path


def _flow(result: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The steps of the first flow, with the words that stand at each; of a very long one the two ends."""
    flows = result.get("codeFlows")
    flow = _mapping(flows[0]) if isinstance(flows, list) and flows else {}
    threads = flow.get("threadFlows")
    steps = _mapping(threads[0]).get("locations") if isinstance(threads, list) and threads else None
    kept = steps if isinstance(steps, list) else []
    if len(kept) > MOST_STEPS:
        kept = [*kept[: MOST_STEPS // 2], *kept[-MOST_STEPS // 2 :]]
    for step in kept:
        location = _mapping(_mapping(step).get("location"))
        yield location, _plain(str(_mapping(location.get("message")).get("text") or ""))


def _rule(run: Mapping[str, Any], result: Mapping[str, Any]) -> Mapping[str, Any]:
    """The rule's description: by index where one is given, else by id, in the driver or an extension."""
    tool = _mapping(run.get("tool"))
    extensions = tool.get("extensions")
    components = [_mapping(tool.get("driver")), *(map(_mapping, extensions) if isinstance(extensions, list) else ())]
    reference = _mapping(result.get("rule"))
    component = _mapping(reference.get("toolComponent")).get("index")
    home = components[component + 1] if isinstance(component, int) and 0 <= component < len(components) - 1 else components[0]
    index = reference.get("index", result.get("ruleIndex"))
    listed = home.get("rules")
    if isinstance(index, int) and isinstance(listed, list) and 0 <= index < len(listed):
        return _mapping(listed[index])
    name = result.get("ruleId") or reference.get("id")
    for one in components:
        rules = one.get("rules")
        for rule in rules if isinstance(rules, list) else ():
            if name is not None and _mapping(rule).get("id") == name:
                return _mapping(rule)
    return {"id": name} if isinstance(name, str) else {}


def _message(rule: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    message = _mapping(result.get("message"))
    text = message.get("text")
    if not isinstance(text, str):
        text = _mapping(_mapping(rule.get("messageStrings")).get(str(message.get("id", "")))).get("text")
    if not isinstance(text, str):
        return str(_mapping(rule.get("shortDescription")).get("text") or rule.get("id") or "a finding")[:_MOST_TEXT]
    arguments = message.get("arguments")
    values = arguments if isinstance(arguments, list) else []

    def filled(match: re.Match[str]) -> str:
        number = int(match[1])
        return str(values[number]) if number < len(values) else match[0]

    return _plain(_PLACEHOLDER.sub(filled, text))


def _plain(text: str) -> str:
    """Words without the links that SARIF puts into them, on one line."""
    return " ".join(_LINK.sub(r"\1", text[: 2 * _MOST_TEXT]).split())[:_MOST_TEXT]


def _suppressed(result: Mapping[str, Any]) -> bool:
    suppressions = result.get("suppressions")
    return isinstance(suppressions, list) and any(_mapping(item).get("status", "accepted") == "accepted" for item in suppressions)


def _word(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower().split()[0] if name.split() else "").strip("-")[:40]


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _number(region: Mapping[str, Any], key: str, default: int) -> int:
    value = region.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 2**31:
        msg = "a region that makes no sense"
        raise _OddError(msg)
    return value
