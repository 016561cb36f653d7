"""GitHub's `primaryLocationLineHash`: the identity that code scanning gives a line of a file.

The algorithm is the one of GitHub's own upload action (github/codeql-action, `src/fingerprints.ts`): a line's hash is the polynomial
`sum(unit[i] * 37 ** (99 - i))` modulo 2**64 over the 100 UTF-16 code units from the line's start on, running over into following lines. Spaces and
tabs are left out, CR and CRLF count as LF, the end of the file is one unit 0xFFFF, and zeros fill what is missing. The fingerprint is the hash in
lower-case hexadecimal, a colon, and the number of lines so far in the file that hash alike, this one included.
"""

from __future__ import annotations

import struct
from collections import Counter
from itertools import accumulate
from operator import mul
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_BLOCK = 100
_BASE = 37
_MODULUS = 1 << 64
_WEIGHTS = tuple(pow(_BASE, _BLOCK - 1 - place, _MODULUS) for place in range(_BLOCK))
_WINDOW = struct.Struct(f"<{_BLOCK}H")
_UNIT = 2  # bytes
_END_OF_FILE = b"\xff\xff"
_PADDING = bytes(_BLOCK * _UNIT)


def line_hashes(text: str, lines: Collection[int]) -> dict[int, str]:
    """The fingerprints of the given 1-based lines of a file's whole text, in ascending order; lines that the file does not have are left out.

    `text` is the file as `scanner.core.text.decode` gives it, byte order mark included. Lines that nobody asked about cost one slice and one look-up
    each: two lines hash alike when their windows of 100 units are equal. (GitHub counts windows that differ and collide in 64 bits as alike, too.)
    """
    if not lines:
        return {}
    kept = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    encoded = [line.encode("utf-16-le", "surrogatepass") for line in kept.split("\n")]
    units = b"\n\0".join(encoded) + _END_OF_FILE + _PADDING
    starts = list(accumulate((len(line) + _UNIT for line in encoded[:-1]), initial=0))
    wanted = {line for line in lines if 1 <= line <= len(starts)}
    asked = {_window(units, starts[line - 1]) for line in wanted}
    hashes = {window: _polynomial(window) for window in asked}
    seen: Counter[str] = Counter()
    found: dict[int, str] = {}
    for line, start in enumerate(starts[: max(wanted, default=0)], 1):
        alike = hashes.get(_window(units, start))
        if alike is None:
            continue
        seen[alike] += 1
        if line in wanted:
            found[line] = f"{alike}:{seen[alike]}"
    return found


def _window(units: bytes, start: int) -> bytes:
    return units[start : start + _BLOCK * _UNIT]


def _polynomial(window: bytes) -> str:
    return format(sum(map(mul, _WINDOW.unpack(window), _WEIGHTS)) % _MODULUS, "x")
