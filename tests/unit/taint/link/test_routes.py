"""What a route's pattern lets through of its parameters."""

from __future__ import annotations

import pytest

from scanner.taint.kinds import PATHS, kind_bits
from scanner.taint.link.routes import let_through

BITS = kind_bits()
PATH_MASK = sum(BITS[kind] for kind in PATHS)


@pytest.mark.parametrize(
    "pattern", ["/x/<name>", "/x/<string:name>", "/x/<string(length=2):name>", "/x/<str:name>", "/x/{name}", "/x/{name:str}", r"^x/(?P<name>[^/]+)/$"]
)
def test_a_segment_of_a_path_leaves_no_directory(pattern: str) -> None:
    assert let_through([pattern], BITS) == {"name": PATH_MASK}


@pytest.mark.parametrize("pattern", ["/x/<path:name>", "/x/{name:path}", r"^x/(?P<name>.*)$", "/x/<own:name>", r"^x/(?P<name>[^/"])
def test_what_may_be_anything_stays_dangerous(pattern: str) -> None:
    assert let_through([pattern], BITS) == {"name": 0}


@pytest.mark.parametrize("pattern", ["/x/<int:name>", "/x/{name:uuid}", "/x/<any(a, b):name>"])
def test_what_is_parsed_harms_nothing(pattern: str) -> None:
    assert let_through([pattern], BITS) == {"name": -1}


def test_a_closed_group_is_judged_by_its_letters() -> None:
    safe = let_through([r"^x/(?P<kind>[a-z]+)/(?P<rest>(a|b\))[)]*)$"], BITS)
    assert safe["kind"] & BITS["command"]
    assert not safe["rest"] & BITS["command"]


def test_several_routes_of_one_handler_are_safe_for_what_all_are() -> None:
    assert let_through(["/x/<name>", "/y/<path:name>"], BITS) == {"name": 0}


def test_what_is_no_text_says_nothing() -> None:
    assert let_through([None, 3, b"/x/<name>"], BITS) == {}
