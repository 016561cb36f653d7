"""The scan cache as a whole: what a scan says does not depend on what was remembered, whatever happened in between."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.app.cache import CLASSES, MAX_BYTES, open_cache
from scanner.app.cache_choice import STORE, CacheChoice
from scanner.app.config import Environment, Flags, configure
from scanner.app.own_code import own_code
from scanner.app.wire import everything_of, prepare
from scanner.executors.inline import InlineExecutor
from scanner.pipeline.scan import run_scan
from scanner.ports.observer import SilentObserver
from scanner.stores.results import StoredResults
from scanner.stores.sqlite import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scanner.app.wire import Prepared
    from scanner.core.report import ScanReport
    from scanner.ports.cache import ScanCache
    from scanner.ports.executor import Outcome

J = TypeVar("J")
R = TypeVar("R")

PROGRAM = {
    "shop/__init__.py": "",
    "shop/views.py": "from flask import request\nfrom shop.db import find\n\n\ndef view():\n    return find(request.args['q'])\n",
    "shop/db.py": "import sqlite3\nfrom shop.clean import clean\n\n\ndef find(name):\n    sqlite3.connect('x').execute('select ' + clean(name))\n",
    "shop/clean.py": "def clean(text):\n    return text\n",
    "web/server.js": "const run = require('./run');\nrequire('express')().get('/', (req, res) => run.go(req.query.cmd));\n",
    "web/run.js": "const cp = require('child_process');\nexports.go = (text) => cp.exec('ls ' + text);\n",
    "package.json": '{"name": "web", "main": "web/server.js"}\n',
    "notes.md": "Nothing to see here.\n",
}
LINES = (
    "def clean(text):\n    return int(text)\n",
    "def clean(text):\n    return text\n",
    "def find(name):\n    import os\n    os.system(name)\n",
    "# casemate: ignore[python-sql-injection] it is a test\n",
    "exports.go = (text) => text;\n",
    "def broken(:\n",
    "password = 'hunter2-Zq8vK1pLx93mN'\n",
    "import hashlib\nhashlib.md5(b'x')\n",
    "",
)
NAMES = (*PROGRAM, "shop/more.py", "web/more.js", "test_shop.py", "tsconfig.json")
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from([*LINES, *PROGRAM.values()])),
        st.tuples(st.just("add"), st.sampled_from(NAMES), st.sampled_from(LINES)),
        st.tuples(st.just("put before"), st.sampled_from(NAMES), st.sampled_from(LINES)),
        st.tuples(st.just("remove"), st.sampled_from(NAMES), st.just("")),
    ),
    max_size=4,
)


def lay_out(root: Path) -> None:
    for name, text in PROGRAM.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def edit(root: Path, how: str, name: str, text: str) -> None:
    path = root / name
    before = path.read_text() if path.exists() else ""
    if how == "remove":
        path.unlink(missing_ok=True)
    else:
        path.write_text({"write": text, "add": before + text, "put before": text + before}[how])


def ready(root: Path, cache: ScanCache | None = None) -> Prepared:
    config = configure(Flags(targets=(root,), isolated=True, engines=("taint", "secrets", "injection")), Environment.read({}), root)
    made = prepare(config, SilentObserver(), *([cache] if cache else []))
    return made._replace(tools=replace(made.tools, executor=InlineExecutor()))


def scanned(made: Prepared) -> ScanReport:
    return run_scan(made.tools, everything_of(made.policy))


def choice(directory: Path, *, given: str = "a key", trusted: bool = True) -> CacheChoice:
    return CacheChoice(directory, None, given, trusted=trusted)


@settings(max_examples=15)
@given(EDITS)
def test_after_any_edits_a_scan_that_remembers_says_what_one_says_that_does_not(edits: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "tree"
        lay_out(root)
        with open_cache(choice(Path(scratch) / "cache")) as cache:
            cold, warm = ready(root), ready(root, cache.results)
            for step in [None, *edits]:
                if step is not None:
                    edit(root, *step)
                said = scanned(cold)
                assert scanned(warm) == said
                assert scanned(warm) == said
        assert cache.told() == ()


def test_a_second_scan_finds_everything_in_the_cache(tmp_path: Path) -> None:
    root = tmp_path / "tree"
    lay_out(root)
    with open_cache(choice(tmp_path / "cache")) as cache:
        first = scanned(ready(root, cache.results))
        made = ready(root, cache.results)
        nobody = replace(made.tools, executor=Nobody())
        assert run_scan(nobody, everything_of(made.policy)) == first
    assert {finding.rule.id for finding in first.findings} >= {"python-sql-injection", "javascript-command-injection"}


class Nobody(InlineExecutor):
    """An executor that has nothing to do."""

    def start(self, function: Callable[[], R]) -> Callable[[], Outcome[R]]:
        raise AssertionError(function)

    def map(self, function: Callable[[J], R], jobs: Sequence[J], *, seconds: float) -> Iterator[Outcome[R]]:  # noqa: ARG002 -- the port's signature
        assert not jobs
        yield from ()


def test_a_flow_changes_when_the_file_in_its_middle_does(tmp_path: Path) -> None:
    root = tmp_path / "tree"
    lay_out(root)
    with open_cache(choice(tmp_path / "cache")) as cache:
        made = ready(root, cache.results)
        before = {finding.rule.id for finding in scanned(made).findings}
        edit(root, "write", "shop/clean.py", LINES[0])
        after = {finding.rule.id for finding in scanned(made).findings}
    assert before - after == {"python-sql-injection"}


@pytest.mark.parametrize("damage", ["cut", "overwritten", "a directory", "unwritable"])
def test_a_cache_that_is_broken_costs_time_and_nothing_else(tmp_path: Path, damage: str) -> None:
    root, place = tmp_path / "tree", tmp_path / "cache"
    lay_out(root)
    with open_cache(choice(place)) as cache:
        said = scanned(ready(root, cache.results))
    file = place / STORE
    if damage == "cut":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif damage == "overwritten":
        file.write_bytes(b"\xff" * 5000)
    else:
        shutil.rmtree(place)
        place.mkdir() if damage == "a directory" else place.write_text("a file")
        if damage == "a directory":
            file.mkdir()
    with open_cache(choice(place)) as cache:
        assert scanned(ready(root, cache.results)) == said
        assert len(cache.told()) <= 1
    assert damage == "cut" or len(cache.told()) == 1


def test_a_run_for_a_change_leaves_nothing_that_other_runs_believe(tmp_path: Path) -> None:
    root = tmp_path / "tree"
    lay_out(root)
    with open_cache(choice(tmp_path / "cache", trusted=False)) as cache:
        said = scanned(ready(root, cache.results))
    with SqliteStore(tmp_path / "cache" / STORE, MAX_BYTES) as store:
        hostile = StoredResults(store, CLASSES, own_code(), secret=b"a key of a fork's", trusted=True)
        hostile.remember("detections", {"0" * 40: "whatever"})
    with open_cache(choice(tmp_path / "cache")) as cache:
        made = ready(root, cache.results)
        with pytest.raises(AssertionError):  # it does all the work again
            run_scan(replace(made.tools, executor=Nobody()), everything_of(made.policy))
        assert scanned(made) == said


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    held = CacheChoice(tmp_path / "cache", tmp_path / "state")
    assert held.secret() == held.secret() is not None
    assert (tmp_path / "state" / "cache.key").stat().st_mode & 0o777 == 0o600
    assert CacheChoice(tmp_path / "cache", tmp_path / "other").secret() != held.secret()
    assert choice(tmp_path).secret() == choice(tmp_path / "elsewhere").secret() != choice(tmp_path, given="another").secret()


def test_without_a_place_for_a_key_nothing_is_remembered_and_that_is_said(tmp_path: Path) -> None:
    with open_cache(CacheChoice(tmp_path / "cache", None)) as cache:
        cache.results.remember("shelf", {"key": 1})
        assert cache.results.recall("shelf", ["key"]) == {}
    assert len(cache.told()) == 1
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(("name", "value", "trusted"), [("GITHUB_EVENT_NAME", "pull_request", False), ("GITHUB_EVENT_NAME", "push", True),
                                                       ("CI_MERGE_REQUEST_IID", "12", False)])  # fmt: skip
def test_where_a_build_service_runs_a_proposed_change_the_cache_knows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, trusted: bool
) -> None:
    for other in ("GITHUB_EVENT_NAME", "CI_MERGE_REQUEST_IID"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(name, value)
    config = configure(Flags(targets=(tmp_path,), cache=True), Environment.read({}), tmp_path)
    assert config.cache is not None
    assert config.cache.trusted is trusted


def test_programs_that_embed_the_scanner_have_no_cache_unless_they_ask(tmp_path: Path) -> None:
    assert configure(Flags(targets=(tmp_path,)), Environment.read({}), tmp_path).cache is None
