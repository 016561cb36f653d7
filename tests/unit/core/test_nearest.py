"""What somebody may have meant."""

from __future__ import annotations

from scanner.core.nearest import nearest


def test_the_likest_comes_first_and_what_is_too_far_not_at_all() -> None:
    known = ["python", "pythons", "ruby"]
    assert nearest("pyton", known) == ["python"]
    assert nearest("pyton", iter(known), most=2) == ["python", "pythons"]
    assert nearest("pyton", known, cutoff=0.95) == []
