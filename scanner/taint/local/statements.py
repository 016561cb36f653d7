"""Statements: what each does to the environment. A result of None says that nothing gets past it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir, program
from scanner.taint.facts import SinkSite
from scanner.taint.local import guards, jsonschema, members, ownkeys, proofs
from scanner.taint.local.annotations import annotation, checked
from scanner.taint.local.assertions import asserted
from scanner.taint.local.context import first
from scanner.taint.local.misuses import note_misuses
from scanner.taint.local.names import module_value
from scanner.taint.local.returns import returns
from scanner.taint.local.rounds import for_each, gone_through, made_own
from scanner.taint.local.scope import binds, imported
from scanner.taint.local.stores import assign, bind
from scanner.taint.local.targets import resolve
from scanner.taint.local.values import NOTHING, Value, flatten, join
from scanner.taint.refs import ClosureRef, ItemType, NameRef, capped

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.taint.local.called import Target
    from scanner.taint.local.frame import Env
    from scanner.taint.local.interpreter import Interpreter
    from scanner.taint.refs import TypeRef


def _assign(it: Interpreter, node: program.Assign, env: Env) -> Env:
    outer, it.naming = it.naming, _called(node.target)
    value = it.evaluate(node.value, env)
    it.naming = outer
    _keep(it, node, node.value, value, env)
    if isinstance(node.target, ir.Sequence):
        for position, item in enumerate(node.target.items):
            if isinstance(item, ir.Name):
                it.origins[item.id] = ir.Index(node.value, ir.Const(position, item.at, item.end), item.at, item.end)
    elif isinstance(node.target, ir.Mapping):
        for key, item in node.target.items:
            if isinstance(item, ir.Name) and isinstance(key, ir.Const) and isinstance(key.value, str):
                taken = it.origins[item.id] = ir.Attr(node.value, key.value, item.at, item.end)
                if it.settled and item.id in env:
                    env[item.id] = jsonschema.settled(it, taken, env[item.id], env)
    return env


def _keep(it: Interpreter, node: program.Assign | program.Declare, given: ir.Expr, value: Value, env: Env) -> None:
    """Store a value that was evaluated just now. A variable remembers what it was given, and the test that this was."""
    made = given.value if isinstance(given, ir.Await) else given
    if it.called is not None and it.called[0] is made and made.args and not it.context.language.keyed:
        guards.came_back_with(it, *it.called, env)
    assign(it, node.target, value, env, node.at, node.end)
    if isinstance(node.target, ir.Name):
        it.origins[node.target.id] = given
        if isinstance(made, ir.Call | ir.Compare | ir.Logic | ir.Not | ir.Comprehension):
            it.verdicts[node.target.id] = (made, env[node.target.id])


def _called(target: ir.Expr) -> str:
    """What a variable or an attribute is called; empty for anything else."""
    return target.id if isinstance(target, ir.Name) else target.name if isinstance(target, ir.Attr) else ""


_ANYTHING = ("object", "typing.Any", "typing.ClassVar")  # annotations that say nothing


def _declare(it: Interpreter, node: program.Declare, env: Env) -> Env:
    """An annotated assignment: the annotation is the type, whatever the value is."""
    type_ = annotation(it, node.annotation, env)
    if isinstance(node.target, ir.Name) and it.frame.qualname.endswith(".<class>") and type_ not in _ANYTHING and not it.context.language.keyed:
        # Of a field, the value is a default, or what describes it (`Field(gt=0)`).
        it.host.attribute(it.owner_class, node.target.id, Value(type_=checked(it, node.annotation, env, type_)))
    if node.value is not None:
        outer, it.naming = it.naming, _called(node.target)
        value = it.evaluate(node.value, env)
        it.naming = outer
        if type_ is not None and value.type is None:
            value = Value(value.labels, const=value.const, type_=type_, ref=value.ref, parts=value.parts)
        _keep(it, node, node.value, value, env)
    elif type_ is not None:
        # No value yet: a dataclass's field, or a name bound later.
        if isinstance(node.target, ir.Name) and node.target.id not in env:
            env[node.target.id] = Value(type_=type_)
        elif isinstance(node.target, ir.Attr):
            it.host.attribute(it.evaluate(node.target.base, env).type, node.target.name, Value(type_=type_))
    return env


def _augment(it: Interpreter, node: program.Augment, env: Env) -> Env:
    operation = ir.Binary(node.op, node.target, node.value, node.at, node.end)
    outer, it.naming = it.naming, _called(node.target)
    value = it.evaluate(operation, env)
    it.naming = outer
    assign(it, node.target, value, env, node.at, node.end)
    return env


def _evaluate(it: Interpreter, node: program.Evaluate, env: Env) -> Env | None:
    it.called = None
    it.evaluate(node.value, env)
    if isinstance(node.value, ir.Call):
        target = _whom(it, node.value, env)
        if isinstance(node.value.func, ir.Name | ir.Attr) and _never_returns(it, target):
            return None
        if it.context.language.keyed:
            env = for_each(it, node.value, env)
        return guards.returned(it, node.value, target, env)
    return env


def _whom(it: Interpreter, node: ir.Call, env: Env) -> Target:
    """Whom a call calls that was evaluated just now."""
    return it.called[1] if it.called is not None and it.called[0] is node else resolve(it, node, env)


_NEVER = frozenset({"sys.exit", "os._exit", "os.abort", "builtins.exit", "builtins.quit"})


def _never_returns(it: Interpreter, target: Target) -> bool:
    if it.host.never and target.ref is not None:
        own = target.ref.name if isinstance(target.ref, NameRef) else f"{it.context.scope.module}.{getattr(target.ref, 'qualname', '')}"
        if own in it.host.never:
            return True
    names = target.names
    return bool(names) and (names[0] in _NEVER or names[0] in it.context.knowledge.never_returns)


def _branch(it: Interpreter, node: program.If, env: Env) -> Env | None:
    test = it.evaluate(node.test, env)
    if test.known:
        return it.run(node.then if test.const else node.orelse, it.refined(node.test, env, outcome=bool(test.const)))
    then = it.run(node.then, it.refined(node.test, env, outcome=True))
    orelse = it.run(node.orelse, it.refined(node.test, env, outcome=False))
    if then is None and orelse is None:
        return None
    ended = it.joined(then, orelse)
    return made_own(it, node, ended) if it.context.language.keyed else ended


def _loop(it: Interpreter, node: program.Loop, env: Env) -> Env | None:
    it.loops.append(([], []))
    # Twice lets data go round once; inner loops of a deep nest go once, or the work would double with each level.
    rounds = 2 if len(it.loops) <= 2 else 1  # noqa: PLR2004
    before = env
    after: Env | None = env
    walked = it.evaluate(node.iterable, env) if node.iterable is not None and it.context.language.keyed else NOTHING
    for _ in range(rounds):
        start = dict(before)
        after = it.run(node.body, _loop_start(it, node, start))
        breaks, continues = it.loops[-1]
        for other in continues:
            after = it.joined(after, other) if after is not None else other
        before = it.joined(before, after)
        continues.clear()
    breaks, _ = it.loops.pop()
    ended: Env | None = before
    if node.test is not None:
        test = it.evaluate(node.test, before)
        ended = None if test.known and test.const else it.refined(node.test, before, outcome=False)
    if ended is not None and not breaks and (walked.labels or walked.parts):
        ended = gone_through(it, node, walked, ended)
    ended = it.run(node.orelse, ended) if ended is not None else None
    for other in breaks:
        ended = it.joined(ended, other) if ended is not None else other
    return ended


def _loop_start(it: Interpreter, node: program.Loop, env: Env) -> Env | None:
    if node.test is not None:
        test = it.evaluate(node.test, env)
        return None if test.known and not test.const else it.refined(node.test, env, outcome=True)
    if node.iterable is not None and node.target is not None:
        walked = it.evaluate(node.iterable, env)
        item = it.element(walked)
        bind(it, node.target, members.arriving(it, walked, item) if node.awaits else item, env)
        if it.context.language.keyed:
            ownkeys.loop(it, node)
    return env


def _switch(it: Interpreter, node: program.Switch, env: Env) -> Env | None:  # noqa: C901 -- one case after the other, as it runs
    subject = it.evaluate(node.subject, env)
    ended: Env | None = None
    rest: Env | None = env
    for case in node.cases:
        if rest is None:
            break
        values = [it.evaluate(value, rest) for value in case.values]
        if subject.known and values and all(value.known for value in values) and subject.const not in [value.const for value in values]:
            continue
        inside = dict(rest)
        if case.values and all(value.known for value in values):
            inside = _chosen(it, node.subject, subject, inside)
            if isinstance(node.subject, ir.Name) and len(values) == 1:
                inside[node.subject.id] = values[0]
        for target, path in case.binds:
            part = it.evaluate(node.subject, inside) if not path else subject
            for key in path:
                part = it.frame.read(part, f".{key[1:]}" if isinstance(key, str) and key.startswith(".") else "*" if key is None else f"[{key!s}]")
            bind(it, target, part, inside)
        if case.guard is not None:
            test = it.evaluate(case.guard, inside)
            if test.known and not test.const:
                continue
            inside = it.refined(case.guard, inside, outcome=True)
        after = it.run(case.body, inside)
        if after is not None:
            ended = after if ended is None else it.joined(ended, after)
        if case.guard is None and (not case.values or (subject.known and subject.const in [value.const for value in values])):
            rest = None
    if rest is not None:
        ended = rest if ended is None else it.joined(ended, rest)
    return ended


def _chosen(it: Interpreter, node: ir.Expr, subject: Value, env: Env) -> Env:
    """The environment in a case of constants: the subject is one of them, and what it is a part of is what it was (`message.kind`)."""
    if isinstance(node, ir.Call):
        return proofs.protect(it, env, subject, it.context.knowledge.every_kind)
    return proofs.proven(it, node, subject, env)


def _try(it: Interpreter, node: program.Try, env: Env) -> Env | None:
    it.thrown.append(NOTHING)
    body = it.run(node.body, dict(env))
    raised = it.thrown.pop()
    ended = it.run(node.orelse, body) if body is not None else None
    thrown = it.joined(env, body)
    tried = _tried(it, node, body) if ended is body else None
    for handler in node.handlers:
        inside = dict(thrown)
        if handler.name:
            inside[handler.name] = Value(flatten(raised), type_=it.context.language.error, derived=True)
        after = it.run(handler.body, inside)
        if after is not None:
            if tried is not None and not _left_empty(tried[0], handler.body, env, after):
                tried = None
            ended = after if ended is None else it.joined(ended, after)
    if tried is not None and ended is not None:
        it.verdicts[tried[0]] = (tried[1], ended[tried[0]])
    if node.final:
        after = it.run(node.final, dict(thrown) if ended is None else ended)
        return None if ended is None else after
    return ended


def _tried(it: Interpreter, node: program.Try, body: Env | None) -> tuple[str, ir.Expr] | None:
    """The variable that is given the outcome of the last call of a `try`, and that call, where an exception makes a difference."""
    last = node.body[-1] if node.body and node.handlers else None
    if body is None or not isinstance(last, program.Assign) or not isinstance(last.target, ir.Name):
        return None
    kept, bound = it.verdicts.get(last.target.id, (None, None))
    if binds(node.body[:-1], last.target.id):
        return None
    made = last.value.value if isinstance(last.value, ir.Await) else last.value
    return (last.target.id, kept) if isinstance(kept, ir.Call) and kept is made and bound is body.get(last.target.id) else None


def _left_empty(name: str, handler: program.Block, before: Env, after: Env) -> bool:
    """Whether a variable is known to be empty behind an exception: a handler says so, or leaves what it was before."""
    given = after.get(name, NOTHING)
    if given.known:
        return not given.const
    held = before.get(name, NOTHING)
    return held.known and not held.const and not binds(handler, name)


def _with(it: Interpreter, node: program.With, env: Env) -> Env | None:
    for manager, target in node.items:
        value = it.evaluate(manager, env)
        if isinstance(target, ir.Name):
            it.origins[target.id] = manager
        if target is not None:
            type_: TypeRef = value.type
            if isinstance(type_, str):
                type_ = first(it.context.knowledge.types, it.context.library.members(type_, "__enter__()")) or type_
            elif type_ is not None:
                type_ = ItemType(capped(type_), "enter")
            assign(it, target, Value(value.labels, type_=type_, ref=value.ref, parts=value.parts, derived=value.derived), env, -1, -1)
    return it.run(node.body, env)


def _return(it: Interpreter, node: program.Return, env: Env) -> None:
    returns(it, node.value, env)


def _raise(it: Interpreter, node: program.Raise, env: Env) -> None:
    if node.value is not None:
        value = it.evaluate(node.value, env)
        arguments = [it.evaluate(arg.value, env) for arg in node.value.args] if isinstance(node.value, ir.Call) else []
        for depth in range(len(it.thrown)):
            for held in (value, *arguments):
                it.thrown[depth] = join(it.thrown[depth], Value(flatten(held), derived=True))


def _assert(it: Interpreter, node: program.Assert, env: Env) -> Env:
    test = it.evaluate(node.test, env)
    if not it.context.language.keyed:
        for value in asserted(it, node.test, env):
            it.sink(value, SinkSite(node.at, node.end, "assertion", "assert", "0"))
    return env if test.known else it.refined(node.test, env, outcome=True)


def _delete(_: Interpreter, node: program.Delete, env: Env) -> Env:
    if isinstance(node.target, ir.Name):
        env.pop(node.target.id, None)
    return env


def _jump(it: Interpreter, node: program.Jump, env: Env) -> None:
    if it.loops:
        it.loops[-min(node.loops, len(it.loops))][0 if node.op == "break" else 1].append(env)


def _scope(it: Interpreter, node: program.Scope, env: Env) -> Env:
    (it.frame.globals if node.op == "global" else it.frame.nonlocals).update(node.names)
    return env


def _import(it: Interpreter, node: program.Import, env: Env) -> Env:
    env.pop(node.local, None)
    resolve = it.context.resolve
    if resolve is not None and it.frame.function is not None and node.local:
        env[node.local] = module_value(it, imported(resolve(node.module), node.name), node.at, node.end)
    return env


def _define(it: Interpreter, node: program.Define, env: Env) -> Env:
    function = node.function
    for decorator in function.decorators:
        held = it.evaluate(decorator, env)
        if isinstance(held.ref, NameRef) and not isinstance(decorator, ir.Call):
            # `@decorator` is a call of it, with the function as its one argument.
            note_misuses(it, (decorator.at, decorator.end), (held.ref.name,), {}, {"0": NOTHING}, env)
    if it.frame.function is not None and it.context.language.hoisted:
        it.host.later(function, it, "")
        env[function.name] = Value(ref=ClosureRef(function.qualname))
        return env
    qualname = it.host.function(function, it, it.owner_class if it.frame.owner else "")
    if it.frame.function is not None:
        env[function.name] = Value(ref=ClosureRef(qualname))
    return env


def _define_class(it: Interpreter, node: program.DefineClass, env: Env) -> Env:
    if it.context.language.hoisted and it.frame.function is not None:
        env[node.cls.name] = Value(ref=NameRef(f"{it.context.scope.module}.{node.cls.qualname}"))
        it.env = env
    it.host.klass(node.cls, it)
    return env


def _export(it: Interpreter, node: program.Export, env: Env) -> Env:
    it.host.export(node.name, node.value, it.evaluate(node.value, env), it.frame)
    return env


TABLE: dict[type, Callable[..., Env | None]] = {
    program.Assign: _assign,
    program.Declare: _declare,
    program.Augment: _augment,
    program.Evaluate: _evaluate,
    program.If: _branch,
    program.Loop: _loop,
    program.Switch: _switch,
    program.Try: _try,
    program.With: _with,
    program.Return: _return,
    program.Raise: _raise,
    program.Assert: _assert,
    program.Delete: _delete,
    program.Jump: _jump,
    program.Scope: _scope,
    program.Import: _import,
    program.Define: _define,
    program.DefineClass: _define_class,
    program.Export: _export,
}
