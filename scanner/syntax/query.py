"""Tree queries: compiled once a process, from short tables here or from the files in `queries/`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from scanner.syntax.grammars import grammar
from scanner.syntax.parse import advance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node, Query

    from scanner.syntax.parse import Parsed

_MATCH_LIMIT = 4_096  # matches under way at once; a tree of the allowed depth needs one a level and pattern

# The files a language's queries are made of: a grammar that extends another shares its patterns.
_FILES: Mapping[str, tuple[str, ...]] = {
    "javascript": ("ecmascript", "javascript"),
    "typescript": ("ecmascript", "typescript"),
    "tsx": ("ecmascript", "typescript"),
    "cpp": ("c", "cpp"),
}

_ECMASCRIPT_STRAYS = "(expression_statement . [(string) (template_string)] .) @stray"
_STRAYS: Mapping[str, str] = {
    "python": "(expression_statement . [(string) (concatenated_string)] .) @stray",
    "javascript": _ECMASCRIPT_STRAYS,
    "typescript": _ECMASCRIPT_STRAYS,
    "tsx": _ECMASCRIPT_STRAYS,
    "php": "(expression_statement . [(string) (encapsed_string)] .) @stray",
}


@cache
def outline_query(language: str) -> Query:
    """Definitions and the scopes that give them their dotted names."""
    return _compiled(language, _source(language, "outline"))


@cache
def reaches_on(language: str) -> bool:
    """Whether a language has definitions that reach beyond their own code, as a namespace without a block does."""
    return "@def.rest" in _source(language, "outline")


@cache
def uses_query(language: str) -> Query:
    """Imports, calls, decorators, docstrings and identifiers."""
    return _compiled(language, _source(language, "uses"))


@cache
def stray_query(language: str) -> Query | None:
    """Strings that are statements of their own; None for a language in which that is not a habit."""
    source = _STRAYS.get(language)
    return _compiled(language, source) if source else None


@cache
def _types_query(language: str, types: tuple[str, ...]) -> Query:
    return _compiled(language, "[" + " ".join(f"({name})" for name in types) + "] @node")


def matches(query: Query, parsed: Parsed, at: int | None = None) -> list[dict[str, list[Node]]]:
    """The captures of every match in a file, or of those that an offset lies in, in the order in which they end; none in a ragged tree."""
    from tree_sitter import QueryCursor  # noqa: PLC0415 - start-up stays free of the parser until something is parsed

    if parsed.ragged:
        return []
    cursor = QueryCursor(query, match_limit=_MATCH_LIMIT)
    if at is not None:
        cursor.set_byte_range(at, at + 1)
    return [captures for _, captures in cursor.matches(parsed.root)]


def nodes_of(parsed: Parsed, types: tuple[str, ...]) -> list[Node]:
    """All nodes of some types that do not lie within each other, in order; in a ragged tree as well."""
    from tree_sitter import QueryCursor  # noqa: PLC0415 - start-up stays free of the parser until something is parsed

    if parsed.ragged:
        return list(_walked(parsed, types))
    return QueryCursor(_types_query(parsed.language, types), match_limit=_MATCH_LIMIT).captures(parsed.root).get("node", [])


def _walked(parsed: Parsed, types: tuple[str, ...]) -> Iterator[Node]:
    cursor = parsed.tree.walk()
    descending = True
    while descending or advance(cursor):
        node = cursor.node
        found = node is not None and node.type in types
        if found and node is not None:
            yield node
        descending = not found and cursor.goto_first_child()


def _compiled(language: str, source: str) -> Query:
    from tree_sitter import Query as TreeSitterQuery  # noqa: PLC0415 - start-up stays free of the parser until something is parsed

    return TreeSitterQuery(grammar(language), source)


def _source(language: str, kind: str) -> str:
    folder = files("scanner.syntax") / "queries"
    return "\n".join((folder / f"{name}.{kind}.scm").read_text("utf-8") for name in _FILES.get(language, (language,)))
