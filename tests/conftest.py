"""What all tests share: property tests draw the same examples every time, so that a red run is red for its author and not for the next one.

`HYPOTHESIS_PROFILE=explore` draws new ones, for looking for trouble.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
