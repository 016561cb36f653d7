"""From the linker's facts to candidates: offsets become lines and columns, words become a message."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from scanner.core.finding import Candidate, Trust
from scanner.core.location import Location, Role, Span, Trace
from scanner.core.rule import Precision
from scanner.core.text import utf16_column
from scanner.taint.kinds import CODE_FILE, LINES, MEANT, PATHS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from scanner.core.rule import Rule
    from scanner.taint.knowledge import FlowRule
    from scanner.taint.linked import ComparisonFact
    from scanner.taint.witness import MisuseFact, SourcePoint, TaintFact

ENGINE: Final = "taint"
# What a function of a library calls a parameter that is markup, or the text of a template, and one that sets an element's markup.
_NAMED: Final = {
    "html": re.compile(r"(?i:(?:inner|outer|raw)?_?html(?:_?(?:string|text|code|content|fragment))?|markup)|[a-z]\w*(?:Html|HTML|_html|Markup)"),
    "template": re.compile(r"(?i)(?:template|tmpl|tpl)(?:_?(?:string|text|source|content|code))?"),
}
_SETTERS: Final = {"html": re.compile(r"(?:set)?_?(?:inner)?_?html", re.IGNORECASE)}
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")


class _Places:
    """The lines of one file."""

    def __init__(self, path: str, data: bytes) -> None:
        self._path = path
        self.data = data
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(data))]

    def span(self, at: int, end: int) -> Span:
        """A stretch of the file's bytes; what lies behind its end is put there."""
        size = len(self.data)
        first, last = min(max(at, 0), size), min(max(end, at, 0), size)
        return Span(self._path, *self._position(first), *self._position(last))

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        return line, utf16_column(self.data[start:offset], offset - start)

    def head(self, at: int, end: int, function: str) -> Span:
        """The name in the head of a function that takes up these bytes; the head's first line where it has none."""
        name = function.rpartition(".")[2]
        found = re.compile(rb"\b" + re.escape(name.encode()) + rb"\b").search(self.data, max(at, 0), end)
        if found is not None and name.isidentifier():
            return self.span(*found.span())
        line_end = _LINE_END.search(self.data, max(at, 0), end)
        return self.span(at, line_end.start() if line_end else end)

    def parameter(self, at: int, end: int, function: str, name: str) -> Span:
        """A parameter in the head of a function that takes up these bytes; the head's first line where it cannot be made out."""
        head = re.compile(rb"\b" + re.escape(function.encode()) + rb"\s*(?:\[[^\]]*\]\s*)?\(").search(self.data, max(at, 0), end)
        found = re.compile(rb"\b" + re.escape(name.encode()) + rb"\b").search(self.data, head.end() if head else max(at, 0), end)
        if found is not None:
            return self.span(*found.span())
        line_end = _LINE_END.search(self.data, max(at, 0), end)
        return self.span(at, line_end.start() if line_end else end)


class Converter:
    """Makes candidates. `read` gives a file's bytes; it raises OSError for a file that is gone, which is the caller's to handle."""

    def __init__(self, rules: Mapping[str, Rule], flows: Mapping[str, FlowRule], read: Callable[[str], bytes]) -> None:
        self._rules = rules
        self._flows = flows
        self._read = read
        self._places: dict[str, _Places] = {}

    def _in(self, path: str) -> _Places:
        found = self._places.get(path)
        if found is None:
            found = self._places[path] = _Places(path, self._read(path))
        return found

    def flow(self, fact: TaintFact, *, entered: bool, others: tuple[TaintFact, ...] = ()) -> Candidate:
        """The candidate of a flow. `entered` says that the program has entry points of its own; `others` are flows that it stands for."""
        rule = self._rules[fact.rule_id]
        confidence = self._confidence(rule, fact, entered=entered)
        locations = []
        for step in fact.steps:
            places = self._in(step.path)
            if step.role is Role.SOURCE and step.parameter:
                simple = fact.source.function.rpartition(".")[2]
                span = places.parameter(step.at, step.end, simple, step.parameter)
            else:
                span = places.span(step.at, step.end)
            locations.append(Location(span, step.role, step.note))
        return Candidate(
            engine=ENGINE,
            rule_id=rule.id,
            message=rule.message.replace("{source}", label(fact.source)).replace("{sink}", fact.sink.name),
            trace=Trace(tuple(locations)),
            confidence=confidence if confidence is not rule.precision else None,
            trust=fact.source.trust,
            related=tuple(
                Location(self._in(other.sink.path).span(other.sink.at, other.sink.end), Role.SINK, f"reaches {other.sink.name} here too")
                for other in others
            ),
        )

    def stands(self, fact: TaintFact) -> bool:
        """Whether what a flow's rule asks for stands in the file of its sink."""
        beside = self._flows[fact.rule_id].beside
        return not beside or re.search(beside.encode(), self._in(fact.sink.path).data) is not None

    def _confidence(self, rule: Rule, fact: TaintFact, *, entered: bool) -> Precision:
        trust = fact.source.trust
        confidence = dict(self._flows[fact.rule_id].confidence).get(trust, rule.precision)
        if not fact.certain:
            confidence = Precision(max(min(confidence, Precision.HIGH) - 1, Precision.LOW))
        if fact.found:
            confidence = min(confidence, Precision.MEDIUM)
        if fact.doubtful or (fact.shared and (fact.found or not trust.sent)):
            # That two objects of a class are one is a guess. Whoever wrote a file or a row is often trusted, and what was found by its name is often
            # known: both together are seldom right.
            confidence = Precision.LOW
        if trust is Trust.LIBRARY and fact.sink.kind in MEANT and not fact.sink.below:
            # A function that is given a path is meant to open it, and a statement to run it. One that is given a name, and puts it below a directory
            # or into a statement, is not.
            confidence = Precision.LOW
        if trust is Trust.LIBRARY and _is_asked_for(fact):
            confidence = Precision.LOW
        if trust is Trust.LOCAL and fact.sink.kind == CODE_FILE:
            confidence = Precision.LOW
        named = fact.sink.kind in PATHS and fact.sink.below
        elsewhere = fact.source.behind or (entered and not named)
        # Within a package, a function that is given all of what is run is one that runs what the rest of the package says.
        runner = fact.source.behind and fact.sink.kind in LINES and not fact.sink.below
        if trust is Trust.LIBRARY and (runner or (elsewhere and rule.precision < Precision.HIGH)):
            # The program says itself where the world comes in, and that is somewhere else. What hardly ever is right (a statement put together from
            # text) is worth a look all the same: not every way in is known.
            confidence = Precision.LOW
        if fact.source.called:
            # What its callers pass is followed from where the world comes in.
            confidence = Precision.LOW
        return confidence

    def comparison(self, fact: ComparisonFact) -> Candidate:
        """The candidate of a handler that lacks a check: some of those that have it, then the handler's head."""
        rule = self._rules[fact.rule_id]
        check = fact.check.rpartition(".")[2]
        shown = [
            Location(self._in(sibling.path).head(sibling.at, sibling.end, sibling.function), Role.CONTEXT, f"{sibling.function} has {check}")
            for sibling in fact.siblings
        ]
        place = Location(self._in(fact.path).head(fact.at, fact.end, fact.function), Role.SINK, f"{fact.function} has no such check")
        message = rule.message.replace("{handler}", fact.function).replace("{check}", check)
        message = message.replace("{having}", str(fact.having)).replace("{handlers}", str(fact.handlers))
        return Candidate(engine=ENGINE, rule_id=rule.id, message=message, trace=Trace((*shown, place)))

    def misuse(self, fact: MisuseFact) -> Candidate:
        """The candidate of a misuse."""
        rule = self._rules[fact.site.rule_id]
        confidence = None if fact.certain else Precision(max(min(rule.precision, Precision.HIGH) - 1, Precision.LOW))
        span = self._in(fact.path).span(fact.site.at, fact.site.end)
        return Candidate(
            engine=ENGINE,
            rule_id=rule.id,
            message=rule.message,
            trace=Trace.at(span, fact.site.detail),
            confidence=confidence if confidence is not rule.precision else None,
        )


def _is_asked_for(fact: TaintFact) -> bool:
    """Whether a library's function says by its parameter's name, or by its own, that it wants what the sink takes: callers know what they give."""
    named, setter = _NAMED.get(fact.sink.kind), _SETTERS.get(fact.sink.kind)
    if named is not None and named.fullmatch(fact.source.parameter) is not None:
        return True
    return setter is not None and setter.fullmatch(fact.source.function.rpartition(".")[2]) is not None


def label(source: SourcePoint) -> str:
    """What a reader calls a source: the model's name for it, or the parameter it comes in by."""
    if not source.parameter:
        return source.name
    what = f"{source.parameter}[{source.key!r}]" if source.key else f"parameter {source.parameter}"
    function = source.function.rpartition(".")[2] or source.function
    return f"{what} of {function if function.startswith('<') else function.partition('@~')[0]}"


def together(facts: Sequence[TaintFact]) -> Iterator[tuple[TaintFact, tuple[TaintFact, ...]]]:
    """The flows, those from one source into several sinks of one function as one: the first of the surest, and the others with it.

    Sinks of other functions stay findings of their own, also where all of them find what is stored once: a change that adds one must be told, and a
    comment that silences one must not silence the others.
    """
    groups: dict[tuple[object, ...], list[TaintFact]] = {}
    for fact in facts:
        source, sink = fact.source, fact.sink
        # A file whose code is run is told with another confidence than text that is.
        key = (fact.rule_id, source.path, source.at, source.end, source.parameter, sink.path, sink.function, sink.kind == CODE_FILE)
        groups.setdefault(key, []).append(fact)
    for group in groups.values():
        lead = min(group, key=lambda fact: (not fact.certain, not fact.sink.below, fact.sink.at))
        yield lead, tuple(fact for fact in group if fact is not lead)
