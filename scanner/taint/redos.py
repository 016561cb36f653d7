r"""Whether a constant regular expression can take exponential time on a text that it does not match.

A backtracking engine tries every way to match before it gives up. There are exponentially many when some loop can read one and the same text in
two ways and come back to where it was: `(\w+\s?)+$` reads `ab` as one word or as two. On the automaton that the pattern stands for, that is a cycle
in the product of the automaton with itself that leaves the diagonal (Weber and Seidl, "On the degree of ambiguity of finite automata", 1991; the
condition is called EDA). It harms only where something behind the loop can fail: a loop at the end of a pattern simply stops.

The test is made to be right where it says yes. Ways through assertions and atomic groups are left out, characters beyond ASCII are not told to
overlap, and a pattern too large for the bounds is taken for harmless.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from scanner.taint.charset import SINGLE, characters
from scanner.taint.patterns import python_pattern
from scanner.taint.regex import UNREADABLE, parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MOST_POSITIONS: Final = 300
_MOST_PAIRS: Final = 60_000  # edges of the product that are looked at, for one pattern
_UNBOUNDED: Final = 25  # a repeat with this bound or a higher one is as good as one without
_COPIES: Final = 3  # of a part that is repeated a few times: enough to tell its lengths apart
_ASCII: Final = frozenset(range(128))
_ANCHORS: Final = frozenset({"AT_BEGINNING", "AT_BEGINNING_STRING", "AT_END", "AT_END_STRING"})


class _TooLargeError(Exception):
    """The pattern has more positions, or its product more edges, than are looked at."""


@lru_cache(maxsize=512)
def explodes(pattern: str | bytes) -> bool:
    """Whether a text exists on which matching takes time exponential in its length. False for what does not parse or is too large."""
    try:
        return _ambiguous(_graph(pattern))
    except (*UNREADABLE, _TooLargeError):
        return False


@lru_cache(maxsize=512)
def slow(pattern: str | bytes) -> bool:
    r"""Whether a text exists on which matching takes time quadratic in its length, or worse.

    Two loops that read one letter, the second behind the first with nothing but that letter in between (`\d*\.?\d+`), share a run of it in as many
    ways as it is long, and each is tried when what follows fails. Only runs of one letter are looked at. That every place of a text is tried as the
    match's start counts where a letter must follow that does not (`\{.*\}`), and not for what is looked for at a text's end (`\s+$`): hardly anybody
    takes that for a hole.
    """
    try:
        return explodes(pattern) or _shared_runs(_graph(pattern)) or _restarts(_graph(pattern, through=True))
    except (*UNREADABLE, _TooLargeError):
        return False


def _restarts(graph: _Graph) -> bool:
    r"""Whether a search takes time quadratic in a text's length because each place of a run of one letter is tried as the start.

    `\{.*\}` reads `{{{{` from each of its letters to the end, and finds nothing. What stands at the beginning of the text only is tried once; what
    must stand at its end is left out.
    """
    return not graph.anchored and _runs_from_start(graph)


def _graph(pattern: str | bytes, *, through: bool = False) -> _Graph:
    """The automaton of a pattern of Python's `re`, or else of JavaScript. `through`: what is not known to be passed is taken to be."""
    try:
        return _automaton(pattern, through=through)
    except re.error:
        translated = python_pattern(pattern) if isinstance(pattern, str) else None
        if translated is None:
            raise
        return _automaton(translated, through=through)


def _automaton(pattern: str | bytes, *, through: bool) -> _Graph:
    # A pattern over several lines is written to be read as one; its flags stand in another argument.
    flags = re.VERBOSE if (b"\n" if isinstance(pattern, bytes) else "\n") in pattern else 0  # type: ignore[operator]  # one type for both
    tree = parsed(pattern, flags)
    graph = _Graph(folded=bool(tree.state.flags & re.IGNORECASE), through=through)
    graph.end = graph.sequence(list(tree), graph.spot())
    return graph


class _Graph:
    """The pattern as an automaton: spots joined by empty steps, and positions that read one character and lead on to a spot."""

    def __init__(self, *, folded: bool, through: bool) -> None:
        self._folded = folded
        self._through = through
        self.anchored = False  # something in it must stand at the text's beginning or end
        self._depth = 0  # of loops around what is added
        self.empty: list[list[int]] = []
        self.reads: list[list[int]] = []  # spot -> positions that can be read from it
        self.sets: list[frozenset[int]] = []
        self.after: list[int] = []  # position -> the spot behind it
        self.end = 0

    def spot(self) -> int:
        self.empty.append([])
        self.reads.append([])
        return len(self.empty) - 1

    def sequence(self, items: Iterable[Any], start: int) -> int:
        """Add items one after the other; the spot behind them."""
        for op, arg in items:
            start = self._item(str(op), arg, start)
        return start

    def _item(self, op: str, arg: Any, start: int) -> int:
        if op in SINGLE:
            return self._character(op, arg, start)
        match op:
            case "BRANCH":
                end = self.spot()
                for branch in arg[1]:
                    self.empty[self.sequence(branch, start)].append(end)
                return end
            case "SUBPATTERN":
                return self.sequence(arg[3], start)
            case "MAX_REPEAT" | "MIN_REPEAT":
                return self._repeat(int(arg[0]), int(arg[1]), arg[2], start)
            case "AT" if self._through and str(arg) in _ANCHORS:
                self.anchored = True
                return self.spot()
            case _ if self._through:
                return start
            case _:
                return self.spot()  # an assertion, a reference, an atomic group: no way through it is known

    def _character(self, op: str, arg: Any, start: int) -> int:
        if len(self.sets) >= _MOST_POSITIONS:
            raise _TooLargeError
        end = self.spot()
        self.reads[start].append(len(self.sets))
        self.sets.append(characters(op, arg, folded=self._folded) & _ASCII)
        self.after.append(end)
        return end

    def _repeat(self, low: int, high: int, body: Any, start: int) -> int:
        items = list(body)
        for _ in range(min(low, _COPIES)):
            start = self.sequence(items, start)
        if high >= _UNBOUNDED and not low and self._depth:
            # `(a*)*` goes round in two ways, inside and outside. With the first round of the inner one written out they are told apart.
            end = self.spot()
            self.empty[start].append(end)
            self.empty[self._repeat(1, high, body, start)].append(end)
            return end
        if high >= _UNBOUNDED:
            loop = self.spot()
            self.empty[start].append(loop)
            self._depth += 1
            self.empty[self.sequence(items, loop)].append(loop)
            self._depth -= 1
            start = loop
            end = self.spot()
            self.empty[loop].append(end)
            return end
        end = self.spot()
        self.empty[start].append(end)
        for _ in range(min(high - low, _COPIES)):
            start = self.sequence(items, start)
            self.empty[start].append(end)
        return end

    def follow(self, position: int) -> tuple[dict[int, int], bool]:
        """The positions that can be read next, each with the number of ways there (two stand for more), and whether the end can be reached."""
        return self.leads(self.after[position])

    def leads(self, start: int) -> tuple[dict[int, int], bool]:
        """The same for a spot."""
        found: dict[int, int] = {}
        ends = False
        way = [start]
        branches = [iter(self.empty[way[0]])]
        on_way = {way[0]}
        steps = 0
        for read in self.reads[way[0]]:
            found[read] = found.get(read, 0) + 1
        ends |= way[0] == self.end
        while way:
            spot = next(branches[-1], None)
            if spot is None:
                on_way.discard(way.pop())
                branches.pop()
                continue
            steps += 1
            if steps > _MOST_PAIRS:
                raise _TooLargeError
            if spot in on_way:
                continue
            for read in self.reads[spot]:
                found[read] = min(found.get(read, 0) + 1, 2)
            ends |= spot == self.end
            way.append(spot)
            on_way.add(spot)
            branches.append(iter(self.empty[spot]))
        return found, ends


def _ambiguous(graph: _Graph) -> bool:
    """Whether a loop whose rest can fail reads some text in two ways."""
    count = len(graph.sets)
    after = [graph.follow(position) for position in range(count)]
    follow = [ways for ways, _ in after]
    for loop in _loops(range(count), follow):
        if any(after[position][1] for position in loop):
            continue  # the pattern may end here, so nothing behind the loop makes it try again
        inside = set(loop)
        if any(ways > 1 for one in loop for other, ways in follow[one].items() if other in inside):
            return True
        if _reads_in_two_ways(graph, inside, follow):
            return True
    return False


def _shared_runs(graph: _Graph) -> bool:
    """Whether two loops can share a run of one letter, and what is behind them can fail."""
    count = len(graph.sets)
    after = [graph.follow(position) for position in range(count)]
    seen: set[frozenset[int]] = set()
    for letter in range(128):
        positions = frozenset(position for position in range(count) if letter in graph.sets[position])
        if len(positions) < 2 or positions in seen:  # noqa: PLR2004 -- two loops
            continue
        seen.add(positions)
        nexts = {position: [other for other in after[position][0] if other in positions] for position in positions}
        loops = [loop for loop in _loops(sorted(positions), nexts) if not any(after[position][1] for position in loop)]
        if len(loops) > 1 and any(
            _leads(nexts, loops[one], frozenset(loops[other])) for one in range(len(loops)) for other in range(len(loops)) if one != other
        ):
            return True
    return False


def _runs_from_start(graph: _Graph) -> bool:
    """Whether a run of one letter leads from the start into a loop, and never to the end."""
    begin, empty = graph.leads(0)
    if empty:
        return False
    count = len(graph.sets)
    after = [graph.follow(position) for position in range(count)]
    seen: set[frozenset[int]] = set()
    for letter in range(128):
        positions = frozenset(position for position in range(count) if letter in graph.sets[position])
        if not positions or positions in seen:
            continue
        seen.add(positions)
        nexts = {position: [other for other in after[position][0] if other in positions] for position in positions}
        reached: set[int] = set()
        waiting = [position for position in begin if position in positions]
        while waiting:
            position = waiting.pop()
            if position not in reached:
                reached.add(position)
                waiting.extend(nexts[position])
        if reached and not any(after[position][1] for position in reached) and any(True for _ in _loops(sorted(reached), nexts)):
            return True
    return False


def _leads(nexts: dict[int, list[int]], start: list[int], goal: frozenset[int]) -> bool:
    seen = set(start)
    waiting = list(start)
    while waiting:
        for other in nexts[waiting.pop()]:
            if other in goal:
                return True
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return False


def _reads_in_two_ways(graph: _Graph, inside: set[int], follow: list[dict[int, int]]) -> bool:
    nexts = {one: [other for other in follow[one] if other in inside] for one in inside}
    pairs: dict[tuple[int, int], list[tuple[int, int]]] = {}
    waiting = [(one, one) for one in sorted(inside)]
    edges = 0
    while waiting:
        pair = waiting.pop()
        if pair in pairs:
            continue
        there = pairs[pair] = []
        for left in nexts[pair[0]]:
            for right in nexts[pair[1]]:
                edges += 1
                if edges > _MOST_PAIRS:
                    raise _TooLargeError
                if graph.sets[left] & graph.sets[right]:
                    there.append((left, right))
                    waiting.append((left, right))
    return any(len({one == other for one, other in loop}) > 1 for loop in _loops(pairs, pairs))


def _loops(nodes: Iterable[Any], follow: Any) -> Iterator[list[Any]]:
    """The strongly connected components that hold a cycle (Tarjan's algorithm, without recursion)."""
    index: dict[Any, int] = {}
    low: dict[Any, int] = {}
    stack: dict[Any, None] = {}
    for root in nodes:
        work = [] if root in index else [(root, iter(follow[root]))]
        while work:
            node, rest = work[-1]
            if node not in index:
                index[node] = low[node] = len(index)
                stack[node] = None
            for other in rest:
                if other not in index:
                    work.append((other, iter(follow[other])))
                    break
                if other in stack:
                    low[node] = min(low[node], low[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    yield from _popped(stack, node, follow)


def _popped(stack: dict[Any, None], root: Any, follow: Any) -> Iterator[list[Any]]:
    """Take a component off the stack; it is given if it holds a cycle."""
    found: list[Any] = []
    while not found or found[-1] != root:
        found.append(stack.popitem()[0])
    if len(found) > 1 or root in follow[root]:
        yield found
