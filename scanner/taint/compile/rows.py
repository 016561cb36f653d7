"""The rows of one library's model."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from scanner.core.finding import Trust
from scanner.rulepack.schema import show, suggest
from scanner.taint.compile.conditions import conditions
from scanner.taint.compile.fields import Reader, Where
from scanner.taint.knowledge import (
    CallbackRow,
    EntryHow,
    EntryRow,
    GuardRow,
    PropagatorRow,
    SanitizerRow,
    SinkRow,
    SourceRow,
    TypeRow,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.rulepack.kinds import Part

    Row = dict[str, object]


@dataclass(slots=True)
class Model:
    """What one file says of a library. Where two files could disagree, each row comes with its place in the document."""

    language: str
    library: str
    imports: tuple[str, ...] = ()
    types: list[tuple[TypeRow, Where]] = field(default_factory=list)
    aliases: list[tuple[str, str, Where]] = field(default_factory=list)
    sources: list[tuple[SourceRow, Where]] = field(default_factory=list)
    sinks: list[SinkRow] = field(default_factory=list)
    sanitizers: list[SanitizerRow] = field(default_factory=list)
    propagators: list[PropagatorRow] = field(default_factory=list)
    guards: list[GuardRow] = field(default_factory=list)
    callbacks: list[CallbackRow] = field(default_factory=list)
    entries: list[EntryRow] = field(default_factory=list)
    never_returns: list[str] = field(default_factory=list)


def read_model(part: Part) -> Model:
    """The document of one library, whose shape the schema has accepted."""
    values = part.values
    reader = Reader(part, str(values.get("language", "")))
    if "language" in values:
        reader.check_language("language")
    model = Model(reader.language, str(values.get("library", "")), reader.names(values.get("imports"), ("imports",)))
    rows = values.get("rows")
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict):
            _read_row(reader, model, row, ("rows", index))
    return model


def _read_row(reader: Reader, model: Model, row: Row, where: Where) -> None:
    heads = [name for name in row if name in _ROWS]
    if len(heads) != 1:
        found = " and ".join(heads) or f"only {', '.join(row) or 'nothing'}"
        reader.wrong(f"expected a row of one kind ({', '.join(_ROWS)}), found {found}", *where)
        return
    head = heads[0]
    needed, allowed, read = _ROWS[head]
    for key in needed:
        if key not in row:
            reader.wrong(f"{key} is missing: a {head} row needs it", *where)
    for key in row:
        if key != head and key not in needed and key not in allowed:
            reader.wrong(f"{key} has no place in a {head} row{_place_for(key, (*needed, *allowed))}", *where, key)
    if all(key in row for key in needed):
        read(reader, model, row, where)


def _place_for(key: str, known: tuple[str, ...]) -> str:
    return suggest(key, known) or (f"; it may hold {', '.join(known)}" if known else "; it stands alone")


def _types(reader: Reader, model: Model, row: Row, where: Where) -> None:
    for name, class_, place in _pairs(row, "type", where):
        found = TypeRow(reader.name(name, place, called=True), reader.name(class_, place))
        model.types.append((found, place))


def _bases(reader: Reader, model: Model, row: Row, where: Where) -> None:
    for name, base, place in _pairs(row, "base", where):
        if name == base:
            reader.wrong(f"{name} cannot be its own base", *place)
        model.types.append((TypeRow(f"{reader.name(name, place)}<", reader.name(base, place)), place))


def _aliases(reader: Reader, model: Model, row: Row, where: Where) -> None:
    for name, target, place in _pairs(row, "alias", where):
        model.aliases.append((reader.name(name, place), reader.name(target, place), place))


def _sources(reader: Reader, model: Model, row: Row, where: Where) -> None:
    trust = Trust(str(row["trust"]))
    names = reader.names(row["source"], (*where, "source"), called=True)
    model.sources.extend((SourceRow(name, trust), (*where, "source", index)) for index, name in enumerate(names))


def _sinks(reader: Reader, model: Model, row: Row, where: Where) -> None:
    slots = reader.routes(row["args"], (*where, "args"))
    kind = reader.sink_kind(row["kind"], (*where, "kind"))
    when = conditions(reader, row.get("when"), (*where, "when"))
    hints = reader.hints(row.get("hints"), (*where, "hints"))
    model.sinks.extend(SinkRow(name, slots, kind, when, hints) for name in reader.names(row["sink"], (*where, "sink")))


def _sanitizers(reader: Reader, model: Model, row: Row, where: Where) -> None:
    kinds = reader.mask_kinds(row["kinds"], (*where, "kinds"))
    slots = reader.slots(row["args"], (*where, "args")) if "args" in row else ("0",)
    when = conditions(reader, row.get("when"), (*where, "when"))
    model.sanitizers.extend(SanitizerRow(name, kinds, slots, when) for name in reader.names(row["sanitizer"], (*where, "sanitizer")))


def _propagators(reader: Reader, model: Model, row: Row, where: Where) -> None:
    sources = reader.routes(row["from"], (*where, "from"))
    target = reader.route(row.get("to", "return"), (*where, "to"))
    model.propagators.extend(PropagatorRow(name, sources, target) for name in reader.names(row["propagator"], (*where, "propagator")))


def _guards(reader: Reader, model: Model, row: Row, where: Where) -> None:
    slot = reader.slot(row["on"], (*where, "on"))
    kinds = reader.mask_kinds(row["kinds"], (*where, "kinds"))
    when = conditions(reader, row.get("when"), (*where, "when"))
    outcome = str(row.get("outcome", "true")).lower()
    model.guards.extend(GuardRow(name, slot, kinds, outcome, when) for name in reader.names(row["guard"], (*where, "guard")))


def _callback(reader: Reader, model: Model, row: Row, where: Where) -> None:
    callback = row["callback"]
    if not isinstance(callback, dict):
        return
    place = (*where, "callback")
    written = callback["name"]
    names = reader.names(written if isinstance(written, list) else [written], (*place, "name"))
    slot = reader.back_slot(callback["slot"], (*place, "slot"))
    source = reader.origin(callback["from"], (*place, "from")) if "from" in callback else ""
    param = reader.slot(callback["param"], (*place, "param")) if "param" in callback else ""
    result = reader.route(callback["result"], (*place, "result")) if "result" in callback else ""
    if bool(source) is not bool(param):
        reader.wrong("from and param belong together: what goes where", *place)
    if result and result.partition(":")[0] != "return":
        reader.wrong(f"expected return, with a path behind a colon where it is a part, found {show(result)}", *place, "result")
    model.callbacks.extend(CallbackRow(name, slot, source, param, result) for name in names)


def _never_returns(reader: Reader, model: Model, row: Row, where: Where) -> None:
    model.never_returns.extend(reader.names(row["never-returns"], (*where, "never-returns")))


def _entry(reader: Reader, model: Model, row: Row, where: Where) -> None:
    entry = row["entry"]
    if not isinstance(entry, dict):
        return
    place = (*where, "entry")
    how = EntryHow(str(entry["how"]))
    _check_entry(reader, how, entry, place)
    typed = entry.get("typed")
    found = EntryRow(
        how=how,
        name=reader.name(entry["name"], (*place, "name")),
        trust=Trust(str(entry["trust"])),
        params=(reader.routes if how is EntryHow.SIGNATURE else reader.slots)(entry.get("params"), (*place, "params")),
        typed=tuple(
            (reader.slot(param, (*place, "typed", param)), reader.name(class_, (*place, "typed", param)))
            for param, class_ in (typed.items() if isinstance(typed, dict) else ())
        ),
        methods=reader.names(entry.get("methods"), (*place, "methods")),
        slots=reader.handler_slots(entry.get("slots"), (*place, "slots")),
        requires=reader.name(entry["requires"], (*place, "requires")) if entry.get("requires") else "",
        queued=reader.names(entry.get("queued"), (*place, "queued")),
        safe=reader.mask_kinds(entry["safe"], (*place, "safe")) if entry.get("safe") else (),
        applied=reader.names(entry.get("applied"), (*place, "applied")),
    )
    if how is EntryHow.FUNCTION and "." in found.name:
        reader.wrong(f"expected the function's own name without dots, found {show(found.name)}", *place, "name")
    if how is not EntryHow.PARAMETER and not found.params and not found.typed:
        reader.wrong("an entry that names neither params nor typed makes nothing untrusted", *place)
    model.entries.append(found)


_ENTRY_LISTS: Final[Mapping[str, tuple[EntryHow, ...]]] = {  # who needs a list, and who else may have it
    "methods": (EntryHow.METHOD, EntryHow.SIGNATURE),
    "slots": (EntryHow.ARGUMENT, EntryHow.SIGNATURE),
    "queued": (EntryHow.DECORATOR,),
    "applied": (EntryHow.DECORATOR,),
}


def _check_entry(reader: Reader, how: EntryHow, entry: Row, place: Where) -> None:
    for key, owners in _ENTRY_LISTS.items():
        if key in entry and how not in owners:
            reader.wrong(f"{key} has a meaning only with how: {' or '.join(owners)}", *place, key)
        elif key not in entry and key not in {"queued", "applied"} and (how is owners[0] or (how is EntryHow.SIGNATURE and key == "slots")):
            reader.wrong(f"{key} is missing: how: {how} needs it", *place)


def _pairs(row: Row, head: str, where: Where) -> list[tuple[str, str, Where]]:
    pairs = row[head]
    return [(name, str(value), (*where, head, name)) for name, value in (pairs.items() if isinstance(pairs, dict) else ())]


_ROWS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...], Callable[[Reader, Model, Row, Where], None]]]] = {
    "type": ((), (), _types),
    "base": ((), (), _bases),
    "alias": ((), (), _aliases),
    "source": (("trust",), (), _sources),
    "sink": (("args", "kind"), ("hints", "when"), _sinks),
    "sanitizer": (("kinds",), ("args", "when"), _sanitizers),
    "propagator": (("from",), ("to",), _propagators),
    "callback": ((), (), _callback),
    "guard": (("on", "kinds"), ("outcome", "when"), _guards),
    "entry": ((), (), _entry),
    "never-returns": ((), (), _never_returns),
}
"""Each kind of row by the key that says so: the keys it needs, those it may have, and who reads it."""
