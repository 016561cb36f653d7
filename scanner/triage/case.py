"""One case from its brief to its judgement: open it, take it further when it is undecided, let the other side speak, settle."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from scanner.core.usage import Usage
from scanner.core.verdict import Cause, Judgement, Undecided
from scanner.ports.chat_json import usage_json
from scanner.triage.adjudicate import Adjudicator
from scanner.triage.brief import Extent, build, marker_of
from scanner.triage.challenge import challenger_role, reconciled
from scanner.triage.loop import Investigation, Seat
from scanner.triage.prompts import JUDGE
from scanner.triage.scene import Scene
from scanner.triage.tools.toolbox import opened_files
from scanner.triage.verdict_json import verdict_json
from scanner.triage.view import PlainLens, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.core.decision import Decision
    from scanner.core.finding import Finding
    from scanner.core.verdict import Verdict
    from scanner.triage.answer import Claim
    from scanner.triage.brief import Brief
    from scanner.triage.checklists import Checklist
    from scanner.triage.loop import Ending, Means
    from scanner.triage.settings import TriageSettings
    from scanner.triage.tree import Tree
    from scanner.triage.view import Lens

_WORTH_MORE: Final = frozenset({Cause.UNSUPPORTED, Cause.UNSURE, Cause.NO_VERDICT, Cause.LIMIT, Cause.MALFORMED, Cause.CONTEXT, Cause.REFUSAL})
"""What a stronger model may be able to mend."""

_MOST_TOLD: Final = 8  # files


@dataclass(frozen=True, slots=True)
class Sitting:
    """One model's work on a case from one side, and what code made of it. `told` are the files it was told that the other side had read."""

    model: str
    role: str
    verdict: Verdict
    ending: Ending
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """A case that is over. `lasting`: the same question would be answered the same, so that the answer may be kept."""

    judgement: Judgement
    sittings: tuple[Sitting, ...]
    lasting: bool


class Case:
    """One finding in its tree. The plain view is for judging, the neutral one for challenging."""

    def __init__(  # noqa: PLR0913 -- what a case is made of, each of it from another place
        self, tree: Tree, finding: Finding, checklist: Checklist, neutral: Lens, seed: str, *, precedents: tuple[Decision, ...] = ()
    ) -> None:
        """`precedents` are people's decisions about other findings of the rule."""
        self.finding = finding
        self.precedents = precedents
        self.checklist = checklist
        self._tree = tree
        self._neutral = neutral
        self._seed = seed

    @cached_property
    def scene(self) -> Scene:
        """Where it plays."""
        return Scene(self._tree, self.finding)

    def view(self, role: str) -> View:
        """What the role sees."""
        return View(self._tree, PlainLens() if role == JUDGE else self._neutral)

    def brief(self, role: str, *, short: bool, read: Sequence[str] = ()) -> Brief:
        """What the role is told; `read` are files that the other side found worth reading."""
        marker = marker_of(self._seed, self.finding.fingerprint, role)
        examples = self.precedents if role == JUDGE else ()  # whoever challenges a verdict is told of nobody's
        return build(self.scene, self.view(role), self.checklist, marker, Extent(short, tuple(read), examples))

    def adjudicator(self, role: str) -> Adjudicator:
        """Who rules on what the role submits."""
        return Adjudicator(self.scene, self.view(role), self.checklist)


class Court:
    """Runs one case. Made for one use."""

    def __init__(self, case: Case, settings: TriageSettings, means: Means) -> None:
        self._case = case
        self._settings = settings
        self._means = means
        self._sittings: list[Sitting] = []

    def judge(self) -> Closed:
        """The judgement, whatever happens."""
        models = self._settings.models
        verdict = self._sit(models.opener, JUDGE)
        if isinstance(verdict, Undecided) and verdict.cause in _WORTH_MORE and models.strong != models.opener:
            verdict = self._sit(models.strong, JUDGE)
        role = challenger_role(verdict, self._case.finding, self._settings)
        if role is not None:
            verdict = reconciled(verdict, self._sit(models.strong, role))
        usage = sum((sitting.ending.usage for sitting in self._sittings), Usage())
        judgement = Judgement(verdict, tuple(dict.fromkeys(sitting.model for sitting in self._sittings)), usage)
        self._means.record.write("judgement", verdict=verdict_json(verdict), usage=usage_json(usage))
        lasting = not any(sitting.ending.passing for sitting in self._sittings)
        return Closed(judgement, tuple(self._sittings), lasting)

    def _sit(self, model: str, role: str) -> Verdict:
        verdict = self._investigate(model, role)
        fallback = self._settings.models.fallback
        if isinstance(verdict, Undecided) and verdict.cause is Cause.REFUSAL and fallback not in {"", model}:
            verdict = self._investigate(fallback, role)
        return verdict

    def _investigate(self, model: str, role: str) -> Verdict:
        models = self._settings.models
        case = self._case
        adjudicator = case.adjudicator(role)
        told = () if role == JUDGE else self._read()

        def complain(claim: Claim) -> tuple[str, ...]:
            return adjudicator.complaints(claim)

        seat = Seat(
            model=model,
            effort=models.opener_effort if model == models.opener else models.strong_effort,
            role=role,
            brief=lambda short: case.brief(role, short=short, read=told),
            view=case.view(role),
            complain=complain,
        )
        self._means.record.write("opened", model=model, role=role)
        ending = Investigation(seat, self._means).run()
        verdict, steps = ruled(adjudicator, ending)
        self._means.record.write(
            "ruled", model=model, role=role, brief=ending.brief, verdict=verdict_json(verdict), steps=list(steps), usage=usage_json(ending.usage)
        )
        self._sittings.append(Sitting(model, role, verdict, ending, told))
        return verdict

    def _read(self) -> tuple[str, ...]:
        """The files that the first side opened: where it looked, not what it made of it."""
        view = self._case.view(JUDGE)
        opened = [path for sitting in self._sittings if sitting.role == JUDGE for path in opened_files(sitting.ending.tools, view)]
        return tuple(dict.fromkeys(opened))[:_MOST_TOLD]


def ruled(adjudicator: Adjudicator, ending: Ending) -> tuple[Verdict, tuple[str, ...]]:
    """What an ending is worth, and how that came about."""
    if ending.claim is None:
        return Undecided(ending.cause, ending.detail), (f"no claim: {ending.cause.value}",)
    ruling = adjudicator.rule(ending.claim)
    return ruling.verdict, ruling.steps
