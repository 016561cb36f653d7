"""Names of the whole program: what a dotted name stands for, through imports, re-exports and star imports."""

from __future__ import annotations

from enum import IntEnum
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from scanner.taint.facts import PUBLIC
from scanner.taint.local.language import LANGUAGES
from scanner.taint.refs import NameRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scanner.taint.facts import CallSite, ClassFacts, FileFacts, FunctionFacts, Path
    from scanner.taint.ir import Constant
    from scanner.taint.local.context import Library

_MOST_HANDED_ON = 100  # modules that one name is imported through
_MOST_HELD = 500  # functions in one object that are looked at
_MOST_STARS = 4  # star imports of star imports, followed this far


class Kind(IntEnum):
    """What a name can be."""

    FUNCTION = 0
    CLASS = 1
    MODULE = 2
    VARIABLE = 3
    LIBRARY = 4


class Symbol(NamedTuple):
    """What a dotted name stands for: the longest part that is known, and the `rest` of the name behind it.

    `number` counts functions, classes or files (the file of a module or variable); `name` is a variable's own name, or a library's name in full.
    """

    kind: Kind
    number: int = -1
    name: str = ""
    rest: tuple[str, ...] = ()


class Symbols:
    """All functions and classes of a program by number, and its names. `files` are in the order of their paths."""

    def __init__(self, files: Sequence[FileFacts], library: Library) -> None:
        self.files = files
        self.functions: list[FunctionFacts] = []
        self.file_of: list[int] = []
        self.function_numbers: list[dict[str, int]] = []
        self.classes: list[ClassFacts] = []
        self.class_file: list[int] = []
        self.class_numbers: list[dict[str, int]] = []
        self.variables = [dict(file.variables) for file in files]
        self._names = [dict(file.names) for file in files]
        self._exports = [dict(file.exports) for file in files]
        self._constants = [dict(file.constants) for file in files]
        self.constants = any(self._constants)  # whether modules tell any
        self._library = library
        self._modules: dict[str, list[int]] = {}
        self._endings: dict[str, str] = {}  # of the places of modules: the module's name, empty where several end so
        self._heads: set[str] = set()
        self._depth = 0
        self._held: dict[tuple[Kind, int, str], tuple[tuple[Path, int], ...]] = {}
        self._memo: dict[tuple[str, int], Symbol] = {}
        self._library_heads = frozenset(name.split(".", 1)[0] for name in library.functions)
        self._own_stars = [file.stars for file in files]
        for number, file in enumerate(files):
            self._add(number, file)

    def _add(self, number: int, file: FileFacts) -> None:
        held = self._modules.setdefault(file.module, [])
        held.append(number)
        self._heads.add(f"{file.module}{PUBLIC}")
        parts = _place(file)
        self._heads.update(parts)
        for start in range(len(parts)):
            ending = ".".join(parts[start:])
            if self._endings.setdefault(ending, file.module) != file.module:
                self._endings[ending] = ""
        functions: dict[str, int] = {}
        for function in file.functions:
            functions[function.qualname] = len(self.functions)
            self.functions.append(function)
            self.file_of.append(number)
        self.function_numbers.append(functions)
        classes: dict[str, int] = {}
        for cls in file.classes:
            classes[cls.qualname] = len(self.classes)
            self.classes.append(cls)
            self.class_file.append(number)
        self.class_numbers.append(classes)

    def owner(self, function: int) -> int:
        """The number of the class that a function is a method of, -1 for none."""
        name = self.functions[function].owner
        return self.class_numbers[self.file_of[function]].get(name, -1) if name else -1

    def dotted(self, cls: int) -> str:
        """A class's dotted name."""
        return f"{self.files[self.class_file[cls]].module}.{self.classes[cls].qualname}"

    def resolve(self, name: str, file: int) -> Symbol:
        """What a dotted name means in a file. A name of no file of the program is a library's."""
        key = (name, file)
        found = self._memo.get(key)
        if found is None:
            # Names that import each other in a circle end here, and those that are handed on too often.
            found = self._memo[key] = Symbol(Kind.LIBRARY, name=name)
            if self._depth < _MOST_HANDED_ON:
                self._depth += 1
                found = self._memo[key] = self._resolve(name, file)
                self._depth -= 1
        return found

    def _resolve(self, name: str, file: int) -> Symbol:
        parts = name.split(".")
        if parts[0].endswith(PUBLIC) and parts[0] in self._heads:
            numbers = self._modules[parts[0].removesuffix(PUBLIC)]
            return self._offered(self._nearest(numbers, file), tuple(parts[1:]))
        module = self._module(parts, file) if parts[0] in self._heads else None
        if module is None:
            return Symbol(Kind.LIBRARY, name=self._library.canonical(name))
        number, used = module
        return self._member(number, tuple(parts[used:]))

    def told(self, site: CallSite, file: int) -> CallSite:
        """A call with the constants of other modules that are passed to it."""
        if not site.functions:
            return site
        known = [(slot, constant) for slot, ref in site.functions if isinstance(ref, NameRef) for constant in self._constant(ref.name, file)]
        known.extend(item for slot, ref in site.functions if slot == "**" and isinstance(ref, NameRef) for item in self._keys(ref.name, file))
        if not known:
            return site
        slots = {slot for slot, _ in known}
        functions = tuple(item for item in site.functions if item[0] not in slots)
        return site._replace(constants=(*site.constants, *known), functions=functions)

    def _constant(self, name: str, file: int) -> tuple[Constant, ...]:
        symbol = self.resolve(name, file)
        if symbol.kind is not Kind.VARIABLE:
            return ()
        held = self._constants[symbol.number]
        key = ".".join((symbol.name, *symbol.rest))
        return (held[key],) if key in held else ()

    def _keys(self, name: str, file: int) -> Iterator[tuple[str, Constant]]:
        """The constants under the keys of a dictionary that another module holds."""
        symbol = self.resolve(name, file)
        if symbol.kind is Kind.VARIABLE:
            start = ".".join((symbol.name, *symbol.rest)) + "["
            yield from ((key[len(start) : -1], constant) for key, constant in self._constants[symbol.number].items() if key.startswith(start))

    def offered(self, file: int, name: str) -> Symbol:
        """What a module offers under one of its exports' names."""
        return self._offered(file, (name,))

    def offered_module(self, file: int, name: str) -> int:
        """The module that one hands on whole under one of its exports' names, by a chain of plain names; -1 for none."""
        target = self._exports[file].get(name, "")
        for _ in range(_MOST_STARS):
            module, dot, rest = target.partition(".")
            numbers = self._modules.get(module.removesuffix(PUBLIC), ())
            if not numbers:
                return -1
            if not dot:
                return self._nearest(numbers, file) if module.endswith(PUBLIC) else -1
            if module.endswith(PUBLIC):
                return -1
            target = self._names[self._nearest(numbers, file)].get(rest, "")
        return -1

    def handed_on(self, file: int) -> Iterator[int]:
        """The modules whose public names a module offers too."""
        for star in self._own_stars[file]:
            numbers = self._modules.get(star.removesuffix(PUBLIC), ())
            if numbers:
                yield self._nearest(numbers, file)

    def functions_in(self, name: str, file: int) -> tuple[tuple[Path, int], ...]:
        """The functions in an object that a name stands for, in a module that says apart what it offers: each with its path there."""
        symbol = self.resolve(name, file)
        if symbol.rest or symbol.kind not in {Kind.MODULE, Kind.VARIABLE}:
            return ()
        key = (symbol.kind, symbol.number, symbol.name)
        found = self._held.get(key)
        if found is None:
            found = self._held[key] = tuple(islice(self._functions_in(symbol, (), _MOST_STARS), _MOST_HELD))
        return found

    def _functions_in(self, symbol: Symbol, path: Path, depth: int) -> Iterator[tuple[Path, int]]:
        inner: Iterable[tuple[str, Symbol]] = ()
        if symbol.kind is Kind.FUNCTION and not symbol.rest:
            yield path, symbol.number
        elif symbol.kind is Kind.MODULE and not symbol.rest:
            inner = ((name, self.offered(symbol.number, name)) for name in self._exports[symbol.number] if name != "default")
        elif symbol.kind is Kind.VARIABLE:
            start = ".".join((symbol.name, *symbol.rest, ""))
            names = self._names[symbol.number]
            inner = ((name[len(start) :], self.resolve(target, symbol.number)) for name, target in names.items() if name.startswith(start))
        for name, held in inner if depth else ():
            yield from self._functions_in(held, (*path, *(f".{part}" for part in name.split("."))), depth - 1)

    def members(self, variable: Symbol) -> Iterator[Symbol]:
        """The functions and classes in the object that a variable is known to hold."""
        start = ".".join((variable.name, *variable.rest, ""))
        for name, target in self._names[variable.number].items():
            if name.startswith(start):
                yield self.resolve(target, variable.number)

    def _offered(self, file: int, rest: tuple[str, ...]) -> Symbol:
        """What a module says it offers: by its exports, else through its default one, else what it hands on of others."""
        exports = self._exports[file]
        module = self.files[file].module
        if rest and rest[0] == "default" and "default" in exports:
            rest = rest[1:]
        elif rest and rest[0] in exports:
            return self.resolve(".".join((exports[rest[0]], *rest[1:])), file)
        elif rest and rest[0] == "default":
            rest = rest[1:]  # a module without a default export is its own, for CommonJS
        target = exports.get("default")
        if rest:
            for star in self._own_stars[file]:
                found = self.resolve(".".join((star, *rest)), file)
                if found.kind is not Kind.VARIABLE and found.kind is not Kind.LIBRARY:
                    return found
        if target is not None:
            return self.resolve(".".join((target, *rest)), file)
        if rest and self._own_stars[file]:
            return self.resolve(".".join((self._own_stars[file][0], *rest)), file)
        return Symbol(Kind.VARIABLE, file, rest[0], rest[1:]) if rest else Symbol(Kind.MODULE, file, module)

    def _member(self, file: int, rest: tuple[str, ...]) -> Symbol:  # noqa: C901 -- one kind of name after the other
        if not rest:
            return Symbol(Kind.MODULE, file)
        classes, functions = self.class_numbers[file], self.function_numbers[file]
        for length in range(len(rest), 0, -1):
            qualname = ".".join(rest[:length])
            if qualname in classes:
                return Symbol(Kind.CLASS, classes[qualname], rest=rest[length:])
            if qualname in functions:
                return Symbol(Kind.FUNCTION, functions[qualname], rest=rest[length:])
        head = rest[0]
        if len(rest) > 1 and self._exports[file]:
            # Functions in an object that a variable holds are known under both names.
            for length in range(len(rest), 1, -1):
                inner = self._names[file].get(".".join(rest[:length]))
                if inner is not None:
                    return self.resolve(".".join((inner, *rest[length:])), file)
        target = self._names[file].get(head)
        if target is not None and target != f"{self.files[file].module}.{head}":
            return self.resolve(".".join((target, *rest[1:])), file)
        if head not in self.variables[file]:
            found = self._starred(file, rest)
            if found is not None:
                return found
        return Symbol(Kind.VARIABLE, file, head, rest[1:])

    def _starred(self, file: int, rest: tuple[str, ...]) -> Symbol | None:
        for star in self._own_stars[file]:
            name = ".".join((star, *rest))
            module = self._module(star.split("."), file)
            if module is None:
                known = self._library.canonical(name)
                if known in self._library.functions or known in self._library.classes:
                    return Symbol(Kind.LIBRARY, name=known)
            elif module[1] == star.count(".") + 1 and self._offers(module[0], rest[0], _MOST_STARS):
                return self.resolve(name, file)
        return None

    def _offers(self, file: int, name: str, depth: int) -> bool:
        """Whether a module binds a name, itself or through its own star imports."""
        if any(name in table[file] for table in (self._names, self.function_numbers, self.class_numbers, self.variables)):
            return True
        if not depth:
            return False
        modules = (self._module(star.split("."), file) for star in self._own_stars[file])
        return any(module is not None and self._offers(module[0], name, depth - 1) for module in modules)

    def _module(self, parts: list[str], file: int) -> tuple[int, int] | None:
        """The file of the longest module name that `parts` begin with, and its length.

        What is no module's full name may still be one seen from the importing file's directory, from a root that nobody told us (`src`), or from a
        folder above its package that is a namespace: then the module whose place ends so, if there is exactly one. Names of libraries never are taken
        for a file that happens to end like them.
        """
        found = self._longest((), parts, file)
        head = parts[0]
        if found is not None or head in self._library_heads or head in LANGUAGES[self.files[file].language].standard_modules:
            return found
        own = self.files[file].module.split(".")
        for length in range(len(own) - 1, 0, -1):
            found = self._longest(tuple(own[:length]), parts, file)
            if found is not None:
                return found
        for length in range(len(parts), 0, -1):
            name = self._endings.get(".".join(parts[:length]))
            if name:
                return self._nearest(self._modules[name], file), length
        return None

    def _longest(self, prefix: tuple[str, ...], parts: list[str], file: int) -> tuple[int, int] | None:
        for length in range(len(parts), 0, -1):
            numbers = self._modules.get(".".join((*prefix, *parts[:length])))
            if numbers is not None:
                return self._nearest(numbers, file), length
        return None

    def _nearest(self, numbers: list[int], file: int) -> int:
        """Of several files with one module name, the importing one itself, else the one whose path is nearest."""
        if len(numbers) == 1 or file in numbers:
            return numbers[0] if len(numbers) == 1 else file
        own = self.files[file].path.split("/")
        return max(numbers, key=lambda number: (_shared(own, self.files[number].path.split("/")), -number))


def _place(file: FileFacts) -> list[str]:
    """Where a module stands, as names are written: the folders that its name does not begin at, then its name."""
    path = file.path.rpartition(".")[0].removesuffix("/__init__").replace("/", ".")
    return (path if path.endswith(f".{file.module}") else file.module).split(".")


def _shared(one: list[str], other: list[str]) -> int:
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count
