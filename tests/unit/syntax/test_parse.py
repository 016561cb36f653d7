from __future__ import annotations

import gc
import weakref

import pytest

from scanner.core.coverage import Skip
from scanner.syntax.grammars import grammar
from scanner.syntax.languages import GRAMMARS
from scanner.syntax.parse import Parsed, ParseLimits, Unparsed, parse


def _parsed(language: str, data: bytes) -> Parsed:
    result = parse(language, data)
    assert isinstance(result, Parsed)
    return result


def _reason(language: str, data: bytes, limits: ParseLimits) -> Skip:
    result = parse(language, data, limits)
    assert isinstance(result, Unparsed)
    return result.reason


@pytest.mark.parametrize("language", sorted(GRAMMARS))
def test_an_empty_file_parses_in_every_language(language: str) -> None:
    assert not _parsed(language, b"").partial
    assert grammar(language) is grammar(language)


def test_broken_code_has_a_tree_and_is_said_to_be_partial() -> None:
    parsed = _parsed("python", b"def f(:\n    return 1\nx = 2\n")
    assert parsed.partial
    assert any(node.type == "expression_statement" for node in parsed.root.named_children)


def test_a_language_without_a_grammar_is_a_reason() -> None:
    assert _reason("yaml", b"a: 1", ParseLimits()) is Skip.LANGUAGE
    assert _reason("", b"a: 1", ParseLimits()) is Skip.LANGUAGE


def test_a_file_over_the_size_limit_is_a_reason() -> None:
    assert _reason("python", b"x = 1\n", ParseLimits(max_bytes=5)) is Skip.TOO_LARGE


@pytest.mark.parametrize("levels", [10, 11, 12, 13, 40])
def test_the_depth_limit_is_exact(levels: int) -> None:
    data = b"[" * levels + b"]" * levels
    deepest = 2 + levels  # module, statement, lists, and the brackets of the innermost one
    assert isinstance(parse("python", data, ParseLimits(max_depth=deepest)), Parsed)
    assert _reason("python", data, ParseLimits(max_depth=deepest - 1)) is Skip.TOO_DEEP


def test_a_deep_place_is_found_wherever_it_hides() -> None:
    for before in range(40):
        data = b"a\n" * before + b"-" * 60 + b"1\n" + b"b\n" * 500
        assert _reason("python", data, ParseLimits(max_depth=50)) is Skip.TOO_DEEP


def test_too_many_steps_are_a_reason_and_leave_the_next_parse_alone() -> None:
    assert _reason("python", b"x = 1\n" * 5_000, ParseLimits(effort=0)) is Skip.TIMEOUT
    assert not _parsed("python", b"x = 1\n").partial


def test_a_lone_carriage_return_ends_a_line() -> None:
    """Else everything behind the first comment of an old Mac file would be taken for a part of it."""
    parsed = _parsed("python", b"# comment\rimport os\ros.system('x')\r")
    assert [node.type for node in parsed.root.named_children] == ["comment", "import_statement", "expression_statement"]
    assert parsed.text(parsed.root.named_children[2]) == "os.system('x')"


def test_the_text_of_a_node_can_be_asked_of_the_tree_as_well() -> None:
    data = b"x = 1\n" * 10_000 + "é = 'ü'\n".encode()
    parsed = _parsed("python", data)
    last = parsed.root.named_children[-1]
    assert last.text == parsed.text(last).encode() == "é = 'ü'".encode()


def test_a_file_is_let_go_of_with_its_tree() -> None:
    class Data(bytearray):
        """Bytes that can be watched."""

    data = Data(b"x = 1\n" * 100)
    gone = weakref.ref(data)
    parsed = parse("python", data)  # type: ignore[arg-type] # bytes themselves cannot be watched
    assert isinstance(parsed, Parsed)
    del parsed, data
    gc.collect()
    assert gone() is None
