"""Conditions of misuse rules: references, parts, beginnings, names around a call, stores and decorators."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from scanner.syntax.parse import Parsed, parse
from scanner.taint.conditions import holds, named_for
from scanner.taint.knowledge import Condition, MisuseRule
from scanner.taint.knowledge import Test as Asked
from scanner.taint.local.analysis import analyse_module
from scanner.taint.lower.python.module import lower_module
from scanner.taint.refs import NameRef

if TYPE_CHECKING:
    from scanner.taint.knowledge import Knowledge

LOADER = Condition(("1", "Loader"), Asked.IS, ("yaml.Loader",))


def _lines(knowledge: Knowledge, code: str, *rules: MisuseRule) -> list[int]:
    """The lines on which the rules see a misuse."""
    own = replace(knowledge, misuse_rules={name: tuple(rule for rule in rules if name in rule.names) for rule in rules for name in rule.names})
    data = dedent(code).encode()
    parsed = parse("python", data)
    assert isinstance(parsed, Parsed)
    facts = analyse_module(lower_module(parsed.root, data, path="shop.py", name="shop", package=False), own)
    return [data.count(b"\n", 0, site.at) + 1 for site in facts.misuses]


@pytest.mark.parametrize(
    ("test", "name", "holding"),
    [
        (Asked.IS, "yaml.Loader", True),
        (Asked.IS, "yaml.SafeLoader", False),
        (Asked.NOT, "yaml.Loader", False),
        (Asked.NOT, "yaml.SafeLoader", True),
        (Asked.TRUTHY, "yaml.Loader", False),
        (Asked.FALSY, "yaml.Loader", False),
        (Asked.CONSTANT, "yaml.Loader", False),
        (Asked.DYNAMIC, "yaml.Loader", True),
        (Asked.PRESENT, "yaml.Loader", True),
        (Asked.ABSENT, "yaml.Loader", False),
        (Asked.MATCHES, "yaml.Loader", False),
    ],
)
def test_a_reference_equals_its_dotted_name_and_has_no_truth(test: Asked, name: str, holding: object) -> None:
    condition = Condition(("Loader",), test, ("yaml.Loader",))
    assert holds([condition], {"Loader": NameRef(name)}, ("0", "Loader")) is holding


@pytest.mark.parametrize(
    ("known", "slots", "absent"),
    [
        ({}, ("0",), True),
        ({}, ("0", "**"), False),
        ({}, ("0", "options"), False),
        ({"options:[aud]": True}, ("0", "options"), True),
        ({"options:[aud]": True, "options:*": 1}, ("0", "options"), False),
        ({"options:[verify]": True}, ("0", "options"), False),
    ],
)
def test_a_part_is_absent_only_where_its_container_is_seen_through(known: dict[str, bool], slots: tuple[str, ...], absent: object) -> None:
    assert holds([Condition(("options:[verify]",), Asked.ABSENT)], known, slots) is absent


def test_no_conditions_always_hold() -> None:
    assert holds((), {}, ())


def test_a_loader_is_known_by_import_alias_and_variable(knowledge: Knowledge) -> None:
    rule = MisuseRule("loader", ("yaml.load",), (LOADER,))
    code = """\
        import yaml
        from yaml import Loader as L
        MINE = yaml.Loader
        yaml.load(a, L)
        yaml.load(a, Loader=yaml.Loader)
        yaml.load(a, Loader=MINE)
        yaml.load(a, Loader=yaml.SafeLoader)
        yaml.load(a, Loader="yaml.SafeLoader")
    """
    assert _lines(knowledge, code, rule) == [4, 5, 6]


def test_a_part_of_a_dictionary_is_seen_through_a_variable(knowledge: Knowledge) -> None:
    rule = MisuseRule("options", ("jwt.decode",), (Condition(("options:[verify]",), Asked.IS, (False,)),))
    code = """\
        import jwt
        OPTIONS = {"verify": False}
        jwt.decode(t, options={"verify": False})
        jwt.decode(t, options=OPTIONS)
        jwt.decode(t, options={"verify": True})
        jwt.decode(t, options=unknown)
    """
    assert _lines(knowledge, code, rule) == [3, 4]


def test_names_around_a_call_count(knowledge: Knowledge) -> None:
    rule = MisuseRule("random", ("random.choice",), inside="(?i)token|secret")
    code = """\
        import random
        def colour():
            return random.choice("rgb")
        def make_token():
            return "".join(random.choice("ab") for _ in range(9))
        class SecretStore:
            def fresh(self):
                return random.choice("ab")
        def sign_up(user):
            user.token = random.choice("ab")
            token = random.choice("ab")
            user.colour = random.choice("ab")
    """
    assert _lines(knowledge, code, rule) == [5, 8, 10, 11]


def test_a_pattern_is_looked_for_in_each_name_by_itself() -> None:
    assert named_for("^make", "Shop.make_token")
    assert not named_for("Shop.make", "Shop.make_token")


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("os.path.join(tempfile.gettempdir(), name)", True),
        ("tempfile.gettempdir() + '/' + name", True),
        ("f'{tempfile.gettempdir()}/{name}'", True),
        ("Path(tempfile.gettempdir()) / name", True),
        ("'/tmp/%s' % name", True),
        ("'/tmp/report'", True),
        ("os.path.join('/srv', tempfile.gettempdir())", False),
        ("name", False),
    ],
)
def test_the_beginning_of_a_text_is_followed_through_variables(knowledge: Knowledge, path: str, found: object) -> None:
    rule = MisuseRule("temporary", ("builtins.open",), (Condition(("0",), Asked.BEGINS, ("tempfile.gettempdir", "/tmp/")),))
    code = f"import os\nimport tempfile\nfrom pathlib import Path\n\ndef save(name):\n    path = {path}\n    again = path\n    open(again, 'w')\n"
    assert (_lines(knowledge, code, rule) == [8]) is found


def test_stores_and_decorators_are_misused_too(knowledge: Knowledge) -> None:
    store = MisuseRule("verify", ("ssl.SSLContext.verify_mode",), (Condition(("=",), Asked.IS, ("ssl.CERT_NONE",)),))
    replaced = MisuseRule("default", ("ssl._create_default_https_context",))
    decorator = MisuseRule("exempt", ("shop_web.exempt",))
    code = """\
        import ssl
        import shop_web
        made = ssl.create_default_context()
        made.verify_mode = ssl.CERT_NONE
        made.verify_mode = ssl.CERT_REQUIRED
        ssl._create_default_https_context = ssl._create_unverified_context
        @shop_web.exempt
        def view(): ...
    """
    assert _lines(knowledge, code, store, replaced, decorator) == [4, 6, 7]


def test_a_rule_about_a_call_leaves_the_functions_it_is_handed_to_the_linker(knowledge: Knowledge) -> None:
    """`re_path(pattern, views.show)` may be wrong by its pattern, and is a route all the same."""
    code = b"from django.urls import re_path\nfrom . import views\nurlpatterns = [re_path('^show$', views.show)]\n"
    parsed = parse("python", code)
    assert isinstance(parsed, Parsed)
    facts = analyse_module(lower_module(parsed.root, code, path="shop/urls.py", name="shop.urls", package=False), knowledge)
    assert ("1", NameRef("shop.views.show")) in [item for function in facts.functions for call in function.calls for item in call.functions]
