"""Arguments and parameters: which slot of a call ends up where in its callee."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from scanner.taint.ir import ParamKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.facts import FunctionFacts, Path

Places = tuple[tuple[int, "Path"], ...]
"""Parameters that an argument ends up in, each with the path below it (rest parameters hold arguments by position or name)."""


class Mode(IntEnum):
    """How a callee is called: what its first parameter is."""

    PLAIN = 0  # the first argument
    BOUND = 1  # the receiver, slot `self`
    CONSTRUCT = 2  # the new object, which is the call's result
    CLASS = 3  # the class


def bind(slots: tuple[str, ...], function: FunctionFacts, mode: Mode) -> Mapping[str, Places]:
    """Where each slot goes. Slots that the function has no parameter for are left out."""
    kinds, names = function.param_kinds, function.params
    positional = [number for number, kind in enumerate(kinds) if kind == ParamKind.NORMAL]
    rest = next((number for number, kind in enumerate(kinds) if kind == ParamKind.REST), None)
    keyword_rest = next((number for number, kind in enumerate(kinds) if kind == ParamKind.KEYWORD_REST), None)
    named = {names[number]: number for number, kind in enumerate(kinds) if kind in {ParamKind.NORMAL, ParamKind.KEYWORD}}
    offset = 0 if mode is Mode.PLAIN else 1
    passed = offset + sum(1 for slot in slots if slot.isdigit())
    bound: dict[str, Places] = {}
    for slot in slots:
        places: list[tuple[int, Path]] = []
        if slot == "self":
            if mode is Mode.BOUND and names:
                places.append((positional[0], ()) if positional else (0, ("[0]",)))
        elif slot.isdigit():
            index = int(slot) + offset
            if index < len(positional):
                places.append((positional[index], ()))
            elif rest is not None:
                places.append((rest, (f"[{index - len(positional)}]",)))
        elif slot == "*":
            places.extend((number, ()) for number in positional[passed:])
            if rest is not None:
                places.append((rest, ("*",)))
        elif slot == "**":
            places.extend((number, ()) for name, number in named.items() if name not in slots and number not in positional[:passed])
            if keyword_rest is not None:
                places.append((keyword_rest, ("*",)))
        elif slot in named:
            places.append((named[slot], ()))
        elif keyword_rest is not None:
            places.append((keyword_rest, (f"[{slot}]",)))
        if places:
            bound[slot] = tuple(places)
    return bound
