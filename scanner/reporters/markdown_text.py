"""Foreign text in Markdown that other people's services render: it stays text, whatever it says.

GitHub and GitLab read a comment twice: a Markdown parser makes HTML, then filters look for mentions, references and addresses in the text of that
HTML. A backslash stops the parser and not the filters, so what they look for is parted by a zero width space, written as `&#8203;` where the source
can be read; neither looks into code. Everything in the comment that is ours comes from the caller; everything foreign comes through this module.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scanner.reporters.neutral import neutral
from scanner.reporters.uris import path_to_uri, repository_uri

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scanner.core.location import Span
    from scanner.core.report import Provenance

ELLIPSIS = "…"
INLINE_AT_MOST = 1_000  # characters
CODE_AT_MOST = 300  # characters of a line of code
LINES_AT_MOST = 40
_URL_AT_MOST = 1_000

_ZERO_WIDTH_SPACE = "&#8203;"
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!~=^$])")
_ENTITIES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("|"): "&vert;", ord('"'): "&quot;"}
# Mentions, references to issues, merge requests, labels, milestones, epics and snippets, and what services make links of.
_SIGILS = re.compile(r"(@|\\#|\\!|\\~|%|\\\$|&amp;|[Gg][Hh]\\-)(?=[\w{\\&])")
_ADDRESSES = re.compile(r"(?i)\b(https?|ftp|file|mailto|javascript|data|xmpp):|\bwww(?=\\\.)")
_BACKTICKS = re.compile("`+")
_COMMENT = "<!--"
_FENCE_AT_LEAST = 3
_GITHUB = "https://github.com/"


def inline(words: str, limit: int = INLINE_AT_MOST) -> str:
    """Foreign words in a line of Markdown or in a table's cell, shown as they are: no markup, no mention, no link, no HTML."""
    line = " ".join(neutral(" ".join(words.split())).split())
    escaped = _SPECIAL.sub(r"\\\1", clipped(line, limit).translate(_ENTITIES))
    return _ADDRESSES.sub(rf"\g<0>{_ZERO_WIDTH_SPACE}", _SIGILS.sub(rf"\1{_ZERO_WIDTH_SPACE}", escaped))


def code(words: str, limit: int = CODE_AT_MOST) -> str:
    """Foreign words as code within a line, between more backticks than they hold; not for tables, see `cell`."""
    line = _without_comments(clipped(neutral(words.replace("\n", " ")), limit))
    if not line.strip():
        return ""
    ticks = "`" * (max((len(run) for run in _BACKTICKS.findall(line)), default=0) + 1)
    room = " " if line[0] in "` " or line[-1] in "` " else ""
    return f"{ticks}{room}{line}{room}{ticks}"


def cell(markdown: str) -> str:
    """What `inline` and `code` made, in a cell of a table: there a bar ends the cell even within code."""
    return markdown.replace("|", "\\|")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown cells."""
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    lines.extend(f"| {' | '.join(map(cell, row))} |" for row in rows)
    return "\n".join(lines)


def fenced(lines: Sequence[str], language: str = "") -> str:
    """Foreign lines as a block of code, between longer fences than they hold; `language` is ours."""
    shown = [_without_comments(clipped(neutral(line), CODE_AT_MOST)) for line in lines[:LINES_AT_MOST]]
    if len(lines) > LINES_AT_MOST:
        shown.append(ELLIPSIS)
    longest = max((len(run) for line in shown for run in _BACKTICKS.findall(line)), default=0)
    fence = "`" * max(_FENCE_AT_LEAST, longest + 1)
    return "\n".join((f"{fence}{language}", *shown, fence))


def place(span: Span, provenance: Provenance | None = None) -> str:
    """A span as `path:line` in code, with a link to it where the code lies on GitHub and its revision is known."""
    shown = code(f"{span.path}:{span.start_line}")
    url = permalink(span, provenance)
    return f"[{shown}](<{url}>)" if url else shown


def permalink(span: Span, provenance: Provenance | None) -> str:
    """Where GitHub shows these lines of this revision for good; empty where that is not known."""
    home = repository_uri(provenance.repository_uri) if provenance else None
    if provenance is None or home is None or not home.startswith(_GITHUB) or not re.fullmatch("[0-9a-f]{40}", provenance.revision):
        return ""
    end = f"-L{span.end_line}" if span.end_line > span.start_line else ""
    url = f"{home.removesuffix('/').removesuffix('.git')}/blob/{provenance.revision}/{path_to_uri(span.path)}#L{span.start_line}{end}"
    return url if len(url) <= _URL_AT_MOST else ""


def clipped(words: str, limit: int) -> str:
    """At most so many characters, with an ellipsis where something is missing."""
    return words if len(words) <= limit else words[: limit - 1].rstrip() + ELLIPSIS


def within(head: Sequence[str], entries: Sequence[str], tail: Sequence[str], limit: int, more: str) -> str:
    """Blocks with an empty line between them in at most `limit` bytes: as many of the entries as fit, then `more` with the number of the others.

    Head and tail are kept whole; `more` has one place for a number (`and {} more`).
    """
    room = limit - _size((*head, more.format(f"{len(entries):,}"), *tail))
    kept: list[str] = []
    for index, entry in enumerate(entries):
        room -= _size((entry,))
        if room < 0:
            return _joined((*head, *kept, more.format(f"{len(entries) - index:,}"), *tail))
        kept.append(entry)
    return _joined((*head, *kept, *tail))


def _size(blocks: Iterable[str]) -> int:
    return sum(len(block.encode()) + len("\n\n") for block in blocks)


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(blocks) + "\n"


def _without_comments(line: str) -> str:
    """Code cannot hold an HTML comment as it is written: whoever looks for their own mark in a comment's source finds no forged one."""
    return line.replace(_COMMENT, "<\u200b!--")
