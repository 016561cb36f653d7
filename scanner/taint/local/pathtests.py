"""Tests of names and paths that come out negative: no separator in it, not absolute, no way up among its parts, no hyphen at its start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint import ir
from scanner.taint.kinds import DOTLESS, PATHS, REDIRECT, RELATIVE, mask_of
from scanner.taint.local.proofs import UPWARDS, not_upwards, protect, settle
from scanner.taint.local.targets import resolve
from scanner.taint.local.values import Value, flatten

if TYPE_CHECKING:
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine

_SEPARATORS: Final = frozenset({"/"})
_SPLITS: Final = frozenset({"split", "rsplit"})
_UP_FROM_HERE: Final = UPWARDS | {".."}


def lacks(it: Machine, test: ir.Compare, env: Env) -> Env | None:
    """The environment once `left in right` is known to be false; None where that says nothing of a path."""
    searched = it.evaluate(test.left, env).const
    whole = pieces_of(it, test.right, env)
    if whole is not None:
        return not_upwards(it, searched, whole, env) if searched == ".." else None
    value = it.evaluate(test.right, env)
    if value.type in {"list", "tuple", "set", "dict"}:
        return None  # of what is a part of one of its elements it says nothing
    return _isolated(it, test.right, value, env) if searched in _SEPARATORS else not_upwards(it, searched, value, env)


def pieces_of(it: Machine, node: ir.Expr, env: Env) -> Value | None:
    """The path that an expression lists the parts of: `path.split("/")`, `Path(path).parts`."""
    if isinstance(node, ir.Attr) and node.name == "parts":
        return it.evaluate(node.base, env)
    if not isinstance(node, ir.Call) or not isinstance(node.func, ir.Attr) or node.func.name not in _SPLITS or not node.args:
        return None
    separator = it.evaluate(node.args[0].value, env).const
    return it.evaluate(node.func.base, env) if isinstance(separator, str) and separator in {"/", "\\"} else None


def without(it: Machine, iterable: ir.Expr, test: ir.Expr, item: str, env: Env) -> Env | None:
    """The environment once none of a path's parts is known to pass a test: `part == ".."`, `part in ("", "..")`."""
    if not isinstance(test, ir.Compare) or not isinstance(test.left, ir.Name) or test.left.id != item:
        return None
    other = it.evaluate(test.right, env)
    refused = other.const == ".." if test.op == "==" else test.op == "in" and any(part.const == ".." for part in other.parts.values())
    whole = pieces_of(it, iterable, env) if refused else None
    return None if whole is None else not_upwards(it, "..", whole, env)


def failed(it: Machine, test: ir.Call, names: tuple[str, ...], env: Env) -> Env | None:
    """The environment once a call that asks how a path is made has come out false; None where it asks something else."""
    if isinstance(test.func, ir.Attr) and test.func.name == "startswith" and test.args:
        return _not_prefixed(it, test.func.base, it.evaluate(test.args[0].value, env), env)
    if isinstance(test.func, ir.Attr) and test.func.name == "is_absolute":
        return _relative(it, it.evaluate(test.func.base, env), env)
    if not test.args:
        return None
    if "os.path.isabs" in names:
        return _relative(it, it.evaluate(test.args[0].value, env), env)
    if "os.path.dirname" in names:
        return _isolated(it, test.args[0].value, it.evaluate(test.args[0].value, env), env)
    return None


def empty(it: Machine, origin: ir.Expr, env: Env) -> Env | None:
    """The environment once a variable that came from here is known to be empty: the directory of a path that has none."""
    if isinstance(origin, ir.Index) and isinstance(origin.key, ir.Const) and origin.key.value == 0:
        made, wanted = origin.base, "os.path.split"
    else:
        made, wanted = origin, "os.path.dirname"
    if not isinstance(made, ir.Call) or not made.args or wanted not in resolve(it, made, env).names:
        return None
    return _isolated(it, made.args[0].value, it.evaluate(made.args[0].value, env), env)


def _not_prefixed(it: Machine, node: ir.Expr, prefix: Value, env: Env) -> Env | None:
    starts = [prefix.const] if prefix.known else [part.const for part in prefix.parts.values()] if prefix.type in {"tuple", "list"} else []
    value = it.evaluate(node, env) if starts else None
    if value is None or not flatten(value):
        return None
    bits = it.context.knowledge.kind_bits
    if "-" in starts:
        mask = bits.get("argument", 0)
        return settle(it, node, protect(it, env, value, mask), mask)
    if "//" in starts and isinstance(node, ir.Attr) and node.name == "path":
        mask = bits.get(REDIRECT, 0)  # what was asked for begins with one slash at least
        return settle(it, node, protect(it, env, value, mask), mask)
    if not _UP_FROM_HERE.isdisjoint(starts) and _is_relpath(it, node, env):
        return _isolated(it, node, value, env)
    return _relative(it, value, env) if "/" in starts else None


def _is_relpath(it: Machine, node: ir.Expr, env: Env) -> bool:
    """Whether a path was made relative to a directory, so that what does not lie in that begins with `..`."""
    origin = it.origins.get(node.id) if isinstance(node, ir.Name) else node
    return isinstance(origin, ir.Call) and "os.path.relpath" in resolve(it, origin, env).names


def _isolated(it: Machine, node: ir.Expr, value: Value, env: Env) -> Env | None:
    """A name that lies where it is put."""
    if not flatten(value):
        return None
    mask = mask_of(PATHS, it.context.knowledge.kind_bits)
    return settle(it, node, protect(it, env, value, mask), mask)


def _relative(it: Machine, value: Value, env: Env) -> Env | None:
    """A path that is not absolute, and safe where no way up is in it either."""
    labels = flatten(value)
    if not labels:
        return None
    bits = it.context.knowledge.kind_bits
    dotless = bits.get(DOTLESS, 0)
    safe = all(taint.mask & dotless for taint in labels.values())
    return protect(it, env, value, mask_of(PATHS, bits) if safe else bits.get(RELATIVE, 0))
