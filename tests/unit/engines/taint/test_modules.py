from __future__ import annotations

from scanner.engines.taint.modules import is_public, module_names


def test_a_module_is_named_from_the_outermost_package() -> None:
    paths = ["src/shop/__init__.py", "src/shop/db/__init__.py", "src/shop/db/orders.py", "src/tool.py", "setup.py", "loose/a/b.py"]
    found = module_names(paths, "python")
    assert {path: tuple(name) for path, name in found.items()} == {
        "src/shop/__init__.py": ("shop", True),
        "src/shop/db/__init__.py": ("shop.db", True),
        "src/shop/db/orders.py": ("shop.db.orders", False),
        "src/tool.py": ("src.tool", False),
        "setup.py": ("setup", False),
        "loose/a/b.py": ("loose.a.b", False),
    }


def test_a_package_file_at_the_root_has_a_name() -> None:
    assert module_names(["__init__.py", "a.py"], "python")["__init__.py"].name


def test_a_language_without_packages_names_modules_by_their_paths() -> None:
    names = module_names(["a/b.js", "a.b.js", "a/b:js"], "javascript")
    assert names["a/b.js"] == ("/a/b:js", False)
    assert len({name for name, _ in names.values()}) == 3
    assert not any("." in name for name, _ in names.values())


def test_tools_of_a_package_are_not_offered_by_it() -> None:
    paths = ["bin/cli.js", "scripts/build.ts", "webpack.config.js", "gulpfile.js", "lib/index.js", "src/script.ts"]
    assert [is_public(path, "javascript") for path in paths] == [False, False, False, False, True, True]


def test_scripts_of_python_are_not_offered_by_a_package() -> None:
    paths = ["setup.py", "tools/convert.py", "shop/migrations/0013_names.py", "scripts/build-docs.py", "shop/__main__.py", "doc/conf.py"]
    assert not any(is_public(path, "python", {"shop", "shop/migrations"}) for path in paths)


def test_what_a_package_holds_is_offered_by_it_whatever_its_folder_is_called() -> None:
    paths = ["shop/tools/convert.py", "src/shop.py", "shop/docs.py", "shop/__init__.py"]
    assert all(is_public(path, "python", {"shop", "shop/tools"}) for path in paths)
    assert not is_public("tools/convert.py", "python", {"shop", "shop/tools"})
