"""Guards: what a test that came out one way proves about the values it looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.charset import admitted, refused
from scanner.taint.conditions import holds
from scanner.taint.facts import Entry, EntryKind, Pending
from scanner.taint.kinds import NEARLY_CONTAINED, ORIGIN, mask_of
from scanner.taint.local import characters, classes, jsonschema, keyed, pathtests, quantified, texts
from scanner.taint.local.arguments import arguments, in_slots, known_arguments
from scanner.taint.local.context import dotted_ref
from scanner.taint.local.conversions import came_back
from scanner.taint.local.lookups import found_something
from scanner.taint.local.prefixes import beneath, normalised, path_mask, prefixed
from scanner.taint.local.proofs import as_safe_as, harmless, member_of, not_upwards, protect, proven, same_text, settle, trusted
from scanner.taint.local.targets import resolve
from scanner.taint.local.values import NOTHING, Value, flatten, join, join_labels, masked
from scanner.taint.local.verdicts import overtaken
from scanner.taint.refs import ClosureRef, MethodRef, NameRef, ParamType

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.taint.local.called import Target
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine

_EQUAL = frozenset({"==", "===", "is"})
_UNEQUAL = frozenset({"!=", "!==", "is-not"})
_FULL_MATCHES = frozenset({"re.fullmatch", "re.Pattern.fullmatch"})
_MATCHES = frozenset({"re.match", "re.Pattern.match"})
_HARMLESS_FLAGS = frozenset({"re.IGNORECASE", "re.I", "re.ASCII", "re.A"})
_ASSERTIONS = frozenset({"assert", "assert.ok", "assert.strict", "assert/strict", "node:assert"})
_ORDERED = frozenset({"<", "<=", ">", ">="})
_SEARCHES = frozenset({"re.search", "re.Pattern.search"})
_TESTS = _FULL_MATCHES | _MATCHES | _SEARCHES


def refine(it: Machine, test: ir.Expr, env: Env, *, outcome: bool) -> Env:
    """The environment after `test` came out as `outcome`. The one given is not changed."""
    handler = _TABLE.get(type(test))
    return dict(env) if handler is None else handler(it, test, env, outcome)


def _not(it: Machine, test: ir.Not, env: Env, outcome: bool) -> Env:  # noqa: FBT001 -- one signature for all
    return refine(it, test.value, env, outcome=not outcome)


def _logic(it: Machine, test: ir.Logic, env: Env, outcome: bool) -> Env:  # noqa: FBT001 -- one signature for all
    if test.op == "or" and not outcome and it.context.language.keyed:
        env = keyed.none_of(it, test, env)
    left = refine(it, test.left, env, outcome=outcome)
    if (test.op == "and") == outcome:
        return refine(it, test.right, left, outcome=outcome)
    # Either side may have decided: only what both ways prove is proven. The right side was reached with the left undecided its own way.
    reached = refine(it, test.left, env, outcome=not outcome)
    return it.joined(left, refine(it, test.right, reached, outcome=outcome))


def _name(it: Machine, test: ir.Name, env: Env, outcome: bool) -> Env:  # noqa: FBT001 -- one signature for all
    env = dict(env)
    value = env.get(test.id)
    if value is None:
        return env
    if not outcome and it.context.language.keyed and (root := keyed.below_root(it, test, env)) is not None:
        return root
    verdict = it.verdicts.get(test.id)
    if verdict is not None:
        # `ok = is_safe(x)` and then `if ok`: the test was made where the name was bound.
        kept, bound = verdict
        if bound is value and not overtaken(it, kept):
            # Taken away meanwhile: a test may mention the very variable that holds its outcome (`ok = ok and f(x)`).
            del it.verdicts[test.id]
            after = refine(it, kept, env, outcome=outcome)
            it.verdicts[test.id] = verdict
            return after
    bare = value.type in {None, "str"} or isinstance(value.type, ParamType) or it.context.language.keyed
    if not outcome and value.labels and not value.parts and bare:
        if not it.context.language.keyed and isinstance(origin := it.origins.get(test.id), ir.Call | ir.Index):
            env = pathtests.empty(it, origin, env) or env
        env[test.id] = Value(type_=value.type)  # empty, none or zero: nothing of it is left
    return env


def _attribute(it: Machine, test: ir.Attr, env: Env, outcome: bool) -> Env:  # noqa: FBT001 -- one signature for all
    """An attribute as a test: what the models say that its being set or empty proves about its object (a URL without a host stays here)."""
    base = it.evaluate(test.base, env)
    if not isinstance(base.type, str):
        return dict(env)
    names = it.context.library.members(base.type, test.name)
    guarded = _modelled(it, names, {"self": base}, env, "true" if outcome else "false")
    return dict(env) if guarded is None else guarded


def _index(it: Machine, test: ir.Index, env: Env, outcome: bool) -> Env:  # noqa: FBT001 -- one signature for all
    """`ALLOWED[x]` as a test: a table of the program has the key."""
    if not outcome or test.key is None or not it.context.language.keyed:
        return dict(env)
    return member_of(it, test.key, test.base, env)


def _await(it: Machine, test: ir.Await, env: Env, outcome: bool) -> Env:  # noqa: FBT001 -- one signature for all
    return refine(it, test.value, env, outcome=outcome)


def _bind(it: Machine, test: ir.Bind, env: Env, outcome: bool) -> Env:  # noqa: FBT001 -- one signature for all
    return refine(it, test.value, env, outcome=outcome)


def _compare(it: Machine, test: ir.Compare, env: Env, outcome: bool) -> Env:  # noqa: C901, PLR0912, FBT001 -- one form after the other; one signature for all
    op = test.op
    if op in _EQUAL | _UNEQUAL and isinstance(test.right, ir.Const) and isinstance(test.left, ir.Call | ir.Name):
        # `match(...) is not None`, `check(x) is True`: the call itself is the test.
        constant = test.right.value
        if constant is None or constant is True or constant is False:
            came_out = bool(constant) == ((op in _EQUAL) == outcome)
            decided = refine(it, test.left, env, outcome=came_out)
            if isinstance(test.left, ir.Call) or test.left.id in it.verdicts:
                return decided
    if op in _EQUAL | _UNEQUAL:
        if (op in _EQUAL) == outcome and (asked := texts.asked(it, test)) is not None:
            env = texts.known(it, asked, env)
        if it.context.language.keyed:
            idiom = keyed.compared(it, test, env, equal=(op in _EQUAL) == outcome)
            if idiom is not None:
                return idiom
        if (op in _EQUAL) == outcome:
            return _equal(it, test.left, test.right, env)
        return dict(env)
    if op in _ORDERED:
        if it.context.language.keyed:
            return keyed.ordered(it, test, env, outcome=outcome)
        compared = characters.compared(it, test, env) if outcome else None
        return compared or texts.bounded(it, test, env, outcome=outcome) or dict(env)
    if op in {"in", "not-in"}:
        if (op == "in") == outcome:
            inside = beneath(it, test.right, env)
            return inside if inside is not None else member_of(it, test.left, test.right, env)
        if it.context.language.keyed:
            return not_upwards(it, it.evaluate(test.left, env).const, it.evaluate(test.right, env), env) or dict(env)
        return pathtests.lacks(it, test, env) or dict(env)
    return dict(env)


def _equal(it: Machine, left: ir.Expr, right: ir.Expr, env: Env) -> Env:
    """Two sides are equal: the untrusted one is what the other is."""
    for one, other in ((left, right), (right, left)):
        for name, mask in (("os.path.commonpath", path_mask(it)), ("os.path.commonprefix", it.context.knowledge.kind_bits.get(NEARLY_CONTAINED, 0))):
            contained = _common(it, name, one, env)
            if contained is not None:
                return protect(it, env, contained, mask)
        mine, theirs = it.evaluate(one, env), it.evaluate(other, env)
        if flatten(mine) and (not flatten(theirs) or (it.context.language.keyed and trusted(it, theirs) and not trusted(it, mine))):
            # Equal to something an attacker does not choose. `"" == x.strip(...)` and the like speak of what is left of x, not of x.
            if isinstance(one, ir.Call) and not same_text(one):
                return dict(env)
            changed = proven(it, one, mine, env)
            if isinstance(one, ir.Name) and one.id in changed and theirs.known:
                changed[one.id] = theirs
            return changed
        if isinstance(one, ir.Name) and one.id in env and flatten(theirs).keys() < flatten(mine).keys():
            return {**env, one.id: theirs}  # the directory itself, and nothing below it: what was put behind it is empty
    env = as_safe_as(it, right, left, as_safe_as(it, left, right, env))
    return protect(it, env, it.evaluate(left, env), it.context.knowledge.kind_bits.get(ORIGIN, 0))


def _common(it: Machine, name: str, node: ir.Expr, env: Env) -> Value | None:
    """`os.path.commonpath([root, path])` compared with the root: the path is inside. With `commonprefix`, nearly."""
    if not isinstance(node, ir.Call) or name not in resolve(it, node, env).names:
        return None
    value = NOTHING
    for arg in node.args:
        held = it.evaluate(arg.value, env)
        for part in held.parts.values():
            if normalised(it, part):
                value = join(value, part)
    return value if flatten(value) else None


def _by_form(it: Machine, test: ir.Call, env: Env, *, outcome: bool) -> Env | None:
    """A call of a schema, or one that proves something by its form."""
    found = jsonschema.tried(it, test, env) if outcome else None
    found = keyed.called(it, test, env, outcome=outcome) if found is None else found
    # An expression of another module is one that only the linker knows.
    return _pending(it, test, found, "true") if outcome and found is not None and keyed.matched_elsewhere(it, test, env) else found


def _call(it: Machine, test: ir.Call, env: Env, outcome: bool) -> Env:  # noqa: C901, FBT001 -- one form after the other; one signature for all
    """A call as a test: a guard of the models, an idiom, or a function of the program whose promises the linker knows."""
    if outcome:
        env = _origin_asked(it, test, env)
        env = env if it.context.language.keyed else found_something(it, test, env)
    if it.context.language.keyed and (found := _by_form(it, test, env, outcome=outcome)) is not None:
        return found
    if isinstance(test.func, ir.Name) and test.func.id in quantified.QUANTIFIERS and test.func.id not in env:
        return quantified.asked(it, test, env, outcome=outcome)
    if outcome and (subset := characters.compared(it, test, env)) is not None:
        return subset
    target = resolve(it, test, env)
    names = target.names or _text_method(it, test, target.receiver)
    # Evaluating the arguments once more costs as much as the first time: most calls' names say that it would tell nothing.
    slots = _slots(it, test, target, env) if any(_may_tell(it, name) for name in names) else {}
    guarded = _modelled(it, names, slots, env, "true" if outcome else "false")
    if outcome and not it.context.library.converting.isdisjoint(names):
        # Of a conversion that a `try` has caught, this may be the first word.
        guarded = dict(env) if guarded is None else guarded
        came_back(it, test, names, slots, known_arguments(slots), guarded)
    if guarded is not None:
        return _settled_arguments(it, test, names, guarded, "true" if outcome else "false") if it.context.language.keyed else guarded
    if outcome and names:
        idiom = _idiom(it, test, names, slots, env)
        if idiom is not None:
            return idiom
    if not outcome and any(name in _SEARCHES for name in names):
        return _unmatched(it, names, slots, env)
    if not outcome and not it.context.language.keyed and (asked := pathtests.failed(it, test, names, env)) is not None:
        return asked
    if isinstance(target.ref, NameRef | MethodRef | ClosureRef):
        return _pending(it, test, env, "true" if outcome else "false")
    return dict(env)


def _origin_asked(it: Machine, test: ir.Call, env: Env) -> Env:
    """`allowed(origin)`: whoever asks anything of an origin does not let every one of them in."""
    asked = [arg.value for arg in test.args]
    if isinstance(test.func, ir.Attr) and test.func.name == "endswith":
        asked.append(test.func.base)
    for node in asked:
        name = node.id if isinstance(node, ir.Name) else node.name if isinstance(node, ir.Attr) else ""
        if "origin" in name.lower():
            mask = it.context.knowledge.kind_bits.get(ORIGIN, 0)
            env = settle(it, node, protect(it, env, it.evaluate(node, env), mask), mask)
    return env


def _slots(it: Machine, node: ir.Call, target: Target, env: Env) -> dict[str, Value]:
    slots = arguments(it, node, env)
    if target.receiver is not None:
        slots["self"] = target.receiver
    return slots


def _may_tell(it: Machine, name: str) -> bool:
    """Whether a function of a name is a guard of the models, or one of the tests that every language has."""
    return name in it.context.knowledge.guards or name in _TESTS or name.endswith((".startswith", ".startsWith", "isinstance", "issubclass"))


def _settled_arguments(it: Machine, test: ir.Call, names: tuple[str, ...], env: Env, outcome: str) -> Env:
    """What a guard of the models proves of arguments that are places (`isInt(req.query.page)`)."""
    knowledge = it.context.knowledge
    for name in names:
        for row in knowledge.guards.get(name, ()):
            position = int(row.slot) if row.slot.isdigit() else -1
            if row.outcome == outcome and 0 <= position < len(test.args) and not test.args[position].spread:
                mask = knowledge.every_kind if not row.kinds else 0
                for kind in row.kinds:
                    mask |= knowledge.kind_bits.get(kind, 0)
                env = settle(it, test.args[position].value, env, mask)
    return env


def _unmatched(it: Machine, names: tuple[str, ...], slots: dict[str, Value], env: Env) -> Env:
    """A search for characters that found none of them."""
    pattern, subject = _pattern_and_subject(names, slots)
    letters = refused(pattern.const) if isinstance(pattern.const, str | bytes) else None
    return dict(env) if letters is None else harmless(it, letters, subject, env)


def _text_method(it: Machine, test: ir.Call, receiver: Value | None) -> tuple[str, ...]:
    """On a value of unknown type, a method that only strings have is a string's."""
    if receiver is None or not isinstance(test.func, ir.Attr) or (isinstance(receiver.type, str) and receiver.type != "str"):
        return ()
    name = f"str.{test.func.name}"
    return (name,) if name in it.context.knowledge.guards or test.func.name in {"startswith", "endswith", "startsWith"} else ()


def _modelled(it: Machine, names: tuple[str, ...], slots: dict[str, Value], env: Env, outcome: str) -> Env | None:
    knowledge = it.context.knowledge
    constants = known_arguments(slots)
    changed = None
    for name in names:
        for row in knowledge.guards.get(name, ()):
            if row.outcome == outcome and holds(row.when, constants, slots):
                mask = knowledge.every_kind
                if row.kinds:
                    mask = mask_of(row.kinds, knowledge.kind_bits)
                for _, value in in_slots(slots, (row.slot,)):
                    if not mask & ~path_mask(it) and not normalised(it, value):
                        continue  # a test of where a path lies says nothing while `..` may still be in it
                    changed = protect(it, env if changed is None else changed, value, mask)
    return changed


def _idiom(it: Machine, test: ir.Call, names: tuple[str, ...], slots: dict[str, Value], env: Env) -> Env | None:
    """Tests that every language has and whose strength is in their arguments."""
    if any(name in _FULL_MATCHES or name in _MATCHES for name in names):
        return _matched(it, names, slots, env)
    if any(name.endswith((".startswith", ".startsWith")) for name in names):
        return prefixed(it, test, slots, env)
    if "isinstance" in {name.rpartition(".")[2] for name in names}:
        return _typed(it, test, slots, env)
    if "issubclass" in {name.rpartition(".")[2] for name in names} and test.args and isinstance(test.args[0].value, ir.Name):
        return classes.narrowed(test.args[0].value.id, slots.get("1", NOTHING), env)
    return None


def _matched(it: Machine, names: tuple[str, ...], slots: dict[str, Value], env: Env) -> Env | None:
    """A match against a constant regular expression: safe for the kinds whose metacharacters it cannot hold."""
    pattern, subject = _pattern_and_subject(names, slots)
    flags = dotted_ref(slots.get("flags", slots.get("2", NOTHING)))
    flagged = not slots.keys().isdisjoint({"2", "flags"})
    if not isinstance(pattern.const, str | bytes) or (flagged and flags not in _HARMLESS_FLAGS):
        return None  # a flag given apart from the pattern may change what it matches
    letters = admitted(pattern.const, full=any(name in _FULL_MATCHES for name in names))
    return dict(env) if letters is None else harmless(it, letters, subject, env)


def _pattern_and_subject(names: tuple[str, ...], slots: dict[str, Value]) -> tuple[Value, Value]:
    method = "self" in slots and any(".Pattern." in name for name in names)
    pattern = slots["self"].parts.get("[pattern]", slots["self"]) if method else slots.get("0", NOTHING)
    return pattern, slots.get("0" if method else "1", slots.get("string", NOTHING))


def _typed(it: Machine, test: ir.Call, slots: dict[str, Value], env: Env) -> Env | None:
    """`isinstance(x, int)`: a number carries nothing."""
    kind = slots.get("1", NOTHING)
    options = [kind, *kind.parts.values()] if kind.parts else [kind]
    names = {value.ref.name.rpartition(".")[2] if isinstance(value.ref, NameRef) else "" for value in options if value is not kind or not kind.parts}
    if names and names <= {"int", "float", "bool", "complex", "Decimal", "UUID", "datetime", "date", "Number", "Integral"}:
        return protect(it, env, slots.get("0", NOTHING), it.context.knowledge.every_kind)
    if names and names <= texts.NAMES and test.args:
        env = texts.known(it, test.args[0].value, env)
    if len(test.args) > 1 and isinstance(test.args[0].value, ir.Name) and len(names) == 1 and isinstance(kind.ref, NameRef):
        env = dict(env)
        held = env.get(test.args[0].value.id)
        if held is not None and held.type is None and kind.ref.name != "builtins.type":
            env[test.args[0].value.id] = Value(held.labels, type_=kind.ref.name.removeprefix("builtins."), ref=held.ref, parts=held.parts)
        return env
    return None


def _pending(it: Machine, test: ir.Call, env: Env, outcome: str) -> Env:
    """A function of the program as a test: the linker will know what it proves."""
    number = it.frame.call_number(test.at, test.end)
    env = dict(env)
    if number is None:
        return env
    for slot, value in it.argument_values.get((test.at, test.end), {}).items():
        if value.labels or value.parts:
            # What the call itself may have left in its argument is as good as the call says it is.
            left = it.frame.label(Entry(EntryKind.EFFECT, number, slot))
            tested = Value(join_labels(value.labels, left), parts=value.parts)
            pending = Pending(number, slot, outcome)
            first = number if outcome == "returned" else it.frame.first_asked(pending, value.labels)
            # Who asks the same of the same twice has learnt it behind either: `if not number(x) and not name(x): raise`.
            env = protect(it, env, tested, 0, (pending,) if first == number else (pending, Pending(first, slot, outcome)))
    return env


def came_back_with(it: Machine, node: ir.Call, target: Target, env: Env) -> None:
    """Note what may be proven of variables when a function of the program that they were passed to gives something back and does not raise."""
    ref = target.ref
    if not isinstance(ref, NameRef | ClosureRef) and not (isinstance(ref, MethodRef) and isinstance(ref.type, str)):
        return
    number = it.frame.call_number(node.at, node.end)
    if number is None:
        return
    position = 0
    for arg in node.args:
        if arg.spread:
            return
        slot = arg.name or str(position)
        position += not arg.name
        name = arg.value.id if isinstance(arg.value, ir.Name) else ""
        held = env.get(name)
        if held is not None and held.labels and name != it.receiver_name:
            it.frame.proven = True
            env[name] = masked(held, 0, (Pending(number, slot, "returned"),))


def returned(it: Machine, node: ir.Call, target: Target, env: Env) -> Env:
    """What is proven when a call used as a statement comes back at all (`check(path)` that raises)."""
    if it.context.language.keyed and not it.context.knowledge.guards.keys().isdisjoint(target.names):
        guarded = _modelled(it, target.names, _slots(it, node, target, env), env, "returned")
        if guarded is not None:
            return guarded
    if node.args and it.context.language.keyed and not _ASSERTIONS.isdisjoint(target.names):
        return refine(it, node.args[0].value, env, outcome=True)
    number = it.frame.call_number(node.at, node.end)
    if number is not None and isinstance(target.ref, NameRef | MethodRef | ClosureRef):
        return _pending(it, node, env, "returned")
    return env


_TABLE: dict[type, Callable[..., Env]] = {
    ir.Not: _not,
    ir.Logic: _logic,
    ir.Name: _name,
    ir.Attr: _attribute,
    ir.Index: _index,
    ir.Bind: _bind,
    ir.Await: _await,
    ir.Compare: _compare,
    ir.Call: _call,
    ir.Comprehension: quantified.filtered,
}
