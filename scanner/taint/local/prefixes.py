"""Tests of how a text begins: a path that begins with a directory, an address that begins with a host."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scanner.taint import ir
from scanner.taint.kinds import NEARLY_CONTAINED, NORMALISED, ORIGIN, PATHS, mask_of
from scanner.taint.local.captures import owner_of
from scanner.taint.local.proofs import protect, settle
from scanner.taint.local.targets import resolve
from scanner.taint.local.values import NOTHING, Value, flatten
from scanner.taint.refs import NameRef

if TYPE_CHECKING:
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine

_FRESH_DIRECTORIES = frozenset({"tempfile.mkdtemp", "tempfile.TemporaryDirectory"})  # no name beside theirs starts with it
_SCRIPTS: Final = ("dom-url", "html-attr-url")
_NO_SCRIPT = re.compile(r"[/?#]|(?:https?|ftp|mailto|tel|wss?|file|blob):", re.IGNORECASE)  # how addresses begin that run nothing
_HOST = re.compile(r"[\w+.-]+://[^/?#\\]+[/?#]")


def prefixed(it: Machine, test: ir.Call, slots: dict[str, Value], env: Env) -> Env | None:
    """`path.startswith(root + os.sep)` after normalisation: contained; without the separator, nearly so. Before normalising, it proves nothing."""
    receiver = slots.get("self", NOTHING)
    if not flatten(receiver) or not test.args:
        return None
    prefix = slots.get("0", NOTHING)
    starts = [prefix] if prefix.known else list(prefix.parts.values()) if prefix.type in {"tuple", "list"} and not prefix.labels else []
    bits = it.context.knowledge.kind_bits
    if starts and all(isinstance(start.const, str) and _NO_SCRIPT.match(start.const) for start in starts):
        mask = mask_of(_SCRIPTS, bits)
        env = protect(it, env, receiver, mask)
        env = settle(it, test.func.base, env, mask) if isinstance(test.func, ir.Attr) else env
    if starts and all(isinstance(start.const, str) and _HOST.match(start.const) for start in starts):
        return protect(it, env, receiver, bits.get("url", 0) | bits.get("redirect", 0))  # a scheme, a host and what ends it
    if not normalised(it, receiver):
        return protect(it, env, receiver, it.context.knowledge.kind_bits.get(ORIGIN, 0))
    contained = _ends_in_separator(it, test.args[0].value, env)
    return protect(it, env, receiver, path_mask(it) if contained else it.context.knowledge.kind_bits.get(NEARLY_CONTAINED, 0))


def beneath(it: Machine, collection: ir.Expr, env: Env) -> Env | None:
    """`root in path.parents` after normalisation: the path is inside. None where something else is asked."""
    if not isinstance(collection, ir.Attr) or collection.name != "parents":
        return None
    path = it.evaluate(collection.base, env)
    return protect(it, env, path, path_mask(it)) if normalised(it, path) else None


def normalised(it: Machine, value: Value) -> bool:
    """Whether no `..` and no link is left in a path, whatever it came from."""
    bit = it.context.knowledge.kind_bits.get(NORMALISED, 0)
    labels = flatten(value)
    return bool(bit) and bool(labels) and all(taint.mask & bit for taint in labels.values())


def _ends_in_separator(it: Machine, node: ir.Expr, env: Env) -> bool:
    """Whether a prefix ends in a path separator, as far as its expression shows, or names a directory that was just made under a random name."""
    match node:
        case ir.Binary(op="+", right=right):
            return _ends_in_separator(it, right, env)
        case ir.Format(parts=parts) if parts:
            return _ends_in_separator(it, parts[-1], env)
        case ir.Sequence(items=items) if items:
            return all(_ends_in_separator(it, item, env) for item in items)
        case ir.Call(func=ir.Attr(name="join"), args=args) if args:
            return _ends_in_separator(it, args[-1].value, env) or it.evaluate(args[-1].value, env).const == ""
        case ir.Call() if not _FRESH_DIRECTORIES.isdisjoint(resolve(it, node, env).names):
            return True
        case _:
            value = it.evaluate(node, env)
            if isinstance(value.const, str):
                return value.const.endswith(("/", "\\"))
            if isinstance(value.ref, NameRef):
                return value.ref.name in {"os.sep", "os.path.sep", "path.sep"}
            origin = _origin(it, node.id, env) if isinstance(node, ir.Name) else None
            return origin is not None and not isinstance(origin, ir.Name) and _ends_in_separator(it, origin, env)


def _origin(it: Machine, name: str, env: Env) -> ir.Expr | None:
    """What a variable was last assigned, also one of an enclosing function that nobody assigns to from within."""
    if name in env or it.outer is None:
        return it.origins.get(name)
    owner = owner_of(it, name)
    return None if owner is it or name in owner.frame.rewritten else owner.origins.get(name)


def path_mask(it: Machine) -> int:
    """The kinds for which a path is safe that lies below a directory."""
    return mask_of(PATHS, it.context.knowledge.kind_bits)
