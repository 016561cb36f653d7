"""The command line of semgrep-core and the files it reads; see docs/decisions/0002-semgrep-core.md for why it is called directly."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.engines.semgrep.process import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from scanner.engines.semgrep.options import SemgrepOptions
    from scanner.engines.semgrep.plan import Target

_MIB: Final = 1 << 20
_HEADROOM_MIB: Final = 512
_RUNTIME: Final = "s=4M"
"""The OCaml runtime's minor heap, in words: measured to halve the processor time for about 100 MB (see the decision record)."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command ready to run, and the bounds that hold besides time."""

    command: tuple[str, ...]
    environment: Mapping[str, str]
    cwd: Path

    def limits(self, seconds: float, options: SemgrepOptions) -> Limits:
        """The bounds of a run that may take this many seconds."""
        memory = options.memory_mib + max(_HEADROOM_MIB, options.memory_mib // 2)
        return Limits(seconds=seconds, memory_bytes=memory * _MIB, output_bytes=options.output_bytes)


@dataclass(frozen=True, slots=True)
class Work:
    """What one run has to do: targets below a root, rules as plain JSON values, and an empty private directory to do it in."""

    directory: Path
    root: Path
    targets: Sequence[Target]
    specs: Sequence[Mapping[str, object]]


def prepare(executable: Path, options: SemgrepOptions, work: Work) -> Invocation:
    """Write rules and targets into the private directory, and say how to start the engine on them.

    Names go through files, so neither their number nor their characters matter; bytes that are not UTF-8 stay what they are.
    """
    home = work.directory / "home"
    home.mkdir(mode=0o700)
    rules = work.directory / "rules.json"
    rules.write_text(json.dumps({"rules": list(work.specs)}), encoding="ascii")
    listing = work.directory / "targets.json"
    entries = ["Targets", [_target(work.root, target) for target in work.targets]]
    listing.write_bytes(json.dumps(entries, ensure_ascii=False).encode("utf-8", "surrogateescape"))
    command = (
        *(str(executable.absolute()), "-json"),
        *("-rules", str(rules), "-targets", str(listing)),
        *("-j", str(options.jobs), "-fast"),
        *("-timeout", f"{options.rule_seconds:g}", "-timeout_threshold", str(options.timeouts_per_file)),
        *("-max_memory", str(options.memory_mib)),
    )
    return Invocation(command, _environment(home), home)


def _target(root: Path, target: Target) -> list[object]:
    """One entry of the list: the path to open, and the path from the root, against which a rule's `paths` are held."""
    path = {"fpath": os.fspath(root / target.path), "ppath": f"/{target.path}"}
    return ["CodeTarget", {"path": path, "analyzer": target.analyzer, "products": ["sast"]}]


def _environment(home: Path) -> dict[str, str]:
    """Nothing of ours: no tokens, no settings of the user, nothing to send and nowhere to keep it."""
    return {
        "HOME": str(home),
        "TMPDIR": str(home),
        "XDG_CONFIG_HOME": str(home),
        "XDG_CACHE_HOME": str(home),
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
        "NO_COLOR": "1",
        "SEMGREP_SEND_METRICS": "off",
        "SEMGREP_ENABLE_VERSION_CHECK": "0",
        "OCAMLRUNPARAM": _RUNTIME,
    }
