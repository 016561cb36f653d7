"""Tree queries: compiled once a process, from short tables here or from the files in `queries/`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from scanner.syntax.grammars import grammar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node, Query

# The files a language's queries are made of: a grammar that extends another shares its patterns.
_FILES: Mapping[str, tuple[str, ...]] = {
    "javascript": ("ecmascript", "javascript"),
    "typescript": ("ecmascript", "typescript"),
    "tsx": ("ecmascript", "typescript"),
    "cpp": ("c", "cpp"),
}


@cache
def outline_query(language: str) -> Query:
    """Definitions and the scopes that give them their dotted names."""
    return _compiled(language, _source(language, "outline"))


@cache
def uses_query(language: str) -> Query:
    """Imports, calls, decorators, docstrings and identifiers."""
    return _compiled(language, _source(language, "uses"))


@cache
def types_query(language: str, types: tuple[str, ...]) -> Query:
    """All nodes of some types, captured as `node`."""
    return _compiled(language, "[" + " ".join(f"({name})" for name in types) + "] @node")


def matches(query: Query, node: Node) -> list[tuple[int, dict[str, list[Node]]]]:
    """The pattern number and the captures of every match below a node, in the order in which they end."""
    from tree_sitter import QueryCursor  # noqa: PLC0415 - start-up stays free of the parser until something is parsed

    return QueryCursor(query).matches(node)


def captured(query: Query, node: Node, name: str = "node") -> list[Node]:
    """All nodes below a node that one capture name stands for."""
    from tree_sitter import QueryCursor  # noqa: PLC0415 - start-up stays free of the parser until something is parsed

    return QueryCursor(query).captures(node).get(name, [])


def _compiled(language: str, source: str) -> Query:
    from tree_sitter import Query as TreeSitterQuery  # noqa: PLC0415 - start-up stays free of the parser until something is parsed

    return TreeSitterQuery(grammar(language), source)


def _source(language: str, kind: str) -> str:
    folder = files("scanner.syntax") / "queries"
    return "\n".join((folder / f"{name}.{kind}.scm").read_text("utf-8") for name in _FILES.get(language, (language,)))
