"""Forms that look at each field in a method of their own: what the field holds afterwards is what that method returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint.facts import KEYS, EntryKind, ExitKind

if TYPE_CHECKING:
    from scanner.taint.facts import Entry, FunctionFacts, Path
    from scanner.taint.link.promises import Promises
    from scanner.taint.link.symbols import Symbols

# Sources that hold such fields, with what the names of the methods begin with.
_CLEANERS: Final = {"django.forms.BaseForm.cleaned_data": "clean_"}
# Classes that check what is sent, with those of their methods that are given the outcome. Its keys are the fields that the class declares; what a
# field holds may be a mapping with any keys.
_CHECKED: Final = {"rest_framework.serializers.BaseSerializer": frozenset({"create", "update", "validate"})}


def are_declared(entry: str, method: str, path: Path) -> bool:
    """Whether a part of what a method is given, as a row of the models opens it, are the keys that its class declares."""
    return path[:1] == (KEYS,) and method in _CHECKED.get(entry, ())


class Cleaners:
    """The program's methods that clean a field, whichever form they belong to."""

    def __init__(self, symbols: Symbols, promises: Promises) -> None:
        self._symbols = symbols
        self._promises = promises
        self._methods: dict[str, list[int]] = {}
        for number, function in enumerate(symbols.functions):
            name = function.qualname.rpartition(".")[2]
            if function.owner and name.startswith(tuple(_CLEANERS.values())):
                self._methods.setdefault(name, []).append(number)

    def alive(self, source: str, path: Path, function: FunctionFacts) -> int:
        """The kinds for which a field of a source (the first component of `path`) may still do harm: all, where no method cleans it."""
        beginning = _CLEANERS.get(source)
        if beginning is None or not path:
            return -1
        name = f"{beginning}{path[0][1:-1]}"
        methods = self._methods.get(name)
        if not methods or function.qualname.endswith(f".{name}"):
            return -1
        alive = 0
        for number in methods:
            alive |= self._returned(number, source)
        return alive

    def _returned(self, number: int, source: str) -> int:
        """The kinds that are left of what a method took from a source when it returns it."""
        function = self._symbols.functions[number]
        alive = 0
        for flow in function.flows:
            if flow.exit.kind is not ExitKind.RETURN or not _is_of(flow.entry, function, source):
                continue
            left = ~flow.mask
            for pending in flow.pending:
                left &= ~self._promises.proven(number, pending, flow.entry)
            alive |= left
        return alive


def _is_of(entry: Entry, function: FunctionFacts, source: str) -> bool:
    """Whether an entry is the source itself, or may be made of it; the program's settings and the form's other attributes are not."""
    name = source.rpartition(".")[2]
    match entry.kind:
        case EntryKind.SOURCE:
            return function.sources[entry.number].name == source
        case EntryKind.FIELD:
            return entry.name == name
        case EntryKind.PARAM:
            return entry.path[:1] == (f".{name}",)
        case EntryKind.GLOBAL:
            return False
        case _:
            return True
