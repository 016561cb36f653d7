"""Code decides what a submitted verdict is worth: citations must read as quoted, in code, and each verdict needs its own evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.core.location import Role, Span
from scanner.core.text import utf16_length
from scanner.core.verdict import Cause, Citation, Confirmed, Part, Refuted, Undecided
from scanner.syntax.lexical import lexical_tokens
from scanner.triage.answer import Side
from scanner.triage.checks import CHECKS, Evidence
from scanner.triage.scene import function_around
from scanner.triage.severity import settled, severity_of
from scanner.triage.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.core.location import Location
    from scanner.core.verdict import Verdict
    from scanner.triage.answer import Claim, Quote
    from scanner.triage.checklists import Checklist, Ground
    from scanner.triage.scene import Scene
    from scanner.triage.view import View

SLACK: Final = 3  # lines that a quote may stand away from where it was said to be
HOP_WINDOW: Final = 10  # lines that the citation of a hop may stand away from it, within its function
_MOST_LINES: Final = 60  # of one citation
_CUT: Final = re.compile(r" <\d+ more characters>$")  # as long lines are shown
_NUMBERED: Final = re.compile(r"^[ \t]*>?[ \t]*\d+[ \t]*\|[ ]?")
_WORD: Final = re.compile(r"\w")
_BREAKS_OFF: Final = 6  # tokens of a quote that may end within a word
_SHORTEST: Final = 3  # characters of code that a quote holds at least
_PART_OF_ROLE: Final = {Role.SOURCE: Part.SOURCE, Role.SINK: Part.SINK}


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Why a citation does not hold, in words the model can act on."""

    quote: Quote
    why: str

    def __str__(self) -> str:
        return f"{visible(self.quote.path)}:{self.quote.start}-{self.quote.end}: {self.why}"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A citation that holds: what it proves, and the code it rests on."""

    evidence: Evidence
    part: Part


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdict, and how it came about, step by step."""

    verdict: Verdict
    steps: tuple[str, ...]


class Adjudicator:
    """Rules on the claims of one side of one case."""

    def __init__(self, scene: Scene, view: View, checklist: Checklist) -> None:
        self._scene = scene
        self._view = view
        self._checklist = checklist

    def complaints(self, claim: Claim) -> tuple[str, ...]:
        """What the model can put right itself: citations that do not resolve, steps that a confirmation leaves out, code that does not show a reason.

        Nothing here says which other answer would hold.
        """
        resolved, unresolved = self._resolve_all(claim)
        wrong = [str(item) for item in unresolved]
        if claim.side is Side.CONFIRMED and not wrong:
            wrong += self._uncovered(resolved)
        if claim.side is Side.REFUTED and claim.reason is None:
            wrong.append("a refutation needs one of the reasons")
        if claim.side is Side.REFUTED and not claim.quotes:
            wrong.append("a refutation needs the code that makes the finding false")
        if claim.side is Side.REFUTED and not wrong:
            wrong += self._unproved(claim, resolved)
        return tuple(wrong)

    def rule(self, claim: Claim) -> Ruling:
        """The verdict that the claim's evidence carries."""
        resolved, unresolved = self._resolve_all(claim)
        steps = [f"resolved {place(item.evidence)} as {item.part.value}" for item in resolved] + [f"not resolved {item}" for item in unresolved]
        citations = tuple(self._citation(item) for item in resolved)
        rationale = visible_text(self._view.tree.masked(claim.rationale))
        wrong: list[str] = []
        verdict: Verdict = Undecided(Cause.UNSURE, rationale, citations)
        if claim.side is Side.CONFIRMED:
            wrong = [str(item) for item in unresolved] + self._uncovered(resolved)
            preconditions = settled(self._scene.finding, claim.preconditions)
            verdict = Confirmed(rationale, citations, severity_of(self._scene.finding.severity, preconditions), preconditions)
        elif claim.side is Side.REFUTED:
            wrong = [str(item) for item in unresolved] + self._unproved(claim, resolved)
            verdict = Refuted(rationale, citations, claim.reason) if claim.reason else verdict
        steps += wrong
        if wrong:
            said = f"It was said to be {claim.side.value}, and the evidence did not hold: {'; '.join(wrong)}. The argument was: {rationale}"
            verdict = Undecided(Cause.UNSUPPORTED, said, citations)
        return Ruling(verdict, (*steps, f"verdict {type(verdict).__name__.lower()}"))

    def _resolve_all(self, claim: Claim) -> tuple[list[Resolved], list[Unresolved]]:
        answers = [(quote, resolve(quote, self._view)) for quote in claim.quotes]
        good = [Resolved(answer, quote.part) for quote, answer in answers if isinstance(answer, Evidence)]
        return good, [answer for _, answer in answers if isinstance(answer, Unresolved)]

    def _citation(self, item: Resolved) -> Citation:
        """The citation for people: the lines as they are in the tree, whatever the view called things; secrets stay masked."""
        evidence = item.evidence
        page = self._view.tree.page(evidence.path)
        shown = page.lines[evidence.start - 1 : evidence.end] if page else ()
        lines = ["".join(piece.text for piece in line) for line in shown]
        width = utf16_length(lines[-1]) if lines else 0
        return Citation(Span(evidence.path, evidence.start, 1, evidence.end, width + 1), "\n".join(map(visible, lines)), item.part)

    def _uncovered(self, resolved: Sequence[Resolved]) -> list[str]:
        """The steps of the witness that no citation covers: its ends within a few lines, and each function between them."""
        missing = []
        for step in _needed(self._scene):
            if not any(self._covers(item.evidence, step) for item in resolved):
                part = _PART_OF_ROLE.get(step.role, Part.HOP)
                missing.append(f"no citation for the {part.value} at {self._view.shown(step.span.path)}:{step.span.start_line}")
        return missing

    def _covers(self, evidence: Evidence, step: Location) -> bool:
        """Whether a citation shows a step: an end within a few lines, a hop within more of them but in its own function."""
        near = SLACK if step.role in _PART_OF_ROLE else HOP_WINDOW
        span = step.span
        if evidence.path != span.path or evidence.start > span.end_line + near or evidence.end < span.start_line - near:
            return False
        return step.role in _PART_OF_ROLE or function_around(self._scene.tree, evidence.path, evidence.start) == self._scene.around(span)

    def _unproved(self, claim: Claim, resolved: Sequence[Resolved]) -> list[str]:
        if claim.reason is None:
            return ["a refutation needs one of the reasons"]
        ground = self._checklist.ground(claim.reason)
        if ground is None:
            return [f"findings of this weakness are not refuted as {claim.reason.value}"]
        telling = [item.evidence for item in resolved if item.part in {Part.MITIGATION, Part.CONTEXT}] or [item.evidence for item in resolved]
        if not telling:
            return ["no code was cited that makes the finding false"]
        if any(self._passes(evidence, ground) for evidence in telling):
            return []
        return [
            f"what is cited does not show {claim.reason.value}: the lines that would make it so are not among those with part mitigation or context"
        ]

    def _passes(self, evidence: Evidence, ground: Ground) -> bool:
        if self._checklist.contradicts(evidence.words or evidence.tokens):
            return False
        # Which of the reasons fits best is a matter of words: what one of them knows counts for all.
        known = frozenset(name for one in self._checklist.grounds for name in (*one.calls, *map(" ".join, one.forms)))
        return any(all(CHECKS[name](evidence, self._scene, self._view, known) for name in group) for group in ground.checks)


def resolve(quote: Quote, view: View) -> Evidence | Unresolved:
    """The lines that a citation means, when what it quotes stands there in code.

    Tokens are compared, not characters: layout and line breaks do not matter. Line numbers may be off by a few.
    """
    path = view.path_of(quote.path)
    if path is None:
        return Unresolved(quote, "there is no such file")
    if quote.end < quote.start or quote.end - quote.start >= _MOST_LINES:
        return Unresolved(quote, f"cite from 1 to {_MOST_LINES} lines")
    wanted = _quoted(quote.text)
    if not any(_WORD.search(token) for token in wanted):
        return Unresolved(quote, "the quote holds no code")
    first = max(1, quote.start - SLACK)
    stream = [(number, token) for number, line in enumerate(view.tokens(path, first, quote.end + SLACK), first) for token in line]
    texts = tuple(token.text for _, token in stream)
    places = [index for index in range(len(texts) - len(wanted) + 1) if _reads(texts[index : index + len(wanted)], wanted)]
    if not places:
        return Unresolved(quote, "these lines do not read as quoted")
    best = min(places, key=lambda index: abs(stream[index][0] - quote.start))
    matched = stream[best : best + len(wanted)]
    code = "".join(token.text for _, token in matched if token.code)
    if not _WORD.search(code):
        return Unresolved(quote, "this is a comment or a text about the code, not code")
    if len(code) < _SHORTEST:
        return Unresolved(quote, "the quote is too short to prove anything")
    start, end = matched[0][0], matched[-1][0]
    return Evidence(path, start, end, view.bare_tokens(path, start, end), view.code_tokens(path, start, end))


def _reads(there: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether tokens are those of a quote; a quote of some length may break off within its last word, as a cut line does."""
    if tuple(there[:-1]) != tuple(wanted[:-1]):
        return False
    return there[-1] == wanted[-1] or (len(wanted) >= _BREAKS_OFF and there[-1].startswith(wanted[-1]))


def place(evidence: Evidence) -> str:
    """Where it stands, for the record."""
    return f"{evidence.path}:{evidence.start}" if evidence.start == evidence.end else f"{evidence.path}:{evidence.start}-{evidence.end}"


def visible_text(text: str) -> str:
    """Words of a model for people and files: several lines at most, nothing invisible."""
    return "\n".join(visible(line.rstrip()) for line in text.splitlines()).strip()


def _quoted(text: str) -> tuple[str, ...]:
    lines = text.splitlines()
    if lines and all(_NUMBERED.match(line) for line in lines if line.strip()):
        lines = [_NUMBERED.sub("", line) for line in lines]
    return tuple(token for line in lines for token in lexical_tokens(visible(_CUT.sub("", line))))


def _needed(scene: Scene) -> list[Location]:
    """What a confirmation must cite: the source, the sink, and one step of each function that the witness enters between them."""
    sink = scene.steps[scene.finding.trace.primary]
    ends = [step for step in scene.steps if step.role is Role.SOURCE][:1]
    covered = {scene.around(step.span) for step in (*ends, sink)}
    hops = []
    for step in scene.steps:
        here = scene.around(step.span)
        if step.role is Role.STEP and here not in covered and here is not None:
            covered.add(here)
            hops.append(step)
    return [*ends, *hops, sink]
