"""Small programs of JavaScript and TypeScript, end to end, with models of their own."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from scanner.core.finding import Trust
from scanner.core.rule import Precision
from scanner.engines.taint.engine import TaintEngine
from scanner.executors.inline import InlineExecutor
from scanner.ports.observer import SilentObserver
from scanner.taint.compile.load import load_taint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.core.finding import Candidate
    from scanner.ports.source import Snapshot

    Find = Callable[[Mapping[str, str]], list[Candidate]]

MODELS = """
    language: javascript
    library: web
    imports: [web]
    rows:
      - type: {"web()": web.App, "web.App.route()": web.App}
      - source: [web.Request.query]
        trust: remote
      - entry: {how: argument, name: web.App.get, slots: ["*"], typed: {"0": web.Request}, trust: remote}
      - entry: {how: argument, name: web.App.add, slots: ["0:.handler"], typed: {"0": web.Request}, trust: remote}
      - entry: {how: decorator, name: web.Get, params: [], typed: {"9": web.Request}, trust: remote}
      - entry: {how: parameter, name: web.Body, trust: remote}
      - entry: {how: signature, name: web.Handler, slots: [rq, rs], typed: {rq: web.Request}, trust: remote}
      - source: ["fs.readFile()"]
        trust: content
      - callback: {name: fs.readFile, slot: "-1", from: "()", param: "1"}
      - callback: {name: Array.map, slot: "0", from: "self:*", param: "0", result: "return:*"}
      - callback: {name: Promise.then, slot: "0", from: self, param: "0", result: return}
      - sink: [sh.run]
        args: ["0"]
        kind: command
      - sink: [sh.eval]
        args: ["0"]
        kind: code
      - sink: [sh.open]
        args: ["0:.path"]
        kind: path
      - sink: ["builtins.[]="]
        args: ["0"]
        kind: prototype-key
      - sink: [builtins.JSX.element]
        args: ["dangerouslySetInnerHTML:.__html"]
        kind: html
      - sink: [builtins.Element.innerHTML]
        args: ["="]
        kind: html
      - sink: [db.find]
        args: ["0"]
        kind: nosql
      - sink: [db.Handle.query]
        args: ["0"]
        kind: sql
        hints: [handle]
      - sink: [RegExp.test]
        args: ["0"]
        kind: regex-text
        when: [{arg: ["self:.source"], slow: true}]
      - sink: [net.go]
        args: ["0"]
        kind: redirect
      - type: {"builtins.document.getElementById()": builtins.Element}
      - source: [builtins.location.hash]
        trust: remote
      - sanitizer: [path.resolve]
        kinds: ["~normalised"]
        args: ["*"]
      - sanitizer: [builtins.Number]
        kinds: all
      - propagator: [String.split]
        from: [self]
        to: "return:*"
      - propagator: [String.replace]
        from: [self, "1"]
      - propagator: [Array.slice]
        from: [self]
"""
RULE = """
      - id: javascript-{name}
        kind: flow
        language: javascript
        title: {name}
        cwe: [CWE-{cwe}]
        severity: high
        precision: {precision}
        message: "Data from {{source}} reaches {{sink}}."
        help: "What is wrong with it."
        remediation: "Do not."
        sinks: [{kind}]
        trust: [remote, content, library]
        cases: {{vulnerable: ["x = 1"], safe: ["y = 2"]}}
"""
KINDS = {"code": 94, "command": 78, "path": 22, "prototype-key": 1321, "html": 79, "nosql": 943, "regex-text": 1333, "redirect": 601, "sql": 89}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> TaintEngine:
    root = tmp_path_factory.mktemp("rules")
    (root / "models" / "javascript").mkdir(parents=True)
    (root / "javascript").mkdir()
    (root / "models" / "javascript" / "web.yaml").write_text(dedent(MODELS))
    precisions = {"code": "high"}
    rules = "".join(RULE.format(name=kind, cwe=cwe, kind=kind, precision=precisions.get(kind, "medium")) for kind, cwe in KINDS.items())
    (root / "javascript" / "rules.yaml").write_text(dedent("    rules:" + rules))
    pack = load_taint(("javascript",), [root])
    return TaintEngine(pack.entries, pack.knowledge, InlineExecutor())


@pytest.fixture
def find(engine: TaintEngine, project: Callable[[Mapping[str, str | bytes]], Snapshot]) -> Find:
    """Files by path -> what is found."""

    def run(files: Mapping[str, str]) -> list[Candidate]:
        detection = engine.detect(project(dict(files)), SilentObserver())
        assert not detection.problems
        return list(detection.candidates)

    return run


def places(found: list[Candidate]) -> list[tuple[str, int]]:
    return [(item.trace.place.path, item.trace.place.start_line) for item in found]


HEAD = "const web = require('web');\nconst sh = require('sh');\nconst app = web();\n"


def handled(find: Find, body: str) -> int:
    """How many findings a program has: `web`, `sh` and `app` are there."""
    return len(find({"app.js": HEAD + dedent(body)}))


# -- modules -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("importing", "exporting"),
    [
        ("const { run } = require('./lib/tool');", "exports.run = (x) => sh.run(x);"),
        ("const tool = require('./lib/tool'); const run = tool.run;", "module.exports = { run: function (x) { sh.run(x); } };"),
        ("const run = require('./lib/tool');", "module.exports = (x) => sh.run(x);"),
        ("import run from './lib/tool.js';", "export default function (x) { sh.run(x); }"),
        ("import { go as run } from './lib/tool';", "const f = (x) => sh.run(x);\nexport { f as go };"),
        ("import * as t from './lib/tool'; const run = t.run;", "export const run = (x) => sh.run(x);"),
        ("const { Tool } = require('./lib/tool'); const run = (x) => new Tool().run(x);", "exports.Tool = class { run(x) { sh.run(x); } };"),
        ("const make = require('./lib/tool'); const run = (x) => make().run(x);", "module.exports = () => ({ run(x) { sh.run(x); } });"),
        ("const tool = require('./lib/tool'); const run = (x) => tool.run(x);", "class T { run(x) { sh.run(x); } }\nmodule.exports = new T();"),
        ("const run = (x) => require('./lib/tool').run(x);", "const api = module.exports = {};\napi.run = function (x) { sh.run(x); };"),
        ("const run = async (x) => (await import('./lib/tool')).run(x);", "export function run(x) { sh.run(x); }"),
    ],
)
def test_a_flow_crosses_modules_of_either_kind(find: Find, importing: str, exporting: str) -> None:
    app = f"import web from 'web';\n{importing}\nweb().get('/', (req, res) => {{ run(req.query.x); }});\n"
    found = find({"app.js": app, "lib/tool.js": f"const sh = require('sh');\n{exporting}\n"})
    remote = [item for item in found if item.trust is Trust.REMOTE]
    assert places(remote) == [("lib/tool.js", 2 + exporting[: exporting.index("sh.run")].count("\n"))]


def test_the_way_is_told_across_files(find: Find) -> None:
    files = {
        "app.ts": "import web from 'web';\nimport { start } from './lib';\nweb().get('/', (req) => {\n  const name = req.query.name;\n  start(name);\n});\n",  # noqa: E501 -- one program a line
        "lib/index.ts": "export * from './start';\n",
        "lib/start.ts": "import sh from 'sh';\nexport function start(x: string) {\n  sh.run('go ' + x);\n}\n",
    }
    (found,) = [item for item in find(files) if item.trust is Trust.REMOTE]
    told = [(step.span.path, step.span.start_line, step.note) for step in found.trace.locations]
    assert told[0] == ("app.ts", 4, "source: web.Request.query")
    assert ("app.ts", 5, "argument 1 of start") in told
    assert told[-1] == ("lib/start.ts", 3, "sink: sh.run")


def test_typescript_and_javascript_are_one_program_and_names_with_dots_stay_apart(find: Find) -> None:
    files = {
        "user.service.ts": "import sh from 'sh';\nexport const find = (x) => sh.run(x);\n",
        "user.js": "exports.service = { find: (x) => x };\n",
        "app.js": "const { find } = require('./user.service');\nrequire('web')().get('/', (req) => { find(req.query.x); });\n",
    }
    assert [item for item in places(find(files)) if item[0] != "user.service.ts"] == []


# -- handlers and callbacks ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "app.get('/', (req) => sh.run(req.query.x));",
        "app.get('/', function (req) { sh.run(req.query.x); });",
        "function go(req) { sh.run(req.query.x); }\napp.get('/', go);",
        "app.get('/', [check, (req) => sh.run(req.query.x)]);\nfunction check(req, res, next) { next(); }",
        "app.route('/x').get((req) => sh.run(req.query.x));",
        "app.add({ path: '/', handler: (req) => sh.run(req.query.x) });",
        "class C { go(req) { sh.run(req.query.x); } }\nconst c = new C();\napp.get('/', c.go.bind(c));",
        "class C { go(req) { sh.run(req.query.x); } }\nconst c = new C();\napp.get('/', (req, res) => c.go(req, res));",
        "const make = (tool) => (req) => tool.run(req.query.x);\napp.get('/', make(sh));",
        "const safe = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);\napp.get('/', safe(async (req) => sh.run(req.query.x)));",  # noqa: E501 -- one program a line
        "const wrap = require('express-async-handler');\napp.get('/', wrap(async (req) => sh.run(req.query.x)));",
        "app.get('/', async (req) => { const x = await later(req.query.x); sh.run(x); });\nasync function later(x) { return x; }",
        "app.get('/', (req) => { later(req.query.x).then((x) => sh.run(x)); });\nconst later = (x) => Promise.resolve(x);",
        "app.get('/', (req) => { const p = new Promise((done) => setTimeout(() => done(req.query.x), 1)); p.then((x) => sh.run(x)); });",
        "app.get('/', (req) => { const xs = [req.query.x].map((x) => x + ''); sh.run(xs[0]); });",
        "app.get('/', (req) => { let x = ''; function set() { x = req.query.x; } set(); sh.run(x); });",
        "app.get('/', (req) => { const all = []; function add() { all.push(req.query.x); } add(); sh.run(all.join()); });",
        "app.get('/', ({ query: { x = 'a' } }) => sh.run(x));",
        "app.get('/', (req) => { twice((x) => sh.run(x), req.query.x); });\nfunction twice(fn, value) { fn(value); }",
        "app.get('/', (req) => sh.run.call(null, req.query.x));",
        "app.get('/', (req) => sh.run.apply(sh, [req.query.x]));",
        "app.get('/', (req) => go(req.query.x));\nfunction go() { sh.run(arguments[0]); }",
        "const acts = { a: (x) => sh.run(x), b: (x) => x };\napp.get('/', (req) => acts[req.query.act](req.query.x));",
        "app.get('/', (req) => { const f = req.query.y ? (x) => sh.run(x) : (x) => x; f(req.query.x); });",
        "app.get('/', (req) => { const o = Object.assign({ y: 1 }, { x: req.query.x }); sh.run(o.x); });",
        "const o = { go(x) { this.run(x); }, run(x) { sh.run(x); } };\napp.get('/', (req) => o.go(req.query.x));",
    ],
)
def test_data_reaches_a_sink_through_functions_as_values(find: Find, body: str) -> None:
    assert handled(find, body) == 1


@pytest.mark.parametrize(
    "body",
    [
        "app.get('/', (req) => { const o = { x: req.query.x, y: 'a' }; sh.run(o.y); });",
        "app.get('/', (req) => { const { x, y } = { x: req.query.x, y: 'a' }; sh.run(y); });",
        "app.get('/', (req) => { sh.run(String(req.query.x.length)); });",
        "app.get('/', (req) => { sh.run(`${req.query.x / 2}`); });",
        "app.get('/', (req) => { const xs = req.query.xs.map((x) => x.length); sh.run(xs[0]); });",
        "app.get('/', (req) => { pick((x) => sh.run('fixed'), req.query.x); });\nfunction pick(fn, value) { fn(value); }",
        "function go(this_, req) { sh.run(req.query.x); }",
        "app.get('/', (req) => sh.open({ path: 'a', mode: req.query.x }));",
    ],
)
def test_what_carries_nothing_is_left_alone(find: Find, body: str) -> None:
    assert handled(find, body) == 0


def test_a_part_of_an_argument_can_be_a_sink(find: Find) -> None:
    assert handled(find, "app.get('/', (req) => sh.open({ path: req.query.x, mode: 1 }));") == 1
    assert handled(find, "app.get('/', (req) => { const o = {}; o.path = req.query.x; open(o); });\nfunction open(o) { sh.open(o); }") == 1


def test_a_source_may_be_handed_to_a_callback(find: Find) -> None:
    found = find(
        {"app.js": "const fs = require('fs');\nconst sh = require('sh');\nfs.readFile('a', (err, text) => { sh.run(text); sh.run(err); });\n"}
    )
    assert [(item.trust, item.trace.place.start_line) for item in found] == [(Trust.CONTENT, 3)]


def test_decorated_parameters_are_untrusted(find: Find) -> None:
    code = "import { Body } from 'web';\nimport sh from 'sh';\nexport class C {\n  make(@Body() dto: Dto, other: string) {\n    sh.run(dto.name);\n    sh.run('');\n  }\n}\n"  # noqa: E501 -- one program a line
    found = find({"c.ts": code})
    assert [(item.trust, item.trace.place.start_line) for item in found] == [(Trust.REMOTE, 5)]


def test_markup_in_jsx_and_in_elements_is_a_sink(find: Find) -> None:
    code = "export const A = () => <div dangerouslySetInnerHTML={{ __html: location.hash }} title={location.hash} />;\n"
    assert places(find({"a.jsx": code})) == [("a.jsx", 1)]
    code = "const box = document.getElementById('a');\nbox.innerHTML = window.location.hash;\nbox.title = location.hash;\n"
    assert places(find({"b.js": code})) == [("b.js", 2)]


# -- guards --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "test",
    [
        "if (x !== 'a') return;",
        "if (!NAMES.includes(x)) return;",
        "if (NAMES.indexOf(x) === -1) return;",
        "if (NAMES.indexOf(x) < 0) throw new Error();",
        "if (!SET.has(x)) return;",
        "if (!(x in TABLE)) return;",
        "if (!TABLE.hasOwnProperty(x)) return;",
        "if (!/^[a-z]+$/.test(x)) return;",
        "if (!x.match(/^\\w+$/)) return;",
        "if (/[^a-z]/i.test(x)) throw new Error();",
        "if (typeof x !== 'number') return;",
        "if (isNaN(Number(x))) return;",
        "check(x);",
        "switch (x) { case 'a': break; default: return; }",
        "if (!NAMES.some((name) => name === x)) return;",
        "x = x.replace(/[^a-z0-9]/g, '');",
        "if (!x || NAMES.includes(x)) { } else { return; }",
    ],
)
def test_a_guard_protects(find: Find, test: str) -> None:
    body = f"""
        const NAMES = ['a', 'b'];
        const SET = new Set(['a', 'b']);
        const TABLE = {{ a: 1, b: 2 }};
        function check(value) {{ if (!/^[a-z]+$/.test(value)) throw new Error(); }}
        app.get('/', (req) => {{ let x = req.query.x; {test} sh.run(x); }});
    """
    assert handled(find, body) == 0


@pytest.mark.parametrize(
    "test",
    [
        "if (x === 'a') return;",
        "if (!'abc'.includes(x)) return;",
        "if (!/[a-z]+/.test(x)) return;",
        "if (!/^[a-z]+$/m.test(x)) return;",
        "if (typeof x !== 'string') return;",
        "if (x.includes(';')) return;",
        "if (x.startsWith('..')) return;",
        "if (!req.query.names.includes(x)) return;",
        "x = x.replace(/;/, '');",
    ],
)
def test_a_weak_guard_protects_nothing(find: Find, test: str) -> None:
    assert handled(find, f"app.get('/', (req) => {{ let x = req.query.x; {test} sh.run(x); }});") == 1


def test_a_text_holds_no_operators(find: Find) -> None:
    code = HEAD + "const db = require('db');\napp.get('/', (req) => {{ const x = req.query.x; {} db.find(x); }});\n"
    assert len(find({"a.js": code.format("")})) == 1
    assert find({"a.js": code.format("if (typeof x !== 'string') return;")}) == []


def test_an_address_that_begins_on_this_site_stays_there(find: Find) -> None:
    code = HEAD + "const net = require('net');\napp.get('/', (req) => net.go({}));\n"
    assert find({"a.js": code.format("`/items/${req.query.x}`")}) == []
    assert len(find({"a.js": code.format("`/${req.query.x}`")})) == 1
    assert find({"a.js": code.format("'https://a.example/' + req.query.x")}) == []
    assert len(find({"a.js": code.format("'https://a.example' + req.query.x")})) == 1


# -- prototypes ----------------------------------------------------------------------------------------------------------

MERGE = """
    exports.merge = function merge(target, source) {{
      for (const key in source) {{
        {}
        if (typeof source[key] === 'object') {{
          merge(target[key], source[key]);
        }} else {{
          target[key] = source[key];
        }}
      }}
    }};
"""
WALK = """
    exports.set = (object, path, value) => {{
      const keys = path.split('.');
      {}
      for (let i = 0; i < keys.length - 1; i++) {{
        const key = keys[i];
        {}
        object = object[key];
      }}
      object[keys[keys.length - 1]] = value;
    }};
"""


@pytest.mark.parametrize("code", [MERGE.format(""), WALK.format("", ""), MERGE.format("if (!source.hasOwnProperty(key)) continue;")])
def test_walking_into_an_object_by_keys_from_outside_is_found(find: Find, code: str) -> None:
    assert {item.rule_id for item in find({"a.js": code})} == {"javascript-prototype-key"}


@pytest.mark.parametrize(
    "code",
    [
        MERGE.format("if (key === '__proto__' || key === 'constructor') continue;"),
        MERGE.format("if (['__proto__', 'constructor', 'prototype'].includes(key)) continue;"),
        MERGE.format("if (!Object.prototype.hasOwnProperty.call(target, key)) continue;"),
        MERGE.format("if (bad(key)) continue;") + "    function bad(key) { return key === '__proto__' || key === 'constructor'; }\n",
        WALK.format("if (keys.some((key) => key === '__proto__' || key === 'prototype')) return;", ""),
        WALK.format("object = Object.create(null);", "if (key === '__proto__') return;"),
        "    exports.put = (map, key, value) => { map[key] = value; };\n",
        "    exports.put = (matrix, row, column, value) => { matrix[row][column] = value; };\n",
        "    exports.put = (text) => { const all = {}; for (const key of text.split(',')) all[key] = 1; return all; };\n",
    ],
)
def test_guards_and_plain_tables_are_no_pollution(find: Find, code: str) -> None:
    assert find({"a.js": code}) == []


# -- libraries and patterns ----------------------------------------------------------------------------------------------


def test_what_a_module_offers_is_called_by_anybody(find: Find) -> None:
    code = """
        const sh = require('sh');
        function inner(x) { sh.run(x); }
        function offered(x) { sh.run(x); }
        class Tool { run(x) { sh.run(x); } _own(x) { sh.run(x); } }
        const api = { go(x) { sh.run(x); } };
        module.exports = { offered, Tool, api, make: () => function (x) { sh.run(x); } };
    """
    found = find({"index.js": dedent(code)})
    assert {item.trust for item in found} == {Trust.LIBRARY}
    assert sorted(line for _, line in places(found)) == [4, 5, 6, 7]


def test_tools_of_a_package_offer_nothing(find: Find) -> None:
    code = "const sh = require('sh');\nexports.run = (x) => sh.run(x);\n"
    assert find({"scripts/build.js": code}) == []
    assert len(find({"lib/build.js": code})) == 1


def test_a_slow_pattern_is_found_where_it_is_written_unless_the_text_is_short(find: Find) -> None:
    code = "const NUMBER = /^\\d*\\.?\\d+$/;\nexports.parse = (text) => {{\n  {}\n  return NUMBER.test(text);\n}};\n"
    assert places(find({"a.js": code.format("")})) == [("a.js", 1)]
    assert find({"a.js": code.format("if (text.length > 100) return false;")}) == []


def test_a_function_with_the_parameters_of_a_handler_is_one_where_somebody_may_know_it(find: Find) -> None:
    code = """
        const sh = require('sh');
        function never(rq, rs) { sh.run(rq.query.a); }
        exports.list = (rq, rs) => sh.run(rq.query.b);
        exports.made = () => (err, rq, rs) => sh.run(rq.query.c);
        exports.other = (rs, rq) => 1;
    """
    found = find({"index.js": dedent(code)})
    assert [(line, item.trust) for item, (_, line) in zip(found, places(found), strict=True)] == [(4, Trust.REMOTE), (5, Trust.REMOTE)]


def test_the_object_whose_method_a_function_is_brings_nothing_in(find: Find) -> None:
    code = "const sh = require('sh');\nexports.run = (self, line) => {\n  sh.run(self.line);\n  sh.run(line);\n};\n"
    assert places(find({"index.js": code})) == [("index.js", 4)]


def test_an_object_that_is_written_down_is_no_text(find: Find) -> None:
    code = "const sh = require('sh');\nexports.run = (x) => {\n  sh.run({ line: x });\n  sh.run(`ls ${x}`);\n};\n"
    assert places(find({"index.js": code})) == [("index.js", 4)]


def test_what_a_package_does_not_hand_on_is_less_sure(find: Find) -> None:
    files = {
        "package.json": '{"name": "tools", "main": "index.js"}',
        "index.js": "const sh = require('sh');\nrequire('./own');\nexports.run = require('./handed').run;\n",
        "handed.js": "const sh = require('sh');\nexports.run = (x) => sh.run(x);\n",
        "own.js": "const sh = require('sh');\nexports.work = (x) => sh.run(x);\n",
    }
    handed, own = find(files)
    assert (handed.trace.place.path, handed.trust, handed.confidence) == ("handed.js", Trust.LIBRARY, None)
    assert (own.trace.place.path, own.trust, own.confidence) == ("own.js", Trust.LIBRARY, Precision.LOW)


def test_a_package_s_own_function_that_runs_all_it_is_given_is_less_sure_than_one_that_puts_code_together(find: Find) -> None:
    files = {
        "package.json": '{"name": "tools", "main": "index.js"}',
        "index.js": "const sh = require('sh');\nrequire('./own');\nexports.run = (x) => sh.eval(x);\n",
        "own.js": "const sh = require('sh');\nexports.all = (x) => sh.eval(x);\nexports.part = (x) => sh.eval('go(' + x + ')');\n",
    }
    handed, whole, part = find(files)
    assert (handed.trace.place.path, handed.confidence) == ("index.js", None)
    assert (whole.trace.place.start_line, whole.confidence) == (2, Precision.LOW)
    assert (part.trace.place.start_line, part.confidence) == (3, None)


@pytest.mark.parametrize(
    ("index", "module"),
    [
        ("exports.tools = require('./tools');", "exports.run = (x) => sh.run(x);"),
        ("const tools = require('./tools');\nmodule.exports = { tools };", "exports.run = (x) => sh.run(x);"),
        ("export * as tools from './tools';", "export const run = (x) => sh.run(x);"),
        ("export * from './tools';", "export const run = (x) => sh.run(x);"),
        ("Object.assign(exports, require('./tools'));", "exports.run = (x) => sh.run(x);"),
        ("const Box = require('./tools');\nexports.open = () => new Box();", "module.exports = class Box { run(x) { sh.run(x); } };"),
        ("exports.open = require('./tools').open;", "class Box { run(x) { sh.run(x); } }\nexports.open = () => new Box();"),
    ],
)
def test_a_package_hands_on_modules_and_what_its_functions_make(find: Find, index: str, module: str) -> None:
    files = {"package.json": '{"name": "p", "main": "index.js"}', "index.js": index, "tools.js": f"const sh = require('sh');\n{module}\n"}
    assert [(item.trace.place.path, item.confidence) for item in find(files)] == [("tools.js", None)]


# -- one cause -----------------------------------------------------------------------------------------------------------


def test_what_is_stored_once_and_used_in_two_functions_is_two_findings_so_that_a_change_that_adds_one_is_told(find: Find) -> None:
    found = find(
        {
            "app.js": HEAD + "let last = '';\napp.get('/', (rq) => { last = rq.query.x; });\n"
            "app.get('/a', () => { sh.run(last); });\napp.get('/b', () => { sh.run('b ' + last); });\n",
        }
    )
    assert [(item.trace.place.start_line, item.related) for item in found] == [(6, ()), (7, ())]


def test_two_places_that_are_stored_in_are_two_findings(find: Find) -> None:
    found = find(
        {
            "app.js": HEAD + "let last = '';\nlet next = '';\napp.get('/', (rq) => { last = rq.query.x; next = rq.query.y; });\n"
            "app.get('/a', () => { sh.run(last); });\napp.get('/b', () => { sh.run(next); });\n",
        }
    )
    assert [(item.trace.place.start_line, item.related) for item in found] == [(7, ()), (8, ())]


def test_what_is_handed_to_two_functions_is_two_findings(find: Find) -> None:
    found = find(
        {"app.js": HEAD + "const a = (x) => sh.run(x);\nconst b = (x) => sh.run(x);\napp.get('/', (rq) => { const x = rq.query.x; a(x); b(x); });\n"}
    )
    assert len(found) == 2


_PACKAGE = '{"name": "p", "main": "index.js"}'
_HANDLER = "const web = require('web');\nconst own = require('./index');\nconst app = web();\napp.get('/', (rq, rs) => {\n  %s;\n});\n"


def test_what_a_served_program_calls_itself_is_told_by_its_callers(find: Find) -> None:
    index = "exports.go = function (name) {\n  sh.open({ path: `/srv/${name}` });\n};\n"
    files = {"package.json": _PACKAGE, "index.js": f"const sh = require('sh');\n{index}"}
    (found,) = find(files | {"app.js": _HANDLER % "own.go('date')"})
    assert (found.trust, found.confidence) == (Trust.LIBRARY, Precision.LOW)
    (found,) = find(files | {"app.js": _HANDLER % "own.go(rq.query)"})
    assert (found.trust, found.confidence) == (Trust.REMOTE, None)
    (found,) = find(files | {"app.js": _HANDLER % "own.other('date')"})  # a way in that no model knows stays one
    assert (found.trust, found.confidence) == (Trust.LIBRARY, None)


def test_code_that_is_put_together_is_told_also_where_the_program_calls_it_itself(find: Find) -> None:
    index = "const sh = require('sh');\nexports.run = function (line) {\n  sh.eval(`go(${line})`);\n};\n"
    (found,) = find({"package.json": _PACKAGE, "index.js": index, "app.js": _HANDLER % "own.run('date')"})
    assert (found.trust, found.confidence) == (Trust.LIBRARY, None)


@pytest.mark.parametrize(
    ("function", "parameter", "asked"),
    [("show", "html", True), ("show", "cellHtml", True), ("html", "content", True), ("show", "text", False), ("htmlOf", "name", False)],
)
def test_who_is_asked_for_markup_knows_that_it_is_some(find: Find, function: str, parameter: str, asked: bool) -> None:
    code = f"exports.{function} = function ({parameter}) {{\n  document.getElementById('x').innerHTML = {parameter};\n}};\n"
    (found,) = find({"package.json": _PACKAGE, "index.js": code})
    assert (found.trust, found.confidence) == (Trust.LIBRARY, Precision.LOW if asked else None)


def test_markup_from_a_visitor_is_told_whatever_it_is_called(find: Find) -> None:
    code = "function show(html) {\n  document.getElementById('x').innerHTML = html;\n}\nshow(location.hash);\n"
    (found,) = find({"page.js": code})
    assert (found.trust, found.confidence) == (Trust.REMOTE, None)


@pytest.mark.parametrize(
    ("head", "data", "own"),
    [
        ("handle, table", "handle.options.table", True),
        ("handle, table", "table", False),
        ("handle: Handle, table", "handle.quote('items')", True),
        ("handle: Handle, table", "table", False),
        ("ctx, table", "ctx.table", False),
    ],
)
def test_what_a_connection_says_of_itself_is_less_sure_to_be_from_outside(find: Find, head: str, data: str, own: bool) -> None:
    query = f"{'ctx.' if head.startswith('ctx') else ''}handle.query"
    code = f"import {{ Handle }} from 'db';\nexport function go({head}) {{\n  const quote = () => {data};\n  {query}(`SELECT ${{quote()}}`);\n}}\n"
    (found,) = find({"package.json": _PACKAGE.replace(".js", ".ts"), "index.ts": code})
    assert (found.trust, found.confidence) == (Trust.LIBRARY, Precision.LOW if own else None)


@pytest.mark.parametrize(
    ("functions", "use", "confidence"),
    [(8, "rs.stage.walkOn(rq.query)", Precision.MEDIUM), (30, "rs.stage.walkOn(rq.query)", Precision.LOW), (30, "f0(rq.query)", None)],
)
def test_a_very_long_way_that_rests_on_guesses_is_less_sure(find: Find, functions: int, use: str, confidence: Precision | None) -> None:
    calls = "".join(f"const f{n} = (x) => {{\n  const y = f{n + 1}(x);\n  return y;\n}};\n" for n in range(functions))
    calls += f"const f{functions} = (x) => sh.eval(x);\nclass Stage {{ walkOn(x) {{ f0(x); }} }}\n"
    (found,) = find({"app.js": f"{HEAD}{calls}app.get('/', (rq, rs) => {{ {use}; }});\n"})
    assert (found.trust, found.confidence) == (Trust.REMOTE, confidence)
