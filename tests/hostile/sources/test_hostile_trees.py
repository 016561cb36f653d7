"""Trees made to hang, blind or mislead the walk."""

from __future__ import annotations

import os
import socket
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.core.coverage import Skip
from scanner.core.errors import SourceError
from scanner.sources import ignores
from scanner.sources.directory import DirectorySource
from scanner.sources.roots import find_root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scanner.ports.source import Snapshot

_NOBODY = 65_534
_needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser can become somebody else")


def _skips(snapshot: Snapshot) -> dict[str, Skip]:
    return {item.path: item.reason for item in snapshot.skipped}


def _paths(snapshot: Snapshot) -> list[str]:
    return [file.path for file in snapshot.files]


def test_links_are_never_followed(plant: Callable[..., Path], scan: Callable[..., Snapshot]) -> None:
    root = plant({"a.py": "1\n", "d/b.py": "1\n"})
    for name, target in {
        "in.py": "a.py",
        "folder": "d",
        "absolute.py": str(root / "a.py"),
        "loop": "loop",
        "to-top": ".",
        "d/up": "..",
        "ping": "pong",
        "pong": "ping",
        "dangling": "nowhere",
        "passwd": "/etc/passwd",
        "etc": "/etc",
        "climbs": "d/../../x",
        "two-steps": "hop/shadow",
        "hop": "etc",
        "root": "/",
        "sibling": f"{root}-other/a.py",
    }.items():
        (root / name).symlink_to(target)

    snapshot = scan(root)

    assert _paths(snapshot) == ["a.py", "d/b.py"]
    outside = {path for path, reason in _skips(snapshot).items() if reason is Skip.OUTSIDE_ROOT}
    assert outside == {"passwd", "etc", "climbs", "two-steps", "hop", "root", "sibling"}
    assert {reason for path, reason in _skips(snapshot).items() if path not in outside} == {Skip.SYMLINK}
    assert len(snapshot.skipped) == 16


def test_pipes_and_sockets_are_never_opened(plant: Callable[..., Path], scan: Callable[..., Snapshot]) -> None:
    root = plant({"a.py": "1\n"})
    os.mkfifo(root / "pipe.py")
    os.mkfifo(root / ".gitignore")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(root / "socket.py"))
        snapshot = scan(root)

    assert _paths(snapshot) == ["a.py"]
    assert _skips(snapshot) == {".gitignore": Skip.NOT_A_FILE, "pipe.py": Skip.NOT_A_FILE, "socket.py": Skip.NOT_A_FILE}
    assert [item.subject for item in snapshot.problems] == [".gitignore"]


@pytest.mark.parametrize("swap", ["link", "pipe", "directory", "gone"])
def test_a_file_that_changes_its_kind_during_the_walk_is_not_read(plant: Callable[..., Path], swap: str) -> None:
    root = plant({"a.py": "1\n", "z.py": "1\n"})
    victim = root / "z.py"

    def detect(path: str, _head: bytes) -> str:
        if path == "a.py":
            victim.unlink()
            if swap == "link":
                victim.symlink_to("/etc/passwd")
            elif swap == "pipe":
                os.mkfifo(victim)
            elif swap == "directory":
                victim.mkdir()
        return "python"

    with DirectorySource(root, (), detect).open() as snapshot:
        assert _paths(snapshot) == ["a.py"]
        expected = {"link": {"z.py": Skip.SYMLINK}, "pipe": {"z.py": Skip.NOT_A_FILE}, "directory": {"z.py": Skip.NOT_A_FILE}, "gone": {}}
        assert _skips(snapshot) == expected[swap]
        assert [(item.subject, item.incomplete) for item in snapshot.problems] == ([("z.py", False)] if swap == "gone" else [])


@pytest.fixture
def shared() -> Iterator[Path]:
    """A directory that other users can enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name).resolve()


@contextmanager
def _as_nobody() -> Iterator[None]:
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@_needs_root
def test_what_may_not_be_read_leaves_the_scan_incomplete(scan: Callable[..., Snapshot], shared: Path) -> None:
    (shared / "closed").mkdir()
    for name in ("a.py", "secret.py", "closed/b.py"):
        (shared / name).write_text("1\n")
    (shared / "secret.py").chmod(0)
    (shared / "closed").chmod(0)
    with _as_nobody():
        snapshot = scan(shared)

    assert _paths(snapshot) == ["a.py"]
    assert _skips(snapshot) == {"closed/": Skip.UNREADABLE, "secret.py": Skip.UNREADABLE}
    assert [(item.subject, item.incomplete) for item in snapshot.problems] == [("closed/", True), ("secret.py", True)]


@_needs_root
def test_a_target_that_may_not_be_entered_is_one_clear_line(scan: Callable[..., Snapshot], shared: Path) -> None:
    (shared / "closed" / "in").mkdir(parents=True)
    (shared / "closed").chmod(0)

    with _as_nobody():
        with pytest.raises(SourceError):
            find_root([shared / "closed" / "in"], shared)
        with pytest.raises(SourceError):
            scan(shared / "closed" / "in")
        assert _skips(scan(shared / "closed")) == {"./": Skip.UNREADABLE}


@pytest.mark.parametrize("name", ["a\nb.py", "tab\t.py", "\x1b[31m.py", "-rf", "$HOME.py", "~", "a\\b.py", "'\".py", "n" * 255, "..py", "ü.py", " "])
def test_odd_names_are_names(plant: Callable[..., Path], scan: Callable[..., Snapshot], name: str) -> None:
    assert _paths(scan(plant({name: "1\n"}))) == [name]


def test_a_name_that_is_not_utf_8_comes_as_the_system_gives_it(plant: Callable[..., Path], scan: Callable[..., Snapshot]) -> None:
    root = plant({"a.py": "1\n", ".gitignore": b"\xfe*\n"})
    for name in (b"\xff\xfe.py", b"\xfehidden.py"):
        Path(os.fsdecode(os.fsencode(root) + b"/" + name)).write_text("1\n")

    snapshot = scan(root)

    assert [os.fsencode(path) for path in _paths(snapshot)] == [b".gitignore", b"a.py", b"\xff\xfe.py"]
    assert [os.fsencode(path) for path in _skips(snapshot)] == [b"\xfehidden.py"]


def test_a_tree_deeper_than_paths_can_be_says_so(plant: Callable[..., Path], scan: Callable[..., Snapshot], monkeypatch: pytest.MonkeyPatch) -> None:
    root = plant({"a.py": "1\n"})
    depth = 2_100
    monkeypatch.chdir(root)
    for _ in range(depth):
        Path("d").mkdir()
        os.chdir("d")
    try:
        snapshot = scan(root)
    finally:
        for _ in range(depth):
            os.chdir("..")
            Path("d").rmdir()

    assert _paths(snapshot) == ["a.py"]
    assert list(_skips(snapshot).values()) == [Skip.TOO_DEEP]
    assert snapshot.problems[0].incomplete


def test_a_huge_file_of_one_line_is_not_read(plant: Callable[..., Path], scan: Callable[..., Snapshot]) -> None:
    root = plant({"a.py": "1\n"})
    with (root / "huge.js").open("wb") as file:
        file.write(b"a" * 50_000_000)

    assert _skips(scan(root)) == {"huge.js": Skip.TOO_LARGE}
    assert _skips(scan(root, max_bytes=60_000_000)) == {"huge.js": Skip.MINIFIED}


def test_a_file_that_lies_about_its_size_is_cut_off_at_the_limit(scan: Callable[..., Snapshot]) -> None:
    if not Path("/proc/self/maps").exists():
        pytest.skip("no /proc here")

    assert _skips(scan(Path("/proc/self"), Path("maps"), max_bytes=10)) == {"maps": Skip.TOO_LARGE}


def test_a_pattern_made_to_backtrack_ends(plant: Callable[..., Path], scan: Callable[..., Snapshot]) -> None:
    patterns = ["*a" * 100 + "b", "a*" * 100 + "b", "**/a/" * 60 + "b", "?*" * 100 + "b", "[a]*" * 100 + "b"]
    deep = "/".join("a" * 60)
    root = plant({".gitignore": "\n".join(patterns), "a" * 255: "1\n", f"{deep}/{'a' * 250}": "1\n"})

    assert len(scan(root).files) == 3


def test_ten_thousand_names_in_an_ignore_file_are_honoured(plant: Callable[..., Path], scan: Callable[..., Snapshot]) -> None:
    lines = [f"name-{number}.py" for number in range(5_000)] + [f"*.ending{number}" for number in range(5_000)]
    root = plant({".gitignore": "\n".join(lines), "a.py": "1\n", "x/name-4999.py": "1\n", "b.ending0": "1\n"})

    snapshot = scan(root)

    assert _paths(snapshot) == [".gitignore", "a.py"]
    assert snapshot.problems == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [("\n".join(f"*x{number}*y" for number in range(10_000)), "20000 wildcards, over the limit"), ("a.py\n" * 300_000, "bytes")],
)
def test_an_ignore_file_over_the_limits_hides_nothing_and_is_told(
    plant: Callable[..., Path], scan: Callable[..., Snapshot], content: str, said: str
) -> None:
    snapshot = scan(plant({".gitignore": content, "a.py": "1\n"}))

    assert _paths(snapshot)[-1] == "a.py"
    assert [item.incomplete for item in snapshot.problems] == [False]
    assert said in snapshot.problems[0].message


def test_many_ignore_files_together_are_limited_too(
    plant: Callable[..., Path], scan: Callable[..., Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ignores, "_MAX_WILDCARDS_TOGETHER", 20)
    root = plant({f"{folder}/.gitignore": "*a*y\n*b*y\n*.p?\n" for folder in "abcdef"} | {f"{folder}/x.py": "1\n" for folder in "abcdef"})

    snapshot = scan(root)

    assert [path for path in _paths(snapshot) if path.endswith(".py")] == ["d/x.py", "e/x.py", "f/x.py"]
    assert [item.subject for item in snapshot.problems] == ["d/.gitignore", "e/.gitignore", "f/.gitignore"]


def test_an_ignore_file_that_is_a_link_is_not_read(plant: Callable[..., Path], scan: Callable[..., Snapshot], tmp_path: Path) -> None:
    (tmp_path / "patterns").write_text("*.py\n")
    root = plant({"a.py": "1\n"})
    (root / ".gitignore").symlink_to(tmp_path / "patterns")

    assert _paths(scan(root)) == ["a.py"]


@_needs_root
def test_a_strangers_repository_above_is_not_believed(plant: Callable[..., Path]) -> None:
    root = plant({".git/HEAD": "ref: refs/heads/main\n", "mine/a.py": "1\n"})
    os.chown(root / ".git", 4_242, 4_242)

    assert find_root([root / "mine"], root) == root / "mine"
    os.chown(root / "mine", 4_242, 4_242)
    assert find_root([root / "mine"], root) == root
