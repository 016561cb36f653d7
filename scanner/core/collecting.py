"""Python's garbage collector, held back where it can only lose."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def collection_paused() -> Iterator[None]:
    """No garbage collection while many small values come in that all stay: each collection would walk them again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            if not gc.get_freeze_count():
                # What came in counts as old, unseen: else the next collection, of what is young, would walk all of it after all.
                gc.freeze()
                gc.unfreeze()
            gc.enable()
