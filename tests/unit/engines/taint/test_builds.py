"""Which files of a snapshot are marked as builds, and which only look like one."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from scanner.engines.taint import builds
from scanner.engines.taint.builds import Builds
from scanner.executors.inline import InlineExecutor
from scanner.sources.directory import DirectorySource
from scanner.syntax.languages import detect_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from scanner.ports.executor import J, Outcome, R

    Mark = Callable[[Mapping[str, str]], dict[str, str]]

HEAD = '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n'
TAIL = "//# sourceMappingURL=it.js.map"
RUN_TS = "import { exec } from 'child_process';\nexport function run(x: string) { exec('ls ' + x); }\n"
RUN_JS = (
    HEAD
    + "exports.run = run;\nconst child_process_1 = require(\"child_process\");\nfunction run(x) {\n    (0, child_process_1.exec)('ls ' + x);\n}\n"
)
APP_TS = "import { run } from './run';\nexport function app(req: any) { run(req.query.x); }\n"
APP_JS = HEAD + 'exports.app = app;\nconst run_1 = require("./run");\nfunction app(req) { (0, run_1.run)(req.query.x); }\n'
RUN_ESM = "import { exec } from 'child_process';\nexport function run(x) {\n    exec('ls ' + x);\n}\n"
APP_ESM = 'import { run } from "./run.js";\nexport function app(req) { run(req.query.x); }\n'
BOTH = {"src/app.ts": APP_TS, "src/run.ts": RUN_TS, "lib/app.js": APP_JS, "lib/run.js": RUN_JS}
TWINS = {"cjs/app.js": APP_JS + TAIL, "cjs/run.js": RUN_JS + TAIL, "esm/app.js": APP_ESM + TAIL, "esm/run.js": RUN_ESM + TAIL}


@pytest.fixture
def mark(tmp_path: Path) -> Mark:
    def marked(files: Mapping[str, str]) -> dict[str, str]:
        for path, code in files.items():
            place = tmp_path / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(dedent(code), "utf-8")
        with DirectorySource(tmp_path, (), detect_language).open() as snapshot:
            return {file.path: file.original for file in Builds(InlineExecutor())(snapshot).files if file.original}

    return marked


def test_what_is_compiled_from_a_source_that_is_there_is_a_build_of_it(mark: Mark) -> None:
    assert mark(BOTH) == {"lib/app.js": "src/app.ts", "lib/run.js": "src/run.ts"}


def test_a_source_map_that_says_so_makes_no_build(mark: Mark) -> None:
    lying = {"lib/run.js": RUN_JS.replace("'ls '", "'rm '") + TAIL, "lib/it.js.map": '{"version":3,"sources":["../src/run.ts"],"mappings":""}'}
    assert mark({**BOTH, **lying}) == {}  # and what imports it is none either: what leads through it begins there


def test_one_file_that_differs_takes_out_what_names_it_and_nothing_else(mark: Mark) -> None:
    other = {"src/other.ts": "export const a = 1;\n", "lib/other.js": HEAD + "exports.a = void 0;\nexports.a = 1;\n"}
    assert mark({**BOTH, **other, "lib/run.js": RUN_JS.replace("x)", "y)")}) == {"lib/other.js": "src/other.ts"}


def test_a_build_that_names_a_file_which_its_source_does_not_have_is_none(mark: Mark) -> None:
    assert "lib/app.js" not in mark({name: code for name, code in BOTH.items() if name != "src/run.ts"})


def test_what_shares_a_file_with_its_source_is_a_build(mark: Mark) -> None:
    shared = {
        "src/a.ts": "import { s } from '../s';\ns();\n",
        "lib/a.js": HEAD + 'const s_1 = require("../s");\n(0, s_1.s)();\n',
        "s.js": "exports.s = 1;\n",
    }
    assert mark(shared) == {"lib/a.js": "src/a.ts"}


@pytest.mark.parametrize("folder", ["test", "src/__tests__"])
def test_a_test_is_nobodys_original_because_tests_are_not_followed(mark: Mark, folder: str) -> None:
    assert mark({f"{folder}/run.ts": RUN_TS, "lib/run.js": RUN_JS}) == {}


def test_a_tool_is_no_original_of_what_others_may_import(mark: Mark) -> None:
    assert mark({"scripts/run.ts": RUN_TS, "lib/run.js": RUN_JS}) == {}


def test_declarations_are_no_originals(mark: Mark) -> None:
    assert mark({"src/run.d.ts": "export declare function run(x: string): void;\n", "lib/run.js": RUN_JS}) == {}


def test_of_two_builds_that_of_main_is_analysed(mark: Mark) -> None:
    assert mark({**TWINS, "package.json": '{"main": "./esm/app.js"}'}) == {"cjs/app.js": "esm/app.js", "cjs/run.js": "esm/run.js"}
    assert mark({**TWINS, "package.json": '{"main": "./cjs/app.js"}'}) == {"esm/app.js": "cjs/app.js", "esm/run.js": "cjs/run.js"}
    assert mark({**TWINS, "package.json": "{}"}) == {"esm/app.js": "cjs/app.js", "esm/run.js": "cjs/run.js"}


def test_copies_that_do_not_say_that_they_are_made_are_both_analysed(mark: Mark) -> None:
    assert mark({path: code.removesuffix(TAIL) for path, code in TWINS.items()}) == {}
    assert mark({**TWINS, "esm/app.js": APP_ESM, "esm/run.js": RUN_ESM}) == {}


def test_three_builds_have_one_that_is_analysed(mark: Mark) -> None:
    assert mark({**TWINS, "es5/app.js": APP_JS + TAIL, "es5/run.js": RUN_JS + TAIL}) == {
        **{f"{folder}/app.js": "cjs/app.js" for folder in ("es5", "esm")},
        **{f"{folder}/run.js": "cjs/run.js" for folder in ("es5", "esm")},
    }


@pytest.mark.parametrize("nested", ["a/a/run.js", "a/a/a/run.js", "b/a/run.js"])
def test_files_are_never_left_out_for_each_other(mark: Mark, nested: str) -> None:
    files = dict.fromkeys(("run.js", "a/run.js", "b/run.js", "a/b/run.js", nested), RUN_JS + TAIL)
    found = mark(files)
    assert set(found.values()) <= set(files) - set(found)


def test_a_circle_of_modules_is_left_out_whole_or_not_at_all(mark: Mark) -> None:
    circle = {
        "src/a.ts": "import { b } from './b';\nexport function a() { b(); }\n",
        "src/b.ts": "import { a } from './a';\nexport function b() { a(); }\n",
        "lib/a.js": HEAD + 'exports.a = a;\nconst b_1 = require("./b");\nfunction a() { (0, b_1.b)(); }\n',
        "lib/b.js": HEAD + 'exports.b = b;\nconst a_1 = require("./a");\nfunction b() { (0, a_1.a)(); }\n',
    }
    assert set(mark(circle)) == {"lib/a.js", "lib/b.js"}
    assert mark({**circle, "lib/b.js": circle["lib/b.js"] + "eval(process.env.X);\n"}) == {}


def test_a_folder_of_which_little_is_understood_is_not_compared_whole(mark: Mark, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    class Counting(InlineExecutor):
        def map(self, function: Callable[[J], R], jobs: Sequence[J], *, seconds: float) -> Iterator[Outcome[R]]:
            asked.extend(jobs)
            return super().map(function, jobs, seconds=seconds)

    monkeypatch.setattr(builds, "_SAMPLE", 2)
    monkeypatch.setitem(globals(), "InlineExecutor", Counting)
    files = {f"src/m{number}.ts": f"export const a = {number};\n" for number in range(20)}
    made = {f"lib/m{number}.js": HEAD + "exports.a = compiled(otherwise);\n" for number in range(20)}
    assert mark({**files, **made}) == {}
    assert len(asked) == 2


def test_a_file_that_changed_since_it_was_listed_is_no_build(tmp_path: Path) -> None:
    for path, code in BOTH.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(code, "utf-8")
    with DirectorySource(tmp_path, (), detect_language).open() as snapshot:
        listed = tuple(replace(file, digest="0" * 64) if file.path == "lib/run.js" else file for file in snapshot.files)
        assert not any(file.original for file in Builds(InlineExecutor())(replace(snapshot, files=listed)).files)
