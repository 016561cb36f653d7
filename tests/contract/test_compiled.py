"""What releases are made of: the modules that follow flows, compiled. They say what the modules say that one can read, to the byte."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROOT = Path(__file__).parents[2]
_BUILT = ("scanner", "rules", "pyproject.toml", "README.md", "LICENSE")
_KEPT = frozenset({"PATH", "HOME", "LANG", "TMPDIR"})


def _compiler() -> bool:
    name = str(sysconfig.get_config_var("CC") or "cc").split()[0]
    return shutil.which(name) is not None and Path(sysconfig.get_path("include"), "Python.h").is_file()


def _run(command: Sequence[str | Path], sources: Path, where: Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    env = {key: value for key, value in os.environ.items() if key in _KEPT} | {"PYTHONPATH": str(sources)} | more
    return subprocess.run([sys.executable, *command], cwd=where, env=env, capture_output=True, timeout=400, check=False)


def _report(sources: Path, where: Path) -> bytes:
    flags = ["--isolated", "--exit-zero", "--no-cache", "-q", "-j", "1", "--engines", "taint,secrets", "--triage", "off", "-f", "json"]
    done = _run(["-c", "from scanner.cli.main import main; main()", "scan", ".", *flags], sources, where)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this tree, compiled as the wheels are, but quickly: without the compiler's optimisations, which take half of the time."""
    if not _compiler():
        pytest.skip("there is no C compiler here, or no headers of Python")
    copy = tmp_path_factory.mktemp("compiled")
    for name in _BUILT:
        source = _ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.so"))
        else:
            shutil.copy(source, copy / name)
    settings = copy / "pyproject.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('opt_level = "2"', 'opt_level = "0"'), encoding="utf-8")
    build = ["-m", "hatchling", "build", "-t", "wheel", "--hooks-only"]
    done = _run(build, copy, copy, HATCH_BUILD_HOOK_ENABLE_MYPYC="1", CFLAGS="-O0")
    assert done.returncode == 0, (done.stdout + done.stderr).decode()[-4000:]
    return copy


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, and every feature that the engine is said to understand."""
    target = tmp_path_factory.mktemp("programs")
    shutil.copytree(_ROOT / "examples", target / "examples")
    for language in ("python", "javascript"):
        shutil.copytree(_ROOT / "tests" / "taint" / language, target / language)
    return target


def _made(sources: Path) -> str:
    done = _run(["-c", "from scanner.cli.main import main; main()", "doctor"], sources, sources)
    return done.stdout.decode().splitlines()[0]


def test_a_compiled_scan_gives_the_bytes_of_one_that_is_not(compiled: Path, programs: Path) -> None:
    assert ", compiled, Python" in _made(compiled)
    assert ", compiled, Python" not in _made(_ROOT)  # its path may well hold the word
    sources = [path for path in (compiled / "scanner" / "taint").rglob("*.py") if path.name != "__init__.py" and path.parent.name != "compile"]
    assert {path.stem for path in sources if not list(path.parent.glob(f"{path.stem}.*.so"))} == {"knowledge", "refs"}
    expected = _report(_ROOT, programs)
    report: dict[str, Any] = json.loads(expected)
    assert len(report["findings"]) > 300
    assert _report(compiled, programs) == expected
