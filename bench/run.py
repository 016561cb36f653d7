"""How long a scan takes, beside bare parsing and Bandit on the same files, in one interleaved run: `make bench`.

Fetches packages from PyPI and npm (where npm is installed) into bench/work (never committed), runs every command a few times in turn, and prints
medians of CPU seconds with the ratio to bare tree-sitter parsing. CPU seconds are of the command and its children, from the operating system's own
account.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin
from urllib.request import urlopen

HERE = Path(__file__).parent
WORK = HERE / "work"
PACKAGES = (
    "django==5.2",
    "twisted==24.11.0",
    "sqlalchemy==2.0.36",
    "scrapy==2.12.0",
    "npm:typeorm@0.3.20",
    "npm:webpack@5.97.1",
    "npm:mongodb@6.12.0",
)
_CASEMATE = [sys.executable, "-c", "from scanner.cli.main import main; main()", "scan"]


class Cost(NamedTuple):
    """One run of a command: CPU seconds, wall seconds, peak memory of its largest process in MiB."""

    cpu: float
    wall: float
    memory: float


def fetch(package: str) -> Path:
    """The unpacked sources of a package. Nothing of it is built or run."""
    target = WORK / package.replace("==", "-").replace("npm:", "").replace("@", "-")
    if target.is_dir():
        return target
    downloads = WORK / "downloads"
    downloads.mkdir(parents=True, exist_ok=True)
    if package.startswith("npm:"):
        command = ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", str(downloads), package.removeprefix("npm:")]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        archive = downloads / f"{target.name}.tgz"
    else:
        archive = downloads / f"{target.name}.tar.gz"
        archive.write_bytes(_sdist(*package.split("==")))
    with tarfile.open(archive) as opened:
        opened.extractall(target, filter="data")
    return target


def _sdist(name: str, version: str) -> bytes:
    """A source distribution from the index that pip uses. Not through pip, which runs what a package brings to learn its metadata."""
    asked = subprocess.run([sys.executable, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True, check=False)
    page = f"{(asked.stdout.strip() or 'https://pypi.org/simple').rstrip('/')}/{name}/"
    with urlopen(page) as answer:  # noqa: S310 -- the index that the user's pip is set up with
        links = re.findall(r'href="([^"]+)"', answer.read().decode())
    wanted = f"{name}-{version}.tar.gz".lower()
    link = next(link for link in links if link.partition("#")[0].rpartition("/")[2].lower() == wanted)
    with urlopen(urljoin(page, link)) as answer:  # noqa: S310 -- as above
        data: bytes = answer.read()
    return data


def measure(command: list[str]) -> Cost:
    """Run a command to its end and take its cost from the operating system."""
    with open(os.devnull, "w", encoding="utf-8") as sink:  # noqa: PTH123 -- os.devnull is a name, not a path of ours
        process = subprocess.Popen(command, stdout=sink, stderr=sink)
        started = os.times().elapsed
        _, _, usage = os.wait4(process.pid, 0)
    return Cost(usage.ru_utime + usage.ru_stime, os.times().elapsed - started, usage.ru_maxrss / 1024)


def commands(root: Path) -> dict[str, list[str]]:
    """The commands that are compared, by the name in the table."""
    found = {
        "parsing": [sys.executable, str(HERE / "parse_only.py"), str(root)],
        "casemate": [*_CASEMATE, str(root), "--isolated", "--exit-zero", "-q", "-o", str(WORK / "out.sarif")],
        "without semgrep": [*_CASEMATE, str(root), "--isolated", "--exit-zero", "-q", "-o", str(WORK / "out.sarif"), "--engines", "taint,secrets"],
    }
    beside = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))
    bandit = shutil.which("bandit", path=beside)
    if bandit is not None and any(root.rglob("*.py")):
        found["bandit"] = [bandit, "-r", "-q", str(root)]
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("packages", nargs="*", default=PACKAGES)
    options = parser.parse_args()
    print(f"{'package':<22} {'command':<16} {'cpu s':>8} {'x parsing':>10} {'wall s':>8} {'MiB':>7}")
    for package in options.packages:
        if package.startswith("npm:") and shutil.which("npm") is None:
            print(f"{package:<22} left out: npm is not installed")
            continue
        root = fetch(package)
        costs: dict[str, list[Cost]] = {name: [] for name in commands(root)}
        for _ in range(options.rounds):
            for name, command in commands(root).items():
                costs[name].append(measure(command))
        base = statistics.median(cost.cpu for cost in costs["parsing"])
        for name, runs in costs.items():
            cpu, wall, memory = (statistics.median(values) for values in zip(*runs, strict=True))
            print(f"{package:<22} {name:<16} {cpu:>8.2f} {cpu / base:>10.1f} {wall:>8.2f} {memory:>7.0f}")


if __name__ == "__main__":
    main()
