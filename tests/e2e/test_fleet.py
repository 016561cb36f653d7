"""A fleet as its user sees it: many small repositories, some of them poisoned, here and on a Ray cluster of three nodes on this machine."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tests.support.messages_server import Answer, MessagesServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .conftest import Casemate

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX only, as the sources are")

SECONDS = 120
CASEMATE = (sys.executable, "-c", "from scanner.cli.main import main; main()")
ENGINES = ("--engines", "taint,secrets")
HOLE = """\
import os

from flask import Flask, request

app = Flask(__name__)


@app.route("/ping")
def ping():
    os.system("ping -c 1 " + request.args["host{number}"])
    return "done"
"""
CLEAN = "def add(left, right):\n    return left + right + {number}\n"
CLUSTER = """\
import sys

from ray.cluster_utils import Cluster

cluster = Cluster()
nodes = [cluster.add_node(num_cpus=1, memory=1 << 30, object_store_memory=80 << 20, include_dashboard=False) for _ in range(3)]
cluster.wait_for_nodes()
print(cluster.address, flush=True)
sys.stdin.readline()
cluster.remove_node(nodes[-1], allow_graceful=False)
print("killed", flush=True)
sys.stdin.readline()
cluster.shutdown()
"""


def _plant(root: Path, count: int) -> Path:
    """Small repositories, every third with a hole."""
    for number in range(count):
        place = root / f"service-{number:02}"
        place.mkdir(parents=True)
        (place / "app.py").write_text((CLEAN if number % 3 else HOLE).replace("{number}", str(number)), encoding="utf-8")
    return root


def _plant_hanging(root: Path) -> None:
    """A repository in which git waits for ever: its configuration is a pipe that nobody writes to."""
    git = root / ".git"
    (git / "objects").mkdir(parents=True)
    (git / "refs").mkdir()
    (git / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    os.mkfifo(git / "config")
    (root / "app.py").write_text("print(1)\n", encoding="utf-8")


def _plant_hungry(root: Path) -> None:
    """A repository whose one file takes over half a gigabyte to analyse."""
    root.mkdir()
    (root / "table.py").write_text("x = [" + "[a,b(c)]," * 160_000 + "]\n", encoding="utf-8")


NEEDS = {"access": "network", "authentication": "none", "interaction": "none", "configuration": "none"}


def _environment(temporary: Path | None = None) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG", "TMPDIR"}}
    return {**kept, "TMPDIR": str(temporary)} if temporary else kept


class Start(Protocol):
    """Starts `casemate fleet` and does not wait for it."""

    def __call__(self, *arguments: str | Path, temporary: Path | None = ..., more: Mapping[str, str] = ...) -> subprocess.Popen[str]: ...


@pytest.fixture
def start() -> Iterator[Start]:
    processes: list[subprocess.Popen[str]] = []

    def run(*arguments: str | Path, temporary: Path | None = None, more: Mapping[str, str] = MappingProxyType({})) -> subprocess.Popen[str]:
        command = [*CASEMATE, "fleet", *map(str, arguments), *ENGINES]
        surroundings = {**_environment(temporary), **more}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings)
        processes.append(process)
        return process

    yield run
    for process in processes:  # those of a test that failed meanwhile
        process.kill()
        process.communicate()


def _end(process: subprocess.Popen[str]) -> str:
    """Wait for a fleet's end; what it said on standard error."""
    _, said = process.communicate(timeout=SECONDS)
    return said


def _until(met: Callable[[], bool], process: subprocess.Popen[str] | None = None) -> None:
    """Wait until something is so; a process that ends meanwhile will not make it so any more."""
    deadline = time.monotonic() + SECONDS
    while not met():
        assert time.monotonic() < deadline
        assert process is None or process.poll() is None
        time.sleep(0.02)


def _results(out: Path) -> dict[str, Any]:
    """What lies in an output directory, by the repository's own name."""
    found = {}
    for path in sorted((out / "repositories").glob("*/result.json")):
        value = json.loads(path.read_text("utf-8"))
        found[Path(value["target"]).name] = {**value, "place": path.parent}
    return found


def _reports(out: Path) -> dict[str, tuple[bytes, bytes]]:
    return {
        name: ((value["place"] / "report.sarif").read_bytes(), (value["place"] / "report.json").read_bytes())
        for name, value in _results(out).items()
        if value["result"]["status"] == "complete"
    }


@pytest.fixture
def cluster() -> Iterator[subprocess.Popen[str]]:
    """Three nodes on this machine; a line to its standard input kills one of them, the next one all."""
    if importlib.util.find_spec("ray") is None:
        pytest.skip("Ray is not installed: pip install 'casemate[ray]'")
    environment = {**_environment(), "RAY_USAGE_STATS_ENABLED": "0"}
    process = subprocess.Popen(
        [sys.executable, "-c", CLUSTER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    yield process
    process.communicate("\n\n", timeout=SECONDS)


def test_sixty_repositories_on_a_ray_cluster_lose_nothing_to_a_dead_node_and_two_poisoned_ones(
    cluster: subprocess.Popen[str], tmp_path: Path, start: Start
) -> None:
    healthy = _plant(tmp_path / "healthy", 60)
    poisoned = tmp_path / "poisoned"
    poisoned.mkdir()
    _plant_hanging(poisoned / "hangs")
    _plant_hungry(poisoned / "hungry")
    listed = tmp_path / "fleet.txt"
    listed.write_text("\n".join(map(str, [poisoned / "hangs", poisoned / "hungry", *sorted(healthy.iterdir())])), encoding="utf-8")
    assert cluster.stdout is not None
    assert cluster.stdin is not None
    address = cluster.stdout.readline().strip()
    limits = ("--timeout", "15", "--max-memory", "320")

    fleet = start(listed, "-o", tmp_path / "ray", "--executor", "ray", "--address", address, *limits)
    _until(lambda: len(_results(tmp_path / "ray")) >= 8, fleet)
    cluster.stdin.write("\n")
    cluster.stdin.flush()
    assert cluster.stdout.readline() == "killed\n"
    done_by_then = len(_results(tmp_path / "ray"))
    said = _end(fleet)

    assert fleet.returncode == 4, said
    assert done_by_then < 40
    results = _results(tmp_path / "ray")
    assert len(results) == 62
    assert results["hangs"]["result"]["why"] == "time"
    assert results["hungry"]["result"]["why"] == "memory"
    assert "hangs: time: not done after 15 s" in said
    assert "hungry: memory: it took more than 320 MiB of memory" in said

    local = start(healthy, "-o", tmp_path / "local", "-j", "2")
    assert "60 complete" in _end(local)
    assert local.returncode == 1
    assert _reports(tmp_path / "ray") == _reports(tmp_path / "local")
    assert sum(b'"ruleId": "python-command-injection"' in sarif for sarif, _ in _reports(tmp_path / "ray").values()) == 20


def test_a_fleet_that_was_killed_or_stopped_goes_on_without_doing_finished_work_again(tmp_path: Path, start: Start) -> None:
    repositories = _plant(tmp_path / "repositories", 24)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    out = tmp_path / "out"

    first = start(repositories, "-o", out, "-j", "1", temporary=temporary)
    _until(lambda: len(_results(out)) >= 4, first)
    first.send_signal(signal.SIGKILL)
    first.communicate(timeout=SECONDS)
    _until(lambda: not _living(temporary))
    finished = _times(out)
    assert 4 <= len(finished) < 20

    second = start(repositories, "-o", out, "-j", "1", temporary=temporary)
    _until(lambda: len(_results(out)) > len(finished), second)
    second.send_signal(signal.SIGTERM)
    assert "of 24 repositories are done\n  hint: the same command goes on from there" in _end(second)
    assert second.returncode == 130
    assert not _living(temporary)
    assert not list(temporary.iterdir())
    finished |= _times(out)

    again = start(repositories, "-o", out, "-j", "2")
    said = _end(again)

    assert again.returncode == 1, said
    assert f"24 repositories: 24 complete, {len(finished)} kept from earlier; went on where the last run had stopped" in said
    assert {name: when for name, when in _times(out).items() if name in finished} == finished
    with sqlite3.connect(out / "fleet.sqlite") as inventory:
        assert inventory.execute("SELECT count(*) FROM runs").fetchone() == (1,)
        assert inventory.execute("SELECT count(*), sum(kept) FROM scans").fetchone() == (24, 0)
    inventory.close()


def _times(out: Path) -> dict[str, int]:
    """When each result was written."""
    return {name: (value["place"] / "result.json").stat().st_mtime_ns for name, value in _results(out).items()}


def _living(temporary: Path) -> list[str]:
    """The processes that have a directory of ours as their place for temporary files."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdecimal() and f"TMPDIR={temporary}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                found.append(entry.name)
        except OSError:
            continue
    return found


def _answers(cost: int) -> Callable[[dict[str, Any]], Answer]:
    """A model that finds every case undecided, with an answer of so many tokens."""
    given = {"verdict": "undecided", "reason": "none", "rationale": "Who calls it is not here.", "citations": [], "preconditions": NEEDS}
    return lambda _: Answer.tool("submit_verdict", given, usage={"input_tokens": 2_000, "output_tokens": cost})


def test_a_fleet_with_a_model_keeps_to_one_budget_and_says_what_it_cost(tmp_path: Path, start: Start) -> None:
    repositories, out = _plant(tmp_path / "code", 9), tmp_path / "out"
    with MessagesServer(_answers(200)) as server:
        model = {"ANTHROPIC_API_KEY": "sk-secret", "ANTHROPIC_BASE_URL": server.url, "XDG_CACHE_HOME": str(tmp_path / "cache")}
        plenty = start(repositories, "-o", out, "--triage", "auto", more=model)
        said = _end(plenty)
        asked = len(server.requests)
        assert server.refused == []
        again = _end(start(repositories, "-o", out, "--triage", "auto", more=model))
        assert len(server.requests) == asked
        _end(start(repositories, "-o", tmp_path / "poor", "--triage", "auto", "--max-cost-usd", "0.0001", more={**model, "XDG_CACHE_HOME": ""}))
        assert len(server.requests) == asked
    costs = [Decimal(value["cost"]) for value in _results(out).values()]
    assert (len(costs), sum(cost > 0 for cost in costs)) == (9, 3)
    assert f"the model cost at most ${sum(costs):.4f}" in said
    assert "9 kept from earlier" in again
    assert "the model cost" not in again
    poor = [json.loads((place / "report.json").read_text("utf-8")) for place in (tmp_path / "poor" / "repositories").iterdir()]
    assert [report["usage"]["cost_usd"] for report in poor] == ["0"] * 9
    assert sum(value["result"]["status"] == "incomplete" for value in _results(tmp_path / "poor").values()) == 3
    assert "sk-secret" not in "".join(path.read_text("utf-8", "replace") for path in out.rglob("*") if path.is_file())


def test_a_fleet_that_was_killed_counts_what_its_scans_may_have_spent(tmp_path: Path, start: Start) -> None:
    repositories, out = _plant(tmp_path / "code", 12), tmp_path / "out"

    def slow(body: dict[str, Any]) -> Answer:
        time.sleep(1)
        return _answers(200)(body)

    with MessagesServer(slow) as server:
        model = {"ANTHROPIC_API_KEY": "sk-secret", "ANTHROPIC_BASE_URL": server.url, "XDG_CACHE_HOME": str(tmp_path / "cache")}
        asked = (repositories, "-o", out, "-j", "2", "--triage", "auto", "--max-cost-usd", "1.20")
        first = start(*asked, more=model)
        _until(lambda: len(_results(out)) > 1 and bool(server.requests), first)
        first.kill()
        first.communicate()
        before = json.loads((out / "run.json").read_text("utf-8"))
        done = sum(value["run"] == before["name"] for value in _results(out).values())
        said = _end(start(*asked, more=model))
    after = json.loads((out / "run.json").read_text("utf-8"))
    assert before["grant"] == "0.1000"
    assert Decimal(after["lost"]) == Decimal("0.1") * 2
    assert Decimal(after["grant"]) * (12 - done) <= Decimal("1.20") - Decimal(after["lost"])
    assert "went on where the last run had stopped" in said


def test_a_fleet_without_a_key_says_so_before_it_begins(tmp_path: Path, start: Start) -> None:
    process = start(_plant(tmp_path / "code", 1), "-o", tmp_path / "out", "--triage", "all")
    assert "ANTHROPIC_API_KEY is not set" in _end(process)
    assert (process.returncode, (tmp_path / "out").exists()) == (2, False)


def test_a_second_run_scans_what_has_changed_and_the_inventory_answers(tmp_path: Path, start: Start, casemate: Casemate) -> None:
    repositories = _plant(tmp_path / "repositories", 4)
    out = tmp_path / "out"
    assert _end_of(start(repositories, "-o", out)) == (1, "4 complete")
    (repositories / "service-01" / "app.py").write_text(HOLE.replace("{number}", "0"), encoding="utf-8")
    (repositories / "service-03" / "app.py").write_text("print('mended')\n", encoding="utf-8")

    second = start(repositories, "-o", out)
    said = _end(second)
    assert "4 complete, 2 kept from earlier; overview" in said
    assert second.returncode == 1

    where = casemate("fleet", "where", "python-command-injection", out, "-f", "json")
    found = json.loads(where.stdout)
    assert [Path(item["target"]).name for item in found] == ["service-00", "service-01"]
    twin = casemate("fleet", "where", found[0]["fingerprint"][:12], out)
    assert [line.partition(":")[0].rpartition("/")[2] for line in twin.stdout.splitlines()] == ["service-00", "service-01"]
    new = json.loads(casemate("fleet", "new", "--since", "2020-01-01", out, "-f", "json").stdout)
    assert [(Path(item["target"]).name, item["first_scan"]) for item in new] == [("service-00", True), ("service-01", False)]
    assert casemate("fleet", "new", "--since", "2999-01-01", out).returncode == 1
    assert casemate("fleet", "gaps", out).returncode == 0
    page = (out / "index.html").read_text("utf-8")
    assert page.count("<tr>") == 1 + 4 + 1 + 1


def _end_of(process: subprocess.Popen[str]) -> tuple[int, str]:
    said = _end(process)
    return process.returncode, said.rpartition("repositories: ")[2].partition(";")[0]


def test_a_repository_does_not_configure_its_own_scan_unless_it_is_trusted(tmp_path: Path, start: Start) -> None:
    repositories = _plant(tmp_path / "repositories", 1)
    place = repositories / "service-00"
    (place / "casemate.toml").write_text('disable = ["python-command-injection"]\n', encoding="utf-8")
    (place / ".casemateignore").write_text("app.py\n", encoding="utf-8")

    assert _end_of(start(repositories, "-o", tmp_path / "isolated"))[0] == 1
    (place / ".casemateignore").unlink()
    assert _end_of(start(repositories, "-o", tmp_path / "trusted", "--trust-settings"))[0] == 0


def test_a_url_is_scanned_at_the_named_branch_and_a_missing_one_is_a_failure_of_its_own(tmp_path: Path, start: Start, casemate: Casemate) -> None:
    origin = _plant(tmp_path / "origins", 1) / "service-00"
    git = ["git", "-C", str(origin), "-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run([*git, "init", "--quiet", "--initial-branch=main"], check=True)
    subprocess.run([*git, "add", "app.py"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--message", "a hole"], check=True)
    subprocess.run([*git, "checkout", "--quiet", "-b", "topic/clean"], check=True)
    (origin / "app.py").write_text("print('clean')\n", encoding="utf-8")
    subprocess.run([*git, "commit", "--quiet", "--all", "--message", "mended"], check=True)
    listed = tmp_path / "fleet.txt"
    listed.write_text(f"# three\nfile://{origin}@main\nfile://{origin}@topic/clean\nfile://{origin}@gone\n{origin}@main\n", encoding="utf-8")

    refused = casemate("fleet", listed)
    assert refused.returncode == 2
    assert "file is not among the allowed protocols" in refused.stderr

    fleet = start(listed, "-o", tmp_path / "out", "--protocols", "file")
    said = _end(fleet)
    assert fleet.returncode == 4, said
    assert f"complete   file://{origin}@main: 1 critical, 1 file" in said
    assert f"complete   file://{origin}@topic/clean: no findings, 1 file" in said
    assert f"complete   {origin}@main: 1 critical, 1 file" in said
    assert f"failed     file://{origin}@gone: source: file://{origin} cannot be fetched" in said
    again = start(listed, "-o", tmp_path / "out", "--protocols", "file")
    assert "3 kept from earlier" in _end(again)
