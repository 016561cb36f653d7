"""Tests of several things at once: `all(...)`, `any(...)`, `next(...)`, and lists of what answers a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.local import characters, pathtests
from scanner.taint.local.proofs import gain, protect
from scanner.taint.local.values import NOTHING

if TYPE_CHECKING:
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine

QUANTIFIERS = frozenset({"all", "any", "bool", "next"})


def asked(it: Machine, test: ir.Call, env: Env, *, outcome: bool) -> Env:
    """`all(c in SAFE for c in x)`: a guard of what is iterated, when it comes out true; `any(bad(c) for c in x)` when it comes out false."""
    name = test.func.id if isinstance(test.func, ir.Name) else ""
    if not test.args or (len(test.args) > 1 and name != "next"):
        return dict(env)
    inner = test.args[0].value
    if name == "bool":
        return it.refined(inner, env, outcome=outcome)
    if outcome and name in {"any", "next"} and isinstance(inner, ir.Comprehension):
        if not all(isinstance(other.value, ir.Const) and not other.value.value for other in test.args[1:]):
            return dict(env)  # what is given where there is none may be true as well
        return _among(it, inner, env, element=name == "any")
    if not isinstance(inner, ir.Comprehension) or len(inner.clauses) != 1 or (name == "all") != outcome:
        return dict(env)
    target, iterable, conditions = inner.clauses[0]
    if conditions or not isinstance(target, ir.Name):
        return dict(env)
    if (letters := _letters(inner.element, target.id, outcome=outcome)) is not None:
        tested = characters.among(it, iterable, letters, env)
        if tested is not None:
            return tested
    if name == "any" and (apart := pathtests.without(it, iterable, inner.element, target.id, env)) is not None:
        return apart
    source = it.evaluate(iterable, env)
    scope = dict(env)
    item = it.element(source)
    scope[target.id] = item
    after = it.refined(inner.element, scope, outcome=outcome).get(target.id, NOTHING)
    gained = gain(item, after, it.context.knowledge.every_kind)
    return protect(it, env, source, gained) if gained else dict(env)


def _letters(test: ir.Expr, item: str, *, outcome: bool) -> ir.Expr | None:
    """What each element is among when a test of it came out like this: `SAFE` in `c in SAFE`, and in `c not in SAFE` that is false."""
    if isinstance(test, ir.Not):
        return _letters(test.value, item, outcome=not outcome)
    if not isinstance(test, ir.Compare) or test.op not in {"in", "not-in"} or (test.op == "in") != outcome:
        return None
    return test.right if isinstance(test.left, ir.Name) and test.left.id == item else None


def filtered(it: Machine, test: ir.Comprehension, env: Env, outcome: bool) -> Env:  # noqa: FBT001 -- one signature for all
    """`[row for row in TABLE if row.name == x]` as a test: there is such a row. A generator is true whatever it yields."""
    return _among(it, test, env, element=False) if outcome and test.kind in {"list", "set", "dict"} else dict(env)


def _among(it: Machine, node: ir.Comprehension, env: Env, *, element: bool) -> Env:
    """What it proves of the variables around a comprehension that there is an element for which all its conditions hold, and it is true itself."""
    target, iterable, conditions = node.clauses[0]
    if len(node.clauses) != 1 or not isinstance(target, ir.Name):
        return dict(env)
    scope = dict(env)
    scope[target.id] = it.element(it.evaluate(iterable, env))
    for condition in (*conditions, node.element) if element else conditions:
        scope = it.refined(condition, scope, outcome=True)
    return {name: held if name == target.id else scope.get(name, held) for name, held in env.items()}
