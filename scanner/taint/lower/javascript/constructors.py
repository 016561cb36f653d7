"""Which functions of a block are classes: those that statements of the same block give a prototype.

Only the syntax is looked at here; `prototypes` makes the classes. What counts, for a function or class `C`:
`C.prototype.m = ...`, `C.prototype = {...}`, `Object.assign(C.prototype, {...})`, `Object.defineProperty(C.prototype, ...)`, `util.inherits(C, B)`,
`C.prototype = Object.create(B.prototype)`, `Object.setPrototypeOf(C.prototype, B.prototype)`, `C.m = function ...`, and all of these through a
variable that was declared to be `C.prototype`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scanner.taint.lower.javascript.gathered import WORD, Gathered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.taint.lower.javascript.state import State
    from scanner.taint.lower.tree import SyntaxNode

_ALIAS = re.compile(rf"(?:var|let|const)\s+({WORD})\s*=\s*({WORD})\s*\.\s*prototype\s*(?:[;,\n]|$)")
_STORE = re.compile(rf"({WORD})\s*\.\s*prototype\s*(?:\.\s*({WORD})|\[|=)")
_ALIASED = re.compile(rf"({WORD})\s*\.\s*({WORD})\s*=")
_CALLED = re.compile(
    rf"(?:{WORD}\s*\.\s*)*(assign|extend|mixin|merge|inherits|__extends|_inherits|_inheritsLoose|_createClass|setPrototypeOf|defineProperty|defineProperties)\(\s*({WORD})\s*(\.\s*prototype)?\s*,"
)
# Helpers that take the class itself: Node's, TypeScript's and Babel's.
_DIRECT = {"inherits": "inherits", "__extends": "inherits", "_inherits": "inherits", "_inheritsLoose": "inherits", "_createClass": "createClass"}
_HEAD = 300


def gather(s: State, children: Sequence[SyntaxNode]) -> tuple[dict[str, Gathered], set[int]]:
    """The classes among what a block declares, and where the statements begin that belong to them."""
    names = _declared(s, children)
    found: dict[str, Gathered] = {}
    taken: set[int] = set()
    if not names:
        return found, taken
    aliases: dict[str, str] = {}
    for child in children:
        kind = child.type
        if kind in {"variable_declaration", "lexical_declaration"}:
            match = _ALIAS.match(s.text, child.start_byte, child.end_byte)
            if match is not None and match[2] in names:
                aliases[match[1]] = match[2]
                found.setdefault(match[2], Gathered(match[2]))
        elif kind == "expression_statement":
            place = _place(s, child, names, aliases)
            if place is not None:
                name, what = place
                found.setdefault(name, Gathered(name)).parts.append((what, child))
                taken.add(child.start_byte)
    return found, taken


def _declared(s: State, children: Sequence[SyntaxNode]) -> set[str]:
    """Functions and classes of a block whose names have a prototype somewhere."""
    names: set[str] = set()
    for child in children:
        kind = child.type
        if kind in {"function_declaration", "class_declaration"}:
            names.update(s.text[part.start_byte : part.end_byte] for part in child.children if part.type in {"identifier", "type_identifier"})
        elif kind in {"variable_declaration", "lexical_declaration"}:
            for part in child.children:
                if part.type == "variable_declarator":
                    parts = part.children
                    if parts[0].type == "identifier" and _is_function(parts[-1]):
                        names.add(s.text[parts[0].start_byte : parts[0].end_byte])
        elif kind == "export_statement":
            names.update(_declared(s, child.children))
    return names & s.constructors


def _is_function(node: SyntaxNode) -> bool:
    while node.type == "assignment_expression":
        node = node.children[-1]
    return node.type == "function_expression"


def _place(s: State, node: SyntaxNode, names: set[str], aliases: dict[str, str]) -> tuple[str, str] | None:
    """The class a statement speaks of, and what it gives it: a method, several, a base, a property, a static member."""
    start, end = node.start_byte, min(node.end_byte, node.start_byte + _HEAD)
    match = _STORE.match(s.text, start, end)
    if match is not None:
        return (match[1], "store") if match[1] in names else None
    match = _ALIASED.match(s.text, start, end)
    if match is not None:
        if match[1] in aliases:
            return aliases[match[1]], "aliased"
        return (match[1], "static") if match[1] in names and _stores_function(node) else None
    match = _CALLED.match(s.text, start, end)
    if match is not None:
        name = aliases.get(match[2], match[2])
        if name in names and (match[3] or match[2] in aliases or match[1] in _DIRECT):
            return name, _DIRECT.get(match[1], match[1])
    return None


def _stores_function(node: SyntaxNode) -> bool:
    value = node.children[0]
    while value.type == "assignment_expression":
        value = value.children[-1]
    return value.type in {"function_expression", "arrow_function"}
