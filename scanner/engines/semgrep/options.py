"""What a caller may choose about Semgrep's runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class SemgrepOptions:
    """Bounds and places.

    `rule_seconds` bounds one rule on one file, and a file is given up after `timeouts_per_file` rules; `seconds` bounds all runs together.
    `memory_mib` is what the engine may use before it gives up a file; half as much again, and at least 512 MiB more, is where the system stops it.
    `jobs` is the number of processors. `executable` is a semgrep-core, by default the one of the installed package or else on `path_env`;
    `version` is its version, by default the installed package's. `scratch` is where private directories are made, by default the system's place.
    """

    rule_seconds: float = 30.0
    timeouts_per_file: int = 3
    seconds: float = 1800.0
    memory_mib: int = 4096
    jobs: int = 1
    output_bytes: int = 256 << 20
    executable: Path | None = None
    version: str = ""
    path_env: str = "/usr/local/bin:/usr/bin:/bin"
    scratch: Path | None = None
