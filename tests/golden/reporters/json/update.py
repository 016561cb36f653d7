"""Write the golden text anew, after a change that is meant to be seen: `python tests/golden/reporters/json/update.py`, then read the diff."""

from __future__ import annotations

import runpy
from pathlib import Path

from scanner.reporters.json_report import render_json

HERE = Path(__file__).parent


def main() -> None:
    """Render the reports that conftest.py builds. `report-1.json` stays: it is what version 1 wrote."""
    made = runpy.run_path(str(HERE / "conftest.py"))
    (HERE / "report.json").write_bytes(render_json(made["judged"]()).encode())
    (HERE / "untriaged.json").write_bytes(render_json(made["whole"]()).encode())


if __name__ == "__main__":
    main()
