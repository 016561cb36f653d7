"""The pass over every file of a scan: did it parse, and which of its comments speak to a scanner.

Runs in worker processes, so jobs and facts are plain data. Comments are looked for only in files whose bytes contain a marker, and only those that
contain one are kept; other files are parsed where an engine asks for their trees.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.core.coverage import SkippedPath
from scanner.core.files import Unreadable, read_confined
from scanner.syntax.comments import comment_ranges, comments_at
from scanner.syntax.grammars import has_grammar
from scanner.syntax.languages import is_declaration_file
from scanner.syntax.lexical import lexical_comments
from scanner.syntax.parse import DEFAULT_LIMITS, Parsed, ParseLimits, Unparsed, parse

if TYPE_CHECKING:
    from scanner.ports.code_index import Comment

MARKERS = (b"casemate:", b"nosec", b"nosemgrep")
"""What makes a comment worth keeping, in any case: our suppressions, and those of other scanners (bandit's and gosec's, Semgrep's)."""


@dataclass(frozen=True, slots=True)
class InspectJob:
    """One file to inspect: `path` below the directory `root`, in a language ("" is allowed)."""

    root: str
    path: str
    language: str
    limits: ParseLimits = DEFAULT_LIMITS


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the pass learned. `partial`: there are syntax errors; `skipped`: it was not read or not parsed, and why; `comments`: see `MARKERS`."""

    path: str
    partial: bool = False
    skipped: SkippedPath | None = None
    comments: tuple[Comment, ...] = ()


def inspect_file(job: InspectJob) -> FileFacts:
    """Read and parse one file."""
    data = read_confined(job.root, job.path, job.limits.max_bytes)
    if isinstance(data, Unreadable):
        return FileFacts(job.path, skipped=SkippedPath(job.path, data.reason, data.detail))
    return inspect_parsed(job.path, job.language, data, parse(job.language, data, job.limits) if has_grammar(job.language) else None)


def inspect_parsed(path: str, language: str, data: bytes, parsed: Parsed | Unparsed | None) -> FileFacts:
    """The same for a file that was read, and parsed where its language has a grammar and anybody wants its tree (`marked` does)."""
    if parsed is None:
        ranges = lexical_comments(language, data) if marked(data) else []
        return FileFacts(path, comments=comments_at(path, data, ranges, MARKERS))
    if isinstance(parsed, Unparsed):
        return FileFacts(path, skipped=SkippedPath(path, parsed.reason, parsed.detail))
    comments = comments_at(path, data, comment_ranges(parsed), MARKERS) if marked(data) else ()
    # What only declares has no behaviour to misunderstand, and says much that the grammars of programs do not know.
    return FileFacts(path, partial=parsed.partial and not is_declaration_file(path), comments=comments)


def marked(data: bytes) -> bool:
    """Whether there may be comments that speak to a scanner."""
    lowered = data.lower()
    return any(marker in lowered for marker in MARKERS)
