"""Guards of languages whose objects are tables of keys: types by name, members by methods, and the keys that lead to what all objects share.

What pollutes a prototype is a store under a key from outside in an object that was itself reached by such a key: `target[a][b] = value`, a
loop that walks `object = object[key]`, a merge that calls itself with `target[key]`. A plain table (`map[key] = value`) does not, nor one
that is addressed by two parameters as they were passed. A way is closed where its key is tested against `__proto__` (by equality, in a
list, by a pattern), where the object is asked for it as its own (`hasOwnProperty`), where it is compared with a prototype, and where the
object inherits nothing or is a `Map`. A test of `__proto__` alone closes half of it: `constructor.prototype` leads there too where a walk is long
enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint import ir, program
from scanner.taint.beginnings import begins_at_root, begins_with_host
from scanner.taint.charset import admitted, finds_ways_up, refused
from scanner.taint.kinds import KEY, NO_CONSTRUCTOR, NO_PROTO, NORMALISED, ORIGIN, PATHS, SLOW_MATCH, mask_of
from scanner.taint.local import proofs
from scanner.taint.local.places import place_of
from scanner.taint.local.values import NOTHING, Value, flatten
from scanner.taint.patterns import python_pattern
from scanner.taint.refs import GlobalType, NameRef

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from scanner.taint.local.context import Context
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine

PROTOTYPE: Final = "__proto__"
_CONSTRUCTORS: Final = frozenset({"constructor", "prototype"})
_ALL_OBJECTS: Final = _CONSTRUCTORS | {PROTOTYPE}
_MEMBERS: Final = frozenset({"includes", "has", "contains"})
_OWN: Final = frozenset({"hasOwnProperty", "hasOwn", "propertyIsEnumerable"})
_POSITIONS: Final = frozenset({"indexOf", "lastIndexOf", "findIndex", "search"})
_SCALARS: Final = frozenset({"number", "boolean", "bigint", "undefined", "symbol"})
_HARMLESS_FLAGS: Final = frozenset("gyuisd")


def compared(it: Machine, test: ir.Compare, env: Env, *, equal: bool) -> Env | None:
    """What an equality that came out as `equal` proves by its form; None where its form says nothing."""
    for one, other in ((test.left, test.right), (test.right, test.left)):
        if isinstance(one, ir.Call) and isinstance(one.func, ir.Name) and one.func.id == "typeof" and one.args:
            return _typed(it, one.args[0].value, it.evaluate(other, env), env) if equal else dict(env)
        if isinstance(other, ir.Attr) and other.name == "prototype":
            return _no_prototype(it, one, env)
        if isinstance(one, ir.Call) and isinstance(one.func, ir.Attr) and one.func.name in _POSITIONS and it.evaluate(other, env).const == -1:
            return refined_position(it, one, env, found=not equal)
        known = it.evaluate(other, env).const
        if isinstance(one, ir.Call) and isinstance(one.func, ir.Attr) and one.func.name == "indexOf" and known == 0 and type(known) is int:
            # Where a text begins with another.
            begins = ir.Call(ir.Attr(one.func.base, "startsWith", one.at, one.end), one.args, one.at, one.end)
            return it.refined(begins, env, outcome=equal)
        if isinstance(one, ir.Call) and isinstance(one.func, ir.Attr) and one.func.name in _BEGINNINGS and _is_length(one, other):
            begins = ir.Call(ir.Attr(one.func.base, "startsWith", one.at, one.end), (ir.Arg(other),), one.at, one.end)
            return it.refined(begins, env, outcome=equal)
        path = _first_part(it, one) if known == ".." and not equal else one if isinstance(known, str) and not known and equal else None
        if path is not None and (below := below_root(it, path, env)) is not None:
            return below
        if isinstance(known, str) and known in _ALL_OBJECTS and not equal:
            return _refused_key(it, it.evaluate(one, env), {known}, env)
        if (known is True or known is False) and isinstance(one, ir.Call):
            return it.refined(one, env, outcome=bool(known) == equal)
    return None


_BEGINNINGS: Final = frozenset({"slice", "substring", "substr"})


def _is_length(call: ir.Call, text: ir.Expr) -> bool:
    """`path.slice(0, root.length)` and `root`: as much of one text as the other one is long."""
    if len(call.args) != 2 or not isinstance(call.args[0].value, ir.Const) or call.args[0].value.value != 0:  # noqa: PLR2004 -- from, to
        return False
    end = call.args[1].value
    if not isinstance(end, ir.Attr) or end.name != "length":
        return False
    return isinstance(text, ir.Name) and isinstance(end.base, ir.Name) and text.id == end.base.id


def _refused_key(it: Machine, key: Value, names: Collection[object], env: Env) -> Env:
    """A key that is none of some names. `__proto__` is one way to what all objects share, `constructor.prototype` the other one."""
    bits = it.context.knowledge.kind_bits
    mask = (bits.get(NO_PROTO, 0) if PROTOTYPE in names else 0) | (bits.get(NO_CONSTRUCTOR, 0) if _CONSTRUCTORS.intersection(names) else 0)
    both = bits.get(NO_PROTO, 0) | bits.get(NO_CONSTRUCTOR, 0)
    labels = flatten(key)
    if mask and labels and all((taint.mask | mask) & both == both for taint in labels.values()):
        mask |= bits.get(KEY, 0)
    return proofs.protect(it, env, key, mask)


def none_of(it: Machine, test: ir.Logic, env: Env) -> Env:
    """A letter that is none of many (`!(c === ";" || c === "|" || ...)`): what is put together of such letters holds none of them."""
    letters: dict[str, set[str]] = {}
    nodes: dict[str, ir.Expr] = {}
    stack: list[ir.Expr] = [test.left, test.right]
    while stack:
        node = stack.pop()
        if isinstance(node, ir.Logic) and node.op == "or":
            stack.extend((node.left, node.right))
        elif (
            isinstance(node, ir.Compare)
            and node.op in {"==", "==="}
            and isinstance(node.right, ir.Const)
            and isinstance(node.left, ir.Index | ir.Name)
        ):
            place = node.left.id if isinstance(node.left, ir.Name) else place_of(node.left)
            if place and isinstance(node.right.value, str) and len(node.right.value) == 1:
                letters.setdefault(place, set()).add(node.right.value)
                nodes[place] = node.left
    for place, refused_ones in letters.items():
        mask = 0
        for kind, core in _CORE.items():
            if refused_ones.issuperset(core):
                mask |= it.context.knowledge.kind_bits.get(kind, 0)
        if mask:
            node = nodes[place]
            env = proofs.protect(it, env, it.evaluate(node, env), mask) if isinstance(node, ir.Name) else proofs.settle(it, node, dict(env), mask)
    return env


_CORE: Final[dict[str, str]] = {"command": ";|&$<>()`\\\"'\n", "html": "<>\"'", "sql": "'\"\\", "header": "\r\n", "log": "\r\n"}
"""The letters without which an unquoted word of a command line stays one or becomes several words, a text in markup stays text, and so on."""


def ordered(it: Machine, test: ir.Compare, env: Env, *, outcome: bool) -> Env:
    """`list.indexOf(x) >= 0`, `> -1`, `< 0`."""
    if isinstance(test.left, ir.Call) and isinstance(test.left.func, ir.Attr) and test.left.func.name in _POSITIONS:
        bound = it.evaluate(test.right, env).const
        if (test.op, bound) in {(">=", 0), (">", -1)}:
            return refined_position(it, test.left, env, found=outcome)
        if (test.op, bound) in {("<", 0), ("<=", -1)}:
            return refined_position(it, test.left, env, found=not outcome)
    for size, most, fits in ((test.left, test.right, {"<", "<="}), (test.right, test.left, {">", ">="})):
        if isinstance(size, ir.Attr) and size.name == "length" and (test.op in fits) == outcome and not flatten(it.evaluate(most, env)):
            # Not longer than that: nothing that takes time by the length of a text takes much.
            return proofs.protect(it, env, it.evaluate(size.base, env), it.context.knowledge.kind_bits.get(SLOW_MATCH, 0))
    return dict(env)


def refined_position(it: Machine, call: ir.Call, env: Env, *, found: bool) -> Env:
    """A search that found something, or nothing."""
    if not call.args or not isinstance(call.func, ir.Attr):
        return dict(env)
    if call.func.name == "search":
        return (_tested if found else _searched)(it, call.args[0].value, call.func.base, env)
    if call.func.name == "findIndex":
        return dict(env)
    return _member(it, call.args[0].value, call.func.base, env, inside=found)


def called(it: Machine, test: ir.Call, env: Env, *, outcome: bool) -> Env | None:  # noqa: C901, PLR0912 -- one form after the other
    """What a call that came out one way proves by its form; None where its form says nothing."""
    func = test.func
    if isinstance(func, ir.Name) and func.id == "Boolean" and func.id not in env and len(test.args) == 1:
        return it.refined(test.args[0].value, env, outcome=outcome)
    if isinstance(func, ir.Name) and func.id == "isNaN" and func.id not in env and test.args and not outcome:
        return _a_number(it, test.args[0].value, env)
    if not isinstance(func, ir.Attr) or not test.args:
        return None
    first = test.args[0].value
    if func.name == "isNaN" and not outcome:
        return _a_number(it, first, env)
    if (asked := owned(test)) is not None:
        return _own(it, *asked, env) if outcome else dict(env)
    if func.name in _MEMBERS:
        if len(test.args) > 1 and isinstance(it.evaluate(func.base, env).ref, NameRef):
            # A library's function instead of the collection's own (`_.includes(NAMES, name)`).
            return _member(it, test.args[1].value, first, env, inside=outcome)
        return _member(it, first, func.base, env, inside=outcome)
    if func.name == "test":
        return _tested(it, func.base, first, env) if outcome else _searched(it, func.base, first, env)
    if func.name == "exec":
        return _tested(it, func.base, first, env) if outcome else _searched(it, func.base, first, env)
    if func.name == "match":
        return _tested(it, first, func.base, env) if outcome else _searched(it, first, func.base, env)
    if func.name == "some" and outcome and isinstance(first, program.Closure):
        return _among(it, func.base, first.function, env)
    if func.name in {"some", "every"} and isinstance(first, program.Closure):
        return _quantified(it, func.base, first.function, env, outcome=outcome) if (func.name == "every") == outcome else dict(env)
    if func.name == "startsWith" and it.evaluate(first, env).const == "..":
        return dict(env) if outcome else below_root(it, func.base, env)
    if func.name == "endsWith" and outcome:
        return proofs.protect(it, env, it.evaluate(func.base, env), it.context.knowledge.kind_bits.get(ORIGIN, 0))
    return None


def _a_number(it: Machine, node: ir.Expr, env: Env) -> Env | None:
    """`isNaN(Number(x))`, `isNaN(+x)` that came out false: all of x reads as a number."""
    if isinstance(node, ir.Call) and isinstance(node.func, ir.Name) and node.func.id == "Number" and len(node.args) == 1:
        node = node.args[0].value
    elif isinstance(node, ir.Binary) and node.op == "-":
        node = node.left
    elif isinstance(node, ir.Call):
        return None
    everything = it.context.knowledge.every_kind
    return proofs.settle(it, node, proofs.protect(it, env, it.evaluate(node, env), everything), everything)


def _typed(it: Machine, node: ir.Expr, word: Value, env: Env) -> Env:
    """`typeof x === "string"`: no object, so no operators and no keys in it; a number carries nothing."""
    knowledge = it.context.knowledge
    value = it.evaluate(node, env)
    if word.const in _SCALARS:
        return proofs.settle(it, node, proofs.protect(it, env, value, knowledge.every_kind), knowledge.every_kind)
    if word.const != "string":
        return dict(env)
    mask = it.context.objects_only
    return proofs.settle(it, node, proofs.protect(it, env, value, mask), mask)


def _no_prototype(it: Machine, node: ir.Expr, env: Env) -> Env:
    """`object === Object.prototype`, however it comes out: a program that asks sees to it."""
    env = dict(env)
    if isinstance(node, ir.Name) and node.id in env:
        held = env[node.id]
        env[node.id] = Value(held.labels, const=held.const, type_=held.type, ref=held.ref, parts=held.parts, derived=True)
    elif isinstance(node, ir.Index) and node.key is not None:
        return proofs.protect(it, env, it.evaluate(node.key, env), it.context.knowledge.kind_bits.get(KEY, 0))
    return env


def owned(test: ir.Call) -> tuple[ir.Expr, ir.Expr] | None:
    """The object and the key, where a call asks whether the one has the other itself."""
    func = test.func
    if not isinstance(func, ir.Attr) or not test.args:
        return None
    first = test.args[0].value
    if len(test.args) > 1 and (func.name == "hasOwn" or (func.name == "call" and isinstance(func.base, ir.Attr) and func.base.name in _OWN)):
        return first, test.args[1].value
    return (func.base, first) if func.name in _OWN else None


def _own(it: Machine, owner: ir.Expr, key: ir.Expr, env: Env) -> Env:
    """`owner.hasOwnProperty(key)`: what the object has itself is not what all share, unless the keys are taken from this very object."""
    held, value = it.evaluate(owner, env), it.evaluate(key, env)
    entries = it.frame.entries
    origins = {entries[number][:3] for number in held.labels}
    if origins and origins.intersection(entries[number][:3] for number in flatten(value)):
        return dict(env)
    env = proofs.member_of(it, key, owner, env) if held.parts and not held.labels else env
    return proofs.protect(it, env, value, it.context.knowledge.kind_bits.get(KEY, 0))


def _member(it: Machine, item: ir.Expr, collection: ir.Expr, env: Env, *, inside: bool) -> Env:
    """An allow-list, or a list of names that are refused: `__proto__` among them makes what is not in it no way to the prototype."""
    held = it.evaluate(collection, env)
    names = {part.const for part in held.parts.values()} & _ALL_OBJECTS
    if inside and names:
        # One of the program's own names, and of those that a key must not be.
        bits = it.context.knowledge.kind_bits
        keys = bits.get(KEY, 0) | bits.get(NO_PROTO, 0) | bits.get(NO_CONSTRUCTOR, 0)
        return proofs.protect(it, env, it.evaluate(item, env), it.context.knowledge.every_kind & ~keys)
    if inside:
        return proofs.member_of(it, item, collection, env)
    if names:
        return _refused_key(it, it.evaluate(item, env), names, env)
    tested = it.evaluate(item, env)
    if tested.const in _ALL_OBJECTS:
        return _refused_key(it, held, {tested.const}, env)
    parts = it.origins.get(collection.id) if isinstance(collection, ir.Name) else collection
    if isinstance(parts, ir.Call) and isinstance(parts.func, ir.Attr) and parts.func.name == "split":
        if tested.const == ".." and (below := below_root(it, parts.func.base, env)) is not None:
            return below
        held = it.evaluate(parts.func.base, env)  # none of a path's parts is that
    return proofs.not_upwards(it, tested.const, held, env) or dict(env)


def _pattern(value: Value) -> tuple[str, str] | None:
    pattern, flags = value.parts.get(".source", NOTHING).const, value.parts.get(".flags", NOTHING).const
    return (pattern, flags) if isinstance(pattern, str) and isinstance(flags, str) and set(flags) <= _HARMLESS_FLAGS else None


def matched_elsewhere(it: Machine, test: ir.Call, env: Env) -> bool:
    """`NAME.test(x)` where NAME is another module's."""
    if not isinstance(test.func, ir.Attr) or test.func.name not in MATCHING:
        return False
    pattern = it.evaluate(test.func.base, env)
    return (isinstance(pattern.type, GlobalType) or isinstance(pattern.ref, NameRef)) and _pattern(pattern) is None


MATCHING: Final = frozenset({"test", "exec"})
"""Methods of regular expressions that say whether a text is as they want it."""


def _tested(it: Machine, pattern: ir.Expr, subject: ir.Expr, env: Env) -> Env:
    """A match of a constant expression that is closed at both ends: safe for the kinds whose letters it cannot hold."""
    written = _pattern(it.evaluate(pattern, env))
    translated = python_pattern(*written) if written is not None else None
    env = proofs.protect(it, env, it.evaluate(subject, env), it.context.knowledge.kind_bits.get(ORIGIN, 0))
    if translated is None:
        return env
    kinds = _OF_THE_SITE if begins_at_root(translated) else _OF_A_HOST if begins_with_host(translated) else ()
    mask = mask_of(kinds, it.context.knowledge.kind_bits)
    if mask:
        env = proofs.settle(it, subject, proofs.protect(it, env, it.evaluate(subject, env), mask), mask)
    letters = admitted(translated, full=False) if translated.startswith(_AT_START) else None
    return dict(env) if letters is None else proofs.harmless(it, letters, it.evaluate(subject, env), env, subject)


def matched_kinds(context: Context, expression: Value) -> int:
    """The kinds for which a text is safe that a constant expression, closed at both ends, has matched."""
    written = _pattern(expression)
    translated = python_pattern(*written) if written is not None else None
    letters = admitted(translated, full=False) if translated is not None and translated.startswith(_AT_START) else None
    return 0 if letters is None else proofs.harmless_kinds(context, letters)


_AT_START: Final = ("^", "(?i)^", "(?i:^")
_OF_THE_SITE: Final = ("redirect", "dom-url", "html-attr-url")
_OF_A_HOST: Final = ("url", "redirect", "dom-url", "html-attr-url", "electron-load")
"""What an address does no harm in that is a path of the site, or leads to a host that the program names."""


def _searched(it: Machine, pattern: ir.Expr, subject: ir.Expr, env: Env) -> Env:
    """A search for letters that found none of them."""
    written = _pattern(it.evaluate(pattern, env))
    translated = python_pattern(*written) if written is not None else None
    if translated is not None and (names := {name for name in _ALL_OBJECTS if name in translated}):
        env = _refused_key(it, it.evaluate(subject, env), names, env)
    if translated is not None and finds_ways_up(translated):
        return proofs.not_upwards(it, "..", it.evaluate(subject, env), env) or dict(env)
    # Letters of either case do the same harm, which is none.
    letters = refused(translated.removeprefix("(?i)")) if translated is not None else None
    return dict(env) if letters is None else proofs.harmless(it, letters, it.evaluate(subject, env), env, subject)


def _quantified(it: Machine, source: ir.Expr, function: program.Function, env: Env, *, outcome: bool) -> Env | None:
    """`list.every(ok)` that came out true, `list.some(bad)` that came out false: each element is what the function says of it."""
    asked = _asked(it, function)
    if asked is None:
        return None
    name, test = asked
    held = it.evaluate(source, env)
    item = it.element(held)
    inner: dict[str, Value] = {**env, name: item}
    after = it.refined(test, inner, outcome=outcome).get(name, NOTHING)
    gained = proofs.gain(item, after, it.context.knowledge.every_kind)
    return proofs.protect(it, env, held, gained) if gained else dict(env)


def asked_of_each(it: Machine, source: ir.Expr, function: program.Function, env: Env) -> int:
    """The kinds for which the elements are safe that a function says yes of (`list.filter(ok)`)."""
    asked = _asked(it, function)
    if asked is None:
        return 0
    name, test = asked
    item = it.element(it.evaluate(source, env))
    inner: dict[str, Value] = {**env, name: item}
    return proofs.gain(item, it.refined(test, inner, outcome=True).get(name, NOTHING), it.context.knowledge.every_kind)


def _asked(it: Machine, function: program.Function) -> tuple[str, ir.Expr] | None:
    """The parameter and the question of a function that does nothing but ask."""
    params = [param for param in function.params if param.name != it.context.language.explicit]
    body = [statement for statement in function.body if not isinstance(statement, program.Scope)]
    if len(params) != 1 or len(body) != 1 or not isinstance(body[0], program.Return) or body[0].value is None:
        return None
    return params[0].name, body[0].value


def _among(it: Machine, source: ir.Expr, function: program.Function, env: Env) -> Env | None:
    """`KNOWN.some((known) => known === x)`: x is one of them."""
    asked = _asked(it, function)
    if asked is None:
        return None
    name, test = asked
    after = it.refined(test, {**env, name: it.element(it.evaluate(source, env))}, outcome=True)
    if name in env:
        after[name] = env[name]
    else:
        after.pop(name, None)
    return after


def _first_part(it: Machine, node: ir.Expr) -> ir.Expr | None:
    """The path whose first part an expression is (`inside.split(path.sep)[0]`)."""
    if not isinstance(node, ir.Index) or not isinstance(node.key, ir.Const) or node.key.value != 0:
        return None
    parts = it.origins.get(node.base.id) if isinstance(node.base, ir.Name) else node.base
    return parts.func.base if isinstance(parts, ir.Call) and isinstance(parts.func, ir.Attr) and parts.func.name == "split" else None


def below_root(it: Machine, node: ir.Expr, env: Env) -> Env | None:
    """`path.relative(root, x)` that does not begin with `..`, or is empty: what it was made of lies below the root, or is it."""
    origin: ir.Expr | None = node
    origins: Mapping[str, ir.Expr] = it.origins
    if isinstance(node, ir.Name):
        origin = origins.get(node.id)
    if not isinstance(origin, ir.Call) or not isinstance(origin.func, ir.Attr) or origin.func.name != "relative":
        return None
    mask = mask_of(PATHS, it.context.knowledge.kind_bits)
    return proofs.protect(it, env, it.evaluate(node, env), mask | it.context.knowledge.kind_bits.get(NORMALISED, 0))
