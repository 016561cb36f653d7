"""Reports made by hand, one for each thing a reader may meet, and the styles they are rendered in.

`update.py` beside this file writes the golden texts anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from scanner.core.coverage import Coverage, EngineRun, Skip, SkippedPath
from scanner.core.errors import ExitCode
from scanner.core.finding import Finding, Suppression, SuppressionKind, Trust
from scanner.core.location import Location, Role, Span, Trace
from scanner.core.problem import Problem, Stage
from scanner.core.report import Excerpt, Gate, ScanReport
from scanner.core.rule import Precision, Rule, Severity
from scanner.core.text import utf16_length
from scanner.core.verdict import Argument, Cause, Citation, Judgement, Part, Undecided
from scanner.reporters.json_read import read_report
from scanner.reporters.terminal.ink import TerminalStyle

JUDGED = Path(__file__).parents[1] / "json" / "report.json"
FILES = {
    "shop/views.py": """\
from flask import request

from shop.service import find_orders


@app.get("/orders")
def orders():
    customer = request.args["customer"]
    return render(find_orders(customer))
""",
    "shop/service.py": """\
from shop.db import query


def find_orders(customer):
    condition = f"customer = '{customer}'"

    return query("orders", condition)
""",
    "shop/db.py": """\
import sqlite3


def query(table, condition):
    connection = sqlite3.connect("shop.db")
    cursor = connection.cursor()
    cursor.execute(f"SELECT * FROM {table} WHERE {condition}")
    return cursor.fetchall()
""",
    "shop/greeting.py": """\
def greet(name):
\tif name:
\t\tprint("こんにちは 🎉", eval(name), "ça va")
\treturn name
""",
    "web/static/chart.js": "!function(){var a=1;" + "a+=1;" * 60 + "document.write(location.hash);" + "a-=1;" * 60 + "}();\n",
    "web/reports.py": "\n".join(f'    run("convert report-{number}.svg " + options[{number}])' for number in range(1, 41)) + "\n",
    "web/legacy.py": "\n".join(f'    run("lp " + printers[{number}])' for number in range(1, 7)) + "\n",
    "infra/main.tf": """\
resource "aws_security_group" "open" {
  name = "open"

  ingress {
    from_port   = 0
    to_port     = 65535
    cidr_blocks = ["0.0.0.0/0"]
  }
}
""",
    "evil/\x1b[2J\u202emoc.txt.py": 'key = "\x1b[31mFAKE\x1b[0m"  # \u202e } \u2066 if admin \u2069\u200b\rNo findings \udcff\n',
}


def rule(names: tuple[str, str], cwe: int, severity: Severity, texts: tuple[str, str], engine: str = "taint") -> Rule:
    """A rule from its id and title, its weakness, and its help and remediation."""
    return Rule(
        id=names[0],
        engine=engine,
        title=names[1],
        cwe=(cwe,),
        severity=severity,
        precision=Precision.HIGH,
        message=names[1],
        help=texts[0],
        remediation=texts[1],
        digest="0" * 64,
        references=("https://owasp.org/Top10/",),
    )


SQL_HELP = """\
Text that becomes part of a statement is parsed as SQL. Whoever controls it can read, change or delete
what the database user can reach. Quoting by hand does not help: every database quotes differently.

Stored procedures that build statements are no better.
"""
SQL_FIX = """\
Write a placeholder where a value goes, and hand the value to the driver:

```python
cursor.execute(
    "SELECT * FROM orders WHERE customer = ?",
    (customer,),
)
```

Names of tables cannot be placeholders. Take them from a **fixed list**:

- compare with the list, or
- map a key to a name, see [the guide](https://example.org/sql).
"""
SQL = rule(("python-sql-injection", "SQL statement built from request data"), 89, Severity.CRITICAL, (SQL_HELP, SQL_FIX))
EVAL = rule(
    ("python-eval", "Code built from data is run"),
    95,
    Severity.HIGH,
    (
        "`eval` runs any expression, and an expression can do whatever the process can.",
        "Parse the data with what fits it: `json.loads`, `ast.literal_eval`, `int`.",
    ),
)
DOM = rule(
    ("javascript-dom-write", "Page written from the address bar"),
    79,
    Severity.HIGH,
    (
        "What stands behind the `#` of an address becomes part of the page. A link is enough to run a script in the reader's session.",
        "Set `textContent` in place of writing HTML.",
    ),
    engine="semgrep",
)
SHELL = rule(
    ("python-command-injection", "Shell command built from data"),
    78,
    Severity.MEDIUM,
    (
        "A shell splits and expands what it is given. Data with a `;` in it starts a second command.",
        'Pass a list of arguments and no shell:\n\n```python\nsubprocess.run(["convert", name], check=True)\n```',
    ),
)
GROUP = rule(
    ("terraform-open-ingress", "Every port is open to everyone"),
    284,
    Severity.LOW,
    ("The rule lets any address reach any port.", "Name the ports and the networks that need them."),
    engine="semgrep",
)
HOSTILE = rule(
    ("generic-note", "A hostile repository"), 506, Severity.INFO, ("Nothing in it may move the cursor.", "Show it as text."), engine="secrets"
)


def span(path: str, text: str, line: int | None = None, *, until: str = "") -> Span:
    """Where `text` stands in a sample file, from its first character to its last, or to the end of `until`."""
    lines = FILES[path].split("\n")
    index = line - 1 if line else next(position for position, candidate in enumerate(lines) if text in candidate)
    start = lines[index].index(text)
    last = next(position for position in range(index, len(lines)) if until in lines[position]) if until else index
    end = lines[last].index(until) + len(until) if until else start + len(text)
    return Span(path, index + 1, utf16_length(lines[index][:start]) + 1, last + 1, utf16_length(lines[last][:end]) + 1)


def finding(found: Rule, trace: Trace, message: str = "", *, symbol: str = "", trust: Trust | None = None) -> Finding:
    """A finding with what reports show."""
    return Finding(
        fingerprint="f" * 8,
        rule=found,
        message=message or f"{found.title}.",
        trace=trace,
        engines=(found.engine,),
        confidence=found.precision,
        symbol=symbol,
        trust=trust,
    )


FLOW = finding(
    SQL,
    Trace(
        (
            Location(span("shop/views.py", 'request.args["customer"]'), Role.SOURCE, "the query string of the request"),
            Location(span("shop/views.py", "find_orders(customer)"), Role.STEP, "argument 1 of find_orders"),
            Location(span("shop/service.py", "f\"customer = '{customer}'\""), Role.STEP, "formatted into a string"),
            Location(span("shop/service.py", 'query("orders", condition)'), Role.STEP, "argument 2 of query"),
            Location(span("shop/db.py", 'f"SELECT * FROM {table} WHERE {condition}"'), Role.SINK, "the statement that execute runs"),
        )
    ),
    "A request parameter reaches a SQL statement as text.",
    symbol="query",
    trust=Trust.REMOTE,
)
AGREED = replace(
    FLOW,
    trace=Trace(
        (
            Location(span("shop/views.py", "customer", 8), Role.SOURCE, "a form field"),
            *(Location(span("shop/service.py", "customer", 4), Role.STEP, f"passed on by layer {number}") for number in range(1, 13)),
            Location(span("shop/db.py", "cursor.execute"), Role.SINK, "the statement that execute runs"),
        )
    ),
    engines=("semgrep", "taint"),
    also=(DOM,),
    related=(Location(span("shop/db.py", 'sqlite3.connect("shop.db")'), Role.CONTEXT, "the connection it runs on"),),
    suspicion="The table's name is checked nowhere between the request and the statement.",
)
UNICODE = finding(EVAL, Trace.at(span("shop/greeting.py", "eval(name)")), symbol="greet", trust=Trust.LOCAL)
LONG_LINE = finding(DOM, Trace.at(span("web/static/chart.js", "document.write(location.hash)")))
BLOCK = finding(GROUP, Trace.at(span("infra/main.tf", "ingress {", until="  }")))
MANY = tuple(
    finding(SHELL, Trace.at(span("web/reports.py", f'"convert report-{number}.svg " + options[{number}]', number))) for number in range(1, 41)
) + tuple(finding(SHELL, Trace.at(span("web/legacy.py", f'"lp " + printers[{number}]', number))) for number in range(1, 7))
SUPPRESSED = replace(
    finding(SHELL, Trace.at(span("web/legacy.py", '"lp " + printers[6]'))),
    suppression=Suppression(SuppressionKind.IN_SOURCE, "printers come from a constant table"),
)
EVIL_PATH = "evil/\x1b[2J\u202emoc.txt.py"
EVIL = replace(
    finding(
        HOSTILE,
        Trace(
            (
                Location(span(EVIL_PATH, "\x1b[31mFAKE"), Role.SOURCE, "note \x1b]0;title\x07 with \u2066bidi"),
                Location(span(EVIL_PATH, "if admin"), Role.SINK, "line\nNo findings in 412 files.\n\x1b[2K"),
            )
        ),
        "\x1b[2J\x1b[HNo findings.\r\nNothing to see \u202ehere\x00 \x85\x9b31m \ud800",
        symbol="\x1b[8mhidden\u200b",
    ),
    suspicion="\x08\x08\x08\x7f\ue000 looks fine",
)

ENGINES = (EngineRun("taint", "0.1.0", 388, 126), EngineRun("semgrep", "1.150.0", 24, 41), EngineRun("secrets", "0.1.0", 412, 58))
COVERAGE = Coverage(
    files=412,
    lines=38_120,
    languages=(("go", 12), ("javascript", 88), ("python", 288), ("terraform", 24)),
    skipped=(
        *(SkippedPath(f"node_modules/{number:04}.js", Skip.VENDORED) for number in range(1_100)),
        *(SkippedPath(f"img/{number:03}.png", Skip.BINARY) for number in range(80)),
        *(SkippedPath(f"dist/{number:03}.js", Skip.MINIFIED) for number in range(24)),
    ),
    partial=("tools/old.py", "tools/older.py", "tools/py2/main.py", "tools/py2/setup.py"),
    engines=ENGINES,
)
FAILED = Gate(Severity.HIGH, 3, ExitCode.FINDINGS)
CLEAN = Gate(Severity.HIGH, 0, ExitCode.CLEAN)

PROBLEMS = (
    *(Problem(Stage.PARSE, f"gen/deep{number}.py", "nested too deeply to be parsed") for number in range(5)),
    Problem(Stage.PARSE, "gen/deep0.py", "nested too deeply to be parsed"),
    Problem(Stage.DETECT, "semgrep", "stopped after 60 s"),
    Problem(Stage.SUPPRESS, "web/legacy.py:3", "a suppression names the rules it silences: casemate: ignore[rule-id] reason", incomplete=False),
    *(Problem(Stage.REPORT, f"tmp/{number}.py", f"changed or vanished during the scan: reason {number}", incomplete=False) for number in range(12)),
)


def report(*findings: Finding, gate: Gate = FAILED, coverage: Coverage = COVERAGE, problems: tuple[Problem, ...] = ()) -> ScanReport:
    """A report over the sample files."""
    return ScanReport(
        version="0.1.0",
        findings=findings,
        rules=(SQL, EVAL, DOM, SHELL, GROUP, HOSTILE),
        gate=gate,
        coverage=coverage,
        problems=problems,
        excerpts={path: Excerpt(dict(enumerate(text.split("\n"), start=1)), {}) for path, text in FILES.items()},
    )


@dataclass(frozen=True, slots=True)
class Case:
    """One golden text: `name`.txt is what `report` looks like in `style`."""

    name: str
    report: ScanReport
    style: TerminalStyle


EVIL_VERDICT = Judgement(
    Undecided(
        Cause.DISAGREEMENT,
        "\x1b[2Jnothing\nNo findings\u202e",
        (Citation(Span("evil/\x1b[2J\u202emoc.txt.py", 1, 1, 1, 5), "\x1b[31m", Part.SINK, "\r\x1b[Know\u200b"),),
        (Argument("\x1b[31mrefuted", "── Summary ──\x1b[1A"),),
    )
)


def all_cases() -> tuple[Case, ...]:
    """Every golden text."""
    mixed = report(FLOW, UNICODE, LONG_LINE, *MANY, BLOCK, SUPPRESSED, gate=FAILED)
    incomplete = report(
        UNICODE,
        gate=Gate(Severity.HIGH, 1, ExitCode.INCOMPLETE),
        coverage=replace(
            COVERAGE,
            skipped=(*COVERAGE.skipped, SkippedPath("secret.py", Skip.UNREADABLE), SkippedPath("slow.py", Skip.TIMEOUT)),
            engines=(ENGINES[0], replace(ENGINES[1], complete=False, note="stopped after 60 s"), ENGINES[2]),
        ),
        problems=PROBLEMS,
    )
    hostile = report(
        replace(EVIL, judgement=EVIL_VERDICT),
        gate=CLEAN,
        coverage=replace(COVERAGE, partial=("\x1b[1A.py",)),
        problems=(Problem(Stage.PARSE, "\r\n\x1b[K", "\u202e", incomplete=False),),
    )
    judged = read_report(JUDGED.read_bytes().decode())
    clean = report(gate=CLEAN)
    nothing = report(gate=CLEAN, coverage=Coverage(skipped=(SkippedPath("vendor/", Skip.VENDORED),)))
    plain = TerminalStyle(color=False, width=100)
    return (
        *(Case(f"mixed-{width}", mixed, replace(plain, width=width)) for width in (60, 80, 120)),
        Case("mixed-80-color", mixed, TerminalStyle(color=True, width=80, links=True)),
        Case("mixed-80-ascii", mixed, TerminalStyle(color=False, width=80, unicode=False)),
        Case("long-flow", replace(report(FLOW, AGREED), triaged=True, hidden=14), plain),
        Case("flow-verbose", report(FLOW, SUPPRESSED), replace(plain, verbosity=1)),
        Case("incomplete", incomplete, plain),
        Case("incomplete-verbose", incomplete, replace(plain, verbosity=1)),
        Case("hostile", hostile, plain),
        Case("hostile-ascii", hostile, replace(plain, unicode=False)),
        Case("clean", clean, plain),
        Case("nothing-looked-at", nothing, plain),
        *(Case(f"judged-{width}", judged, replace(plain, width=width)) for width in (80, 120)),
        Case("judged-verbose", judged, replace(plain, verbosity=1)),
    )


@pytest.fixture
def cases() -> dict[str, Case]:
    """Every golden text by name."""
    return {case.name: case for case in all_cases()}
