"""Events: what `emit` is given reaches the functions that were registered under the same name, at emitters of the same kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from scanner.taint.link.handing import EVENT
from scanner.taint.local.language import LANGUAGES
from scanner.taint.refs import MethodRef

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scanner.taint.facts import CallSite
    from scanner.taint.link.callees import Target
    from scanner.taint.link.hierarchy import Hierarchy, Type
    from scanner.taint.link.symbols import Symbols
    from scanner.taint.link.types import Types

_NAME: Final = "0"
_HANDLER: Final = "1"
_REGISTERS: Final = frozenset({"on", "once", "addListener", "prependListener", "prependOnceListener"})
_EMITS: Final = frozenset({"emit"})


class Sites(Protocol):
    """The program's calls by number: what each says of itself, the function it stands in, and the functions that it is given."""

    @property
    def sites(self) -> Sequence[CallSite]:
        """What each call says of itself."""
        ...

    @property
    def function_of(self) -> Sequence[int]:
        """The function that each call stands in."""
        ...

    @property
    def callbacks(self) -> Mapping[int, tuple[tuple[str, Target], ...]]:
        """The functions that a call is given, each with its slot."""
        ...


class Events:
    """Finds who hears what. Emitters are told apart by the program's classes, not one by one."""

    def __init__(self, symbols: Symbols, hierarchy: Hierarchy, types: Types) -> None:
        self._symbols = symbols
        self._hierarchy = hierarchy
        self._types = types
        language = LANGUAGES.get(symbols.files[0].language) if symbols.files else None
        self._emitter = language.emitter if language is not None else ""

    def heard(self, calls: Sites) -> dict[int, tuple[tuple[str, Target], ...]]:
        """The functions that each call of `emit` reaches, each in the slot `EVENT`."""
        if not self._emitter:
            return {}
        registered: dict[str, list[tuple[frozenset[Type], Target]]] = {}
        emitting: list[tuple[int, str]] = []
        for number, site in enumerate(calls.sites):
            if not isinstance(site.callee, MethodRef) or site.callee.name not in _REGISTERS | _EMITS:
                continue
            event = next((value for slot, value in site.constants if slot == _NAME), None)
            if not isinstance(event, str):
                continue
            if site.callee.name in _EMITS:
                emitting.append((number, event))
                continue
            handlers = [target for slot, target in calls.callbacks.get(number, ()) if slot == _HANDLER]
            kind = self._kind(number, calls) if handlers else frozenset()
            if kind:
                registered.setdefault(event, []).extend((kind, target) for target in handlers)
        found = {}
        for number, event in emitting:
            hearing = registered.get(event, ())
            kind = self._kind(number, calls) if hearing else frozenset()
            reached = dict.fromkeys((EVENT, target) for other, target in hearing if kind & other)
            if reached:
                found[number] = tuple(reached)
        return found

    def _kind(self, call: int, calls: Sites) -> frozenset[Type]:
        """The program's classes that the receiver of a call is of, or the library's own; empty for what is no emitter."""
        ref, function = calls.sites[call].callee, calls.function_of[call]
        types = self._types.of(ref.type, function, self._symbols.file_of[function]) if isinstance(ref, MethodRef) else ()
        found: set[Type] = set()
        for type_ in types:
            line = self._hierarchy.line(type_) if isinstance(type_, int) else (type_,)
            if self._emitter in line:
                found.update(known for known in line if isinstance(known, int) or line == (self._emitter,))
        return frozenset(found)
