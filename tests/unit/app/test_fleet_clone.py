from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from scanner.core.errors import SourceError
from scanner.sources.clone import FETCHED, Remote, protocol_of
from scanner.sources.git import GitRepository
from scanner.sources.objects import list_tree, resolve_commit

if TYPE_CHECKING:
    from pathlib import Path

PATH = "/usr/local/bin:/usr/bin:/bin"
IDENTITY = ("-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always")


def _git(place: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(place), *IDENTITY, *arguments], check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    place = tmp_path / "origin"
    place.mkdir()
    _git(place, "init", "--quiet", "--initial-branch=main")
    (place / "first.py").write_text("print(1)\n", encoding="utf-8")
    _git(place, "add", ".")
    _git(place, "commit", "--quiet", "--message", "first")
    (place / "second.py").write_text("print(2)\n", encoding="utf-8")
    _git(place, "add", ".")
    _git(place, "commit", "--quiet", "--message", "second")
    _git(place, "tag", "--annotate", "v2", "--message", "two")
    return place


def _fetch(remote: Remote, ref: str, directory: Path, max_bytes: int = 10_000_000) -> tuple[str, list[str]]:
    directory.mkdir()
    remote.fetch(ref, directory, seconds=60, max_bytes=max_bytes)
    repository = GitRepository.at(directory)
    commit = resolve_commit(repository, FETCHED)
    return commit, [entry.path for entry in list_tree(repository, commit)]


@pytest.mark.parametrize("ref", ["", "main", "refs/heads/main", "v2"])
def test_one_commit_comes_by_branch_tag_or_default_and_nothing_is_checked_out(origin: Path, tmp_path: Path, ref: str) -> None:
    remote = Remote(f"file://{origin}", PATH, {})
    head = _git(origin, "rev-parse", "HEAD")
    assert remote.commit(ref, 60) == head
    assert _fetch(remote, ref, tmp_path / "clone") == (head, ["first.py", "second.py"])
    assert [path.name for path in (tmp_path / "clone").iterdir()] == [".git"]
    assert _git(tmp_path / "clone", "rev-list", "--count", FETCHED) == "1"


def test_a_commit_comes_by_its_id(origin: Path, tmp_path: Path) -> None:
    first = _git(origin, "rev-parse", "HEAD^")
    _git(origin, "config", "uploadpack.allowAnySHA1InWant", "true")
    assert Remote(f"file://{origin}", PATH, {}).commit(first, 60) == first
    assert _fetch(Remote(f"file://{origin}", PATH, {}), first, tmp_path / "clone") == (first, ["first.py"])


def test_submodules_hooks_filters_and_templates_of_anybody_do_nothing(origin: Path, tmp_path: Path) -> None:
    (origin / ".gitattributes").write_text("* filter=evil\n", encoding="utf-8")
    (origin / ".gitmodules").write_text(f'[submodule "x"]\n\tpath = x\n\turl = file://{tmp_path}/elsewhere\n', encoding="utf-8")
    _git(origin, "add", ".")
    _git(origin, "commit", "--quiet", "--message", "third")
    _, paths = _fetch(Remote(f"file://{origin}", PATH, {}), "main", tmp_path / "clone")
    assert ".gitmodules" in paths
    assert not (tmp_path / "clone" / ".git" / "hooks").exists()
    assert not (tmp_path / "clone" / ".git" / "modules").exists()


def test_a_repository_over_the_limit_is_refused_and_says_so(origin: Path, tmp_path: Path) -> None:
    (origin / "big.bin").write_bytes(b"".join(number.to_bytes(4, "big") for number in range(100_000)))
    _git(origin, "add", ".")
    _git(origin, "commit", "--quiet", "--message", "big")
    with pytest.raises(SourceError, match="its objects take more than 4096 bytes"):
        _fetch(Remote(f"file://{origin}", PATH, {}), "main", tmp_path / "clone", max_bytes=4096)
    _fetch(Remote(f"file://{origin}", PATH, {}), "main", tmp_path / "again")


@pytest.mark.parametrize("ref", ["gone", "--upload-pack=touch pwned"])
def test_a_ref_that_is_not_there_is_a_source_error(origin: Path, tmp_path: Path, ref: str) -> None:
    with pytest.raises(SourceError):
        Remote(f"file://{origin}", PATH, {}).commit(ref, 60)
    with pytest.raises(SourceError):
        _fetch(Remote(f"file://{origin}", PATH, {}), ref, tmp_path / "clone")


def test_what_git_is_given_holds_no_password_on_the_command_line_and_nothing_else_of_ours(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    program = tmp_path / "git"
    program.write_text(f'#!/bin/sh\necho "$@" >> {seen}\necho --- >> {seen}\nenv >> {seen}\nexit 1\n', encoding="utf-8")
    program.chmod(0o700)
    surroundings = {"HTTPS_PROXY": "http://proxy:3128", "ANTHROPIC_API_KEY": "sk-secret", "GIT_SSH_COMMAND": "id"}
    remote = Remote("https://me:p%40ss@example.com/team/shop", f"{tmp_path}:{PATH}", surroundings)
    with pytest.raises(SourceError) as caught:
        remote.commit("main", 60)
    command, _, environment = seen.read_text("utf-8").partition("---")
    assert "p%40ss" not in command + str(caught.value)
    assert "https://example.com/team/shop" in command
    assert "http.followRedirects=false" in command
    assert "GIT_CONFIG_KEY_0=http.https://example.com/.extraHeader" in environment
    assert "GIT_CONFIG_VALUE_0=Authorization: Basic bWU6cEBzcw==" in environment
    assert "GIT_ALLOW_PROTOCOL=https" in environment
    assert "HTTPS_PROXY=http://proxy:3128" in environment
    assert "sk-secret" not in environment
    assert "GIT_SSH_COMMAND=ssh -oBatchMode=yes" in environment


def test_git_that_is_not_there_or_does_not_end_is_a_source_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="git was not found"):
        Remote("https://example.com/x", str(tmp_path), {}).commit("main", 60)
    program = tmp_path / "git"
    program.write_text("#!/bin/sh\nexec sleep 600\n", encoding="utf-8")
    program.chmod(0o700)
    with pytest.raises(SourceError, match=r"did not end within 0\.2 seconds"):
        Remote("https://example.com/x", f"{tmp_path}:{PATH}", {}).commit("main", 0.2)


def test_the_protocol_of_an_address_is_read_as_git_reads_it() -> None:
    assert [protocol_of(item) for item in ("HTTPS://x/y", "git@x:y", "ssh://x/y", "/x", "ext::sh")] == ["https", "ssh", "ssh", "", ""]
