"""What a call says of itself where it stands: what its arguments are, the header it sets, the pattern that is written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.kinds import NO_OBJECTS

if TYPE_CHECKING:
    from scanner.taint.facts import CallSite


def is_written(site: CallSite, slot: str, kind: str) -> bool:
    """Whether an argument is an object that the program writes down where text is wanted, or whose keys are what matters.

    What is still spread into keywords is none: of one that is written down they are arguments of their own.
    """
    return slot != "**" and (kind in NO_OBJECTS or kind == "assign-mass") and any(name == slot and type_ == "dict" for name, type_ in site.types)


def content_type(site: CallSite) -> str | None:
    """What a call sets the type of the answer to, in lower case; empty where that is not constant, None for every other call."""
    constants = dict(site.constants)
    name = constants.get("0")
    if not site.text.endswith(".set_header") or not isinstance(name, str) or name.lower() != "content-type":
        return None
    value = constants.get("1")
    return value.lower() if isinstance(value, str) else ""


def is_structure(site: CallSite, slot: str) -> bool:
    """Whether an argument is a dictionary or a list, which frameworks send as JSON."""
    return any(name == slot and type_ in {"dict", "list"} for name, type_ in site.types)


def pattern_place(site: CallSite) -> tuple[int, int]:
    """Where the regular expression of a call is written, as far as that is known; else the call."""
    known = {slot.partition(":")[2]: value for slot, value in site.constants if slot.endswith((":~at", ":~end"))}
    at, end = known.get("~at"), known.get("~end")
    return (at, end) if isinstance(at, int) and isinstance(end, int) else (site.at, site.end)
