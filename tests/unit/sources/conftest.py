"""Trees, repositories and scans for the tests of the sources room."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from scanner.sources.directory import DirectorySource
from scanner.sources.options import WalkOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from scanner.ports.source import Snapshot

_LANGUAGES = {"py": "python", "js": "javascript", "html": "html", "css": "css", "php": "php", "cs": "csharp", "go": "go"}


def _detect(path: str, _head: bytes) -> str:
    return _LANGUAGES.get(path.rpartition(".")[2], "")


@pytest.fixture
def detect() -> Callable[[str, bytes], str]:
    """A language by its ending."""
    return _detect


@pytest.fixture
def plant(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Writes files below an empty directory, which it returns."""
    root = tmp_path / "tree"
    root.mkdir()

    def write(files: Mapping[str, str | bytes]) -> Path:
        for path, content in files.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return write


@pytest.fixture
def scan() -> Callable[..., Snapshot]:
    """Opens a directory as the application does and gives its snapshot."""

    def run(root: Path, *targets: Path, **options: object) -> Snapshot:
        chosen = WalkOptions(**options)  # type: ignore[arg-type]  # the tests name the fields
        with DirectorySource(root, targets, _detect, chosen).open() as snapshot:
            return snapshot

    return run


@pytest.fixture
def git() -> Callable[..., str]:
    """Runs git in a directory, with an identity and without the machine's configuration."""

    def run(root: Path, *arguments: str, given: bytes = b"") -> str:
        identity = ("-c", "user.name=A Tester", "-c", "user.email=tester@example.org", "-c", "init.defaultBranch=main")
        environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "HOME": "/nonexistent"}
        done = subprocess.run(["git", "-C", str(root), *identity, *arguments], input=given, capture_output=True, check=True, env=environment)
        return done.stdout.decode("utf-8", "surrogateescape")

    return run
