"""Facts packed for travel: columns of plain values instead of many small objects, and ranks for offsets.

Facts go from the process that made them to the one that links, and into the cache and out of it. Most of them are flows, their entries and exits, and
as objects their way costs as much as half of the linking. Packed, every kind of them is a table, one tuple for each field, and objects are made again
only where somebody links.

*Ranks*: offsets are replaced by their ranks among all offsets there are, and `Packed.table` tells what ranks stand for (see `scanner.taint.places`).
The linker only compares places, so that ranks do for it as well. And where an edit moves everything below it, or changes a comment or a line break,
all places keep their ranks: the facts of the file stay what they were, and what was linked of them can be told again with the new table.
"""

from __future__ import annotations

import json
import marshal
from array import array
from functools import partial
from hashlib import blake2b
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from scanner.taint.facts import CallSite, ClassFacts, Entry, Exit, FileFacts, Flow, FunctionFacts, Hop, MisuseSite, SinkSite, SourceSite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_T = TypeVar("_T")
_Columns = dict[str, tuple[Any, ...]]  # by the name of a field, its values in all rows

_HELD: Final[dict[str, type[tuple[Any, ...]]]] = {"calls": CallSite, "sources": SourceSite, "sinks": SinkSite}  # by function, besides its flows
_SHARED: Final = (  # columns whose values stand in many rows
    ("entries", "type"),
    ("exits", "type"),
    ("calls", "callee"),
    ("calls", "types"),
    ("flows", "pending"),
)
_PLACES: Final = (":~at", ":~end")  # constants that are places: where the regular expression of a call is written
_NO_PLACE: Final = -1
_WITHOUT_SHARING: Final = 2  # the newest version of marshal that writes equal columns alike, whoever else holds what is in them


class Packed(NamedTuple):
    """The facts of one file. `table` holds the offsets in their order, as `Places` reads them; `shape` stands for everything but them."""

    path: str
    language: str
    head: FileFacts  # without what the tables hold
    tables: dict[str, _Columns]
    table: bytes
    shape: str


def pack(facts: FileFacts) -> Packed:
    """The facts, packed, with ranks for offsets."""
    functions = _columns(FunctionFacts, facts.functions)
    tables = {name: _columns(cls, list(chain.from_iterable(functions[name]))) for name, cls in _HELD.items()}
    flows = _columns(Flow, list(chain.from_iterable(functions["flows"])))
    flows["entry"], entries = _told_apart(flows["entry"])
    flows["exit"], exits = _told_apart(flows["exit"])
    way, hops = _told_apart(list(chain.from_iterable(flows["hops"])))
    flows["hops"] = tuple(map(len, flows["hops"]))
    for name in ("flows", *_HELD):
        functions[name] = tuple(map(len, functions[name]))
    tables |= {
        "functions": functions,
        "flows": flows,
        "entries": _columns(Entry, entries),
        "exits": _columns(Exit, exits),
        "hops": _columns(Hop, hops),
        "ways": {"hop": way},
        "classes": _columns(ClassFacts, facts.classes),
        "misuses": _columns(MisuseSite, facts.misuses),
    }
    for name, field in _SHARED:
        tables[name][field], values = _told_apart(tables[name][field])
        tables[f"{name}: {field}"] = {field: tuple(values)}
    offsets = _put_ranks(tables)
    head = facts._replace(functions=(), classes=(), misuses=())
    return Packed(facts.path, facts.language, head, tables, array("I", offsets).tobytes(), _digest(head, tables))


def unpack(packed: Packed) -> FileFacts:
    """The facts with ranks for offsets."""
    tables = dict(packed.tables)
    for name, field in _SHARED:
        values = tables[f"{name}: {field}"][field]
        tables[name] = tables[name] | {field: tuple(map(values.__getitem__, tables[name][field]))}
    entries, exits, hops = _rows(Entry, tables["entries"]), _rows(Exit, tables["exits"]), _rows(Hop, tables["hops"])
    flows = dict(tables["flows"])
    flows["entry"] = tuple(map(entries.__getitem__, flows["entry"]))
    flows["exit"] = tuple(map(exits.__getitem__, flows["exit"]))
    flows["hops"] = _dealt(map(hops.__getitem__, tables["ways"]["hop"]), flows["hops"])
    functions = dict(tables["functions"])
    functions["flows"] = _dealt(iter(_rows(Flow, flows)), functions["flows"])
    for name, cls in _HELD.items():
        functions[name] = _dealt(iter(_rows(cls, tables[name])), functions[name])
    return packed.head._replace(
        functions=tuple(_rows(FunctionFacts, functions)),
        classes=tuple(_rows(ClassFacts, tables["classes"])),
        misuses=tuple(_rows(MisuseSite, tables["misuses"])),
    )


def _columns(cls: type[tuple[Any, ...]], rows: Sequence[tuple[Any, ...]]) -> _Columns:
    """The rows by field. All rows are of the class, a named tuple."""
    fields: tuple[str, ...] = cls._fields  # type: ignore[attr-defined]
    return dict(zip(fields, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(fields, ())


def _rows(cls: type[_T], columns: _Columns) -> list[_T]:
    """The rows again."""
    return list(map(partial(tuple.__new__, cls), zip(*columns.values(), strict=True)))  # type: ignore[type-var]


def _told_apart(rows: Sequence[_T]) -> tuple[tuple[int, ...], list[_T]]:
    """For each row the number of an object, and the objects. One that stands in several rows is one: facts are made of few that many share."""
    keys = list(map(id, rows))
    unique = dict(zip(keys, rows, strict=True))
    numbers = dict(zip(unique, range(len(unique)), strict=True))
    return tuple(map(numbers.__getitem__, keys)), list(unique.values())


def _dealt(items: Iterator[_T], counts: Iterable[int]) -> tuple[tuple[_T, ...], ...]:
    """The items in groups of these sizes."""
    return tuple([tuple(islice(items, count)) if count else () for count in counts])


def _put_ranks(tables: dict[str, _Columns]) -> list[int]:
    """Replace the offsets in all columns by their ranks; the offsets in their order."""
    placed = [columns for columns in tables.values() if "at" in columns]
    constants = tables["calls"]["constants"]
    special = {
        number: {slot: value for slot, value in known if slot.endswith(_PLACES) and isinstance(value, int)}
        for number, known in enumerate(constants)
        if known and any(slot.endswith(_PLACES) for slot, _ in known)
    }
    seen = {0}.union(*(columns[name] for columns in placed for name in ("at", "end")), *(held.values() for held in special.values()))
    order = sorted(offset for offset in seen if offset >= 0)
    ranks = dict(zip(order, range(len(order)), strict=True))
    ranks.update((offset, _NO_PLACE) for offset in seen if offset < 0)
    for columns in placed:
        for name in ("at", "end"):
            columns[name] = tuple(map(ranks.__getitem__, columns[name]))
    if special:
        tables["calls"]["constants"] = tuple(
            tuple([(slot, ranks[special[number][slot]] if slot in special.get(number, ()) else value) for slot, value in known])
            for number, known in enumerate(constants)
        )
    return order


def _digest(head: FileFacts, tables: Mapping[str, _Columns]) -> str:
    """A digest of facts: other facts have another one."""
    digest = blake2b(_ENCODER.encode(head).encode("ascii"), digest_size=20)
    for name, columns in tables.items():
        for field, values in columns.items():
            try:
                written = marshal.dumps(values, _WITHOUT_SHARING)
            except ValueError:  # there is more in it than plain values
                written = _ENCODER.encode(values).encode("ascii")
            digest.update(f"{name} {field} {len(written)} ".encode("ascii"))
            digest.update(written)
    return digest.hexdigest()


def _spelled(value: object) -> list[object]:
    """What JSON has no word for: a reference (see `scanner.taint.refs`), and bytes."""
    if isinstance(value, bytes):
        return ["bytes", value.hex()]
    return [type(value).__name__, *[getattr(value, name) for name in type(value).__match_args__]]  # type: ignore[attr-defined]


_ENCODER: Final = json.JSONEncoder(default=_spelled, check_circular=False, separators=(",", ":"))
