"""Types over the whole program: from how a file says a type can be found out to the classes that it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from scanner.taint.facts import MAKE
from scanner.taint.link.hierarchy import SUPER
from scanner.taint.link.symbols import Kind
from scanner.taint.local.context import first
from scanner.taint.local.language import LANGUAGES
from scanner.taint.refs import AttrType, ClosureRef, EitherType, GlobalType, ItemType, MethodRef, NameRef, ParamRef, ParamType, ResultType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.taint.knowledge import Knowledge
    from scanner.taint.link.hierarchy import Hierarchy, Type
    from scanner.taint.link.symbols import Symbol, Symbols
    from scanner.taint.local.context import Library
    from scanner.taint.refs import CalleeRef, TypeRef

MOST = 4  # classes that one value may be of; further ones are left out
_DEEPEST = 50  # types that rest on other types, followed this far
MODULE = -1  # in place of a function's number: at a module's top level
_NONE: tuple[Type, ...] = ()


class Scene(Protocol):
    """What callers tell about parameters, once calls are resolved."""

    def argument_types(self, function: int, parameter: int) -> Iterable[Type]:
        """The types that calls pass for a parameter."""
        ...

    def functions_in(self, maker: CalleeRef, name: str, function: int) -> Iterable[int]:
        """The functions under a name in the objects that a callee returns."""
        ...


class Types:
    """Resolves type references. `given` are types of parameters that entry points bring with them."""

    def __init__(self, symbols: Symbols, hierarchy: Hierarchy, library: Library, knowledge: Knowledge) -> None:
        self._symbols = symbols
        self._hierarchy = hierarchy
        self._library = library
        self._rows = knowledge.types
        language = LANGUAGES.get(knowledge.language)
        self._promises = language.promises if language is not None else frozenset()
        # What programs keep in objects of a library (`flask.g.db`) is told under its dotted name by the file that stores it there.
        self._stored: dict[str, list[tuple[TypeRef, int]]] = {}
        for number, variables in enumerate(symbols.variables):
            for name, ref in variables.items():
                if "." in name:
                    self._stored.setdefault(name, []).append((ref, number))
        self._attributes = [dict(cls.attribute_types) for cls in symbols.classes]
        self._memo: dict[tuple[type, TypeRef, int, int], tuple[Type, ...]] = {}
        self._open: dict[tuple[type, TypeRef, int, int], tuple[Type, ...]] = {}
        self._active: set[object] = set()
        self.given: dict[tuple[int, int], tuple[Type, ...]] = {}
        self.scene: Scene | None = None
        self.asked = False  # whether an answer lacked what a caller may still tell

    def forget(self) -> None:
        """Drop the answers that lacked something: calls are known better by now."""
        self._open.clear()

    def of(self, ref: TypeRef, function: int, file: int) -> tuple[Type, ...]:
        """The classes that a reference in a function (or `MODULE`) of a file can mean; none when nothing is known."""
        if ref is None:
            return _NONE
        context = function if type(ref) is not str else MODULE
        key = (type(ref), ref, context, file)
        found = self._memo.get(key)
        if found is not None:
            return found
        found = self._open.get(key)
        if found is not None:
            self.asked = True
            return found
        if key in self._active:
            return _NONE
        if len(self._active) >= _DEEPEST:
            self.asked = True
            return _NONE
        before, self.asked = self.asked, False
        self._active.add(key)
        found = self._find(ref, context, file)
        self._active.discard(key)
        (self._open if self.asked else self._memo)[key] = found
        self.asked = self.asked or before
        return found

    def _find(self, ref: TypeRef, function: int, file: int) -> tuple[Type, ...]:
        match ref:
            case str():
                return self._named(ref, file)
            case ResultType():
                return self._result(ref.callee, function, file)
            case AttrType(type=GlobalType(name=name)) if self._symbols.resolve(name, file).kind is Kind.MODULE:
                return self.of_symbol(self._symbols.resolve(f"{name}.{ref.name}", file))
            case AttrType():
                return _few(found for type_ in self.of(ref.type, function, file) for found in self.attribute(type_, ref.name))
            case ItemType():
                return _few(found for type_ in self.of(ref.type, function, file) for found in self._item(type_, ref.name))
            case ParamType(number=number, function=outer):
                return self._parameter(number, self._symbols.function_numbers[file].get(outer, MODULE) if outer else function)
            case GlobalType():
                return self.of_symbol(self._symbols.resolve(ref.name, file))
            case EitherType(passed=passed, otherwise=otherwise):
                return _few((*self.of(otherwise, function, file), *self.of(passed, function, file)))
            case None:
                return _NONE

    def _named(self, name: str, file: int) -> tuple[Type, ...]:
        behind = name.startswith(SUPER)
        symbol = self._symbols.resolve(name.removeprefix(SUPER), file)
        if symbol.kind is Kind.CLASS and not symbol.rest:
            return (f"{SUPER}{symbol.number}",) if behind else (symbol.number,)
        return (symbol.name,) if symbol.kind is Kind.LIBRARY and not behind else _NONE

    def of_symbol(self, symbol: Symbol) -> tuple[Type, ...]:
        """The type of what a name stands for, when that is a value."""
        match symbol.kind:
            case Kind.VARIABLE:
                known = self._symbols.variables[symbol.number].get(symbol.name)
                return self._walk(self.of(known, MODULE, symbol.number), symbol.rest)
            case Kind.CLASS if symbol.rest:
                return self._walk(self.attribute(symbol.number, symbol.rest[0]), symbol.rest[1:])
            case Kind.LIBRARY:
                return self.of_library_name(symbol.name)
            case _:
                return _NONE

    def _walk(self, types: tuple[Type, ...], names: tuple[str, ...]) -> tuple[Type, ...]:
        for name in names:
            types = _few(found for type_ in types for found in self.attribute(type_, name))
        return types

    def of_library_name(self, name: str) -> tuple[Type, ...]:
        """The type of a library's object: of the longest beginning of its name that has one, and of the attributes behind it."""
        parts = name.split(".")
        for length in range(len(parts), 0, -1):
            head = ".".join(parts[:length])
            row = self._rows.get(head)
            if row is not None:
                return self._walk((row,), tuple(parts[length:]))
            held = self._stored.get(head)
            if held is not None:
                return self._walk(_few(found for ref, file in held for found in self.of(ref, MODULE, file)), tuple(parts[length:]))
        return _NONE

    def attribute(self, type_: Type, name: str) -> tuple[Type, ...]:
        """The types of an attribute of a value of a type."""
        for cls in self._hierarchy.order(type_):
            if isinstance(cls, str):
                row = self._rows.get(f"{cls}.{name}")
                if row is not None:
                    return (row,)
                continue
            file = self._symbols.class_file[cls]
            method = self._hierarchy.own_methods(cls).get(name)
            if method is not None:
                return self.returned(method) if self._symbols.functions[method].binding == "property" else _NONE
            known = self._attributes[cls].get(name)
            if known is not None:
                found = self.of(known, self._hierarchy.own_methods(cls).get("__init__", MODULE), file)
                if found:
                    return found
        anything = first(self._rows, [f"{known}()" for known in self._hierarchy.library_names(type_, "__getattr__")])
        return _NONE if anything is None else (anything,)

    def fields(self, cls: int) -> tuple[str, ...]:
        """The attributes that a class of the program and its bases declare, in the order of a data class's arguments."""
        found: dict[str, None] = {}
        for known in reversed(self._hierarchy.line(cls)):
            if isinstance(known, int):
                found.update(dict.fromkeys(self._attributes[known]))
        return tuple(found)

    def attribute_ref(self, cls: int, name: str) -> TypeRef:
        """What a class of the program says of the type of an attribute, as its file says it."""
        for known in self._hierarchy.line(cls):
            if isinstance(known, int) and (found := self._attributes[known].get(name)) is not None:
                return found
        return None

    def _item(self, type_: Type, name: str) -> tuple[Type, ...]:
        if name == "enter":
            found = self._member_result(type_, "__enter__") or self._member_result(type_, "__aenter__")
            return found or (type_,)
        return self._member_result(type_, "__getitem__") or self._member_result(type_, "__iter__")

    def _member_result(self, type_: Type, name: str) -> tuple[Type, ...]:
        function = self._hierarchy.method(type_, name)
        if function >= 0:
            return self.returned(function)
        row = first(self._rows, [f"{known}()" for known in self._hierarchy.library_names(type_, name)])
        return _NONE if row is None else (row,)

    def returned(self, function: int) -> tuple[Type, ...]:
        """The types that a function of the program returns."""
        file = self._symbols.file_of[function]
        return _few(found for ref in self._symbols.functions[function].returns for found in self.of(ref, function, file))

    def _result(self, callee: CalleeRef, function: int, file: int) -> tuple[Type, ...]:
        match callee:
            case NameRef(name):
                return self.of_call(self._symbols.resolve(name, file))
            case MethodRef(type=GlobalType(name=module), name=name) if self._symbols.resolve(module, file).kind in {Kind.MODULE, Kind.LIBRARY}:
                return self.of_call(self._symbols.resolve(f"{module}.{name}", file))
            case MethodRef(type=type_, name=name) if name == MAKE:
                return self.of(type_, function, file)
            case MethodRef(type=type_, name=name) if name in self._promises:
                held = self.of(type_, function, file)
                return _few(found for known in held for found in self._member_result(known, name)) or (held if name != "then" else _NONE)
            case MethodRef(type=type_, name=name):
                found = _few(found for known in self.of(type_, function, file) for found in self._member_result(known, name))
                return found or self._of_member(type_, name, function) or self._of_called(type_, name, function, file)
            case ClosureRef(qualname):
                number = self._symbols.function_numbers[file].get(qualname)
                return _NONE if number is None else self.returned(number)
            case ParamRef(number=number, path=path) if function != MODULE and not path and number == 0:
                # `cls()` in a class method.
                owner = self._symbols.owner(function)
                if owner >= 0 and self._symbols.functions[function].binding == "class":
                    return (owner,)
                return self._called(self._parameter(number, function))
            case ParamRef(number=number, path=(), function=""):
                return self._called(self._parameter(number, function))
            case _:
                return _NONE

    def _of_called(self, type_: TypeRef, name: str, function: int, file: int) -> tuple[Type, ...]:
        """The type of what an object returns that is called where an attribute holds it (`this.table('orders')`)."""
        return self._called(held for known in self.of(type_, function, file) if isinstance(known, int) for held in self.attribute(known, name))

    def _called(self, types: Iterable[Type]) -> tuple[Type, ...]:
        return _few(found for type_ in types for found in self._member_result(type_, "__call__"))

    def _of_member(self, type_: TypeRef, name: str, function: int) -> tuple[Type, ...]:
        """The type of what a function returns that lies in an object which another function returned (`makeShop(db).find()`)."""
        if self.scene is None or not isinstance(type_, ResultType):
            return _NONE
        numbers = self.scene.functions_in(type_.callee, name, function)
        return _few(found for number in numbers for found in self.returned(number))

    def of_call(self, symbol: Symbol) -> tuple[Type, ...]:
        """The type of what a call of a name returns."""
        match symbol.kind:
            case Kind.FUNCTION:
                return _NONE if symbol.rest else self.returned(symbol.number)
            case Kind.CLASS if not symbol.rest:
                return (symbol.number,)
            case Kind.CLASS if len(symbol.rest) == 1:
                return self._member_result(symbol.number, symbol.rest[0])
            case Kind.VARIABLE if symbol.rest:
                holders = self.of_symbol(symbol._replace(rest=symbol.rest[:-1]))
                return _few(found for type_ in holders for found in self._member_result(type_, symbol.rest[-1]))
            case Kind.LIBRARY:
                return self._of_library_call(symbol.name)
            case _:
                return _NONE

    def _of_library_call(self, name: str) -> tuple[Type, ...]:
        row = self._rows.get(f"{name}()")
        if row is not None:
            return (row,)
        head, _, last = name.rpartition(".")
        holders = self.of_library_name(head) if head else _NONE
        if holders:
            return _few(found for type_ in holders for found in self._member_result(type_, last))
        return (name,) if last[:1].isupper() and name in self._library.classes else _NONE

    def _parameter(self, number: int, function: int) -> tuple[Type, ...]:
        if function == MODULE:
            return _NONE
        given = self.given.get((function, number))
        if given:
            return given
        facts = self._symbols.functions[function]
        annotated = facts.param_types[number] if number < len(facts.param_types) else None
        if annotated is not None and not isinstance(annotated, ParamType):
            return self.of(annotated, function, self._symbols.file_of[function])
        self.asked = True
        return _few(self.scene.argument_types(function, number)) if self.scene is not None else _NONE


def _few(types: Iterable[Type]) -> tuple[Type, ...]:
    found: dict[Type, None] = {}
    for type_ in types:
        found[type_] = None
        if len(found) == MOST:
            break
    return tuple(found)
