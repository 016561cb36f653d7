"""Laws of the algebra, on programs made by chance: chains of calls with cleaning on some of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.taint.link.linker import LinkOptions, link

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.taint.facts import FileFacts
    from scanner.taint.knowledge import Knowledge

    Analysed = Callable[[Mapping[str, str]], tuple[FileFacts, ...]]

# What a function makes of its argument, and hands to the next one of the chain.
_BODIES = ("text", "text + 'x'", "f'{text}'", "clean.line(text)", "clean.sql(text)", "{'a': text}['a']", "[text][0]", "unknown(text)")
_CLEANING = "clean.line(text)"
chains = st.lists(st.sampled_from(_BODIES), min_size=1, max_size=6)
splits = st.lists(st.integers(min_value=0, max_value=2), min_size=8, max_size=8)


def program(chain: list[str], modules: list[int], *, callers: int = 1) -> dict[str, str]:
    """Functions `step0`, `step1`, ... spread over modules; the last one is the sink, `callers` functions start the chain."""
    texts = {name: ["import web, shell, clean, unknown_library as unknown"] for name in ("m0", "m1", "m2")}
    places = [f"m{modules[number]}" for number in range(len(chain) + 1)]
    for number, body in enumerate(chain):
        target = places[number + 1]
        texts[places[number]].append(f"def step{number}(text):\n    import {target}\n    {target}.step{number + 1}({body})")
    texts[places[-1]].append(f"def step{len(chain)}(text):\n    shell.line(text)")
    first = "\n".join(f"def view{number}():\n    step0(web.read())" for number in range(callers))
    start = f"import web\nfrom {places[0]} import step0\n{first}"
    return {**{f"{name}.py": "\n".join(lines) for name, lines in texts.items()}, "start.py": start}


def reached(files: Mapping[str, str], knowledge: Knowledge, analysed: Analysed) -> list[tuple[str, str, str, str]]:
    facts = link(analysed(files), knowledge, LinkOptions(library=False)).facts
    return sorted((fact.rule_id, fact.source.name, fact.sink.function, fact.sink.name) for fact in facts)


@settings(max_examples=40, deadline=None)
@given(chain=chains, modules=splits)
def test_data_arrives_unless_somebody_cleans_it_for_this_sink(chain: list[str], modules: list[int], knowledge: Knowledge, analysed: Analysed) -> None:
    found = reached(program(chain, modules), knowledge, analysed)
    expected = [] if _CLEANING in chain else [("command-injection", "web.read()", f"step{len(chain)}", "shell.line")]
    assert found == expected


@settings(max_examples=25, deadline=None)
@given(chain=chains, modules=splits)
def test_splitting_a_program_changes_nothing_but_the_path(chain: list[str], modules: list[int], knowledge: Knowledge, analysed: Analysed) -> None:
    assert reached(program(chain, modules), knowledge, analysed) == reached(program(chain, [0] * 8), knowledge, analysed)


@settings(max_examples=25, deadline=None)
@given(chain=chains, modules=splits)
def test_adding_a_caller_never_removes_a_flow(chain: list[str], modules: list[int], knowledge: Knowledge, analysed: Analysed) -> None:
    before = reached(program(chain, modules), knowledge, analysed)
    after = reached(program(chain, modules, callers=3), knowledge, analysed)
    assert set(before) <= set(after)


@settings(max_examples=25, deadline=None)
@given(chain=chains, modules=splits, order=st.permutations(range(4)))
def test_the_order_of_the_files_changes_nothing(
    chain: list[str], modules: list[int], order: list[int], knowledge: Knowledge, analysed: Analysed
) -> None:
    facts = analysed(program(chain, modules, callers=2))
    assert link(facts, knowledge) == link([facts[number] for number in order], knowledge)
