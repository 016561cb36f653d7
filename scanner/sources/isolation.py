"""What every git of ours is started with, whether it reads a repository at hand or fetches one: nothing that could name a program.

System and user configuration are off: the same repository gives the same scan for everyone. Nobody is asked anything, because nobody is there.
"""

from __future__ import annotations

import os
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTHING: Final = os.devnull
ENVIRONMENT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "GIT_ASKPASS": "false",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": NOTHING,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_SYSTEM": NOTHING,
        "GIT_EDITOR": "false",
        "GIT_PAGER": "cat",
        "GIT_PROTOCOL_FROM_USER": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "HOME": NOTHING,
        "LC_ALL": "C",
        "SSH_ASKPASS": "false",
        "XDG_CONFIG_HOME": NOTHING,
    }
)
SETTINGS: Final = (
    "core.alternateRefsCommand=false",
    "core.askPass=false",
    "core.fsmonitor=false",
    f"core.hooksPath={NOTHING}",
    "credential.helper=",
    "fetch.recurseSubmodules=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "protocol.allow=never",
    "submodule.recurse=false",
)
