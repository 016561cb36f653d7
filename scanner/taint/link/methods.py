"""Methods of HTTP: whether a browser ever shows what a handler answers.

A browser shows as a page what it asked for by GET, and what a form sent by POST. What a script asked for by PUT, PATCH or DELETE is given to that
script, so that markup in it does nothing by itself. A program that lets forms choose their method (`method-override`) shows everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint.refs import MethodRef, NameRef

if TYPE_CHECKING:
    from scanner.taint.link.calls import Calls
    from scanner.taint.link.symbols import Symbols

_UNSEEN: Final = frozenset({"put", "patch", "delete", "del"})
_OVERRIDES: Final = "override"  # what modules are called that let a form choose its method


class Methods:
    """Tells handlers whose answers no browser shows as a page."""

    def __init__(self, symbols: Symbols, calls: Calls) -> None:
        self._symbols = symbols
        self._calls = calls
        self._chosen: bool | None = None
        self._numbers: dict[tuple[str, str], int] = {}  # functions by file and qualified name
        self._known: dict[int, bool] = {}

    def unseen(self, path: str, qualname: str) -> bool:
        """Whether a function is registered for such methods, and for no other use."""
        if not self._numbers:
            paths = [file.path for file in self._symbols.files]
            self._numbers = {(paths[self._symbols.file_of[n]], held.qualname): n for n, held in enumerate(self._symbols.functions)}
        function = self._numbers.get((path, qualname), -1)
        found = self._known.get(function)
        if found is None:
            found = self._known[function] = self._only_unseen(function)
        return found

    def _only_unseen(self, function: int) -> bool:
        if function < 0 or function in self._calls.callers or self._is_chosen():
            return False
        names: list[str] = []
        for call, _ in self._calls.handed_by.get(function, ()):
            ref = self._calls.sites[call].callee
            names.extend(self._calls.callee[call].names or ([ref.name] if isinstance(ref, MethodRef | NameRef) else [""]))
        names.extend(ref.name for ref, _ in self._symbols.functions[function].decorators if isinstance(ref, NameRef) and _is_method(ref.name))
        return bool(names) and all(_last(name) in _UNSEEN for name in names)

    def _is_chosen(self) -> bool:
        """Whether the program lets whoever sends a form say what method it is."""
        if self._chosen is None:
            self._chosen = any(_OVERRIDES in target for file in self._symbols.files for _, target in file.names)
        return self._chosen


def _is_method(name: str) -> bool:
    """Whether a decorator is called after a method of HTTP; others say other things of a handler."""
    return _last(name) in _UNSEEN | {"get", "post", "all", "head", "options", "route", "render"}


def _last(name: str) -> str:
    return name.rpartition(".")[2].lower()
