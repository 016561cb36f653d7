"""Programs as texts, a small library for them to use, and facts written by hand."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from scanner.core.finding import Trust
from scanner.syntax.parse import Parsed, parse
from scanner.taint.knowledge import (
    Condition,
    EntryHow,
    EntryRow,
    FlowRule,
    GuardRow,
    Knowledge,
    MisuseRule,
    PropagatorRow,
    SanitizerRow,
    SinkRow,
    SourceRow,
    Test,
)
from scanner.taint.link.linker import LinkOptions, link
from scanner.taint.local.analysis import analyse_module
from scanner.taint.lower.python.module import lower_module

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.taint.facts import FileFacts
    from scanner.taint.linked import Linked

LINE_END = b"\n"
KINDS = ("sql", "command", "html")
ALL = tuple(Trust)


def make_knowledge() -> Knowledge:
    """`web` brings data in, `db`, `shell` and `page` are where it must not go, `clean` makes it safe."""
    return Knowledge(
        language="python",
        kind_bits={kind: 1 << number for number, kind in enumerate(KINDS)},
        sources={
            row.name: row
            for row in (
                SourceRow("web.Request.args", Trust.REMOTE),
                SourceRow("web.read()", Trust.REMOTE),
                SourceRow("web.Handler.argument()", Trust.REMOTE),
                SourceRow("files.load()", Trust.CONTENT),
                SourceRow("local.ARGUMENTS", Trust.LOCAL),
            )
        },
        sinks={
            "db.Cursor.execute": (SinkRow("db.Cursor.execute", ("0", "sql"), "sql", hints=("cursor",)),),
            "shell.run": (SinkRow("shell.run", ("0",), "command", when=(Condition(("shell",), Test.TRUTHY),)),),
            "shell.line": (SinkRow("shell.line", ("0", "text"), "command"),),
            "machine.call": (SinkRow("machine.call", ("0",), "command"),),
            "page.Page.body": (SinkRow("page.Page.body", ("=",), "html"),),
        },
        hinted_sinks={"execute": (SinkRow("db.Cursor.execute", ("0", "sql"), "sql", hints=("cursor",)),)},
        sanitizers={
            "clean.sql": (SanitizerRow("clean.sql", ("sql",)),),
            "clean.line": (SanitizerRow("clean.line", ("command",)),),
            "clean.everything": (SanitizerRow("clean.everything", ()),),
        },
        propagators={
            "text.first": (PropagatorRow("text.first", ("0",)),),
            "text.nothing": (PropagatorRow("text.nothing", ()),),
            "list.append": (PropagatorRow("list.append", ("0",), "self"),),
            "dict.get": (PropagatorRow("dict.get", ("self:*", "1")),),
        },
        guards={"clean.is_word": (GuardRow("clean.is_word", "0", ()),)},
        types={
            "web.request": "web.Request",
            "web.App()": "web.App",
            "db.connect()": "db.Connection",
            "db.Connection.cursor()": "db.Cursor",
            "db.Connection.__enter__()": "db.Connection",
            "db.BigCursor<": "db.Cursor",
            "page.Page()": "page.Page",
        },
        entries=(
            EntryRow(EntryHow.DECORATOR, "web.App.route", Trust.REMOTE, params=("*",)),
            EntryRow(EntryHow.METHOD, "web.Handler", Trust.REMOTE, params=("*",), methods=("get", "post")),
            EntryRow(EntryHow.METHOD, "web.View", Trust.REMOTE, methods=("get",), typed=(("1", "web.Request"), ("request", "web.Request"))),
            EntryRow(EntryHow.ARGUMENT, "web.App.add", Trust.REMOTE, params=("*",), slots=("1", "handler")),
            EntryRow(EntryHow.FUNCTION, "handle_event", Trust.REMOTE, params=("0",), requires="cloud"),
            EntryRow(EntryHow.PARAMETER, "web.Request", Trust.REMOTE),
        ),
        flow_rules=(
            FlowRule("sql-injection", ("sql",), ALL),
            FlowRule("command-injection", ("command",), ALL),
            FlowRule("scripting", ("html",), (Trust.REMOTE,)),
        ),
        misuse_rules={"crypto.Cipher.weak": (MisuseRule("weak-cipher", ("crypto.Cipher.weak",), (Condition(("mode",), Test.IS, ("old",)),)),)},
        hinted_misuses={"danger": (MisuseRule("danger", ("lib.X.danger",), hints=("thing",)),)},
        digest="made by hand",
    )


def facts_of(files: Mapping[str, str], knowledge: Knowledge) -> tuple[FileFacts, ...]:
    """The facts of files by path. The module's name is the path's."""
    found = []
    for path, text in files.items():
        data = dedent(text).encode()
        parsed = parse("python", data)
        assert isinstance(parsed, Parsed)
        parts = path.removesuffix(".py").split("/")
        package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if package else parts)
        found.append(analyse_module(lower_module(parsed.root, data, path=path, name=name, package=package), knowledge))
    return tuple(found)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return make_knowledge()


@pytest.fixture(scope="session")
def analysed(knowledge: Knowledge) -> Callable[[Mapping[str, str]], tuple[FileFacts, ...]]:
    """Files by path -> their facts."""
    return lambda files: facts_of(files, knowledge)


@pytest.fixture(scope="session")
def linked(knowledge: Knowledge) -> Callable[..., Linked]:
    """Files by path -> what the linker says of them. Exported functions count as sources only where `library` is set."""

    def run(files: Mapping[str, str], *, library: bool = False) -> Linked:
        return link(facts_of(files, knowledge), knowledge, LinkOptions(library=library))

    return run


@pytest.fixture(scope="session")
def flows(linked: Callable[..., Linked]) -> Callable[..., list[str]]:
    """Files by path -> each flow as `rule path:line`, sorted."""

    def run(files: Mapping[str, str], *, library: bool = False) -> list[str]:
        texts = {path: dedent(text).encode() for path, text in files.items()}
        return sorted(
            f"{fact.rule_id} {fact.sink.path}:{1 + texts[fact.sink.path].count(LINE_END, 0, fact.sink.at)}"
            for fact in linked(files, library=library).facts
        )

    return run
