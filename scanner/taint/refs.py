"""How facts refer to functions, and to types of values: by what is known where they are used; the linker finds out what that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


class _Quick:
    """A reference. References rest on each other and are keys of many tables, so that each works out its hash once.

    A data class would be given a hash of its own, so that each class says again that it has this one. It travels between processes as a call of its
    class: what dataclasses do by themselves for slots takes five times as long.
    """

    __slots__ = ("_hash",)
    __match_args__: ClassVar[tuple[str, ...]]
    _hash: int

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            found = hash((type(self), *[getattr(self, name) for name in self.__match_args__]))
            object.__setattr__(self, "_hash", found)
            return found

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), tuple([getattr(self, name) for name in self.__match_args__])


@dataclass(frozen=True, slots=True)
class NameRef(_Quick):
    """A dotted name as imports resolve it, of this program or a library: `os.system`, `shop.services.orders.find`, `builtins.open`."""

    __hash__ = _Quick.__hash__

    name: str


@dataclass(frozen=True, slots=True)
class MethodRef(_Quick):
    """A method or attribute looked up on a value of a type.

    `hint` is the receiver's last source name (`cursor`, `db`), for when the type stays unknown.
    """

    __hash__ = _Quick.__hash__

    type: TypeRef
    name: str
    hint: str


@dataclass(frozen=True, slots=True)
class ParamRef(_Quick):
    """Whatever the caller passed for a parameter (a callback); of an enclosing function, by its qualified name, where one is said."""

    __hash__ = _Quick.__hash__

    number: int
    path: tuple[str, ...]  # as in `scanner.taint.facts`
    function: str = ""


@dataclass(frozen=True, slots=True)
class ClosureRef(_Quick):
    """A function of this module by its qualified name, known as a value (a lambda, an inner function)."""

    __hash__ = _Quick.__hash__

    qualname: str


@dataclass(frozen=True, slots=True)
class AnyRef(_Quick):
    """One of several functions: what a table of them holds under a key that is not known."""

    __hash__ = _Quick.__hash__

    refs: tuple[CalleeRef, ...]


CalleeRef = NameRef | MethodRef | ParamRef | ClosureRef | AnyRef | None


@dataclass(frozen=True, slots=True)
class ResultType(_Quick):
    """The type of what a callee returns; awaited where `await` stood before it."""

    __hash__ = _Quick.__hash__

    callee: CalleeRef


@dataclass(frozen=True, slots=True)
class AttrType(_Quick):
    """The type of an attribute of a typed value."""

    __hash__ = _Quick.__hash__

    type: TypeRef
    name: str


@dataclass(frozen=True, slots=True)
class ItemType(_Quick):
    """The type of an element of a typed container, or of what its `with` statement binds (name "enter")."""

    __hash__ = _Quick.__hash__

    type: TypeRef
    name: str


@dataclass(frozen=True, slots=True)
class ParamType(_Quick):
    """The type of a parameter without an annotation; of an enclosing function, by its qualified name, where one is said."""

    __hash__ = _Quick.__hash__

    number: int
    function: str = ""


@dataclass(frozen=True, slots=True)
class GlobalType(_Quick):
    """The type of a dotted name that is a variable (`shop.app.db`)."""

    __hash__ = _Quick.__hash__

    name: str


@dataclass(frozen=True, slots=True)
class EitherType(_Quick):
    """The type of a parameter, or of an attribute of one, with something to fall back on.

    It is what callers pass, or what `client or Client()`, `options.client || new Client()` make where they pass nothing.
    """

    __hash__ = _Quick.__hash__

    passed: ParamType | AttrType
    otherwise: TypeRef


TypeRef = str | ResultType | AttrType | ItemType | ParamType | GlobalType | EitherType | None
"""A type: a class by its dotted name, or how to find it out once the whole program is known; None where nothing is known."""

TYPE_DEPTH = 8
_FLAT = frozenset({str, ParamType, GlobalType})  # types that rest on no other


def capped(type_: TypeRef) -> TypeRef:
    """The type reference, or None where it nests deeper than `TYPE_DEPTH`: nobody can follow that far, and hostile code would nest without end."""
    if type_ is None or type(type_) in _FLAT:
        return type_  # as most are
    inner: object = type_
    for _ in range(TYPE_DEPTH):
        if isinstance(inner, ResultType):
            inner = inner.callee
        if isinstance(inner, MethodRef | AttrType | ItemType):
            inner = inner.type
        elif isinstance(inner, EitherType):
            inner = inner.otherwise
        else:
            return type_
    return None


def holder(callee: CalleeRef) -> int:
    """The parameter whose method a callee is, by its position: `db.query`, and `db.select().where`; -1 where it is nobody's, or somebody else's."""
    while isinstance(callee, MethodRef):
        type_ = callee.type
        if isinstance(type_, ParamType):
            return -1 if type_.function else type_.number
        callee = type_.callee if isinstance(type_, ResultType) else None
    return -1
