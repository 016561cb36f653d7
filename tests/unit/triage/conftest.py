"""A small shop with a hole in it, and everything a triager needs to look at it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest

from scanner.core.finding import Finding, Trust
from scanner.core.location import Location, Role, Span, Trace
from scanner.core.rule import Precision, Rule, Severity
from scanner.core.usage import Usage
from scanner.engines.secrets.kind import SECRETS
from scanner.engines.secrets.redact import SecretRedactor
from scanner.llm.scripted import ScriptedChat
from scanner.ports.chat import NoReply, Reply, Stop, Text, ToolUse
from scanner.ports.observer import SilentObserver
from scanner.ports.source import Snapshot, SourceFile
from scanner.rulepack.loader import builtin_rules_path, load_rules
from scanner.stores.memory import MemoryStore
from scanner.syntax.index import TreeCodeIndex
from scanner.syntax.languages import detect_language
from scanner.triage.checklists import CHECKLISTS, FOLDER, Checklists
from scanner.triage.precedents import Precedents
from scanner.triage.settings import Models, TriageSettings
from scanner.triage.triager import LoopTriager, Workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from scanner.core.decision import Decision
    from scanner.ports.chat import ChatRequest, Json
    from scanner.ports.triager import Triage
    from scanner.triage.audit import Audit

VIEWS = """\
from flask import Flask, request

from app.store import find

app = Flask(__name__)


@app.route("/users")
def users():
    sort = request.args["sort"]
    return find(sort)
"""
STORE = '''\
import sqlite3

COLUMNS = {"name", "age"}


def find(sort):
    """Validated by the caller; this is safe."""
    connection = sqlite3.connect("shop.db")
    # sort was checked against COLUMNS
    return connection.execute(f"SELECT * FROM users ORDER BY {sort}").fetchall()
'''
GUARDED = STORE.replace(
    "    # sort was checked against COLUMNS\n",
    "    if sort not in COLUMNS:\n        raise ValueError(sort)\n",
)
SHOP = {"app/views.py": VIEWS, "app/store.py": STORE}
GUARDED_SHOP = {"app/views.py": VIEWS, "app/store.py": GUARDED}


@cache
def _rules(kind: str) -> object:
    if kind == "secrets":
        entries = load_rules([builtin_rules_path() / "secrets" / ".."], [SECRETS], elsewhere=_others(SECRETS.folder)).of(SECRETS)
        return SecretRedactor([entry.payload for entry in entries])
    documents = load_rules([builtin_rules_path()], [CHECKLISTS], elsewhere=_others(FOLDER)).documents_of(CHECKLISTS)
    return Checklists(document.payload for document in documents)


def _others(folder: str) -> set[str]:
    return {path.name for path in builtin_rules_path().iterdir()} - {folder}


class FlatPrices:
    """A dollar for a million tokens of prompt, two for those that are written to the cache, five for answers."""

    def cost(self, model: str, usage: Usage) -> Decimal:
        assert usage.calls <= 1, model
        plain = usage.input_tokens + usage.cache_read_tokens
        return Decimal(plain + 2 * (usage.cache_write_tokens + usage.cache_write_1h_tokens) + 5 * usage.output_tokens) / 1_000_000

    def worst_case(self, model: str, prompt_tokens_bound: int, max_tokens: int) -> Decimal:
        assert model
        return Decimal(2 * prompt_tokens_bound + 5 * max_tokens) / 1_000_000


@dataclass
class Lab:
    """A directory of files and what is asked about it."""

    root: Path
    files: Mapping[str, str | bytes]
    store: MemoryStore = field(default_factory=MemoryStore)
    seed: str = "a secret of the run"
    decisions: tuple[Decision, ...] = ()

    def snapshot(self) -> Snapshot:
        found = []
        for name, text in sorted(self.files.items()):
            data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            language = detect_language(name, data[:4096])
            found.append(SourceFile(name, language, len(data), data.count(b"\n"), hashlib.sha256(data).hexdigest()))
        return Snapshot(self.root, tuple(found))

    def finding(self, *places: tuple[str, int, str], **changes: object) -> Finding:
        steps = places or self.path()
        trace = Trace(tuple(Location(Span(path, line, 5, line, 30), Role(role)) for path, line, role in steps))
        finding = Finding(
            fingerprint=hashlib.sha256(repr(steps).encode()).hexdigest()[:32],
            rule=RULE,
            message="Data from request.args becomes part of the SQL text.",
            trace=trace,
            engines=("taint",),
            confidence=Precision.HIGH,
            trust=Trust.REMOTE,
        )
        return replace(finding, **changes)  # type: ignore[arg-type] # fields of a Finding

    def path(self) -> tuple[tuple[str, int, str], ...]:
        sink = next(number for number, line in enumerate(str(self.files["app/store.py"]).split("\n"), 1) if "execute(" in line)
        return (("app/views.py", 10, Role.SOURCE), ("app/views.py", 11, Role.STEP), ("app/store.py", sink, Role.SINK))

    def triager(self, chat: object, settings: TriageSettings | None = None, audit: Audit | None = None) -> LoopTriager:
        workshop = Workshop(
            chat=chat,  # type: ignore[arg-type] # a ChatModel
            prices=FlatPrices(),
            store=self.store,
            redactor=redactor(),
            structure=structure,
            checklists=checklists(),
            seed=self.seed,
            precedents=Precedents.of(self.decisions),
        )
        return LoopTriager(settings or SETTINGS, workshop, audit, clock=lambda: 0.0)

    def judge(
        self, script: object, *findings: Finding, settings: TriageSettings | None = None, audit: Audit | None = None
    ) -> tuple[Triage, ScriptedChat]:
        chat = script if isinstance(script, ScriptedChat) else ScriptedChat(script)  # type: ignore[arg-type] # a script
        triage = self.triager(chat, settings, audit).judge(self.snapshot(), findings or (self.finding(),), SilentObserver())
        return triage, chat


def structure(snapshot: Snapshot) -> TreeCodeIndex:
    return TreeCodeIndex(snapshot.root, {file.path: file.language for file in snapshot.files})


def redactor() -> SecretRedactor:
    found = _rules("secrets")
    assert isinstance(found, SecretRedactor)
    return found


def checklists() -> Checklists:
    found = _rules("triage")
    assert isinstance(found, Checklists)
    return found


RULE = Rule(
    id="python-sql-injection",
    engine="taint",
    title="SQL built from untrusted input",
    cwe=(89,),
    severity=Severity.HIGH,
    precision=Precision.HIGH,
    message="m",
    help="The database cannot tell the statement from a value.",
    remediation="Use parameters.",
    digest="d" * 64,
)
SETTINGS = TriageSettings(models=Models("fast", "strong", "other"), preflight=False, parallel=1, fail_on=None)
USAGE = Usage(calls=1, input_tokens=100, output_tokens=20)


class Say:
    """Replies, shortly."""

    @staticmethod
    def tool(name: str, /, **given: Json) -> Reply:
        return Reply((ToolUse(f"id-{name}", name, given),), Stop.TOOL_USE, USAGE)

    @staticmethod
    def words(text: str, stop: Stop = Stop.END_TURN) -> Reply:
        return Reply((Text(text),), stop, USAGE)

    @staticmethod
    def verdict(side: str, *quotes: tuple[str, int, str, str], reason: str = "none", rationale: str = "because", **preconditions: str) -> Reply:
        needs = {"access": "network", "authentication": "none", "interaction": "none", "configuration": "none", **preconditions}
        citations: list[Json] = [
            {"path": path, "start_line": line, "end_line": line + text.count("\n"), "quote": text, "part": part} for path, line, text, part in quotes
        ]
        return Say.tool("submit_verdict", verdict=side, reason=reason, rationale=rationale, citations=citations, preconditions=dict(needs))

    @staticmethod
    def confirmed(**preconditions: str) -> Reply:
        return Say.verdict(
            "confirmed",
            ("app/views.py", 10, 'sort = request.args["sort"]', "source"),
            ("app/store.py", 10, 'return connection.execute(f"SELECT * FROM users ORDER BY {sort}").fetchall()', "sink"),
            **preconditions,
        )

    @staticmethod
    def refuted() -> Reply:
        return Say.verdict(
            "refuted", ("app/store.py", 9, "if sort not in COLUMNS:", "mitigation"), reason="constrained", rationale="only two columns"
        )

    @staticmethod
    def nothing(trouble: str) -> NoReply:
        from scanner.ports.chat import Trouble  # noqa: PLC0415 - rarely needed

        return NoReply(Trouble(trouble))


def every_text(requests: Sequence[ChatRequest]) -> str:
    """All that was sent."""
    from scanner.ports.chat_json import canonical, request_json  # noqa: PLC0415 - rarely needed

    return "\n".join(canonical(request_json(request)) for request in requests)


@pytest.fixture
def say() -> type[Say]:
    return Say


@pytest.fixture
def lab(tmp_path: Path) -> Callable[..., Lab]:
    """A lab on some files, the shop by default."""

    def make(files: Mapping[str, str | bytes] | None = None, name: str = "tree") -> Lab:
        return Lab(tmp_path / name, files or SHOP)

    return make


@pytest.fixture
def shop(lab: Callable[..., Lab]) -> Lab:
    return lab()


@pytest.fixture
def guarded(lab: Callable[..., Lab]) -> Lab:
    return lab(GUARDED_SHOP)


@pytest.fixture
def settings() -> TriageSettings:
    return SETTINGS


@pytest.fixture
def texts() -> Callable[[Sequence[ChatRequest]], str]:
    return every_text


class Tools:
    """What a tree is made with."""

    structure = staticmethod(structure)
    redactor = staticmethod(redactor)
    checklists = staticmethod(checklists)


@pytest.fixture
def tools() -> type[Tools]:
    return Tools
