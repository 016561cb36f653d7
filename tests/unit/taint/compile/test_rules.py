"""Flow and misuse rules, their cases, and what several directories make together."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from scanner.core.finding import Trust
from scanner.core.rule import Precision, Severity
from scanner.rulepack.loader import load_rules
from scanner.taint.compile.cases import TaintCase
from scanner.taint.compile.kinds import MODELS, RULES
from scanner.taint.compile.load import languages_of, load_knowledge, load_taint
from scanner.taint.knowledge import Condition, FlowRule, MisuseRule
from scanner.taint.knowledge import Test as Judged

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.taint.compile.conftest import Rules

FLOW = "kind: flow\nsinks: [sql, nosql]\ntrust: [remote, library]\nconfidence: {library: medium}"


def test_a_flow_rule_joins_kinds_and_trust(rules: Rules) -> None:
    rules.rule(FLOW)
    flow = FlowRule("python-thing", ("sql", "nosql"), (Trust.REMOTE, Trust.LIBRARY), ((Trust.LIBRARY, Precision.MEDIUM),))
    assert rules.knowledge().flow_rules == (flow,)
    (entry,) = rules.load().entries
    assert entry.payload.flow == flow
    assert (entry.rule.engine, entry.rule.languages, entry.rule.cwe, entry.rule.severity) == ("taint", ("python",), (89,), Severity.HIGH)


def test_a_flow_rule_may_doubt_sources_or_one_key_of_them(rules: Rules) -> None:
    rules.rule(f"{FLOW}\ndoubted: [shop.Request.path, 'shop.Request.headers:[Referer]']")
    (rule,) = rules.knowledge().flow_rules
    assert rule.doubted == ("shop.Request.path", "shop.Request.headers:[referer]")


def test_a_misuse_rule_is_found_by_each_of_its_calls(rules: Rules) -> None:
    rules.rule("kind: misuse\ncalls: [shop.Client.get, shop.get]\nwhen: [{arg: verify, is: false}]\nhints: [client]\nrequires-import: shop")
    misuse = MisuseRule("python-thing", ("shop.Client.get", "shop.get"), (Condition(("verify",), Judged.IS, (False,)),), ("client",), "shop")
    known = rules.knowledge()
    assert known.misuse_rules == {"shop.Client.get": (misuse,), "shop.get": (misuse,)}
    assert known.hinted_misuses == {"get": (misuse,)}


def test_a_misuse_rule_may_have_alternatives(rules: Rules) -> None:
    rules.rule("kind: misuse\nany: [{calls: [hashlib.md5]}, {calls: [hashlib.new], when: [{arg: 0, is: md5}]}]")
    known = rules.knowledge()
    assert {name: [rule.when for rule in found] for name, found in known.misuse_rules.items()} == {
        "hashlib.md5": [()],
        "hashlib.new": [(Condition(("0",), Judged.IS, ("md5",)),)],
    }


def test_cases_are_one_file_or_several(rules: Rules) -> None:
    rules.rule(FLOW, cases='{vulnerable: [one, {file: urls.py, code: two}, {files: {a.py: "x\\ny  # here\\n", lib/b.py: z}}], safe: [three]}')
    (entry,) = rules.load().entries
    cases = [case for case in entry.cases if isinstance(case, TaintCase)]
    assert [(case.files, case.vulnerable) for case in cases] == [
        ((("", "one"),), True),
        ((("urls.py", "two"),), True),
        ((("a.py", "x\ny  # here\n"), ("lib/b.py", "z")), True),
        ((("", "three"),), False),
    ]
    assert {case.line for case in cases} == {11}
    assert [case.expected for case in cases] == [(), (), (("a.py", 2),), ()]


def test_a_case_may_not_leave_its_directory(rules: Rules) -> None:
    rules.rule(FLOW, cases='{vulnerable: [{files: {"../a.py": x}}], safe: [three]}')
    assert "expected a path below the root" in rules.mistakes()[0]


def test_a_further_directory_adds_to_the_first(rules: Rules, another: Callable[[str], Rules]) -> None:
    rules.model("- never-returns: [shop.abort]")
    rules.rule(FLOW)
    own = another("own")
    own.model("- never-returns: [house.abort]", "house")
    own.rule(FLOW, rule_id="python-own")
    pack = load_taint(["python"], [rules.root, own.root])
    assert pack.knowledge["python"].never_returns == {"shop.abort", "house.abort"}
    assert [rule.id for rule in pack.rules.rules] == ["python-own", "python-thing"]


def test_only_the_languages_asked_for_are_opened(rules: Rules) -> None:
    rules.model("- never-returns: [shop.abort]")
    rules.file("models/java/broken.yaml", "rows: [}")
    assert languages_of([rules.root]) == ("java", "python")
    assert load_knowledge("python", [rules.root]).never_returns == {"shop.abort"}


def test_a_language_without_files_is_known_to_hold_nothing(rules: Rules) -> None:
    known = load_knowledge("go", [rules.root])
    assert (known.language, known.sinks, known.flow_rules) == ("go", {}, ())
    assert known.every_kind == (1 << len(known.kind_bits)) - 1


def test_names_are_told_in_the_spelling_that_aliases_lead_to(rules: Rules) -> None:
    rules.model("""
        - alias: {shop.globals: shop.core, shop.core.request: shop.request, old.shop: shop}
        - type: {shop.globals.request: shop.Request, "old.shop.connect()": old.shop.Connection}
        - base: {old.shop.A: old.shop.B}
        - source: [old.shop.globals.request.args]
          trust: remote
        - entry: {how: method, name: old.shop.View, methods: [get], typed: {"1": old.shop.Request}, trust: remote}
        - never-returns: [old.shop.abort]
    """)
    rules.rule("kind: misuse\ncalls: [old.shop.run, shop.run]")
    known = rules.knowledge()
    assert known.aliases == {"shop.globals": "shop.core", "shop.core.request": "shop.request", "old.shop": "shop"}
    assert known.types == {"shop.request": "shop.Request", "shop.connect()": "shop.Connection", "shop.A<": "shop.B"}
    assert set(known.sources) == {"shop.request.args"}
    assert known.entries[0].name == "shop.View"
    assert known.entries[0].typed == (("1", "shop.Request"),)
    assert known.never_returns == {"shop.abort"}
    assert [rule.names for rule in known.misuse_rules["shop.run"]] == [("shop.run",)]


def test_aliases_of_aliases_lead_to_the_last_name(rules: Rules) -> None:
    rules.model("- alias: {shop.a: shop.b, shop.b: shop.c}")
    assert rules.knowledge().aliases == {"shop.a": "shop.c", "shop.b": "shop.c"}


def test_the_digest_depends_on_what_is_said_and_not_on_how(rules: Rules, another: Callable[[str], Rules]) -> None:
    first, second = "- never-returns: [shop.abort]", "- source: [shop.args, shop.form]\n  trust: remote"
    rules.model(first, "a")
    rules.model(second, "b")
    other = another("other")
    other.model("# The same, in another order.\n- source: [shop.form]\n  trust: remote\n" + first + "\n- source: [shop.args]\n  trust: remote", "z")
    assert rules.knowledge().digest == other.knowledge().digest


def test_the_digest_changes_with_every_row_and_so_do_the_rules_that_rest_on_it(rules: Rules) -> None:
    rules.rule(FLOW)
    rules.model("- never-returns: [shop.abort]")
    before = rules.load()
    rules.model("- never-returns: [shop.exit]")
    after = rules.load()
    assert before.knowledge["python"].digest != after.knowledge["python"].digest
    assert before.rules.rules[0].digest != after.rules.rules[0].digest


def test_the_digest_does_not_depend_on_a_rule_s_words(rules: Rules) -> None:
    path = rules.rule(FLOW)
    before = rules.knowledge().digest
    path.write_text(path.read_text().replace("help: Why.", "help: Because."))
    assert rules.knowledge().digest == before


def test_the_rule_loader_takes_the_same_files_for_documents(rules: Rules) -> None:
    rules.model("- never-returns: [shop.abort]")
    rules.rule(FLOW)
    loaded = load_rules([rules.root], [MODELS, RULES])
    assert [document.payload.never_returns for document in loaded.documents_of(MODELS)] == [["shop.abort"]]
    assert [[one.rule.id for one in document.payload] for document in loaded.documents_of(RULES)] == [["python-thing"]]


def test_hidden_files_are_left_alone(rules: Rules) -> None:
    path = rules.model("- never-returns: [shop.abort]")
    shutil.copy(path, path.with_name(".shop.yaml"))
    rules.file("models/python/.git/x.yaml", "rows: [}")
    assert rules.knowledge().never_returns == {"shop.abort"}
