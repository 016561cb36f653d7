"""Comparisons: their outcome where both sides are known, and secrets that are compared letter by letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.facts import SinkSite
from scanner.taint.local.values import UNKNOWN, Unknown, Value

if TYPE_CHECKING:
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine


def compare(it: Machine, node: ir.Compare, env: Env) -> Value:
    """A comparison: a truth value, known where both sides are."""
    left, right = it.evaluate(node.left, env), it.evaluate(node.right, env)
    keyed = it.context.language.keyed
    if node.op in _LETTER_BY_LETTER and not left.known and not right.known and not (keyed and _last_name(node.left) == _last_name(node.right)):
        for mine, other, secret in ((left, right, node.right), (right, left, node.left)):
            given = node.left if secret is node.right else node.right
            if mine.labels and (_is_secret(other, secret, _SECRET_IN_CAMEL_CASE if keyed else _SECRET) or _is_signature_beside(it, secret, given)):
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


_MOST_STEPS = 12  # back from a value to the call that made it
_KEYED_HASHES = frozenset({"createHmac", "hmac.new", "hmac.HMAC", "hmac.digest"})
_SPELT = frozenset({"digest", "hexdigest", "update", "toString", "toLowerCase", "lower", "decode"})  # methods that only put it another way
_SIGNS = re.compile(
    r"(?i)^_*(?:(?:create|compute|calculate|generate|make|get|build|expected)_?)?(?:sign|(?:payload_?)?signature|hmac|mac)(?:_?for)?$"
)
_SIGNED = re.compile(r"(?i)(?:^|_|[a-z](?=[A-Z]))(?:sig|signature|hmac|mac|digest|hash|tag|token|checksum)$")


def _is_signature_beside(it: Machine, node: ir.Expr, given: ir.Expr) -> bool:
    """Whether an expression is a signature compared with what is none: of two that are both hashed under a key, the time tells nothing."""
    return _is_signature(it, node, given) and not _is_signature(it, given, node)


def _is_signature(it: Machine, node: ir.Expr, given: ir.Expr) -> bool:
    """Whether an expression is a hash under a key, or what a function that signs made for comparison with a signature that was given."""
    for _ in range(_MOST_STEPS):
        match node:
            case ir.Name(id=name) if name in it.origins and it.origins[name] is not node:
                node = it.origins[name]
            case ir.Binary(op="+", left=ir.Const(), right=other):
                node = other
            case ir.Format(parts=parts) if parts and all(isinstance(part, ir.Const) for part in parts[:-1]):
                node = parts[-1]
            case ir.Call(func=func) if _dotted(func) in _KEYED_HASHES or _last_name(func) == "createHmac":
                return True
            case ir.Call(func=ir.Attr(base=base, name=name)) if name in _SPELT:
                node = base
            case ir.Call(func=func):
                return bool(_SIGNS.search(_last_name(func)) and _dotted(func) != "Math.sign" and _SIGNED.search(_last_name(given)))
            case ir.Await(value=value):
                node = value
            case _:
                return False
    return False


def _dotted(node: ir.Expr) -> str:
    """`base.name` of a function that is called, where its base is a name."""
    return f"{node.base.id}.{node.name}" if isinstance(node, ir.Attr) and isinstance(node.base, ir.Name) else ""


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
