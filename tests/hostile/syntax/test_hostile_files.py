"""Files made to hurt a parser. Every one is parsed in a worker process, as a scan does it, and none may crash or hang it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.core.coverage import Skip
from scanner.core.location import Span
from scanner.executors.local import LocalExecutor
from scanner.syntax.index import TreeCodeIndex
from scanner.syntax.inspection import FileFacts, InspectJob, inspect_file
from scanner.syntax.languages import GRAMMARS, PLAIN
from scanner.syntax.project import index_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SECONDS = 60.0
_LEVELS = 100_000

_OPENINGS: Mapping[str, bytes] = {
    "parentheses": b"(",
    "brackets": b"[",
    "braces": b"{",
    "angles": b"<",
    "calls": b"f(",
    "minus": b"-",
    "not": b"!",
    "sums": b"a+",
    "members": b"a.",
    "branches": b"if(a)else ",
    "strings": b'"${',
    "blocks": b"{\n",
    "stars": b"*",
    "heredocs": b"<<E\n",
}
_CLOSED: Mapping[str, bytes] = {
    "parentheses": b"(" * _LEVELS + b"1" + b")" * _LEVELS,
    "brackets": b"[" * _LEVELS + b"1" + b"]" * _LEVELS,
}
_START: Mapping[str, bytes] = {
    "java": b"class A { Object x = ",
    "go": b"package a\nvar x = ",
    "php": b"<?php $x = ",
    "csharp": b"class A { object x = ",
    "c": b"int x = ",
    "cpp": b"auto x = ",
    "rust": b"const X: i32 = ",
    "kotlin": b"val x = ",
    "bash": b"x=",
}


def _inspect(tmp_path: Path, language: str, data: bytes) -> FileFacts:
    (tmp_path / "file").write_bytes(data)
    (outcome,) = LocalExecutor(1).map(inspect_file, [InspectJob(str(tmp_path), "file", language)], seconds=_SECONDS)
    assert outcome.lost is None
    assert outcome.result is not None
    return outcome.result


def _index(tmp_path: Path, language: str) -> None:
    (outcome,) = LocalExecutor(1).map(index_file, [InspectJob(str(tmp_path), "file", language)], seconds=_SECONDS)
    assert outcome.lost is None


@pytest.mark.parametrize("language", sorted(GRAMMARS))
def test_endless_openings_and_deep_levels_are_understood_or_left_out_with_a_reason(tmp_path: Path, language: str) -> None:
    sources = {name: opening * 10_000 for name, opening in _OPENINGS.items()} | {f"closed {name}": data for name, data in _CLOSED.items()}
    for name, data in sources.items():
        (tmp_path / name).write_bytes(_START.get(language, b"") + data)
    jobs = [InspectJob(str(tmp_path), name, language) for name in sources]
    for job, outcome in zip(jobs, LocalExecutor(2).map(inspect_file, jobs, seconds=_SECONDS), strict=True):
        assert outcome.result is not None, (job.path, outcome.lost)
        skipped = outcome.result.skipped
        assert skipped is None or skipped.reason in {Skip.TOO_DEEP, Skip.TIMEOUT}, job.path
    for job, indexed in zip(jobs, LocalExecutor(2).map(index_file, jobs, seconds=_SECONDS), strict=True):
        assert indexed.lost is None, job.path


def test_levels_that_the_grammar_does_understand_are_too_deep(tmp_path: Path) -> None:
    facts = _inspect(tmp_path, "python", _CLOSED["parentheses"])
    assert facts.skipped is not None
    assert facts.skipped.reason is Skip.TOO_DEEP


@pytest.mark.parametrize("language", ["python", "javascript", "json", ""])
def test_a_line_of_fifty_megabytes_is_too_large(tmp_path: Path, language: str) -> None:
    facts = _inspect(tmp_path, language, b"x" * 50_000_000)
    assert facts.skipped is not None
    assert facts.skipped.reason is Skip.TOO_LARGE


@pytest.mark.parametrize("language", sorted(GRAMMARS | PLAIN | {""}))
@pytest.mark.parametrize(
    "data",
    [
        b"\0" * 10_000,
        b"x = 1\0\0\n# casemate: ignore\0\n" * 100,
        b"\xff\xfe" + "x = 1\n# casemate: x\n".encode("utf-16-le") * 100,
        b"# casemate: \xff\xfe\x80 nosec\n" * 100,
        b"\xef\xbb\xbf# casemate: a\r\nx = 1\r\n",
        b"// casemate: a\rx = 1 # casemate: b\r/* casemate: c */",
        b"\x80" * 10_000,
        b"\r" * 10_000,
        b"\\\n" * 10_000,
        b"\xf0\x9f\x98\x80" * 5_000,
        b'"' * 9_999,
    ],
    ids=[
        "nul",
        "nul in code",
        "utf-16",
        "invalid utf-8",
        "bom and crlf",
        "cr",
        "continuation bytes",
        "line ends",
        "continued lines",
        "emoji",
        "quotes",
    ],
)
def test_bytes_that_are_no_clean_text_do_no_harm(tmp_path: Path, language: str, data: bytes) -> None:
    (tmp_path / "file").write_bytes(data)
    job = InspectJob(str(tmp_path), "file", language)
    skipped = inspect_file(job).skipped
    assert skipped is None or skipped.reason is Skip.TIMEOUT
    assert index_file(job).path == "file"


def test_the_first_line_of_a_file_with_a_mark_counts_the_mark(tmp_path: Path) -> None:
    """Reports count UTF-16 units of the file as it is, and the mark is one of them."""
    facts = _inspect(tmp_path, "python", b"\xef\xbb\xbf# casemate: a\r\n# casemate: b\r\n")
    assert [comment.span for comment in facts.comments] == [Span("file", 1, 2, 1, 15), Span("file", 2, 1, 2, 14)]


def test_a_comment_cannot_swallow_the_line_behind_a_lone_carriage_return(tmp_path: Path) -> None:
    facts = _inspect(tmp_path, "python", b"# casemate: ignore\reval(input())\n")
    assert [comment.text for comment in facts.comments] == ["# casemate: ignore"]


@pytest.mark.parametrize(
    ("language", "opening", "closing"), [("python", b"# ", b"\n"), ("c", b"/* ", b"*/"), ("sql", b"/* ", b"*/"), ("yaml", b"# ", b"\n")]
)
def test_a_comment_of_a_megabyte_is_one_comment(tmp_path: Path, language: str, opening: bytes, closing: bytes) -> None:
    facts = _inspect(tmp_path, language, opening + b"nosec " * 170_000 + closing)
    assert len(facts.comments) == 1


@pytest.mark.parametrize(("language", "line"), [("python", b"#nosec\n"), ("c", b"/*nosec*/"), ("json", b"/*nosec*/"), ("yaml", b"#nosec\n")])
def test_a_hundred_thousand_marked_comments_are_all_found(tmp_path: Path, language: str, line: bytes) -> None:
    assert len(_inspect(tmp_path, language, line * 100_000).comments) == 100_000


@pytest.mark.parametrize("language", sorted(GRAMMARS))
def test_one_long_line_of_code_has_places_as_cheap_as_short_ones(tmp_path: Path, language: str) -> None:
    """Columns that were counted from the line's start each time would take minutes here."""
    data = _START.get(language, b"") + "f(é);".encode() * 8_000
    (tmp_path / "file").write_bytes(data)
    _index(tmp_path, language)
    index = TreeCodeIndex(tmp_path, {"file": language})
    for column in range(1, 40_000, 400):
        index.code_tokens(Span("file", 1, column, 1, column + 5))


@pytest.mark.parametrize(
    ("language", "head", "part", "tail"),
    [
        ("python", b"", b"@a\n", b"def f(): pass\n"),
        ("python", b"from x import ", b"a,", b"a\n"),
        ("python", b"def f(", b"a,", b"b): pass\n"),
        ("javascript", b"import {", b"a,", b"} from 'x';"),
        ("javascript", b"const {", b"a,", b"} = require('x');"),
        ("typescript", b"class A {", b"@a ", b"m() {} }"),
        ("java", b"", b"@A ", b"class B {}"),
        ("php", b"<?php use a\\{", b"b,", b"c};"),
        ("php", b"<?php ", b"#[A]", b"function f() {}"),
        ("csharp", b"class A { ", b"[B]", b"void f() {} }"),
        ("go", b"package a\nvar ", b"a,", b"b int\n"),
        ("rust", b"", b"#[a]\n", b"fn f() {}"),
        ("rust", b"use a::{", b"b,", b"c};"),
        ("kotlin", b"", b"@A\n", b"fun f() {}\n"),
        ("c", b"int ", b"a,", b"b;"),
    ],
)
def test_many_parts_of_one_thing_are_indexed_in_linear_time(tmp_path: Path, language: str, head: bytes, part: bytes, tail: bytes) -> None:
    """Each was once seen to take minutes: a query pattern let every part wait for what comes after all of them."""
    (tmp_path / "file").write_bytes(head + part * 20_000 + tail)
    _index(tmp_path, language)
