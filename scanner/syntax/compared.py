"""What comes of comparing a build with its original: apart from the comparison itself, which most scans do without."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Compared:
    """Whether one file is a build of another, and then the modules that both name, each as either spells it."""

    same: bool
    modules: tuple[tuple[str, str], ...] = ()
