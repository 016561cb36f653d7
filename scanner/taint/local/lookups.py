"""Look-ups that found something: there is a row, a record, a file or a user of the name. Who made it, nobody here knows.

So it makes nothing safe: users fill databases too, and what is found by `../x` may be there because somebody called something so. It only says that
not every text gets this far, which is worth a lower place in a report.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.kinds import FOUND
from scanner.taint.local import proofs
from scanner.taint.local.places import place_of
from scanner.taint.local.values import Value, flatten, join_labels

if TYPE_CHECKING:
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine
    from scanner.taint.local.values import Labels

_LOOKS_UP = re.compile(
    r"_?(?:first|one|scalar|scalars|scalar_one|one_or_none|scalar_one_or_none|get_or_none|fetchone|fetchrow|(?:get|find|lookup)_\w+)"
)
# These say of the text itself what it is or holds: every text has one.
_MEASURES = re.compile(
    r"(?!\w*_by_)(?:get|find|lookup)_(?:\w+_)?(?:ext|extension|suffix|prefix|type|mime|mimetype|format|encoding|filename|basename|dirname|size|length|hash|digest"
    r"|index|offset|position)"
)
_LONGEST_CHAIN = 6  # calls of a query that is put together (`query.filter_by(name=name).order_by(...).first()`)


def found_something(it: Machine, test: ir.Call, env: Env) -> Env:
    """The environment once a look-up has come out true, or as something: what it was given is the name of something."""
    name = test.func.name if isinstance(test.func, ir.Attr) else test.func.id if isinstance(test.func, ir.Name) else ""
    if not _LOOKS_UP.fullmatch(name) or _MEASURES.fullmatch(name):
        return env
    labels: Labels = {}
    places: list[ir.Expr] = []
    node: ir.Expr = test
    for _ in range(_LONGEST_CHAIN):
        if isinstance(node, ir.Await):
            node = node.value
        if not isinstance(node, ir.Call):
            break
        for arg in node.args:
            labels = join_labels(labels, flatten(it.evaluate(arg.value, env)))
            places.extend((arg.value,) if isinstance(arg.value, ir.Attr | ir.Index) else ())
        if not isinstance(node.func, ir.Attr):
            break
        node = node.func.base
    if not labels:
        return env
    mask = it.context.knowledge.kind_bits.get(FOUND, 0)
    env = proofs.protect(it, env, Value(labels), mask)
    for place in places:
        held = env.get(place_of(place))
        proofs.settle(it, place, env, mask | held.const if held is not None and isinstance(held.const, int) else mask)
    return env
