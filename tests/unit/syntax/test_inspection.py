from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING

import pytest

from scanner.core.coverage import Skip, SkippedPath
from scanner.core.location import Span
from scanner.ports.code_index import Comment
from scanner.syntax.inspection import FileFacts, InspectJob, inspect_file, inspect_parsed
from scanner.syntax.parse import Parsed, ParseLimits, parse

if TYPE_CHECKING:
    from pathlib import Path


def _inspect(tmp_path: Path, language: str, data: bytes, limits: ParseLimits | None = None) -> FileFacts:
    (tmp_path / "file").write_bytes(data)
    job = InspectJob(str(tmp_path), "file", language, limits or ParseLimits())
    facts = inspect_file(pickle.loads(pickle.dumps(job)))  # noqa: S301 - the round trip that a worker process makes
    assert pickle.loads(pickle.dumps(facts)) == facts  # noqa: S301 - as above
    return facts


def test_a_sound_file_has_nothing_to_tell(tmp_path: Path) -> None:
    assert _inspect(tmp_path, "python", b"# a comment\nx = 1\n") == FileFacts("file")


def test_what_only_declares_is_understood_whatever_it_says() -> None:
    data = b"export default function (route: Router): void;\n"
    parsed = parse("typescript", data)
    assert isinstance(parsed, Parsed)
    assert parsed.partial
    assert not inspect_parsed("star.d.ts", "typescript", data, parsed).partial
    assert inspect_parsed("star.ts", "typescript", data, parsed).partial


def test_a_file_with_syntax_errors_is_partial(tmp_path: Path) -> None:
    assert _inspect(tmp_path, "python", b"def f(:\n") == FileFacts("file", partial=True)


def test_comments_that_speak_to_a_scanner_are_kept_and_strings_that_do_are_not(tmp_path: Path) -> None:
    source = b's = "casemate: ignore"\nf(x)  # casemate: ignore[a] because\ng(x)  # NOSEC\nh(x)  # nosemgrep: r\n# plain\n'
    facts = _inspect(tmp_path, "python", source)
    assert facts.comments == (
        Comment(Span("file", 2, 7, 2, 36), "# casemate: ignore[a] because", trailing=True),
        Comment(Span("file", 3, 7, 3, 14), "# NOSEC", trailing=True),
        Comment(Span("file", 4, 7, 4, 21), "# nosemgrep: r", trailing=True),
    )


def test_files_without_a_grammar_have_such_comments_too(tmp_path: Path) -> None:
    assert [comment.text for comment in _inspect(tmp_path, "yaml", b"a: b # casemate: ignore\n").comments] == ["# casemate: ignore"]


@pytest.mark.parametrize(
    ("data", "limits", "reason"),
    [
        (b"[" * 200 + b"]" * 200, ParseLimits(max_depth=100), Skip.TOO_DEEP),
        (b"x = 1\n" * 100, ParseLimits(max_bytes=100), Skip.TOO_LARGE),
        (b"x = 1\n" * 5_000, ParseLimits(effort=0), Skip.TIMEOUT),
    ],
)
def test_what_was_not_parsed_says_why(tmp_path: Path, data: bytes, limits: ParseLimits, reason: Skip) -> None:
    skipped = _inspect(tmp_path, "python", data, limits).skipped
    assert skipped is not None
    assert (skipped.path, skipped.reason, bool(skipped.detail)) == ("file", reason, True)


def test_a_file_that_became_a_link_after_listing_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc/passwd")
    assert inspect_file(InspectJob(str(tmp_path), "link", "python")).skipped == SkippedPath("link", Skip.SYMLINK)


def test_a_name_that_is_not_utf8_is_inspected_like_any_other(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff.py")
    (tmp_path / name).write_bytes(b"f(x) # nosec\n")
    assert [comment.span.path for comment in inspect_file(InspectJob(str(tmp_path), name, "python")).comments] == [name]
