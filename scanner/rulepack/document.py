"""A document of plain values, and where each of them stands in its file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a text file; line and column count from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Slip:
    """Something wrong at a place of one document."""

    mark: Mark
    message: str


class Node:
    """A value, where it starts, how many values it stands for with aliases expanded, and what it consists of."""

    __slots__ = ("children", "mark", "size", "value")

    def __init__(self, value: object, mark: Mark, children: dict[str | int, tuple[Node, Node]] | None = None) -> None:
        self.value = value
        self.mark = mark
        self.children = children
        self.size = 1


class Document:
    """One YAML document as plain values (dict, list, str, int, float, bool, None), and where each of them stands."""

    __slots__ = ("_root", "value")

    def __init__(self, root: Node) -> None:
        self._root = root
        self.value = root.value

    def mark(self, path: Sequence[str | int] = ()) -> Mark:
        """Where the value at a path starts; for a path that leads nowhere, the innermost value that exists."""
        return self._walk(path)[1].mark

    def key_mark(self, path: Sequence[str | int]) -> Mark:
        """Where the key that ends a path starts; for an item of a list, the item."""
        return self._walk(path)[0].mark

    def _walk(self, path: Sequence[str | int]) -> tuple[Node, Node]:
        found = (self._root, self._root)
        for step in path:
            below = (found[1].children or {}).get(step)
            if below is None:
                break
            found = below
        return found


def remembered(value: object, lines: Sequence[int]) -> Document:
    """A document that was read before, as its plain value, with the lines at which its rules start: no other place in it is known."""
    items = {index: Node(None, Mark(line, 1)) for index, line in enumerate(lines)}
    rules = Node(None, Mark(1, 1), {index: (node, node) for index, node in items.items()})
    return Document(Node(value, Mark(1, 1), {"rules": (rules, rules)}))
