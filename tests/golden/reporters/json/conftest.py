"""A report built by hand that holds something of everything. `update.py` beside this file writes its golden texts anew."""

from __future__ import annotations

import os
from dataclasses import replace
from decimal import Decimal

import pytest

from scanner.core.coverage import Coverage, EngineRun, Skip, SkippedPath
from scanner.core.errors import ExitCode
from scanner.core.finding import Finding, State, Suppression, SuppressionKind, Trust
from scanner.core.linehash import line_hashes
from scanner.core.location import Location, Role, Span, Trace
from scanner.core.problem import Problem, Stage
from scanner.core.report import Excerpt, Gate, Provenance, ScanReport
from scanner.core.rule import Precision, Rule, Severity
from scanner.core.text import split_lines, utf16_length
from scanner.core.usage import Usage
from scanner.core.verdict import (
    Access,
    Argument,
    Cause,
    Citation,
    Confirmed,
    Judgement,
    Needed,
    Part,
    Preconditions,
    Reason,
    Refuted,
    Undecided,
)

LATIN_1 = os.fsdecode(b"legacy/caf\xe9 men\xfc.py")
FILES = {
    "app/views.py": (
        'from app.orders import find_orders\n\n\ndef orders(request):\n    customer = request.GET["customer"]\n    return find_orders(customer)\n'
    ),
    "app/orders.py": (
        "from app.db import run\n"
        "\n"
        "\n"
        "def find_orders(customer):\n"
        '    query = "SELECT * FROM orders WHERE customer = \'" + customer + "\'"\n'
        "    return run(query)\n"
    ),
    "app/db.py": (
        "import sqlite3\n"
        "\n"
        "\n"
        "def run(query):\n"
        '    with sqlite3.connect("shop.db") as connection:\n'
        "        return connection.execute(query).fetchall()\n"
    ),
    "docs and notes/größe 😀.py": (
        "import subprocess\n"
        "\n"
        '# Grüße: "€ 😀 漢字"\n'
        'smile = "😀" ; subprocess.run("echo 😀 " + smile, shell=True)\n'
        "subprocess.run(\n"
        '    "ls " + smile,\n'
        "    shell=True,\n"
        ")\n"
    ),
    LATIN_1: "import hashlib\r\ntoken = hashlib.md5(b'x')  # casemate: ignore\r\n",
    "settings.py": 'API_KEY = "************************"\n\u202e = "reversed"\n',
}

SQL = Rule(
    id="python-sql-injection",
    engine="taint",
    title="SQL query built from user input",
    cwe=(89, 943),
    severity=Severity.CRITICAL,
    precision=Precision.HIGH,
    message="Data from a request reaches a SQL query as code",
    help="A query that is glued together from text lets whoever controls the text change the query.\n\n```python\ncursor.execute(query)\n```",
    remediation="Pass values as parameters:\n\n```python\ncursor.execute('SELECT 1 WHERE a = ?', (a,))\n```",
    digest="1" * 64,
    languages=("python",),
    references=("https://cwe.mitre.org/data/definitions/89.html",),
    tags=("injection",),
)
SHELL = Rule(
    id="python-shell-command",
    engine="semgrep",
    title="Command run through a shell",
    cwe=(78,),
    severity=Severity.HIGH,
    precision=Precision.MEDIUM,
    message="A command runs through a shell",
    help="The shell reads the whole text.",
    remediation="Pass a list and leave out `shell=True`.",
    digest="2" * 64,
)
HASH = Rule(
    id="python-weak-hash",
    engine="semgrep",
    title="Weak hash",
    cwe=(327,),
    severity=Severity.LOW,
    precision=Precision.VERY_HIGH,
    message="MD5 is broken",
    help="MD5 collisions are cheap.",
    remediation="",
    digest="3" * 64,
)
SECRET = Rule(
    id="generic-api-key",
    engine="secrets",
    title="API key in the code",
    cwe=(798,),
    severity=Severity.MEDIUM,
    precision=Precision.LOW,
    message="An API key is written in the code",
    help="Whoever reads the code has the key.",
    remediation="Revoke it and read it from the environment.",
    digest="4" * 64,
)
NOTE = Rule(
    id="python-debug-left-on",
    engine="semgrep",
    title="Debug mode",
    cwe=(489,),
    severity=Severity.INFO,
    precision=Precision.LOW,
    message="Debug mode is left on",
    help="",
    remediation="",
    digest="5" * 64,
)


def span_of(path: str, code: str, line: int = 0) -> Span:
    """Where `code` stands in one of the files, from the given line on; its columns count UTF-16 units."""
    text = FILES[path].replace("\r\n", "\n")
    start = text.index(code, sum(len(item) + 1 for item in text.split("\n")[: max(line - 1, 0)]))
    before, inside = text[:start].split("\n"), code.split("\n")
    column = utf16_length(before[-1]) + 1
    last = utf16_length(inside[-1])
    return Span(path, len(before), column, len(before) + len(inside) - 1, column + last if len(inside) == 1 else last + 1)


def excerpts_of(findings: tuple[Finding, ...]) -> dict[str, Excerpt]:
    """Every line of the files, and the hashes of the lines at which findings stand."""
    wanted: dict[str, set[int]] = {path: set() for path in FILES}
    for finding in findings:
        wanted[finding.place.path].add(finding.place.start_line)
    return {path: Excerpt(lines=dict(enumerate(split_lines(text), 1)), line_hashes=line_hashes(text, wanted[path])) for path, text in FILES.items()}


def flow() -> Finding:
    steps = (
        Location(span_of("app/views.py", 'request.GET["customer"]'), Role.SOURCE, "a query parameter of the request"),
        Location(span_of("app/views.py", "find_orders(customer)"), Role.STEP, "argument 1 of find_orders"),
        Location(span_of("app/orders.py", "customer + "), Role.STEP, ""),
        Location(span_of("app/db.py", "connection.execute(query)"), Role.SINK, "executed as SQL"),
    )
    return Finding(
        fingerprint="f1" * 16,
        rule=SQL,
        message="Data from a request reaches a SQL query as code in `run`",
        trace=Trace(steps),
        engines=("semgrep", "taint"),
        confidence=Precision.VERY_HIGH,
        symbol="run",
        suspicion="Nothing on the way checks the value.",
        trust=Trust.REMOTE,
        also=(SHELL,),
        related=(Location(span_of("app/db.py", 'sqlite3.connect("shop.db")'), Role.CONTEXT, "the database is opened here"),),
    )


def simple(rule: Rule, mark: str, span: Span, message: str, suppression: Suppression | None = None) -> Finding:
    return Finding(mark * 16, rule, message, Trace.at(span), (rule.engine,), rule.precision, suppression=suppression)


MODELS = ("first-model", "second-model")
READ = Usage(calls=9, input_tokens=1_204, output_tokens=2_310, cache_write_tokens=18_400, cache_read_tokens=61_007, cost_usd=Decimal("0.1834"))


def cited(path: str, code: str, part: Part, note: str = "") -> Citation:
    span = span_of(path, code)
    lines = FILES[path].replace("\r\n", "\n").split("\n")[span.start_line - 1 : span.end_line]
    return Citation(Span(path, span.start_line, 1, span.end_line, utf16_length(lines[-1]) + 1), "\n".join(lines), part, note)


def confirmed() -> Judgement:
    """A flow that two models agree on."""
    return Judgement(
        Confirmed(
            rationale="The parameter `customer` is glued into the query, and no step between the request and `execute` checks it.",
            citations=(
                cited("app/views.py", 'request.GET["customer"]', Part.SOURCE, "the caller chooses the value"),
                cited("app/orders.py", "customer + ", Part.HOP),
                cited("app/db.py", "connection.execute(query)", Part.SINK, "the whole text is parsed as SQL"),
            ),
            severity=Severity.CRITICAL,
            preconditions=Preconditions(Access.NETWORK, Needed.NONE, Needed.NONE, Needed.NONE),
        ),
        models=MODELS,
        usage=READ,
    )


def disputed() -> Judgement:
    """Two sides, two answers."""
    emoji = "docs and notes/größe 😀.py"
    line = cited(emoji, 'subprocess.run("echo 😀 " + smile, shell=True)', Part.SINK)
    return Judgement(
        Undecided(
            cause=Cause.DISAGREEMENT,
            rationale="Whether `smile` can ever hold anything else is not visible in this file.",
            citations=(line,),
            arguments=(
                Argument("confirmed", "A shell reads text that is put together at run time.", (line,)),
                Argument("refuted", "The only value is a constant.", (cited(emoji, 'smile = "😀"', Part.MITIGATION),)),
            ),
        ),
        models=MODELS,
        usage=replace(READ, cost_usd=Decimal("0.0312")),
    )


def refuted() -> Judgement:
    return Judgement(
        Refuted("The digest is a cache key and protects nothing.", (cited(LATIN_1, "hashlib.md5(b'x')", Part.CONTEXT),), Reason.SAFE_INTERFACE),
        models=MODELS[:1],
        cached=True,
    )


def judged() -> ScanReport:
    """The same report after triage and a comparison: every verdict, every state, and findings that are gone."""
    report = whole()
    first, second, third, fourth, last = report.findings
    skipped = Judgement(Undecided(Cause.BUDGET))
    findings = (
        replace(first, judgement=confirmed(), state=State.NEW),
        replace(second, judgement=disputed(), state=State.PERSISTING),
        replace(third, judgement=skipped, state=State.MOVED, kin=("a3" * 8, "a4" * 8)),
        replace(fourth, state=State.UNKNOWN),
        replace(
            last,
            judgement=refuted(),
            state=State.PERSISTING,
            suppression=Suppression(SuppressionKind.EXTERNAL, "The digest is a cache key and protects nothing."),
        ),
    )
    gone = simple(NOTE, "d6", Span("app/old.py", 12, 1, 12, 20), "Debug mode is left on")
    return replace(
        report,
        findings=findings,
        triaged=True,
        usage=READ + replace(READ, cost_usd=Decimal("0.0312")),
        compared="0fedcba9876543210fedcba9876543210fedcba9",
        fixed=(
            replace(gone, state=State.FIXED),
            replace(gone, fingerprint="d7" * 16, trace=Trace.at(Span("app/large.py", 3, 1, 3, 9)), state=State.UNKNOWN),
        ),
    )


def whole() -> ScanReport:
    """Several rules, a flow over three files, a suppressed finding, a span of several lines, odd paths, problems and gaps."""
    emoji = "docs and notes/größe 😀.py"
    accepted = Suppression(SuppressionKind.IN_SOURCE, "a cache key, not a \u202esignature", span_of(LATIN_1, "# casemate: ignore"))
    findings = (
        flow(),
        simple(SHELL, "a2", span_of(emoji, 'subprocess.run("echo 😀 " + smile, shell=True)'), "A command runs through a shell."),
        simple(SHELL, "a3", span_of(emoji, 'subprocess.run(\n    "ls " + smile,\n    shell=True,\n)'), "A command runs through a shell."),
        simple(SECRET, "b4", span_of("settings.py", '"************************"'), "An API key\nis written in the code"),
        simple(HASH, "c5", span_of(LATIN_1, "hashlib.md5(b'x')"), "MD5 is broken [read](https://example.com/{0})", suppression=accepted),
    )
    return ScanReport(
        version="0.1.0",
        findings=findings,
        rules=tuple(sorted((SQL, SHELL, HASH, SECRET, NOTE), key=lambda rule: rule.id)),
        gate=Gate(Severity.HIGH, 3, ExitCode.INCOMPLETE),
        coverage=Coverage(
            files=6,
            lines=34,
            languages=(("python", 6),),
            skipped=(
                SkippedPath("assets/logo.png", Skip.BINARY),
                SkippedPath("assets/photo.png", Skip.BINARY),
                SkippedPath("broken: \udcff\x1b[31m.py", Skip.UNREADABLE, "Permission denied"),
                SkippedPath("vendor/", Skip.VENDORED),
            ),
            partial=("app/views.py",),
            engines=(
                EngineRun("secrets", "0.1.0", 6, 1),
                EngineRun("semgrep", "1.151.0", 5, 3, complete=False, note="one file took more than 30 s"),
                EngineRun("taint", "0.1.0", 6, 1),
            ),
        ),
        problems=(
            Problem(Stage.COLLECT, "broken: \udcff\x1b[31m.py", "Permission denied"),
            Problem(Stage.RULES, "python-old-rule", "the setting names no rule", incomplete=False),
        ),
        excerpts=excerpts_of(findings),
        provenance=Provenance("https://github.com/example/shop.git", "0123456789abcdef0123456789abcdef01234567", "main"),
        hidden=2,
    )


@pytest.fixture(scope="session")
def report() -> ScanReport:
    return judged()
