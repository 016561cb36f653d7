"""Patterns that a field or a parameter is declared with (`Field(pattern="^[a-z]+$")`).

A framework refuses every other text before the program sees it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir, program
from scanner.taint.charset import admitted
from scanner.taint.kinds import PATHS, mask_of
from scanner.taint.refs import NameRef

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine

_DESCRIBE = frozenset(
    {"pydantic.Field", "pydantic.fields.Field", "pydantic.constr", "pydantic.types.constr", "pydantic.StringConstraints"}
    | {f"{module}{name}" for module in ("fastapi.", "fastapi.param_functions.") for name in ("Query", "Path", "Body", "Form", "Header", "Cookie")}
)
_KEYWORDS = frozenset({"pattern", "regex"})
_LONGEST = 400  # characters of a pattern that are looked at


def declared_pattern(it: Machine, annotation: ir.Expr | None, default: ir.Expr | None, env: Env) -> str:
    """The pattern that all of a text must match, as a declaration says; empty where none does, or where it lets anything stand around its match."""
    for call in _described(annotation, default):
        named = [arg.value for arg in call.args if arg.name in _KEYWORDS]
        ref = it.evaluate(call.func, env).ref if named else None
        if isinstance(ref, NameRef) and ref.name in _DESCRIBE:
            pattern = it.evaluate(named[0], env).const
            # Some versions search for the pattern, so that it has to say itself where it begins.
            if isinstance(pattern, str) and len(pattern) <= _LONGEST and pattern.startswith("^") and admitted(pattern, full=False) is not None:
                return pattern
    return ""


def declared_patterns(it: Machine, cls: program.Class) -> Iterator[tuple[str, str]]:
    """The attributes of a class that are declared to match a pattern, each with it."""
    for item in cls.body:
        if isinstance(item, program.Declare) and isinstance(item.target, ir.Name):
            pattern = declared_pattern(it, item.annotation, item.value, it.env)
            if pattern:
                yield item.target.id, pattern


def _described(annotation: ir.Expr | None, default: ir.Expr | None) -> Iterator[ir.Call]:
    parts = annotation.key.items if isinstance(annotation, ir.Index) and isinstance(annotation.key, ir.Sequence) else ()
    yield from (part for part in (annotation, *parts, default) if isinstance(part, ir.Call))


def harmless_for(pattern: str, bits: Mapping[str, int], *, full: bool = True) -> int:
    """The kinds (as a mask) for which text that matches a pattern is harmless."""
    letters = admitted(pattern, full=full)
    if letters is None:
        return 0
    mask = 0 if ord("/") in letters.admitted else mask_of(PATHS, bits)
    for kind, bit in bits.items():
        if not kind.startswith("~") and letters.harmless_for(kind):
            mask |= bit
    return mask
