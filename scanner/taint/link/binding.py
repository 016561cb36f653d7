"""Arguments and parameters: which slot of a call ends up where in its callee."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from scanner.taint.program import ParamKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scanner.taint.facts import FunctionFacts, Path

Places = tuple[tuple[int, "Path"], ...]
"""Parameters that an argument ends up in, each with the path below it (rest parameters hold arguments by position or name)."""


class Mode(IntEnum):
    """How a callee is called: what its first parameter is."""

    PLAIN = 0  # the first argument
    BOUND = 1  # the receiver, slot `self`
    CONSTRUCT = 2  # the new object, which is the call's result
    CLASS = 3  # the class
    QUEUED = 4  # the first argument; it is called later, by somebody else, and nothing comes back
    QUEUED_BOUND = 5  # the task itself, that a library passes; as `QUEUED` else
    APPLIED = 6  # the first one of a list, which is the first argument; keywords stand in a mapping, the second one; as `QUEUED` else
    APPLIED_BOUND = 7  # the task itself; as `APPLIED` else


APPLIED: Final = frozenset({Mode.APPLIED, Mode.APPLIED_BOUND})
LATER: Final = APPLIED | {Mode.QUEUED, Mode.QUEUED_BOUND}
"""The modes in which a function is called by somebody else, so that nothing comes back."""
_SPREAD: Final = {"0": "*", "args": "*", "1": "**", "kwargs": "**"}


def as_spread(slot: str, mode: Mode) -> str:
    """The slot that an argument would have in a call of the function itself: a list of arguments is as good as `*`. Empty for what goes to no one."""
    return _SPREAD.get(slot, "") if mode in APPLIED else slot


def keyword(key: str, slots: tuple[str, ...], function: FunctionFacts, mode: Mode) -> Places:
    """Where what lies under one key of a mapping goes that a call spreads into keywords."""
    signature = _Signature(function, mode)
    if mode in APPLIED:
        return tuple(signature.places(key, ()))
    return () if key in slots else tuple(signature.places(key, slots))


def position(index: int, function: FunctionFacts, mode: Mode) -> Places:
    """Where what stands at a position of a list goes that a call applies the function to."""
    return tuple(_Signature(function, mode).places(str(index), ()))


def bind(slots: tuple[str, ...], function: FunctionFacts, mode: Mode) -> Mapping[str, Places]:
    """Where each slot goes. Slots that the function has no parameter for are left out."""
    signature = _Signature(function, mode)
    if mode in APPLIED:
        bound = ((slot, tuple(signature.places(role, ()))) for slot in slots if (role := as_spread(slot, mode)))
    else:
        bound = ((slot, tuple(signature.places(slot, slots))) for slot in slots)
    return {slot: places for slot, places in bound if places}


THIS = "this"
"""The name of a first parameter that is the receiver, whatever calls the function."""


def receivers(function: FunctionFacts, mode: Mode) -> int:
    """How many parameters stand before those that the first argument can become."""
    if function.params[:1] == (THIS,):
        return 1
    return 0 if mode in {Mode.PLAIN, Mode.QUEUED, Mode.APPLIED} else 1


class _Signature:
    """A function's parameters, as a call of one mode sees them."""

    def __init__(self, function: FunctionFacts, mode: Mode) -> None:
        kinds, names = function.param_kinds, function.params
        self._mode = mode
        self._explicit = names[:1] == (THIS,) and mode is Mode.PLAIN
        self._offset = receivers(function, mode)
        self._positional = [number for number, kind in enumerate(kinds) if kind == ParamKind.NORMAL]
        self._rest = [number for number, kind in enumerate(kinds) if kind == ParamKind.REST]
        self._keyword_rest = [number for number, kind in enumerate(kinds) if kind == ParamKind.KEYWORD_REST]
        self._named = {names[number]: number for number, kind in enumerate(kinds) if kind in {ParamKind.NORMAL, ParamKind.KEYWORD}}

    def places(self, slot: str, slots: tuple[str, ...]) -> Iterator[tuple[int, Path]]:
        """Where one of a call's slots goes."""
        if slot == "self":
            yield from self._receiver()
        elif slot.isdigit():
            yield from self._position(int(slot) + self._offset)
        elif slot in {"*", "**"}:
            yield from self._spread(slot, slots)
        elif slot in self._named:
            yield self._named[slot], ()
        else:
            yield from ((number, (f"[{slot}]",)) for number in self._keyword_rest)

    def _receiver(self) -> Iterator[tuple[int, Path]]:
        if self._mode is Mode.BOUND or self._explicit:
            yield from self._position(0)

    def _position(self, index: int) -> Iterator[tuple[int, Path]]:
        if index < len(self._positional):
            yield self._positional[index], ()
        else:
            yield from ((number, (f"[{index - len(self._positional)}]",)) for number in self._rest)

    def _spread(self, slot: str, slots: tuple[str, ...]) -> Iterator[tuple[int, Path]]:
        """A spread fills what is not passed openly."""
        passed = self._offset + sum(1 for name in slots if name.isdigit())
        if slot == "*":
            yield from ((number, ()) for number in self._positional[passed:])
            yield from ((number, ("*",)) for number in self._rest)
        else:
            taken = self._positional[:passed]
            yield from ((number, ()) for name, number in self._named.items() if name not in slots and number not in taken)
            yield from ((number, ("*",)) for number in self._keyword_rest)
