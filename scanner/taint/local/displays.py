"""Displays: lists, tuples, sets, mappings and comprehensions, with their contents by position and key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint import ir
from scanner.taint.facts import KEYS
from scanner.taint.kinds import ARGUMENT
from scanner.taint.local.members import component
from scanner.taint.local.stores import bind, named_sinks
from scanner.taint.local.values import NOTHING, TAKEN, Value, flatten, join, join_labels, masked, with_part

if TYPE_CHECKING:
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine
    from scanner.taint.local.values import Labels


_NO_MORE_OPTIONS: Final = "--"
_VALUED: Final = (
    "author branch database date depth directory file format host max-count message name origin output password port prefix reference since"
    " separate-git-dir target title until user"
)
_WITH_VALUE: Final = frozenset(f"--{name}" for name in _VALUED.split())
"""Options that take what stands behind them for their value, whatever it begins with."""


def sequence(it: Machine, node: ir.Sequence, env: Env) -> Value:
    """A list, tuple or set display: contents by position; after a spread, and in a set, at any position.

    What stands behind `--` is no option of the program that the list may be the arguments of.
    """
    value = Value(type_=node.kind or None)
    exact = node.kind != "set"
    safe, valued = 0, False
    for position, item in enumerate(node.items):
        if isinstance(item, ir.Spread):
            spread = it.evaluate(item.value, env)
            value = with_part(value, "*", masked(it.frame.read(spread, "*"), safe))
            exact = valued = False
        else:
            part = it.evaluate(item, env)
            if part.const == _NO_MORE_OPTIONS:
                safe = it.context.knowledge.kind_bits.get(ARGUMENT, 0)
            elif safe:
                part = masked(part, safe)
            elif valued:
                part = masked(part, it.context.knowledge.kind_bits.get(ARGUMENT, 0))
            valued = isinstance(part.const, str) and part.const in _WITH_VALUE
            value = with_part(value, f"[{position}]" if exact or part.known else "*", part)
    return value


def mapping(it: Machine, node: ir.Mapping, env: Env) -> Value:
    """A dictionary or object display: contents by constant key."""
    value = Value(type_="dict")
    if it.context.language.explicit:
        it.define_object(node, env)
    for key, item in node.items:
        part = it.evaluate(item, env)
        if key is None and it.context.language.keyed and part.labels and not part.derived:
            value = _with_all(it, value, part)
        elif key is None:
            for where, inner in part.parts.items():
                value = with_part(value, where, inner)
            if part.labels or not part.parts:
                value = with_part(value, "*", it.frame.read(Value(part.labels), "*"))
                value = with_part(value, KEYS, it.frame.read(Value(part.labels), KEYS)) if part.labels else value
        else:
            name = it.evaluate(key, env)
            where = component(it, name)
            named_sinks(it, name, part, item.at, item.end)
            if where.startswith((".$", "[$")) and (part.labels or part.parts):
                part = _operand(it, where, part)
            value = with_part(value, where, part)
            if where == "*" and flatten(name):
                value = with_part(value, KEYS, name)
    return value


def _with_all(it: Machine, value: Value, part: Value) -> Value:
    """An object display after all was spread into it that something from outside holds: under each key what that has there, or perhaps has."""
    parts = dict(value.parts)
    for where, held in value.parts.items():
        if where not in part.parts and where not in {"*", KEYS}:
            # What is switched on here is most likely still on: a constant is kept for conditions, and whoever reads it gets what it may be.
            parts[where] = _perhaps(held, it.frame.extended(part.labels, where))
    parts[KEYS] = join(parts.get(KEYS, NOTHING), it.frame.read(part, KEYS))
    parts.setdefault("*", NOTHING)  # what else there is does not show
    whole = Value(join_labels(value.labels, part.labels), type_=value.type, parts=parts)
    for where, inner in part.parts.items():
        # What was taken out of the one, the other may have.
        whole = with_part(whole, where, value.parts.get(where, TAKEN) if inner is TAKEN else inner)
    return whole


def _perhaps(held: Value, labels: Labels) -> Value:
    """What stands under a key, or what has these labels."""
    joined = join(held, Value(labels))
    return Value(joined.labels, const=held.const, type_=held.type, ref=held.ref, parts=joined.parts) if held.known else joined


def _operand(it: Machine, operator: str, value: Value) -> Value:
    """What stands under an operator of a query: a value, whatever is in it, or code, also where it is text."""
    bits = it.context.knowledge.kind_bits
    bit, literal = bits.get("nosql", 0), bits.get("regex", 0)
    name = operator.strip("[.]")
    if name in _OPERANDS:
        return masked(value, bit)
    if name in _CODE:
        # An expression in which nothing has a meaning of its own finds the text itself.
        escaped = literal if name == "$regex" else 0
        labels = {key: taint if taint.mask & escaped else taint._replace(mask=taint.mask & ~bit) for key, taint in flatten(value).items()}
        return Value(labels, type_=value.type, parts={}, derived=value.derived)
    return value


_OPERANDS = frozenset({"$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin"})
_CODE = frozenset({"$where", "$function", "$accumulator", "$regex"})


def spread(it: Machine, node: ir.Spread, env: Env) -> Value:
    """A spread outside a display: its elements."""
    return it.frame.read(it.evaluate(node.value, env), "*")


def comprehension(it: Machine, node: ir.Comprehension, env: Env) -> Value:
    """A comprehension, in an environment of its own."""
    inner = dict(env)
    for target, iterable, conditions in node.clauses:
        bind(it, target, it.element(it.evaluate(iterable, inner)), inner)
        for condition in conditions:
            it.evaluate(condition, inner)
            inner = it.refined(condition, inner, outcome=True)
    if node.key is None:
        return Value(type_=node.kind or "list", parts={"*": it.evaluate(node.element, inner)})
    key = it.evaluate(node.key, inner)
    where = component(it, key)
    parts = {where: it.evaluate(node.element, inner)}
    if where == "*" and flatten(key):
        parts[KEYS] = key
    return Value(type_="dict", parts=parts)
