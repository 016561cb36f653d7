"""The built-in rules, read from their files and as they are kept for the next scan."""

from __future__ import annotations

import dataclasses
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.app import rules as loading
from scanner.app.pack import Pack, pack_file
from scanner.app.rules import KINDS, load_all_rules, load_own_rules
from scanner.core.errors import RuleError
from scanner.rulepack.loader import builtin_rules_path
from scanner.taint.compile.load import load_taint

if TYPE_CHECKING:
    from scanner.app.rules import LoadedRules
    from scanner.taint.compile.load import TaintPack

OWN = """\
rules:
  - id: shop-key
    title: Shop key
    cwe: [CWE-798]
    severity: high
    precision: high
    message: A shop key.
    help: It opens the shop.
    remediation: Rotate it.
    keywords: [shop]
    pattern: (?P<secret>shop_[0-9]+)
    cases: {vulnerable: [key = sh·op_123], safe: [key = none]}
"""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for the rules to be kept at."""
    file = tmp_path / "made" / "rules.json"
    monkeypatch.setattr(loading, "pack_file", lambda: file)
    return file


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """An entry each time that the files of the taint engine's rules are read."""
    seen: list[object] = []

    def noted(languages: tuple[str, ...], directories: list[Path]) -> TaintPack:
        seen.append(directories)
        return load_taint(languages, directories)

    monkeypatch.setattr(loading, "load_taint", noted)
    return seen


def bare(loaded: LoadedRules) -> tuple[object, ...]:
    entries = [dataclasses.replace(entry, cases=()) for entry in loaded.rules.entries]
    return entries, loaded.rules.documents, dict(loaded.knowledge)


def test_kept_rules_are_those_of_the_files(kept: Path, readings: list[object]) -> None:
    source = load_all_rules(())
    again = load_all_rules(())
    assert len(readings) == 1
    assert kept.is_file()
    assert bare(again) == bare(source)
    assert [entry.origin for entry in again.rules.entries] == [entry.origin for entry in source.rules.entries]


def test_another_user_can_read_what_an_installer_kept(kept: Path) -> None:
    load_all_rules(())
    assert kept.stat().st_mode & 0o444 == 0o444


def test_a_changed_rule_file_is_read_again(tmp_path: Path) -> None:
    directory = tmp_path / "rules"
    shutil.copytree(builtin_rules_path() / "schema", directory / "schema")
    (directory / "secrets").mkdir()
    (directory / "secrets" / "shop.yaml").write_text(OWN)
    loaded = load_own_rules(builtin_rules_path())
    file = tmp_path / "kept.json"
    Pack(directory, KINDS, file).write(loaded.rules.where(lambda _: False), {}, ())
    held = Pack(directory, KINDS, file).read()
    assert held is not None
    assert [rule.id for rule in held[0].rules] == ["shop-key"]
    (directory / "secrets" / "shop.yaml").write_text(OWN.replace("shop-key", "shop-kex"))  # as long, perhaps at the same tick of the clock
    assert Pack(directory, KINDS, file).read() is None


def test_a_changed_module_of_ours_is_another_program(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_all_rules(())
    monkeypatch.setattr("scanner.app.pack.own_code", lambda: "another")
    assert Pack(builtin_rules_path(), KINDS, kept).read() is None


@pytest.mark.parametrize("left", [0, 100, -1])
def test_a_file_that_was_not_written_to_its_end_is_not_believed(kept: Path, readings: list[object], left: int) -> None:
    load_all_rules(())
    kept.write_bytes(kept.read_bytes()[:left])
    assert load_all_rules(()).rules.rules
    assert len(readings) == 2


def test_an_altered_file_is_not_believed(kept: Path, readings: list[object]) -> None:
    load_all_rules(())
    kept.write_bytes(kept.read_bytes().replace(b"critical", b"criticaI", 1))
    load_all_rules(())
    assert len(readings) == 2


def test_rules_are_read_each_time_where_nothing_can_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, readings: list[object]) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(loading, "pack_file", lambda: tmp_path / "file" / "rules.json")
    assert load_all_rules(()).rules.rules == load_all_rules(()).rules.rules
    assert len(readings) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_rules_are_kept_beside_our_modules() -> None:
    assert pack_file().parent.parent == Path(loading.__file__).parent or "PYTHONPYCACHEPREFIX" in os.environ


def test_own_rules_come_to_the_kept_ones(kept: Path, readings: list[object], tmp_path: Path) -> None:
    load_all_rules(())
    (tmp_path / "own" / "secrets").mkdir(parents=True)
    (tmp_path / "own" / "secrets" / "shop.yaml").write_text(OWN)
    loaded = load_all_rules((tmp_path / "own",))
    assert "shop-key" in {rule.id for rule in loaded.rules.rules}
    assert len(readings) == 1
    kept.unlink()
    assert bare(loaded) == bare(load_all_rules((tmp_path / "own",)))


@pytest.mark.usefixtures("kept")
def test_an_id_that_is_taken_is_told_as_ever(tmp_path: Path) -> None:
    load_all_rules(())
    (tmp_path / "own" / "secrets").mkdir(parents=True)
    (tmp_path / "own" / "secrets" / "shop.yaml").write_text(OWN.replace("shop-key", "secret-slack-token"))
    with pytest.raises(RuleError, match=r"shop\.yaml:2:1: id: secret-slack-token is already taken by .*rules/secrets/slack\.yaml:\d+"):
        load_all_rules((tmp_path / "own",))


def test_models_of_the_user_join_the_kept_ones(kept: Path, tmp_path: Path) -> None:
    load_all_rules(())
    (tmp_path / "own" / "models" / "python").mkdir(parents=True)
    (tmp_path / "own" / "models" / "python" / "shop.yaml").write_text(
        "language: python\nlibrary: shop\nimports: [shop]\nrows:\n  - never-returns: [shop.abort]\n"
    )
    assert "shop.abort" in load_all_rules((tmp_path / "own",)).knowledge["python"].never_returns
    assert "shop.abort" not in load_all_rules(()).knowledge["python"].never_returns
    assert kept.is_file()


def test_cases_come_from_the_files(kept: Path) -> None:
    load_all_rules(())
    assert kept.is_file()
    assert all(entry.cases for entry in load_own_rules(builtin_rules_path()).rules.entries)
