"""Injected parameters: those that a framework gives what a function returns (`user = Depends(get_user)`), named where a default stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.local.arguments import slot_node
from scanner.taint.local.targets import resolve
from scanner.taint.refs import NameRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.taint import program
    from scanner.taint.local.machine import Machine
    from scanner.taint.local.values import Value


def may_be_injected(param: program.Param) -> bool:
    """Whether it is worth to ask where a parameter comes from."""
    return isinstance(param.default, ir.Call) or isinstance(param.annotation, ir.Index)


def injected(it: Machine, number: int, param: program.Param, scout: Machine) -> Value | None:
    """What a parameter is given by the function that its default, or its annotation, hands to a framework; None where none does.

    It is called as any other from here on. Whether it is one of the program's the linker knows, and with it whether that is all there is to it.
    """
    for call in _markers(param):
        for name in resolve(scout, call, scout.env).names:
            for slot in it.context.library.injecting.get(name, ()):
                function = slot_node(call, slot)
                if function is None:
                    continue
                if call is not param.default:
                    scout.evaluate(call, scout.env)
                made = ir.Call(function, (), call.at, function.end)
                it.frame.marks.append((number, NameRef(name)))
                if (ref := resolve(it, made, {}).ref) is not None:
                    it.frame.marks.append((number, ref))
                return it.evaluate(made, {})
    return None


def _markers(param: program.Param) -> Iterator[ir.Call]:
    """The calls that may say where a parameter comes from."""
    if isinstance(param.default, ir.Call):
        yield param.default
    match param.annotation:
        case ir.Index(base=ir.Name(id="Annotated") | ir.Attr(name="Annotated"), key=ir.Sequence() as listed):
            yield from (other for other in listed.items[1:] if isinstance(other, ir.Call))
        case _:
            return
