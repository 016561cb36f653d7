"""Where Semgrep's engine is, and which version it is, without starting or importing it."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

_CORE = "semgrep-core"


def find_core(path_env: str) -> Path | None:
    """The engine inside the installed `semgrep` package, else the first `semgrep-core` on a PATH, else None."""
    spec = importlib.util.find_spec("semgrep")  # finds a top-level package without importing it
    if spec and spec.origin:
        bundled = Path(spec.origin).parent / "bin" / _CORE
        if bundled.is_file():
            return bundled
    found = shutil.which(_CORE, path=path_env)
    return Path(found).absolute() if found else None


def installed_version() -> str:
    """The version of the installed `semgrep` package; `unknown` when there is none."""
    spec = importlib.util.find_spec("semgrep")
    beside = list(Path(spec.origin).parents[1].glob("semgrep-*.dist-info")) if spec and spec.origin else []
    if len(beside) == 1:
        return beside[0].name.removeprefix("semgrep-").removesuffix(".dist-info")
    from importlib import metadata  # noqa: PLC0415 -- asks the same of every directory that Python looks in, and takes ten milliseconds to load

    try:
        return metadata.version("semgrep")
    except metadata.PackageNotFoundError:
        return "unknown"
