r"""Comments and tokens of files without a grammar, found by regular expressions over bytes.

Every expression consumes strings as well, so that a comment's opening within a string opens nothing. All of them are linear: possessive quantifiers,
and whatever is left open ends at the line's or the file's end instead of failing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LINE = rb"[^\r\n]*+"
_BLOCK = rb"/\*(?s:.*?)(?:\*/|\Z)"
_DOUBLE = rb'"[^"\\\r\n]*+(?:\\.[^"\\\r\n]*+)*+"?'
_SINGLE = rb"'[^'\\\r\n]*+(?:\\.[^'\\\r\n]*+)*+'?"
_BACKTICK = rb"`[^`\r\n]*+`?"
_SPACED = rb"(?:^|(?<=[ \t]))"  # only white space or a line's start stands before it


def _pattern(comments: bytes, *strings: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"|".join([*strings, rb"(?P<comment>" + comments + rb")"]), re.MULTILINE)


_MARKUP = _pattern(rb"<!--(?s:.*?)(?:-->|\Z)")

_PATTERNS: Mapping[str, re.Pattern[bytes]] = {
    "toml": _pattern(
        rb"#" + _LINE,
        rb'"""(?s:(?:\\.|.)*?)(?:"""|\Z)',
        rb"'''(?s:.*?)(?:'''|\Z)",
        _DOUBLE,
        rb"'[^'\r\n]*+'?",
    ),
    "terraform": _pattern(
        rb"(?:#|//)" + _LINE + rb"|" + _BLOCK,
        rb"<<[-~]?(?P<tag>\w++)[ \t]*+(?=[\r\n])(?s:.*?)(?:[\r\n][ \t]*+(?P=tag)(?=[\r\n]|\Z)|\Z)",
        _DOUBLE,
    ),
    "dockerfile": _pattern(rb"^[ \t]*+#" + _LINE),
    "ini": _pattern(_SPACED + rb"[#;]" + _LINE),
    "properties": _pattern(rb"^[ \t]*+[#!]" + _LINE),
    "env": _pattern(_SPACED + rb"#" + _LINE, _DOUBLE, _SINGLE),
    "html": _MARKUP,
    "xml": _pattern(rb"<!--(?s:.*?)(?:-->|\Z)", rb"<!\[CDATA\[(?s:.*?)(?:\]\]>|\Z)"),
    "markdown": _MARKUP,
    "sql": _pattern(
        rb"--" + _LINE + rb"|" + _BLOCK,
        rb"'[^']*+(?:''[^']*+)*+'?",
        rb'"[^"\r\n]*+"?',
        _BACKTICK,
        rb"\$(?P<tag>(?:[A-Za-z_]\w*+)?+)\$(?s:.*?)(?:\$(?P=tag)\$|\Z)",
    ),
    "css": _pattern(_BLOCK + rb"|" + _SPACED + rb"//" + _LINE, _DOUBLE, _SINGLE),
    "json": _pattern(rb"//" + _LINE + rb"|" + _BLOCK, _DOUBLE),
}

_YAML_COMMENT = re.compile(
    rb"(?:(?<=[\s:,\[{-])|^)(?:" + _DOUBLE + rb"|'[^'\r\n]*+(?:''[^'\r\n]*+)*+'?)|(?P<comment>(?:^|(?<=[ \t]))#[^\r\n]*+)", re.MULTILINE
)
_YAML_LINE = re.compile(rb"(?P<indent> *+)(?P<text>[^\r\n]*+)(?:\r\n|\r|\n|\Z)")
_YAML_BLOCK = re.compile(rb"(?:^|[ \t:-])[|>][-+0-9]{0,2}+[ \t]*+$")

_YAML_DASHES = re.compile(rb"(?:- *+)*+")

_TOKEN = re.compile(r"\w+|[^\w\s]")


def lexical_comments(language: str, data: bytes) -> list[tuple[int, int]]:
    """The comments of a file as byte ranges in order; none for a language that has no comments or that is not known here."""
    if language == "yaml":
        return list(_yaml_comments(data))
    pattern = _PATTERNS.get(language)
    if pattern is None:
        return []
    return [_trimmed(data, *match.span("comment")) for match in pattern.finditer(data) if match["comment"] is not None]


def lexical_tokens(text: str) -> tuple[str, ...]:
    """Words and single signs, white space left out."""
    return tuple(_TOKEN.findall(text))


def _trimmed(data: bytes, start: int, end: int) -> tuple[int, int]:
    while start < end and data[start] in b" \t":
        start += 1
    return start, end


def _yaml_comments(data: bytes) -> Iterator[tuple[int, int]]:
    """YAML needs its lines: within a block scalar (`run: |`) a `#` is content, up to the first line that is indented no deeper than its key."""
    block = -1  # the indentation of the key that the current block scalar belongs to
    position = 0
    while position < len(data):
        line = _YAML_LINE.match(data, position)
        if line is None or line.end() == position:
            return
        indent, text = len(line["indent"]), line["text"]
        if text and indent <= block:
            block = -1
        if text and block < 0:
            found = next((match for match in _YAML_COMMENT.finditer(text) if match["comment"] is not None), None)
            code = text[: found.start("comment")] if found else text
            if found:
                start = line.start("text") + found.start("comment")
                yield start, line.end("text")
            if _YAML_BLOCK.search(code):
                block = indent + _key_column(code)
        position = line.end()


def _key_column(code: bytes) -> int:
    """Where on its line the key of a block scalar stands: behind the dashes, or at the last dash when there is no key."""
    dashes = _YAML_DASHES.match(code)
    width = dashes.end() if dashes else 0
    return code.rfind(b"-", 0, width) if width and code[width : width + 1] in {b"|", b">"} else width
