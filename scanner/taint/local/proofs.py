"""Proofs: values that a test has shown to be harmless, and everything that comes from where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint import ir
from scanner.taint.facts import EntryKind
from scanner.taint.kinds import DOTLESS, NORMALISED, ORIGIN, PATHS, RELATIVE, mask_of
from scanner.taint.local.places import place_of
from scanner.taint.local.values import Value, flatten, mask_labels, masked, reached_by

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from scanner.taint.charset import Letters
    from scanner.taint.facts import Entry, Pending
    from scanner.taint.local.context import Context
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine


def proven(it: Machine, node: ir.Expr, value: Value, env: Env) -> Env:
    """The environment once an expression is known to be something that an attacker does not choose."""
    bits, everything = it.context.knowledge.kind_bits, it.context.knowledge.every_kind
    if isinstance(node, ir.Bind):
        node = node.target
    made = taken(it, node, env)
    if made is None:
        return settle(it, node, protect(it, env, value, everything), everything)
    # A part of something (`splitext(name)[1]`, `urlsplit(address).scheme`) or what was made from it says nothing of the rest; only a URL's host does.
    mask = mask_of(_PARTS_OF_ADDRESSES.get(_member(made), ()), bits)
    if mask:
        env = protect(it, env, value, mask)
    if isinstance(node, ir.Name) and node.id in env:
        it.frame.guarded = True
        return {**env, node.id: masked(env[node.id], everything)}
    return settle(it, node, dict(env), everything)


_MOST_STEPS = 6  # assignments looked through for what a variable was made of
_SPELLINGS: Final = (
    "lower upper casefold swapcase title capitalize strip lstrip rstrip encode decode replace expandtabs join format toLowerCase toUpperCase trim"
    " trimStart trimEnd normalize replaceAll toString str bytes unicode text_type String unquote unquote_plus quote quote_plus decodeURIComponent"
    " encodeURIComponent abspath normpath realpath normcase expanduser resolve fspath Path PurePath force_str force_text smart_str"
)
RESPELLED: Final = frozenset(_SPELLINGS.split())
"""Functions and methods that spell the whole of a text differently: a proof about the result is one about the text."""


def _member(made: ir.Expr) -> str:
    """The attribute that an expression takes, also by its position in what `urlsplit` returns."""
    match made:
        case ir.Attr(name=name):
            return name
        case ir.Index(base=ir.Call(func=ir.Name(id="urlsplit" | "urlparse") | ir.Attr(name="urlsplit" | "urlparse")), key=ir.Const(value=1)):
            return "netloc"
        case _:
            return ""


def taken(it: Machine, node: ir.Expr, env: Env) -> ir.Expr | None:
    """The expression that took a part of a text, or made something else of it, where that is what is tested and not the whole of it."""
    for _ in range(_MOST_STEPS):
        match node:
            case ir.Name(id=name) if name in it.origins:
                node = it.origins[name]
            case ir.Await(value=inner) | ir.Bind(value=inner):
                node = inner
            case ir.Call(func=ir.Attr(base=base, name=name), args=args) if name in RESPELLED:
                node = args[0].value if args and not flatten(it.evaluate(base, env)) else base
            case ir.Call(func=ir.Name(id=name), args=args) if name in RESPELLED and args:
                node = args[0].value
            case ir.Index(base=base, key=None):
                return node if it.evaluate(base, env).type not in {"list", "tuple"} else None
            case ir.Name() | ir.Attr() | ir.Index():
                return node if it.evaluate(node, env).derived else None
            case ir.Call():
                return node if it.evaluate(node, env).derived else None
            case _:
                return None
    return None


_ELSEWHERE: Final = ("url", "redirect", "electron-load", ORIGIN)
_SCRIPTS: Final = ("dom-url", "html-attr-url")
_PARTS_OF_ADDRESSES: Final = {
    "netloc": _ELSEWHERE,
    "hostname": _ELSEWHERE,
    "host": _ELSEWHERE,
    "origin": (*_ELSEWHERE, *_SCRIPTS),  # that of `javascript:` is none
    "protocol": _SCRIPTS,
}
"""What it proves of an address that one of its parts is one that the program knows: a host may stand behind `javascript:` as well."""


def trusted(it: Machine, value: Value) -> bool:
    """Whether a collection is the program's own: a variable of a module, or an attribute of an object, into which nobody looks from here."""
    return all(_kept(it, it.frame.entries[key]) for key in flatten(value))


def _kept(it: Machine, entry: Entry) -> bool:
    own = entry.kind is EntryKind.PARAM and entry.number == 0 and bool(entry.path) and bool(it.receiver_name)
    return own or entry.kind in _KEPT


_KEPT = frozenset({EntryKind.GLOBAL, EntryKind.FIELD})


def same_text(node: ir.Call) -> bool:
    """Whether a call only spells its receiver differently (case), so that equality of its result binds the receiver."""
    return isinstance(node.func, ir.Attr) and node.func.name in {"lower", "upper", "casefold", "get", "toLowerCase", "toUpperCase", "toString"}


def member_of(it: Machine, left: ir.Expr, right: ir.Expr, env: Env) -> Env:
    """`left in right`: an allow-list, unless the right side is text (a substring test proves nothing) or untrusted itself."""
    item, collection = it.evaluate(left, env), it.evaluate(right, env)
    if isinstance(left, ir.Call) and not same_text(left):
        return dict(env)  # `x.strip("'") in NAMES` speaks of what is left of x
    own = trusted(it, collection) or _listed(it, right, env)
    if not own and flatten(item).keys().isdisjoint(flatten(collection)):
        return protect(it, env, item, it.context.knowledge.kind_bits.get(ORIGIN, 0))
    if not flatten(item) or not own or collection.type == "str" or (isinstance(collection.const, str) and collection.type not in _SETS):
        return dict(env)
    if not (collection.parts or collection.ref is not None or collection.type is not None or isinstance(right, ir.Name | ir.Attr | ir.Call)):
        return protect(it, env, item, it.context.knowledge.kind_bits.get(ORIGIN, 0))
    changed = proven(it, left, item, env)
    single = next(iter(collection.parts.values()), None) if len(collection.parts) == 1 else None
    if isinstance(left, ir.Name) and single is not None and single.known:
        changed[left.id] = single
    return changed


_SETS: Final = frozenset({"set", "frozenset", "list", "tuple"})  # of the letters of a constant text: a member is one of them


def _listed(it: Machine, node: ir.Expr, env: Env) -> bool:
    """Whether a collection is what a method without arguments lists of something of the program's own (`User.columns.keys()`)."""
    match node:
        case ir.Call(func=ir.Attr(base=base), args=()):
            return trusted(it, it.evaluate(base, env))
        case _:
            return False


def harmless(it: Machine, letters: Letters, subject: Value, env: Env, node: ir.Expr | None = None) -> Env:
    """The environment once a text is known to hold no other letters; `node` is the expression that was tested, where that is no variable."""
    mask = harmless_kinds(it.context, letters)
    if not mask:
        return dict(env)
    env = protect(it, env, subject, mask)
    return env if node is None else settle(it, node, env, mask)


def harmless_kinds(context: Context, letters: Letters) -> int:
    """The kinds for which a text that holds no other letters is safe."""
    mask = 0
    for kind, bit in context.knowledge.kind_bits.items():
        if not kind.startswith("~") and letters.harmless_for(kind):
            mask |= bit
    return mask


UPWARDS: Final = frozenset({"..", "../", "..\\"})
"""What leads out of a directory, as programs search for it."""


def as_safe_as(it: Machine, one: ir.Expr, other: ir.Expr, env: Env) -> Env:
    """`name == os.path.basename(name)`: what is equal to the result of a sanitizer is as safe as that."""
    theirs = flatten(it.evaluate(other, env))
    if not theirs or not isinstance(one, ir.Name | ir.Attr | ir.Index):
        return env
    mask = it.context.knowledge.every_kind
    for taint in theirs.values():
        mask &= taint.mask
    mine = it.evaluate(one, env)
    if all(not mask & ~taint.mask for taint in flatten(mine).values()):
        return env
    return settle(it, one, protect(it, env, mine, mask), mask)


def not_upwards(it: Machine, searched: object, subject: Value, env: Env) -> Env | None:
    """The environment once a text is known not to hold what leads out of a directory; None where something else was searched for.

    It may still be an absolute path. Of a path that is normalised already it says nothing: there the way up has been gone.
    """
    bits = it.context.knowledge.kind_bits
    normalised = bits.get(NORMALISED, 0)
    labels = flatten(subject)
    if searched not in UPWARDS or not labels or any(taint.mask & normalised for taint in labels.values()):
        return None
    relative = bits.get(RELATIVE, 0)
    stays = all(taint.mask & relative for taint in labels.values())
    return protect(it, env, subject, mask_of(PATHS, bits) if stays else bits.get(DOTLESS, 0))


def gain(before: Value, after: Value, everything: int) -> int:
    """The kinds for which every label became safe."""
    if after.known and flatten(before):
        return everything
    labels = flatten(after)
    if not labels:
        return everything if flatten(before) else 0
    mask = everything
    for taint in labels.values():
        mask &= taint.mask
    return mask


def settle(it: Machine, node: ir.Expr, env: Env, mask: int) -> Env:
    """Remember what a test proved of a place that is no variable of this function (`self.column`, `args["x"]`), for when it is read again."""
    place = place_of(node)
    if place:
        _settle(it, place, env, mask)
    return env


def _settle(it: Machine, place: str, env: Env, mask: int) -> None:
    it.settled = True
    held = env.get(place)
    env[place] = Value(const=mask | held.const if held is not None and isinstance(held.const, int) else mask)


def protect(it: Machine, env: Env, value: Value, mask: int, pending: tuple[Pending, ...] = ()) -> Env:
    """Make everything safe that comes from where a tested value comes from: the variable tested, and those whose labels are all among its labels."""
    tested = flatten(value)
    changed = dict(env)
    if not tested or not (mask or pending):
        return changed
    it.frame.guarded = True
    keys = tested.keys()
    for name, held in env.items():
        if held.parts or (held.labels and held.labels.keys() <= keys):
            after = _shielded(it, held, keys, mask, pending)
            if after is not held:
                changed[name] = after
        elif pending and len(held.labels) > 1 and not keys.isdisjoint(held.labels) and _but_for_effects(it, held, keys):
            labels = {key: taint for key, taint in held.labels.items() if key in keys}
            changed[name] = Value({**held.labels, **mask_labels(labels, mask, pending)}, type_=held.type, ref=held.ref, derived=held.derived)
    for key in keys if mask else ():
        entry = it.frame.entries[key]
        if entry.kind is EntryKind.CAPTURED and not entry.path and (name := entry.name.rpartition(":")[2]) not in env:
            _settle(it, f"={name}", changed, mask)  # a variable of an enclosing function
    return changed


def _but_for_effects(it: Machine, held: Value, tested: AbstractSet[int]) -> bool:
    """Whether a value is what was tested, and has only been passed to functions since. What those left in it was not tested."""
    return all(key in tested or it.frame.entries[key].kind is EntryKind.EFFECT for key in held.labels)


def _shielded(it: Machine, held: Value, tested: AbstractSet[int], mask: int, pending: tuple[Pending, ...]) -> Value:
    labels = held.labels
    if labels and labels.keys() <= tested:
        if mask == it.context.knowledge.every_kind and not held.parts:
            return Value(mask_labels(labels, mask), type_=held.type, ref=held.ref, derived=it.context.language.keyed)  # a number, and no object
        return masked(held, mask, pending)
    if not held.parts:
        return held
    parts: dict[str, Value] | None = None
    for key, part in held.parts.items():
        after = _shielded(it, part, tested, mask, pending) if part.labels or part.parts else part
        if after is not part:
            parts = dict(held.parts) if parts is None else parts
            parts[key] = after
    if parts is None:
        return held
    after = Value(labels, const=held.const, type_=held.type, ref=held.ref, parts=parts, derived=held.derived)
    return reached_by(after, held.reached)  # by which keys an object was reached no test of what lies in it changes
