from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.core.coverage import Skip
from scanner.core.errors import SourceError
from scanner.core.report import Provenance
from scanner.sources.options import WalkOptions
from scanner.sources.provenance import public_uri, read_provenance
from scanner.sources.revision import GitRevisionSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.ports.source import Snapshot


@pytest.fixture
def repository(plant: Callable[..., Path], git: Callable[..., str]) -> Path:
    root = plant({"src/app.py": "old = 1\n", "src/gone.py": "x\n", ".gitignore": "*.log\nforced.py\n", "forced.py": "1\n", "big.py": "#" * 2_000})
    git(root, "init", "-q")
    (root / "link.py").symlink_to("src/app.py")
    (root / "out.py").symlink_to("/etc/passwd")
    (root / "up.py").symlink_to("../elsewhere.py")
    git(root, "add", "-A", "-f")
    git(root, "commit", "-q", "-m", "first")
    git(root, "tag", "first")
    (root / "src" / "app.py").write_text("new = 1\n")
    (root / "src" / "gone.py").unlink()
    git(root, "commit", "-q", "-a", "-m", "second")
    return root


def _open(root: Path, revision: str, detect: Callable[[str, bytes], str], *targets: Path, **options: object) -> Snapshot:
    chosen = WalkOptions(**options)  # type: ignore[arg-type]  # the tests name the fields
    with GitRevisionSource(root, revision, targets, detect, chosen).open() as snapshot:
        assert all((snapshot.root / file.path).stat().st_size == file.size for file in snapshot.files)
        assert snapshot.root.stat().st_mode & 0o777 == 0o700
    assert not snapshot.root.exists()
    return snapshot


def _state(root: Path) -> dict[str, bytes | str]:
    return {
        str(path.relative_to(root)): os.readlink(path) if path.is_symlink() else path.read_bytes()  # noqa: PTH115  # the text, as it is
        for path in root.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def test_a_revision_is_what_it_was_and_the_work_tree_stays_as_it_is(repository: Path, detect: Callable[[str, bytes], str]) -> None:
    (repository / "src" / "app.py").write_text("not committed\n")
    before = _state(repository)

    snapshot = _open(repository, "first", detect)

    assert [(file.path, file.size) for file in snapshot.files] == [
        (".gitignore", 16),
        ("big.py", 2_000),
        ("forced.py", 2),
        ("src/app.py", 8),
        ("src/gone.py", 2),
    ]
    assert _state(repository) == before


def test_links_of_a_revision_are_not_written(repository: Path, detect: Callable[[str, bytes], str]) -> None:
    skipped = {item.path: item.reason for item in _open(repository, "HEAD", detect).skipped}

    assert skipped == {"link.py": Skip.SYMLINK, "out.py": Skip.OUTSIDE_ROOT, "up.py": Skip.OUTSIDE_ROOT}


def test_a_file_over_the_limit_is_left_out(repository: Path, detect: Callable[[str, bytes], str]) -> None:
    snapshot = _open(repository, "HEAD", detect, max_bytes=1_000)

    assert "big.py" not in {file.path for file in snapshot.files}
    assert ("big.py", Skip.TOO_LARGE) in {(item.path, item.reason) for item in snapshot.skipped}


def test_targets_and_exclusions_hold_in_a_revision(repository: Path, detect: Callable[[str, bytes], str]) -> None:
    snapshot = _open(repository, "first", detect, repository / "src", exclude=("gone.py",))

    assert [file.path for file in snapshot.files] == ["src/app.py"]
    assert [(item.path, item.reason) for item in snapshot.skipped] == [("src/gone.py", Skip.EXCLUDED)]


def test_a_target_that_an_old_revision_lacks_is_a_remark(repository: Path, detect: Callable[[str, bytes], str]) -> None:
    snapshot = _open(repository, "HEAD", detect, Path("new"), Path("src/app.py"))

    assert [file.path for file in snapshot.files] == ["src/app.py"]
    assert [(item.subject, item.incomplete) for item in snapshot.problems] == [("new", False)]


def test_a_target_that_is_a_link_in_the_revision_is_accounted_for(
    repository: Path, detect: Callable[[str, bytes], str], git: Callable[..., str]
) -> None:
    git(repository, "rm", "-q", "--cached", "link.py")
    (repository / "link.py").unlink()

    snapshot = _open(repository, "first", detect, Path("link.py"))

    assert [(item.path, item.reason) for item in snapshot.skipped] == [("link.py", Skip.SYMLINK)]
    assert snapshot.problems == ()


def test_our_ignore_file_holds_in_a_revision_and_above_a_target(
    repository: Path, detect: Callable[[str, bytes], str], git: Callable[..., str]
) -> None:
    (repository / ".casemateignore").write_text("app.py\n")
    git(repository, "add", ".casemateignore")
    git(repository, "commit", "-q", "-m", "third")

    snapshot = _open(repository, "HEAD", detect, Path("src"))

    assert [(item.path, item.reason) for item in snapshot.skipped] == [("src/app.py", Skip.IGNORED)]


def test_attributes_are_not_applied(repository: Path, detect: Callable[[str, bytes], str], git: Callable[..., str]) -> None:
    (repository / ".gitattributes").write_text("*.py export-ignore\nsrc/*.py export-subst text eol=crlf\n")
    (repository / "src" / "app.py").write_text("v = '$Format:%H$'\n")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "third")

    sizes = {file.path: file.size for file in _open(repository, "HEAD", detect).files}

    assert sizes["src/app.py"] == len("v = '$Format:%H$'\n")


def test_a_submodule_is_left_out_and_counted(repository: Path, detect: Callable[[str, bytes], str], git: Callable[..., str]) -> None:
    oid = git(repository, "rev-parse", "HEAD").strip()
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{oid},libs/sub")
    git(repository, "commit", "-q", "-m", "third")

    assert ("libs/sub/", Skip.NOT_A_FILE) in {(item.path, item.reason) for item in _open(repository, "HEAD", detect).skipped}


@pytest.mark.parametrize("revision", ["--help", "-n1", "", "a\nb", "no-such-branch", "HEAD:src", "0" * 40, "HEAD..first"])
def test_what_names_no_commit_is_one_clear_line(repository: Path, detect: Callable[[str, bytes], str], revision: str) -> None:
    with pytest.raises(SourceError) as caught:
        _open(repository, revision, detect)

    assert "\n" not in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize("revision", ["HEAD", "main", "first", "HEAD~1", "refs/tags/first"])
def test_revisions_are_named_as_in_git(repository: Path, detect: Callable[[str, bytes], str], git: Callable[..., str], revision: str) -> None:
    snapshot = _open(repository, revision, detect)

    assert snapshot.provenance is not None
    assert snapshot.provenance.revision == git(repository, "rev-parse", f"{revision}^{{commit}}").strip()


def test_a_plain_directory_has_no_revisions(plant: Callable[..., Path], detect: Callable[[str, bytes], str]) -> None:
    with pytest.raises(SourceError, match="not the top of a git work tree"):
        _open(plant({"a.py": "1\n"}), "HEAD", detect)


def test_the_temporary_directory_goes_away_when_the_scan_fails(repository: Path, detect: Callable[[str, bytes], str]) -> None:
    seen: list[Path] = []

    def fail() -> None:
        with GitRevisionSource(repository, "HEAD", (), detect).open() as snapshot:
            seen.append(snapshot.root)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert not seen[0].exists()


def test_provenance_says_revision_branch_and_remote_without_credentials(
    repository: Path, git: Callable[..., str], scan: Callable[..., Snapshot]
) -> None:
    git(repository, "remote", "add", "backup", "/srv/backup.git")
    git(repository, "remote", "add", "origin", "https://someone:token@example.org:8443/team/shop.git?x=secret#y")
    expected = Provenance("https://example.org:8443/team/shop.git", git(repository, "rev-parse", "HEAD").strip(), "main")

    assert read_provenance(repository) == expected
    assert scan(repository).provenance == expected


def test_a_detached_head_has_no_branch(repository: Path, git: Callable[..., str]) -> None:
    git(repository, "checkout", "-q", "--detach", "first")

    provenance = read_provenance(repository)

    assert provenance == Provenance("", git(repository, "rev-parse", "first").strip(), "")


def test_a_repository_without_commits_has_a_branch_only(plant: Callable[..., Path], git: Callable[..., str]) -> None:
    root = plant({})
    git(root, "init", "-q")

    assert read_provenance(root) == Provenance("", "", "main")


def test_a_linked_work_tree_is_a_repository_too(
    repository: Path, git: Callable[..., str], tmp_path: Path, detect: Callable[[str, bytes], str]
) -> None:
    git(repository, "worktree", "add", "-q", "-b", "side", str(tmp_path / "side"), "first")

    provenance = read_provenance(tmp_path / "side")

    assert provenance is not None
    assert provenance.branch == "side"
    assert "src/gone.py" in {file.path for file in _open(tmp_path / "side", "HEAD", detect).files}


def test_a_directory_without_git_has_no_provenance(plant: Callable[..., Path], scan: Callable[..., Snapshot]) -> None:
    root = plant({"a.py": "1\n"})

    assert read_provenance(root) is None
    assert scan(root).provenance is None
    assert scan(root).problems == ()


def test_a_broken_repository_is_a_remark_and_its_files_are_looked_at(plant: Callable[..., Path], scan: Callable[..., Snapshot]) -> None:
    root = plant({".git/HEAD": "nonsense\n", "a.py": "1\n"})

    snapshot = scan(root)

    assert [file.path for file in snapshot.files] == ["a.py"]
    assert snapshot.provenance is None
    assert [(item.subject, item.incomplete) for item in snapshot.problems] == [(".git", False)]
    with pytest.raises(SourceError, match="git cannot read"):
        read_provenance(root)


def test_tracked_files_are_looked_at_although_gitignore_names_them(
    plant: Callable[..., Path], git: Callable[..., str], scan: Callable[..., Snapshot]
) -> None:
    root = plant(
        {".gitignore": "evil.py\nbuild/\n", "evil.py": "1\n", "build/in/kept.py": "1\n", "build/in/made.py": "1\n", "build/x/made.py": "1\n"}
    )
    git(root, "init", "-q")
    git(root, "add", "-f", "evil.py", "build/in/kept.py")

    snapshot = scan(root)

    assert [file.path for file in snapshot.files] == [".gitignore", "build/in/kept.py", "evil.py"]
    assert {item.path for item in snapshot.skipped if item.reason is Skip.IGNORED} == {"build/in/made.py", "build/x/"}


def test_without_git_on_the_path_files_are_still_looked_at(
    repository: Path, scan: Callable[..., Snapshot], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    snapshot = scan(repository)

    assert "src/app.py" in {file.path for file in snapshot.files}
    assert ["git was not found" in item.message for item in snapshot.problems] == [True]


def test_a_git_in_the_current_directory_is_never_run(repository: Path, monkeypatch: pytest.MonkeyPatch, scan: Callable[..., Snapshot]) -> None:
    fake = repository / "git"
    fake.write_text("#!/bin/sh\ntouch ran\n")
    fake.chmod(0o755)
    monkeypatch.chdir(repository)
    monkeypatch.setenv("PATH", ".")

    assert scan(repository).provenance is None
    assert not (repository / "ran").exists()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://github.com/o/r.git", "https://github.com/o/r.git"),
        ("https://token@github.com/o/r", "https://github.com/o/r"),
        ("HTTPS://u:p@GitHub.com/o/r", "https://github.com/o/r"),
        ("ssh://git@example.org:2222/o/r.git", "ssh://example.org:2222/o/r.git"),
        ("git@github.com:o/r.git", "ssh://github.com/o/r.git"),
        ("example.org:/srv/r.git", "ssh://example.org/srv/r.git"),
        ("git@[::1]:o/r.git", "ssh://[::1]/o/r.git"),
        ("/srv/r.git", ""),
        ("../r.git", ""),
        ("file:///srv/r.git", ""),
        ("ext::sh -c id", ""),
        ("https://example.org/a b", ""),
        ("https://example.org:port/r", ""),
        ("javascript://example.org/%0aalert(1)", ""),
        ("", ""),
    ],
)
def test_an_address_is_shown_without_what_is_private(address: str, expected: str) -> None:
    assert public_uri(address) == expected


def test_git_is_asked_without_the_callers_environment(
    repository: Path, scan: Callable[..., Snapshot], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = subprocess.run(["/bin/sh", "-c", "command -v git"], check=True, capture_output=True, text=True).stdout.strip()
    wrapper = tmp_path / "bin" / "git"
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\ncase "$*" in version) ;; *) env >> {tmp_path}/seen;; esac\nexec {real} "$@"\n')
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{wrapper.parent}:/usr/bin:/bin")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "not-to-be-seen")
    monkeypatch.setenv("GIT_DIR", "/nowhere")

    assert scan(repository).provenance is not None

    seen = (tmp_path / "seen").read_text()
    assert "GIT_TERMINAL_PROMPT=0" in seen
    assert "not-to-be-seen" not in seen
    assert "/nowhere" not in seen
