from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from scanner.app.fleet.targets import Target, parse_target, read_targets
from scanner.core.errors import UsageError
from scanner.sources.clone import PROTOCOLS, masked_address

OUT = Path("/nowhere/out")
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("line", "address", "ref"),
    [
        ("https://example.com/team/shop", "https://example.com/team/shop", ""),
        ("https://example.com/team/shop.git@v1.2", "https://example.com/team/shop.git", "v1.2"),
        ("https://example.com/team/shop@feature/x", "https://example.com/team/shop", "feature/x"),
        ("https://me:secret@example.com/team/shop@main", "https://me:secret@example.com/team/shop", "main"),
        ("https://me:secret@example.com/team/shop", "https://me:secret@example.com/team/shop", ""),
        ("https://example.com/@scope/shop", "https://example.com/@scope/shop", ""),
        ("git@example.com:team/shop.git", "git@example.com:team/shop.git", ""),
        (f"git@example.com:team/shop.git@{COMMIT}", "git@example.com:team/shop.git", COMMIT),
        ("ssh://git@example.com:2222/team/shop@main", "ssh://git@example.com:2222/team/shop", "main"),
        ("file:///srv/git/shop.git@main", "file:///srv/git/shop.git", "main"),
    ],
)
def test_a_url_may_name_a_ref_behind_its_path(tmp_path: Path, line: str, address: str, ref: str) -> None:
    assert parse_target(line, tmp_path, PROTOCOLS) == Target(address, ref, remote=True)


@pytest.mark.parametrize(
    "line",
    [
        "http://example.com/shop",
        "git://example.com/shop",
        "ext::sh -c touch% /tmp/pwned",
        "ext://sh -c id",
        "ssh://-oProxyCommand=id/shop",
        "https:///shop",
        "https://example.com/a b",
        "https://example.com/shop@--upload-pack=id",
        "https://[::1/shop",
        "file://",
        "-oProxyCommand=id:shop",
        "git@example.com:-shop",
        "missing/directory",
        "sho\0p",
    ],
)
def test_what_is_no_sound_target_is_refused(tmp_path: Path, line: str) -> None:
    assert isinstance(parse_target(line, tmp_path, PROTOCOLS), str)


def test_a_protocol_that_is_not_allowed_is_refused(tmp_path: Path) -> None:
    assert parse_target("file:///srv/shop", tmp_path, ("https",)) == "file:///srv/shop: file is not among the allowed protocols"


def test_paths_are_relative_to_the_file_and_may_name_a_ref(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop@home").mkdir()
    listed = tmp_path / "fleet.txt"
    listed.write_bytes(b"\xef\xbb\xbf# ours\r\nshop\r\n\r\n  shop@v1 \nshop@home\nshop\n")
    assert read_targets(listed, (), OUT) == (
        Target(str(tmp_path / "shop")),
        Target(str(tmp_path / "shop"), "v1"),
        Target(str(tmp_path / "shop@home")),
    )


def test_every_mistake_of_a_file_is_told_with_its_line(tmp_path: Path) -> None:
    listed = tmp_path / "fleet.txt"
    listed.write_text("nowhere\nhttp://example.com/x\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_targets(listed, PROTOCOLS, OUT)
    assert str(caught.value).splitlines() == [
        f"{listed}:1: there is no directory nowhere",
        f"{listed}:2: http://example.com/x: http is not one we clone by (https, ssh, file)",
    ]


def test_a_directory_gives_its_directories_and_says_that_links_are_left_out(tmp_path: Path) -> None:
    for name in ("b", "a", ".hidden"):
        (tmp_path / name).mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    found = read_targets(tmp_path, (), OUT)
    assert [(target.address.rpartition("/")[2], bool(target.refused)) for target in found] == [("a", False), ("b", False), ("link", True)]


def test_results_are_no_target_and_are_not_written_into_one(tmp_path: Path) -> None:
    for name in ("shop", "out"):
        (tmp_path / name).mkdir()
    assert read_targets(tmp_path, (), tmp_path / "out") == (Target(str(tmp_path / "shop")),)
    with pytest.raises(UsageError, match="results would be written into"):
        read_targets(tmp_path, (), tmp_path / "shop" / "results")


@pytest.mark.parametrize("made", ["nothing", "repository"])
def test_a_directory_without_repositories_or_that_is_one_is_refused(tmp_path: Path, made: str) -> None:
    if made == "repository":
        (tmp_path / ".git").mkdir()
    with pytest.raises(UsageError):
        read_targets(tmp_path, (), OUT)


def test_no_password_is_in_the_name_of_a_target() -> None:
    target = Target("https://me:s3cret@example.com/team/shop.git", "main", remote=True)
    assert target.id == "https://example.com/team/shop.git@main"
    assert "s3cret" not in target.folder
    assert masked_address("ssh://git:s3cret@example.com/x") == "ssh://example.com/x"


@pytest.mark.parametrize(
    "address", ["/srv/..", "/srv/\n\x1b[31mred", "/srv/" + "long" * 100, "/srv/CON", "/srv/-rf", os.fsdecode(b"/srv/\xff\xfe"), "/", "/srv/<script>"]
)
def test_the_folder_of_a_hostile_name_is_a_plain_one(address: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,39}-[0-9a-f]{12}", Target(address).folder)


def test_names_that_differ_in_case_or_ref_only_have_folders_that_differ_in_more() -> None:
    folders = {Target("/a/Shop").folder.lower(), Target("/a/shop").folder.lower(), Target("/a/shop", "v1").folder, Target("/b/shop").folder}
    assert len(folders) == 4
