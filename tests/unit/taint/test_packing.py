"""Packed facts: nothing is lost, everything that holds a place holds a rank, and what only moves keeps its facts."""

from __future__ import annotations

from dataclasses import is_dataclass
from typing import TYPE_CHECKING

import pytest

from scanner.app.rules import load_all_rules
from scanner.engines.taint.job import Analyst, FileJob
from scanner.engines.taint.program import Program
from scanner.executors.inline import InlineExecutor
from scanner.ports.cache import NoCache
from scanner.ports.engine import OpenedFile
from scanner.syntax.parse import Parsed, parse
from scanner.taint import refs
from scanner.taint.facts import FileFacts
from scanner.taint.link.linker import link
from scanner.taint.local.analysis import analyse_module
from scanner.taint.lower.javascript.module import lower_module as lower_javascript
from scanner.taint.lower.python.module import lower_module as lower_python
from scanner.taint.packing import Packed, pack, unpack
from scanner.taint.places import Places
from scanner.taint.refs import NameRef, ResultType
from tests.support.memory_cache import MemoryCache

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.ports.cache import ScanCache
    from scanner.taint.knowledge import Knowledge
    from scanner.taint.linked import Linked

PYTHON = """import re
from flask import request

SLOW = re.compile('(a+)+$')


class Shop:
    name = request.args['name']

    def find(self, name):
        return SLOW.match(self.other(name))

    def other(self, name, db=None):
        import os
        os.system('ls ' + name)  # here
        return db.execute('select ' + request.args['q'])
"""
SCRIPT = """const cp = require('child_process');
const app = require('express')();
class Shop { run(text) { return cp.exec('ls ' + text); } }
app.get('/', (req, res) => { new Shop().run(req.query.q); /(a+)+$/.test(req.query.t); res.send(req.query.x); });
"""
CODE = {"python": ("shop.py", PYTHON), "javascript": ("shop.js", SCRIPT)}


def linked_program(files: list[Packed], knowledge: Knowledge, cache: ScanCache) -> Linked:
    return Program(files, knowledge, InlineExecutor(), cache).linked()


@pytest.fixture(scope="module")
def knowledge() -> dict[str, Knowledge]:
    loaded = load_all_rules(())
    return {language: loaded.knowledge[language] for language in CODE}


def result(knowledge: dict[str, Knowledge], language: str, code: str) -> Packed:
    path = CODE[language][0]
    parsed = parse(language, code.encode())
    assert isinstance(parsed, Parsed)
    found = Analyst(knowledge)(OpenedFile(path, language, code.encode(), parsed), FileJob(path.partition(".")[0], package=False)).facts
    assert found is not None
    return found


def places(value: object) -> Iterator[int]:
    """Every `at` and `end` in a value, whatever it is in."""
    fields = getattr(value, "_fields", None) or getattr(value, "__match_args__", None)
    if fields and not isinstance(value, str):
        for name in fields:
            held = getattr(value, name)
            if name in {"at", "end"}:
                assert isinstance(held, int)
                yield held
            else:
                yield from places(held)
    elif isinstance(value, tuple):
        for item in value:
            yield from places(item)


def with_offsets(value: object, packed: Packed) -> object:
    """The same value with the offsets that its ranks stand for."""
    if isinstance(value, tuple):
        named = dict(zip(getattr(value, "_fields", ()), value, strict=False))
        offset = Places({packed.path: packed.table}).offset
        if isinstance(named.get("at"), int):
            named |= {name: offset(packed.path, named[name]) for name in ("at", "end")}
            value = tuple.__new__(type(value), tuple(named.values()))
        elif len(value) == 2 and isinstance(value[0], str) and value[0].endswith((":~at", ":~end")):
            return (value[0], offset(packed.path, value[1]))
        items = tuple([with_offsets(item, packed) for item in value])
        return tuple.__new__(type(value), items)
    return value


def _facts(knowledge: dict[str, Knowledge], language: str) -> FileFacts:
    path, code = CODE[language]
    parsed = parse(language, code.encode())
    assert isinstance(parsed, Parsed)
    if language == "python":
        module = lower_python(parsed.root, code.encode(), path=path, name="shop", package=False)
    else:
        module = lower_javascript(parsed.root, code.encode(), path=path, name="shop", package=False, dialect=language)
    return analyse_module(module, knowledge[language])


@pytest.mark.parametrize("language", list(CODE))
def test_packed_facts_are_the_facts(knowledge: dict[str, Knowledge], language: str) -> None:
    facts = _facts(knowledge, language)
    packed = pack(facts)
    assert unpack(packed) != facts
    assert with_offsets(unpack(packed), packed) == facts
    assert pack(facts._replace(module="other")).shape != packed.shape


@pytest.mark.parametrize("language", list(CODE))
def test_facts_that_differ_in_one_row_have_another_shape(knowledge: dict[str, Knowledge], language: str) -> None:
    facts = _facts(knowledge, language)
    number, function = next((number, function) for number, function in enumerate(facts.functions) if function.calls and function.flows)
    call, flow = function.calls[0], function.flows[0]
    calls = [call._replace(constants=(("0", value),)) for value in (1, True, 1.0, "1", b"1", 2)]
    others = [
        *(function._replace(calls=(other, *function.calls[1:])) for other in calls),
        function._replace(flows=(flow._replace(mask=flow.mask ^ 1), *function.flows[1:])),
        function._replace(calls=(call._replace(callee=NameRef("elsewhere.run")), *function.calls[1:])),
        function._replace(returns=(*function.returns, ResultType(NameRef("elsewhere.run")))),
    ]
    shapes = [
        pack(facts._replace(functions=(*facts.functions[:number], other, *facts.functions[number + 1 :]))).shape for other in (function, *others)
    ]
    assert len(set(shapes)) == len(shapes)


def test_facts_of_nothing_are_packed_too() -> None:
    facts = FileFacts("a.py", "a", "python", (), (), (), (), (), ())
    assert unpack(pack(facts)) == facts


@pytest.mark.parametrize("language", list(CODE))
def test_every_place_is_a_rank_and_the_table_tells_all_of_them(knowledge: dict[str, Knowledge], language: str) -> None:
    found = result(knowledge, language, CODE[language][1])
    path = CODE[language][0]
    ranks = set(places(unpack(found)))
    told = [Places({path: found.table}).offset(path, rank) for rank in range(max(ranks) + 1)]
    assert told == sorted(set(told))
    assert told[0] == 0
    assert max(told) <= len(CODE[language][1].encode())
    assert ranks >= set(range(1, len(told)))  # none that nothing stands at


@pytest.mark.parametrize("language", list(CODE))
def test_what_is_linked_by_ranks_is_what_is_linked_by_offsets(knowledge: dict[str, Knowledge], language: str) -> None:
    found = result(knowledge, language, CODE[language][1])
    by_rank = linked_program([found], knowledge[language], NoCache())
    assert by_rank.facts
    line = CODE[language][1].encode()
    assert all(line[fact.sink.at : fact.sink.end].strip() for fact in by_rank.facts)
    assert by_rank.statistics == link([unpack(found)], knowledge[language]).statistics


@pytest.mark.parametrize("language", list(CODE))
def test_what_only_moves_is_linked_once(knowledge: dict[str, Knowledge], language: str) -> None:
    cache = MemoryCache()
    mark = "#" if language == "python" else "//"
    before = result(knowledge, language, CODE[language][1])
    moved_code = f"{mark} a remark\n\n" + CODE[language][1].replace(f"{mark} here", f"{mark} there it is") + f"\n{mark} the end\n"
    moved = result(knowledge, language, moved_code)
    assert (unpack(moved), moved.shape) == (unpack(before), before.shape)
    assert moved.table != before.table
    linked_program([before], knowledge[language], cache)
    remembered = dict(cache.held)
    again = linked_program([moved], knowledge[language], cache)
    assert cache.held == remembered
    assert again == linked_program([moved], knowledge[language], NoCache())
    texts = [moved_code.encode()[fact.sink.at : fact.sink.end] for fact in again.facts]
    assert texts == [CODE[language][1].encode()[fact.sink.at : fact.sink.end] for fact in linked_program([before], knowledge[language], cache).facts]


def test_every_reference_works_out_its_hash_once() -> None:
    references = [held for held in vars(refs).values() if isinstance(held, type) and hasattr(held, "_hash") and is_dataclass(held)]
    assert {"NameRef", "ResultType"} <= {cls.__name__ for cls in references}
    assert all(vars(cls)["__hash__"] is vars(NameRef)["__hash__"] for cls in references)
    assert hash(ResultType(NameRef("a.b"))) == hash(ResultType(NameRef("a.b"))) != hash(NameRef("a.b"))
