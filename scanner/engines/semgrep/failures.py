"""Everything that can go wrong with Semgrep, as problems; the one table of its error types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scanner.core.problem import Problem, Stage
from scanner.engines.semgrep.convert import one_line
from scanner.engines.semgrep.kind import ENGINE
from scanner.engines.semgrep.process import End

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scanner.engines.semgrep.output import Complaint
    from scanner.engines.semgrep.process import Ended

_MAX_DETAIL: Final = 300
_MAX_RANGES: Final = 10
_LOG_LINE: Final = re.compile(r"^(?:\x1b\[[0-9;]*m)?\[[ 0-9.]+\]\[(?:\x1b\[[0-9;]*m)?([A-Z]+)(?:\x1b\[[0-9;]*m)?\]: ?", re.MULTILINE)
_UNKNOWN_FIELD: Final = re.compile(r"Skipping unknown field '([^'\n]{1,80})' in rule \"([^\"\n]{1,200})\"")

_RULE: Final = frozenset(
    {
        "IncompatibleRule", "Incompatible rule", "Invalid YAML", "InvalidRuleSchemaError", "Missing plugin", "Pattern parse error",
        "PatternParseError", "Rule parse error", "UnknownLanguageError",
    }
)  # fmt: skip
# The file is at fault: it was looked at as far as its language goes, and another run would say the same.
_SYNTAX: Final = frozenset({"AST builder error", "Lexical error", "Other syntax error", "PartialParsing", "Syntax error"})
_LIMITS: Final[Mapping[str, str]] = {
    "Out of memory": "it needs more memory than Semgrep may use",
    "Stack overflow": "it is nested more deeply than Semgrep can follow",
    "Timeout": "Semgrep took too long",
    "Too many matches": "there are more matches than Semgrep reports",
}
_UNREAD: Final = ("Unix_error", "Sys_error")
"""How the message begins when a file could not be read; Semgrep files that under syntax errors."""
# Semgrep cuts the dataflow analysis of a large function short; what it found until then counts.
_UNSETTLED: Final = "Fixpoint timeout"


def problems_of(complaints: Iterable[Complaint], paths: Mapping[str, str], rule_files: Mapping[str, str]) -> list[Problem]:
    """What Semgrep complained about, sorted; complaints about one file that differ only in the rule become one.

    `paths` are the files it was handed, as it names them, with their paths from the root; `rule_files` says where each rule is written.
    """
    grouped: dict[tuple[str, str], list[Complaint]] = {}
    problems: list[Problem] = []
    for complaint in complaints:
        path = paths.get(complaint.path, "")
        if path and (complaint.kind in _LIMITS or complaint.kind == _UNSETTLED):
            grouped.setdefault((path, complaint.kind), []).append(complaint)
        else:
            problems.append(_single(complaint, path, rule_files))
    problems.extend(_limit(path, kind, group) for (path, kind), group in grouped.items())
    return sorted(set(problems))


def unknown_fields(stderr: bytes, rule_files: Mapping[str, str]) -> list[Problem]:
    """Keys of rules that Semgrep ignored; it only says so in its log."""
    found = {(rule_id, field) for field, rule_id in _UNKNOWN_FIELD.findall(stderr.decode("utf-8", "replace"))}
    return [
        Problem(Stage.RULES, rule_files.get(rule_id, rule_id), f"{rule_id}: Semgrep does not know the key {field} and ignored it", incomplete=False)
        for rule_id, field in sorted(found)
        if rule_id in rule_files
    ]


def is_lasting(complaint: Complaint) -> bool:
    """Whether another run would complain in the same way: about the file's syntax, and not about time, memory, or a file that was away."""
    return complaint.kind in _SYNTAX and not complaint.message.startswith(_UNREAD)


def is_silent_about_rules(log: bytes) -> bool:
    """Whether the log says nothing of rules that each run would say again."""
    return _UNKNOWN_FIELD.search(log.decode("utf-8", "replace")) is None


def death(ended: Ended, seconds: float) -> str:
    """Why a run gave nothing: what the system or the engine said last."""
    match ended.end:
        case End.TIMED_OUT:
            return f"stopped after {seconds:.0f} seconds"
        case End.TOO_MUCH_OUTPUT:
            return "stopped because it printed too much"
        case End.NOT_STARTED:
            return f"cannot be started: {_last_words(ended.stderr)}"
        case End.EXITED:
            how = f"killed by signal {-ended.code}" if ended.code < 0 else f"ended with code {ended.code}"
            words = _last_words(ended.stderr)
            return f"{how}: {words}" if words else how


def _single(complaint: Complaint, path: str, rule_files: Mapping[str, str]) -> Problem:
    message = one_line(complaint.message, _MAX_DETAIL)
    if complaint.kind in _RULE and not path:
        rule_id = complaint.rule_id
        return Problem(Stage.RULES, rule_files.get(rule_id, rule_id or ENGINE), f"Semgrep refused the rule {rule_id}: {message}")
    if complaint.kind in _SYNTAX and path and not message.startswith(_UNREAD):
        return Problem(Stage.PARSE, path, _syntax(complaint, message), incomplete=False)
    said = " ".join(part for part in (f"rule {complaint.rule_id}:" if complaint.rule_id else "", complaint.kind, message) if part)
    return Problem(Stage.DETECT, path or ENGINE, f"Semgrep reports: {said}")


def _syntax(complaint: Complaint, message: str) -> str:
    if complaint.kind != "PartialParsing":
        return f"Semgrep could not parse it: {message or complaint.kind}"
    ranges = _joined(complaint.lines)
    shown = ", ".join(_range(first, last) for first, last in ranges[:_MAX_RANGES]) + (" and others" if len(ranges) > _MAX_RANGES else "")
    return f"Semgrep did not understand {'line' if shown.isdecimal() else 'lines'} {shown}" if shown else "Semgrep did not understand parts of it"


def _joined(lines: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges of lines with those that touch or overlap made one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(lines):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _limit(path: str, kind: str, group: Iterable[Complaint]) -> Problem:
    rules = ", ".join(sorted({complaint.rule_id for complaint in group if complaint.rule_id}))
    about = f" (rules: {rules})" if rules else ""
    if kind == _UNSETTLED:
        return Problem(Stage.DETECT, path, f"Semgrep cut the dataflow analysis of a function short{about}", incomplete=False)
    return Problem(Stage.DETECT, path, one_line(f"{_LIMITS[kind]}{about}"))


def _last_words(stderr: bytes) -> str:
    """The end of the engine's log on one line, without its clock, which differs from run to run."""
    lines = list(_worth_showing(_LOG_LINE.sub(r"\1 ", stderr.decode("utf-8", "replace")).splitlines()))
    return one_line(" ".join(lines[-3:]), _MAX_DETAIL)


def _worth_showing(lines: Iterable[str]) -> Iterator[str]:
    return (line for line in lines if line.strip() and not line.lstrip().startswith(("Called from", "Raised ", "Re-raised")))
