"""What the lowering of one file of JavaScript carries along."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from sys import intern
from typing import NamedTuple

from scanner.taint.ir import Expr, Name
from scanner.taint.lower.javascript.gathered import Gathered, candidates
from scanner.taint.lower.state import MAX_QUALNAME, Lowering
from scanner.taint.lower.tree import SyntaxNode
from scanner.taint.program import Jump, Stmt

MAX_BLOCK_DEPTH = 40
"""How many blocks, functions and classes included, may stand in one another; what lies deeper is left out."""

_ESCAPE = re.compile(r"\\u(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{4}))")
_MAX_CODE_POINT = 0x10FFFF

ExpressionHandler = Callable[["State", SyntaxNode, int], Expr]
StatementHandler = Callable[["State", SyntaxNode, list[Stmt], int], None]


class Tables(NamedTuple):
    """Handlers by the number of the node's kind.

    `expressions` answers for every number, `operands` only for nodes that are values (no token, no comment, no type), `statements` for statements.
    `roles` says what a statement means for the scope it stands in (`scopes`), `wrappers` are the kinds that say nothing at run time,
    `parts` the pieces that `kinds` names, `effects` the expressions that are more than a value where they are statements.
    """

    expressions: Mapping[int, ExpressionHandler]
    operands: Mapping[int, ExpressionHandler]
    statements: Mapping[int, StatementHandler]
    roles: Mapping[int, int]
    wrappers: frozenset[int]
    parts: Mapping[int, int]
    effects: Mapping[int, StatementHandler]


class Landing:
    """What `break` and `continue` may aim at: a loop, or a switch or labelled block, which becomes a loop only if a jump needs one."""

    __slots__ = ("across", "aimed", "labels", "loop", "switch")

    def __init__(self, labels: tuple[str, ...], *, loop: bool, switch: bool = False) -> None:
        self.labels = labels
        self.loop = loop
        self.switch = switch
        self.aimed: dict[int, Jump] = {}  # jumps that end here, by where they stand
        self.across: list[Jump] = []  # jumps that pass by


class Frame:
    """One function (or the module) being lowered.

    `declared` holds the names of all its variables, `active` those whose scope reaches the place at hand; both as the IR calls them.
    """

    __slots__ = ("active", "arguments", "arrow", "awaiter", "declared", "globals", "landings", "nonlocals", "outer", "this")

    def __init__(self, outer: Frame | None, *, arrow: bool = False) -> None:
        self.outer = outer
        self.arrow = arrow
        self.declared: set[str] = set()
        self.active: set[str] = set()
        self.globals: dict[str, None] = {}
        self.nonlocals: dict[str, None] = {}
        self.landings: list[Landing] = []
        self.this = False
        self.arguments = False
        self.awaiter = False

    def visible(self, name: str) -> bool:
        """Whether a variable of that name can be seen from here."""
        frame: Frame | None = self
        while frame is not None:
            if name in frame.active:
                return True
            frame = frame.outer
        return False


class State(Lowering):
    """One file being lowered.

    `renames` holds what shadowing variables are called, `pending` statements that must stand before the statement at hand.
    `depth` is that of the block at hand; `limit` counts what is around the function at hand too.
    """

    __slots__ = (
        "aliases",
        "awaiter",
        "constructors",
        "depth",
        "effects",
        "frame",
        "gathered",
        "naming",
        "parts",
        "pending",
        "qualnames",
        "renames",
        "roles",
        "vars",
        "wrappers",
    )

    def __init__(self, data: bytes, tables: Tables) -> None:
        super().__init__(data)
        self.expressions, self.operands, self.statements, self.roles, self.wrappers, self.parts, self.effects = tables
        self.frame = Frame(None)
        self.renames: dict[str, str] = {}
        self.pending: list[Stmt] = []
        self.qualnames: set[str] = set()
        self.vars = b"var " in data or b"var\t" in data or b"var\n" in data
        self.depth = 0
        self.naming = ""
        self.awaiter = False
        self.aliases: set[str] = set()
        self.constructors = candidates(self.text)
        self.gathered: dict[str, Gathered] = {}

    def word(self, start: int, end: int) -> str:
        """An identifier, its escapes read."""
        text = self.text[start:end]
        if not text.isascii():
            text = self.data[start:end].decode("utf-8", "replace")
        return intern(_ESCAPE.sub(_character, text)) if "\\" in text else intern(text)

    def name(self, start: int, end: int) -> Name:
        """A variable by the name it has in the IR."""
        text = self.word(start, end)
        return Name(self.renames.get(text, text), start, end)

    def made_up(self, at: int) -> Name:
        """A variable of the lowering's own."""
        name = f"@{self.label(at)}"
        while name in self.frame.declared:
            name += "'"
        self.frame.declared.add(name)
        return Name(name, at, at)

    def qualified(self, name: str, at: int) -> str:
        """The qualified name of something defined here; one that is taken gets its place behind it."""
        whole = self.prefix + name
        if len(whole) > MAX_QUALNAME:
            whole = f"{whole[:MAX_QUALNAME]}@{self.label(at)}"
        elif whole in self.qualnames:
            whole = f"{whole}@{self.label(at)}"
        self.qualnames.add(whole)
        return whole


def _character(match: re.Match[str]) -> str:
    point = int(match[1] or match[2], 16)
    return chr(point) if point <= _MAX_CODE_POINT and not 0xD800 <= point <= 0xDFFF else match[0]  # noqa: PLR2004 -- the surrogates
