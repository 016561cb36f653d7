"""Rule files into a RuleSet, and every mistake told at once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

import pytest

from scanner.core.errors import RuleError
from scanner.core.rule import Precision, Severity
from scanner.rulepack import loader
from scanner.rulepack.kinds import ANY_FOLDER, DocumentKind, Part, RuleKind
from scanner.rulepack.loader import SCHEMA_FOLDER, builtin_rules_path, load_rules
from scanner.rulepack.ruleset import Case, RuleSet

if TYPE_CHECKING:
    from pathlib import Path


LANGUAGES = (
    "bash", "c", "cpp", "csharp", "dart", "dockerfile", "generic", "go", "html", "java", "javascript", "json", "kotlin", "lua", "php",
    "python", "regex", "ruby", "rust", "scala", "solidity", "swift", "terraform", "typescript", "xml", "yaml",
)  # fmt: skip


class Pack(Protocol):
    """The fixture of conftest.py."""

    root: Path
    secret: str
    pattern: str

    def write(self, path: str, text: str | bytes) -> Pack: ...
    def load(self) -> RuleSet: ...


def lines(pack: Pack) -> list[str]:
    """What loading complains about, with the directory's own path left out."""
    with pytest.raises(RuleError) as caught:
        pack.load()
    return str(caught.value).replace(f"{pack.root}/", "").splitlines()


def test_a_sound_pack_gives_its_rules_sorted_by_id(pack: Pack) -> None:
    rules = pack.write("secrets/shop.yaml", pack.secret).write("semgrep/python/eval.yml", pack.pattern).load()
    assert [rule.id for rule in rules.rules] == ["python-eval", "secret-shop-key"]
    python, secret = rules.rules
    assert (python.engine, python.cwe, python.severity, python.precision) == ("semgrep", (95,), Severity.HIGH, Precision.LOW)
    assert (python.languages, python.tags, python.references) == (("python",), ("python",), ("https://example.org/eval",))
    assert (secret.engine, secret.cwe, secret.precision, secret.languages) == ("secrets", (798, 259), Precision.VERY_HIGH, ())
    assert secret.message == "A shop key stands in this file."
    assert [str(entry.origin) for entry in rules.entries] == [f"{pack.root}/semgrep/python/eval.yml:2", f"{pack.root}/secrets/shop.yaml:2"]


def test_the_engine_gets_what_is_not_common(pack: Pack) -> None:
    rules = pack.write("secrets/shop.yaml", pack.secret).write("semgrep/python/eval.yaml", pack.pattern).load()
    python, secret = (entry.payload for entry in rules.entries)
    assert secret == {"id": "secret-shop-key", "keywords": ["shop"], "pattern": "(?P<secret>shop_[0-9]+)"}
    assert python == {
        "id": "python-eval",
        "languages": ["python"],
        "severity": "ERROR",
        "message": "eval runs what it is given.",
        "pattern": "eval($X)",
    }


def test_cases_come_as_meant_with_the_line_they_stand_at(pack: Pack) -> None:
    (entry,) = pack.write("secrets/shop.yaml", pack.secret).load().entries
    assert entry.cases == (Case("key = shop_123", vulnerable=True, line=16), Case("key = shop_x", vulnerable=False, line=18, file="docs/a.md"))


def test_every_mistake_of_every_file_is_told_at_its_place(pack: Pack) -> None:
    pack.write("secrets/shop.yaml", pack.secret.replace("severity: high", "severity: hgih").replace("pattern:", "patern:"))
    pack.write("secrets/other.yaml", "rules:\n  - id: x\n    cwe: [CWE-79, 89]\n")
    pack.write("semgrep/go/a.yaml", pack.pattern.replace("[python]", "[pyton, python]", 1).replace("python-eval", "Python_Eval"))
    pack.write("semgrep/go/b.yaml", "rules: [1\n")
    pack.write("semgrep/go/c.yaml", "rules: {}\nrule: []\n")
    pack.write("semgrep/go/d.yaml", pack.pattern.replace("safe: [len(x)]", "safe: []\n        saef: [y]"))
    pack.write(
        "semgrep/go/e.yaml", pack.pattern.replace("eval(x)", "{file: ../x.py, code: y}").replace("[https://example.org/eval]", "[example.org]")
    )
    pack.write("stray.yaml", "rules: []\n")
    assert lines(pack) == [
        "secrets/other.yaml:2:5: cases: is missing",
        "secrets/other.yaml:2:5: help: is missing",
        "secrets/other.yaml:2:5: keywords: is missing",
        "secrets/other.yaml:2:5: message: is missing",
        "secrets/other.yaml:2:5: pattern: is missing",
        "secrets/other.yaml:2:5: precision: is missing",
        "secrets/other.yaml:2:5: remediation: is missing",
        "secrets/other.yaml:2:5: severity: is missing",
        "secrets/other.yaml:2:5: title: is missing",
        "secrets/other.yaml:3:19: cwe[1]: expected a text, found 89",
        "secrets/shop.yaml:2:5: pattern: is missing",
        'secrets/shop.yaml:5:15: severity: expected one of info, low, medium, high, critical, found "hgih" (did you mean high?)',
        "secrets/shop.yaml:13:5: patern: unknown key (did you mean pattern?)",
        'semgrep/go/a.yaml:2:9: id: expected lower-case words joined by hyphens, found "Python_Eval"',
        f'semgrep/go/a.yaml:3:17: languages[0]: expected one of {", ".join(LANGUAGES)}, found "pyton" (did you mean python?)',
        "semgrep/go/b.yaml:2:1: not valid YAML: did not find expected ',' or ']' while parsing a flow sequence",
        "semgrep/go/c.yaml:1:8: rules: expected a list, found a mapping",
        "semgrep/go/c.yaml:2:1: rule: unknown key",
        "semgrep/go/d.yaml:18:15: metadata.cases.safe: expected at least 1 entry, found 0",
        "semgrep/go/d.yaml:19:9: metadata.cases.saef: unknown key",
        'semgrep/go/e.yaml:15:20: metadata.references[0]: expected an http or https address, found "example.org"',
        'semgrep/go/e.yaml:17:29: metadata.cases.vulnerable[0].file: expected a path below the root, with / between its parts, found "../x.py"',
        "stray.yaml: rule files stand below a folder that says who reads them (secrets/, semgrep/)",
    ]


def test_the_hint_counts_the_mistakes(pack: Pack) -> None:
    pack.write("secrets/shop.yaml", pack.secret.replace("severity: high", "severity: hgih"))
    with pytest.raises(RuleError) as caught:
        pack.load()
    assert caught.value.hint == "1 mistake in 1 rule file"


def test_an_id_that_is_taken_is_a_mistake_that_names_both_places(pack: Pack) -> None:
    pack.write("secrets/a.yaml", pack.secret).write("secrets/b.yaml", pack.secret)
    assert [line.replace(str(pack.root), "") for line in lines(pack)] == [
        "secrets/b.yaml:2:1: id: secret-shop-key is already taken by secrets/a.yaml:2"
    ]


def test_what_the_engine_says_about_its_part_is_placed_there(pack: Pack) -> None:
    pack.write("secrets/a.yaml", pack.secret.replace("(?P<secret>shop_[0-9]+)", "raise"))
    pack.write("secrets/b.yaml", pack.secret.replace("(?P<secret>shop_[0-9]+)", "say").replace("secret-shop-key", "other"))
    assert lines(pack) == [
        "secrets/a.yaml:13:14: pattern: nothing good",
        "secrets/b.yaml:12:16: keywords[0]: not this one",
        "secrets/b.yaml:13:14: pattern: nor this",
    ]


@pytest.mark.parametrize("missing", ["title", "cwe", "severity", "precision", "message", "help", "remediation", "cases"])
def test_every_common_key_is_required(pack: Pack, missing: str) -> None:
    text = "\n".join(line for line in pack.secret.splitlines() if not line.startswith(f"    {missing}:"))
    if missing == "cases":
        text = pack.secret.partition("    cases:")[0]
    if missing == "message":
        text = text.replace("      A shop key stands\n      in this file.\n", "")
    assert lines(pack.write("secrets/a.yaml", text)) == [f"secrets/a.yaml:2:5: {missing}: is missing"]


@pytest.mark.parametrize("empty", ["vulnerable", "safe"])
def test_a_rule_needs_cases_of_both_sorts(pack: Pack, empty: str) -> None:
    text = pack.pattern.replace(f"{empty}: [", f"{empty}: [] # [")
    (line,) = lines(pack.write("semgrep/a/a.yaml", text))
    assert line.endswith(f"metadata.cases.{empty}: expected at least 1 entry, found 0")


def test_a_directory_that_is_not_there_or_empty_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    with pytest.raises(RuleError) as caught:
        load_rules([tmp_path / "nowhere", tmp_path / "empty", tmp_path / "file"], [])
    assert str(caught.value).replace(f"{tmp_path}/", "").splitlines() == [
        "empty: holds no rule files (.yaml)",
        "file: is not a directory",
        "nowhere: does not exist",
    ]


def test_a_named_pipe_and_a_hidden_file_are_not_read(pack: Pack) -> None:
    pack.write("secrets/shop.yaml", pack.secret).write("secrets/.draft.yaml", "broken: [").write(".git/x/y.yaml", "broken: [")
    os.mkfifo(pack.root / "secrets" / "pipe.yaml")
    assert len(pack.load().entries) == 1


def test_a_link_to_nowhere_is_told(pack: Pack) -> None:
    pack.write("secrets/shop.yaml", pack.secret)
    (pack.root / "secrets" / "gone.yaml").symlink_to("nowhere.yaml")
    with pytest.raises(RuleError, match=r"gone\.yaml: cannot be read: No such file or directory"):
        pack.load()


def test_two_directories_make_one_set(pack: Pack, tmp_path: Path) -> None:
    pack.write("secrets/shop.yaml", pack.secret)
    other = tmp_path / "mine" / "secrets"
    other.mkdir(parents=True)
    (other / "a.yaml").write_text(pack.secret.replace("secret-shop-key", "secret-mine"))
    kind = RuleKind("secrets", "secrets", "secrets.schema.json", lambda _rule, _part: None)
    assert [rule.id for rule in load_rules([pack.root, tmp_path / "mine"], [kind]).rules] == ["secret-mine", "secret-shop-key"]


def test_folders_that_nobody_names_belong_to_the_kind_for_any_folder(pack: Pack, tmp_path: Path) -> None:
    pack.write("python/shop.yaml", pack.secret).write("models/python/flask.yaml", "rules: []\nrows: [1, 2]\n")
    schemas = tmp_path / "schemas"
    schemas.mkdir()
    (schemas / "any.json").write_text("{}")
    native = RuleKind("taint", ANY_FOLDER, "any.json", lambda _rule, part: part.values["pattern"])
    models = DocumentKind("models", "models", "any.json", lambda part: part.values["rows"])
    rules = load_rules([pack.root], [native, models], schemas=schemas)
    assert [entry.payload for entry in rules.of(native)] == ["(?P<secret>shop_[0-9]+)"]
    assert [document.payload for document in rules.documents_of(models)] == [[1, 2]]


def test_a_mistake_in_a_document_is_placed(pack: Pack, tmp_path: Path) -> None:
    pack.write("models/python/flask.yaml", "rows:\n  - a\n  - b\n")
    (tmp_path / "any.json").write_text("{}")

    def complain(part: Part) -> None:
        part.mistake("no such library", "rows", 1)

    with pytest.raises(RuleError) as caught:
        load_rules([pack.root], [DocumentKind("models", "models", "any.json", complain)], schemas=tmp_path)
    assert str(caught.value) == f"{pack.root}/models/python/flask.yaml:3:5: rows[1]: no such library"


def digest_of(pack: Pack, text: str) -> str:
    (entry,) = pack.write("semgrep/python/eval.yaml", text).load().entries
    return entry.rule.digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Code evaluation", "title: Other"),
        ("help: It runs text as code.", "help: Other"),
        ("remediation: Parse it.", "remediation: Other"),
        ("tags: [python]", "tags: []"),
        ("safe: [len(x)]", "safe: [len(y)]"),
        ("rules:\n", "# a comment\nrules:\n"),
    ],
)
def test_prose_and_cases_leave_the_digest_as_it_is(pack: Pack, old: str, new: str) -> None:
    assert old in pack.pattern
    assert digest_of(pack, pack.pattern) == digest_of(pack, pack.pattern.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("pattern: eval($X)", "pattern: exec($X)"),
        ("id: python-eval", "id: python-eval2"),
        ("message: eval", "message: Eval"),
        ("severity: ERROR", "severity: INFO"),
        ("severity: high", "severity: critical"),
        ("precision: low", "precision: high"),
        ("CWE-95", "CWE-94"),
        ("languages: [python]", "languages: [python, go]"),
    ],
)
def test_everything_that_reaches_a_candidate_changes_the_digest(pack: Pack, old: str, new: str) -> None:
    assert old in pack.pattern
    assert digest_of(pack, pack.pattern) != digest_of(pack, pack.pattern.replace(old, new))


def test_the_builtin_rules_are_found_beside_the_package() -> None:
    assert (builtin_rules_path() / SCHEMA_FOLDER / "common.schema.json").is_file()


def test_the_builtin_rules_are_found_inside_an_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "__file__", str(tmp_path / "scanner" / "rulepack" / "loader.py"))
    with pytest.raises(RuleError, match="are not there"):
        builtin_rules_path()
    (tmp_path / "scanner" / "_rules" / SCHEMA_FOLDER).mkdir(parents=True)
    assert builtin_rules_path() == tmp_path.resolve() / "scanner" / "_rules"
