"""Expressions: names, members, calls.

The handlers here run once a name. They look at children by position where a node has as many as it should, and fall back to its operands (comments
and errors left out) where it has not.

Some words of the language are calls of functions that need no import: `typeof x` is `typeof(x)`, `import("m")` is `require("m")`; a tagged template
calls its tag with the list of its strings and then its values.
"""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING

from scanner.taint.ir import Arg, Attr, Call, Const, Expr, Format, Index, Name, Opaque, Sequence
from scanner.taint.lower.javascript import kinds
from scanner.taint.lower.parts import arguments, opaque, spread
from scanner.taint.program import Closure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.lower.javascript.state import ExpressionHandler, State
    from scanner.taint.lower.tree import SyntaxNode


# Helpers of compilers that hand through a module they are given (TypeScript's and Babel's output, Rollup's).
HELPERS = frozenset(
    (
        "__importDefault",
        "__importStar",
        "__toESM",
        "__toCommonJS",
        "_interopRequireDefault",
        "_interopRequireWildcard",
        "_interopDefault",
        "_interopNamespace",
        "_interopDefaultLegacy",
        "_interopDefaultCompat",
        "_interopNamespaceDefault",
        "interopRequireDefault",
        "interopRequireWildcard",
    )
)


# Helpers that run a generator as an asynchronous function: `__awaiter(this, void 0, void 0, function* () {})`, `_asyncToGenerator(function* () {})`.
_ASYNCHRONOUS = frozenset(("__awaiter", "_asyncToGenerator"))
_COMPILED = HELPERS | _ASYNCHRONOUS


def identifier(s: State, node: SyntaxNode, _depth: int) -> Expr:
    """A name; one that the parser made up to go on is nothing."""
    start, end = node.start_byte, node.end_byte
    if start == end:
        return Opaque((), start, end)
    text = intern(s.text[start:end]) if s.plain else s.word(start, end)
    if text == "arguments":
        uses_arguments(s)
    elif s.renames:
        text = s.renames.get(text, text)
    return Name(text, start, end)


def uses_arguments(s: State) -> None:
    """`arguments` belongs to the innermost function that is no arrow."""
    frame = s.frame
    while frame.arrow and frame.outer is not None:
        frame = frame.outer
    frame.arguments = True


def this(s: State, node: SyntaxNode, _depth: int) -> Expr:
    """`this` belongs to the innermost function that is no arrow."""
    uses_this(s)
    return Name("this", node.start_byte, node.end_byte)


def uses_this(s: State) -> None:
    """Note that the innermost function that is no arrow uses its receiver."""
    frame = s.frame
    while frame.arrow and frame.outer is not None:
        frame = frame.outer
    frame.this = True


def parent(s: State, node: SyntaxNode, _depth: int) -> Expr:
    """`super` in `super.method`."""
    uses_this(s)
    start, end = node.start_byte, node.end_byte
    return Call(Name("super", start, end), (), start, end)


def member(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`base.name`, `base?.name`, `base.#name`."""
    if depth > s.limit:
        return s.cut(node)
    parts = node.children
    if len(parts) != 3:  # noqa: PLR2004 -- base, dot, name
        return _unusual_member(s, node, depth)
    base, _, name = parts
    start, end = name.start_byte, name.end_byte
    value = s.expressions[base.kind_id](s, base, depth + 1)
    if start == end:
        return value
    return Attr(value, intern(s.text[start:end]) if s.plain else s.word(start, end), node.start_byte, end)


def _unusual_member(s: State, node: SyntaxNode, depth: int) -> Expr:
    base, name = node.child_by_field_name("object"), node.child_by_field_name("property")
    if base is None or name is None:
        return Opaque(tuple(s.all_operands(node, depth + 1)), node.start_byte, node.end_byte)
    return Attr(s.expressions[base.kind_id](s, base, depth + 1), s.word(name.start_byte, name.end_byte), node.start_byte, node.end_byte)


def subscript(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`base[key]`. A constant key that could stand behind a dot is the same as one that does."""
    if depth > s.limit:
        return s.cut(node)
    operands = s.all_operands(node, depth + 1)
    start, end = node.start_byte, node.end_byte
    if len(operands) != 2:  # noqa: PLR2004 -- base, key
        return Opaque(tuple(operands), start, end)
    base, key = operands
    if type(key) is Const and type(key.value) is str and _is_identifier(key.value):
        return Attr(base, intern(key.value), start, end)
    return Index(base, key, start, end)


def _is_identifier(text: str) -> bool:
    return text.replace("$", "_").isidentifier()


def call(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`function(arguments)`, with or without `?.` and type arguments; a tagged template."""
    if depth > s.limit:
        return s.cut(node)
    parts = node.children
    start, end = node.start_byte, node.end_byte
    given = parts[-1]
    callee = parts[0]
    role = s.parts.get(given.kind_id)
    if len(parts) < 2 or role not in {kinds.ARGUMENTS, kinds.TEMPLATE}:  # noqa: PLR2004 -- function, arguments
        return Opaque(tuple(s.all_operands(node, depth + 1)), start, end)
    depth += 1
    kind = callee.kind_id
    special = s.parts.get(kind)
    if role == kinds.TEMPLATE:
        return Call(s.expressions[kind](s, callee, depth), _tagged(s, given, depth), start, end)
    if special == kinds.SUPER:
        uses_this(s)
        at, stop = callee.start_byte, callee.end_byte
        function: Expr = Attr(Call(Name("super", at, stop), (), at, stop), "__init__", at, stop)
    else:
        function = s.expressions[kind](s, callee, depth)
    name = function.name if type(function) is Attr else function.id if type(function) is Name else ""
    if name in _COMPILED:
        return _helped(s, name, given, Call(function, (), start, end), depth)
    return Call(function, arguments(s, given, depth), start, end)


def _helped(s: State, name: str, given: SyntaxNode, made: Call, depth: int) -> Expr:
    """A call of a compiler's helper: a module handed through, or a generator that stands for an asynchronous function."""
    args: tuple[Arg, ...] = ()
    if name in _ASYNCHRONOUS:
        operands = [child for child in given.children if child.kind_id in s.operands]
        s.awaiter = bool(operands) and operands[-1].type == "generator_function"
        if s.awaiter:  # the receiver among the arguments is what `this` is anyway
            args = (Arg(s.expressions[operands[-1].kind_id](s, operands[-1], depth)),)
            s.awaiter = False
    args = args or arguments(s, given, depth)
    if name in HELPERS:
        return args[0].value if args else made
    last = args[-1].value if args else None
    if not isinstance(last, Closure):
        return Call(made.func, args, made.at, made.end)
    last.function.generator = False
    return last if name == "_asyncToGenerator" else Call(last, (), made.at, made.end)


def _tagged(s: State, node: SyntaxNode, depth: int) -> tuple[Arg, ...]:
    """The arguments that a tagged template hands to its tag."""
    template = s.expressions[node.kind_id](s, node, depth)
    parts = template.parts if isinstance(template, Format) else (template,)
    substitutions = [child for child in node.children if child.type == "template_substitution"]
    values: list[Expr] = []
    places = {child.start_byte for child in substitutions}
    if not substitutions:
        return (Arg(Sequence(parts, "list", node.start_byte, node.end_byte)),)
    strings = [part for part in parts if isinstance(part, Const) and not any(place <= part.at < place + 2 for place in places)]
    for child in substitutions:
        values.extend(s.all_operands(child, depth))
    return (Arg(Sequence(tuple(strings), "list", node.start_byte, node.end_byte)), *[Arg(value) for value in values])


def new(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`new Class(arguments)`."""
    if depth > s.limit:
        return s.cut(node)
    depth += 1
    function: Expr | None = None
    args: tuple[Arg, ...] = ()
    for child in node.children:
        handler = s.operands.get(child.kind_id)
        if handler is not None:
            function = handler(s, child, depth) if function is None else function
        elif child.type == "arguments":
            args = arguments(s, child, depth)
    start, end = node.start_byte, node.end_byte
    return Call(function or Opaque((), start, end), args, start, end, new=True)


def array(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`[a, ...b]`; a hole is undefined."""
    if depth > s.limit:
        return s.cut(node)
    depth += 1
    items: list[Expr] = []
    filled = False
    for child in node.children:
        handler = s.operands.get(child.kind_id)
        if handler is not None:
            items.append(handler(s, child, depth))
            filled = True
        elif not child.is_named:
            if not filled and child.type == ",":
                items.append(Const(None, child.start_byte, child.start_byte))
            filled = False
    return Sequence(tuple(items), "list", node.start_byte, node.end_byte)


def wrapped(s: State, node: SyntaxNode, depth: int) -> Expr:
    """What says nothing at run time: parentheses, `as`, `satisfies`, `!`, type assertions. Any number of them costs no depth."""
    wrappers = s.wrappers
    while node.kind_id in wrappers:
        inner = [child for child in node.children if child.kind_id in s.operands]
        if len(inner) != 1:
            return opaque(s, node, depth)
        node = inner[0]
    return s.expressions[node.kind_id](s, node, depth)


def bare(s: State, node: SyntaxNode) -> SyntaxNode:
    """A node without the parentheses and type words around it."""
    wrappers = s.wrappers
    while node.kind_id in wrappers:
        inner = [child for child in node.children if child.kind_id in s.operands]
        if len(inner) != 1:
            break
        node = inner[0]
    return node


def meta(s: State, node: SyntaxNode, _depth: int) -> Expr:
    """`import.meta`, `new.target`."""
    start, end = node.start_byte, node.end_byte
    word, _, name = s.text[start:end].partition(".")
    return Attr(Name(intern(word.strip()), start, end), intern(name.strip()), start, end)


def importing(_s: State, node: SyntaxNode, _depth: int) -> Expr:
    """`import` where it is called."""
    return Name("require", node.start_byte, node.end_byte)


HANDLERS: Mapping[str, ExpressionHandler] = {
    "identifier": identifier,
    "this": this,
    "super": parent,
    "import": importing,
    "member_expression": member,
    "nested_identifier": member,
    "subscript_expression": subscript,
    "call_expression": call,
    "new_expression": new,
    "spread_element": spread,
    "array": array,
    "parenthesized_expression": wrapped,
    "as_expression": wrapped,
    "satisfies_expression": wrapped,
    "non_null_expression": wrapped,
    "type_assertion": wrapped,
    "instantiation_expression": wrapped,
    "meta_property": meta,
}
