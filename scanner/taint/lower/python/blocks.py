"""Blocks, and what can be read where the parser found an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import Arg, Call, Const, Expr, Opaque
from scanner.taint.lower.python.state import MAX_BLOCK_DEPTH, State, StatementHandler
from scanner.taint.lower.tree import ERROR_KIND
from scanner.taint.program import Assign, Block, Evaluate, Return, Stmt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.lower.tree import SyntaxNode

MAX_RECOVERED = 20
"""How many calls are put together again in one statement of an error."""

_KEYWORDS = frozenset(
    ("assert", "class", "def", "del", "elif", "else", "except", "finally", "for", "from", "if", "import", "raise", "return", "try", "while", "with")
)


def block(s: State, node: SyntaxNode | None, depth: int) -> Block:
    """The statements of a block; none for a block that is missing."""
    if node is None:
        return ()
    if depth > MAX_BLOCK_DEPTH:
        s.cut(node)
        return ()
    out: list[Stmt] = []
    statements = s.statements
    for child in node.children:
        handler = statements.get(child.kind_id)
        if handler is not None:
            handler(s, child, out, depth)
    return tuple(out)


def body_of(s: State, node: SyntaxNode, depth: int) -> Block:
    """The block of a compound statement, after what is readable of errors before it."""
    out: list[Stmt] = []
    for child in node.children:
        if child.kind_id == ERROR_KIND:
            recover(s, child, out, depth + 1)
        elif child.type == "block":
            out.extend(block(s, child, depth + 1))
    return tuple(out)


def inline(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """A block or clause that an error tore from its statement: what it holds, as if it stood here."""
    if depth > MAX_BLOCK_DEPTH:
        s.cut(node)
        return
    for child in node.children:
        handler = s.statements.get(child.kind_id)
        operand = s.operands.get(child.kind_id)
        if handler is not None:
            handler(s, child, out, depth + 1)
        elif operand is not None:
            _evaluate(operand(s, child, 0), out)


def _evaluate(value: Expr, out: list[Stmt]) -> None:
    if not isinstance(value, Const) and value != Opaque((), value.at, value.end):
        out.append(Evaluate(value, value.at, value.end))


def recover(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """An error: its statements, and calls, assignments and returns read from its pieces."""
    if depth > MAX_BLOCK_DEPTH:
        s.cut(node)
        return
    pieces = _Pieces(out, node.end_byte)
    for child in node.children:
        kind = child.kind_id
        handler = s.statements.get(kind)
        if handler is not None:
            pieces.flush()
            handler(s, child, out, depth + 1)
        elif kind in s.operands:
            pieces.value(s.operands[kind](s, child, 0))
        elif not child.is_named:
            pieces.punctuation(child.type, child.end_byte)
        elif child.type != "comment":
            parts = s.all_operands(child, 0)
            if parts:
                pieces.value(Opaque(tuple(parts), child.start_byte, child.end_byte))
    pieces.flush()


class _Pieces:
    """Puts values and punctuation together again: `f ( a , b` is a call of `f`, `x = y` an assignment, `return x` a return."""

    def __init__(self, out: list[Stmt], end: int) -> None:
        self.out = out
        self.end = end
        self.returned = -1
        self.target: Expr | None = None
        self.values: list[Expr] = []
        self.open: list[tuple[Expr, list[Expr]]] = []  # callees whose parentheses are open, with the values that stood before each
        self.callable = False  # whether a parenthesis here would call the last value
        self.calls = 0

    def value(self, value: Expr) -> None:
        self.values.append(value)
        self.callable = True

    def punctuation(self, mark: str, end: int) -> None:
        if mark == "(" and self.callable and self.calls < MAX_RECOVERED:
            self.calls += 1
            callee = self.values.pop()
            self.open.append((callee, self.values))
            self.values = []
        elif mark == ")" and self.open:
            self._close(end)
            self.callable = True
            return
        elif mark == "=" and self.values and not self.open:
            target = self.values.pop()
            self.flush()
            self.target = target
        elif mark in _KEYWORDS:
            self.flush()
            if mark == "return":
                self.returned = end - len(mark)
        self.callable = False

    def _close(self, end: int) -> None:
        callee, before = self.open.pop()
        before.append(Call(callee, tuple([Arg(value) for value in self.values]), callee.at, max(end, callee.end)))
        self.values = before

    def flush(self) -> None:
        """What is pending becomes statements."""
        while self.open:
            self._close(self.values[-1].end if self.values else self.open[-1][0].end)
        if self.target is not None and self.values:
            value = self.values.pop(0)
            self.out.append(Assign(self.target, value, self.target.at, value.end))
        elif self.target is not None:
            self.values.append(self.target)
        elif self.returned >= 0 and self.values:
            value = self.values.pop(0)
            self.out.append(Return(value, self.returned, value.end))
        for value in self.values:
            _evaluate(value, self.out)
        self.values = []
        self.target = None
        self.returned = -1
        self.callable = False
        self.calls = 0


HANDLERS: Mapping[str, StatementHandler] = {
    "ERROR": recover,
    "block": inline,
    "elif_clause": inline,
    "else_clause": inline,
    "except_clause": inline,
    "except_group_clause": inline,
    "finally_clause": inline,
    "case_clause": inline,
    "with_clause": inline,
    "with_item": inline,
}
