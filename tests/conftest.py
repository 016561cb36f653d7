"""What all tests share: property tests draw the same examples every time, so that a red run is red for its author and not for the next one.

`HYPOTHESIS_PROFILE=explore` draws new ones, for looking for trouble.
"""

from __future__ import annotations

import os
import signal
import uuid

import pytest
from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

# What a shell runs in the background (`make test &`) ignores Ctrl-C, and so does all that it starts: tests of Ctrl-C would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _no_earlier_scan(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a cache of its own: what one does to the scanner must not be remembered in another."""
    fresh = tmp_path_factory.getbasetemp() / uuid.uuid4().hex
    monkeypatch.setenv("XDG_CACHE_HOME", str(fresh / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(fresh / "state"))
