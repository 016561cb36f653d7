"""What Python calls a file."""

from __future__ import annotations

import pytest

from scanner.taint.lower.python.names import module_name

NAMES = [
    ("app.py", (), ("app", False)),
    ("tools/run.py", (), ("tools.run", False)),
    ("shop/__init__.py", ("shop/__init__.py",), ("shop", True)),
    ("shop/app.py", ("shop/__init__.py",), ("shop.app", False)),
    ("shop/__main__.py", ("shop/__init__.py",), ("shop.__main__", False)),
    ("shop/db/models.py", ("shop/__init__.py", "shop/db/__init__.py"), ("shop.db.models", False)),
    ("shop/db/models.py", ("shop/__init__.py",), ("shop.db.models", False)),
    ("backend/shop/app.py", ("backend/shop/__init__.py",), ("shop.app", False)),
    ("src/shop/app.py", ("src/shop/__init__.py",), ("shop.app", False)),
    ("src/app.py", (), ("app", False)),
    ("src/acme/shop/app.py", ("src/acme/shop/__init__.py",), ("acme.shop.app", False)),
    ("src/acme/shop/__init__.py", ("src/acme/shop/__init__.py",), ("acme.shop", True)),
    ("services/a/src/shop/app.py", (), ("shop.app", False)),
    ("src/shop/app.py", ("src/__init__.py", "src/shop/__init__.py"), ("src.shop.app", False)),
    ("shop/src/app.py", ("shop/__init__.py",), ("shop.src.app", False)),
    ("shop/app.pyi", ("shop/__init__.pyi",), ("shop.app", False)),
    ("__init__.py", ("__init__.py",), ("__init__", False)),
    ("bin/serve", (), ("bin.serve", False)),
    ("tools/run.v2.py", (), ("tools.run.v2", False)),
]


@pytest.mark.parametrize(("path", "others", "expected"), NAMES)
def test_a_file_has_the_name_that_imports_use(path: str, others: tuple[str, ...], expected: tuple[str, bool]) -> None:
    assert module_name(path, {path, *others}) == expected
