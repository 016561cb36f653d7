"""Abstract values: labels with their origin, a constant, a type, a known function or module, and contents by key.

Values are never changed once made; every operation gives a new one or the same. A *label* says "data from this entry may be in here": a key (the
number of an `Entry` in its function's table) with a `Taint`, which tells for which sink kinds it is safe by now, which guards are pending, and the
hops it took.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from scanner.taint.facts import KEYS, Hop, Pending
from scanner.taint.refs import AttrType, EitherType, ParamType, ResultType, capped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.ir import Constant
    from scanner.taint.refs import CalleeRef, TypeRef

MAX_LABELS = 24  # of one value; what joins more origins than this is told by the first ones found
MAX_PARTS = 24  # keys told apart in one value; further ones fall together as "any"
MAX_HOPS = 16


class Trail(NamedTuple):
    """The hops of a label, newest first, as a linked list that joins share."""

    depth: int
    hop: Hop
    before: Trail | None


class Taint(NamedTuple):
    """How a label fares: safe for the kinds in `mask`, perhaps safe for more if a `pending` guard proves strong, and the way it came."""

    mask: int
    pending: tuple[Pending, ...]
    trail: Trail | None


class Unknown:
    """The constant of a value that is not known to be one."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "unknown"


UNKNOWN: Final = Unknown()
FRESH: Final = Taint(0, (), None)
Labels = dict[int, Taint]
_NO_LABELS: Labels = {}
_NO_PARTS: dict[str, Value] = {}


class Value:
    """One abstract value.

    `ref` is set where it is a known function, class or module; `parts` hold contents by access-path component. `derived` says that it was made from
    what its labels name and is not that thing itself: a part of it (`urlsplit(address).netloc`) is no part of the origin.
    """

    __slots__ = ("const", "derived", "labels", "parts", "ref", "type")

    def __init__(  # noqa: PLR0913 -- one a slot
        self,
        labels: Labels = _NO_LABELS,
        *,
        const: Constant | Unknown = UNKNOWN,
        type_: TypeRef = None,
        ref: CalleeRef = None,
        parts: Mapping[str, Value] = _NO_PARTS,
        derived: bool = False,
    ) -> None:
        self.labels = labels
        self.const = const
        self.type = type_
        self.ref = ref
        self.parts = parts
        self.derived = derived

    @property
    def reached(self) -> Labels:
        """The labels of the keys from outside by which it was reached; see `Reached`."""
        return _NO_LABELS

    @property
    def known(self) -> bool:
        """Whether it is a known constant."""
        return self.const is not UNKNOWN

    @property
    def constant(self) -> Constant:
        """The known constant. Only for values that are `known`."""
        return None if isinstance(self.const, Unknown) else self.const


class Reached(Value):
    """A value that was reached by keys from outside: `reached` are the labels of those keys."""

    __slots__ = ("_ways",)

    def __init__(self, value: Value, ways: Labels) -> None:
        super().__init__(value.labels, const=value.const, type_=value.type, ref=value.ref, parts=value.parts, derived=value.derived)
        self._ways = ways

    @property
    def reached(self) -> Labels:
        """The labels of those keys."""
        return self._ways


def reached_by(value: Value, labels: Labels) -> Value:
    """The value, reached by keys with these labels besides those it was reached by."""
    return Reached(value, join_labels(value.reached, labels)) if labels else value


NOTHING: Final = Value()
TAKEN: Final = Value()  # in the rest of what was taken apart, under the keys that were taken out


def join_taint(one: Taint, other: Taint) -> Taint:
    """Safe only if safe on both ways; the shorter way is told."""
    if one is other:
        return one
    trail = one.trail if _depth(one.trail) <= _depth(other.trail) else other.trail
    pending = one.pending if one.pending == other.pending else tuple(item for item in one.pending if item in other.pending)
    return Taint(one.mask & other.mask, pending, trail)


def _depth(trail: Trail | None) -> int:
    return 0 if trail is None else trail.depth


def join_labels(one: Labels, other: Labels) -> Labels:
    """All labels of both."""
    if not one or one is other:
        return other
    if not other:
        return one
    joined = dict(one)
    for key, taint in other.items():
        held = joined.get(key)
        if held is not None:
            joined[key] = join_taint(held, taint)
        elif len(joined) < MAX_LABELS:
            joined[key] = taint
    return joined


def join(one: Value, other: Value) -> Value:
    """What either of two values may be."""
    if one is other or other is NOTHING:
        return one
    if one is NOTHING:
        return other
    const = one.const if one.const is not UNKNOWN and type(one.const) is type(other.const) and one.const == other.const else UNKNOWN
    parts: Mapping[str, Value] = one.parts
    if one.parts is not other.parts:
        parts = _join_parts(one, other)
    # A branch that leaves a variable None says nothing about its type on the other.
    type_ = one.type if one.type == other.type or other.const is None else other.type if one.const is None else _either(one.type, other.type)
    ref = one.ref if one.ref == other.ref else one.ref or other.ref
    derived = (one.derived or not one.labels) and (other.derived or not other.labels)
    joined = Value(join_labels(one.labels, other.labels), const=const, type_=type_, ref=ref, parts=parts, derived=derived)
    return Reached(joined, join_labels(one.reached, other.reached)) if type(one) is Reached or type(other) is Reached else joined


def _either(one: TypeRef, other: TypeRef) -> TypeRef:
    """The first type that is known; of a parameter, and of the object that stands in for it, both."""
    match one, other:
        case (ParamType() as passed, ResultType() as made) | (ResultType() as made, ParamType() as passed):
            return capped(EitherType(passed, made))
        case ParamType() | AttrType(type=ParamType()), str() if "." in other:
            return capped(EitherType(one, other))
        case AttrType(type=ParamType()), ResultType():  # an option, or else what the program takes itself: `options.fs || open()`
            return capped(EitherType(one, other))
        case _:
            return one or other


def _join_parts(one: Value, other: Value) -> dict[str, Value]:
    joined: dict[str, Value] = {}
    for key in (*one.parts, *(key for key in other.parts if key not in one.parts)):
        mine, theirs = one.parts.get(key), other.parts.get(key)
        # A part that only one side knows may hold, on the other, whatever the whole holds.
        left = mine if mine is not None else Value(one.labels, derived=True) if one.labels else NOTHING
        right = theirs if theirs is not None else Value(other.labels, derived=True) if other.labels else NOTHING
        joined[key] = join(left, right)
    return joined


def flatten(value: Value, depth: int = 3) -> Labels:
    """The labels of a value and everything in it: what its text may hold."""
    labels = value.labels
    if value.parts and depth:
        for part in value.parts.values():
            if part.labels or part.parts:
                labels = join_labels(labels, flatten(part, depth - 1))
    return labels


def text(*values: Value) -> Value:
    """A string made of values."""
    labels = _NO_LABELS
    for value in values:
        if value.labels or value.parts:
            labels = join_labels(labels, flatten(value))
    return Value(labels, type_="str", derived=True)


def masked(value: Value, mask: int, pending: tuple[Pending, ...] = ()) -> Value:
    """The value, safe for the kinds in `mask` and under guards that are still pending."""
    labels = mask_labels(value.labels, mask, pending)
    parts = {key: masked(part, mask, pending) for key, part in value.parts.items()} if value.parts else value.parts
    result = Value(labels, const=value.const, type_=value.type, ref=value.ref, parts=parts, derived=value.derived)
    return Reached(result, value.reached) if type(value) is Reached else result


def mask_labels(labels: Labels, mask: int, pending: tuple[Pending, ...] = ()) -> Labels:
    """The labels, each safe for the kinds in `mask` besides those it was safe for."""
    if not pending:
        return {key: Taint(taint.mask | mask, taint.pending, taint.trail) if mask & ~taint.mask else taint for key, taint in labels.items()}
    return {
        key: Taint(taint.mask | mask, (*taint.pending, *[item for item in pending if item not in taint.pending]), taint.trail)
        for key, taint in labels.items()
    }


def hopped(labels: Labels, hop: Hop) -> Labels:
    """The labels after one more hop."""
    moved: Labels = {}
    for key, taint in labels.items():
        before = taint.trail
        if before is None:
            moved[key] = Taint(taint.mask, taint.pending, Trail(1, hop, None))
        elif before.depth < MAX_HOPS and before.hop.at != hop.at:
            moved[key] = Taint(taint.mask, taint.pending, Trail(before.depth + 1, hop, before))
        else:
            moved[key] = taint
    return moved


def hops(trail: Trail | None) -> tuple[Hop, ...]:
    """A trail in reading order."""
    found = []
    while trail is not None:
        found.append(trail.hop)
        trail = trail.before
    return tuple(reversed(found))


def with_part(value: Value, key: str, part: Value) -> Value:
    """The value with one part replaced; a key too many falls into "any", where old contents stay."""
    parts = dict(value.parts)
    if key == KEYS:
        parts[KEYS] = join(parts.get(KEYS, NOTHING), part)
    elif key == "*" or (key not in parts and len(parts) >= MAX_PARTS):
        parts["*"] = join(parts.get("*", NOTHING), part)
    else:
        parts[key] = part
    result = Value(value.labels, type_=value.type, ref=value.ref, parts=parts, derived=value.derived)
    return Reached(result, value.reached) if type(value) is Reached else result


def moved(value: Value, at: int, end: int, note: str) -> Value:
    """The value after a hop worth showing."""
    if not value.labels:
        return value
    labels = hopped(value.labels, Hop(at, end, note))
    result = Value(labels, const=value.const, type_=value.type, ref=value.ref, parts=value.parts, derived=value.derived)
    return Reached(result, value.reached) if type(value) is Reached else result
