"""What the lowering of one file carries along, and the bounds that keep hostile nesting away from Python's stack."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from sys import intern
from typing import NamedTuple

from scanner.taint.ir import Expr, Opaque, Stmt
from scanner.taint.lower.tree import SyntaxNode

MAX_EXPRESSION_DEPTH = 150
"""How many expressions may stand in one another; what lies deeper becomes an empty `Opaque`."""
MAX_BLOCK_DEPTH = 60
"""How many blocks may stand in one another; what lies deeper is left out. CPython itself gives up at 20 loops and 100 indentations."""
MAX_QUALNAME = 400
"""How many characters a qualified name may have, which would otherwise grow with nesting times length; then its place tells it apart."""

TOP_LEVEL = "<module>"

ExpressionHandler = Callable[["State", SyntaxNode, int], Expr]
StatementHandler = Callable[["State", SyntaxNode, list[Stmt], int], None]


class Tables(NamedTuple):
    """Handlers by the number of the node's kind.

    `expressions` answers for every number, `operands` only for nodes that are values (no token, no comment, no clause), `statements` for statements.
    """

    expressions: Mapping[int, ExpressionHandler]
    operands: Mapping[int, ExpressionHandler]
    statements: Mapping[int, StatementHandler]


class State:
    """One file being lowered.

    `text` holds one character for each byte, so that offsets fit; where the file is not plain ASCII, `word` and `decoded` read it as UTF-8.
    `scope` is the qualified name of the function (or class or module body) at hand, `prefix` what comes before names defined in it.
    """

    __slots__ = ("data", "expressions", "generator", "operands", "plain", "prefix", "scope", "statements", "text", "truncated")

    def __init__(self, data: bytes, tables: Tables) -> None:
        self.data = data
        self.text = data.decode("latin-1")
        self.plain = data.isascii()
        self.expressions, self.operands, self.statements = tables
        self.scope = TOP_LEVEL
        self.prefix = ""
        self.generator = False
        self.truncated: dict[str, None] = {}

    def word(self, start: int, end: int) -> str:
        """An identifier, in the normal form under which Python itself compares them."""
        text = self.text[start:end]
        if self.plain or text.isascii():
            return intern(text)
        return intern(unicodedata.normalize("NFKC", self.data[start:end].decode("utf-8", "replace")))

    def decoded(self, start: int, end: int) -> str:
        """Source text."""
        text = self.text[start:end]
        return text if self.plain or text.isascii() else self.data[start:end].decode("utf-8", "replace")

    def all_operands(self, node: SyntaxNode, depth: int) -> list[Expr]:
        """The values among a node's children, lowered."""
        found = []
        for child in node.children:
            handler = self.operands.get(child.kind_id)
            if handler is not None:
                found.append(handler(self, child, depth))
        return found

    def expression(self, node: SyntaxNode | None, depth: int) -> Expr | None:
        """A node that may be missing, lowered."""
        return None if node is None else self.expressions[node.kind_id](self, node, depth)

    def cut(self, node: SyntaxNode) -> Opaque:
        """What stands for an expression beyond the bound."""
        self.truncated[self.scope] = None
        return Opaque((), node.start_byte, node.end_byte)

    def qualified(self, name: str, at: int) -> str:
        """The qualified name of something defined here."""
        whole = self.prefix + name
        return whole if len(whole) <= MAX_QUALNAME else f"{whole[:MAX_QUALNAME]}@{at}"
