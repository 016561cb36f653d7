"""Misuses: calls, stores and decorators that a rule forbids for what they are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.conditions import holds, named_for
from scanner.taint.facts import MisuseSite
from scanner.taint.knowledge import Test
from scanner.taint.local.arguments import slot_node
from scanner.taint.local.leftopen import defaults, elsewhere, leave_open
from scanner.taint.local.purposes import mentioned
from scanner.taint.local.targets import resolve
from scanner.taint.refs import ClosureRef, NameRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scanner.taint.ir import Constant
    from scanner.taint.knowledge import Condition, MisuseRule
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine
    from scanner.taint.local.values import Value
    from scanner.taint.refs import CalleeRef

_MOST_STEPS = 12  # back from an argument to where its text begins
_DRAWING = r"(?i)^_?(?:get|make|create|gen|generate)?_?(?:pseudo)?_?(?:rand|u?uid|guid|unique|nano_?id|short_?id|chars?$|string$|code$|id$)"
_LEADING = frozenset(
    {"os.path.join", "os.path.abspath", "os.path.realpath", "os.path.normpath", "pathlib.Path", "builtins.str", "os.fspath"}
    | {"path.join", "path.resolve", "path.normalize", "path.posix.join", "builtins.String"}
)


def note_misuses(  # noqa: PLR0913, PLR0917 -- a place, its names and its arguments
    it: Machine,
    place: tuple[int, int],
    names: Iterable[str],
    known: Mapping[str, Constant | CalleeRef],
    slots: Mapping[str, Value],
    env: Env,
    node: ir.Call | None = None,
) -> None:
    """Note every misuse rule whose call (or store, or decorator) this is and whose conditions hold."""
    for name in names:
        for rule in it.context.knowledge.misuse_rules.get(name, ()):
            if rule.requires and not it.context.imports(rule.requires):
                continue
            if rule.unsure:
                if holds(rule.when if node is None else judged(it, node, rule.when, env), known, slots):
                    # What is passed may say as well what it is for: `md5(password)`.
                    words = mentioned(it, node) if node is not None else ()
                    sure = bool(rule.inside) and named_for(rule.inside, it.frame.qualname, it.naming, *words)
                    unseen = it.context.language.keyed and not words  # what it is given does not show
                    it.misuse(MisuseSite(rule.rule_id, *place, it.frame.qualname, name, unsure=not sure and not unseen))
                continue
            if rule.inside and not named_for(rule.inside, it.frame.qualname, it.naming):
                # A function that draws something says so in its name; what for, its callers say.
                if named_for(_DRAWING, it.frame.qualname) and holds(rule.when if node is None else judged(it, node, rule.when, env), known, slots):
                    it.misuse(MisuseSite(rule.rule_id, *place, it.frame.qualname, name, unnamed=True))
                continue
            when = rule.when if node is None else judged(it, node, rule.when, env)
            if holds(when, known, slots):
                it.misuse(MisuseSite(rule.rule_id, *place, it.frame.qualname, name))
            elif node is not None and not it.context.language.keyed:
                _hold_open(it, node, name, rule, when, known, slots, env)


def _hold_open(  # noqa: PLR0913, PLR0917 -- a call and a rule
    it: Machine,
    node: ir.Call,
    name: str,
    rule: MisuseRule,
    when: tuple[Condition, ...],
    known: Mapping[str, Constant | CalleeRef],
    slots: Mapping[str, Value],
    env: Env,
) -> None:
    """A misuse whose conditions do not hold here, and may all the same: by a constant of another module, or by a parameter's default."""
    functions = elsewhere(it, node, known, env)
    if functions:
        leave_open(it, node, name, known, slots, functions)
    for slot, number, default in defaults(it, slots, env):
        if any(slot in condition.slots for condition in when) and holds(when, {**known, slot: default}, slots):
            it.misuse(MisuseSite(rule.rule_id, node.at, node.end, it.frame.qualname, name, number))


def judged(it: Machine, node: ir.Call, when: tuple[Condition, ...], env: Env) -> tuple[Condition, ...]:
    """Conditions without those that only the code before the call can tell, and that hold."""
    if all(condition.test is not Test.BEGINS for condition in when):
        return when
    return tuple(condition for condition in when if condition.test is not Test.BEGINS or not _begins(it, node, condition, env))


def _begins(it: Machine, node: ir.Call, condition: Condition, env: Env) -> bool:  # noqa: C901 -- one form after the other
    """Whether an argument's text begins with what one of a condition's functions returns, followed through the local variables it was made in."""
    start = next((found for slot in condition.slots if (found := slot_node(node, slot)) is not None), None)
    origins: Mapping[str, ir.Expr] = it.origins
    for _ in range(_MOST_STEPS):
        match start:
            case ir.Name(id=name) if name in origins:
                start = origins[name]
            case ir.Binary(op="+" | "/" | "%", left=left):
                start = left
            case ir.Format(parts=parts) if parts:
                start = parts[0]
            case ir.Call(func=ir.Attr(base=base, name="encode" | "format")):
                start = base
            case ir.Call(args=args):
                target = resolve(it, start, env)
                names = target.names
                if any(name in condition.values for name in names):
                    return True
                if isinstance(target.ref, NameRef | ClosureRef) and (made := it.host.returned(target.ref)) is not None:
                    start, origins = made  # names in there are that function's own
                    continue
                if not args or not any(name in _LEADING for name in names):
                    return False
                start = args[0].value
            case ir.Const(value=str(text)):
                return text.startswith(tuple(map(str, condition.values)))
            case ir.Const(value=bytes(text)):
                return text.startswith(tuple(str(value).encode() for value in condition.values))
            case _:
                return False
    return False
