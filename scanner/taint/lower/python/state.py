"""What the lowering of one file of Python carries along."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from sys import intern
from typing import NamedTuple

from scanner.taint.ir import Expr
from scanner.taint.lower.state import MAX_QUALNAME, Lowering
from scanner.taint.lower.tree import SyntaxNode
from scanner.taint.program import Stmt

MAX_BLOCK_DEPTH = 60
"""How many blocks may stand in one another; what lies deeper is left out. CPython itself gives up at 20 loops and 100 indentations."""

ExpressionHandler = Callable[["State", SyntaxNode, int], Expr]
StatementHandler = Callable[["State", SyntaxNode, list[Stmt], int], None]


class Tables(NamedTuple):
    """Handlers by the number of the node's kind.

    `expressions` answers for every number, `operands` only for nodes that are values (no token, no comment, no clause), `statements` for statements.
    """

    expressions: Mapping[int, ExpressionHandler]
    operands: Mapping[int, ExpressionHandler]
    statements: Mapping[int, StatementHandler]


class State(Lowering):
    """One file being lowered. `generator` says whether the function at hand yields."""

    __slots__ = ("generator",)

    def __init__(self, data: bytes, tables: Tables) -> None:
        super().__init__(data)
        self.expressions, self.operands, self.statements = tables
        self.generator = False

    def word(self, start: int, end: int) -> str:
        """An identifier, in the normal form under which Python itself compares them."""
        text = self.text[start:end]
        if self.plain or text.isascii():
            return intern(text)
        return intern(unicodedata.normalize("NFKC", self.data[start:end].decode("utf-8", "replace")))

    def qualified(self, name: str, at: int) -> str:
        """The qualified name of something defined here."""
        whole = self.prefix + name
        return whole if len(whole) <= MAX_QUALNAME else f"{whole[:MAX_QUALNAME]}@{self.label(at)}"
