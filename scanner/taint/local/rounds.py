"""What looking at each element proves of all: a loop that nothing bad gets past, `forEach` with a function that throws, `filter`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint import ir, program
from scanner.taint.facts import Pending
from scanner.taint.local import keyed, proofs
from scanner.taint.local.functions import is_closure
from scanner.taint.local.scope import binds
from scanner.taint.local.values import NOTHING, Value, flatten, masked

if TYPE_CHECKING:
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine

_LEFT: Final = "~left"  # no variable is called that
_PLAIN: Final = program.Assign | program.Declare | program.Augment | program.Evaluate | program.Scope


def gone_through(it: Machine, node: program.Loop, walked: Value, env: Env) -> Env:
    """The environment behind `for (const item of list) { if (bad(item)) throw ... }`, where nothing else leaves the loop early."""
    return _looked_at(it, node.target.id, node.body, walked, env) if isinstance(node.target, ir.Name) else env


def for_each(it: Machine, node: ir.Call, env: Env) -> Env:
    """The environment behind `list.forEach((item) => { if (bad(item)) throw ... })`."""
    if not isinstance(node.func, ir.Attr) or node.func.name != "forEach" or not node.args or not isinstance(node.args[0].value, program.Closure):
        return env
    function = node.args[0].value.function
    params = [param for param in function.params if param.name != it.context.language.explicit]
    return _looked_at(it, params[0].name, function.body, it.evaluate(node.func.base, env), env, returns=False) if params else env


def _looked_at(it: Machine, name: str, body: program.Block, walked: Value, env: Env, *, returns: bool = True) -> Env:  # noqa: PLR0913 -- one round, seen from all sides
    """The environment once each element of `walked` has been through a body that calls it `name`; `returns` says that a return leaves for good."""
    leaving = program.Raise | program.Return if returns else program.Raise
    item = it.element(walked)
    inner: Env = {**env, name: item}
    for statement in body:
        if isinstance(statement, program.If) and not statement.orelse and statement.then and isinstance(statement.then[-1], leaving):
            inner = it.refined(statement.test, inner, outcome=False)
        elif not isinstance(statement, _PLAIN):
            break  # from here on, an element may have been left alone
    gained = proofs.gain(item, inner.get(name, NOTHING), it.context.knowledge.every_kind)
    return proofs.protect(it, env, walked, gained) if gained and not binds(body, name) else env


def made_own(it: Machine, node: program.If, env: Env) -> Env:
    """The environment behind `if (!object[key] || !hasOwnProperty.call(object, key)) object[key] = {}`: the object has the key itself, either way."""
    if node.orelse or len(node.then) != 1:
        return env
    stored = node.then[0]
    if not isinstance(stored, program.Assign) or not isinstance(stored.target, ir.Index) or not isinstance(stored.value, ir.Mapping | ir.Call):
        return env
    owner, key = stored.target.base, stored.target.key
    if not isinstance(owner, ir.Name) or not isinstance(key, ir.Name) or flatten(it.evaluate(stored.value, env)):
        return env
    for test in _either(node.test):
        asked = keyed.owned(test.value) if isinstance(test, ir.Not) and isinstance(test.value, ir.Call) else None
        if asked is None:
            continue
        if isinstance(asked[0], ir.Name) and isinstance(asked[1], ir.Name) and (asked[0].id, asked[1].id) == (owner.id, key.id):
            return it.refined(test, env, outcome=False)
    return env


def _either(test: ir.Expr) -> list[ir.Expr]:
    """The tests one of which is enough."""
    found: list[ir.Expr] = []
    waiting = [test]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ir.Logic) and node.op == "or":
            waiting.extend((node.right, node.left))
        else:
            found.append(node)
    return found


def let_through(it: Machine, node: ir.Call, result: Value, env: Env) -> Value:
    """What `list.filter(ok)` gives: of its elements those that `ok` says yes of, which is known here or else to the linker."""
    if not it.context.language.keyed or not isinstance(node.func, ir.Attr) or node.func.name != "filter" or not node.args:
        return result
    asked = node.args[0].value
    if isinstance(asked, program.Closure):
        mask = keyed.asked_of_each(it, node.func.base, asked.function, env)
        return masked(result, mask) if mask else result
    if not isinstance(asked, ir.Name | ir.Attr) or not flatten(result) or not is_closure(it.evaluate(asked, env).ref):
        return result
    # As if what is left were passed to it here: whole, for it was asked of each of the elements.
    it.evaluate(ir.Call(asked, (ir.Arg(ir.Name(_LEFT, asked.at, asked.end)),), asked.at, asked.end), {**env, _LEFT: result})
    number = it.frame.call_number(asked.at, asked.end)
    return result if number is None else masked(result, 0, (Pending(number, "0", "true"),))
