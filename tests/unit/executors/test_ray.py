from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from scanner.core.errors import UsageError
from scanner.executors.ray_tasks import RayExecutor

if TYPE_CHECKING:
    from pathlib import Path

HAS_RAY = importlib.util.find_spec("ray") is not None
needs_ray = pytest.mark.skipif(not HAS_RAY, reason="Ray is not installed: pip install 'casemate[ray]'")
MIB = 1 << 20

# In a process of its own: Ray leaves threads and signal handlers behind in whatever process connects to it.
USE = """\
import os, signal, sys, time
from pathlib import Path
from scanner.core.errors import UsageError
from scanner.executors.ray_tasks import RayExecutor

def work(job):
    name, place = job
    if name == "fails":
        raise ValueError("not\\nthis")
    if name == "dies":
        with open(place, "a") as stream:
            stream.write("x")
        os._exit(9)
    time.sleep(1.0 if name == "slow" else 0)
    return name * 2

place = sys.argv[1]
handler = signal.getsignal(signal.SIGTERM)
refused = ""
with RayExecutor(None, jobs=2, memory=64 << 20, retries=1).connected():
    assert signal.getsignal(signal.SIGTERM) == handler
    jobs = [(name, place) for name in ("slow", "a", "fails", "dies", "b")]
    found = list(RayExecutor(None, jobs=2, memory=64 << 20, retries=1).each(work, jobs))
    try:
        list(RayExecutor(None, jobs=2, memory=1 << 50).each(work, jobs))
    except UsageError as error:
        refused = str(error)
for number, outcome in sorted(found, key=lambda item: item[0]):
    print(number, outcome.result, outcome.lost and (outcome.lost.failure.value, outcome.lost.detail.split(":")[0]))
print("order", [number for number, _ in found].index(0) > 0)
print(refused)
print("tried", len(Path(place).read_text()))
"""


@needs_ray
def test_outcomes_come_as_they_are_there_and_what_dies_is_tried_again_and_costs_itself_only(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "TMPDIR"}}
    done = subprocess.run(
        [sys.executable, "-c", USE, str(tmp_path / "tries")], capture_output=True, text=True, env=environment, timeout=120, check=False
    )
    lines = done.stdout.splitlines()
    assert lines[:6] == [
        "0 slowslow None",
        "1 aa None",
        "2 None ('error', 'ValueError')",
        "3 None ('crashed', 'WorkerCrashedError')",
        "4 bb None",
        "order True",
    ], done.stderr
    assert lines[6].startswith("no node of the Ray cluster has 1073741824 MiB of memory to give")
    assert lines[7] == "tried 2"


@needs_ray
def test_an_address_without_a_cluster_is_said_to_be_one() -> None:
    use = (
        "from scanner.executors.ray_tasks import RayExecutor\n"
        "from scanner.core.errors import UsageError\n"
        "try:\n    RayExecutor('127.0.0.1:1', jobs=1, memory=1).connected().__enter__()\nexcept UsageError as error:\n    print(error)\n"
    )
    environment = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "TMPDIR"}}
    done = subprocess.run([sys.executable, "-c", use], capture_output=True, text=True, env=environment, timeout=120, check=False)
    assert done.stdout == "no Ray cluster answers at 127.0.0.1:1\n", done.stderr


def test_without_ray_there_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(UsageError, match="Ray is not installed") as caught, RayExecutor(None, jobs=1, memory=MIB).connected():
        pass
    assert caught.value.hint == "pip install 'casemate[ray]', or use --executor local"
    assert signal.getsignal(signal.SIGTERM) == before
