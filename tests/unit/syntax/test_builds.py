"""What is a build of what: the forms of compilers are known, and a file that only resembles its original is none."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest

from scanner.syntax.builds import compare
from scanner.syntax.compared import Compared

HEAD = '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n'


def compared(build: str, original: str, *, head: str = HEAD, language: str = "typescript") -> Compared:
    return compare(("javascript", (head + dedent(build)).encode()), (language, dedent(original).encode()))


def same(build: str, original: str, *, head: str = HEAD, language: str = "typescript") -> bool:
    return compared(build, original, head=head, language=language).same


IMPORTED = "import { escape as clean, Kind } from './e';\nimport * as net from 'net';\nimport fs from 'fs';\n"

FORMS = {
    "types and comments": (
        "function f(a, b) { return a.b; }",
        "/** Adds. */\nfunction f(this: Window, a: A<string>, b?: number): string { return (a as any).b!; } // done",
    ),
    "what only declares": (
        "class C {\n    g() { return 1; }\n}",
        (
            "interface I { a: string }\ntype T = I | null;\ndeclare const x: T;\n"
            "abstract class C<T> implements I { a!: string; abstract f(): void; g(): number { return 1; } }"
        ),
    ),
    "overloads": ("function f(a) { return a; }", "function f(a: string): string;\nfunction f(a: number): number;\nfunction f(a: any) { return a; }"),
    "exports": (
        "exports.B = exports.a = void 0;\nexports.f = f;\nexports.a = 1;\nfunction f() { return exports.a; }\nclass B {\n}\nexports.B = B;",
        "export const a = 1;\nexport function f() { return a; }\nexport class B {}",
    ),
    "a function that is exported as a constant": ("const f = () => 1;\nexports.f = f;", "export const f = (): number => 1;"),
    "imports": (
        (
            'const e_1 = require("./e");\nconst net = require("net");\nconst fs_1 = require("fs");\n'
            "fs_1.default.run((0, e_1.escape)(net.x), { clean: e_1.escape });"
        ),
        IMPORTED + "fs.run(clean(net.x), { clean });",
    ),
    "what is handed on": (
        (
            'var e_1 = require("./e");\nObject.defineProperty(exports, "a", { enumerable: true, get: function () { return e_1.a; } });\n'
            'const tslib_1 = require("tslib");\ntslib_1.__exportStar(require("./g"), exports);'
        ),
        "export { a } from './e';\nexport * from './g';",
    ),
    "fields": (
        "class C extends B {\n    constructor(a) {\n        super();\n        this.a = a;\n        this.b = new Map();\n    }\n}\nC.c = 'x';",
        (
            "class C extends B { private b = new Map<string, string>(); static readonly c: string = 'x'; d?: number;"
            " constructor(private readonly a: A) { super(); } }"
        ),
    ),
    "fields of a class without a constructor": (
        "class C extends B {\n    constructor() {\n        super(...arguments);\n        this.b = 1;\n    }\n    f() { }\n}",
        "class C extends B { b = 1; f() {} }",
    ),
    "fields that stay": ("class C {\n    a;\n    b = 1;\n}", "class C { a: string; b = 1; }"),
    "an enumeration": (
        (
            'exports.E = void 0;\nvar E;\n(function (E) {\n    E["A"] = "a";\n    E[E["B"] = 4] = "B";\n    E[E["C"] = 5] = "C";\n'
            "})(E || (exports.E = E = {}));"
        ),
        "export enum E { A = 'a', B = 4, C }",
    ),
    "a constant enumeration": ("const x = [1 /* E.B */, 'x'];", "const enum E { A, B }\nconst x = [E.B, 'x'];"),
    "an assertion in brackets": ("const x = (a ? b : c).d + e.f;", "const x = ((a ? b : c) as D).d + (e as F).f;"),
    "semicolons that were left out": (
        "const a = 1;\nlet b;\nconst c = () => {\n    b = a;\n    return;\n};\n(0, c)();\ndo {\n    c();\n} while (b);\nexports.default = f();\n",
        "const a = 1\nlet b: string\n\nconst c = () => {\n  b = a\n  return\n}\n\n;(0, c)()\n\ndo { c() }\nwhile (b)\nexport default f()\n",
    ),
    "an arrow's parameter": ("run(async (x) => x);", "run(async x => x);"),
}


@pytest.mark.parametrize("form", FORMS)
def test_what_a_compiler_does_is_known(form: str) -> None:
    assert same(*FORMS[form])


def test_two_builds_of_an_absent_source_are_compared_with_each_other() -> None:
    common = 'const e_1 = require("./e");\nexports.f = f;\nfunction f(x) { return (0, e_1.escape)(x); }'
    modular = 'import { escape } from "./e.js";\nexport function f(x) { return escape(x); }'
    assert same(modular, HEAD + common, head="", language="javascript")
    assert same(common, modular, language="javascript")


def test_the_modules_that_both_name_are_told_as_each_spells_them() -> None:
    found = compared('const e_1 = require("./e");\n(0, e_1.f)(require("./g"));', "import { f } from './e.js';\nf(require(\"./g\"));")
    assert found == Compared(same=True, modules=(("./e", "./e.js"), ("./g", "./g")))


HELPER = """\
var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
"""


def test_a_helper_that_the_compiler_writes_into_a_file_is_known_by_all_of_its_text() -> None:
    build, original = 'const fs_1 = __importDefault(require("fs"));\nfs_1.default.run();', "import fs from 'fs';\nfs.run();"
    assert same(HELPER + build, original)
    assert not same(HELPER.replace("mod }", "exec(mod) }") + build, original)
    assert not same("function __importDefault(mod) { return exec(mod); }\n" + build, original)


ORIGINAL = """\
    import { exec } from 'child_process';
    import { escape, fetch } from './safe';

    export let last = '';

    function check(clean: (text: string) => string, text: string) {
      if (!/^[a-z ]+$/.test(text)) { return; }
      return exec('ls ' + clean(escape(text)));
    }

    export function get(url: string) { return fetch(url); }
"""
BUILD = """\
    exports.get = get;
    const child_process_1 = require("child_process");
    const safe_1 = require("./safe");
    exports.last = '';
    function check(clean, text) {
        if (!/^[a-z ]+$/.test(text)) {
            return;
        }
        return (0, child_process_1.exec)('ls ' + clean((0, safe_1.escape)(text)));
    }
    function get(url) { return (0, safe_1.fetch)(url); }
"""

ATTACKS = {
    "a call more": ("    function get(url)", '    require("child_process").exec(process.env.X);\n    function get(url)'),
    "a check less": ("if (!/^[a-z ]+$/.test(text)) {\n            return;\n        }\n", ""),
    "a sanitizer less": ("(0, safe_1.escape)(text)", "text"),
    "another order": ("'ls ' + clean((0, safe_1.escape)(text))", "(0, safe_1.escape)('ls ' + clean(text))"),
    "other letters in a class": ("[a-z ]", "[a-z;]"),
    "a blank less in a literal": ("[a-z ]", "[a-z]"),
    "everybody's function of the name": ("(0, safe_1.fetch)(url)", "fetch(url)"),
    "a parameter's function instead of a module's": ("function check(clean, text)", "function check(escape, text)"),
    "a module more": ("const safe_1", 'const evil_1 = require("./evil");\n    const safe_1'),
    "another module": ('require("./safe")', 'require("./evil")'),
    "a module's name with a blank": ('require("./safe")', 'require("./sa fe")'),
    "an export of something else": ("exports.get = get;", "exports.get = check;"),
    "an export more": ("exports.get = get;", "exports.get = get;\n    exports.check = check;"),
    "a return that ends": ("return (0, child", "return\n        (0, child"),
    "a helper that is not the compiler's": (
        'const safe_1 = require("./safe");',
        'const tslib_1 = require("./safe");\n    const safe_1 = tslib_1.__importStar(require("./safe"));',
    ),
    "a variable of the module's name": ("const safe_1 =", "var check = require('./safe');\n    const safe_1 ="),
    "code in what looks like a comment": ("exports.last = '';", "exports.last = '/*'; require('./evil'); '*/';"),
    "a statement that goes on": ("exports.last = '';", "exports.last = ''\n    (function () { return process.env.X; })();"),
    "a file that does not parse": ("function get(url) {", "function get(url) {{"),
}


def test_the_attacks_begin_with_a_build() -> None:
    assert same(BUILD, ORIGINAL)


@pytest.mark.parametrize("word", ["", "evil", "text", "exec"])
def test_every_word_of_a_build_counts(word: str) -> None:
    code = dedent(BUILD)
    for found in re.finditer(r"[\w$]+", code):
        changed = code[: found.start()] + word + code[found.end() :]
        assert changed == code or not same(changed, ORIGINAL), changed


def test_every_word_of_an_original_counts_too() -> None:
    code = dedent(ORIGINAL)
    body = code[code.index("function check") :].replace(": (text: string) => string", "").replace(": string", "")
    assert same(BUILD, code[: code.index("function check")] + body)
    for found in re.finditer(r"[\w$]+", body):
        changed = body[: found.start()] + "evil" + body[found.end() :]
        assert not same(BUILD, code[: code.index("function check")] + changed), changed


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_does_something_else_is_no_build(attack: str) -> None:
    before, after = ATTACKS[attack]
    changed = dedent(BUILD).replace(dedent(before), dedent(after)) if before in dedent(BUILD) else BUILD.replace(before, after)
    assert dedent(changed) != dedent(BUILD)
    assert not same(changed, ORIGINAL)


@pytest.mark.parametrize(
    ("build", "original"),
    [
        # The original's own variable of an imported name, and the build's import: only the second is what a visitor sent.
        ('const s_1 = require("./s");\nfunction f(q) { run(s_1.q); }', "import { q } from './s';\nfunction f(q: string) { run(q); }"),
        ('const s_1 = require("./s");\nfunction f(q) { run(s_1.p); }', "import { p as q } from './s';\nfunction f(q: string) { run(q); }"),
        ("exports.q = '';\nfunction f(q) { run(exports.q); }", "export let q = '';\nfunction f(q: string) { run(q); }"),
        # What is imported and not used by the build is everybody's there.
        ("exports.f = f;\nfunction f(u) { return fetch(u); }", "import { fetch } from './safe';\nexport function f(u: string) { return fetch(u); }"),
        # Names in comments are no names.
        ("run(q);", "/* run(q); */"),
        ("run(q);", "type T = typeof run;\ninterface I { run(q: string): void }"),
    ],
)
def test_a_name_that_means_something_else_is_no_build(build: str, original: str) -> None:
    assert not same(build, original)


def test_what_an_import_brings_for_its_type_alone_is_missing_in_a_build_of_modules_too() -> None:
    assert same("export function f(u) { return u; }", "import { Url } from './u';\nexport function f(u: Url) { return u; }", head="")
    assert not same("export function f(u) { return fetch(u); }", "import { fetch } from './u';\nexport function f(u) { return fetch(u); }", head="")


def test_a_module_that_is_named_in_two_ways_or_put_together_is_not_followed_and_so_no_build() -> None:
    assert not same('require("./x");\nrequire("./x.mjs");', "require('./x');\nrequire('./x.mjs');")
    assert not same('run(require("./x" + ""));', 'run(require("./x" + ""));')
    assert same("run(require(`./x`));", "run(require(`./x`));")


def test_many_requires_are_not_looked_for() -> None:
    many = "".join(f'const m_{number} = require("./m{number}");\n' for number in range(401))
    assert not same(many, "".join(f"import * as m{number} from './m{number}';\n" for number in range(401)))
