"""Random edits on a package: after each, a scan that remembers the ones before must say exactly what one says that remembers nothing.

    python bench/incremental.py bench/work/scrapy-2.12.0 --edits 500

Works on a copy. Prints each difference and how long both took; ends with 1 when there was one.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scanner.app.cache import open_cache
from scanner.app.config import Environment, Flags, configure
from scanner.app.wire import everything_of, prepare
from scanner.executors.inline import InlineExecutor
from scanner.pipeline.scan import run_scan
from scanner.ports.observer import SilentObserver
from scanner.reporters.json_report import render_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scanner.app.wire import Prepared

_CODE: Final = (".py", ".js", ".ts", ".mjs", ".cjs", ".tsx")
_WORD: Final = re.compile(r"[A-Za-z_]\w+")
_PYTHON: Final = "\n\ndef given_{n}(request):\n    import os\n    os.system('ls ' + request.args['{n}'])\n    return helper_{m}(request)\n"
_SCRIPT: Final = """
function given{n}(req, res) {{
  require('child_process').exec('ls ' + req.query.q{n});
  return helper{m}(req);
}}
exports.given{n} = given{n};
"""


class Editor:
    """Changes one file of a tree at random, as people and accidents do."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self._root = root
        self._chance = chance
        self._undo: list[tuple[Path, bytes]] = []
        self._edits: tuple[Callable[[Path], None], ...] = (
            self._append, self._append, self._drop_line, self._double_line, self._swap_lines, self._rename_word, self._rename_word, self._comment,
            self._take_other, self._cut, self._remove, self._copy, self._move, self._empty, self._back, self._back,
        )  # fmt: skip

    def edit(self) -> str:
        """Make one edit, and say which."""
        files = sorted(path for path in self._root.rglob("*") if path.is_file() and (path.suffix in _CODE or self._chance.random() < 0.02))  # noqa: PLR2004
        path = self._chance.choice(files)
        chosen = self._chance.choice(self._edits)
        self._undo.append((path, path.read_bytes()))
        chosen(path)
        return f"{chosen.__name__.strip('_')} {path.relative_to(self._root)}"

    def _lines(self, path: Path) -> list[bytes]:
        return path.read_bytes().splitlines(keepends=True)

    def _append(self, path: Path) -> None:
        gift = (_PYTHON if path.suffix == ".py" else _SCRIPT).format(n=self._chance.randrange(50), m=self._chance.randrange(50))
        path.write_bytes(path.read_bytes() + gift.encode())

    def _drop_line(self, path: Path) -> None:
        lines = self._lines(path)
        if lines:
            del lines[self._chance.randrange(len(lines))]
        path.write_bytes(b"".join(lines))

    def _double_line(self, path: Path) -> None:
        lines = self._lines(path)
        if lines:
            at = self._chance.randrange(len(lines))
            lines.insert(at, lines[at])
        path.write_bytes(b"".join(lines))

    def _swap_lines(self, path: Path) -> None:
        lines = self._lines(path)
        if lines:
            one, other = (self._chance.randrange(len(lines)) for _ in range(2))
            lines[one], lines[other] = lines[other], lines[one]
        path.write_bytes(b"".join(lines))

    def _rename_word(self, path: Path) -> None:
        text = path.read_text("utf-8", errors="surrogateescape")
        words = _WORD.findall(text)
        if words:
            one, other = self._chance.choice(words), self._chance.choice(words)
            text = re.sub(rf"\b{re.escape(one)}\b", lambda _: other, text)
        path.write_text(text, "utf-8", errors="surrogateescape")

    def _comment(self, path: Path) -> None:
        sign = b"#" if path.suffix == ".py" else b"//"
        lines = self._lines(path)
        said = self._chance.choice([b" a remark", b" casemate: ignore[python-sql-injection] tried", b" casemate: ignore[no-such-rule] tried"])
        lines.insert(self._chance.randrange(len(lines) + 1), sign + said + b"\n")
        path.write_bytes(b"".join(lines))

    def _take_other(self, path: Path) -> None:
        others = sorted(other for other in self._root.rglob(f"*{path.suffix}") if other.is_file())
        path.write_bytes(self._chance.choice(others).read_bytes())

    def _cut(self, path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: self._chance.randrange(len(data) + 1)])

    def _remove(self, path: Path) -> None:
        path.unlink()

    def _copy(self, path: Path) -> None:
        shutil.copy(path, path.with_name(f"copied_{self._chance.randrange(100)}{path.suffix}"))

    def _move(self, path: Path) -> None:
        path.replace(path.with_name(f"moved_{self._chance.randrange(100)}{path.suffix}"))

    def _empty(self, path: Path) -> None:
        path.write_bytes(b"")

    def _back(self, _: Path) -> None:
        path, data = self._chance.choice(self._undo)
        path.write_bytes(data)


def scanned(ready: Prepared) -> tuple[str, float]:
    """The report as JSON, and how many processor seconds it took."""
    started = time.process_time()
    text = render_json(run_scan(ready.tools, replace(everything_of(ready.policy), today=datetime.now(UTC).date())))
    return text, time.process_time() - started


def main(arguments: Sequence[str] | None = None) -> int:
    """Edit and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path)
    parser.add_argument("--edits", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engines", default="taint,secrets,injection", help="semgrep is a process of its own, and takes its time")
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)  # noqa: S311 -- the same edits for everyone
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "tree"
        shutil.copytree(options.package, root)
        flags = Flags(targets=(root,), isolated=True, engines=tuple(options.engines.split(",")), cache=True, cache_dir=Path(scratch) / "cache")
        config = configure(flags, Environment.read(), root)
        with open_cache(config.cache) as cache:
            cold, warm = prepare(config, SilentObserver()), prepare(config, SilentObserver(), cache.results)
            if "semgrep" not in options.engines:
                cold, warm = (ready._replace(tools=replace(ready.tools, executor=InlineExecutor())) for ready in (cold, warm))
            return compare(Editor(root, chance), cold, warm, options.edits, cache.told)


def compare(editor: Editor, cold: Prepared, warm: Prepared, edits: int, told: Callable[[], tuple[str, ...]]) -> int:
    """Edit, scan and compare, so many times."""
    wrong, spent = 0, [0.0, 0.0, 0.0]
    what = "nothing yet"
    for number in range(edits + 1):
        texts = [scanned(ready) for ready in (warm, cold, warm)]
        spent = [total + took for total, (_, took) in zip(spent, texts, strict=True)] if number else spent
        if len({text for text, _ in texts}) > 1:
            wrong += 1
            print(f"edit {number}: {what}: the reports differ")
        if number % 50 == 0:
            print(f"{number} edits, {wrong} differences; seconds: changed {spent[0]:.1f}, cold {spent[1]:.1f}, warm {spent[2]:.1f}", flush=True)
        what = editor.edit()
    print(f"{edits} edits, {wrong} differences", *told(), sep="; ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
