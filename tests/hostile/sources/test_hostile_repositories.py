"""Repositories made to run a program, to write outside, or to exhaust the scan. Each program would leave a mark; the controls show that it can."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.core.coverage import Skip
from scanner.core.errors import SourceError
from scanner.sources import git as hardened
from scanner.sources import objects
from scanner.sources.provenance import read_provenance
from scanner.sources.revision import GitRevisionSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.ports.source import Snapshot

_needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser can give files away")
_HOOKS = ("post-checkout", "post-index-change", "pre-auto-gc", "reference-transaction", "fsmonitor-watchman", "post-merge", "pre-commit")
_ALL_ALLOWED = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1"}


@pytest.fixture
def repository(plant: Callable[..., Path], git: Callable[..., str]) -> Path:
    root = plant({"src/app.py": "a = 1\n", ".gitattributes": "*.py filter=bad diff=bad\n"})
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "first")
    return root


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A program that leaves a mark beside itself."""
    program = tmp_path / "trap"
    program.write_text(f"#!/bin/sh\ntouch '{tmp_path}/marked'\nexit 1\n")
    program.chmod(0o755)
    return program


def _arm(root: Path, trap: Path) -> None:
    """Put the trap into every setting and every hook that names a program."""
    settings = {
        "core": ("fsmonitor", "sshCommand", "pager", "editor", "askPass", "gitProxy", "alternateRefsCommand"),
        "diff": ("external",),
        'diff "bad"': ("textconv", "command"),
        'filter "bad"': ("clean", "smudge", "process"),
        "gpg": ("program",),
        'gpg "ssh"': ("program", "defaultKeyCommand"),
        "credential": ("helper",),
        "uploadpack": ("packObjectsHook",),
        "sequence": ("editor",),
        "interactive": ("diffFilter",),
        'remote "origin"': ("uploadpack", "receivepack"),
    }
    lines = [f"[{section}]\n" + "".join(f"\t{name} = {trap}\n" for name in names) for section, names in settings.items()]
    lines.append(f"[core]\n\thooksPath = {trap.parent}/hooks\n\tworktree = /\n[log]\n\tshowSignature = true\n[pager]\n")
    commands = ("rev-parse", "symbolic-ref", "config", "ls-files", "ls-tree", "cat-file", "version", "status")
    lines.extend(f"\t{command} = {trap}\n" for command in commands)
    lines.extend(f'[alias]\n\t{command} = "!{trap}"\n' for command in commands)
    with (root / ".git" / "config").open("a") as config:
        config.writelines(lines)
    for folder in (root / ".git" / "hooks", trap.parent / "hooks"):
        folder.mkdir(exist_ok=True)
        for hook in _HOOKS:
            shutil.copy(trap, folder / hook)


def _marked(trap: Path) -> bool:
    return (trap.parent / "marked").exists()


def test_the_trap_works_on_plain_git(repository: Path, trap: Path) -> None:
    _arm(repository, trap)

    subprocess.run(["git", "-C", str(repository), "-c", "core.worktree=", "status"], check=False, capture_output=True, env=_ALL_ALLOWED)

    assert _marked(trap)


def test_no_program_of_a_repositorys_configuration_runs(
    repository: Path, trap: Path, scan: Callable[..., Snapshot], scan_revision: Callable[..., Snapshot]
) -> None:
    _arm(repository, trap)

    here = scan(repository)
    there = scan_revision(repository)

    assert not _marked(trap)
    assert here.files == there.files
    assert [file.path for file in here.files] == [".gitattributes", "src/app.py"]
    assert here.provenance == there.provenance
    assert here.problems == there.problems == ()


def test_nothing_runs_when_the_scan_is_started_inside_the_repository(repository: Path, trap: Path) -> None:
    _arm(repository, trap)
    program = (
        "from pathlib import Path\n"
        "from scanner.sources.directory import DirectorySource\n"
        "with DirectorySource(Path('.'), (), lambda path, head: '').open() as snapshot:\n"
        "    print(len(snapshot.files), snapshot.provenance.branch)\n"
    )
    package = Path(hardened.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        cwd=repository,
        env={**_ALL_ALLOWED, "PYTHONPATH": str(package)},
    )

    assert done.stdout == "2 main\n"
    assert not _marked(trap)


def _make_partial(root: Path, trap: Path) -> str:
    """Take a blob away and promise that a program will bring it; the blob's id."""
    oid = subprocess.run(["git", "-C", str(root), "rev-parse", "HEAD:src/app.py"], check=True, capture_output=True, text=True).stdout.strip()
    (root / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    with (root / ".git" / "config").open("a") as config:
        config.write(
            "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = evil\n[protocol]\n\tallow = always\n"
            '[protocol "ext"]\n\tallow = always\n'
            f'[remote "evil"]\n\tpromisor = true\n\turl = ext::{trap}\n'
        )
    return oid


def test_a_promised_object_would_run_a_program_in_plain_git(repository: Path, trap: Path) -> None:
    oid = _make_partial(repository, trap)

    subprocess.run(["git", "-C", str(repository), "cat-file", "-p", oid], check=False, capture_output=True, env=_ALL_ALLOWED)

    assert _marked(trap)


def test_a_promised_object_is_not_fetched_and_the_scan_says_it_is_incomplete(
    repository: Path, trap: Path, scan_revision: Callable[..., Snapshot]
) -> None:
    _make_partial(repository, trap)

    snapshot = scan_revision(repository)

    assert not _marked(trap)
    assert [file.path for file in snapshot.files] == [".gitattributes"]
    assert [(item.path, item.reason) for item in snapshot.skipped] == [("src/app.py", Skip.UNREADABLE)]
    assert snapshot.problems[0].incomplete


def test_a_bare_repository_in_the_tree_is_left_out_and_never_entered(
    repository: Path, trap: Path, git: Callable[..., str], scan: Callable[..., Snapshot]
) -> None:
    git(repository, "init", "-q", "--bare", "nested")
    with (repository / "nested" / "config").open("a") as config:
        config.write(f"[core]\n\tfsmonitor = {trap}\n")
    (repository / "nested" / "a.py").write_text("1\n")

    snapshot = scan(repository)

    assert ("nested/", Skip.VERSION_CONTROL) in {(item.path, item.reason) for item in snapshot.skipped}
    assert not _marked(trap)


def test_a_directory_dressed_up_as_a_repository_is_looked_at(plant: Callable[..., Path], scan: Callable[..., Snapshot]) -> None:
    root = plant({"x/HEAD": "import os\n", "x/objects/a.py": "1\n", "x/refs/b.py": "1\n"})

    assert [file.path for file in scan(root).files] == ["x/HEAD", "x/objects/a.py", "x/refs/b.py"]


def test_a_pipe_in_the_configuration_does_not_hold_the_scan_up(
    repository: Path, scan: Callable[..., Snapshot], scan_revision: Callable[..., Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hardened, "_SECONDS", 0.5)
    os.mkfifo(repository / ".git" / "pipe")
    with (repository / ".git" / "config").open("a") as config:
        config.write("[include]\n\tpath = pipe\n")

    snapshot = scan(repository)

    assert [file.path for file in snapshot.files] == [".gitattributes", "src/app.py"]
    assert ["did not end" in item.message for item in snapshot.problems] == [True]
    with pytest.raises(SourceError, match="did not end"):
        scan_revision(repository)


def _commit_tree(git: Callable[..., str], root: Path, *entries: tuple[str, bytes, str]) -> None:
    """Commit a tree as no git would make it: each entry is a mode, a name as it is stored, and an object id."""
    raw = b"".join(mode.encode() + b" " + name + b"\0" + bytes.fromhex(oid) for mode, name, oid in entries)
    tree = git(root, "hash-object", "-t", "tree", "-w", "--stdin", "--literally", given=raw).strip()
    commit = git(root, "commit-tree", "-m", "made by hand", tree).strip()
    git(root, "update-ref", "refs/heads/made", commit)


_LEADING_ELSEWHERE = (b"..", b".", b"../../x", b"/x", b"..\\x")
_LEADING_INTO_GIT = (b".git", b".GIT", b"git~1", b".git ", b".git::$INDEX_ALLOCATION", ".g\u200cit".encode(), b"a\\.git\\config")


@pytest.mark.parametrize("name", [*_LEADING_ELSEWHERE, *_LEADING_INTO_GIT])
def test_names_that_git_would_not_check_out_are_refused_and_told(
    repository: Path, git: Callable[..., str], scan_revision: Callable[..., Snapshot], name: bytes
) -> None:
    blob = git(repository, "rev-parse", "HEAD:src/app.py").strip()
    inner = git(repository, "rev-parse", "HEAD:src").strip()
    _commit_tree(git, repository, ("100644", b"fine.py", blob), ("100644", name, blob), ("40000", name, inner))

    snapshot = scan_revision(repository, "made")

    assert [file.path for file in snapshot.files] == ["fine.py"]
    assert snapshot.skipped == ()
    assert len(snapshot.problems) == 2
    assert all(item.incomplete for item in snapshot.problems)


def test_a_name_given_twice_is_written_once_and_told(repository: Path, git: Callable[..., str], scan_revision: Callable[..., Snapshot]) -> None:
    blob = git(repository, "rev-parse", "HEAD:src/app.py").strip()
    link = git(repository, "hash-object", "-w", "--stdin", given=b"/etc").strip()
    inner = git(repository, "rev-parse", "HEAD:src").strip()
    _commit_tree(git, repository, ("120000", b"l", link), ("100644", b"x", blob), ("40000", b"l", inner), ("40000", b"x", inner))

    snapshot = scan_revision(repository, "made")

    assert [file.path for file in snapshot.files] == ["l/app.py", "x"]
    assert {item.path: item.reason for item in snapshot.skipped} == {"l": Skip.OUTSIDE_ROOT, "x/app.py": Skip.UNREADABLE}


def test_a_path_too_deep_to_write_is_left_out_and_told(repository: Path, git: Callable[..., str], scan_revision: Callable[..., Snapshot]) -> None:
    tree = git(repository, "rev-parse", "HEAD:src").strip()
    for _ in range(250):
        tree = git(repository, "mktree", given=f"040000 tree {tree}\td\n".encode()).strip()
    commit = git(repository, "commit-tree", "-m", "deep", tree).strip()

    snapshot = scan_revision(repository, commit)

    assert [item.reason for item in snapshot.skipped] == [Skip.TOO_DEEP]
    assert snapshot.problems[0].incomplete


def test_a_tree_that_multiplies_itself_is_given_up(
    repository: Path, git: Callable[..., str], scan_revision: Callable[..., Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objects, "_MAX_ENTRIES", 1_000)
    tree = git(repository, "rev-parse", "HEAD:src").strip()
    for _ in range(12):
        tree = git(repository, "mktree", given="".join(f"040000 tree {tree}\t{name}\n" for name in range(8)).encode()).strip()
    commit = git(repository, "commit-tree", "-m", "bomb", tree).strip()

    with pytest.raises(SourceError, match="holds over 1000 files"):
        scan_revision(repository, commit, max_bytes=1)


def test_a_replacement_does_not_hide_what_a_revision_holds(repository: Path, git: Callable[..., str], scan_revision: Callable[..., Snapshot]) -> None:
    expected = scan_revision(repository).files
    blob = git(repository, "rev-parse", "HEAD:src/app.py").strip()
    harmless = git(repository, "hash-object", "-w", "--stdin", given=b"").strip()
    git(repository, "replace", blob, harmless)

    assert scan_revision(repository).files == expected


@_needs_root
def test_a_repository_of_another_user_can_be_read(repository: Path, scan_revision: Callable[..., Snapshot]) -> None:
    for path in (repository, *repository.rglob("*")):
        os.chown(path, 4_242, 4_242)

    provenance = read_provenance(repository)

    assert provenance is not None
    assert provenance.branch == "main"
    assert len(scan_revision(repository).files) == 2


@pytest.mark.parametrize("name", ["$HOME", "~", "a\nb", "-c", "é ü", "%s"])
def test_a_repository_may_have_any_name(tmp_path: Path, git: Callable[..., str], scan_revision: Callable[..., Snapshot], name: str) -> None:
    root = tmp_path / name
    root.mkdir()
    (root / "a.py").write_text("1\n")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "first")

    assert [file.path for file in scan_revision(root).files] == ["a.py"]


def test_a_damaged_object_ends_the_scan_with_one_line(repository: Path, git: Callable[..., str], scan_revision: Callable[..., Snapshot]) -> None:
    (repository / "long.py").write_text("".join(f"value_{number} = {number * number}\n" for number in range(5_000)))
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "long")
    oid = git(repository, "rev-parse", "HEAD:long.py").strip()
    damaged = repository / ".git" / "objects" / oid[:2] / oid[2:]
    damaged.chmod(0o644)
    damaged.write_bytes(damaged.read_bytes()[:10_000])

    with pytest.raises(SourceError) as caught:
        scan_revision(repository)

    assert "\n" not in str(caught.value)


def test_nothing_is_left_behind(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "private"))
    (tmp_path / "private").mkdir()

    def interrupt(_path: str, _head: bytes) -> str:
        raise KeyboardInterrupt

    def run() -> None:
        with GitRevisionSource(repository, "HEAD", (), interrupt).open():
            pass

    with pytest.raises(KeyboardInterrupt):
        run()
    assert list((tmp_path / "private").iterdir()) == []
