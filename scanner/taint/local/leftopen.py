"""Arguments whose constants lie elsewhere: in another module of the program, or in a parameter's default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.conditions import TEXT, UNKNOWN
from scanner.taint.facts import CallSite, EntryKind
from scanner.taint.refs import NameRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scanner.taint.ir import Constant
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine
    from scanner.taint.local.values import Value
    from scanner.taint.refs import CalleeRef


def elsewhere(it: Machine, node: ir.Call, known: Mapping[str, Constant | CalleeRef], env: Env) -> tuple[tuple[str, NameRef], ...]:
    """The arguments that are perhaps variables of another file of the program; keywords that are spread from one stand under `**`."""
    found = [(slot, ref) for slot, ref in known.items() if isinstance(ref, NameRef) and _perhaps_variable(it, ref.name)]
    for arg in node.args:
        if arg.spread == 2 and isinstance(arg.value, ir.Name | ir.Attr):  # noqa: PLR2004 -- by name
            ref = it.evaluate(arg.value, env).ref
            if isinstance(ref, NameRef) and _perhaps_variable(it, ref.name):
                found.append(("**", ref))
    return tuple(found)


def _perhaps_variable(it: Machine, name: str) -> bool:
    library = it.context.library
    return name.rpartition(".")[2].isupper() and name not in library.functions and name not in library.classes


def leave_open(  # noqa: PLR0913, PLR0917 -- a call, its names and its arguments
    it: Machine,
    node: ir.Call,
    name: str,
    known: Mapping[str, Constant | CalleeRef],
    slots: Iterable[str],
    functions: tuple[tuple[str, NameRef], ...],
) -> None:
    """Note a call of a library function for the linker to judge, who knows the constants of all modules. No data goes this way."""
    constants = tuple((slot, value) for slot, value in known.items() if isinstance(value, str | bytes | int | float | None))
    named = tuple((slot, value) for slot, value in known.items() if isinstance(value, NameRef))
    types = tuple((slot, "str") for slot, value in known.items() if value is TEXT)
    parts = tuple(slot for slot, value in known.items() if value is UNKNOWN)
    slots = tuple(slots) if "**" in slots or not any(slot == "**" for slot, _ in functions) else (*slots, "**")
    it.frame.call(
        CallSite(NameRef(name), node.at, node.end, slots, constants, tuple(dict.fromkeys((*named, *functions))), types, text=name, parts=parts)
    )


def defaults(it: Machine, slots: Mapping[str, Value], env: Env) -> Iterator[tuple[str, int, Constant | CalleeRef]]:
    """The arguments that are parameters as they were passed, each with the parameter's position and what stands in where nothing is passed."""
    function = it.frame.function
    for slot, value in slots.items() if function is not None else ():
        if function is None or value.known or value.parts or value.derived or len(value.labels) != 1:
            continue
        entry = it.frame.entries[next(iter(value.labels))]
        if entry.kind is not EntryKind.PARAM or entry.path or entry.number >= len(function.params):
            continue
        match function.params[entry.number].default:
            case ir.Const(value=bool(default)):
                yield slot, entry.number, default
            case ir.Attr() as default if isinstance(ref := it.evaluate(default, env).ref, NameRef):
                yield slot, entry.number, ref
            case ir.Name(id=name) if (dotted := it.context.dotted(name)) is not None:
                # Looked up where the function is defined: a parameter may have the same name.
                yield slot, entry.number, NameRef(it.context.library.canonical(dotted))
            case _:
                pass
