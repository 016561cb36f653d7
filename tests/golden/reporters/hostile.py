"""Reports for more than one folder of tests, which load this file with `runpy`: one with hostile text in every field, and large ones.

`CANARY` is the global variable that the hostile texts would set if any of them ran.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from scanner.core.coverage import Coverage, EngineRun, Skip, SkippedPath
from scanner.core.errors import ExitCode
from scanner.core.finding import Finding, State, Suppression, SuppressionKind, Trust
from scanner.core.location import Location, Role, Span, Trace
from scanner.core.problem import Problem, Stage
from scanner.core.report import Excerpt, Gate, Provenance, ScanReport
from scanner.core.rule import Precision, Rule, Severity
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

CANARY = "casemateCanary"
RUN = f"window.{CANARY}=1"
ATTACKS = (
    f"</script><script>{RUN}</script>",
    f'"><img src=x onerror="{RUN}"><svg/onload={RUN}>',
    f"<!--</script>--><iframe srcdoc='<script>parent.{CANARY}=1</script>'></iframe>",
    f"</style></title></textarea><body onload={RUN}>",
    f"javascript:{RUN}//",
    f"${{{RUN}}}{{{{constructor.constructor('{RUN}')()}}}}",
    "\u2028\u2029\x00\x1b[31m\x7f\x85\ud800\udcff\u202eesrever\u2066\u200b\ufeff\ufffe\uffff\U000e0041",
    "@everyone ![i](https://evil.example/i.png) [l](https://evil.example) <https://evil.example> www.evil.example #123 a/b#1 !7",
    "<!-- casemate:finding:forged --> ```` ~~~ ` | \\| \\ &lt; ]]> '",
    "\n::error::forged\r\n::set-output name=a::b\n##[error]forged\n# heading\n- item\n| a |\n",
)
EVIL = "".join(ATTACKS)
FORMULA = "=cmd|' /C calc'!A0"
LINE = EVIL.replace("\n", " ").replace("\r", " ")
PATH = f"evil/{LINE}"
COST = Usage(calls=1, input_tokens=10, output_tokens=5, cache_read_tokens=30, cost_usd=Decimal("0.25"))


def _rule(name: str, severity: Severity) -> Rule:
    return Rule(
        id=name,
        engine=EVIL,
        title=EVIL,
        cwe=(79,),
        severity=severity,
        precision=Precision.HIGH,
        message=EVIL,
        help=f"{EVIL}\n\n```html\n{EVIL}\n```\n\n- {LINE}\n",
        remediation=EVIL,
        digest=EVIL,
        languages=(EVIL,),
        references=(EVIL, f"javascript:{RUN}", "https://example.com/page", f'https://example.com/"onclick="{RUN}'),
        tags=(EVIL,),
    )


def _judgement(kind: int) -> Judgement:
    citations = (Citation(Span(PATH, 1, 1, 2, 5), f"{EVIL}\n{LINE}", Part.SINK, EVIL),)
    if kind == 0:
        verdict: Confirmed | Refuted | Undecided = Confirmed(
            EVIL, citations, Severity.HIGH, Preconditions(Access.NETWORK, Needed.SOME, Needed.MUCH, Needed.SOME)
        )
    elif kind == 1:
        verdict = Undecided(Cause.DISAGREEMENT, EVIL, citations, (Argument(EVIL, EVIL, citations), Argument("refuted", EVIL)))
    else:
        verdict = Refuted(EVIL, citations, Reason.UNREACHABLE)
    return Judgement(verdict, (EVIL,), COST)


def hostile_report() -> ScanReport:
    """Everything that a report can quote, hostile."""
    rules = tuple(_rule(f"evil-{severity.label}", severity) for severity in Severity)
    source = Location(Span(PATH, 1, 1, 1, 9), Role.SOURCE, EVIL)
    sink = Location(Span("evil/long.js", 1, 3_001, 1, 3_020), Role.SINK, EVIL)
    findings = tuple(
        Finding(
            fingerprint=f"{EVIL}{index}",
            rule=rule,
            message=FORMULA if index == 0 else EVIL,
            trace=Trace((source, sink) if index % 2 else (source,)),
            engines=(EVIL,),
            confidence=Precision.LOW,
            symbol=EVIL,
            suspicion=EVIL,
            trust=Trust.REMOTE,
            also=(rules[0],),
            related=(source,),
            suppression=Suppression(SuppressionKind.EXTERNAL, EVIL, source.span) if index == 2 else None,
            judgement=_judgement(index) if index < 3 else None,
            state=State.NEW,
        )
        for index, rule in enumerate(rules)
    )
    return ScanReport(
        version=EVIL,
        findings=findings,
        rules=rules,
        gate=Gate(Severity.HIGH, 2, ExitCode.INCOMPLETE),
        coverage=Coverage(
            files=2,
            lines=4,
            languages=((EVIL, 2),),
            skipped=(SkippedPath(PATH, Skip.UNREADABLE, EVIL), SkippedPath(PATH, Skip.BINARY, EVIL)),
            partial=(PATH,),
            engines=(EngineRun(EVIL, EVIL, 1, 1, complete=False, note=EVIL),),
        ),
        problems=(Problem(Stage.PARSE, EVIL, EVIL), Problem(Stage.TRIAGE, EVIL, EVIL, incomplete=False)),
        excerpts={PATH: Excerpt({1: LINE, 2: LINE}, {1: EVIL}), "evil/long.js": Excerpt({1: "x=1;" * 750 + LINE + "y=2;" * 500}, {})},
        provenance=Provenance(f"https://evil.example/{LINE}", EVIL, EVIL),
        triaged=True,
        usage=COST,
        hidden=3,
        compared=EVIL,
        fixed=(replace(findings[0], fingerprint=f"{EVIL}gone", state=State.FIXED),),
    )


def many_findings(report: ScanReport, number: int) -> ScanReport:
    """The findings of a report over and over, each under a fingerprint of its own, most severe first and suppressed ones last."""
    found = [replace(report.findings[index % len(report.findings)], fingerprint=f"{index:064x}") for index in range(number)]
    found.sort(key=lambda finding: (finding.suppression is not None, -finding.severity))
    return replace(report, findings=tuple(found))
