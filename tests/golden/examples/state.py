"""What a scan of the example applications finds, held against `examples/expected.json`.

Run it (`python tests/golden/examples/state.py`) to write the golden texts again, and read the difference.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
EXAMPLES = ROOT / "examples"
_SCAN = [sys.executable, "-c", "from scanner.cli.main import main; main()", "scan", "examples", "--exit-zero", "--isolated", "-f", "json"]


def scan() -> dict[str, Any]:
    """The report of a scan of the examples, as the demo makes it."""
    done = subprocess.run(_SCAN, cwd=ROOT, capture_output=True, text=True, check=True)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def findings_text(report: dict[str, Any]) -> str:
    """One line a finding, in the report's order."""
    return "".join(f"{_line(finding)}\n" for finding in report["findings"])


def _line(finding: dict[str, Any]) -> str:
    engines = "+".join(finding["engines"])
    place = f"{finding['path']}:{finding['start']['line']}:{finding['start']['column']}"
    return f"{finding['severity']:<8} {finding['confidence']:<9} {place} {finding['rule_id']} [{engines}] steps={len(finding['trace']['steps'])}"


def holes_text(report: dict[str, Any]) -> str:
    """One line a hole (found or missed) and a safe place (silent or false alarm), in the order of `expected.json`."""
    expected = json.loads((EXAMPLES / "expected.json").read_text("utf-8"))
    return "".join(f"{item['id']:<14} {_state(item, report)}\n" for item in expected)


def _state(item: dict[str, Any], report: dict[str, Any]) -> str:
    spots = [(item["path"], item["sink_contains"]), *((also["path"], also["contains"]) for also in item.get("also_at", ()))]
    rules = sorted({finding["rule_id"] for path, text in spots for finding in _standing_at(item, path, text, report)})
    if item["vulnerable"]:
        return f"found by {', '.join(rules)}" if rules else "missed"
    return f"false alarm by {', '.join(rules)}" if rules else "silent"


def _standing_at(item: dict[str, Any], path: str, text: str, report: dict[str, Any]) -> list[dict[str, Any]]:
    full = f"examples/{item['app']}/{path}"
    lines = [number for number, line in enumerate((ROOT / full).read_text("utf-8").splitlines(), 1) if text in line]
    return [
        finding
        for finding in report["findings"]
        if set(finding["cwe"]) & set(item["cwe"])
        and any(
            place["path"] == full and place["start"]["line"] <= line <= place["end"]["line"]
            for place in (finding, *_further_sinks(finding))
            for line in lines
        )
    ]


def _further_sinks(finding: dict[str, Any]) -> list[dict[str, Any]]:
    """The other places of one finding: several sinks in one function that the same data reaches are told together."""
    return [place for place in finding["related"] if place["role"] == "sink"]


if __name__ == "__main__":
    found = scan()
    (HERE / "findings.txt").write_text(findings_text(found), encoding="utf-8")
    (HERE / "holes.txt").write_text(holes_text(found), encoding="utf-8")
