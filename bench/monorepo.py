"""A monorepo that nobody wrote, as large as one likes, and what a scan of it costs: `python bench/monorepo.py 100000 300000`.

Services in Python and JavaScript, each with handlers, a service layer, storage, models and helpers in files of their own. Data crosses three files,
in every service once into another one; of the flows some are real and some are made safe on the way. The seed decides everything: the same seed and
size are the same bytes, and a larger repository begins with the services of a smaller one. How many flows are real is known, so that a scan that
grows cheap by looking away shows.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORK = Path(__file__).parent / "work" / "monorepo"
_THINGS = (  # noqa: SIM905 -- words read better so
    "account address album article asset balance basket batch booking branch budget carrier catalog channel claim client comment contact contract "
    "coupon course customer delivery deposit device discount document driver employee event export feature feed field invoice item journal label "
    "ledger lesson letter license location machine market matter meeting member message meter notice offer office order package page partner "
    "payment period permit person picture place plan player policy post price product profile project quote rate record region release rental "
    "report request review route sample schedule season section sensor service session shipment shop signal stock store student supplier survey "
    "table target task team ticket token track trade transfer trip unit vehicle vendor venue vote wallet warehouse week worker zone"
).split()
_FIELDS = "title status owner amount country city street reference comment priority category currency weight height width colour".split()  # noqa: SIM905 -- as above
_VERBS = "tidy fold merge split count weigh order group check round trim pick".split()  # noqa: SIM905 -- as above
_OF_A_SERVICE = 6  # things that it deals with
_SAFE = frozenset({2, 5})  # those of its things whose flow is made safe
_FILES_OF_HELPERS = 5
_HELPERS = 12
_EVERY = 4  # of so many services, one is in JavaScript


class Service(NamedTuple):
    """One service: the text of its files by path, and how many flows that begin in it are real."""

    files: dict[str, str]
    flows: int

    @property
    def lines(self) -> int:
        """The lines of all its files."""
        return sum(text.count("\n") for text in self.files.values())


def services(lines: int, seed: int) -> Iterator[Service]:
    """Services until there are so many lines."""
    number = total = 0
    while total < lines:
        made = (_javascript if _is_javascript(number) else _python)(number, random.Random(f"{seed}/{number}"))  # noqa: S311 -- the same each time
        total += made.lines
        number += 1
        yield made


def _python(number: int, chance: random.Random) -> Service:
    things = chance.sample(_THINGS, _OF_A_SERVICE)
    name = _name(number)
    beside = _beside(number)
    routes = f"from flask import Blueprint, jsonify, request\n\nfrom services.{name} import service\n\npages = Blueprint('{name}', __name__)\n"
    layer = f"from services.{beside} import store as other\nfrom services.{name} import store\nfrom services.{name}.helpers_0 import tidy_0\n"
    storage = "import sqlite3\n\n\ndef connect():\n    return sqlite3.connect('data.db')\n"
    models = "from dataclasses import dataclass, field\n"
    for index, thing in enumerate(things):
        wanted = chance.choice(_FIELDS)
        place = "other.search_shared" if index == 0 and beside != name else f"store.search_{thing}"
        routes += (
            f"\n\n@pages.route('/{thing}/<kind>')\ndef show_{thing}(kind):\n    {wanted} = request.args.get('{wanted}', '')\n"
            f"    rows = service.find_{thing}({wanted}, kind)\n    return jsonify({{'{thing}': rows, 'kind': len(kind)}})\n"
        )
        layer += (
            f"\n\ndef find_{thing}({wanted}, kind):\n    text = {wanted}.strip()\n    if not text:\n        return []\n"
            f"    limit = tidy_0([len(kind), {chance.randrange(100)}])\n    found = {place}(text)\n    return found[:limit]\n"
        )
        storage += _python_search(thing, wanted, safe=index in _SAFE)
        models += _python_model(thing, chance)
    storage += _python_search("shared", "reference", safe=False)
    files = {"routes": routes, "service": layer, "store": storage, "models": models, "__init__": ""}
    files |= {f"helpers_{part}": _python_helpers(name, part, chance) for part in range(_FILES_OF_HELPERS)}
    return Service({f"services/{name}/{path}.py": text for path, text in files.items()}, len(things) - len(_SAFE))


def _python_search(thing: str, field: str, *, safe: bool) -> str:
    asked = f"SELECT * FROM {thing} WHERE {field} ="  # noqa: S608 -- what the code to be scanned is meant to say
    text = f'"{asked} ?", (text,)' if safe else f'"{asked} \'" + text + "\'"'
    return f"\n\ndef search_{thing}(text):\n    connection = connect()\n    cursor = connection.execute({text})\n    return cursor.fetchall()\n"


def _python_model(thing: str, chance: random.Random) -> str:
    fields = chance.sample(_FIELDS, 5)
    text = f'\n\n@dataclass\nclass {thing.title()}:\n    """One {thing}."""\n\n'
    text += "".join(f"    {name}: str = ''\n" for name in fields)
    text += "    parts: list = field(default_factory=list)\n"
    text += (
        f"\n    def describe(self):\n        words = [self.{fields[0]}, self.{fields[1]}]\n        return ' '.join(word for word in words if word)\n"
    )
    text += "\n    def add(self, part):\n        if part not in self.parts:\n            self.parts.append(part)\n        return self\n"
    return text + f"\n    def total(self):\n        return sum(len(part) for part in self.parts) + len(self.{fields[2]})\n"


def _python_helpers(name: str, part: int, chance: random.Random) -> str:
    text = f"from services.{name}.helpers_{part - 1} import {_VERBS[0]}_{part - 1}\n" if part else "import math\n"
    for index in range(_HELPERS):
        verb, field, most = _VERBS[index], chance.choice(_FIELDS), chance.randrange(2, 90)
        before = f"{_VERBS[index - 1]}_{part}" if index else (f"{_VERBS[0]}_{part - 1}" if part else "math.fsum")
        text += (
            f'\n\ndef {verb}_{part}(values, {field}={most}):\n    """The {field} of the values, at most {most}."""\n    kept = []\n'
            f"    for value in values:\n        if isinstance(value, (int, float)) and value > {chance.randrange(50)}:\n"
            f"            kept.append(value % {field})\n        elif value:\n            kept.append({chance.randrange(9)})\n"
            f"    if len(kept) > {most}:\n        kept = kept[:{most}]\n    result = {{'{field}': len(kept), 'sum': {before}(kept)}}\n"
            f"    return min(result['{field}'], {most})\n"
        )
    return text


def _javascript(number: int, chance: random.Random) -> Service:
    things = chance.sample(_THINGS, _OF_A_SERVICE)
    name = _name(number)
    beside = _beside(number)
    routes = 'const express = require("express");\nconst service = require("./service");\n\nconst router = express.Router();\n'
    layer = f'const other = require("../{beside}/store");\nconst store = require("./store");\nconst {{ tidy0 }} = require("./helpers0");\n'
    storage = 'const mysql = require("mysql");\n\nconst connection = mysql.createConnection({ database: "data" });\n'
    models = ""
    for index, thing in enumerate(things):
        wanted, big = chance.choice(_FIELDS), thing.title()
        place = "other.searchShared" if index == 0 and beside != name else f"store.search{big}"
        routes += (
            f'\nrouter.get("/{thing}", (req, res) => {{\n  const {wanted} = req.query.{wanted};\n'
            f"  service.find{big}({wanted}, (error, rows) => {{\n    res.json({{ {thing}: error ? [] : rows }});\n  }});\n}});\n"
        )
        layer += (
            f"\nexports.find{big} = function ({wanted}, done) {{\n  const text = {wanted}.trim();\n"
            "  if (!text) {\n    return done(null, []);\n  }\n"
            f"  const limit = tidy0([text.length, {chance.randrange(100)}]);\n  return {place}(text, limit, done);\n}};\n"
        )
        storage += _javascript_search(big, wanted, safe=index in _SAFE)
        models += _javascript_model(big, chance)
    storage += _javascript_search("Shared", "reference", safe=False)
    models += f"\nmodule.exports = {{ {', '.join(thing.title() for thing in things)} }};\n"
    files = {"routes": routes + "\nmodule.exports = router;\n", "service": layer, "store": storage, "models": models}
    files |= {f"helpers{part}": _javascript_helpers(part, chance) for part in range(_FILES_OF_HELPERS)}
    return Service({f"services/{name}/{path}.js": text for path, text in files.items()}, len(things) - len(_SAFE))


def _javascript_search(big: str, field: str, *, safe: bool) -> str:
    asked = f"SELECT * FROM {big} WHERE {field} ="  # noqa: S608 -- as above
    text = f'"{asked} ?", [text]' if safe else f'"{asked} \'" + text + "\'"'
    return (
        f"\nexports.search{big} = function (text, limit, done) {{\n  connection.query({text}, (error, rows) => {{\n"
        "    done(error, rows && rows.slice(0, limit));\n  });\n};\n"
    )


def _javascript_model(big: str, chance: random.Random) -> str:
    fields = chance.sample(_FIELDS, 4)
    text = f"\nclass {big} {{\n  constructor({', '.join(fields)}) {{\n"
    text += "".join(f"    this.{name} = {name};\n" for name in fields)
    text += "    this.parts = [];\n  }\n"
    text += f"\n  describe() {{\n    return [this.{fields[0]}, this.{fields[1]}].filter(Boolean).join(' ');\n  }}\n"
    return text + "\n  add(part) {\n    if (!this.parts.includes(part)) {\n      this.parts.push(part);\n    }\n    return this;\n  }\n}\n"


def _javascript_helpers(part: int, chance: random.Random) -> str:
    text = f'const {{ {_VERBS[0]}{part - 1} }} = require("./helpers{part - 1}");\n' if part else ""
    for index in range(_HELPERS):
        verb, field, most = _VERBS[index], chance.choice(_FIELDS), chance.randrange(2, 90)
        before = f"{_VERBS[index - 1]}{part}" if index else (f"{_VERBS[0]}{part - 1}" if part else "Math.max")
        text += (
            f"\nfunction {verb}{part}(values, {field} = {most}) {{\n  let kept = [];\n  for (const value of values) {{\n"
            f'    if (typeof value === "number" && value > {chance.randrange(50)}) {{\n      kept.push(value % {field});\n    }} else if (value) {{\n'
            f"      kept.push({chance.randrange(9)});\n    }}\n  }}\n  if (kept.length > {most}) {{\n    kept = kept.slice(0, {most});\n  }}\n"
            f"  const result = {{ {field}: kept.length, sum: {before}(kept) }};\n  return Math.min(result.{field}, {most});\n}}\n"
        )
    return text + f"\nmodule.exports = {{ {', '.join(f'{verb}{part}' for verb in _VERBS[:_HELPERS])} }};\n"


def _name(number: int) -> str:
    return f"svc{number:05}"


def _is_javascript(number: int) -> bool:
    return number % _EVERY == _EVERY - 1


def _beside(number: int) -> str:
    """The service before it in the same language; the first of a language has itself."""
    others = (other for other in range(number - 1, -1, -1) if _is_javascript(other) == _is_javascript(number))
    return _name(next(others, number))


class Made(NamedTuple):
    """A repository on disk."""

    root: Path
    files: int
    lines: int
    flows: int


def write(root: Path, lines: int, seed: int) -> Made:
    """Make a repository anew."""
    shutil.rmtree(root, ignore_errors=True)
    (root / "services").mkdir(parents=True)
    (root / "services" / "__init__.py").touch()
    files, total, flows = 1, 0, 0
    for service in services(lines, seed):
        for path, text in service.files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        files, total, flows = files + len(service.files), total + service.lines, flows + service.flows
    return Made(root, files, total, flows)


def _cost(command: Sequence[str]) -> tuple[float, float, float]:
    """CPU seconds, wall seconds, and the peak memory of the largest process in MiB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    started = os.times().elapsed
    _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_utime + usage.ru_stime, os.times().elapsed - started, usage.ru_maxrss / 1024


def main() -> None:
    """Make repositories of the sizes that are asked for, scan each once, and print how the costs grow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--engines", default="taint,secrets,injection", help="casemate's engines; semgrep takes the most and grows file by file")
    parser.add_argument("--write", type=Path, metavar="DIR", help="only write the repository of the first size there")
    parser.add_argument("lines", nargs="*", type=int, default=[100_000, 300_000, 1_000_000])
    options = parser.parse_args()
    if options.write:
        print(write(options.write, options.lines[0], options.seed))
        return
    print(f"{'lines':>9} {'files':>7} {'flows':>6} {'found':>6} {'cpu s':>8} {'wall s':>8} {'MiB':>7} {'cpu s/100k':>11} {'bytes/line':>11}")
    for lines in options.lines:
        made = write(WORK / str(lines), lines, options.seed)
        out = WORK / f"{lines}.json"
        scan = [
            sys.executable,
            "-c",
            "from scanner.cli.main import main; main()",
            "scan",
            str(made.root),
            "-q",
            "-o",
            str(out),
            "-j",
            str(options.jobs),
        ]
        cpu, wall, memory = _cost([*scan, "--isolated", "--exit-zero", "--no-cache", "--engines", options.engines])
        found = sum(item["trust"] == "remote" for item in json.loads(out.read_text("utf-8"))["findings"])
        per_line = memory * 1024 * 1024 / made.lines
        row = f"{made.lines:>9} {made.files:>7} {made.flows:>6} {found:>6} {cpu:>8.1f} {wall:>8.1f} {memory:>7.0f}"
        print(f"{row} {cpu * 100_000 / made.lines:>11.2f} {per_line:>11.0f}", flush=True)


if __name__ == "__main__":
    main()
