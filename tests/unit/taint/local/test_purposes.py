"""What a hash is for is asked of the function around it, and that is not gone through for each of thousands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.syntax.parse import Parsed, parse
from scanner.taint.compile.load import load_taint
from scanner.taint.local import purposes
from scanner.taint.local.analysis import analyse_module
from scanner.taint.lower.javascript.module import lower_module

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.taint import program
    from scanner.taint.facts import FileFacts
    from scanner.taint.knowledge import Knowledge

_RULES = Path(__file__).parents[4] / "rules"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_taint(("javascript",), [_RULES]).knowledge["javascript"]


def _analysed(knowledge: Knowledge, body: str) -> FileFacts:
    code = f"const crypto = require('crypto');\nfunction keep(db, rows) {{\n{body}}}\n"
    parsed = parse("javascript", code.encode())
    assert isinstance(parsed, Parsed)
    lowered = lower_module(parsed.root, parsed.data, path="shop.js", name="shop", package=False, dialect="javascript")
    return analyse_module(lowered, knowledge)


def _unsure(facts: FileFacts) -> list[bool]:
    return [site.unsure for site in facts.misuses if site.rule_id == "javascript-weak-hash"]


def test_a_hash_is_doubted_where_a_later_call_gives_it_nothing_of_weight(knowledge: Knowledge) -> None:
    first = "const one = crypto.createHash('md5');\none.update(rows.title);\n"
    second = "const two = crypto.createHash('md5');\ntwo.update(db.password);\n"
    assert _unsure(_analysed(knowledge, first + second)) == [True, False]


def test_a_function_full_of_hashes_is_gone_through_for_the_first_ones_only(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    times = 0
    through = purposes._all

    def counted(body: program.Block) -> Iterator[object]:
        nonlocal times
        times += 1
        return through(body)

    monkeypatch.setattr(purposes, "_all", counted)
    facts = _analysed(knowledge, "".join(f"const h{n} = crypto.createHash('md5');\nh{n}.update(rows.title);\n" for n in range(60)))
    unsure = _unsure(facts)
    assert len(unsure) == 60  # all are told
    assert 10 < times < 30
    assert unsure == [True] * times + [False] * (60 - times)  # the others as where nothing shows
