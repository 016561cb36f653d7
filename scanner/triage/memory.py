"""Verdicts of earlier runs, reused when everything they rest on is the same.

Two steps. The key of a case is what is known before any file is read: models, settings, our prompts, tools and checklists, the rule, the witness. The
record behind it holds what each sitting saw: the digest of its brief, and of every answer of a tool. When the tree is the very same, that is the
same as well. When it is another one, briefs are built and tools run again, which costs no money, and the claims are ruled on again; a record
counts when nothing comes out differently. So an edit elsewhere keeps a verdict, and one in any line that a model saw drops it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from scanner.core.usage import Usage
from scanner.core.verdict import Judgement
from scanner.ports.chat_json import canonical
from scanner.triage import precedents, prompts
from scanner.triage.answer import Claim, read_claim
from scanner.triage.tools.toolbox import SPECS, use
from scanner.triage.verdict_json import verdict_from, verdict_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.ports.store import Store
    from scanner.triage.case import Case, Closed, Sitting
    from scanner.triage.settings import TriageSettings
    from scanner.triage.tree import Tree

SHELF: Final = "triage"
_VERSION: Final = "casemate-triage-2"
_TOOLS_DIGEST: Final = hashlib.sha256(
    canonical([[spec.name, spec.description, dict(spec.schema), spec.strict] for spec in SPECS]).encode("ascii")
).hexdigest()


class Memory:
    """Looks up and keeps. Safe to share between threads when the store is."""

    def __init__(self, store: Store, settings: TriageSettings) -> None:
        self._store = store
        self._settings = settings

    def key(self, case: Case) -> str:
        """The name of a case: all that decides it before a file is read."""
        settings = self._settings
        finding = case.finding
        models = settings.models
        parts = [
            _VERSION,
            [models.opener, models.strong, models.fallback, models.opener_effort or "", models.strong_effort or ""],
            [settings.limits.turns, settings.limits.tool_calls, settings.limits.tokens, settings.limits.answer_tokens],
            [-1 if settings.fail_on is None else int(settings.fail_on), settings.challenge_all],
            [prompts.DIGEST, _TOOLS_DIGEST, case.checklist.digest],
            [finding.rule.id, finding.rule.digest, finding.rule.help, finding.rule.title, int(finding.severity), list(finding.rule.cwe)],
            [finding.fingerprint, finding.message, list(finding.engines), finding.trust or ""],
            [[asdict(step.span), step.role, step.note] for step in (*finding.trace.locations, *finding.related)],
            finding.trace.primary,
            *([precedents.parts(case.precedents)] if case.precedents else []),
        ]
        return hashlib.sha256(canonical(parts).encode("ascii")).hexdigest()

    def recall(self, case: Case, tree: Tree) -> tuple[Judgement, str] | None:
        """The judgement of an earlier run with the record it comes from, None when there is none that still holds."""
        data = self._store.get(SHELF, self.key(case))
        if data is None:
            return None
        try:
            record = json.loads(data)
            judgement = Judgement(verdict_from(record["verdict"]), tuple(map(str, record["models"])), Usage(), cached=True)
            same = record["tree"] == tree.digest or all(_still(case, sitting) for sitting in record["sittings"])
        except (ValueError, KeyError, TypeError, AttributeError):
            return None  # not ours, or of another version: the same as nothing
        return (judgement, data.decode("ascii")) if same else None

    def keep(self, case: Case, tree: Tree, closed: Closed) -> None:
        """Remember a judgement that lasts."""
        if not closed.lasting:
            return
        record = {
            "tree": tree.digest,
            "sittings": [_sitting(item) for item in closed.sittings],
            "models": list(closed.judgement.models),
            "verdict": verdict_json(closed.judgement.verdict),
        }
        self._store.put(SHELF, self.key(case), canonical(record).encode("ascii"))


def _sitting(sitting: Sitting) -> dict[str, Any]:
    ending = sitting.ending
    return {
        "role": sitting.role,
        "short": ending.short,
        "told": list(sitting.told),
        "brief": ending.brief,
        "tools": [[name, dict(given), _digest(said)] for name, given, said in ending.tools],
        "claim": None if ending.given is None else dict(ending.given),
        "verdict": verdict_json(sitting.verdict),
    }


def _still(case: Case, record: Mapping[str, Any]) -> bool:
    """Whether a sitting would see, and be told by code, the same as it was."""
    role = str(record["role"])
    if case.brief(role, short=bool(record["short"]), read=tuple(map(str, record["told"]))).digest != record["brief"]:
        return False
    view = case.view(role)
    if any(_digest(use(str(name), given, view).text) != said for name, given, said in record["tools"]):
        return False
    if record["claim"] is None:
        return True
    claim = read_claim(record["claim"])
    return isinstance(claim, Claim) and verdict_json(case.adjudicator(role).rule(claim).verdict) == record["verdict"]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
