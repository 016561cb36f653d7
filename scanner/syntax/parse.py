"""Parsing one file within bounds that do not depend on the clock.

Generated parsers survive any input, but not in any time: some sequences make one look ahead to the file's end from every byte, or try again and
again. Two counters stop that, both the same on every machine: the parser's steps (a hundred operations each) and how often it fetches input. Each
bound grows with the file. Measured on 6,640 files, nearly all Python, C++, JavaScript and C (Django, CPython's library, system headers), the busiest
needs 0.024 steps a byte and 53 fetches a block; the bounds lie at 0.1 and 256.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.core.coverage import Skip
from scanner.syntax.grammars import grammar, has_grammar

if TYPE_CHECKING:
    from tree_sitter import Node, Point, Tree, TreeCursor

_LONE_CR = re.compile(rb"\r(?!\n)")
_BLOCK = 16 * 1024
_QUERY_COST = 2 * 10**8  # looks at a sibling that one query may take: about a tenth of a second


@dataclass(frozen=True, slots=True)
class ParseLimits:
    """How large a file may be (bytes), how deep its tree (levels), and how hard the parser may work (`effort` multiplies both step bounds)."""

    max_bytes: int = 4 * 1024 * 1024
    max_depth: int = 1_000
    effort: int = 1

    def steps(self, size: int) -> int:
        """How many parser steps a file of `size` bytes may take."""
        return self.effort * (20_000 + size // 10)

    def fetches(self, size: int) -> int:
        """How often the parser may fetch a block of a file of `size` bytes."""
        return self.effort * (4_096 + 256 * (size // _BLOCK))


@dataclass(frozen=True, slots=True)
class Parsed:
    """One file and its tree. Offsets in the tree are offsets in `data`, and may lie one past it when its last line is open.

    `ragged` says that errors left so many pieces side by side that a query over the tree would take quadratic time; walking it stays cheap.
    The text of a node is best taken from `data` or by `text`; the tree's own `text` works, but reads slowly.
    """

    language: str
    data: bytes
    tree: Tree
    ragged: bool = False

    @property
    def root(self) -> Node:
        """The tree's root."""
        return self.tree.root_node

    @property
    def partial(self) -> bool:
        """Whether the parser met something it could not place."""
        return self.tree.root_node.has_error

    def text(self, node: Node) -> str:
        """The source text of a node, as `scanner.core.text.decode` reads it."""
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Unparsed:
    """Why a file has no tree: LANGUAGE (no grammar), TOO_LARGE, TOO_DEEP, or TIMEOUT (too many steps)."""

    reason: Skip
    detail: str = ""


DEFAULT_LIMITS = ParseLimits()


def parse(language: str, data: bytes, limits: ParseLimits = DEFAULT_LIMITS) -> Parsed | Unparsed:
    """The tree of a file, or why there is none. A lone CR ends a line here as it does in reports."""
    if not has_grammar(language):
        return Unparsed(Skip.LANGUAGE, f"no grammar for {language or 'this file'}")
    if len(data) > limits.max_bytes:
        return Unparsed(Skip.TOO_LARGE, f"more than {limits.max_bytes} bytes")
    tree = _guarded(language, _prepared(data), limits)
    if tree is None:
        return Unparsed(Skip.TIMEOUT, f"the parser needs more than {limits.steps(len(data))} steps or {limits.fetches(len(data))} fetches")
    if not _shallow(tree, limits.max_depth):
        return Unparsed(Skip.TOO_DEEP, f"nested more than {limits.max_depth} levels deep")
    return Parsed(language, data, tree, ragged=tree.root_node.has_error and _ragged(tree))


def _prepared(data: bytes) -> bytes:
    """The bytes as the parser gets them; offsets stay what they are.

    A lone CR becomes an LF. A line end closes the last line, because grammars are little tested without one: Kotlin's (1.1.0) never returns from a
    file that ends in the name of an annotation.
    """
    source = _LONE_CR.sub(b"\n", data) if b"\r" in data else data
    return source if source.endswith(b"\n") or not source else source + b"\n"


class _Meter:
    """Feeds the parser and counts what it does."""

    __slots__ = ("data", "exceeded", "fetches", "parsing", "steps", "views")

    def __init__(self, data: bytes, limits: ParseLimits) -> None:
        self.data = data
        self.views = [memoryview(data)]
        self.parsing = True
        self.steps = limits.steps(len(data))
        self.fetches = limits.fetches(len(data))
        self.exceeded = False

    def fetch(self, offset: int, _point: Point) -> memoryview | bytes:
        if not self.parsing:
            return self.data[offset : offset + _BLOCK]  # the tree asks here for the text of a node, as query predicates do
        self.fetches -= 1
        if self.fetches < 0:
            self.exceeded = True
            return b""  # the scanner sees the file's end, and the next step stops the parser
        block = self.views[0][offset : offset + _BLOCK]
        self.views.append(block)
        return block

    def step(self, _offset: int, _has_error: bool) -> bool:  # noqa: FBT001 - the parser calls it with positions
        self.steps -= 1
        if self.steps < 0:
            self.exceeded = True
        return self.exceeded

    def release(self) -> None:
        """Let go of the file: tree-sitter 0.26.1 for Python never drops the blocks it was handed while parsing, and they would keep the bytes."""
        self.parsing = False
        for view in reversed(self.views):
            view.release()
        self.views.clear()


def _guarded(language: str, data: bytes, limits: ParseLimits) -> Tree | None:
    from tree_sitter import Parser  # noqa: PLC0415 - start-up stays free of the parser until something is parsed

    meter = _Meter(data, limits)
    try:
        tree = Parser(grammar(language)).parse(meter.fetch, progress_callback=meter.step)
    except ValueError:
        if not meter.exceeded:
            raise
        return None  # how the binding says that a callback stopped it
    finally:
        meter.release()
    return None if meter.exceeded else tree


def _shallow(tree: Tree, limit: int) -> bool:
    """Whether no node lies deeper than `limit`.

    The path to a node below the limit passes through a node at half of it that has at least that many nodes below itself, all of them neighbours in
    reading order. So a look at every such stride finds a deep place when there is one, and only then is the whole tree walked.
    """
    stride = max(1, limit // 2)
    cursor = tree.walk()
    suspicious = False
    for index in range(stride, tree.root_node.descendant_count, stride):
        cursor.goto_descendant(index)
        depth = cursor.depth
        if depth > limit:
            return False
        suspicious = suspicious or depth >= stride
    return not suspicious or _deepest_within(tree, limit)


def _deepest_within(tree: Tree, limit: int) -> bool:
    cursor = tree.walk()
    depth = 0
    while True:
        if cursor.goto_first_child():
            depth += 1
            if depth > limit:
                return False
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return True
            depth -= 1


def _ragged(tree: Tree) -> bool:
    """Whether queries would take too long: for each node they look at all siblings behind it, and only errors have no bound on those."""
    cursor = tree.walk()
    cost = 0
    descending = True
    while descending or advance(cursor):
        node = cursor.node
        broken = node is not None and node.has_error
        if node is not None and node.is_error:
            cost += node.child_count**2
            if cost > _QUERY_COST:
                return True
        descending = broken and cursor.goto_first_child()
    return False


def advance(cursor: TreeCursor) -> bool:
    """Go to the next node in reading order that does not lie below this one; False at the end."""
    while not cursor.goto_next_sibling():
        if not cursor.goto_parent():
            return False
    return True
