from __future__ import annotations

import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.reporters.uris import path_to_uri, uri_to_path

REFERENCE = re.compile(r"(?:[A-Za-z0-9._~/!$&'()*+,;=@-]|%[0-9A-F]{2})*")


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("app/main.py", "app/main.py"),
        ("app/[id]/page (1).tsx", "app/%5Bid%5D/page%20(1).tsx"),
        ("a:b.py", "a%3Ab.py"),
        ("100%.py", "100%25.py"),
        ("was?#.py", "was%3F%23.py"),
        ("größe.py", "gr%C3%B6%C3%9Fe.py"),
        (os.fsdecode(b"caf\xe9.py"), "caf%E9.py"),
        ("back\\slash.py", "back%5Cslash.py"),
        ("\ud800.py", "%EF%BF%BD.py"),
    ],
)
def test_paths_are_percent_encoded(path: str, uri: str) -> None:
    assert path_to_uri(path) == uri


@given(st.binary())
def test_any_name_on_disk_comes_back_byte_for_byte(name: bytes) -> None:
    path = name.decode("utf-8", "surrogateescape")
    uri = path_to_uri(path)
    assert REFERENCE.fullmatch(uri)
    assert uri_to_path(uri) == path
