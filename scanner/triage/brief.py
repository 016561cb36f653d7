"""The brief: what a model is told about one case, built by code. What comes from the repository stands in marked blocks, and nowhere else.

Two texts: `rule` is the same for all cases of a rule, so it can be cached with the system text; `case` holds the witness and the code. Titles,
bodies, authors, branches and commit messages are not known here and can be in neither.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.triage import prompts
from scanner.triage.nearby import GUARDED, MOST_LINES, WHOLE_FILE, Stretch, merged, nearby
from scanner.triage.precedents import INTRODUCTION, quoted
from scanner.triage.surroundings import file_list, manifest_lines, missing_modules
from scanner.triage.tools.base import capped, head_of, numbered
from scanner.triage.visible import CLOSE, OPEN, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scanner.core.decision import Decision
    from scanner.core.rule import Rule
    from scanner.triage.checklists import Checklist
    from scanner.triage.scene import Place, Scene
    from scanner.triage.view import View

_WHOLE_FUNCTION: Final = 70  # lines up to which a function on the path is shown whole
_WHOLE_END: Final = 130  # the same for the functions where the data comes in and where it arrives
_AROUND: Final = 8  # lines shown before and after a step elsewhere
_AROUND_SHORT: Final = 2  # the same in a shortened brief
_HEAD: Final = 4  # lines of a long function's head
_MOST_IMPORTS: Final = 60
_WHOLE_GUARDED: Final = 150  # lines of a file that is shown whole where guards decide
_FOR_READ: Final = 60  # more lines near the path for a side that is told what was worth reading
_MOST_HELP: Final = 2_500  # characters of what a rule says of itself
_MOST_CODE: Final = 40_000  # characters of code
_MOST_CODE_SHORT: Final = 8_000
_MOST_NEAR: Final = 12_000  # characters of code near the path


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a brief shows. `short` leaves out most code, which the tools can still show; `read` are files that somebody found worth reading.

    `precedents` are decisions about other findings of the rule.
    """

    short: bool = False
    read: tuple[str, ...] = ()
    precedents: tuple[Decision, ...] = ()


_ALL: Final = Extent()


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


def build(scene: Scene, view: View, checklist: Checklist, marker: str, extent: Extent = _ALL) -> Brief:
    """The brief of a finding."""
    return Brief(rule_text(scene.finding.rule, checklist), _case_text(scene, view, marker, _Code.of(scene, extent)), marker)


def rule_text(rule: Rule, checklist: Checklist) -> str:
    """What is asked: the weakness, the questions, and the reasons for which a finding can be false.

    Rules are the user's own text, not the tree's. A foreign one's words are nobody's here: they stand in the case, between the markers.
    """
    kind = f"({', '.join(f'CWE-{number}' for number in rule.cwe)}), severity {rule.severity.label}"
    lines = [
        f"# A rule of another tool {kind}" if rule.foreign else f"# Rule {rule.id}: {one_line(rule.title)} {kind}",
        "",
        "What the tool says of its rule is among the data of the case." if rule.foreign else one_line(rule.help, _MOST_HELP),
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


@dataclass(frozen=True, slots=True)
class _Code:
    """Which lines are shown: the path's own files first, then others."""

    path: tuple[Stretch, ...]
    near: tuple[Stretch, ...]
    extent: Extent

    @classmethod
    def of(cls, scene: Scene, extent: Extent) -> _Code:
        """The windows of the path, and around them what is worth showing."""
        files = tuple(dict.fromkeys(step.span.path for step in scene.steps))
        windows = merged(window for path in files for window in _windows(scene, path, short=extent.short))
        if extent.short:
            return cls(_in_order(windows, files), (), extent)
        most = MOST_LINES + (_FOR_READ if extent.read else 0)
        everything = merged((*windows, *nearby(scene, windows, extent.read, most)))
        return cls(_in_order(everything, files), tuple(item for item in everything if item.path not in files), extent)


def _in_order(windows: Iterable[Stretch], files: Sequence[str]) -> tuple[Stretch, ...]:
    known = list(windows)
    return tuple(item for path in files for item in known if item.path == path)


def _case_text(scene: Scene, view: View, marker: str, code: _Code) -> str:
    finding = scene.finding
    said = _foreign(finding.rule, view) if finding.rule.foreign else []
    said += [f"What the analyser says: {view.prose(finding.message)}", f"Engines that agree: {', '.join(finding.engines)}"]
    said += [f"The path, {len(scene.steps)} step{'s' if len(scene.steps) != 1 else ''}:"]
    for number, step in enumerate(scene.steps, 1):
        note = f": {view.prose(step.note)}" if step.note else ""
        said.append(f"{number}. {step.role.value} {view.shown(step.span.path)}:{step.span.start_line}{note}")
    said += [f"Also reaches it: {view.shown(item.span.path)}:{item.span.start_line} {view.prose(item.note)}" for item in finding.related[:8]]
    files = tuple(dict.fromkeys(step.span.path for step in scene.steps))
    parts = [f"# Case. The marker is {marker}.", "", *_who(scene), enclosed("\n".join(said), marker), ""]
    parts += ["The code on the path; a > marks its steps." + (" It is shortened; read what you need." if code.extent.short else "")]
    parts += [enclosed(capped(_windows_text(scene, view, code.path, files), _MOST_CODE_SHORT if code.extent.short else _MOST_CODE), marker), ""]
    if code.near:
        parts += [
            "Code near the path, found by names and imports: what the path uses, its callers, its wiring. There may be more; the tools show it."
        ]
        parts += [enclosed(capped(_windows_text(scene, view, code.near), _MOST_NEAR), marker), ""]
    if code.extent.precedents and not code.extent.short:
        parts += [INTRODUCTION, enclosed("\n".join(quoted(code.extent.precedents, view)), marker), ""]
    if not code.extent.short:
        parts += ["About the tree.", enclosed("\n".join(_tree(view, files, code)), marker), ""]
    return "\n".join([*parts, "When this decides the case, call submit_verdict now; otherwise read what is missing first."])


def _foreign(rule: Rule, view: View) -> list[str]:
    """What another tool says of its rule."""
    texts = dict.fromkeys((view.prose(rule.title), view.prose(rule.help, _MOST_HELP)))
    return [f"The other tool's rule: {rule.id}", *(f"What it says of it: {text}" for text in texts)]


def _who(scene: Scene) -> list[str]:
    trust = scene.finding.trust
    if trust is None:
        return []
    words = prompts.TRUST[trust.value] if len(scene.steps) > 1 else prompts.EXPLOITS[trust.value]
    return [f"The analyser guesses that {words}. Check it against the code.", ""]


def _tree(view: View, files: Sequence[str], code: _Code) -> Iterable[str]:
    if (every := file_list(view)) != "":
        yield every
    if missing := missing_modules(view, files):
        yield missing
    yield from manifest_lines(view, files)
    if code.extent.read:
        yield f"An earlier look at this case also read: {', '.join(map(view.shown, code.extent.read))}"


def _windows_text(scene: Scene, view: View, windows: Sequence[Stretch], files: Sequence[str] = ()) -> Iterable[str]:
    """The lines of the windows, each with its head line. Files of the path that cannot be read are named."""
    shown = {window.path for window in windows}
    yield from (f"{view.shown(path)} cannot be read." for path in files if path not in shown)
    for window in windows:
        lines = view.lines(window.path) or ()
        steps = {step.span.start_line for step in scene.steps if step.span.path == window.path}
        inside = [place for place in scene.functions if place.path == window.path and place.start <= window.last and place.end >= window.first]
        names = ", ".join(view.word(place.qualified) for place in inside)
        yield head_of(view.shown(window.path), window.first, window.last, len(lines)) + (f", in {names}" if names else "")
        yield from numbered(lines[window.first - 1 : window.last], window.first, frozenset(steps))
        yield ""


def _windows(scene: Scene, path: str, *, short: bool) -> list[Stretch]:
    """Line ranges of a file of the path: all of it while it is short, else functions of the path while they are, and what stands around steps."""
    page = scene.tree.page(path)
    count = len(page.lines) if page else 0
    steps = sorted({step.span.start_line for step in scene.steps if step.span.path == path})
    around = _AROUND_SHORT if short else _AROUND
    ranges = [(line - around, line + around) for line in steps]
    if not short:
        whole = _WHOLE_GUARDED if not GUARDED.isdisjoint(scene.finding.rule.cwe) else WHOLE_FILE
        ranges += [(1, count)] if count <= whole else []
        ends = {scene.around(span) for span in (scene.source, scene.sink) if span is not None}
        ranges += [_shown_of(place, _WHOLE_END if place in ends else _WHOLE_FUNCTION) for place in scene.functions if place.path == path]
        ranges += [(item.span.start_line, item.span.end_line) for item in scene.tree.symbols(path).imports[:_MOST_IMPORTS]]
    bounded = ((max(1, first), min(count, last)) for first, last in ranges)
    return [Stretch(path, first, last) for first, last in bounded if first <= last]


def _shown_of(place: Place, whole: int) -> tuple[int, int]:
    return (place.start, place.end if place.end - place.start < whole else place.start + _HEAD)
