"""CommonJS exports: `module.exports = value`, `exports.name = value`, and variables that stand for `module.exports`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scanner.taint.ir import Attr, Call, Const, Expr, Mapping, Name
from scanner.taint.lower.javascript import functions
from scanner.taint.lower.javascript.expressions import bare
from scanner.taint.lower.javascript.targets import target
from scanner.taint.lower.tree import SyntaxNode
from scanner.taint.program import Assign, Closure, Export, Import, Return, Stmt

if TYPE_CHECKING:
    from scanner.taint.lower.javascript.state import State

DEFAULT = "default"
_WHOLE = "module.exports"
_ALIAS = re.compile(r"module\.exports\s*=\s*(?:exports\s*=\s*)?([A-Za-z_$][\w$]*)\s*(?:;|$|\n)", re.MULTILINE)
_MEMBER = re.compile(r"(?:module\s*\.\s*)?exports\s*(?:\.\s*([\w$]+)|\[\s*(['\"])([^'\"\\\n]{1,200})\2\s*\])?")
_PLAIN = re.compile(r"([A-Za-z_$][\w$]*)\.([\w$]+)")
_HELPED = re.compile(
    r"(?:\w+\.)?(defineProperty|assign|__exportStar|__reExport|__export)\((?:module\.)?(?:exports\b|\w*require\(|\w+\(require|__toESM|\w+_exports\b|\w+_exportStar)"
)
_NOT_EXPORTED = frozenset(("undefined", "exports", "module", "require", "void", "null", "new", "function", "class", "async", "await", "this"))


def find_aliases(s: State) -> None:
    """Note the variables that are what the module exports (`module.exports = app`)."""
    at = s.text.find(_WHOLE)
    while at >= 0:
        match = _ALIAS.match(s.text, at)
        if match is not None and match[1] not in _NOT_EXPORTED:
            s.aliases.add(match[1])
        at = s.text.find(_WHOLE, at + 1)


def exported_name(s: State, node: SyntaxNode) -> str | None:
    """The public name that assigning to a target gives: `default` for the module's own value, "" where `exports` itself is bound anew."""
    start = node.start_byte
    if s.text.startswith(("exports", "module"), start):
        text = s.text[start : node.end_byte]
        match = _MEMBER.fullmatch(text)
        if match is None:
            return None
        if match[1] is not None or match[3] is not None:
            return str(match[1] or match[3])
        return "" if text == "exports" else DEFAULT
    if s.aliases and s.frame.outer is None and node.type == "member_expression":
        match = _PLAIN.fullmatch(s.text, start, node.end_byte)
        if match is not None and match[1] in s.aliases and match[2] != "prototype":
            return str(match[2])
    return None


def within(s: State, name: str, left: SyntaxNode, right: SyntaxNode, depth: int) -> Expr:
    """An export inside an expression: it is said before the statement at hand, and stands for its value."""
    value = functions.named(s, right, name if name != DEFAULT else "", depth)
    if not name or _is_undefined(value):
        return value
    if not _is_plain(value):
        held = s.made_up(left.start_byte)
        s.pending.append(Assign(held, value, left.start_byte, right.end_byte))
        value = held
    s.pending.append(Export(name, value, left.start_byte, right.end_byte))
    return value


class Chain(NamedTuple):
    """`a = b = value`: its targets, the node of its value, its place."""

    targets: list[SyntaxNode]
    node: SyntaxNode
    span: tuple[int, int]


def chain(s: State, parts: Chain, out: list[Stmt], value: Expr | None = None) -> None:
    """An assignment with several targets, or with targets that are exports. `value` is given where it is lowered already."""
    targets, node, span = parts
    names = [exported_name(s, left) for left in targets]
    plain = [left for left, name in zip(targets, names, strict=True) if name is None or not _is_ours(s, left)]
    public = [name for name in names if name]
    label = next((functions.name_of(s, left) for left in plain if left.type == "identifier"), "")
    label = label or next((name for name in public if name != DEFAULT), "")
    if value is None:
        value = functions.named(s, node, label, 0)
    if _is_undefined(value) and public and not plain:
        return
    if DEFAULT in public and isinstance(value, Mapping):
        value = _opened(s, value, out)
    if len(plain) + len(public) > 1 and not _is_plain(value):
        holder = next((left for left in plain if left.type == "identifier"), None)
        held: Expr = target(s, holder, [], 0) if holder is not None else s.made_up(span[0])
        out.append(Assign(held, value, *span))
        plain = [left for left in plain if left is not holder]
        value = held
        if holder is not None and DEFAULT in public and isinstance(held, Name) and s.frame.outer is None:
            s.aliases.add(held.id)
    for left in plain:
        defaults: list[Stmt] = []
        goal = target(s, left, defaults, 0)
        out.append(Assign(goal, value, *span))
        out.extend(defaults)
        if DEFAULT in public and isinstance(goal, Name) and s.frame.outer is None:
            s.aliases.add(goal.id)
    out.extend(Export(name, value, *span) for name in dict.fromkeys(public))


def _is_ours(s: State, node: SyntaxNode) -> bool:
    """Whether a target is an export and nothing else: members of a variable that stands for the module are members of that variable too."""
    return s.text.startswith(("exports", "module"), node.start_byte)


def spread_out(s: State, value: Mapping, out: list[Stmt]) -> Mapping:
    """An object display whose values can be said twice: what is more than a name is held by a variable first."""
    items: list[tuple[Expr | None, Expr]] = []
    for key, item in value.items:
        if key is None or _is_plain(item):
            items.append((key, item))
            continue
        held = s.made_up(item.at)
        out.append(Assign(held, item, item.at, item.end))
        items.append((key, held))
    return Mapping(tuple(items), value.at, value.end)


def _is_plain(value: Expr) -> bool:
    """Whether saying a value twice does nothing twice."""
    if isinstance(value, Name | Const):
        return True
    if isinstance(value, Call):
        return isinstance(value.func, Name) and value.func.id == "require"
    return isinstance(value, Attr) and _is_plain(value.base)


def _is_undefined(value: Expr) -> bool:
    return isinstance(value, Const) and value.value is None


def helped(s: State, node: SyntaxNode, out: list[Stmt]) -> bool:
    """Exports that are calls; whether it was that.

    `Object.defineProperty(exports, "a", {get})`, `__exportStar(require("m"), exports)`, `__export(exports, {a: () => a})`; and what people write for
    several at once, `Object.assign(exports, {a, b}, require("m"))`.
    """
    match = _HELPED.match(s.text, node.start_byte, node.end_byte)
    if match is None:
        return False
    given = [child for child in node.children[-1].children if child.kind_id in s.operands]
    span = (node.start_byte, node.end_byte)
    if match[1] == "defineProperty":
        return len(given) == 3 and _property(s, given[1], given[2], out, span)  # noqa: PLR2004 -- object, key, descriptor
    if match[1] == "__export":
        return len(given) == 2 and _getters(s, given[1], out)  # noqa: PLR2004 -- object, getters
    found = False
    for child in given:
        value = s.expressions[child.kind_id](s, child, 0)
        if isinstance(value, Mapping) and match[1] == "assign":
            _opened(s, value, out)
            found = True
        elif isinstance(value, Call) and isinstance(value.func, Name) and value.func.id == "require" and value.args:
            source = value.args[0].value
            if isinstance(source, Const) and isinstance(source.value, str):
                out.append(Import("", source.value, "*", 0, *span))
                found = True
    return found


def _property(s: State, name: SyntaxNode, descriptor: SyntaxNode, out: list[Stmt], span: tuple[int, int]) -> bool:
    key, value = s.expressions[name.kind_id](s, name, 0), _described(s, descriptor)
    if not isinstance(key, Const) or not isinstance(key.value, str) or value is None:
        return False
    if key.value != "__esModule":
        out.append(Export(key.value, value, *span))
    return True


def _getters(s: State, node: SyntaxNode, out: list[Stmt]) -> bool:
    display = s.expressions[node.kind_id](s, node, 0)
    if not isinstance(display, Mapping):
        return False
    for key, item in display.items:
        read = _returned(item)
        if isinstance(key, Const) and isinstance(key.value, str) and read is not None:
            out.append(Export(key.value, read, item.at, item.end))
    return True


def _described(s: State, node: SyntaxNode) -> Expr | None:
    """What a descriptor says of a property: its value, or what its getter returns."""
    display = s.expressions[node.kind_id](s, node, 0)
    if isinstance(display, Mapping):
        for key, item in display.items:
            if isinstance(key, Const) and key.value == "value":
                return item
            if isinstance(key, Const) and key.value == "get":
                return _returned(item)
    return None


def _returned(value: Expr) -> Expr | None:
    """What a function of one `return` returns."""
    if isinstance(value, Closure) and len(value.function.body) == 1:
        only = value.function.body[0]
        return only.value if isinstance(only, Return) else None
    return None


def _opened(s: State, value: Mapping, out: list[Stmt]) -> Mapping:
    """Export what an exported object holds."""
    value = spread_out(s, value, out)
    for key, item in value.items:
        if isinstance(key, Const) and isinstance(key.value, str):
            out.append(Export(key.value, item, item.at, item.end))
    return value


def default(s: State, node: SyntaxNode, out: list[Stmt], span: tuple[int, int]) -> None:
    """`export default value`, `export = value`, and what a module wrapper returns."""
    offer(s, functions.named(s, bare(s, node), DEFAULT, 0), out, span)


def offer(s: State, value: Expr, out: list[Stmt], span: tuple[int, int]) -> None:
    """Export a value as the module's own."""
    if isinstance(value, Mapping):
        value = _opened(s, value, out)
    out.append(Export(DEFAULT, value, *span))
