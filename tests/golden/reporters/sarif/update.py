"""Write the golden logs anew, after a change that is meant to be seen: `python tests/golden/reporters/sarif/update.py`, then read the diff.

They show the report of `../json/report.json`: write that one first.
"""

from __future__ import annotations

import runpy
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Render the log of each profile."""
    for name, text in runpy.run_path(str(HERE / "conftest.py"))["all_logs"]().items():
        (HERE / f"{name}.sarif").write_bytes(text.encode())


if __name__ == "__main__":
    main()
