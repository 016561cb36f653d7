"""What the analysis knows beforehand: what libraries do (models) and what is wrong (rules), compiled for quick look-ups.

Names are dotted, as imports resolve them. `()` at the end of a name stands for what a call of it returns; a method or attribute of an instance is
written through its class: `sqlite3.Cursor.execute`, `flask.Request.args`. A module-level object with a class is written with a `type` row
(`flask.request` is a `flask.Request`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from scanner.core.finding import Trust
from scanner.core.rule import Precision
from scanner.taint.ir import Constant


class Test(StrEnum):
    """How a condition on an argument is judged against a constant value."""

    IS = "is"  # equal to one of the values
    NOT = "not"  # present, constant, and equal to none of the values; or not constant at all
    ABSENT = "absent"  # not passed
    PRESENT = "present"  # passed, whatever it is
    MATCHES = "matches"  # a constant string that the regular expression matches
    TRUTHY = "truthy"  # a constant that is true
    FALSY = "falsy"  # a constant that is false, or not passed
    CONSTANT = "constant"  # a literal
    DYNAMIC = "dynamic"  # passed and not a literal
    BACKTRACKS = "backtracks"  # a constant regular expression that can take exponential time
    TEXT = "text"  # surely text: a literal, or put together from text
    SLOW = "slow"  # a constant regular expression that can take quadratic time, or worse
    QUADRATIC = "quadratic"  # one that can take quadratic time or worse, and no exponential time
    BEGINS = "begins"  # its text begins with what one of the named functions returns, or with one of the texts; judged in its own function only


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a call's argument: the slots it may be passed in (`0`, `shell`), the test, and the test's values."""

    slots: tuple[str, ...]
    test: Test
    values: tuple[Constant, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRow:
    """`name` yields untrusted data."""

    name: str
    trust: Trust


@dataclass(frozen=True, slots=True)
class SinkRow:
    """Data in one of `slots` of a call of `name` reaches a sink of `kind`, if all conditions hold.

    An attribute store is written as a name with the slot `=`. `hints` are receiver names with which a method of the same name on a value of
    unknown type
    is taken for this one, at a lower confidence.
    """

    name: str
    slots: tuple[str, ...]
    kind: str
    when: tuple[Condition, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SanitizerRow:
    """The result of `name` is safe for `kinds` (empty: all kinds), if all conditions hold; other kinds flow from `slots` to the result."""

    name: str
    kinds: tuple[str, ...]
    slots: tuple[str, ...] = ("0",)
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class PropagatorRow:
    """A call of `name` moves data from each of `sources` to `target` (`return`, `self`, or a slot). A row with no sources says that nothing flows.

    Slots may carry an access path after a colon: `0:.name`, `return:[0]`.
    """

    name: str
    sources: tuple[str, ...]
    target: str = "return"


@dataclass(frozen=True, slots=True)
class CallbackRow:
    """A call of `name` calls the function that it is passed in `slot`.

    Its parameter `param` (a position behind the receiver, or `*` for all) gets what lies in `source`: a slot with an access path, or `()` for
    what the call itself returns or, where it takes a callback instead, would return. A `result` says where in the call's result the function's own
    result ends up (`return`, `return:*`); empty: nowhere. A slot of `-1` is the last argument.
    """

    name: str
    slot: str
    source: str = ""
    param: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class TypeRow:
    """`name` has, or returns (`()`), a value of class `type`. A class's base is written with the name `Class<`."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class GuardRow:
    """A call of `name` that came out `outcome` ("true", "false", "returned") makes the value in `slot` safe for `kinds` (empty: all)."""

    name: str
    slot: str
    kinds: tuple[str, ...]
    outcome: str = "true"
    when: tuple[Condition, ...] = ()


class EntryHow(StrEnum):
    """What makes a function an entry point."""

    DECORATOR = "decorator"  # decorated with a call or value of `name`
    METHOD = "method"  # a method called `method` of a subclass of `name`
    ARGUMENT = "argument"  # passed in `slot` of a call of `name`
    PARAMETER = "parameter"  # has a parameter annotated with class `name`, decorated with it, or whose default is a call of it
    FUNCTION = "function"  # a function whose own name is `name` (a handler by convention)
    SIGNATURE = "signature"  # has parameters called as `slots` say, from the first on (behind an error, perhaps); a guess


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A function that `how` and `name` describe is called from outside: parameters in `params` are untrusted.

    `params` lists names, positions or `*` for all but the receiver; `typed` gives a parameter (name or position) a class instead (`request` is a
    `django.http.HttpRequest`); of a `SIGNATURE`, `methods` are attributes or keys of the first parameter one of which must be read, and `params` may
    name parts (`scope:[path]`); `requires` names a module that the file must import. A sink row of the same name with the slot `return` says what
    the text ends in that such a function returns. `queued` are attributes of the function that have it called later with the arguments they are
    given (`task.delay(x)`), `applied` those that are given a list and a mapping of them (`task.apply_async((x,))`): where the program does that
    itself, its callers say what comes in. `safe` are kinds of sinks for which nothing that comes in so is dangerous: a schema has let through only
    objects whose keys it names.
    """

    how: EntryHow
    name: str
    trust: Trust
    params: tuple[str, ...] = ()
    typed: tuple[tuple[str, str], ...] = ()
    methods: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    requires: str = ""
    queued: tuple[str, ...] = ()
    safe: tuple[str, ...] = ()
    applied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlowRule:
    """Untrusted data of an accepted trust reaching a sink of one of `kinds`; `precision` by trust where it differs from the rule's own."""

    rule_id: str
    kinds: tuple[str, ...]
    trusts: tuple[Trust, ...]
    confidence: tuple[tuple[Trust, Precision], ...] = ()
    sources: tuple[str, ...] = ()  # by the models' names, where only these count
    beside: str = ""  # a regular expression that is found in the file of the sink, where it is nothing without
    doubted: tuple[str, ...] = ()  # sources by the models' names, or a key of one (`Request.headers:[referer]`), that as they are hardly do harm


@dataclass(frozen=True, slots=True)
class MisuseRule:
    """A call of one of `names` with all of `when` true is wrong by itself.

    `hints` as in SinkRow. `requires` names a module that the file must import; `inside` is a regular expression that the name of the function
    around the call must match, or of its class, or of the variable that the call's outcome is assigned to. `unsure`: it may have its reasons, and is
    told one step less sure, unless `inside` matches one of those names or one in the arguments.
    """

    rule_id: str
    names: tuple[str, ...]
    when: tuple[Condition, ...] = ()
    hints: tuple[str, ...] = ()
    requires: str = ""
    inside: str = ""
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class ComparisonRule:
    """Handlers that lack a check which most of their siblings in the same file have.

    `checks` is a regular expression that the names of checks match (of decorators, dependencies, mixins, middleware, first calls); `public` one that
    the names of handlers match which are open to everybody by nature. `minimum` siblings must have a check, and `share` of all of them.
    """

    rule_id: str
    checks: str
    public: str
    minimum: int = 3
    share: float = 0.75


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All rows, by name, of one language. Built by `scanner.taint.compile`; `kind_bits` gives each sink kind its bit in every mask.

    `simple_names` are the last components of all names: a file whose bytes hold none of them cannot matter;
    `never_returns` are calls that leave by an exception (`flask.abort`).
    """

    language: str
    kind_bits: Mapping[str, int]
    sources: Mapping[str, SourceRow] = field(default_factory=dict)
    sinks: Mapping[str, tuple[SinkRow, ...]] = field(default_factory=dict)
    sanitizers: Mapping[str, tuple[SanitizerRow, ...]] = field(default_factory=dict)
    propagators: Mapping[str, tuple[PropagatorRow, ...]] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    guards: Mapping[str, tuple[GuardRow, ...]] = field(default_factory=dict)
    callbacks: Mapping[str, tuple[CallbackRow, ...]] = field(default_factory=dict)
    entries: tuple[EntryRow, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    hinted_sinks: Mapping[str, tuple[SinkRow, ...]] = field(default_factory=dict)
    flow_rules: tuple[FlowRule, ...] = ()
    misuse_rules: Mapping[str, tuple[MisuseRule, ...]] = field(default_factory=dict)
    hinted_misuses: Mapping[str, tuple[MisuseRule, ...]] = field(default_factory=dict)
    comparison_rules: tuple[ComparisonRule, ...] = ()
    never_returns: frozenset[str] = frozenset()
    simple_names: frozenset[str] = frozenset()
    digest: str = ""

    @property
    def every_kind(self) -> int:
        """The mask of all kinds."""
        return (1 << len(self.kind_bits)) - 1
