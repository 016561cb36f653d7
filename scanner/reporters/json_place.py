"""Places in our JSON, written and read: a path stands as text for people (`path`) and exactly, percent-encoded (`uri`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from scanner.core.location import Span
from scanner.reporters.uris import path_to_uri, uri_to_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import StrEnum

    from scanner.reporters.json_node import Node

T = TypeVar("T")
E = TypeVar("E", bound="StrEnum")

Json = dict[str, object]


def place(stretch: Span) -> Json:
    """A span's members."""
    return {
        **path_members(stretch.path),
        "start": {"line": stretch.start_line, "column": stretch.start_column},
        "end": {"line": stretch.end_line, "column": stretch.end_column},
    }


def path_members(path: str) -> Json:
    """A path's members."""
    return {"path": path, "uri": path_to_uri(path)}


def span(node: Node) -> Span:
    """The span that `place` wrote."""
    start, end = node.at("start"), node.at("end")
    return made(
        node,
        lambda: Span(path_of(node), start.at("line").number(), start.at("column").number(), end.at("line").number(), end.at("column").number()),
    )


def path_of(node: Node) -> str:
    """The path that `path_members` wrote."""
    return uri_to_path(node.at("uri").text())


def member(node: Node, kind: type[E]) -> E:
    """One of an enumeration's members, by its value."""
    return node.choice({item.value: item for item in kind})


def made(node: Node, make: Callable[[], T]) -> T:
    """What `make` gives; the constructors of the core refuse values that must not exist, and here that is the text's mistake."""
    try:
        return make()
    except ValueError as error:
        node.fail(str(error), error)
