"""What the lowering of one file carries along, whatever its language, and the bounds that keep hostile nesting away from Python's stack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scanner.taint.ir import Opaque

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.taint.ir import Expr
    from scanner.taint.lower.tree import SyntaxNode
    from scanner.taint.program import Stmt

MAX_EXPRESSION_DEPTH = 150
"""How many expressions may stand in one another; what lies deeper becomes an empty `Opaque`."""
MAX_QUALNAME = 400
"""How many characters a qualified name may have, which would otherwise grow with nesting times length; then its place tells it apart."""

TOP_LEVEL = "<module>"


class Lowering:
    """One file being lowered. `expressions`, `operands` and `statements` are the handlers by the number of a node's kind.

    `text` holds one character for each byte, so that offsets fit; where the file is not plain ASCII, `decoded` reads it as UTF-8.
    `scope` is the qualified name of the function (or class or module body) at hand, `prefix` what comes before names defined in it.
    `limit` is how deep expressions may nest at the place at hand. `ordered` calls what has no name by its number, not by its offset: an edit that
    moves it does not rename it.
    """

    __slots__ = ("data", "expressions", "limit", "met", "operands", "ordered", "plain", "prefix", "scope", "statements", "text", "truncated")

    expressions: Mapping[int, Callable[[Self, SyntaxNode, int], Expr]]
    operands: Mapping[int, Callable[[Self, SyntaxNode, int], Expr]]
    statements: Mapping[int, Callable[[Self, SyntaxNode, list[Stmt], int], None]]

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.text = data.decode("latin-1")
        self.plain = data.isascii()
        self.scope = TOP_LEVEL
        self.prefix = ""
        self.limit = MAX_EXPRESSION_DEPTH
        self.truncated: dict[str, None] = {}
        self.ordered = False
        self.met: dict[int, str] = {}

    def label(self, at: int) -> str:
        """What tells a place apart, as part of a name."""
        if not self.ordered:
            return str(at)
        return self.met.setdefault(at, f"~{len(self.met)}")  # no number of a renamed variable looks so

    def decoded(self, start: int, end: int) -> str:
        """Source text."""
        text = self.text[start:end]
        return text if self.plain or text.isascii() else self.data[start:end].decode("utf-8", "replace")

    def all_operands(self: Self, node: SyntaxNode, depth: int) -> list[Expr]:
        """The values among a node's children, lowered."""
        found = []
        for child in node.children:
            handler = self.operands.get(child.kind_id)
            if handler is not None:
                found.append(handler(self, child, depth))
        return found

    def expression(self: Self, node: SyntaxNode | None, depth: int) -> Expr | None:
        """A node that may be missing, lowered."""
        return None if node is None else self.expressions[node.kind_id](self, node, depth)

    def cut(self, node: SyntaxNode) -> Opaque:
        """What stands for an expression beyond the bound."""
        self.truncated[self.scope] = None
        return Opaque((), node.start_byte, node.end_byte)
