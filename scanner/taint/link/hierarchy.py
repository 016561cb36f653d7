"""Classes over all files: bases, the order in which members are looked up, and what subclasses override."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.link.symbols import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.taint.link.symbols import Symbols
    from scanner.taint.local.context import Library

MOST_ANCESTORS = 64
MOST_DESCENDANTS = 256

Type = int | str
"""A resolved type: a class of the program by number, or a library's by its dotted name. `super:` before a number: looked up behind that class."""

SUPER = "super:"


class Hierarchy:
    """The classes of a program and of the libraries that they derive from."""

    def __init__(self, symbols: Symbols, library: Library) -> None:
        self._symbols = symbols
        self._library = library
        self._lines: dict[int, tuple[Type, ...]] = {}
        self._methods = [
            {name: numbers[qualname] for name, qualname in cls.methods if qualname in numbers}
            for cls, numbers in ((cls, symbols.function_numbers[file]) for cls, file in zip(symbols.classes, symbols.class_file, strict=True))
        ]
        self._bases = [self._resolved(number) for number in range(len(symbols.classes))]
        self._children: dict[int, list[int]] = {}
        for number, bases in enumerate(self._bases):
            for base in bases:
                if isinstance(base, int) and base != number:
                    self._children.setdefault(base, []).append(number)
        self._below: dict[int, tuple[int, ...]] = {}

    def _resolved(self, cls: int) -> tuple[Type, ...]:
        file = self._symbols.class_file[cls]
        found: list[Type] = []
        for base in self._symbols.classes[cls].bases:
            if base is None:
                continue
            symbol = self._symbols.resolve(base, file)
            if symbol.kind is Kind.CLASS and not symbol.rest:
                found.append(symbol.number)
            elif symbol.kind is Kind.LIBRARY:
                found.append(symbol.name)
        return tuple(found)

    def own_methods(self, cls: int) -> dict[str, int]:
        """The methods that a class defines itself."""
        return self._methods[cls]

    def line(self, cls: int) -> tuple[Type, ...]:
        """A class and its ancestors in the order of look-ups (depth first, left to right), library classes with their own bases behind them."""
        found = self._lines.get(cls)
        if found is None:
            seen: dict[Type, None] = {}
            self._walk(cls, seen)
            found = self._lines[cls] = tuple(seen)
        return found

    def _walk(self, cls: Type, seen: dict[Type, None]) -> None:
        stack: list[Type] = [cls]
        while stack and len(seen) < MOST_ANCESTORS:
            here = stack.pop()
            if here in seen:
                continue
            if isinstance(here, int):
                seen[here] = None
                stack.extend(reversed(self._bases[here]))
            else:
                seen.update(dict.fromkeys(self._library.line(here)))

    def descendants(self, cls: int) -> tuple[int, ...]:
        """All classes of the program that derive from a class, itself left out."""
        found = self._below.get(cls)
        if found is None:
            seen: dict[int, None] = {}
            queue = list(self._children.get(cls, ()))
            for child in queue:  # grows while it is walked
                if child not in seen and child != cls and len(seen) < MOST_DESCENDANTS:
                    seen[child] = None
                    queue.extend(self._children.get(child, ()))
            found = self._below[cls] = tuple(seen)
        return found

    def order(self, type_: Type) -> tuple[Type, ...]:
        """Where members of a value of a type are looked up."""
        if isinstance(type_, int):
            return self.line(type_)
        if type_.startswith(SUPER):
            return self.line(int(type_.removeprefix(SUPER)))[1:]
        return self._library.line(type_)

    def method(self, type_: Type, name: str) -> int:
        """The function that a method's name finds on a type, -1 for none of the program."""
        for cls in self.order(type_):
            if isinstance(cls, int):
                found = self._methods[cls].get(name, -1)
                if found >= 0:
                    return found
        return -1

    def overrides(self, type_: Type, name: str) -> Iterable[int]:
        """The methods of that name that subclasses define; none for `super`."""
        if isinstance(type_, int):
            for cls in self.descendants(type_):
                found = self._methods[cls].get(name, -1)
                if found >= 0:
                    yield found

    def library_names(self, type_: Type, member: str) -> tuple[str, ...]:
        """The names under which the models may know a member, nearest class first."""
        return tuple(f"{cls}.{member}" for cls in self.order(type_) if isinstance(cls, str))

    def derives_from(self, type_: Type, base: str) -> bool:
        """Whether a type is a library's class or derives from it."""
        return base in self.order(type_)
