"""How lines for a terminal are made: segments with a tone, measured in cells, neutral whatever they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scanner.core.rule import Severity
from scanner.reporters.neutral import cells, neutral, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MIN_WIDTH = 40
_PROSE_WIDTH = 100  # longer lines of prose tire the eye, however wide the window

_SAFE_URL = re.compile(r"https://[!-~]+")


@dataclass(frozen=True, slots=True)
class TerminalStyle:
    """What the terminal can do and how much its user wants to see.

    `width` counts cells (less than 40 counts as 40); `links` allows OSC 8 hyperlinks; `unicode` says that the output's encoding holds all of Unicode,
    else the text is ASCII. Verbosity 0 condenses, 1 and more show everything, less than 0 leaves the explanations
    out.
    """

    color: bool
    width: int
    links: bool = False
    verbosity: int = 0
    unicode: bool = True


class Tone(StrEnum):
    """What a segment is to the eye; the values are SGR parameters from the sixteen-colour set, which follows the user's theme."""

    PLAIN = ""
    QUIET = "2"
    STRONG = "1"
    PLACE = "36"
    GOOD = "32"
    ALARM = "1;97;41"
    CRITICAL = "1;31"
    HIGH = "31"
    MEDIUM = "33"
    LOW = "34"
    INFO = "35"


TONES = {
    Severity.CRITICAL: Tone.CRITICAL,
    Severity.HIGH: Tone.HIGH,
    Severity.MEDIUM: Tone.MEDIUM,
    Severity.LOW: Tone.LOW,
    Severity.INFO: Tone.INFO,
}


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one line in one tone; `text` is neutral already. `link` is where a click leads, if anywhere."""

    text: str
    tone: Tone = Tone.PLAIN
    link: str = ""


Line = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The drawing characters, in Unicode or in ASCII."""

    rule: str
    bar: str
    dot: str
    ellipsis: str


_UNICODE = Glyphs("─", "│", "·", "…")
_ASCII = Glyphs("-", "|", "|", "...")


class Ink:
    """Makes segments and lines for one style. Everything foreign passes through `show`, so nothing foreign reaches the terminal as it came."""

    def __init__(self, style: TerminalStyle) -> None:
        self.style = style
        self.width = max(style.width, MIN_WIDTH)
        self.prose_width = min(self.width, _PROSE_WIDTH)
        self.glyphs = _UNICODE if style.unicode else _ASCII

    @property
    def everything(self) -> bool:
        """Whether the user asked to see all of it."""
        return self.style.verbosity > 0

    @property
    def explains(self) -> bool:
        """Whether the user wants to be told what findings mean and what to do about them."""
        return self.style.verbosity >= 0

    def show(self, text: str) -> str:
        """A foreign text as one neutral line in the characters that the output can hold."""
        return self._encodable(neutral(text))

    def pieces(self, line: str) -> tuple[str, ...]:
        """What is shown for each character of a foreign line."""
        return pieces(line) if self.style.unicode else tuple(map(self._encodable, pieces(line)))

    def clip(self, text: str, width: int) -> str:
        """A foreign text in at most `width` cells, its end replaced by an ellipsis where it is longer."""
        shown = self.show(text)
        if cells(shown) <= width:
            return shown
        return _head(shown, width - cells(self.glyphs.ellipsis)).rstrip() + self.glyphs.ellipsis

    def clip_path(self, path: str, width: int) -> str:
        """A foreign path in at most `width` cells; what goes is its start, since its end tells files apart."""
        shown = self.show(path)
        if cells(shown) <= width:
            return shown
        return self.glyphs.ellipsis + _head(shown[::-1], width - cells(self.glyphs.ellipsis))[::-1]

    def wrap(self, text: str | Sequence[str], width: int) -> list[str]:
        """A foreign text in lines of at most `width` cells, broken at spaces, or anywhere within a word that is longer than a line.

        A sequence holds words that may themselves have spaces, at which they are not broken.
        """
        lines = [""]
        for word in self.show(text).split() if isinstance(text, str) else map(self.show, text):
            joined = f"{lines[-1]} {word}" if lines[-1] else word
            if cells(joined) <= width:
                lines[-1] = joined
                continue
            if lines[-1]:
                lines.append("")
            rest = word
            while cells(rest) > width:
                head = _head(rest, width)
                lines[-1] = head
                lines.append("")
                rest = rest[len(head) :]
            lines[-1] = rest
        return lines if lines[-1] else lines[:-1]

    def hang(self, label: Line, text: str | Sequence[str], tone: Tone = Tone.PLAIN) -> list[Line]:
        """A label and, beside it, a foreign text in as many lines as it takes, all of them starting in the same column."""
        indent = sum(cells(segment.text) for segment in label)
        wrapped = self.wrap(text, self.prose_width - indent) or [""]
        first: Line = (*label, Segment(wrapped[0], tone))
        return [first, *((Segment(" " * indent), Segment(line, tone)) for line in wrapped[1:])]

    def heading(self, title: str, tone: Tone = Tone.STRONG) -> Line:
        """A section's title on a line across the page."""
        shown = self.show(title)
        before = self.glyphs.rule * 2
        after = self.glyphs.rule * max(0, self.prose_width - cells(shown) - 4)
        return (Segment(before + " ", Tone.QUIET), Segment(shown, tone), Segment(" " + after, Tone.QUIET))

    def render(self, lines: Iterable[Line]) -> str:
        """The text: no trailing spaces, no empty lines at either end, and a line feed behind each line."""
        rendered = [self._render_line(line) for line in lines]
        while rendered and not rendered[0]:
            del rendered[0]
        while rendered and not rendered[-1]:
            del rendered[-1]
        return "".join(f"{line}\n" for line in rendered)

    def _render_line(self, line: Line) -> str:
        kept = list(line)
        while kept and not kept[-1].text.rstrip():
            kept.pop()
        if kept:
            last = kept[-1]
            kept[-1] = Segment(last.text.rstrip(), last.tone, last.link)
        return "".join(self._render_segment(segment) for segment in kept)

    def _render_segment(self, segment: Segment) -> str:
        text = segment.text
        if self.style.color and segment.tone is not Tone.PLAIN and text:
            text = f"\x1b[{segment.tone.value}m{text}\x1b[0m"
        if self.style.links and _SAFE_URL.fullmatch(segment.link):
            text = f"\x1b]8;;{segment.link}\x1b\\{text}\x1b]8;;\x1b\\"
        return text

    def _encodable(self, text: str) -> str:
        return text if self.style.unicode else text.encode("ascii", "backslashreplace").decode("ascii")


def _head(shown: str, width: int) -> str:
    """As much of a neutral text as fits, at least one character."""
    used = 0
    for index, char in enumerate(shown):
        used += cells(char)
        if used > width:
            return shown[: max(index, 1)]
    return shown


def listed(items: Sequence[str], bound: int) -> list[str]:
    """At most so many items with a comma behind each but the last, then how many there are besides: words for `Ink.wrap`."""
    shown = items[:bound]
    more = [f"and {len(items) - bound:,} more"] if len(items) > bound else []
    return [*(f"{item}," for item in shown[:-1]), *shown[-1:], *more]


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: `1 file`, `1,204 files`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
