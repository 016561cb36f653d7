from __future__ import annotations

import ast
import base64
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import scanner.engines.secrets
from scanner.core.coverage import Skip
from scanner.core.location import Span
from scanner.core.rule import Precision
from scanner.core.text import character_index, split_lines
from scanner.engines.secrets.engine import SecretsEngine
from scanner.ports.observer import SilentObserver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.ports.engine import Detection
    from scanner.ports.source import Snapshot
    from tests.unit.engines.secrets.conftest import RuleMaker, TreeMaker

CHANCE = "q7RfZ2mXk9TbWv4Lc8Ny"
MADE_UP: Mapping[str, object] = {"pattern": r"tok_(?P<secret>[A-Za-z0-9]{20})", "keywords": ["tok_"]}


def detect(engine: SecretsEngine, snapshot: Snapshot) -> Detection:
    return engine.detect(snapshot, SilentObserver())


def text_at(snapshot: Snapshot, span: Span) -> str:
    lines = split_lines((snapshot.root / span.path).read_bytes().decode("utf-8", "replace"))[span.start_line - 1 : span.end_line]
    start = character_index(lines[0], span.start_column)
    lines[-1] = lines[-1][: character_index(lines[-1], span.end_column)]
    return "\n".join([lines[0][start:], *lines[1:]])


def test_the_span_stands_exactly_over_the_secret(make_rule: RuleMaker, make_tree: TreeMaker) -> None:
    snapshot = make_tree({"app.py": f"import os\n\nx = 'tok_{CHANCE}'  # here\n"})
    (candidate,) = detect(SecretsEngine([make_rule(MADE_UP)]), snapshot).candidates
    assert candidate.trace.place == Span("app.py", 3, 10, 3, 30)
    assert text_at(snapshot, candidate.trace.place) == CHANCE


@pytest.mark.parametrize(
    "before",
    [
        "é = 1\nä = ",
        "\U0001f511 = '",
        "日本語\r\n\r\n\U0001f511\U0001f511 ",
        "one\rtwo\r",
        "\N{LINE SEPARATOR}form\x0cfeed ",
        "\ufeff",
        "tok_ TOK_ é tok_",
        "ab\n" * 50 + "\U0001f511" * 50,
    ],
)
def test_columns_count_utf16_units_whatever_stands_before(make_rule: RuleMaker, make_tree: TreeMaker, before: str) -> None:
    snapshot = make_tree({"a.txt": f"{before} tok_{CHANCE} é tok_{CHANCE[::-1]}\n"})
    candidates = detect(SecretsEngine([make_rule(MADE_UP)]), snapshot).candidates
    assert [text_at(snapshot, candidate.trace.place) for candidate in candidates] == [CHANCE, CHANCE[::-1]]


def test_bytes_that_are_not_utf_8_do_not_move_the_span(make_rule: RuleMaker, make_tree: TreeMaker) -> None:
    snapshot = make_tree({"a.txt": b"\xff\xe2\x82 \xf0\x9f tok_" + CHANCE.encode() + b"\xe2\x82\xac \xc3tok_" + CHANCE.encode()})
    candidates = detect(SecretsEngine([make_rule(MADE_UP)]), snapshot).candidates
    assert [text_at(snapshot, candidate.trace.place) for candidate in candidates] == [CHANCE, CHANCE]


def test_candidates_come_by_place_with_the_rule_that_fits_best(engine: SecretsEngine, make_tree: TreeMaker) -> None:
    token = "glpat-" + CHANCE
    snapshot = make_tree({"b/.env": f"GITLAB_TOKEN={token}\nAPI_SECRET={CHANCE}\n", "a.py": f'token = "{token}"\n'})
    found = [(candidate.trace.place.path, candidate.trace.place.start_line, candidate.rule_id) for candidate in detect(engine, snapshot).candidates]
    assert found == [("a.py", 1, "secret-gitlab-token"), ("b/.env", 1, "secret-gitlab-token"), ("b/.env", 2, "secret-config-credential")]


def test_a_token_that_its_own_rule_leaves_alone_is_not_found_by_its_name(engine: SecretsEngine, make_tree: TreeMaker) -> None:
    public = "eyJhbGciOiJIUzI1NiJ9." + base64.urlsafe_b64encode(b'{"iss":"supabase","role":"anon"}').decode().rstrip("=") + "." + CHANCE * 2
    snapshot = make_tree({"a.js": f"const supabaseToken = '{public}';\nconst stripeKey = {{ api_key: 'pk_live_{CHANCE}' }};\n"})
    assert detect(engine, snapshot).candidates == ()


def test_the_message_never_holds_the_secret(engine: SecretsEngine, make_tree: TreeMaker) -> None:
    (candidate,) = detect(engine, make_tree({"a.py": f'api_key = "{CHANCE}"\n'})).candidates
    assert CHANCE not in repr(candidate)


def test_tests_and_prose_lower_the_confidence(make_rule: RuleMaker, make_tree: TreeMaker) -> None:
    engine = SecretsEngine([make_rule(MADE_UP, precision=Precision.VERY_HIGH)])
    content = f"tok_{CHANCE}\n"
    detection = detect(engine, make_tree({"app.py": content, "README.md": content, "tests/app.py": content}))
    assert [(item.trace.place.path, item.confidence) for item in detection.candidates] == [
        ("README.md", Precision.HIGH),
        ("app.py", None),
        ("tests/app.py", Precision.MEDIUM),
    ]


def test_what_tests_make_for_themselves_is_hardly_told_there(make_rule: RuleMaker, make_tree: TreeMaker) -> None:
    engine = SecretsEngine([make_rule({**MADE_UP, "made-for-tests": True}, precision=Precision.VERY_HIGH)])
    tree = make_tree(dict.fromkeys(("README.md", "deploy/server.key", "tests/server.key"), f"tok_{CHANCE}\n"))
    found = {item.trace.place.path: item.confidence for item in detect(engine, tree).candidates}
    assert found == {"README.md": Precision.HIGH, "deploy/server.key": None, "tests/server.key": Precision.LOW}


def test_a_github_token_with_the_right_checksum_is_trusted_in_tests_too(engine: SecretsEngine, make_tree: TreeMaker) -> None:
    token = "ghp_" + "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ" + "0mLq17"
    (candidate,) = detect(engine, make_tree({"tests/test_api.py": f'TOKEN = "{token}"\n'})).candidates
    assert candidate.rule_id == "secret-github-token"
    assert candidate.confidence is None


def test_a_key_block_is_spanned_over_all_its_lines(engine: SecretsEngine, make_tree: TreeMaker) -> None:
    block = "-----BEGIN PRIVATE " + "KEY-----\nMC4CAQAwBQYDK2VwBCIEIq7RfZ2mXk9TbWv4Lc8Nyq7RfZ2mXk9TbWv4Lc8Nyq7R\n-----END PRIVATE " + "KEY-----"
    snapshot = make_tree({"key.pem": f"# mine\n{block}\n"})
    (candidate,) = detect(engine, snapshot).candidates
    assert candidate.trace.place == Span("key.pem", 2, 1, 4, 26)
    assert text_at(snapshot, candidate.trace.place) == block


def test_a_rule_for_some_files_or_contexts_keeps_to_them(make_rule: RuleMaker, make_tree: TreeMaker) -> None:
    content = f"shop tok_{CHANCE}\n"
    snapshot = make_tree({"a.env": content, "a.py": content, "b/A.ENV": content})
    by_name = SecretsEngine([make_rule({**MADE_UP, "files": ["*.env"]})])
    assert [item.trace.place.path for item in detect(by_name, snapshot).candidates] == ["a.env", "b/A.ENV"]
    by_context = SecretsEngine([make_rule({**MADE_UP, "context": ["shop"]}), make_rule({**MADE_UP, "context": ["bank"]}, "secret-other")])
    assert {item.rule_id for item in detect(by_context, snapshot).candidates} == {"secret-made-up"}


def test_a_match_may_start_before_its_keyword(make_rule: RuleMaker, make_tree: TreeMaker) -> None:
    engine = SecretsEngine([make_rule({"pattern": r"(?P<secret>[0-9]{2,3}:tok)", "keywords": [":tok"], "offsets": [2, 3]})])
    snapshot = make_tree({"a.txt": ":tok 1:tok 12:tok 123:tok\n"})
    assert [text_at(snapshot, item.trace.place) for item in detect(engine, snapshot).candidates] == ["12:tok", "23:tok"]


def test_a_file_with_too_many_secrets_lists_the_most_trusted_and_says_so(make_rule: RuleMaker, make_tree: TreeMaker) -> None:
    sure = make_rule({"pattern": r"sure_(?P<secret>[0-9]{8})", "keywords": ["sure_"]}, "secret-sure", Precision.VERY_HIGH)
    noise = make_rule({"pattern": r"noise_(?P<secret>[0-9]{8})", "keywords": ["noise_"]}, "secret-noise", Precision.LOW)
    lines = [f"noise_{number:08}" for number in range(150)] + ["sure_12345678"]
    detection = detect(SecretsEngine([noise, sure]), make_tree({"a.txt": "\n".join(lines)}))
    assert len(detection.candidates) == 100
    assert detection.candidates[-1].rule_id == "secret-sure"
    (problem,) = detection.problems
    assert (problem.subject, problem.message) == ("a.txt", "151 places look like secrets; the 100 most trusted are listed")
    assert not detection.run.complete


def test_a_file_that_became_a_link_or_went_away_is_told(make_rule: RuleMaker, make_tree: TreeMaker, tmp_path: Path) -> None:
    snapshot = make_tree({"a.txt": f"tok_{CHANCE}", "b.txt": f"tok_{CHANCE}", "c/d.txt": f"tok_{CHANCE}", "e.txt": f"tok_{CHANCE}"})
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "d.txt").write_text(f"tok_{CHANCE}")
    (tmp_path / "a.txt").unlink()
    (tmp_path / "b.txt").unlink()
    (tmp_path / "b.txt").symlink_to(outside / "d.txt")
    (tmp_path / "c" / "d.txt").unlink()
    (tmp_path / "c").rmdir()
    (tmp_path / "c").symlink_to(outside)
    detection = detect(SecretsEngine([make_rule(MADE_UP)]), snapshot)
    assert [item.trace.place.path for item in detection.candidates] == ["e.txt"]
    assert [(item.path, item.reason) for item in detection.skipped] == [(path, Skip.UNREADABLE) for path in ("a.txt", "b.txt", "c/d.txt")]
    assert not detection.run.complete
    assert detection.run.files == 1


def test_a_file_that_became_a_pipe_does_not_block(make_rule: RuleMaker, make_tree: TreeMaker, tmp_path: Path) -> None:
    snapshot = make_tree({"a.txt": "tok_"})
    (tmp_path / "a.txt").unlink()
    os.mkfifo(tmp_path / "a.txt")
    (skipped,) = detect(SecretsEngine([make_rule(MADE_UP)]), snapshot).skipped
    assert skipped.path == "a.txt"


def test_the_run_says_how_many_files_and_rules_there_were(engine: SecretsEngine, make_tree: TreeMaker) -> None:
    run = detect(engine, make_tree({"a.py": "x = 1\n", "b.py": ""})).run
    assert (run.engine, run.files, run.rules, run.complete) == ("secrets", 2, len(engine.rules), True)
    assert [rule.id for rule in engine.rules] == sorted(rule.id for rule in engine.rules)


def test_the_order_of_the_rules_given_changes_nothing(make_rule: RuleMaker, make_tree: TreeMaker) -> None:
    rules = [make_rule(MADE_UP, f"secret-{name}") for name in ("a", "b", "c")]
    snapshot = make_tree({"a.txt": f"tok_{CHANCE} tok_{CHANCE}\n"})
    assert detect(SecretsEngine(rules), snapshot) == detect(SecretsEngine(rules[::-1]), snapshot)


def test_nothing_in_the_engine_can_reach_the_network_or_start_a_process() -> None:
    allowed = {"ast", "base64", "binascii", "bisect", "collections", "dataclasses", "enum", "fnmatch", "json", "math", "re", "scanner", "string"}
    allowed |= {"__future__", "typing", "weakref", "zlib"}
    (folder,) = scanner.engines.secrets.__path__
    imported = set()
    for path in Path(folder).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    assert imported <= allowed
