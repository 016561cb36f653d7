"""What must hold of the lowering whatever the source: places lie in the file, names of variables mean nothing, dialects agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.syntax.parse import Parsed, parse
from scanner.taint import program
from scanner.taint.lower.javascript.module import lower_module

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = ("alfa", "brav", "char", "delt")
SOURCE = """
const {p: alfa = 1, k: brav} = input(); let char; var delt = [alfa, brav];
function use(alfa) { for (const brav of alfa) { let char = brav; char += alfa; (() => { char = brav; delt = alfa })() } return alfa }
class C { m(alfa, {q: brav}) { return alfa.n(brav, {x: alfa, [char]: 2}) } }
try { alfa() } catch (brav) { throw brav }
for (let delt = 0; delt < 3; delt++) { use(delt); { const delt = char; use(delt) } }
switch (alfa) { case brav: { let alfa = char; use(alfa); break } default: use(delt) }
export { char as out };
"""


def run(source: str, dialect: str = "javascript") -> program.Module:
    data = source.encode()
    parsed = parse(dialect, data)
    assert isinstance(parsed, Parsed)
    return lower_module(parsed.root, data, path="a.js", name="a.js", package=False, dialect=dialect)


@given(st.permutations(NAMES))
@settings(max_examples=24, deadline=None)
def test_renaming_variables_changes_nothing_but_their_names(names: list[str]) -> None:
    table = dict(zip(NAMES, names, strict=True))

    def renamed(text: str) -> str:
        return re.sub("|".join(NAMES), lambda match: table[match[0]], text)

    assert repr(run(renamed(SOURCE)).body) == renamed(repr(run(SOURCE).body))


def test_the_three_grammars_agree_on_plain_javascript() -> None:
    bodies = {dialect: run(SOURCE, dialect).body for dialect in ("javascript", "typescript", "tsx")}
    assert bodies["javascript"] == bodies["typescript"] == bodies["tsx"]


def test_every_place_lies_in_the_file(nodes: Callable[[program.Module], list[object]]) -> None:
    for node in nodes(run(SOURCE)):
        if hasattr(node, "at") and hasattr(node, "end"):
            assert 0 <= node.at <= node.end <= len(SOURCE)


def test_qualified_names_are_told_apart(nodes: Callable[[program.Module], list[object]]) -> None:
    module = run("const a = {get() {}}, b = {get() {}}; if (c) { function f() {} } else { function f() {} } class D { m() {} m() {} }")
    names = [node.qualname for node in nodes(module) if isinstance(node, program.Function | program.Class)]
    assert len(set(names)) == len(names)


def test_words_that_are_not_ascii_are_read() -> None:
    module = run("const größe = 'ü'; f(größe.länge, \"日本\", `x${größe}é`, \\u0061b);")
    assert "größe" in repr(module.body)
    assert "länge" in repr(module.body)
    assert "'日本'" in repr(module.body)
    assert "id='ab'" in repr(module.body)
