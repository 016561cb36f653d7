r"""Regular expressions of JavaScript in the words of Python's `re`, as far as both mean the same.

What differs: groups `(?<name>`, references `\k<name>`, `[^]` for any character and `[]` for none, `\u{...}`, `\cX`, and `$`, which only
matches at the very end. Syntax: ECMA-262, "RegExp (Regular Expression) Objects".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_TOKEN: Final = re.compile(
    r"\\u\{([0-9a-fA-F]+)\}|\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\c([A-Za-z])|\\k<(\w+)>|\\[pP]\{[^}]*\}|\\(.)|\(\?<([A-Za-z_$][\w$]*)>|(\[\^\])|(\[\])|(\[\^?)|(\$)|(.)",
    re.DOTALL,
)
_KEPT: Final = frozenset("dDwWsSbBnrtfv0123456789")
_FLAGS: Final = {"i": "(?i)", "s": "(?s)", "m": "(?m)"}


@lru_cache(maxsize=1024)
def python_pattern(pattern: str, flags: str = "") -> str | None:  # noqa: C901, PLR0912 -- one token after the other
    """The pattern for Python's `re`; None where it has none."""
    written: list[str] = []
    inside = False
    position = 0
    while position < len(pattern):
        found = _TOKEN.match(pattern, position)
        if found is None:
            return None
        position = found.end()
        brace, four, two, control, reference, letter, name, anything, nothing, opening, end, other = found.groups()
        if brace or four or two:
            point = int(brace or four or two, 16)
            written.append(re.escape(chr(point)) if point <= 0x10FFFF else "")  # noqa: PLR2004 -- the last code point
        elif control:
            written.append(re.escape(chr(ord(control) % 32)))
        elif reference:
            written.append(f"(?P={reference})")
        elif letter == "d" and not (inside and written[-1] == "-" and not written[-2].startswith("[")):
            written.append("0-9" if inside else "[0-9]")  # no others are digits there
        elif letter is not None:
            written.append(
                "\\0" if letter == "0" else f"\\{letter}" if letter in _KEPT and not (inside and letter in "B123456789") else re.escape(letter)
            )
        elif name:
            written.append(f"(?P<{name}>")
        elif found[0].startswith(("\\p", "\\P")):
            written.append(r"\w" if inside else r"[\w\W]")
        elif inside:
            inside = other != "]"
            written.append(f"\\{found[0]}" if found[0][0] in "[&~|" else found[0])
        elif anything:
            written.append(r"[\s\S]")
        elif nothing:
            written.append(r"(?!)")
        elif opening:
            inside = True
            written.append(opening)
        elif end:
            written.append("$" if "m" in flags else r"\Z")
        else:
            written.append(other or found[0])
    prefix = "".join(_FLAGS[flag] for flag in "ims" if flag in flags)
    text = f"{prefix}{''.join(written)}"
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError):
        return None
    return text
