"""Masks secrets in text that leaves the process."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scanner.engines.secrets.matcher import SecretMatcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scanner.engines.secrets.matcher import SecretMatch
    from scanner.engines.secrets.rule import CompiledSecretRule

_KEPT: Final = 4
_MASKED: Final = re.compile(r"[^\r\n]")
_ARMOUR: Final = re.compile(r"-----(?:BEGIN|END) [A-Z0-9 ]{1,60}-----")
_PRIVATE: Final = re.compile(r"-----(?:BEGIN|END) [A-Z0-9 ]{0,50}PRIVATE KEY(?: BLOCK)?-----")
_PUBLIC: Final = re.compile(r"-----BEGIN [A-Z0-9 ]{0,50}(?:CERTIFICATE|PUBLIC KEY|REQUEST|MESSAGE|SIGNATURE)[A-Z ]{0,20}-----[^-]*")
# A line of a PEM block as it stands in a file, in a string literal or in a diff: base64, and next to nothing around it.
_BODY_LINE: Final = re.compile(
    r"(?m)^[ \t>+\-\"'`]{0,40}(?P<body>[A-Za-z0-9+/]{4,120}={0,2})(?:\\[nr]){0,2}[ \t\"'`+,;)\\]{0,12}\r?$",
)
_SHORTEST_BODY: Final = 40
_BLOCK_WIDTHS: Final = frozenset({64, 70, 76})  # RFC 7468, OpenSSH, MIME
_NEEDED: Final = (re.compile(r"[a-z]"), re.compile(r"[A-Z]"), re.compile(r"[0-9+/]"))


class SecretRedactor:
    """Masks whatever a rule finds, at any confidence, and lines that look like the body of a private key whose block is not seen whole."""

    def __init__(self, rules: Sequence[CompiledSecretRule]) -> None:
        """`rules` are the engine's."""
        self._matcher: Final = SecretMatcher(rules)

    def mask(self, text: str) -> str:
        """The text with every secret in it replaced by `*`, up to the first four characters of a prefix that names the service (`ghp_`).

        The line count and the length of each line in characters stay the same; so does the armour of key blocks.
        """
        # A lone surrogate becomes one `?`: positions stay what they are.
        matches = self._matcher.find_everything(text.encode("utf-8", "replace"))
        spans = [*(_hidden(text, match) for match in matches), *_fragments(text)]
        return _masked(text, sorted(spans)) if spans else text


def _hidden(text: str, match: SecretMatch) -> tuple[int, int]:
    """What to mask of a match: all but a prefix that its rule looks for, which tells nobody anything."""
    if armour := _ARMOUR.match(text, match.start, match.end):
        return armour.end(), match.end
    start = text[match.start : min(match.end, match.start + _KEPT)].lower()
    shown = any(word.startswith(start) or start.startswith(word) for word in match.compiled.keywords)
    return match.start + (len(start) if shown else 0), match.end


def _fragments(text: str) -> Iterator[tuple[int, int]]:
    """The body lines of private keys of which only a part is there: beside one edge of a block, or two and more as long as a block's lines."""
    lines = list(_body_lines(text))
    full = sum(len(match["body"]) in _BLOCK_WIDTHS for match in lines)
    if full < (1 if _PRIVATE.search(text) else 2):
        return
    public = [match.span() for match in _PUBLIC.finditer(text)]
    for match in lines:
        if not any(start <= match.start() < end for start, end in public):
            yield match.span("body")


def _body_lines(text: str) -> Iterator[re.Match[str]]:
    """Long lines of base64, and the shorter one that may come right behind such a line as the last of its block."""
    previous_end = -2  # no line starts right behind it
    for match in _BODY_LINE.finditer(text):
        body = match["body"]
        follows = match.start() == previous_end + 1
        if follows or (len(body) >= _SHORTEST_BODY and all(pattern.search(body) for pattern in _NEEDED)):
            yield match
            previous_end = match.end() if len(body) >= _SHORTEST_BODY else -2


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        begin = max(start, done)
        if end > begin:
            pieces += (text[done:begin], _stars(text[begin:end]))
            done = end
    return "".join((*pieces, text[done:]))


def _stars(secret: str) -> str:
    pieces: list[str] = []
    done = 0
    for armour in _ARMOUR.finditer(secret):
        pieces += (_MASKED.sub("*", secret[done : armour.start()]), armour.group())
        done = armour.end()
    return "".join((*pieces, _MASKED.sub("*", secret[done:])))
