"""`match` statements.

A case's `values` are what it matches by equality; a pattern of structure matches by means that the IR has no word for, which an empty `Opaque` among
the values says; no values mean that it always matches. A bound name comes with the path from the subject: a constant key or position, `.name` for
an attribute, None for any element. What a star collects is bound as `Spread`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import Attr, Const, Constant, Expr, Name, Opaque, Sequence, Spread
from scanner.taint.lower.python.blocks import body_of
from scanner.taint.lower.state import MAX_EXPRESSION_DEPTH
from scanner.taint.program import Case, Stmt, Switch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.taint.lower.python.state import State, StatementHandler
    from scanner.taint.lower.tree import SyntaxNode

Path = tuple[Constant, ...]
Values = tuple[Expr, ...]

# Built-in classes whose one positional pattern is the subject itself (docs.python.org/3/reference/compound_stmts.html, "Class Patterns").
_WHOLE = frozenset({"bool", "bytearray", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple"})
_SKIPPED = frozenset({"(", ")", "[", "]", "{", "}", ",", ":", "|", "comment"})


def match_statement(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`match subject`. Several subjects are a tuple."""
    subjects = s.all_operands(node, 0)
    start, end = node.start_byte, node.end_byte
    if len(subjects) == 1:
        subject = subjects[0]
    else:
        subject = Sequence(tuple(subjects), "tuple", subjects[0].at if subjects else start, subjects[-1].end if subjects else start)
    cases = [
        _case(s, clause, depth + 1) for part in node.children if part.type == "block" for clause in part.children if clause.type == "case_clause"
    ]
    out.append(Switch(subject, tuple(cases), start, end))


def _case(s: State, node: SyntaxNode, depth: int) -> Case:
    binder = _Binder(s)
    patterns: list[SyntaxNode] = []
    several = False
    guard: Expr | None = None
    for child in node.children:
        if child.type == "case_pattern":
            patterns.append(child)
        elif child.type == ",":
            several = True
        elif child.type == "if_clause":
            guard = next(iter(s.all_operands(child, 0)), None)
    if several:
        values = binder.sequence(patterns, (), 0, node)
    else:
        values = binder.pattern(patterns[0], (), 0) if patterns else (Opaque((), node.start_byte, node.start_byte),)
    return Case(values, tuple(binder.binds), guard, body_of(s, node, depth))


class _Binder:
    """Walks one case's pattern, collecting what it binds."""

    __slots__ = ("binds", "s")

    def __init__(self, s: State) -> None:
        self.s = s
        self.binds: list[tuple[Expr, Path]] = []

    def pattern(self, node: SyntaxNode, path: Path, depth: int) -> Values:
        """What a pattern matches: values, an empty `Opaque` for what is not said by values, nothing for anything."""
        if depth > MAX_EXPRESSION_DEPTH:
            return (self.s.cut(node),)
        special = _PATTERNS.get(node.type)
        if special is not None:
            return special(self, node, path, depth + 1)
        if node.kind_id in self.s.operands and node.type != "ERROR":
            return (self.s.operands[node.kind_id](self.s, node, depth),)
        return (Opaque((), node.start_byte, node.end_byte),)

    def bind(self, node: SyntaxNode, path: Path) -> None:
        name = self.s.word(node.start_byte, node.end_byte)
        if name and name != "_":
            self.binds.append((Name(name, node.start_byte, node.end_byte), path))

    def case_pattern(self, node: SyntaxNode, path: Path, depth: int) -> Values:
        """A wrapper, which also holds `_` and a number's sign."""
        sign = False
        for child in node.children:
            kind = child.type
            if kind == "-":
                sign = True
            elif kind == "_":
                return ()
            elif child.is_named and kind != "comment":
                values = self.pattern(child, path, depth)
                return _negative(values, node) if sign else values
        return (Opaque((), node.start_byte, node.end_byte),)

    def dotted(self, node: SyntaxNode, path: Path, _depth: int) -> Values:
        """A plain name is bound, a dotted one is a value."""
        names = [child for child in node.children if child.type == "identifier"]
        if len(names) == 1:
            self.bind(names[0], path)
            return ()
        return (self._reference(names, node),)

    def _reference(self, names: list[SyntaxNode], node: SyntaxNode) -> Expr:
        if not names or len(names) > MAX_EXPRESSION_DEPTH:
            return Opaque((), node.start_byte, node.end_byte)
        words = [self.s.word(name.start_byte, name.end_byte) for name in names]
        value: Expr = Name(words[0], names[0].start_byte, names[0].end_byte)
        for word, name in zip(words[1:], names[1:], strict=True):
            value = Attr(value, word, node.start_byte, name.end_byte)
        return value

    def union(self, node: SyntaxNode, path: Path, depth: int) -> Values:
        """`a | b`."""
        found: list[Expr] = []
        always = sign = False
        for child in node.children:
            kind = child.type
            if kind == "-":
                sign = True
                continue
            if kind == "_":
                always = True
            elif kind not in _SKIPPED:
                values = self.pattern(child, path, depth)
                always = always or not values
                found.extend(_negative(values, child) if sign else values)
            sign = False
        return () if always else tuple(found)

    def listed(self, node: SyntaxNode, path: Path, depth: int) -> Values:
        """`[a, b]`, `(a, b)`; a single pattern in round parentheses stands for itself."""
        children = [child for child in node.children if child.type == "_" or (child.is_named and child.type != "comment")]
        if node.type == "tuple_pattern" and len(children) == 1 and not any(child.type == "," for child in node.children):
            return self.pattern(children[0], path, depth)
        return self.sequence(children, path, depth, node)

    def sequence(self, children: list[SyntaxNode], path: Path, depth: int, node: SyntaxNode) -> Values:
        """Patterns by position; after a star, positions are unknown."""
        starred = False
        for position, child in enumerate(children):
            star = _unwrapped(child)
            if star.type == "splat_pattern":
                starred = True
                self._collect(star, path)
            else:
                self.pattern(child, (*path, None if starred else position), depth)
        return (Opaque((), node.start_byte, node.end_byte),)

    def _collect(self, star: SyntaxNode, path: Path) -> None:
        for name in star.children:
            if name.type == "identifier":
                word = self.s.word(name.start_byte, name.end_byte)
                target = Name(word, name.start_byte, name.end_byte)
                mapping = any(child.type == "**" for child in star.children)
                if word:
                    self.binds.append((target if mapping else Spread(target, star.start_byte, star.end_byte), path))

    def splat(self, node: SyntaxNode, path: Path, _depth: int) -> Values:
        """`*rest` or `**rest` outside a sequence."""
        self._collect(node, path)
        return (Opaque((), node.start_byte, node.end_byte),)

    def mapping(self, node: SyntaxNode, path: Path, depth: int) -> Values:
        """`{key: pattern, **rest}`."""
        key: Constant = None
        sign = False
        for child in node.children:
            kind = child.type
            if kind == "splat_pattern":
                self._collect(child, path)
            elif kind == "case_pattern":
                self.pattern(child, (*path, key), depth)
            elif kind == "-":
                sign = True
                continue
            elif child.is_named and kind != "comment":
                key = self._key(child, depth, sign=sign)
            sign = False
        return (Opaque((), node.start_byte, node.end_byte),)

    def _key(self, node: SyntaxNode, depth: int, *, sign: bool) -> Constant:
        """A key where it is a literal; None for any other."""
        if node.kind_id not in self.s.operands:
            return None
        value = self.s.operands[node.kind_id](self.s, node, depth)
        if not isinstance(value, Const):
            return None
        if sign:
            return -value.value if isinstance(value.value, int | float) else None
        return value.value

    def instance(self, node: SyntaxNode, path: Path, depth: int) -> Values:
        """`Class(pattern, attribute=pattern)`. Which attribute a position stands for, only the class knows."""
        named = next((child for child in node.children if child.type == "dotted_name"), None)
        name = self.s.word(named.start_byte, named.end_byte) if named is not None else ""
        for child in node.children:
            if child.type != "case_pattern":
                continue
            keyword = _unwrapped(child)
            if keyword.type == "keyword_pattern":
                self._keyword(keyword, path, depth)
            else:
                self.pattern(child, path if name in _WHOLE else (*path, None), depth)
        return (Opaque((), node.start_byte, node.end_byte),)

    def _keyword(self, node: SyntaxNode, path: Path, depth: int) -> None:
        name = ""
        for child in node.children:
            if not name and child.type == "identifier":
                name = f".{self.s.word(child.start_byte, child.end_byte)}"
            elif child.is_named and child.type != "comment":
                self.pattern(child, (*path, name), depth)

    def keyword(self, node: SyntaxNode, path: Path, depth: int) -> Values:
        """`attribute=pattern` outside a class pattern, which only an error can bring about."""
        self._keyword(node, path, depth)
        return (Opaque((), node.start_byte, node.end_byte),)

    def alias(self, node: SyntaxNode, path: Path, depth: int) -> Values:
        """`pattern as name`."""
        values: Values = (Opaque((), node.start_byte, node.end_byte),)
        for child in node.children:
            if child.type == "case_pattern":
                values = self.pattern(child, path, depth)
            elif child.type == "identifier":
                self.bind(child, path)
        return values


def _unwrapped(node: SyntaxNode) -> SyntaxNode:
    """The pattern in a `case_pattern` that holds nothing else."""
    if node.type != "case_pattern":
        return node
    children = [child for child in node.children if child.type != "comment"]
    return children[0] if len(children) == 1 else node


def _negative(values: Values, node: SyntaxNode) -> Values:
    value = values[0].value if len(values) == 1 and isinstance(values[0], Const) else None
    if type(value) is int or type(value) is float:
        return (Const(-value, node.start_byte, node.end_byte),)
    return (Opaque((), node.start_byte, node.end_byte),)


_PATTERNS: Mapping[str, Callable[[_Binder, SyntaxNode, Path, int], Values]] = {
    "case_pattern": _Binder.case_pattern,
    "dotted_name": _Binder.dotted,
    "union_pattern": _Binder.union,
    "list_pattern": _Binder.listed,
    "tuple_pattern": _Binder.listed,
    "splat_pattern": _Binder.splat,
    "dict_pattern": _Binder.mapping,
    "class_pattern": _Binder.instance,
    "keyword_pattern": _Binder.keyword,
    "as_pattern": _Binder.alias,
}

HANDLERS: Mapping[str, StatementHandler] = {"match_statement": match_statement}
