"""The little Markdown that rules are written in, as plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.core.text import split_lines
from scanner.reporters.terminal.ink import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scanner.reporters.terminal.ink import Ink, Line

_FENCE = re.compile(r"\s*(```+|~~~+)")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?P<text>.*?)\s*#*\s*")
_ITEM = re.compile(r"\s*(?P<mark>[-*+]|\d{1,3}[.)])\s+(?P<text>.*)")
_LINK = re.compile(r"\[(?P<text>[^\]\[]*)\]\((?P<url>[^()\s]*)\)")
_STRONG = re.compile(r"\*\*(?P<text>[^*]+)\*\*")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`\"'(])")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text to be wrapped; `mark` stands before the first line of a list item."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to be shown as they are."""

    lines: tuple[str, ...]


Block = Paragraph | Code


def parse(markdown: str) -> tuple[Block, ...]:
    """Paragraphs, list items and fenced code in order; headings are paragraphs, emphasis and links become plain words."""
    return tuple(_blocks(split_lines(markdown)))


def gist(blocks: Sequence[Block], sentences: int, characters: int) -> str:
    """The first sentences of the first paragraph: as many as asked for, fewer where they would be longer than `characters`, at least one."""
    text = next((block.text for block in blocks if isinstance(block, Paragraph)), "")
    taken = ""
    for sentence in _SENTENCE_END.split(text)[:sentences]:
        longer = f"{taken} {sentence}".strip()
        if taken and len(longer) > characters:
            break
        taken = longer
    return taken


def up_to_code(blocks: Sequence[Block], paragraphs: int) -> tuple[Block, ...]:
    """The first blocks: everything up to the first code, that included, and no more paragraphs than asked for."""
    code = next((index for index, block in enumerate(blocks) if isinstance(block, Code)), None)
    if code is None:
        return tuple(blocks[:paragraphs])
    return (*blocks[: min(code, paragraphs)], blocks[code])


def lay(ink: Ink, label: Line, blocks: Sequence[Block]) -> list[Line]:
    """Blocks beside a label, which stands on the first line. Code is indented and never broken, so that it can be copied."""
    indent = sum(len(segment.text) for segment in label)
    margin = Segment(" " * indent)
    lines: list[Line] = []
    for index, block in enumerate(blocks):
        head = label if index == 0 else (margin,)
        match block:
            case Paragraph(text, mark):
                if index and not mark:
                    lines.append(())
                lines.extend(ink.hang((*head, Segment(f"{ink.show(mark)} ")) if mark else head, text))
            case Code(code):
                lines.extend([head] if index == 0 else [()])
                lines.extend((margin, Segment("  "), Segment(ink.show(line))) for line in code)
    return lines


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    open_text: list[str] = []
    mark = ""
    position = 0
    while position < len(lines):
        line = lines[position]
        position += 1
        fence = _FENCE.match(line)
        item = _ITEM.fullmatch(line)
        heading = _HEADING.fullmatch(line)
        if open_text and (fence or item or heading or not line.strip()):
            yield Paragraph(_plain(" ".join(open_text)), mark)
            open_text, mark = [], ""
        if fence:
            end = _fence_end(lines, position, fence[1])
            yield Code(_dedent(lines[position:end]))
            position = end + 1
        elif item:
            open_text, mark = [item["text"]], item["mark"]
        elif heading:
            yield Paragraph(_plain(heading["text"]))
        elif line.strip():
            open_text.append(line.strip())
    if open_text:
        yield Paragraph(_plain(" ".join(open_text)), mark)


def _fence_end(lines: Sequence[str], start: int, fence: str) -> int:
    closing = (index for index in range(start, len(lines)) if lines[index].strip().startswith(fence) and not lines[index].strip().strip(fence[0]))
    return next(closing, len(lines))


def _dedent(lines: Sequence[str]) -> tuple[str, ...]:
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    return tuple(line[margin:] for line in lines)


def _plain(text: str) -> str:
    return _STRONG.sub(r"\g<text>", _LINK.sub(_spell_link, text))


def _spell_link(match: re.Match[str]) -> str:
    text, url = match["text"], match["url"]
    return f"{text} ({url})" if text and text != url else url
