"""What the bytes of a file say: text or not, written by a program, minified, how many lines."""

from __future__ import annotations

import re
from typing import Final

from scanner.core.coverage import Skip
from scanner.sources.reader import Refusal
from scanner.syntax.languages import GRAMMARS

# The UTF-32 marks come first: the little-endian one begins like UTF-16's.
_WIDE_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_UTF8_MARK: Final = b"\xef\xbb\xbf"
_CONTROL: Final = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\v\f\r\x1b")
_CONTROL_SHARE: Final = 10  # per cent

_HEADER_BYTES: Final = 4_096
_HEADER_LINES: Final = 25
_LINE_COMMENTS: Final = (b"#", b"//", b"--", b";", b"%", b"*", b"REM ", b"rem ")
_BLOCK_COMMENTS: Final = (
    (b"--[[", b"]]"),
    (b"/*", b"*/"),
    (b"<!--", b"-->"),
    (b"<#", b"#>"),
    (b"{-", b"-}"),
    (b"(*", b"*)"),
    (b'"""', b'"""'),
    (b"'''", b"'''"),
    (b"=begin", b"=end"),
)
_PROLOGUE: Final = re.compile(rb"<\?(?:php|xml)\b|<!doctype\b|['\"]use strict['\"];?$", re.IGNORECASE)
_GENERATED: Final = re.compile(rb"(?:^|[\s*#/])@generated\b|\bCode generated\b.*\bDO NOT EDIT\b|<auto-?generated", re.MULTILINE)
_DO_NOT_EDIT: Final = re.compile(rb"\bDO NOT (?:EDIT|MODIFY|CHANGE)\b|\bdo not (?:edit|modify) (?:this file|by hand|manually)\b", re.IGNORECASE)
_BY_A_PROGRAM: Final = re.compile(rb"\b(?:auto(?:matically)?[ -]?)?(?:generated|produced|created|managed)\b", re.IGNORECASE)

_MINIFIED_ENDINGS: Final = frozenset({"js", "mjs", "cjs", "jsx", "css", "htm", "html"})
_LONG_LINE: Final = 400
_LONG_SHARE: Final = 80  # per cent of the bytes
_ORDINARY_LINES: Final = 100
_MINIFIED_BYTES: Final = 1_000


def refuse_binary(data: bytes, language: str) -> Refusal | None:
    """The refusal for what is not text.

    A file of no known language is binary as soon as it holds a NUL. One whose name claims a language of ours has to be mostly control characters:
    PHP, C and JavaScript run with a NUL in a comment, and one byte must not hide a file. Wide encodings with a mark are text that no engine here
    reads: in a programming language that leaves the scan incomplete, elsewhere it counts as binary.
    """
    wide = next((name for mark, name in _WIDE_MARKS if data.startswith(mark)), "")
    if wide and language in GRAMMARS:
        return Refusal(Skip.UNREADABLE, f"{wide} text; only UTF-8 is read")
    if wide:
        return Refusal(Skip.BINARY, f"{wide} text")
    if b"\x00" not in data:
        return None
    if not language:
        return Refusal(Skip.BINARY, "holds NUL bytes")
    control = len(data) - len(data.translate(None, _CONTROL))
    return Refusal(Skip.BINARY, "mostly control characters") if control * 100 >= len(data) * _CONTROL_SHARE else None


def refuse_generated(data: bytes) -> Refusal | None:
    """The refusal for a file whose first comment says that a program wrote it. Only comments before any code are believed."""
    head = data[:_HEADER_BYTES].removeprefix(_UTF8_MARK)
    if b"enerated" not in head and not (b"do not " in head.lower() and _DO_NOT_EDIT.search(head)):
        return None
    header = _header(head)
    if _GENERATED.search(header):
        return Refusal(Skip.GENERATED, "its header says so")
    if _DO_NOT_EDIT.search(header) and _BY_A_PROGRAM.search(header):
        return Refusal(Skip.GENERATED, "its header says not to edit it")
    return None


def refuse_minified(data: bytes, name: str) -> Refusal | None:
    """The refusal for scripts, style sheets and pages without line ends.

    That is: four fifths of the bytes stand in lines of over 400 bytes, and fewer than 100 other lines have something on them. A written file with
    an image in a data URI keeps its ordinary lines, and stays.
    """
    if len(data) < _MINIFIED_BYTES or name.rpartition(".")[2].lower() not in _MINIFIED_ENDINGS:
        return None
    long_bytes = ordinary = 0
    for line in data.split(b"\n"):
        if len(line) > _LONG_LINE:
            long_bytes += len(line)
        elif line.strip():
            ordinary += 1
    if long_bytes * 100 < len(data) * _LONG_SHARE or ordinary >= _ORDINARY_LINES:
        return None
    return Refusal(Skip.MINIFIED, f"lines of over {_LONG_LINE} bytes")


def names_a_map(data: bytes) -> bool:
    """Whether a script's last line says where its source map is, or is one."""
    at = data.rfind(b"\n//# sourceMappingURL=")
    return at >= 0 and b"\n" not in data[at + 1 :].rstrip()


def count_lines(data: bytes) -> int:
    """How many lines the bytes hold; LF, CRLF and CR end one, and what follows the last end counts when it is not empty."""
    ends = data.count(b"\n")
    if b"\r" in data:
        ends += data.count(b"\r") - data.count(b"\r\n")
    return ends + (bool(data) and not data.endswith((b"\n", b"\r")))


def _header(head: bytes) -> bytes:
    """The comment lines at the top of a file, up to the first code."""
    kept: list[bytes] = []
    closing = b""
    for raw in head.split(b"\n")[:_HEADER_LINES]:
        line = raw.strip()
        if closing:
            kept.append(line)
            closing = b"" if closing in line else closing
            continue
        opening = next((pair for pair in _BLOCK_COMMENTS if line.startswith(pair[0])), None)
        if opening is not None:
            kept.append(line)
            closing = b"" if opening[1] in line[len(opening[0]) :] else opening[1]
        elif line.startswith(_LINE_COMMENTS):
            kept.append(line)
        elif line and not _PROLOGUE.match(line):
            break
    return b"\n".join(kept)
