"""Expressions: from IR to abstract values. The forms that are about other expressions, and the table of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir, program
from scanner.taint.facts import REJECTED
from scanner.taint.local.calls import call
from scanner.taint.local.comparisons import compare
from scanner.taint.local.displays import comprehension, mapping, sequence, spread
from scanner.taint.local.members import attribute, index
from scanner.taint.local.names import name
from scanner.taint.local.operators import binary, logic, negation
from scanner.taint.local.pieces import formatted
from scanner.taint.local.stores import assign
from scanner.taint.local.values import NOTHING, Value, flatten, join
from scanner.taint.refs import AnyRef, ClosureRef

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine


def constant(it: Machine, node: ir.Const, env: Env) -> Value:  # noqa: ARG001 -- one signature for all
    """A literal."""
    return Value(const=node.value, type_="str" if isinstance(node.value, str) else None)


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


def bind(it: Machine, node: ir.Bind, env: Env) -> Value:
    """An assignment inside an expression."""
    value = it.evaluate(node.value, env)
    assign(it, node.target, value, env, node.at, node.end)
    return value


def closure(it: Machine, node: program.Closure, env: Env) -> Value:
    """A function as a value: analysed here, where its surroundings are known."""
    qualname = it.define(node.function, env)
    return Value(ref=ClosureRef(qualname))


def awaited(it: Machine, node: ir.Await, env: Env) -> Value:
    """`await value`: the value, since calls of coroutines are taken for their results."""
    value = it.evaluate(node.value, env)
    if REJECTED not in value.parts:
        return value
    parts = {component: part for component, part in value.parts.items() if component != REJECTED}
    return Value(value.labels, const=value.const, type_=value.type, ref=value.ref, parts=parts, derived=value.derived)


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
    program.Closure: closure,
    ir.Await: awaited,
    ir.Yield: yielded,
    ir.Opaque: opaque,
    ir.Call: call,
}
