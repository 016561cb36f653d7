"""The hidden marks by which our own comments are known again."""

from __future__ import annotations

import re
from typing import Final

SUMMARY: Final = "<!-- casemate:summary -->"
_FINGERPRINT: Final = re.compile(r"[0-9a-f]{32}")
_FINDING: Final = re.compile(r"<!-- casemate:finding:([0-9a-f]{32}) -->")


def mark(fingerprint: str) -> str:
    """The mark of a comment about one finding. Raises ValueError for what is no fingerprint: a mark ends where it is meant to."""
    if not _FINGERPRINT.fullmatch(fingerprint):
        msg = f"not a fingerprint: {fingerprint!r}"
        raise ValueError(msg)
    return f"<!-- casemate:finding:{fingerprint} -->"


def marked(body: str) -> str:
    """The fingerprint that a comment is about, empty when it is none of ours. Only a mark on the first line counts: the rest quotes code."""
    found = _FINDING.match(body)
    return found[1] if found else ""
