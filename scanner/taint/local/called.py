"""Who is called: what resolving a call says."""

from __future__ import annotations

from typing import NamedTuple

from scanner.taint.local.values import Value
from scanner.taint.refs import CalleeRef


class Target(NamedTuple):
    """Who is called: the reference, the names under which the models may know it, and the receiver where there is one."""

    ref: CalleeRef
    names: tuple[str, ...]
    receiver: Value | None
    value: Value
