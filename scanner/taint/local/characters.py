"""Characters: texts that were tested letter by letter against a set of them, and texts that some were taken out of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint import ir
from scanner.taint.charset import Letters, refused
from scanner.taint.kinds import DOTLESS, PATHS, REDIRECT, mask_of
from scanner.taint.local.pieces import before
from scanner.taint.local.proofs import harmless, harmless_kinds, protect, trusted
from scanner.taint.local.values import NOTHING, Value, flatten, masked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine

CUTTING: Final = frozenset(
    {
        "re.sub",
        "re.Pattern.sub",
        "os.path.normpath",
        "os.path.relpath",
        "str.lstrip",
        "str.replace",
        "urllib.parse.urlunparse",
        "urllib.parse.urlunsplit",
    }
)
"""Functions whose result may be safe for what they took out of a text, or left in it."""

_SETS: Final = frozenset({"set", "frozenset", "list", "tuple"})
_ASCII: Final = 128
_WHOLLY: Final = 2  # arguments of a replacement that leaves none of what it looks for
_MORE = {"re.sub": ("3", "4", "count", "flags"), "re.Pattern.sub": ("2", "count")}


def cut(it: Machine, node: ir.Call, name: str, slots: Mapping[str, Value], result: Value) -> Value:
    """The result of a function that takes something out of a text, safe for the kinds whose metacharacters are among that."""
    if not result.labels:
        return result
    if name == "os.path.normpath":
        # From the root no way leads further up: what is left is a path without `..`, though an absolute one.
        return masked(result, it.context.knowledge.kind_bits.get(DOTLESS, 0)) if _is_rooted(it, node) else result
    if name == "os.path.relpath":
        start = slots.get("1", slots.get("start", NOTHING)).const
        return masked(result, mask_of(PATHS, it.context.knowledge.kind_bits)) if start == "/" and _is_rooted(it, node) else result
    if name == "str.replace":
        gone = slots.get("0", NOTHING).const == ".." and "." not in str(slots.get("1", NOTHING).const)
        return masked(result, it.context.knowledge.kind_bits.get(DOTLESS, 0)) if gone and len(node.args) == _WHOLLY else result
    if name.startswith("urllib."):
        given = slots.get("0", NOTHING).parts
        own = all(given.get(place, NOTHING).const == "" for place in ("[0]", "[1]"))  # without a scheme and a host it stays on this site
        return masked(result, it.context.knowledge.kind_bits.get(REDIRECT, 0)) if own else result
    if name == "str.lstrip":
        taken = slots.get("0", NOTHING).const
        bits = it.context.knowledge.kind_bits
        dotless = bits.get(DOTLESS, 0)
        whole = isinstance(taken, str) and "/" in taken and all(taint.mask & dotless for taint in flatten(result).values())
        return masked(result, mask_of(PATHS - {"upload-name"}, bits)) if whole else result
    letters = _left(name, slots)
    return result if letters is None else masked(result, harmless_kinds(it.context, letters))


def _is_rooted(it: Machine, node: ir.Call) -> bool:
    """Whether a path begins with a slash, whatever follows: `"/" + name`, `os.path.join("/", name)`."""
    given = node.args[0].value if node.args else None
    if isinstance(given, ir.Binary) and given.op == "+":
        first = given.left
    elif isinstance(given, ir.Format) and given.parts:
        first = given.parts[0]
    elif isinstance(given, ir.Call) and isinstance(given.func, ir.Attr) and given.func.name == "join" and given.args:
        first = given.args[0].value
    else:
        return False
    return before(it, first, it.evaluate(first, {}), {}).startswith("/")


def _left(name: str, slots: Mapping[str, Value]) -> Letters | None:
    """The letters of a text out of which a constant pattern took all it found; None where that is no set of letters, or not all were taken."""
    if any(slot in slots for slot in _MORE[name]):
        return None
    method = name != "re.sub"
    pattern = slots.get("self", NOTHING).parts.get("[pattern]", NOTHING) if method else slots.get("0", slots.get("pattern", NOTHING))
    instead = slots.get("0" if method else "1", slots.get("repl", NOTHING)).const
    if not isinstance(pattern.const, str) or not isinstance(instead, str) or "\\" in instead:
        return None
    found = refused(pattern.const)
    if found is None:
        return None
    admitted = found.admitted | frozenset(min(ord(letter), _ASCII) for letter in instead)
    return Letters(admitted, ord(".") not in admitted)


def named(it: Machine, node: ir.Expr, env: Env) -> Letters | None:
    """The letters that an expression lists: a constant text, a set or a list of single ones, in a variable or as it stands."""
    if isinstance(node, ir.Call) and isinstance(node.func, ir.Name) and node.func.id in _SETS and len(node.args) == 1:
        node = node.args[0].value
    value = it.evaluate(node, env)
    if isinstance(value.const, str):
        listed = value.const
    elif value.parts and not value.labels and all(isinstance(part.const, str) and len(part.const) == 1 for part in value.parts.values()):
        listed = "".join(str(part.const) for part in value.parts.values())
    else:
        return None
    admitted = frozenset(min(ord(letter), _ASCII) for letter in listed)
    return Letters(admitted, ord(".") not in admitted)


def compared(it: Machine, test: ir.Compare | ir.Call, env: Env) -> Env | None:
    """The environment once `set(x) <= LISTED` or `set(x).issubset(LISTED)` is known to be true; None where something else was asked."""
    if isinstance(test, ir.Compare):
        text = _spread(it, test.left, env) if test.op in {"<=", "<"} else None
        return None if text is None else _subset(it, text, test.right, env)
    func = test.func
    if not isinstance(func, ir.Attr) or func.name != "issubset" or not test.args:
        return None
    text = _spread(it, func.base, env)
    return None if text is None else _subset(it, text, test.args[0].value, env)


def _spread(it: Machine, node: ir.Expr, env: Env) -> ir.Expr | None:
    """The text whose letters an expression is the set of: `set(name)`."""
    if isinstance(node, ir.Call) and isinstance(node.func, ir.Name) and node.func.id in {"set", "frozenset"} and len(node.args) == 1:
        return node.args[0].value if flatten(it.evaluate(node.args[0].value, env)) else None
    return None


def among(it: Machine, text: ir.Expr, letters: ir.Expr, env: Env) -> Env | None:
    """The environment once all letters of a text are known to be among some; None where nobody knows which those are."""
    known = named(it, letters, env)
    return None if known is None else harmless(it, known, it.evaluate(text, env), env, None if isinstance(text, ir.Name) else text)


def _subset(it: Machine, values: ir.Expr, listed: ir.Expr, env: Env) -> Env:
    """The environment once the set of what a text or a list holds is known to be a part of another (`set(names) <= ALLOWED`)."""
    found = among(it, values, listed, env)
    if found is not None:
        return found
    collection = it.evaluate(listed, env)
    if collection.type == "str" or not collection.parts or not trusted(it, collection):
        return dict(env)
    return protect(it, env, it.evaluate(values, env), it.context.knowledge.every_kind)
