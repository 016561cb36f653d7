"""The symbol index of a snippet in every language; `snippets/<name>.expected` is what it says, one line a fact."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.syntax.languages import GRAMMARS
from scanner.syntax.parse import Parsed, parse
from scanner.syntax.symbols import DefinitionKind, FileSymbols
from scanner.syntax.uses import file_symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.core.location import Span

_SNIPPETS = Path(__file__).parent / "snippets"
_NAMES = sorted(path.stem for path in _SNIPPETS.glob("*.txt"))


def _language(name: str) -> str:
    return name.partition("-")[0]


def _symbols(language: str, data: bytes) -> FileSymbols:
    parsed = parse(language, data)
    assert isinstance(parsed, Parsed)
    return file_symbols("file", parsed)


def _place(span: Span) -> str:
    return f"{span.start_line}:{span.start_column}-{span.end_line}:{span.end_column}"


def _facts(symbols: FileSymbols) -> Iterator[str]:
    for definition in symbols.definitions:
        body = " with body" if definition.body else ""
        yield f"{definition.kind} {definition.qualified}({', '.join(definition.parameters)}) {_place(definition.span)}{body}"
    for item in symbols.imports:
        yield f"import {item.module!r} name {item.name!r} alias {item.alias!r}"
    for call in symbols.calls:
        yield f"call {call.callee} in {call.symbol or 'the file'}"
    for decorator in symbols.decorators:
        yield f"decorator {decorator.name} of {decorator.target}"
    for docstring in symbols.docstrings:
        yield f"docstring of {docstring.symbol or 'the file'} {_place(docstring.span)}"


@pytest.mark.parametrize("name", _NAMES)
def test_a_file_says_what_it_defines_imports_and_calls(name: str) -> None:
    symbols = _symbols(_language(name), (_SNIPPETS / f"{name}.txt").read_bytes())
    expected = (_SNIPPETS / f"{name}.expected").read_text()
    assert "\n".join(_facts(symbols)) + "\n" == expected


def test_every_grammar_has_a_snippet() -> None:
    assert {_language(name) for name in _NAMES} == GRAMMARS


@pytest.mark.parametrize("name", _NAMES)
def test_every_call_stands_in_the_symbol_that_encloses_its_place(name: str) -> None:
    symbols = _symbols(_language(name), (_SNIPPETS / f"{name}.txt").read_bytes())
    assert symbols.calls or name == "csharp-file-scoped"
    for call in symbols.calls:
        assert symbols.enclosing_symbol(call.span.start_line, call.span.start_column) == call.symbol


@pytest.mark.parametrize("name", _NAMES)
def test_every_name_is_found_where_it_is_spelled(name: str) -> None:
    data = (_SNIPPETS / f"{name}.txt").read_bytes()
    symbols = _symbols(_language(name), data)
    lines = data.decode().split("\n")
    for identifier in symbols.identifiers:
        for span in symbols.references(identifier):
            assert lines[span.start_line - 1][span.start_column - 1 : span.end_column - 1].lstrip("$") == identifier
    for definition in symbols.definitions:
        named = definition.kind in {DefinitionKind.FUNCTION, DefinitionKind.CLASS} and definition.name.isidentifier()
        if named and definition.name not in {"default", "constructor", "companion", "exports"}:
            assert symbols.references(definition.name)


@pytest.mark.parametrize("name", _NAMES)
def test_an_index_travels_between_processes(name: str) -> None:
    symbols = _symbols(_language(name), (_SNIPPETS / f"{name}.txt").read_bytes())
    assert pickle.loads(pickle.dumps(symbols)) == symbols  # noqa: S301 - the round trip that a worker process makes


@pytest.mark.parametrize("name", _NAMES)
def test_code_cut_off_anywhere_still_has_an_index(name: str) -> None:
    data = (_SNIPPETS / f"{name}.txt").read_bytes()
    for end in range(0, len(data), 23):
        symbols = _symbols(_language(name), data[:end])
        for index, definition in enumerate(symbols.definitions):
            assert definition.parent < index
            if definition.parent >= 0:
                outer = symbols.definitions[definition.parent].span
                assert (outer.start_line, outer.start_column) <= (definition.span.start_line, definition.span.start_column)
                assert (definition.span.end_line, definition.span.end_column) <= (outer.end_line, outer.end_column)


@pytest.mark.parametrize(
    ("language", "source", "line", "symbol"),
    [
        ("python", "class Shop:\n  def checkout(self):\n    x = = 1\n    done()\n\nimport\n", 4, "Shop.checkout"),
        ("javascript", "f(1;\nclass Shop {\n  checkout() {\n    pay(;\n  }\n}\n", 4, "Shop.checkout"),
        ("typescript", "let a: = 1;\nclass Shop {\n  checkout(): void {\n    pay(;\n  }\n}\n", 3, "Shop.checkout"),
        ("tsx", "function checkout() {\n  f(;\n  pay();\n}\nlet a = <b>;</b\n", 3, "checkout"),
        ("java", "class Shop {\n  int x = ;\n  void checkout() {\n    pay(;\n  }\n}\n", 3, "Shop.checkout"),
        ("go", "package a\nfunc (s *Shop) Checkout() {\n  x := := 1\n  pay(1)\n}\nvar x =\n", 4, "Shop.Checkout"),
        ("ruby", "class Shop\n  def checkout\n    x = = 1\n    pay(1)\n  end\nend\n)\n", 4, "Shop.checkout"),
        ("php", "<?php\n$x = ;\nclass Shop {\n  function checkout() {\n    pay(;\n  }\n}\n", 4, "Shop.checkout"),
        ("csharp", "class Shop {\n  int x = ;\n  void Checkout() {\n    Pay(;\n  }\n}\n", 3, "Shop.Checkout"),
        ("c", "int x = ;\nint checkout(int a) {\n  pay(;\n}\n", 3, "checkout"),
        ("cpp", "int x = ;\nint Shop::checkout(int a) {\n  pay(;\n}\n", 3, "Shop.checkout"),
        ("rust", "let x = ;\nimpl Shop {\n  fn checkout(&self) {\n    pay(;\n  }\n}\n", 4, "Shop.checkout"),
        ("kotlin", "class Shop {\n  fun checkout() {\n    val y = = 1\n    pay(1)\n  }\n}\n", 4, "Shop.checkout"),
        ("bash", "checkout() {\n  pay ) 1\n  pay 2\n}\n", 3, "checkout"),
    ],
)
def test_broken_code_keeps_its_names_where_the_parser_recovers(language: str, source: str, line: int, symbol: str) -> None:
    parsed = parse(language, source.encode())
    assert isinstance(parsed, Parsed)
    assert parsed.partial
    assert file_symbols("file", parsed).enclosing_symbol(line, 4) == symbol


def test_a_name_from_a_hostile_file_is_bounded_and_printable() -> None:
    source = 'const api = { "a\u202eb\\n' + "x" * 500 + '": () => 1 };'
    (name,) = (item.name for item in _symbols("javascript", source.encode()).definitions if item.kind is DefinitionKind.METHOD)
    assert name.isprintable()
    assert len(name) <= 200
