"""The lab of the unit tests, for hostile trees."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

_PATH = Path(__file__).parents[2] / "unit" / "triage" / "conftest.py"
_SPEC = importlib.util.spec_from_file_location("triage_lab", _PATH)
assert _SPEC is not None
assert _SPEC.loader is not None
_LAB = importlib.util.module_from_spec(_SPEC)
sys.modules["triage_lab"] = _LAB  # dataclasses look their module up
_SPEC.loader.exec_module(_LAB)

lab, say, shop, guarded, settings, texts, tools = (getattr(_LAB, name) for name in ("lab", "say", "shop", "guarded", "settings", "texts", "tools"))
