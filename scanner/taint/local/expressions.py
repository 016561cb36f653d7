"""Expressions: from IR to abstract values."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.facts import (
    AnyRef,
    AttrType,
    ClosureRef,
    Entry,
    EntryKind,
    GlobalType,
    Hop,
    ItemType,
    NameRef,
    SinkSite,
    SourceSite,
    capped,
)
from scanner.taint.kinds import BELOW, DOTLESS, KEY, PATHS
from scanner.taint.local.context import dotted_ref, first
from scanner.taint.local.values import (
    NOTHING,
    UNKNOWN,
    Reached,
    Unknown,
    Value,
    flatten,
    hopped,
    join,
    join_labels,
    mask_labels,
    masked,
    reached_by,
    text,
    with_part,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scanner.taint.knowledge import SanitizerRow
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine
    from scanner.taint.local.values import Labels

_MOST_REFS = 16  # functions of one table that a call of it may reach
MAX_TEXT = 4_096  # characters of a folded constant; a longer one is not tracked
_NUMERIC = frozenset({"-", "//", "**", "<<", ">>", "&", "^", "@"})


def constant(it: Machine, node: ir.Const, env: Env) -> Value:  # noqa: ARG001 -- one signature for all
    """A literal."""
    return Value(const=node.value, type_="str" if isinstance(node.value, str) else None)


def name(it: Machine, node: ir.Name, env: Env) -> Value:
    """A variable; else what the file's imports and definitions, an enclosing function, or the language make of the name."""
    held = env.get(node.id)
    if held is not None:
        if node.id in it.frame.rewritten:
            shared = Value(join_labels(held.labels, it.frame.label(_own_cell(it, node.id))), type_=held.type, ref=held.ref, parts=held.parts)
            return reached_by(shared, held.reached)
        return held
    found = it.captured(node.id)
    if found is not None:
        return found
    dotted = it.context.dotted(node.id)
    if dotted is None:
        return NOTHING
    return global_value(it, dotted, node.at, node.end)


def _own_cell(it: Machine, name: str) -> Entry:
    """A variable of this function that functions within it assign to."""
    return Entry(EntryKind.CAPTURED, name=f"{it.frame.qualname}:{name}")


def global_value(it: Machine, dotted: str, at: int, end: int) -> Value:
    """The value of a dotted name that is no local variable."""
    knowledge, scope = it.context.knowledge, it.context.scope
    if it.context.is_own_variable(dotted):
        simple = dotted.rpartition(".")[2]
        known = scope.values.get(simple)
        if known is not None and (known.known or known.parts) and not known.labels:
            return known
        labels = it.frame.label(Entry(EntryKind.GLOBAL, name=dotted))
        return Value(
            labels, type_=known.type if known is not None and known.type is not None else GlobalType(dotted), ref=known.ref if known else None
        )
    source = knowledge.sources.get(dotted)
    labels = it.frame.source(SourceSite(at, end, dotted, source.trust)) if source is not None else {}
    return Value(labels, type_=knowledge.types.get(dotted), ref=NameRef(dotted))


def module_value(it: Machine, dotted: str, at: int, end: int) -> Value:
    """The value of a module, or of what is imported from one."""
    return global_value(it, it.context.library.canonical(dotted), at, end)


def attribute(it: Machine, node: ir.Attr, env: Env) -> Value:
    """`base.name`: a member of a module or class, a source of the models, a field, or a part of a value."""
    value = member(it, it.evaluate(node.base, env), node, _is_receiver(it, node.base))
    return _settled(node, value, env) if it.settled and value.labels else value


def place_of(node: ir.Expr) -> str:
    """The spelling of an expression that names the same place whenever it is evaluated (`self.column`, `args['x']`); empty for others."""
    steps = []
    while isinstance(node, ir.Attr | ir.Index):
        if isinstance(node, ir.Attr):
            steps.append(f".{node.name}")
        elif isinstance(node.key, ir.Const):
            steps.append(f"[{node.key.value!r}]")
        elif isinstance(node.key, ir.Name):
            steps.append(f"[={node.key.id}]")
        else:
            return ""
        node = node.base
    return f"={node.id}{''.join(reversed(steps))}" if isinstance(node, ir.Name) and steps else ""


def _settled(node: ir.Expr, value: Value, env: Env) -> Value:
    """The value, with what a test has proven of its place. Such proofs stand in the environment under names that no variable has."""
    proof = env.get(place_of(node))
    return value if proof is None or not isinstance(proof.const, int) else masked(value, proof.const)


def _is_receiver(it: Machine, node: ir.Expr) -> bool:
    return isinstance(node, ir.Name) and it.receiver_name == node.id


def member(it: Machine, base: Value, node: ir.Attr, receiver: bool) -> Value:  # noqa: FBT001 -- said once, by the caller above
    """The value of an attribute of a value."""
    numbers = it.context.language.numbers
    if numbers and node.name in numbers and f".{node.name}" not in base.parts:
        return Value(type_="int")
    dotted = dotted_ref(base)
    if dotted is not None and not isinstance(base.type, str):
        return _global_member(it, dotted, base, node)
    if isinstance(base.type, str) and f".{node.name}" not in base.parts and (fixed := it.class_constant(base.type, node.name)) is not None:
        return fixed
    return _instance_member(it, base, node, receiver=receiver)


def _global_member(it: Machine, dotted: str, base: Value, node: ir.Attr) -> Value:
    """An attribute of a module, a class or whatever else a dotted name stands for."""
    fixed = it.class_constant(dotted, node.name)
    if fixed is not None:
        return fixed
    context = it.context
    full = context.library.canonical(f"{dotted}.{node.name}")
    found = global_value(it, full, node.at, node.end)
    if found.type is None and base.type is not None:
        return Value(found.labels, type_=AttrType(capped(base.type), node.name), ref=found.ref)
    if found.type is None and not context.is_foreign_library(full) and full not in context.library.functions:
        # Perhaps a variable of another file of the program: only the linker knows.
        return Value(join_labels(found.labels, it.frame.label(Entry(EntryKind.GLOBAL, name=full))), type_=GlobalType(full), ref=found.ref)
    return found


def _instance_member(it: Machine, base: Value, node: ir.Attr, *, receiver: bool) -> Value:
    """An attribute of an object: a source or a sanitizer of the models, a field, or a part that this function knows."""
    context, knowledge = it.context, it.context.knowledge
    names = context.library.members(base.type, node.name) if isinstance(base.type, str) else ()
    source = first(knowledge.sources, names)
    value = it.frame.read(base, f".{node.name}")
    labels = value.labels
    if source is not None:
        labels = join_labels(labels, it.frame.source(SourceSite(node.at, node.end, source.name, source.trust)))
    type_ = value.type or first(knowledge.types, names)
    if type_ is None and base.type is not None:
        type_ = AttrType(capped(base.type), node.name)
    if base.type is not None and source is None and not (isinstance(base.type, str) and base.type in context.library.classes):
        held = f".{node.name}" in base.parts
        # What this function itself stored there is what it reads; the linker adds what others stored only where it did not.
        if (not held or not receiver) and not base.derived:
            labels = join_labels(labels, it.frame.label(Entry(EntryKind.FIELD, name=node.name, type=base.type)))
    sanitizers = first(knowledge.sanitizers, names)
    if sanitizers and labels:
        # An attribute that is never dangerous in some kinds: the last part of a path, the port of a URL.
        labels = _cleaned(it, labels, sanitizers)
    return Value(labels, const=value.const, type_=type_, ref=value.ref, parts=value.parts, derived=value.derived or bool(sanitizers))


def _cleaned(it: Machine, labels: Labels, rows: Iterable[SanitizerRow]) -> Labels:
    mask = 0
    for row in rows:
        if not row.kinds:
            return {}
        for kind in row.kinds:
            mask |= it.context.knowledge.kind_bits.get(kind, 0)
    return mask_labels(labels, mask)


def component(it: Machine, key: Value) -> str:
    """The access-path component of a key: exact where the key is a known constant."""
    const = key.const
    if isinstance(const, str):
        return f".{const}" if it.context.language.keyed and not const.isdecimal() else f"[{const}]"
    return f"[{const}]" if isinstance(const, int) and not isinstance(const, bool) else "*"


def index(it: Machine, node: ir.Index, env: Env) -> Value:
    """`base[key]`."""
    base = it.evaluate(node.base, env)
    key = NOTHING if node.key is None else it.evaluate(node.key, env)
    value = _indexed(it, node, base, key)
    if (key.labels or base.reached) and it.context.language.keyed:
        value = walked(it, base, key, value)
    return _settled(node, value, env) if it.settled and value.labels else value


def _indexed(it: Machine, node: ir.Index, base: Value, key: Value) -> Value:  # noqa: C901 -- one kind of base after the other
    if isinstance(base.const, str | bytes):
        if isinstance(base.const, str) and isinstance(key.const, int) and -len(base.const) <= key.const < len(base.const):
            return Value(const=base.const[key.const], type_="str")
        return Value(type_="str")
    if node.key is None:
        return Value(base.labels, type_=base.type, parts={"*": it.frame.read(base, "*")} if base.parts else {})
    where = component(it, key)
    if where.startswith("."):
        return member(it, base, ir.Attr(node.base, where[1:], node.at, node.end), _is_receiver(it, node.base))
    if isinstance(key.const, int) and key.const < 0 and base.parts:
        where = _from_end(base, key.const)
    value = it.frame.read(base, where)
    if where == "*" and it.context.language.keyed and len(base.parts) > 1:
        refs = tuple(dict.fromkeys(part.ref for part in base.parts.values() if part.ref is not None))
        if len(refs) > 1:
            return Value(value.labels, type_=value.type, ref=AnyRef(refs[:_MOST_REFS]), parts=value.parts)
    knowledge = it.context.knowledge
    if isinstance(base.type, str):
        names = it.context.library.members(base.type, "__getitem__()")
        source = first(knowledge.sources, names)
        labels = value.labels
        if source is not None:
            labels = join_labels(labels, it.frame.source(SourceSite(node.at, node.end, source.name, source.trust)))
        return Value(labels, const=value.const, type_=value.type or first(knowledge.types, names), ref=value.ref, parts=value.parts)
    if value.type is None and base.type is not None:
        return Value(value.labels, const=value.const, type_=ItemType(capped(base.type), "item"), ref=value.ref, parts=value.parts)
    return value


def walked(it: Machine, base: Value, key: Value, value: Value) -> Value:
    """An element that was reached by a key from outside may be what all objects share (`__proto__`): what is stored in it then is anybody's.

    The object's own contents are known not to be that where it inherits nothing, or is a list. A parameter that is passed as it is says nothing:
    matrices are addressed by two of them.
    """
    bit = it.context.knowledge.kind_bits.get(KEY, 0)
    labels = {}
    if base.type not in _SAFE_TO_WALK and not (base.parts and base.type == "list"):
        labels = {number: taint for number, taint in key.labels.items() if not taint.mask & bit and (key.derived or _is_content(it, number))}
    return reached_by(value, join_labels(base.reached, labels))


_SAFE_TO_WALK = frozenset({"bare", "Map", "Set"})
_CONTENT = frozenset({EntryKind.SOURCE, EntryKind.RESULT, EntryKind.CAPTURED, EntryKind.FIELD})


def _is_content(it: Machine, number: int) -> bool:
    """Whether a key is more than a parameter as it was passed; the first one of a function in a function is what a list or an object held."""
    entry = it.frame.entries[number]
    if entry.path or entry.kind in _CONTENT:
        return True
    params = it.frame.function.params if it.frame.function is not None else ()
    return it.nested and entry.number == (params[:1] and params[0].name == it.context.language.explicit)


def _from_end(base: Value, position: int) -> str:
    length = sum(1 for key in base.parts if key.startswith("[") and key[1:-1].isdigit())
    return f"[{length + position}]" if "*" not in base.parts and length + position >= 0 else "*"


def binary(it: Machine, node: ir.Binary, env: Env) -> Value:
    """Operators: constants fold, text keeps its labels, arithmetic carries none."""
    left, right = it.evaluate(node.left, env), it.evaluate(node.right, env)
    if left.known and right.known:
        return _fold(node.op, left, right)
    if node.op in _NUMERIC or node.op in it.context.language.arithmetic:
        return NOTHING
    if node.op == "%" and not _text_like(left):
        return Value(flatten(left))
    if node.op == "+" and (left.parts or right.parts):
        return _concatenated(left, right)
    if right.labels or right.parts:
        if node.op == "+":
            right = pinned(it, _before(it, node.left, left, env), behind(it, right))
        elif node.op == "%" and isinstance(left.const, str):
            right = _filled(it, left.const, right)
    value = text(left, right if node.op not in {"+", "/", "%"} or (node.op == "%" and _starts_open(left)) else below(it, right))
    if node.op == "+" and it.context.language.keyed:
        return plain_text(it, value)
    if node.op in {"/", "|", "??"}:
        # Paths are joined, mappings merged: the type is the operands', not a string's.
        return Value(value.labels, type_=left.type or right.type, parts={**left.parts, **right.parts} if node.op == "|" else {})
    return value


def _text_like(value: Value) -> bool:
    return isinstance(value.const, str | bytes) or value.type == "str" or bool(value.labels)


def _concatenated(left: Value, right: Value) -> Value:
    """Sequences joined: positions shift on the right, which then are any position unless the left's length is known."""
    if left.labels or "*" in left.parts or not left.parts:
        return Value(join_labels(left.labels, right.labels), type_=left.type, parts={"*": _any(left, right)})
    offset = len(left.parts)
    parts = dict(left.parts)
    for key, part in right.parts.items():
        position = key[1:-1]
        parts[f"[{int(position) + offset}]" if position.isdigit() else "*"] = part
    if right.labels:
        parts["*"] = Value(right.labels)
    return Value(type_=left.type, parts=parts)


def _any(*values: Value) -> Value:
    found = NOTHING
    for value in values:
        for part in value.parts.values():
            found = join(found, part)
    return found


def _fold(op: str, left: Value, right: Value) -> Value:
    one, other = left.const, right.const
    try:
        if op == "+" and isinstance(one, str) and isinstance(other, str) and len(one) + len(other) <= MAX_TEXT:
            return Value(const=one + other, type_="str")
        if isinstance(one, int | float) and isinstance(other, int | float):
            return Value(const=_ARITHMETIC[op](one, other)) if op in _ARITHMETIC else NOTHING
    except (ArithmeticError, ValueError):
        return NOTHING
    if op == "+" and type(one) is not type(other):
        return NOTHING
    return Value(type_="str") if isinstance(one, str) else NOTHING


_Number = int | float
_ARITHMETIC: dict[str, Callable[[_Number, _Number], _Number]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": lambda one, other: one / other,
    "//": lambda one, other: one // other,
    "%": lambda one, other: one % other,
}


def compare(it: Machine, node: ir.Compare, env: Env) -> Value:
    """A comparison: a truth value, known where both sides are."""
    left, right = it.evaluate(node.left, env), it.evaluate(node.right, env)
    keyed = it.context.language.keyed
    if node.op in _LETTER_BY_LETTER and not left.known and not right.known and not (keyed and _last_name(node.left) == _last_name(node.right)):
        for mine, other, secret in ((left, right, node.right), (right, left, node.left)):
            if mine.labels and _is_secret(other, secret, _SECRET_IN_CAMEL_CASE if keyed else _SECRET):
                it.sink(mine, SinkSite(node.at, node.end, "secret-comparison", node.op.replace("-", " "), "0"))
    return Value(const=compared(node.op, left, right))


_LETTER_BY_LETTER = frozenset({"==", "!=", "===", "!==", "in", "not-in"})
_SECRET = re.compile(
    r"(?i)(?:^|_)(?:secret|hmac|signature|digest|basic_?auth|api_?keys?|(?:access|auth|api|csrf|session|bearer|secret|verify)_?tokens?)$"
)


_SECRET_IN_CAMEL_CASE = re.compile(
    r"^_?(?:pass(?:word|wd|phrase)?|secret|hmac|signature|digest|apiKey|(?:access|auth|api|csrf|session|bearer|secret|verify)_?[tT]oken)$"
    r"|[a-z](?:Secret|Hmac|Signature|Digest|ApiKey|AuthToken|CsrfToken)$"
)


def _is_secret(value: Value, node: ir.Expr, pattern: re.Pattern[str]) -> bool:
    """Whether an expression is a secret by its name, or by what made it."""
    while isinstance(node, ir.Call | ir.Index | ir.Await):
        if isinstance(node, ir.Call) and isinstance(node.func, ir.Attr) and node.func.name in {"hexdigest", "digest"}:
            made = _last_name(node.func.base)
            return made in {"hmac", "mac", "signature", "new"}
        if isinstance(node, ir.Index) and isinstance(node.key, ir.Const) and isinstance(node.key.value, str):
            return bool(pattern.search(node.key.value))
        node = node.func if isinstance(node, ir.Call) else node.base if isinstance(node, ir.Index) else node.value
    name = node.name if isinstance(node, ir.Attr) else node.id if isinstance(node, ir.Name) else ""
    return bool(name) and value.type not in {"int", "float", "bool"} and bool(pattern.search(name))


def _last_name(node: ir.Expr) -> str:
    """The last name of what an object is, or of the function that made it."""
    if isinstance(node, ir.Call):
        node = node.func
    return node.name if isinstance(node, ir.Attr) else node.id if isinstance(node, ir.Name) else ""


def compared(op: str, left: Value, right: Value) -> bool | Unknown:
    """The outcome of a comparison of two known values, else UNKNOWN."""
    if not left.known:
        return UNKNOWN
    one, other = left.const, right.const
    if op in {"in", "not-in"}:
        if right.known and isinstance(one, str) and isinstance(other, str):
            return (one in other) == (op == "in")
        members = [part.const for part in right.parts.values()] if right.parts and not right.labels else []
        if members and UNKNOWN not in members:
            return any(type(one) is type(item) and one == item for item in members) == (op == "in")
        return UNKNOWN
    if not right.known:
        return UNKNOWN
    if op in {"==", "===", "is"}:
        return type(one) is type(other) and one == other
    if op in {"!=", "!==", "is-not"}:
        return not (type(one) is type(other) and one == other)
    if isinstance(one, int | float) and isinstance(other, int | float):
        outcomes = {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}
        return outcomes.get(op, UNKNOWN)
    return UNKNOWN


def logic(it: Machine, node: ir.Logic, env: Env) -> Value:
    """`and`, `or`: one of the operands; a known left side decides. The right side sees what the left has proven."""
    left = it.evaluate(node.left, env)
    if left.known:
        stops = bool(left.const) == (node.op == "or")
        return left if stops else it.evaluate(node.right, env)
    refined = it.refined(node.left, env, outcome=node.op == "and")
    right = it.evaluate(node.right, refined)
    it.keep_bindings(refined, env)
    return join(left, right) if node.op == "or" or left.labels else join(right, left)


def negation(it: Machine, node: ir.Not, env: Env) -> Value:
    """`not value`."""
    value = it.evaluate(node.value, env)
    return Value(const=not value.const) if value.known else NOTHING


def formatted(it: Machine, node: ir.Format, env: Env) -> Value:
    """Text made of parts."""
    values = [it.evaluate(part, env) for part in node.parts]
    if all(value.known for value in values):
        whole = "".join(str(value.const) for value in values)
        if len(whole) <= MAX_TEXT:
            return Value(const=whole, type_="str")
    pieces, before = values[:1], ""
    for value, following in pairwise(values):
        before += str(value.const) if value.known else GAP
        pieces.append(below(it, behind(it, pinned(it, before, following))))
    whole_text = text(*pieces)
    return plain_text(it, whole_text) if it.context.language.keyed else whole_text


GAP = "\0"
"""In the text that stands before a value: a piece that is not known."""
_MOST_PIECES = 12  # of a text, looked at for what stands before a value


def _before(it: Machine, node: ir.Expr, value: Value, env: Env) -> str:
    """The text that an expression makes, as far as it is constant; it stands before what is added to it."""
    if value.known:
        return str(value.const)
    pieces: list[str] = []
    waiting = [node]
    while waiting and len(pieces) < _MOST_PIECES:
        piece = waiting.pop()
        match piece:
            case ir.Const(value=held):
                pieces.append(str(held))
            case ir.Binary(op="+", left=left, right=right):
                waiting.extend((right, left))
            case ir.Format(parts=parts):
                waiting.extend(reversed(parts))
            case ir.Name(id=name) if (known := it.evaluate(piece, env)).known or name not in it.origins:
                pieces.append(str(known.const) if known.known else GAP)
            case ir.Name(id=name) if isinstance(origin := it.origins[name], ir.Binary | ir.Format):
                waiting.append(origin)
            case _:
                pieces.append(GAP)
    return "".join(pieces) if not waiting else GAP


def _filled(it: Machine, template: str, value: Value) -> Value:
    """What is put into a template by `%`, each piece behind the text that stands before its place."""
    places = list(_CONVERSION.finditer(template))
    if not places or value.type == "dict":
        return value
    if value.type != "tuple":
        return _put(it, template[: places[0].start()], spelled(it, value) if places[0][0].endswith(_SPELLED) or value.parts else value)
    parts = {}
    for key, part in value.parts.items():
        position = int(key[1:-1]) if key[1:-1].isdigit() else len(places)
        if position < len(places):
            spelt = spelled(it, part) if places[position][0].endswith(_SPELLED) else part
            parts[key] = _put(it, _CONVERSION.sub(GAP, template[: places[position].start()]), spelt)
        else:
            parts[key] = part
    return Value(value.labels, type_=value.type, parts=parts, derived=value.derived)


_CONVERSION = re.compile(r"%[-#0 +]*[\d*]*(?:\.\d+)?[sdrifxa]")


_SPELLED = ("r", "a")


def spelled(it: Machine, value: Value) -> Value:
    """The value as a literal of the language (`repr`): line ends are spelled out in it."""
    bits = it.context.knowledge.kind_bits
    return masked(value, bits.get("log", 0) | bits.get("header", 0) | bits.get("email-header", 0)) if value.labels or value.parts else value


def _put(it: Machine, before: str, value: Value) -> Value:
    return pinned(it, before, behind(it, value) if before else value)


def behind(it: Machine, value: Value) -> Value:
    """The value behind other text in one name: without a dot it can go nowhere from there."""
    bits = it.context.knowledge.kind_bits
    dotless = bits.get(DOTLESS, 0)
    if not any(taint.mask & dotless for taint in value.labels.values()):
        return value
    paths = 0
    for kind in PATHS:
        paths |= bits.get(kind, 0)
    labels = {key: taint._replace(mask=taint.mask | paths) if taint.mask & dotless else taint for key, taint in value.labels.items()}
    return Value(labels, type_=value.type, parts=value.parts, derived=value.derived)


def plain_text(it: Machine, value: Value) -> Value:
    """A value that is text and no object: there are no operators and no keys in it."""
    return Value(mask_labels(value.labels, it.context.objects_only), type_=value.type, derived=True) if value.labels else value


def pinned(it: Machine, before: str, value: Value) -> Value:
    """The value as part of an address, behind a text: where that has named the host already, or begins at this very site, the value cannot."""
    if not value.labels and not value.parts:
        return value
    local = _OWN_SITE.match(before)
    if local is None and not _HOST_NAMED.search(_SCHEME.sub("", before, count=1)):
        return value
    bits = it.context.knowledge.kind_bits
    mask = 0
    for kind in ("redirect", "dom-url", "html-attr-url", *(() if local else ("url",))):
        mask |= bits.get(kind, 0)
    return masked(value, mask)


_OWN_SITE = re.compile(r"/(?![/\\])[^/\\\0]|[?#]")
_SCHEME = re.compile(r"^[\w+.\0-]*:?//")
_HOST_NAMED = re.compile(r"^[^/\\?#]+[/?#]")


def below(it: Machine, value: Value) -> Value:
    """The value as part of a text, behind something else."""
    return masked(value, it.context.knowledge.kind_bits.get(BELOW, 0)) if value.labels or value.parts else value


def _starts_open(template: Value) -> bool:
    """Whether the text that a template makes may begin with what is put into it."""
    return not isinstance(template.const, str) or template.const.startswith("%")


def sequence(it: Machine, node: ir.Sequence, env: Env) -> Value:
    """A list, tuple or set display: contents by position; after a spread, and in a set, at any position."""
    value = Value(type_=node.kind or None)
    exact = node.kind != "set"
    for position, item in enumerate(node.items):
        if isinstance(item, ir.Spread):
            spread = it.evaluate(item.value, env)
            value = with_part(value, "*", it.frame.read(spread, "*"))
            exact = False
        else:
            part = it.evaluate(item, env)
            value = with_part(value, f"[{position}]" if exact or part.known else "*", part)
    return value


def mapping(it: Machine, node: ir.Mapping, env: Env) -> Value:
    """A dictionary or object display: contents by constant key."""
    value = Value(type_="dict")
    if it.context.language.explicit:
        it.define_object(node, env)
    for key, item in node.items:
        part = it.evaluate(item, env)
        if key is None:
            for where, inner in part.parts.items():
                value = with_part(value, where, inner)
            if part.labels or not part.parts:
                value = with_part(value, "*", it.frame.read(Value(part.labels), "*"))
        else:
            where = component(it, it.evaluate(key, env))
            if where.startswith(".$") and (part.labels or part.parts):
                part = _operand(it, where, part)
            value = with_part(value, where, part)
    return value


def _operand(it: Machine, operator: str, value: Value) -> Value:
    """What stands under an operator of a query: a value, whatever is in it, or code, also where it is text."""
    bit = it.context.knowledge.kind_bits.get("nosql", 0)
    if operator in _OPERANDS:
        return masked(value, bit)
    if operator in _CODE:
        labels = {key: taint._replace(mask=taint.mask & ~bit) for key, taint in flatten(value).items()}
        return Value(labels, type_=value.type, parts={}, derived=value.derived)
    return value


_OPERANDS = frozenset({".$eq", ".$ne", ".$gt", ".$gte", ".$lt", ".$lte", ".$in", ".$nin"})
_CODE = frozenset({".$where", ".$function", ".$accumulator", ".$regex"})


def spread(it: Machine, node: ir.Spread, env: Env) -> Value:
    """A spread outside a display: its elements."""
    return it.frame.read(it.evaluate(node.value, env), "*")


def choice(it: Machine, node: ir.Choice, env: Env) -> Value:
    """`then if test else orelse`, each side under what the test proves."""
    test = it.evaluate(node.test, env)
    if test.known:
        return it.evaluate(node.then if test.const else node.orelse, env)
    one, other = it.refined(node.test, env, outcome=True), it.refined(node.test, env, outcome=False)
    then, orelse = it.evaluate(node.then, one), it.evaluate(node.orelse, other)
    value = join(then, orelse)
    if it.context.language.keyed and then.ref is not None and orelse.ref is not None and then.ref != orelse.ref:
        value = Value(value.labels, type_=value.type, ref=AnyRef((then.ref, orelse.ref)), parts=value.parts)
    it.keep_bindings(one, env)
    return value


def comprehension(it: Machine, node: ir.Comprehension, env: Env) -> Value:
    """A comprehension, in an environment of its own."""
    inner = dict(env)
    for target, iterable, conditions in node.clauses:
        it.bind(target, it.element(it.evaluate(iterable, inner)), inner)
        for condition in conditions:
            it.evaluate(condition, inner)
            inner = it.refined(condition, inner, outcome=True)
    where = "*"
    if node.key is not None:
        where = component(it, it.evaluate(node.key, inner))
    part = it.evaluate(node.element, inner)
    return Value(type_="dict" if node.key is not None else node.kind or "list", parts={where: part})


def bind(it: Machine, node: ir.Bind, env: Env) -> Value:
    """An assignment inside an expression."""
    value = it.evaluate(node.value, env)
    it.assign(node.target, value, env, node.at, node.end)
    return value


def closure(it: Machine, node: ir.Closure, env: Env) -> Value:
    """A function as a value: analysed here, where its surroundings are known."""
    qualname = it.define(node.function, env)
    return Value(ref=ClosureRef(qualname))


def awaited(it: Machine, node: ir.Await, env: Env) -> Value:
    """`await value`: the value, since calls of coroutines are taken for their results."""
    return it.evaluate(node.value, env)


def yielded(it: Machine, node: ir.Yield, env: Env) -> Value:
    """`yield value`: an element of what the function returns."""
    it.yield_value(it.evaluate(node.value, env))
    return NOTHING


def opaque(it: Machine, node: ir.Opaque, env: Env) -> Value:
    """Anything else: whatever its parts hold."""
    value = NOTHING
    for part in node.parts:
        value = join(value, Value(flatten(it.evaluate(part, env))))
    return value


def moved(value: Value, at: int, end: int, note: str) -> Value:
    """The value after a hop worth showing."""
    if not value.labels:
        return value
    labels = hopped(value.labels, Hop(at, end, note))
    result = Value(labels, const=value.const, type_=value.type, ref=value.ref, parts=value.parts, derived=value.derived)
    return Reached(result, value.reached) if type(value) is Reached else result


TABLE: dict[type, Callable[..., Value]] = {
    ir.Const: constant,
    ir.Name: name,
    ir.Attr: attribute,
    ir.Index: index,
    ir.Binary: binary,
    ir.Compare: compare,
    ir.Logic: logic,
    ir.Not: negation,
    ir.Format: formatted,
    ir.Sequence: sequence,
    ir.Mapping: mapping,
    ir.Spread: spread,
    ir.Choice: choice,
    ir.Comprehension: comprehension,
    ir.Bind: bind,
    ir.Closure: closure,
    ir.Await: awaited,
    ir.Yield: yielded,
    ir.Opaque: opaque,
}
