"""The call graph in an order in which callees come before their callers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def circles(successors: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The strongly connected components of a graph, each sorted, those that it leads to first (Tarjan 1972, without recursion)."""
    count = len(successors)
    index = [-1] * count
    low = [0] * count
    on_stack = [False] * count
    stack: list[int] = []
    counter = 0
    for root in range(count):
        work = [(root, 0)] if index[root] < 0 else []
        while work:
            here, position = work.pop()
            if position == 0:
                index[here] = low[here] = counter
                counter += 1
                stack.append(here)
                on_stack[here] = True
            targets = successors[here]
            while position < len(targets):
                target = targets[position]
                position += 1
                if index[target] < 0:
                    work.extend(((here, position), (target, 0)))
                    break
                if on_stack[target]:
                    low[here] = min(low[here], index[target])
            else:
                if low[here] == index[here]:
                    yield sorted(_popped(stack, on_stack, here))
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[here])


def _popped(stack: list[int], on_stack: list[bool], last: int) -> Iterator[int]:
    while True:
        member = stack.pop()
        on_stack[member] = False
        yield member
        if member == last:
            return
