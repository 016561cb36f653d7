"""Write the golden texts anew, after a change that is meant to be seen: `python tests/golden/reporters/terminal/update.py`, then read the diff."""

from __future__ import annotations

import runpy
from pathlib import Path

from scanner.reporters.terminal.render import render_terminal

HERE = Path(__file__).parent


def main() -> None:
    """Render every case into its file, and remove files without a case."""
    cases = runpy.run_path(str(HERE / "conftest.py"))["all_cases"]()
    for stale in HERE.glob("*.txt"):
        stale.unlink()
    for case in cases:
        (HERE / f"{case.name}.txt").write_bytes(render_terminal(case.report, case.style).encode())


if __name__ == "__main__":
    main()
