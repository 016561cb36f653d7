"""The brief: what a model is told about one case, built by code. What comes from the repository stands in marked blocks, and nowhere else.

Two texts: `rule` is the same for all cases of a rule, so it can be cached with the system text; `case` holds the witness and the code. Titles,
bodies, authors, branches and commit messages are not known here and can be in neither.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.triage import prompts
from scanner.triage.tools.base import capped, numbered
from scanner.triage.visible import CLOSE, OPEN, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scanner.core.finding import Finding
    from scanner.core.rule import Rule
    from scanner.triage.checklists import Checklist
    from scanner.triage.scene import Place, Scene
    from scanner.triage.view import View

_WHOLE_FUNCTION: Final = 70  # lines up to which a function on the path is shown whole
_AROUND: Final = 8  # lines shown before and after a step elsewhere
_AROUND_SHORT: Final = 2  # the same in a shortened brief
_HEAD: Final = 4  # lines of a long function's head
_MOST_IMPORTS: Final = 60
_MOST_CODE: Final = 40_000  # characters of code
_MOST_CODE_SHORT: Final = 8_000


@dataclass(frozen=True, slots=True)
class Brief:
    """The two texts of one case from one side, and the marker that closes its blocks."""

    rule: str
    case: str
    marker: str

    @property
    def digest(self) -> str:
        """Names what was said, whatever the marker was."""
        text = f"{self.rule}\0{self.case}".replace(self.marker, "")
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def marker_of(seed: str, fingerprint: str, role: str) -> str:
    """The marker of one side of a case: nobody who does not know the run's seed can foresee it, and a replay with the seed has it again."""
    return hashlib.sha256(f"casemate-marker\0{seed}\0{fingerprint}\0{role}".encode()).hexdigest()[:16]


def enclosed(text: str, marker: str) -> str:
    """Text from the repository in its block. No such text can hold our brackets: views show them by name."""
    return f"{OPEN}repository {marker}{CLOSE}\n{text}\n{OPEN}end {marker}{CLOSE}"


def build(scene: Scene, view: View, checklist: Checklist, marker: str, *, short: bool = False) -> Brief:
    """The brief of a finding; `short` leaves out most code, which the tools can still show."""
    return Brief(rule_text(scene.finding.rule, checklist), _case_text(scene, view, marker, short=short), marker)


def rule_text(rule: Rule, checklist: Checklist) -> str:
    """What is asked: the weakness, the questions, and the reasons for which a finding can be false. Rules are the user's own text, not the tree's."""
    lines = [
        f"# Rule {rule.id}: {one_line(rule.title)} ({', '.join(f'CWE-{number}' for number in rule.cwe)}), severity {rule.severity.label}",
        "",
        one_line(rule.help, 2_500),
        "",
        f"A finding is true when {checklist.means}",
        "",
        "Questions to answer, in this order:",
        *(f"{number}. {question}" for number, question in enumerate(checklist.questions, 1)),
        "",
        "Reasons for which it can be false, and what code must be cited:",
        *(f"- {ground.reason.value}: {prompts.REASONS[ground.reason.value]}. {ground.when}" for ground in checklist.grounds),
    ]
    if checklist.lookalikes:
        lines += ["", "These look like a mitigation and are none:", *(f"- {item}" for item in checklist.lookalikes)]
    return "\n".join(lines)


def _case_text(scene: Scene, view: View, marker: str, *, short: bool) -> str:
    finding = scene.finding
    said = [f"What the analyser says: {view.prose(finding.message)}", f"Engines that agree: {', '.join(finding.engines)}"]
    said += [f"The path, {len(scene.steps)} step{'s' if len(scene.steps) != 1 else ''}:"]
    for number, step in enumerate(scene.steps, 1):
        note = f": {view.prose(step.note)}" if step.note else ""
        said.append(f"{number}. {step.role.value} {view.shown(step.span.path)}:{step.span.start_line}{note}")
    said += [f"Also reaches it: {view.shown(item.span.path)}:{item.span.start_line} {view.prose(item.note)}" for item in finding.related[:8]]
    code = capped(_code(scene, view, short=short), _MOST_CODE_SHORT if short else _MOST_CODE)
    return "\n".join(
        [
            f"# Case. The marker is {marker}.",
            "",
            _who(finding),
            "",
            enclosed("\n".join(said), marker),
            "",
            "The code on the path; a > marks its steps." + (" It is shortened; read what you need." if short else ""),
            enclosed(code, marker),
            "",
            "Investigate, then call submit_verdict.",
        ]
    )


def _who(finding: Finding) -> str:
    if finding.trust is None:
        return "Who decides the data: the analyser does not know. Find out who can reach this code."
    return f"Who decides the data, as far as the analyser knows: {finding.trust.value}, that is, {prompts.TRUST[finding.trust.value]}."


def _code(scene: Scene, view: View, *, short: bool) -> Iterable[str]:
    """The windows in the order of the path's files, each with its head line."""
    for path in dict.fromkeys(step.span.path for step in (*scene.steps,)):
        lines = view.lines(path)
        if lines is None:
            yield f"{view.shown(path)} cannot be read."
            continue
        steps = sorted({step.span.start_line for step in scene.steps if step.span.path == path})
        for first, last in _windows(scene, path, steps, len(lines), short=short):
            inside = [place for place in scene.functions if place.path == path and place.start <= last and place.end >= first]
            names = ", ".join(view.word(place.qualified) for place in inside)
            yield f"{view.shown(path)}, lines {first} to {last} of {len(lines)}" + (f", in {names}" if names else "")
            yield from numbered(lines[first - 1 : last], first, frozenset(steps))
            yield ""


def _windows(scene: Scene, path: str, steps: Sequence[int], count: int, *, short: bool) -> list[tuple[int, int]]:
    """Line ranges, merged where they touch: whole functions of the path while they are short, and what stands around each step."""
    around = _AROUND_SHORT if short else _AROUND
    ranges = [(line - around, line + around) for line in steps]
    if not short:
        ranges += [_shown_of(place) for place in scene.functions if place.path == path]
        ranges += [(item.span.start_line, item.span.end_line) for item in scene.tree.symbols(path).imports[:_MOST_IMPORTS]]
    merged: list[tuple[int, int]] = []
    for first, last in sorted((max(1, first), min(count, last)) for first, last in ranges):
        if first > last:
            continue
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _shown_of(place: Place) -> tuple[int, int]:
    return (place.start, place.end if place.end - place.start < _WHOLE_FUNCTION else place.start + _HEAD)
