from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.core.decision import Decision
from scanner.core.errors import ConfigError
from scanner.stores.decisions import read_decisions, write_decisions

ONE = Decision("0" * 32, "some-rule", "a.py", "Shop.pay", "an internal tool", "ops", date(2026, 1, 2), "1" * 32, date(2027, 1, 1))
ROW = """\
version: 1
decisions:
  - fingerprint: "00000000000000000000000000000000"
    rule: some-rule
    path: a.py
    reason: an internal tool
    owner: ops
    decided: 2026-01-02
    code: "11111111111111111111111111111111"
"""

words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn", "Co"]), min_size=1).filter(str.strip)


@given(words, words, words, st.dates(), st.none() | st.dates())
def test_what_is_written_is_read_again(reason: str, owner: str, path: str, decided: date, expires: date | None) -> None:
    made = replace(ONE, reason=reason, owner=owner, path=path, decided=decided, expires=expires)
    (read,) = read_decisions(write_decisions([made]).encode(), "triage.yaml")
    assert replace(read, place=None) == made


def test_a_hash_that_looks_like_a_number_stays_text() -> None:
    made = replace(ONE, fingerprint="1" * 15 + "e" + "2" * 16, code="7" * 32)
    assert replace(read_decisions(write_decisions([made]).encode(), "triage.yaml")[0], place=None) == made


def test_the_file_is_sorted_so_that_two_additions_seldom_meet() -> None:
    others = [replace(ONE, fingerprint=digit * 32, path=path) for digit, path in (("2", "b.py"), ("1", "b.py"), ("3", "a.py"))]
    assert write_decisions(others) == write_decisions(reversed(others))


def test_a_decision_knows_the_line_it_stands_on() -> None:
    (read,) = read_decisions(ROW.encode(), ".casemate/triage.yaml")
    assert read.place is not None
    assert (read.place.path, read.place.start_line, read.symbol, read.expires) == (".casemate/triage.yaml", 3, "", None)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("version: 1", "version: 2", "triage.yaml:1: expected `version: 1` and a list of `decisions`"),
        ("owner: ops", "owner: 7", "triage.yaml:3: owner: expected text"),
        ("    owner: ops\n", "", "triage.yaml:3: owner: expected text"),
        ("reason: an internal tool", 'reason: " "', "triage.yaml:3: reason: expected text"),
        ("decided: 2026-01-02", "decided: yesterday", "triage.yaml:3: decided: expected a date like 2026-12-31"),
        ("owner: ops", "owner: ops\n    until: never", "triage.yaml:3: there is no key 'until'"),
        ("1111111", "zzzzzzz", "triage.yaml:3: code: expected 32 hexadecimal digits"),
    ],
)
def test_each_mistake_is_one_line_with_its_place(old: str, new: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_decisions(ROW.replace(old, new, 1).encode(), "triage.yaml")
    assert str(caught.value) == said


def test_a_finding_is_decided_about_once() -> None:
    twice = ROW + ROW.partition("decisions:\n")[2]
    with pytest.raises(ConfigError, match=r"triage\.yaml:10: 0{32} is decided about twice"):
        read_decisions(twice.encode(), "triage.yaml")
