"""Entry points: functions that the world calls, and which of their parameters it decides."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from scanner.core.finding import Trust
from scanner.taint.facts import EntryKind, Path, Reach
from scanner.taint.kinds import mask_of
from scanner.taint.knowledge import EntryHow
from scanner.taint.link.binding import THIS, Mode
from scanner.taint.link.conversions import Conversions
from scanner.taint.link.forms import are_declared
from scanner.taint.link.handing import fits
from scanner.taint.link.interface import Interface
from scanner.taint.link.paths import ANY
from scanner.taint.link.routes import let_through
from scanner.taint.local.language import LANGUAGES, PYTHON
from scanner.taint.refs import ClosureRef, ItemType, MethodRef, NameRef, ParamType, ResultType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scanner.taint.facts import CallSite, FunctionFacts
    from scanner.taint.ir import Constant
    from scanner.taint.knowledge import EntryRow, Knowledge
    from scanner.taint.link.callees import Callees
    from scanner.taint.link.calls import Calls
    from scanner.taint.link.hierarchy import Hierarchy
    from scanner.taint.link.symbols import Symbols
    from scanner.taint.link.types import Types
    from scanner.taint.local.context import Library
    from scanner.taint.refs import TypeRef

_TEXT = frozenset({"str", "bytes", "list", "dict", "tuple", "set", "object"})
_ERRORS = (("err",), ("error",))
# What programs call an object whose method a function is in all but form: nobody passes data there.
_OBJECTS = frozenset({"self", "that", "_this", "_self"})
_NOTHING_SAFE: Mapping[str, int] = MappingProxyType({})


class Opening(NamedTuple):
    """A parameter that somebody outside decides: its function, its position, who, and what made it one."""

    function: int
    parameter: int
    trust: Trust
    name: str
    alive: int = -1  # the kinds that it can harm after what its route lets through
    behind: bool = False  # whether others come to it only past what their package offers
    parts: tuple[Path, ...] = ()  # those of its parts that somebody outside decides; all of it where none is named
    telling: bool = True  # whether it says that this is a program, and not only what a library could offer as well
    called: bool = False  # whether a program that is served calls the function itself, so that its callers say what comes in

    def holds(self, path: Path) -> bool:
        """Whether a reader of a part reads what is decided outside, and nothing else: an object that is passed on as a whole is not followed.

        Frameworks make their requests of it, and whatever those reach would count as the visitor's.
        """
        return not self.parts or any(path[: len(part)] == part for part in self.parts)


class EntryPoints:
    """Matches the models' entry rows against a program. What it finds about types goes into `Types.given` at once."""

    def __init__(  # noqa: PLR0913, PLR0917 -- everything that is known by now
        self, symbols: Symbols, hierarchy: Hierarchy, types: Types, callees: Callees, knowledge: Knowledge, library: Library
    ) -> None:
        self._symbols = symbols
        self._hierarchy = hierarchy
        self._types = types
        self._callees = callees
        self._library = library
        self._rows: dict[EntryHow, list[EntryRow]] = {how: [] for how in EntryHow}
        for row in knowledge.entries:
            self._rows[row.how].append(row)
        self._openings: dict[tuple[int, int], Opening] = {}
        self._converted: set[tuple[int, int]] = set()  # parameters that nothing dangerous is left of when they come in
        self.entered: dict[int, None] = {}
        self.served: dict[int, None] = {}  # those that callers over a network reach
        self.routes = frozenset(row.name for row in self._rows[EntryHow.DECORATOR] if Trust(row.trust) is Trust.REMOTE)
        self.injected: set[int] = set()  # functions whose outcome is given to the parameters of others
        self.guessed: set[int] = set()  # functions that only look like entry points
        self._sinks = knowledge.sinks
        self._bits = knowledge.kind_bits
        self._sanitizers = knowledge.sanitizers
        language = LANGUAGES.get(knowledge.language, PYTHON)
        self._explicit = bool(language.explicit)
        self._callbacks = knowledge.callbacks
        self._conversions = Conversions(hierarchy, types, enumerations=not self._explicit)
        self._interface = Interface(symbols, hierarchy, types, callees)
        self.answers: dict[int, str] = {}  # function -> the kind of sink that what it returns ends in

    def open_declared(self) -> None:
        """Functions that say themselves what they are: by a decorator, their class, their name or their annotations."""
        decorated = _by_name(self._rows[EntryHow.DECORATOR])
        functions = _by_name(self._rows[EntryHow.FUNCTION])
        annotated = _by_name(self._rows[EntryHow.PARAMETER])
        for number, function in enumerate(self._symbols.functions):
            if decorated and function.decorators:
                self._decorated(number, function, decorated)
            if function.qualname in functions and not function.owner:
                for row in functions[function.qualname]:
                    if _has_any(function, row):
                        self._enter(number, row)
            if annotated:
                self._annotated(number, function, annotated)
        for cls in range(len(self._symbols.classes)) if self._rows[EntryHow.METHOD] else ():
            self._methods(cls)
        if self._rows[EntryHow.SIGNATURE]:
            self._guess()

    def _guess(self) -> None:
        """Functions that look like handlers, where somebody outside may know them: what a module neither offers nor stores is its own."""
        offered = self._interface.of(tuple(Reach))
        for row in self._rows[EntryHow.SIGNATURE]:
            for number, function in enumerate(self._symbols.functions):
                if number not in self.entered and self._called_so(function, row):
                    named = self._symbols.files[self._symbols.file_of[number]].names
                    if not self._explicit or number in offered or not any(name == function.qualname for name, _ in named):
                        self._give(number, row)
                        self._open_parts(number, row)
                        self.guessed.add(number)

    def _open_parts(self, number: int, row: EntryRow) -> None:
        """Open the parts of parameters that a row names (`scope:[path]`) in a function that looks like a handler."""
        params = self._symbols.functions[number].params
        parts: dict[str, list[Path]] = {}
        for route in row.params:
            slot, _, path = route.partition(":")
            parts.setdefault(slot, []).append(tuple(path.split("/")) if path else ())
        for slot, paths in parts.items():
            key = (number, params.index(slot)) if slot in params else None
            if key is not None and key not in self._openings:
                self._openings[key] = Opening(*key, Trust(row.trust), row.name, parts=tuple(paths), telling=False)

    def _called_so(self, function: FunctionFacts, row: EntryRow) -> bool:
        """Whether a function's parameters are called as a row says, and are used so."""
        receivers = self._receivers(function)
        params = function.params[receivers:]
        wanted = row.slots
        if params[: len(wanted)] != wanted and (params[:1] not in _ERRORS or params[1 : len(wanted) + 1] != wanted):
            return False
        if any(type_ is not None and type_ != ParamType(number) for number, type_ in enumerate(function.param_types) if number >= receivers):
            return False  # it says itself what they are
        if not row.methods:
            return True
        first = function.params.index(wanted[0])
        entries = (flow.entry for flow in function.flows)
        read = {entry.path[0] for entry in entries if entry.path and entry.kind is EntryKind.PARAM and entry.number == first}
        return not read.isdisjoint(spelling for name in row.methods for spelling in (f".{name}", f"[{name}]"))

    def _decorated(self, number: int, function: FunctionFacts, rows: dict[str, list[EntryRow]]) -> None:
        for ref, constants in function.decorators:
            for name in self._callees.of(ref, number).names:
                for row in rows.get(name, ()):
                    self._enter(number, row, self._let_through(value for _, value in constants))

    def _annotated(self, number: int, function: FunctionFacts, rows: dict[str, list[EntryRow]]) -> None:
        self._marked(number, function, rows)
        for position, annotation in enumerate(function.param_types):
            if isinstance(annotation, str):
                for type_ in self._types.of(annotation, number, self._symbols.file_of[number]):
                    for cls in self._hierarchy.order(type_):
                        for row in rows.get(cls, ()) if isinstance(cls, str) else ():
                            if row.params:
                                self._open(number, position, row)
                            self._give(number, row)
                            self.entered[number] = None
                            if Trust(row.trust).sent:
                                self.served[number] = None

    def _marked(self, number: int, function: FunctionFacts, rows: dict[str, list[EntryRow]]) -> None:
        """Parameters that are decorated, with what converts them on the way in."""
        names = [(position, name) for position, ref in function.marks for name in self._callees.of(ref, number).names]
        converted: dict[int, int] = {}
        for position, name in names:
            converted[position] = converted.get(position, 0) | self._converts(name)
        for position, name in names:
            for row in rows.get(name, ()):
                if converted[position] == -1 or (not self._explicit and self._conversions.harmless(self._annotation(number, position))):
                    self._converted.add((number, position))
                else:
                    self._open(number, position, row, ~converted[position])
                for _, given in row.typed[:1]:
                    self._types.given[number, position] = (given,)
                self.entered[number] = None

    def _converts(self, pipe: str) -> int:
        """The kinds for which a value is safe that a class of a library has transformed; -1 for all."""
        mask = 0
        for row in self._sanitizers.get(f"{pipe}.transform", ()):
            if not row.kinds:
                return -1
            for kind in row.kinds:
                mask |= self._bits.get(kind, 0)
        return mask

    def _methods(self, cls: int) -> None:
        bases = {base for base in self._hierarchy.line(cls) if isinstance(base, str)}
        rows = [row for row in self._rows[EntryHow.METHOD] if row.name in bases]
        for row in rows:
            for name, function in self._hierarchy.own_methods(cls).items():
                if name in row.methods or (not row.methods and not name.startswith("_")):
                    self._enter(function, row)

    def open_passed(self, calls: Calls) -> bool:
        """Functions that are handed to a library which will call them. Says whether types came to light."""
        rows = _by_name(self._rows[EntryHow.ARGUMENT])
        given = len(self._types.given)
        if self._callbacks:
            self._give_passed(calls)
        for number, handed in calls.callbacks.items() if rows else ():
            site = calls.sites[number]
            for name in calls.callee[number].names:
                for row in rows.get(name, ()):
                    for slot, (function, _) in handed:
                        if slot in row.slots or fits(slot, row.slots, site.slots):
                            self._enter(function, row, self._let_through(value for _, value in site.constants))
        return len(self._types.given) > given

    def _give_passed(self, calls: Calls) -> None:
        """The types of parameters that are told by what a call passes to a function it is given."""
        for number, handed in calls.callbacks.items():
            caller, site = calls.function_of[number], calls.sites[number]
            file = self._symbols.file_of[caller]
            for _, target in handed:
                governed = calls.governed(number, target)
                for row in governed.rows if governed is not None else ():
                    ref = _passed_type(row.source, site)
                    types = self._types.of(ref, caller, file) if ref is not None else ()
                    for parameter in governed.parameters(self._symbols.functions[target[0]], target[1], row) if types and governed else ():
                        self._types.given.setdefault((target[0], parameter), types)

    def _let_through(self, constants: Iterable[Constant]) -> Mapping[str, int]:
        """What a route's pattern makes of its parameters; other languages' routers decode slashes after they have matched."""
        return {} if self._explicit else let_through(constants, self._bits)

    def _enter(self, number: int, row: EntryRow, safe: Mapping[str, int] = _NOTHING_SAFE) -> None:
        function = self._symbols.functions[number]
        if row.requires and not self._imports(self._symbols.file_of[number], row.requires):
            return
        self.entered[number] = None
        self.guessed.discard(number)
        if Trust(row.trust).sent:
            self.served[number] = None
        for sink in self._sinks.get(row.name, ()):
            if "return" in sink.slots:
                self.answers[number] = sink.kind
        self._give(number, row)
        first = self._receivers(function)
        for position, name in enumerate(function.params):
            shown = str(position - (function.params[:1] == (THIS,)))
            wanted = name in row.params or shown in row.params
            if function.marks and self._injected(number, position):
                continue
            if position == first and row.queued and self._callees.queues.takes_itself(number):
                continue
            if (wanted or ("*" in row.params and position >= first and self._open_ended(number, position))) and safe.get(name) != -1:
                self._open(number, position, row, ~safe.get(name, 0))

    def _injected(self, number: int, position: int) -> bool:
        """Whether a parameter is given what functions of the program return: then the world decides what those are passed, and not the parameter."""
        marks = [ref for place, ref in self._symbols.functions[number].marks if place == position]
        rows = [row for row in self._rows[EntryHow.ARGUMENT] for ref in marks[:1] if isinstance(ref, NameRef) and ref.name == row.name]
        if not rows or len(marks) == 1:
            return False
        callee = self._callees.of(marks[1], number)
        if not callee.targets or not callee.certain or any(mode is Mode.CONSTRUCT for _, mode in callee.targets):
            return False
        self._converted.add((number, position))
        for target, _ in callee.targets:
            self.injected.add(target)
            if target not in self.entered:
                for row in rows:
                    self._enter(target, row)
        return True

    def _imports(self, file: int, module: str) -> bool:
        return any(target == module or target.startswith(f"{module}.") for _, target in self._symbols.files[file].names)

    def _receivers(self, function: FunctionFacts) -> int:
        if function.params[:1] == (THIS,):
            return 1
        return 1 if function.owner and function.binding != "static" and not self._explicit else 0

    def _give(self, number: int, row: EntryRow) -> None:
        function = self._symbols.functions[number]
        for where, type_ in row.typed:
            position = (
                int(where) + (function.params[:1] == (THIS,)) if where.isdigit() else function.params.index(where) if where in function.params else -1
            )
            if 0 <= position < len(function.params):
                self._types.given[number, position] = (type_,)

    def _open_ended(self, number: int, position: int) -> bool:
        """Whether `*` speaks of this parameter: not of what the models know by its class, nor of what is converted on the way in."""
        if (number, position) in self._types.given:
            return False
        types = self._annotation(number, position)
        known = self._library.classes
        return not self._conversions.harmless(types) and not any(isinstance(type_, str) and type_ in known and type_ not in _TEXT for type_ in types)

    def converted(self, opening: Opening, path: Path) -> bool:
        """Whether a part of an opened parameter is made something harmless on the way in, as its class says."""
        if self._explicit or not path or not path[0].startswith("."):
            return False
        if are_declared(opening.name, self._symbols.functions[opening.function].qualname.rpartition(".")[2], path):
            return True
        return self._conversions.field(self._annotation(opening.function, opening.parameter), path)

    def _annotation(self, number: int, position: int) -> tuple[int | str, ...]:
        annotations = self._symbols.functions[number].param_types
        ref = annotations[position] if position < len(annotations) else None
        return self._types.of(ref, number, self._symbols.file_of[number]) if isinstance(ref, str) else ()

    def _open(self, number: int, position: int, row: EntryRow, alive: int = -1) -> None:
        ranks = list(Trust)
        held = self._openings.get((number, position))
        trust = Trust(row.trust)
        alive &= ~mask_of(row.safe, self._bits)
        if held is not None and held.name == row.name:
            alive |= held.alive  # several routes lead here
        if held is None or ranks.index(trust) < ranks.index(held.trust) or (trust is held.trust and held.name == row.name):
            self._openings[number, position] = Opening(number, position, trust, row.name, alive)

    def openings(self, calls: Calls) -> tuple[Opening, ...]:
        """All parameters that the models open, in the order of the functions."""
        found = [self._openings[key] for key in sorted(self._openings)]
        return tuple([opening._replace(called=True) if self._is_queued(opening, calls) else opening for opening in found])

    def _is_queued(self, opening: Opening, calls: Calls) -> bool:
        """Whether what a queue passes to a task is what the program itself has put there, in calls that are all followed."""
        number = opening.function
        followed = opening.trust is Trust.STORED and self._callees.queues.followed(number)
        return followed and calls.calls_itself(number) and calls.leaves_out(number, opening.parameter) is False

    def exported(self, calls: Calls) -> Iterator[Opening]:
        """The parameters of functions that other programs may call: public names of public modules, and what those give out."""
        if self._explicit:
            offered = self._interface.of((Reach.ENTRY,))
            for number in sorted(self._interface.of((Reach.ENTRY, Reach.BEHIND))):
                called = bool(self.served) and calls.calls_itself(number)
                function = self._symbols.functions[number]
                for position in range(self._receivers(function), len(function.params)):
                    key = (number, position)
                    if function.params[position] in _OBJECTS or key in self._converted:
                        continue
                    if key not in self._openings and key not in self._types.given and not self._conversions.harmless(self._annotation(*key)):
                        yield Opening(number, position, Trust.LIBRARY, "", behind=called or number not in offered)
            return
        for number in self._public():
            called = bool(self.served) and calls.calls_itself(number)
            function = self._symbols.functions[number]
            for position in range(self._receivers(function), len(function.params)):
                key = (number, position)
                if (
                    key not in self._openings
                    and key not in self._converted
                    and key not in self._types.given
                    and not self._conversions.harmless(self._annotation(*key))
                ):
                    yield Opening(number, position, Trust.LIBRARY, "", behind=called, called=called)

    def _public(self) -> tuple[int, ...]:
        """Functions with a public name, and those that they give to others."""
        offered: dict[int, None] = {}
        for number, function in enumerate(self._symbols.functions):
            file = self._symbols.files[self._symbols.file_of[number]]
            if file.public and is_public_module(file.module) and self._is_public(number, function):
                offered[number] = None
                offered.update(dict.fromkeys(self._given_out(number, function)))
        return tuple(offered)

    def _given_out(self, number: int, function: FunctionFacts) -> Iterator[int]:
        """Functions within a public one that it gives to others to call: passed to code that nothing is known of (`app.route(path)(serve)`)."""
        for site in function.calls:
            refs = [ref for _, ref in site.functions if isinstance(ref, ClosureRef)]
            if refs:
                callee = self._callees.of_site(site, number)
                if not callee.targets and not callee.names:
                    yield from (target for ref in refs for target, _ in self._callees.of(ref, number).targets)

    def _is_public(self, number: int, function: FunctionFacts) -> bool:
        name = function.qualname.rpartition(".")[2]
        if name.startswith(("_", "<")) and not (name.startswith("__") and name.endswith("__")):
            return False
        if not function.owner:
            return "." not in function.qualname
        if self._symbols.owner(number) < 0:
            return False
        return function.qualname == f"{function.owner}.{name}" and not any(part.startswith("_") for part in function.owner.split("."))


def is_public_module(module: str) -> bool:
    """Whether no part of a module's name is private."""
    return not any(part.startswith("_") and not part.startswith("__") for part in module.split("."))


def _passed_type(source: str, site: CallSite) -> TypeRef:
    """The type of what a callback's row passes on."""
    slot, _, path = source.partition(":")
    if slot == "()":
        return ResultType(site.callee)
    held = next((type_ for name, type_ in site.types if name == slot), None)
    if slot == "self" and held is None and isinstance(site.callee, MethodRef):
        held = site.callee.type
    return held if not path else ItemType(held, "item") if path == ANY and held is not None else None


def _has_any(function: FunctionFacts, row: EntryRow) -> bool:
    """Whether a function that is only called as a row says has one of the parameters that the row names, too."""
    return any(not name.isidentifier() or name in function.params for name in (*row.params, *(name for name, _ in row.typed)))


def _by_name(rows: Iterable[EntryRow]) -> dict[str, list[EntryRow]]:
    found: dict[str, list[EntryRow]] = {}
    for row in rows:
        found.setdefault(row.name, []).append(row)
    return found
