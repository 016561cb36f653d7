"""What an answer has been said to be: no browser takes JSON or an event stream for markup, and none shows what it is told to save.

What was said of an answer is kept in the environment, under a name that no variable has: it holds on the ways on which it was said, and in the
functions that are written there. An answer is known by where it comes from, whatever variables it goes through: `const out = res` is the
parameter that `res` is. What comes from several places is known by what the program calls it. `res.status(200).type('json')` speaks of
`res`, `ctx.res` of `ctx`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint import ir
from scanner.taint.facts import EntryKind
from scanner.taint.local.values import Value, masked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.facts import Entry
    from scanner.taint.local.frame import Env, Frame
    from scanner.taint.local.machine import Machine

STAYS: Final = "~stays"
"""The same, of an answer whose status sends nobody anywhere: what its `Location` names was made, and is not gone to."""

DATA: Final = "~data"
"""What is noted of the receiver of a call that is left to the linker: it is an answer that was said to be no markup."""

_NAMED: Final = frozenset({"setHeader", "header", "set", "append"})  # methods that are given a header by name, or several in an object
_TYPED: Final = frozenset({"type", "contentType"})  # those that are given the type alone
_STATUS: Final = frozenset({"status", "code"})  # those that are given what has become of the request
_SETTERS: Final = _NAMED | _TYPED | _STATUS | {"writeHead", "headers", "attachment"}
_SENT_ON: Final = range(300, 400)  # the answers with which browsers go where an answer says
_INNER: Final = frozenset({"res", "response", "raw"})  # what a context calls the answer in it
_MARKUP: Final = ("htm", "xml", "svg", "multipart")  # in types that a browser looks for markup in
_SAVED: Final = "attachment"
_MOST_STEPS: Final = 12


def say(it: Machine, node: ir.Call, slots: Mapping[str, Value], env: Env) -> None:
    """Note what a call says of the answer that it is a method of."""
    func = node.func
    if not isinstance(func, ir.Attr) or func.name not in _SETTERS:
        return
    name, _ = _answer(it, func.base, env)
    if not name:
        return
    if func.name == _SAVED:
        env[f"=saved {name}"] = Value(const=True)
        return
    said = [arg.value for arg in node.args if not arg.name and not arg.spread]
    if func.name in _STATUS:
        status = slots["0"].const if "0" in slots else None
        env[f"=status {name}"] = Value(const=isinstance(status, int) and status not in _SENT_ON)
        return
    if func.name in _TYPED:
        _type(name, _beginning(said[0]) if said else "", env)
        return
    header = slots["0"].const if "0" in slots else None
    if func.name in _NAMED and isinstance(header, str):
        _header(name, header, _beginning(said[1]) if len(said) > 1 else "", env)
        return
    for value in slots.values():
        for component, part in value.parts.items():
            _header(name, component.strip("[].\"'"), part.const if isinstance(part.const, str) else "", env)


def assigned(it: Machine, target: ir.Attr, value: Value) -> Value:
    """What an attribute is given, as it is sent: `ctx.body = text` is no markup behind `ctx.type = 'json'`, which is noted here as well."""
    if target.name == "type" and (name := _answer(it, target.base, it.env)[0]):
        _type(f"{name}.type", value.const if isinstance(value.const, str) else "", it.env)
    elif target.name == "body" and (value.labels or value.parts) and (is_data(it, target.base, it.env) or is_data(it, target, it.env, ".type")):
        return masked(value, it.context.knowledge.kind_bits.get("html", 0))
    return value


def is_data(it: Machine, node: ir.Expr, env: Env, attribute: str = "") -> bool:
    """Whether an answer was said to be something that is no markup, or to be saved; `attribute` is where that was said."""
    name, variable = _answer(it, node.base if attribute and isinstance(node, ir.Attr) else node, env)
    return bool(name) and any(
        _said(it, key, variable, env) == wanted for key, wanted in ((f"=answers {name}{attribute}", DATA), (f"=saved {name}", True))
    )


def stays(it: Machine, func: ir.Expr, env: Env) -> bool:
    """Whether a header is set on an answer whose status sends nobody anywhere; `redirect()` says another one."""
    if not isinstance(func, ir.Attr) or (func.name not in _NAMED and func.name != "location"):
        return False
    name, variable = _answer(it, func.base, env)
    return bool(name) and _said(it, f"=status {name}", variable, env) is True


def _said(it: Machine, key: str, variable: str, env: Env) -> object:
    """What was said of an answer, here or in the functions around this one; None for nothing."""
    held, outer = env.get(key), it.outer
    while held is None and outer is not None and variable not in env:
        held, outer = outer.env.get(key), outer.outer
    return None if held is None else held.const


def _header(name: str, header: str, value: str, env: Env) -> None:
    if header.lower() == "content-type":
        _type(name, value, env)
    elif header.lower() == "content-disposition" and value.lstrip().lower().startswith(_SAVED):
        env[f"=saved {name}"] = Value(const=True)


def _type(name: str, value: str, env: Env) -> None:
    plain = bool(value) and not any(word in value.lower() for word in _MARKUP)
    env[f"=answers {name}"] = Value(const=DATA if plain else "")


def _answer(it: Machine, node: ir.Expr, env: Env) -> tuple[str, str]:
    """What the answer that a method is called on is known by, and the variable that it is reached from; empty for what has no name."""
    steps: list[str] = []
    for _ in range(_MOST_STEPS):
        match node:
            case ir.Call(func=ir.Attr(base=base)):
                node = base  # each method hands on what it was called on
            case ir.Attr(base=base, name=name):
                steps.append(name)
                node = base
            case ir.Name(id=name):
                steps.append(name)
                break
            case _:
                return "", ""
    else:
        return "", ""
    variable = steps.pop()
    path = [*_origin(it, variable, env), *reversed(steps)]
    kept = path[:-1] if len(path) > 1 and path[-1] in _INNER else path
    return ".".join(kept), variable


def _origin(it: Machine, variable: str, env: Env) -> list[str]:
    """Where the value of a variable comes from, when that is one place: the place, and the attributes on the way. Else the variable's name."""
    frame, held, outer = it.frame, env.get(variable), it.outer
    while outer is not None and (held is None or _is_captured(frame, held)):
        frame, held, outer = outer.frame, outer.env.get(variable), outer.outer
    places = _places(frame, held) if held is not None else []
    if len(places) != 1:
        return [variable]
    entry = places[0]
    return [f"{entry.kind} {entry.number} {entry.name}", *(component.lstrip(".") for component in entry.path)]


def _places(frame: Frame, held: Value) -> list[Entry]:
    """Where a value comes from: what calls left in it is no place of its own."""
    return [entry for number in held.labels if (entry := frame.entries[number]).kind is not EntryKind.EFFECT]


def _is_captured(frame: Frame, held: Value) -> bool:
    return any(entry.kind is EntryKind.CAPTURED for entry in _places(frame, held))


def _beginning(node: ir.Expr) -> str:
    """The constant text that an argument begins with."""
    for _ in range(_MOST_STEPS):
        match node:
            case ir.Const(value=str(text)):
                return text
            case ir.Binary(op="+", left=left):
                node = left
            case ir.Format(parts=parts) if parts:
                node = parts[0]
            case _:
                return ""
    return ""
