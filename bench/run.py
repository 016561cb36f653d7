"""How long a scan takes, cold, warm and after a change, beside bare parsing, Bandit and Semgrep on the same files: `make bench`.

Fetches packages from PyPI and npm (where npm is installed) into bench/work (never committed), runs every command a few times in turn, and prints
medians of CPU seconds with the ratio to bare tree-sitter parsing. CPU seconds are of the command and its children, from the operating system's own
account.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import statistics
import subprocess
import sys
import tarfile
import time
import venv
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

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
_SMALL_FILE = "a small file"
_SMALL = """\
import sqlite3
from flask import Flask, request

app = Flask(__name__)


@app.route("/users")
def users():
    name = request.args["name"]
    return sqlite3.connect("app.db").execute("SELECT * FROM users WHERE name = '" + name + "'").fetchall()
"""
_BUILT = ("scanner", "rules", "pyproject.toml", "README.md", "LICENSE")
_OURS = "taint,secrets,injection"
_START = ["-c", "from scanner.cli.main import main; main()", "scan"]
_CASEMATE = [sys.executable, *_START]


_WHOLE = frozenset({0, 4})
"""How a scan ends that found its way: 4 says that something could not be looked at."""


class Cost(NamedTuple):
    """One run of a command: CPU seconds, wall seconds, peak memory of its largest process in MiB, and its exit code."""

    cpu: float
    wall: float
    memory: float
    code: int


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
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(usage.ru_utime + usage.ru_stime, os.times().elapsed - started, usage.ru_maxrss / 1024, process.returncode)


@dataclass(frozen=True, slots=True)
class Case:
    """One row of the table: a command, what is done around each of its runs, which is not measured, and the exit codes of one that worked."""

    name: str
    command: list[str]
    around: Callable[[], AbstractContextManager[object]] = nullcontext
    fine: frozenset[int] = _WHOLE


def cases(root: Path, python: str | None) -> Iterator[Case]:
    """What is measured on a package. The runs that remember share one cache: the one before has filled it.

    `python` is that of an environment into which a release was installed, where one could be built.
    """
    flags = [str(root), "--isolated", "--exit-zero", "-q", "-o", str(WORK / "out.sarif")]
    cached = ["--cache-dir", str(WORK / "cache" / root.name)]
    yield Case("parsing", [sys.executable, str(HERE / "parse_only.py"), str(root)])
    yield Case("casemate", [*_CASEMATE, *flags, "--no-cache"])
    ours = [*flags, "--no-cache", "--engines", _OURS]
    yield Case("without semgrep", [*_CASEMATE, *ours])
    yield Case("one worker", [*_CASEMATE, *ours, "--jobs", "1"])
    if python is not None:
        yield Case("compiled", [python, "-P", *_START, *flags, "--no-cache"])
        yield Case("compiled, without", [python, "-P", *_START, *ours])
        yield Case("compiled, one worker", [python, "-P", *_START, *ours, "--jobs", "1"])
    yield Case("warm", [*_CASEMATE, *flags, *cached], lambda: nullcontext(measure([*_CASEMATE, *flags, *cached])))
    yield Case("one file changed", [*_CASEMATE, *flags, *cached], lambda: _changed(_middle(root)))
    repository = _repository(root)
    compared = ["--diff", "HEAD", "--cache-dir", str(WORK / "cache" / repository.name)]
    yield Case("pull request", [*_CASEMATE, str(repository), *flags[1:], *compared], lambda: _changed(_middle(repository)))
    yield from _others(root)


def small_cases() -> Iterator[Case]:
    """What a person waits for who scans the file that was just saved."""
    file = WORK / "small" / "app.py"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_SMALL, encoding="utf-8")
    flags = [str(file), "--isolated", "--exit-zero"]
    cached = ["--cache-dir", str(WORK / "cache" / "small")]
    yield Case("parsing", [sys.executable, str(HERE / "parse_only.py"), str(file.parent)])
    yield Case("casemate", [*_CASEMATE, *flags, "--no-cache"])
    yield Case("without semgrep", [*_CASEMATE, *flags, "--no-cache", "--engines", _OURS])
    yield Case("one file changed", [*_CASEMATE, *flags, *cached], lambda: _changed(file))
    yield Case("warm", [*_CASEMATE, *flags, *cached], lambda: nullcontext(measure([*_CASEMATE, *flags, *cached])))
    yield Case("--version", [*_CASEMATE[:-1], "--version"])
    yield from _others(file.parent)


def _others(root: Path) -> Iterator[Case]:
    beside = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))
    bandit, semgrep = (shutil.which(name, path=beside) for name in ("bandit", "semgrep"))
    if bandit is not None and any(root.rglob("*.py")):
        yield Case("bandit", [bandit, "-r", "-q", str(root)], fine=frozenset({0, 1}))
    if semgrep is not None:
        flags = ["--quiet", "--metrics=off", "--disable-version-check", "--no-git-ignore", "--json", "--output", str(WORK / "semgrep.json")]
        yield Case("semgrep", [semgrep, "scan", *flags, "--config", str(HERE.parent / "rules" / "semgrep"), str(root)], fine=frozenset({0, 1, 2, 3}))


def _middle(root: Path) -> Path:
    """The source file of middling size: what a change to one file costs depends on which."""
    files = sorted(
        (path for path in root.rglob("*") if path.suffix in {".py", ".js"} and path.is_file()), key=lambda path: (path.stat().st_size, path)
    )
    return files[len(files) // 2]


@contextmanager
def _changed(file: Path) -> Iterator[None]:
    """For a while another file than ever before, by one statement at its end that Python and JavaScript take both; then what it was."""
    before = file.read_bytes()
    file.write_bytes(before + f"\nadded_{time.time_ns()} = 1\n".encode())
    try:
        yield
    finally:
        file.write_bytes(before)


def _repository(root: Path) -> Path:
    """A copy of a package with a history of one commit."""
    copy = WORK / f"{root.name}-repository"
    if not copy.is_dir():
        shutil.copytree(root, copy)
        git = ["git", "-C", str(copy), "-c", "user.name=bench", "-c", "user.email=bench@localhost", "-c", "commit.gpgsign=false"]
        for command in (["init", "-q"], ["add", "-A", "-f"], ["commit", "-q", "-m", "as it came"]):
            subprocess.run([*git, *command], check=True)
    return copy


def compiled() -> str | None:
    """The Python of an environment with what a release brings: a wheel of this tree whose flow analysis is compiled.

    It is made once a state of the tree; None where the wheel cannot be built, with the last words of who tried on stderr.
    """
    home = WORK / f"compiled-{_digest()}"
    python, finished = home / "bin" / "python", home / "finished"
    if finished.is_file():
        return str(python)
    for older in WORK.glob("compiled-*"):
        shutil.rmtree(older)
    began = time.time()
    built = subprocess.run(["make", "-C", str(HERE.parent), "wheel"], capture_output=True, text=True, check=False)
    if built.returncode != 0:
        print(f"no compiled rows: the wheel could not be built\n{built.stderr[-500:]}", file=sys.stderr)
        return None
    venv.create(home, with_pip=True)
    (found,) = (wheel for wheel in (HERE.parent / "dist").glob("*.whl") if wheel.stat().st_mtime >= began)
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(found)], check=True)
    measure([str(python), "-P", *_START[:-1], "doctor"])  # which reads the rules, and keeps them
    finished.touch()
    return str(python)


def _digest() -> str:
    digest = hashlib.sha256(sys.version.encode())
    root = HERE.parent
    files = [path for name in _BUILT for path in ((root / name).rglob("*") if (root / name).is_dir() else (root / name,)) if path.is_file()]
    for path in sorted(files):
        name = path.relative_to(root).as_posix()
        if not any(part.startswith((".", "__pycache__")) for part in name.split("/")):  # what tools keep is no part of it
            digest.update(f"{name}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", action="append", metavar="ROW", help="these rows only, and parsing. Repeatable.")
    parser.add_argument("packages", nargs="*", default=(_SMALL_FILE, *PACKAGES))
    options = parser.parse_args()
    python = None if options.only and not any(name.startswith("compiled") for name in options.only) else compiled()
    print(f"{'package':<22} {'row':<20} {'cpu s':>8} {'x parsing':>10} {'wall s':>8} {'MiB':>7}")
    for package in options.packages:
        if package.startswith("npm:") and shutil.which("npm") is None:
            print(f"{package:<22} left out: npm is not installed")
            continue
        rows = list(small_cases() if package == _SMALL_FILE else cases(fetch(package), python))
        rows = [row for row in rows if not options.only or row.name in (*options.only, "parsing")]
        _print(package, rows, options.rounds)


def _print(package: str, rows: list[Case], rounds: int) -> None:
    """Run everything in turn, so that what else the machine does falls on all alike, and print the medians."""
    costs: dict[str, list[Cost]] = {row.name: [] for row in rows}
    for _ in range(rounds):
        for row in rows:
            with row.around():
                costs[row.name].append(measure(row.command))
    base = statistics.median(cost.cpu for cost in costs["parsing"])
    for name, runs in costs.items():
        failed = {run.code for run in runs} - next(row.fine for row in rows if row.name == name)
        if failed:
            print(f"{package:<22} {name:<20} ended with exit code {', '.join(map(str, sorted(failed)))}: its figures would say nothing", flush=True)
            continue
        cpu, wall, memory, _ = (statistics.median(values) for values in zip(*runs, strict=True))
        print(f"{package:<22} {name:<20} {cpu:>8.2f} {cpu / base:>10.1f} {wall:>8.2f} {memory:>7.0f}", flush=True)


if __name__ == "__main__":
    main()
