"""Callees: from how a file names what it calls to functions of the program, and to names that the models may know."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from scanner.taint.facts import MAKE
from scanner.taint.knowledge import MisuseRule, SinkRow
from scanner.taint.link.binding import THIS, Mode
from scanner.taint.link.queues import Queues
from scanner.taint.link.symbols import Kind
from scanner.taint.local.language import LANGUAGES, PYTHON
from scanner.taint.refs import AnyRef, AttrType, ClosureRef, EitherType, GlobalType, MethodRef, NameRef, ParamRef, ParamType, ResultType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scanner.taint.facts import CallSite, Path
    from scanner.taint.knowledge import Knowledge
    from scanner.taint.link.hierarchy import Hierarchy, Type
    from scanner.taint.link.symbols import Symbol, Symbols
    from scanner.taint.link.types import Types
    from scanner.taint.local.context import Library
    from scanner.taint.refs import CalleeRef

MOST_TARGETS = 32  # functions that one call may reach; a call with more of them is followed into the first ones, in the order of the files
MOST_BY_NAME = 3  # program classes that may define a method for its name alone to tell what is called
_DEEPEST = 8  # references that stand for other references

Target = tuple[int, Mode]


class Callee(NamedTuple):
    """Who a call may reach.

    `targets` are functions of the program; `names` those of library functions, nearest class first; `built` is the class that the call makes an
    instance of without an `__init__` of the program's, -1 otherwise, and `fields` are the attributes that it declares; `certain` is false where
    only names say so; `sinks` and `misuses` are rows whose hint fits an untyped receiver; `known` says that more is known than that something is
    called; `every` says that which of the targets runs is no guess: a class that is known by its base only may be any of them.
    """

    targets: tuple[Target, ...] = ()
    names: tuple[str, ...] = ()
    built: int = -1
    fields: tuple[str, ...] = ()
    certain: bool = True
    sinks: tuple[SinkRow, ...] = ()
    misuses: tuple[MisuseRule, ...] = ()
    known: bool = True
    every: bool = False


UNKNOWN = Callee(known=False)


class Scene(Protocol):
    """What callers tell about parameters, once calls are resolved."""

    def passed_functions(self, function: int, parameter: int, path: Path = ()) -> Iterable[tuple[CalleeRef, int]]:
        """The functions that calls pass for a parameter, each with the function whose reference it is."""
        ...


class Callees:
    """Resolves callees."""

    def __init__(self, symbols: Symbols, hierarchy: Hierarchy, types: Types, knowledge: Knowledge, library: Library) -> None:
        self._symbols = symbols
        self._hierarchy = hierarchy
        self._types = types
        self._knowledge = knowledge
        self._library = library
        self.scene: Scene | None = None
        self._language = LANGUAGES.get(knowledge.language, PYTHON)
        self.queues = Queues(knowledge.entries, symbols.functions, lambda ref, function: self.of(ref, function).names)
        self._hinted: dict[tuple[str, str, int], Callee] = {}
        self.crowd = False  # whether an answer had more targets than are followed
        self._by_name: dict[str, list[int]] = {}
        for cls in range(len(symbols.classes)):
            for name, function in hierarchy.own_methods(cls).items():
                if name not in self._language.common and not name.startswith("__"):
                    self._by_name.setdefault(name, []).append(function)

    def of_site(self, site: CallSite, function: int) -> Callee:
        """Who a call site of a function reaches."""
        return self.of(site.callee, function, sum(1 for slot in site.slots if slot.isdigit()))

    def of(self, ref: CalleeRef, function: int, arguments: int = 0, depth: int = 0) -> Callee:
        """Who a reference in a function reaches when it is called with so many positional arguments."""
        file = self._symbols.file_of[function]
        match ref:
            case NameRef(name):
                return self._named(self._symbols.resolve(name, file), arguments)
            case MethodRef():
                return self._method(ref, function, file, arguments, depth)
            case ClosureRef(qualname):
                number = self._symbols.function_numbers[file].get(qualname)
                return UNKNOWN if number is None else Callee(((number, Mode.PLAIN),))
            case ParamRef(number, path, ""):
                return self._parameter(number, path, function, depth)
            case ParamRef(number, path, outer):
                found = self._symbols.function_numbers[file].get(outer)
                return UNKNOWN if found is None else self._parameter(number, path, found, depth)
            case AnyRef(refs):
                return UNKNOWN if depth >= _DEEPEST else self._together([self.of(one, function, arguments, depth + 1) for one in refs])
            case None:
                return UNKNOWN

    def _named(self, symbol: Symbol, arguments: int) -> Callee:
        match symbol.kind:
            case Kind.FUNCTION if not symbol.rest:
                return Callee(((symbol.number, self._unbound(symbol.number)),))
            case Kind.FUNCTION if len(symbol.rest) == 1:
                return self._queued(((symbol.number, Mode.PLAIN),), symbol.rest[0])
            case Kind.CLASS if not symbol.rest:
                return self.constructor(symbol.number)
            case Kind.CLASS if len(symbol.rest) == 1 and (method := self._hierarchy.method(symbol.number, symbol.rest[0])) >= 0:
                return Callee(((method, self._unbound(method)),))
            case Kind.CLASS if len(symbol.rest) == 1 and (names := self._hierarchy.library_names(symbol.number, symbol.rest[0])):
                return Callee(names=names)
            case Kind.CLASS | Kind.VARIABLE if symbol.rest:
                types = self._types.of_symbol(symbol._replace(rest=symbol.rest[:-1]))
                hint = symbol.rest[-2] if len(symbol.rest) > 1 else symbol.name
                return self._member(types, symbol.rest[-1], hint.strip("_").lower(), arguments)
            case Kind.VARIABLE:
                types = self._types.of_symbol(symbol)
                return self._member(types, "__call__", "", arguments) if types else UNKNOWN
            case Kind.LIBRARY:
                return Callee(names=self._library_spellings(symbol.name))
            case _:
                return UNKNOWN

    def _queued(self, functions: Iterable[Target], attribute: str) -> Callee:
        """A call of an attribute of functions, which are tasks perhaps."""
        found = tuple((number, mode) for number, _ in functions if (mode := self.queues.mode(number, attribute)) is not None)
        return Callee(found) if found else UNKNOWN

    def _library_spellings(self, name: str) -> tuple[str, ...]:
        """A library name itself; or through the class of the object that it begins with, when the program reaches it by another way."""
        if name in self._library.functions or "." not in name:
            return (name,)
        head, _, last = name.rpartition(".")
        return (name, *(known for type_ in self._types.of_library_name(head) for known in self._hierarchy.library_names(type_, last)))

    def _unbound(self, function: int) -> Mode:
        return Mode.CLASS if self._symbols.functions[function].binding == "class" else Mode.PLAIN

    def constructor(self, cls: int) -> Callee:
        """A call of a class."""
        init = self._hierarchy.method(cls, "__init__")
        names = tuple(known for known in self._hierarchy.line(cls) if isinstance(known, str))
        if init >= 0:
            return Callee(((init, Mode.CONSTRUCT),), tuple(name for name in names if name in self._library.functions))
        return Callee(names=tuple(name for name in names if name in self._library.functions), built=cls, fields=self._types.fields(cls))

    def _makers(self, types: tuple[Type, ...]) -> Callee:
        """A call of a class of which only a base is known: constructors that may run."""
        found = [self.constructor(cls) for type_ in types if isinstance(type_, int) for cls in (type_, *self._hierarchy.descendants(type_))]
        return self._together(found)._replace(every=True) if found else UNKNOWN

    def _method(self, ref: MethodRef, function: int, file: int, arguments: int, depth: int) -> Callee:
        if isinstance(ref.type, GlobalType):
            # `package.module.work()` looks like a method of a variable until the program's modules are known.
            symbol = self._symbols.resolve(f"{ref.type.name}.{ref.name}", file)
            if symbol.kind in {Kind.FUNCTION, Kind.CLASS} or (symbol.kind is Kind.LIBRARY and symbol.name in self._library.functions):
                return self._named(symbol, arguments)
        types = self._types.of(ref.type, function, file)
        if ref.name == MAKE:
            return self._makers(types)
        if isinstance(ref.type, ResultType) and types in {(), ("dict",)} and ref.name != "__call__" and depth < _DEEPEST:
            made = self._of_made(ref.type.callee, ref.name, function, arguments, depth)
            if made.targets:
                return made
        if not types and isinstance(ref.type, ResultType) and (ref.name == "__call__" or ref.name in self.queues.attributes):
            returned = self._returned_functions(ref.type.callee, function, arguments, depth)
            return returned if ref.name == "__call__" else self._queued(returned.targets, ref.name)
        if not types and isinstance(ref.type, ParamType) and self.scene is not None and self._language.keyed:
            passed = self._of_passed(ref.type, ref.name, function, file)
            if passed is not None:
                return passed
        if not types and isinstance(ref.type, AttrType) and ref.name == "__call__":
            held = self._types.of(ref.type.type, function, file)
            return self._member(held, ref.type.name, "", arguments) if held else UNKNOWN
        return self._member(types, ref.name, ref.hint, arguments)

    def _of_passed(self, type_: ParamType, name: str, function: int, file: int) -> Callee | None:
        """A function of a module that callers pass for a parameter (`start(require("http"))`)."""
        where = function if not type_.function else self._symbols.function_numbers[file].get(type_.function, -1)
        if where < 0 or self.scene is None:
            return None
        found = []
        for ref, caller in self.scene.passed_functions(where, type_.number):
            if isinstance(ref, NameRef):
                known = self._named(self._symbols.resolve(f"{ref.name}.{name}", self._symbols.file_of[caller]), 0)
                if known.targets or any(held in self._library.functions for held in known.names):
                    found.append(known)
        return self._together(found) if found else None

    def _of_made(self, maker: CalleeRef, name: str, function: int, arguments: int, depth: int) -> Callee:
        """A function in an object that another function made and returned (`makeShop(db).find(...)`)."""
        found = [
            self.of(ref, number, arguments, depth + 1)
            for number, mode in self.of(maker, function, 0, depth + 1).targets
            if mode is not Mode.CONSTRUCT
            for component, ref in self._symbols.functions[number].members
            if component == f".{name}"
        ]
        return self._together(found)

    def _member(self, types: tuple[Type, ...], name: str, hint: str, arguments: int) -> Callee:
        if not types:
            if name in self._language.promises:
                return Callee(names=(f"{self._language.promise}.{name}",))
            return self._by_hint(name, hint, arguments)
        targets: dict[Target, None] = {}
        names: dict[str, None] = {}
        for type_ in types:
            method = self._hierarchy.method(type_, name)
            if method < 0:
                names.update(dict.fromkeys(self._hierarchy.library_names(type_, name)))
            for found in (method, *self._hierarchy.overrides(type_, name)) if method >= 0 else self._hierarchy.overrides(type_, name):
                targets[found, self._bound(found)] = None
        if name == "__init__" and not targets:  # `super().__init__(...)` of a library's class: the class itself is what the models know
            names.update((str(cls), None) for type_ in types for cls in self._hierarchy.order(type_) if isinstance(cls, str))
        if name in self._language.promises and not targets and not any(known in self._library.functions for known in names):
            return Callee(names=(f"{self._language.promise}.{name}",))
        if not targets and not names:
            kept = [found for type_ in types if isinstance(type_, int) for found in self._kept(type_, name)]
            return self._together(kept or [*self._called(types, name)])
        return Callee(self._bounded(targets), tuple(names))

    def _kept(self, cls: int, name: str) -> Iterator[Callee]:
        """The functions that an attribute holds: those that are stored there, and those that calls of the constructor pass for it."""
        for known in self._hierarchy.line(cls):
            if isinstance(known, int):
                where = next(iter(self._hierarchy.own_methods(known).values()), -1)
                for attribute, ref in self._symbols.classes[known].functions if where >= 0 else ():
                    if attribute == name and isinstance(ref, NameRef | ClosureRef):
                        yield self.of(ref, where, 0, _DEEPEST)
        init = self._hierarchy.method(cls, "__init__")
        held = self._types.attribute_ref(cls, name)
        held = held.passed if isinstance(held, EitherType) else held
        if init >= 0 and isinstance(held, ParamType) and self.scene is not None:
            self._types.asked = True
            for ref, where in self.scene.passed_functions(init, held.number):
                yield self.of(ref, where, 0, _DEEPEST)

    def _called(self, types: tuple[Type, ...], name: str) -> Iterator[Callee]:
        """What a call of an attribute calls that holds an object with a `__call__` of the program's."""
        for type_ in types:
            for held in self._types.attribute(type_, name):
                method = self._hierarchy.method(held, "__call__")
                if method >= 0:
                    yield Callee(((method, self._bound(method)),))

    def _bound(self, function: int) -> Mode:
        match self._symbols.functions[function].binding:
            case "static":
                return Mode.PLAIN
            case "class":
                return Mode.CLASS
            case _:
                return Mode.BOUND

    def _bounded(self, targets: Iterable[Target]) -> tuple[Target, ...]:
        found = tuple(targets)
        if len(found) > MOST_TARGETS:
            self.crowd = True
        return found[:MOST_TARGETS]

    def _by_hint(self, name: str, hint: str, arguments: int) -> Callee:
        """A method of a value of unknown type: what its name, and what its receiver is called, make likely."""
        if not name:
            return UNKNOWN
        key = (name, hint, arguments)
        found = self._hinted.get(key)
        if found is None:
            found = self._hinted[key] = self._likely(name, hint, arguments)
        return found

    def _likely(self, name: str, hint: str, arguments: int) -> Callee:
        knowledge = self._knowledge
        rows = tuple(row for row in knowledge.hinted_sinks.get(name, ()) if _fits(hint, row.hints))
        misuses = tuple(rule for rule in knowledge.hinted_misuses.get(name, ()) if _fits(hint, rule.hints))
        named = self._by_name.get(name, ())
        candidates = tuple(function for function in named if self._takes(function, arguments)) if len(named) <= MOST_BY_NAME else ()
        related = tuple(function for function in candidates if self._called_like(function, hint))
        if rows and not related:
            return Callee(certain=False, sinks=rows, misuses=misuses, known=False)
        if not candidates and not misuses and not self._language.stores(hint, name) and (builtin := self._builtin(name)):
            return Callee(names=(builtin,))
        targets = tuple((function, self._bound(function)) for function in related or candidates)
        return Callee(targets, certain=False, misuses=misuses, known=False)

    def _builtin(self, name: str) -> str:
        """The method of the language's own types that a name is, where it is one that the models know."""
        kinds = LANGUAGES[self._knowledge.language].builtin_types
        return next((known for kind in kinds if (known := f"{kind}.{name}") in self._library.functions), "")

    def _takes(self, function: int, arguments: int) -> bool:
        facts = self._symbols.functions[function]
        return any(facts.param_kinds[number] for number in range(len(facts.params))) or len(facts.params) - (facts.binding != "static") >= arguments

    def _called_like(self, function: int, hint: str) -> bool:
        cls = self._symbols.functions[function].owner.rpartition(".")[2].lower().strip("_")
        plain = hint.replace("_", "")
        return len(plain) > 1 and (plain in cls or cls in plain)

    def _returned_functions(self, callee: CalleeRef, function: int, arguments: int, depth: int) -> Callee:
        if depth >= _DEEPEST:
            return UNKNOWN
        maker = self.of(callee, function, arguments, depth + 1)
        found = [
            self.of(ref, number, arguments, depth + 1)
            for number, mode in maker.targets
            if mode is not Mode.CONSTRUCT
            for ref in self._symbols.functions[number].returned_functions
        ]
        return self._together(found)

    def returned_by(self, maker: CalleeRef, function: int) -> tuple[Target, ...]:
        """The functions that a call of a callee returns, where the program itself says so."""
        found = self._returned_functions(maker, function, 0, 1)
        return found.targets if found.certain else ()

    def _parameter(self, number: int, path: Path, function: int, depth: int) -> Callee:
        owner = self._symbols.owner(function)
        facts = self._symbols.functions[function]
        if number == 0 and owner >= 0 and facts.binding != "static" and not path and (not self._language.explicit or facts.params[0] == THIS):
            return self.constructor(owner) if facts.binding == "class" else self._member((owner,), "__call__", "", 0)
        given = self._types.given.get((function, number)) if not path else None
        if given:
            return self._member(given, "__call__", "", 0)  # a function that a library hands to a handler (`done(null, name)`)
        self._types.asked = True
        if self.scene is None or depth >= _DEEPEST or (path and not self._language.keyed):
            return UNKNOWN
        return self._together([self.of(ref, where, 0, depth + 1) for ref, where in self.scene.passed_functions(function, number, path)])

    def _together(self, callees: list[Callee]) -> Callee:
        if len(callees) < 2:  # noqa: PLR2004 -- nothing to join
            return callees[0] if callees else UNKNOWN
        targets = dict.fromkeys(target for callee in callees for target in callee.targets)
        names = dict.fromkeys(name for callee in callees for name in callee.names)
        return Callee(self._bounded(targets), tuple(names), certain=all(callee.certain for callee in callees), known=bool(targets or names))


def _fits(hint: str, hints: tuple[str, ...]) -> bool:
    """Whether a receiver's name is one of the hints, or ends in one as a word of its own (`user_cursor`)."""
    return bool(hint) and any(hint == word or hint.endswith(f"_{word}") for word in hints)
