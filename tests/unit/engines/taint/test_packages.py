"""What specifiers mean, by the files and settings of a repository."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scanner.engines.taint.packages import module_name, read_layout
from scanner.taint.facts import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@pytest.fixture
def resolve(tmp_path: Path) -> Callable[[Mapping[str, object], str, str], str]:
    """Files, the importing one, a specifier -> the path of the file that it means, or the name of the library."""

    def run(files: Mapping[str, object], path: str, specifier: str) -> str:
        for name, content in files.items():
            place = tmp_path / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content if isinstance(content, str) else json.dumps(content))
        programs = [name for name in files if name.endswith((".js", ".ts", ".tsx", ".jsx", ".mjs", ".cjs", ".mts"))]
        found = read_layout(str(tmp_path), list(files), programs).resolver(path)(specifier)
        known = {module_name(name) + PUBLIC: name for name in programs}
        return known.get(found, found)

    return run


@pytest.mark.parametrize(
    ("specifier", "found"),
    [
        ("./db", "src/db.ts"),
        ("./db.js", "src/db.ts"),
        ("./view", "src/view.tsx"),
        ("./lib", "src/lib/index.js"),
        ("../shared/a.mjs", "shared/a.mts"),
        ("./old.cjs", "src/old.cjs"),
        (".", "src/index.ts"),
        ("./data.user", "src/data.user.ts"),
    ],
)
def test_a_relative_specifier_is_completed(resolve: Callable[..., str], specifier: str, found: str) -> None:
    paths = ["src/db.ts", "src/view.tsx", "src/lib/index.js", "shared/a.mts", "src/old.cjs", "src/index.ts", "src/data.user.ts", "src/app.ts"]
    assert resolve(dict.fromkeys(paths, ""), "src/app.ts", specifier) == found


@pytest.mark.parametrize("specifier", ["../../etc/passwd", "./missing"])
def test_what_is_not_there_is_no_module_of_the_program(resolve: Callable[..., str], specifier: str) -> None:
    found = resolve({"src/app.ts": ""}, "src/app.ts", specifier)
    assert not found.endswith(PUBLIC)
    assert "." not in found.removeprefix("/")


@pytest.mark.parametrize(
    ("specifier", "found"), [("node:fs", "fs"), ("fs/promises", "fs/promises"), ("socket.io", "socket.io"), ("@nestjs/common", "@nestjs/common")]
)
def test_a_library_keeps_its_name(resolve: Callable[..., str], specifier: str, found: str) -> None:
    assert resolve({"a.js": ""}, "a.js", specifier) == found


def test_a_package_of_the_repository_is_found_by_its_name(resolve: Callable[..., str]) -> None:
    files = {
        "packages/db/package.json": {
            "name": "@shop/db",
            "main": "./dist/index.js",
            "exports": {".": {"import": "./dist/index.mjs"}, "./sub/*": "./src/sub/*.ts"},
        },
        "packages/db/src/index.ts": "",
        "packages/db/src/sub/one.ts": "",
        "packages/web/app.ts": "",
    }
    assert resolve(files, "packages/web/app.ts", "@shop/db/sub/one") == "packages/db/src/sub/one.ts"
    assert resolve(files, "packages/web/app.ts", "@shop/db") == "packages/db/src/index.ts"


def test_a_main_file_is_completed_too(resolve: Callable[..., str]) -> None:
    files = {"lib/package.json": {"name": "lib", "main": "core"}, "lib/core.js": "", "app.js": ""}
    assert resolve(files, "app.js", "lib") == "lib/core.js"
    assert resolve(files, "app.js", "./lib") == "lib/core.js"


def test_names_with_a_hash_are_the_package_s_own(resolve: Callable[..., str]) -> None:
    files = {
        "package.json": {"imports": {"#db": {"node": "./src/db.js"}, "#lib/*": "./src/lib/*.js"}},
        "src/db.js": "",
        "src/lib/a.js": "",
        "src/app.js": "",
    }
    assert resolve(files, "src/app.js", "#db") == "src/db.js"
    assert resolve(files, "src/app.js", "#lib/a") == "src/lib/a.js"


def test_paths_of_the_settings_count_the_most_exact_first(resolve: Callable[..., str]) -> None:
    files = {
        "tsconfig.base.json": '{"compilerOptions": {"baseUrl": ".", /* aliases */ "paths": {"@/*": ["src/*"], "@/db": ["src/db/main.ts"],},}}',
        "tsconfig.json": {"extends": "./tsconfig.base"},
        "src/db/main.ts": "",
        "src/util.ts": "",
        "app.ts": "",
    }
    assert resolve(files, "app.ts", "@/util") == "src/util.ts"
    assert resolve(files, "app.ts", "@/db") == "src/db/main.ts"
    assert resolve(files, "app.ts", "src/util") == "src/util.ts"
    assert resolve(files, "app.ts", "react") == "react"


def test_settings_that_lead_out_of_the_root_are_left_alone(resolve: Callable[..., str]) -> None:
    files = {
        "tsconfig.json": {"compilerOptions": {"baseUrl": "../..", "paths": {"@/*": ["../../*"]}}},
        "package.json": {"name": "p", "main": "../../x.js", "exports": {".": "../x.js"}},
        "app.ts": "",
    }
    assert resolve(files, "app.ts", "@/etc") == "@/etc"
    assert resolve(files, "app.ts", "p") == "p"


@pytest.mark.parametrize(
    "content", ["[", "[1]", '{"exports": ' + '{"a":' * 5000 + "1" + "}" * 5001, "null", '{"name": 1, "exports": [[["./a.js"]]]}']
)
def test_hostile_settings_are_none(resolve: Callable[..., str], content: str) -> None:
    assert resolve({"package.json": content, "tsconfig.json": content, "a.js": ""}, "a.js", "p") == "p"


@pytest.fixture
def reached(tmp_path: Path) -> Callable[[Mapping[str, object]], dict[str, str]]:
    """Files -> how others come to each program file."""

    def run(files: Mapping[str, object]) -> dict[str, str]:
        for name, content in files.items():
            place = tmp_path / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content if isinstance(content, str) else json.dumps(content))
        programs = [name for name in files if name.endswith((".js", ".ts"))]
        return {path: reach.name for path, reach in sorted(read_layout(str(tmp_path), list(files), programs).reached().items())}

    return run


def test_others_begin_where_a_package_says(reached: Callable[..., dict[str, str]]) -> None:
    files = {
        "package.json": {"name": "p", "main": "./lib/main", "exports": {"./sub/*": "./sub/*.js"}},
        "lib/main.js": "",
        "lib/own.js": "",
        "sub/a.js": "",
    }
    assert reached(files) == {"lib/main.js": "ENTRY", "lib/own.js": "BEHIND", "sub/a.js": "ENTRY"}


def test_a_package_without_a_main_file_begins_with_its_index(reached: Callable[..., dict[str, str]]) -> None:
    assert reached({"package.json": {"name": "p"}, "index.js": "", "own.js": ""}) == {"index.js": "ENTRY", "own.js": "BEHIND"}


def test_built_files_stand_for_what_they_are_built_from(reached: Callable[..., dict[str, str]]) -> None:
    files = {"package.json": {"name": "p", "main": "dist/main.js"}, "dist/main.js": "", "src/main.ts": "", "src/own.ts": ""}
    assert reached(files) == {"dist/main.js": "ENTRY", "src/main.ts": "ENTRY", "src/own.ts": "BEHIND"}
    bundled = {"package.json": {"name": "p", "main": "dist/all.js"}, "dist/all.js": "", "js/a.js": ""}
    assert set(reached(bundled).values()) == {"ENTRY"}  # nobody can tell what of the sources is in the bundle


def test_a_script_beside_all_that_was_made_is_not_what_it_was_made_of(reached: Callable[..., dict[str, str]]) -> None:
    package = {"package.json": {"name": "p", "main": "dist/main.js"}, "dist/main.js": "", "dist/own.js": "", "scripts/build.js": ""}
    assert reached(package) == {"dist/main.js": "ENTRY", "dist/own.js": "BEHIND", "scripts/build.js": "BEHIND"}


@pytest.mark.parametrize(
    "package",
    [
        {"name": "app", "private": True},
        {"name": "app", "private": True, "main": "index.js", "scripts": {"start": "next start"}},
        {"name": "app", "main": "server.js", "scripts": {"start": "node server.js"}},
        {"name": "tool", "bin": {"tool": "index.js"}},
    ],
)
def test_nobody_comes_into_an_application(reached: Callable[..., dict[str, str]], package: object) -> None:
    assert set(reached({"package.json": package, "index.js": "", "server.js": ""}).values()) == {"NEVER"}


def test_a_tool_whose_main_file_is_nowhere_is_only_run(reached: Callable[..., dict[str, str]]) -> None:
    files = {"package.json": {"name": "pad", "main": "index.js", "bin": {"pad": "node/server.js"}}, "node/server.js": "", "node/db.js": ""}
    assert set(reached(files).values()) == {"NEVER"}
    made = {"package.json": {"name": "pad", "main": "dist/index.js", "bin": {"pad": "node/server.js"}}, "node/server.js": "", "node/db.js": ""}
    assert set(reached(made).values()) == {"ENTRY"}  # it is made of sources, and of which ones does not show


@pytest.mark.parametrize(
    "package", [None, {"name": "p", "main": "lib/gone.js"}, {"type": "module"}, [], {"main": 1, "bin": 2, "scripts": 3, "private": 4}]
)
def test_where_no_package_tells_everybody_may_begin_anywhere(reached: Callable[..., dict[str, str]], package: object) -> None:
    files = {"a.js": "", "b/c.js": ""} | ({} if package is None else {"package.json": package})
    assert set(reached(files).values()) == {"ENTRY"}


def test_packages_in_one_repository_speak_for_themselves(reached: Callable[..., dict[str, str]]) -> None:
    files = {
        "package.json": {"name": "all", "private": True, "workspaces": ["packages/*"]},
        "packages/one/package.json": {"name": "one", "main": "one.js"},
        "packages/one/one.js": "",
        "packages/one/own.js": "",
        "packages/one/esm/package.json": {"type": "module"},
        "packages/one/esm/x.js": "",
        "build.js": "",
    }
    assert reached(files) == {
        "build.js": "NEVER",
        "packages/one/esm/x.js": "BEHIND",
        "packages/one/one.js": "ENTRY",
        "packages/one/own.js": "BEHIND",
    }
