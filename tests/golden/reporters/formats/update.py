"""Write the golden texts anew, after a change that is meant to be seen: `python tests/golden/reporters/formats/update.py`, then read the diff.

They show the report of `../json/report.json`: write that one first.
"""

from __future__ import annotations

import runpy
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Render every format."""
    for name, text in runpy.run_path(str(HERE / "conftest.py"))["all_texts"]().items():
        (HERE / name).write_bytes(text.encode())


if __name__ == "__main__":
    main()
