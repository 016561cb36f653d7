"""Who a finding is."""

from __future__ import annotations

from scanner.pipeline.fingerprint import fingerprints, without

_ONE = ("CWE-89", "a.py", "Shop.find", ("db", ".", "execute", "(", "q", ")"))


def test_equal_findings_are_told_apart_by_their_order_alone() -> None:
    first, second = fingerprints([_ONE, _ONE])
    assert first != second
    assert fingerprints([_ONE]) == (first,)


def test_every_part_counts() -> None:
    changed = [("CWE-78", *_ONE[1:]), (_ONE[0], "b.py", *_ONE[2:]), (*_ONE[:2], "Shop.get", _ONE[3]), (*_ONE[:3], ("db",))]
    assert len({*fingerprints([_ONE]), *fingerprints(changed)}) == 5


def test_a_fingerprint_is_the_same_tomorrow() -> None:
    assert fingerprints([_ONE]) == ("3d0c0451f91d0fbc854a303bc733e25d",)


def test_names_that_are_not_utf8_have_fingerprints_too() -> None:
    assert len(fingerprints([("CWE-89", "\udcff.py", "", ())])[0]) == 32


def test_a_credential_is_no_part_of_a_fingerprint() -> None:
    one, other = ((("PASSWORD", "=", '"', secret, '"')) for secret in ("hunter2hunter2", "correct-horse"))
    assert without(one, frozenset({"hunter2hunter2"})) == without(other, frozenset({"correct-horse"}))
    assert without(("a", "=", "b"), frozenset({"a"})) == ("a", "=", "b"), "short pieces are syntax"
