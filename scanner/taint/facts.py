"""What the analysis of one file says to the linker: small, plain, picklable, and complete.

A function's flows are a graph from *entries* (where data may come in) to *exits* (where it may go), already sensitive to the order of statements,
constants, keys and guards inside the function. What depends on other functions stays symbolic: calls, types and guards name their callees, and the
linker (`scanner.taint.link`) resolves them over the whole program. So a file's facts depend on its own bytes and the knowledge alone, and can be
cached.

Access paths are tuples of components, at most `PATH_DEPTH` long, cut to a prefix beyond: `.name` for attributes, `[key]` for constant keys and
positions
(`['a']` is `[a]`, `[0]` is `[0]`), `*` for an element that could be any. The empty path is the whole value.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import NamedTuple

from scanner.taint.ir import Constant
from scanner.taint.refs import CalleeRef, TypeRef

PATH_DEPTH = 3
RETURNED = "~returned"
"""The kind of a `SinkSite` that is a return statement: what sink it is, if any, depends on who calls the function."""
Path = tuple[str, ...]
PUBLIC = "!"
"""Behind a module's name: the module as others see it, by its exports, where those are not simply its own names."""


STATEMENT = "~statement"
"""Of an argument, in `CallSite.parts`: its text begins as a statement in SQL does."""
MADE = "~made"
"""Of an argument, in `CallSite.parts`: it was made from what its labels name, and is not that thing itself; see `Value.derived`."""
MAKE = "~new"
"""The method that stands for calling a class of which only a base is known: that class and all that derive from it."""

REACHED = "~reached"
"""A component that is no content of a value: what stands there are the keys through which the object was reached (`target[a]` by `a`)."""


REJECTED = ".~rejected"
"""A component of a promise that is no content of what it brings: why it was rejected, which only those hear that catch it."""

KEYS = ".keys"
"""A component that stands for the keys of a mapping that are not known: what they are is no matter of what lies under them (`*`)."""


class EntryKind(StrEnum):
    """Where data comes into a function's flows."""

    PARAM = "param"  # number: the parameter's position (`self` is 0 in a method)
    RESULT = "result"  # number: the call's number; what it returns
    EFFECT = "effect"  # number: the call's number, name: a slot; what the call left in that argument
    SOURCE = "source"  # number: into `FunctionFacts.sources`
    FIELD = "field"  # type, name: an instance or class attribute read through a typed receiver
    GLOBAL = "global"  # name: `module.variable`
    CAPTURED = "captured"  # name: `function qualname:variable` of an enclosing function


class ExitKind(StrEnum):
    """Where data leaves a function's flows."""

    RETURN = "return"  # returned or yielded
    ARGUMENT = "argument"  # number: the call's number, name: the slot
    SINK = "sink"  # number: into `FunctionFacts.sinks`
    FIELD = "field"  # type, name: stored in an attribute of a typed receiver
    GLOBAL = "global"  # name: `module.variable`
    CAPTURED = "captured"  # name: `function qualname:variable`
    PARAM = "param"  # number: stored into a parameter, so that the caller sees it
    RAISE = "raise"  # carried by an exception


class Entry(NamedTuple):
    """A place where data comes in. Fields that a kind does not use are at their defaults."""

    kind: EntryKind
    number: int = 0
    name: str = ""
    path: Path = ()
    type: TypeRef = None


class Exit(NamedTuple):
    """A place where data leaves."""

    kind: ExitKind
    number: int = 0
    name: str = ""
    path: Path = ()
    type: TypeRef = None


class Hop(NamedTuple):
    """One step inside a function worth showing: byte offsets and a few words ("assigned to query")."""

    at: int
    end: int
    note: str


class Pending(NamedTuple):
    """A guard whose strength its callee decides: call `call` was passed the value in `slot`, and came out `outcome` ("true", "false", "returned")."""

    call: int
    slot: str
    outcome: str


class Flow(NamedTuple):
    """Data may go from an entry to an exit.

    `mask`: the sink kinds (bits of `Knowledge.kind_bits`) for which it was made safe on the way, on every path that was joined here;
    `pending`: guards that may make it safe for more; `hops`: the shortest way, in order.
    """

    entry: Entry
    exit: Exit
    mask: int
    pending: tuple[Pending, ...]
    hops: tuple[Hop, ...]


class CallSite(NamedTuple):
    """A call that the linker must resolve.

    Slots are `0`, `1`, ... for positions, names for keywords, `self` for the receiver, `*` and `**` for
    spreads.

    `constants` holds the arguments with known constant values, `functions` those that are functions of this program (slot -> callee), `types` those
    whose type is known or can be found out.
    """

    callee: CalleeRef
    at: int
    end: int
    slots: tuple[str, ...]
    constants: tuple[tuple[str, Constant], ...] = ()
    functions: tuple[tuple[str, CalleeRef], ...] = ()
    types: tuple[tuple[str, TypeRef], ...] = ()
    awaited: bool = False
    text: str = ""
    parts: tuple[str, ...] = ()  # parts of arguments (`1:.secure`) of which nothing is known but that they are passed
    naming: str = ""  # the variable that takes the outcome, where a rule asks for such a name


class SourceSite(NamedTuple):
    """A model's source met in a function: byte offsets, the model's name for it, and who controls it (a `Trust` value)."""

    at: int
    end: int
    name: str
    trust: str


class SinkSite(NamedTuple):
    """A model's sink met in a function: byte offsets of the call, its sink kind (one name), the model's name for it, and which argument.

    `below` says that a path's sink is reached by what was put below a directory, or behind other text, in this function.
    `made` as in `Value.derived`. `holder` is the parameter whose method the sink is, by its position (`db.query(text)`), or -1.
    """

    at: int
    end: int
    kind: str
    name: str
    slot: str
    certain: bool = True
    below: bool = False
    made: bool = False
    holder: int = -1


class Guarded(NamedTuple):
    """What a function promises about one parameter (with a path): masks that hold when it returns something true, something false, or at all.

    `rests` are guards of its own, by the outcome ("true", "false", "returned") behind which they all hold: what they prove is promised too.
    """

    number: int
    path: Path
    if_true: int
    if_false: int
    if_returned: int
    rests: tuple[tuple[str, Pending], ...] = ()


class FunctionFacts(NamedTuple):
    """One function, or a module's or class's top level (qualname ending in `<module>` or `<class>`)."""

    qualname: str
    params: tuple[str, ...]
    param_kinds: tuple[int, ...]
    param_types: tuple[TypeRef, ...]
    at: int
    end: int
    flows: tuple[Flow, ...]
    calls: tuple[CallSite, ...]
    sources: tuple[SourceSite, ...]
    sinks: tuple[SinkSite, ...]
    guards: tuple[Guarded, ...]
    returns: tuple[TypeRef, ...]
    returned_functions: tuple[CalleeRef, ...]
    decorators: tuple[tuple[CalleeRef, tuple[tuple[str, Constant], ...]], ...]
    owner: str = ""  # the class it is a method of, by qualified name within the module
    binding: str = ""  # "static", "class" or "property" for such methods
    generator: bool = False
    marks: tuple[tuple[int, CalleeRef], ...] = ()  # the decorators of parameters, by their positions
    members: tuple[tuple[str, CalleeRef], ...] = ()  # the functions in what it returns, by access-path component: `return {find, close}`
    made: bool = False  # whether anything that it returns was made from what came in, and is not that thing itself; see `Value.derived`


class ClassFacts(NamedTuple):
    """One class: bases as dotted names (or None where unknown), methods by name, and what is known of its attributes' types."""

    qualname: str
    bases: tuple[str | None, ...]
    methods: tuple[tuple[str, str], ...]
    attribute_types: tuple[tuple[str, TypeRef], ...]
    decorators: tuple[CalleeRef, ...]
    at: int
    end: int
    functions: tuple[tuple[str, CalleeRef], ...] = ()  # functions that are stored in its attributes, as their file refers to them
    patterns: tuple[tuple[str, str], ...] = ()  # regular expressions that its attributes are declared to match


class MisuseSite(NamedTuple):
    """A call (or assignment) that a misuse rule matched in full already, with its place and words for the message.

    Where `left_out` is a parameter's position, it is one for callers that pass nothing for it, and for nobody else. Where it is `unnamed`, it is one
    for callers that give the outcome a name that the rule asks for, and for nobody else. Where it is `unsure`, there may be a reason for it.
    """

    rule_id: str
    at: int
    end: int
    function: str
    detail: str = ""
    left_out: int = -1
    unnamed: bool = False
    unsure: bool = False


class Reach(IntEnum):
    """How other programs come to a module: they begin there, come to it through such modules only, or not at all."""

    ENTRY = 0
    BEHIND = 1
    NEVER = 2


class FileFacts(NamedTuple):
    """Everything the linker needs to know of one file."""

    path: str
    module: str
    language: str
    functions: tuple[FunctionFacts, ...]
    classes: tuple[ClassFacts, ...]
    names: tuple[tuple[str, str], ...]  # module-level name -> dotted name it stands for: definitions of its own, imports, aliases
    stars: tuple[str, ...]  # modules whose public names it offers too
    variables: tuple[tuple[str, TypeRef], ...]  # module-level variables with what is known of their types
    misuses: tuple[MisuseSite, ...]
    truncated: tuple[str, ...] = ()
    exports: tuple[tuple[str, str], ...] = ()  # public name -> dotted name, where a module says apart what it offers (see `PUBLIC`)
    constants: tuple[tuple[str, Constant], ...] = ()  # what variables of the module hold for good, by name and keys (`settings.secret`)
    public: bool = True  # whether other programs may import it, as far as its path says
    reach: Reach = Reach.ENTRY  # how they come to it, as far as its package says
    # Of records that schemas of the module describe (`Job.id`): the types of their own schemas, and what kinds their expressions make them safe for.
    fields: tuple[tuple[str, str, int], ...] = ()
