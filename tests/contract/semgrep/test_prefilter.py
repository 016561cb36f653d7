"""Files that the real semgrep-core finds something in are never kept from it, however the code is spelled."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from scanner.app.rules import load_all_rules
from scanner.engines.semgrep import engine as module
from scanner.engines.semgrep.engine import SemgrepEngine
from scanner.engines.semgrep.kind import SEMGREP_KIND
from scanner.engines.semgrep.plan import narrowed, plan, rules_for
from scanner.engines.semgrep.prefilter import possible
from scanner.ports.observer import SilentObserver
from scanner.ports.source import Snapshot, SourceFile

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

_SCRIPTS = """\
const { query } = req; db.query("x" + query.id);
db.query("x" + req["query"].id);
db.query("x" + req?.query.id);
db.query("x" + (req).query.id);
db.query("x" + req\\n  .query.id);
db.query("x" + req/* a */./* b */query.id);
db.query("x" + req // a\\n .query.id);
db.query("x" + (await req).query.id);
db.query("x" + ctx.request.query.id);
db.query("x" + req.get("q"));
db.query("x" + req!.query.id);
db.query("x" + (req as any).query.id);
db.query("x" + (<any>req).query.id);
db.query("x" + (req satisfies any).query.id);
db.query(`x ${req.query.id}`);
pool["query"]("x" + req.query.id);
({ query } = req); db.query("x" + query.id);
import { query } from "req"; db.query("x" + query.id);
import { query as q } from /* c */ "req"; db.query("x" + q.id);
const { body } = require("./req"); db.query("x" + body.id);
import request, { body } from "y"; db.query("x" + body.id);
const { exec: run } = require("child_process"); run("x" + req.query.id);
import * as cp from "child_process"; cp.exec("x" + req.query.id);
import { exec } from "node:child_process"; exec("x" + req.query.id);
require("child_process").exec("x" + req.query.id);
import { readFile } from "fs"; readFile("x" + req.query.id);
import { readFile as r } from "fs"; r("x" + req.query.id);
import fs from "fs"; fs.promises.readFile("x" + req.query.id);
const { promises: p } = require("fs"); p.readFile("x" + req.query.id);
import fs = require("fs"); fs.readFile("x" + req.query.id);
const a = <div dangerouslySetInnerHTML={{ "__html": x }} />;
const a = <div {...{ dangerouslySetInnerHTML: { __html: x } }} />;
const a = <div dangerouslySetInnerHTML={{ __html: x }}></div>;
process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
const { env } = process; env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
https.request({ "rejectUnauthorized": false });
import { decode as d } from "jsonwebtoken"; d(token);
const jwt = require("jsonwebtoken"); jwt.verify(t, k, { algorithms: ["none"] });
class C { find(@Query("id") id: string) { this.pool.query("x" + id); } }
class C { find(@ Query("id") id: string) { this.pool.query("x" + id); } }
class C { find(@/* a */Query("id") id: string) { this.pool.query("x" + id); } }
class C { find(@\\n// a\\nQuery("id") id: string) { this.pool.query("x" + id); } }
class C { find(@(Query)("id") id: string) { this.pool.query("x" + id); } }
class C { find(@Query/* a */("id") id: string) { this.pool.query("x" + id); } }
import * as n from "@nestjs/common"; class C { find(@n.Query("id") id: string) { this.pool.query("x" + id); } }
import * as n from "@nestjs/common"; class C { find(@n\\n. /* a */Query("id") id: string) { this.pool.query("x" + id); } }
import { Query as Q } from "@nestjs/common"; class C { find(@Q("id") id: string) { this.pool.query("x" + id); } }
import * as Query from "@nestjs/common"; class C { find(@Query.Whatever("id") id: string) { this.pool.query("x" + id); } }
import Query from "query"; class C { find(@Query("id") id: string) { this.pool.query("x" + id); } }
const Q = Query; class C { find(@Q("id") id: string) { this.pool.query("x" + id); } }
exports.handler = async (event) => { pool.query("x" + event.queryStringParameters.id); };
eval(req.query.x); new Function(req.body.a)(); window.eval(req.body.x);
document.body.innerHTML = location.hash; document.body["innerHTML"] = window.location["hash"];
import a from "axios"; a.get(req.query.url); fetch(req.query.url);
res.send("<p>" + req.query.x); res["send"]("<p>" + req.query.x);
res.redirect(req.query.next); res.writeHead(302, { "Location": req.query.x });
User.find(req.body); users.findOne({ name: req.body.name });
app.use(session({ "secret": "abcdefghijkl" }));
"""
_PYTHON = """\
from flask import request as r\\ndef a():\\n    cur.execute("x" + r.args["q"])
def a(request):\\n    cur.execute("x" + request.GET["q"])
def a(request):\\n    cur.execute("x" + (request\\n    .GET)["q"])
class V:\\n    def g(self):\\n        cur.execute("x" + self.request.GET["q"])
@app.get("/x")\\ndef a(q):\\n    cur.execute("x" + q)
@app.\\\\\\nget("/x")\\ndef a(q):\\n    cur.execute("x" + q)
@make(\\n1).get("/x")\\ndef a(q):\\n    cur.execute("x" + q)
@(app\\n.get)("/x")\\ndef a(q):\\n    cur.execute("x" + q)
@make(\\n1\\n)\\\\\\n.get("/x")\\ndef a(q):\\n    cur.execute("x" + q)
@app.get(\\n"/x"\\n)\\ndef a(q):\\n    cur.execute("x" + q)
@(make(\\n1)  # hi\\n .get)("/x")\\ndef a(q):\\n    cur.execute("x" + q)
class C:\\n  @(\\n   app.get)("/x")\\n  def a(self, q):\\n    cur.execute("x" + q)
from subprocess import run as r\\nfrom flask import request\\nr("x" + request.args["a"], shell=True)
import subprocess as s\\nfrom flask import request\\ns.run("x" + request.args["a"], shell=True)
from flask import *\\nimport os\\nos.system("x" + request.args["a"])
from yaml import load, Loader\\ndef u(request):\\n    load(request.body, Loader=Loader)
import flask as f\\napp = f.Flask(__name__)\\nD = True\\napp.run(debug=D)
from jinja2 import Environment\\nfrom flask import request\\nEnvironment().from_string(request.args["a"])
from flask import render_template_string as r, request\\nr(request.args["a"])
import requests as q\\nV = False\\nq.get("https://x", verify=V)
from ssl import *\\nssl._create_default_https_context = ssl._create_unverified_context
"""


def _written(root: Path) -> Snapshot:
    """Each line in a file of its own, in each language that it may be written in; and as many files without anything."""
    files: list[SourceFile] = []
    for lines, endings in ((_SCRIPTS, {"js": "javascript", "tsx": "tsx"}), (_PYTHON, {"py": "python"})):
        for number, line in enumerate(lines.splitlines()):
            for ending, language in endings.items():
                for name, text in ((f"f{number}", line.replace("\\n", "\n").replace("\\\\", "\\")), (f"none{number}", f"word{number}(request)")):
                    data = text.encode()
                    path = root / f"{name}.{ending}"
                    path.write_bytes(data)
                    files.append(SourceFile(path.name, language, len(data), text.count("\n"), hashlib.sha256(data).hexdigest()))
    return Snapshot(root, tuple(sorted(files, key=lambda file: file.path)))


def test_nothing_is_lost_by_what_semgrep_is_not_handed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = load_all_rules(()).rules
    (tmp_path / "tree").mkdir()
    snapshot = _written(tmp_path / "tree")
    sifted = SemgrepEngine(rules).detect(snapshot, SilentObserver())
    usable = {entry.rule.id: entry.payload for entry in rules.of(SEMGREP_KIND)}
    wanted = rules_for(snapshot.files, usable)
    left = narrowed(wanted, possible(snapshot.root, snapshot.files, wanted, usable, usable))
    handed = {path for one in plan(snapshot.files, left) for path in one.files}
    assert len(handed) < len(snapshot.files) * 0.6
    monkeypatch.setattr(module, "builtin_rules_path", lambda: tmp_path / "nothing")
    whole = SemgrepEngine(rules).detect(snapshot, SilentObserver())
    assert sifted.candidates == whole.candidates
    assert len({candidate.trace.place.path for candidate in whole.candidates}) > 60
    assert (sifted.run.files, sifted.run.complete) == (len(snapshot.files), True)


def test_our_own_rules_leave_tests_out_the_users_do_not_and_the_report_says_so(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(
        "rules:\n  - id: theirs\n    languages: [python]\n    severity: ERROR\n    message: m\n    pattern: marked(...)\n", encoding="utf-8"
    )
    code = b'from flask import request\n\ndef a():\n    cur.execute("x" + request.args["q"])\n'
    files = {"a.py": code, "tests/a.py": code, "tests/b.py": b"marked(1)\n"}
    (tmp_path / "tree" / "tests").mkdir(parents=True)
    for path, data in files.items():
        (tmp_path / "tree" / path).write_bytes(data)
    listed = tuple(SourceFile(path, "python", len(data), 1, hashlib.sha256(data).hexdigest()) for path, data in files.items())
    snapshot = Snapshot(tmp_path / "tree", listed)

    ours = SemgrepEngine(load_all_rules(()).rules).detect(snapshot, SilentObserver())
    assert [item.trace.place.path for item in ours.candidates] == ["a.py"]
    assert (ours.run.note, ours.run.complete) == ("2 test files were left out", True)

    both = SemgrepEngine(load_all_rules((), (str(tmp_path / "rules.yaml"),)).rules).detect(snapshot, SilentObserver())
    assert [(item.rule_id, item.trace.place.path) for item in both.candidates] == [("python-sql-text-from-request", "a.py"), ("theirs", "tests/b.py")]
    assert both.run.note == ""
