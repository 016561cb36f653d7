"""Branches, loops, jumps, switches, exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def test_branches_nest(lowered: Callable[..., list[str]]) -> None:
    assert lowered("if (a) b(); else if (c) d(); else { e() }") == [
        "if a",
        "  b()",
        "else",
        "  if c",
        "    d()",
        "  else",
        "    e()",
    ]


def test_loops_of_every_kind(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
for (let i = 0, n = f(); i < n; i++) a(i); for (;;) { break } for (const k in o) b(k);
while (c) { if (d) continue; e() } do { g() } while (h)
""") == [
        "i = 0",
        "n = f()",
        "while (i < n)",
        "  a(i)",
        "  i -= -1",
        "while True",
        "  break",
        "for k in Object.keys(o)",
        "  b(k)",
        "while c",
        "  if d",
        "    continue",
        "  e()",
        "while True",
        "  g()",
        "  if h",
        "  else",
        "    break",
    ]


def test_a_label_says_how_far_a_jump_goes(lowered: Callable[..., list[str]]) -> None:
    assert lowered("a: for (;;) { for (const b of c) { if (d) continue a; break a } }") == [
        "while True",
        "  for b in c",
        "    if d",
        "      continue 2",
        "    break 2",
    ]


def test_a_block_that_is_left_is_a_loop_that_runs_once(lowered: Callable[..., list[str]]) -> None:
    assert lowered("a: { if (b) break a; c() }") == [
        "while True",
        "  if b",
        "    break",
        "  c()",
        "  break",
    ]


def test_a_label_that_nobody_aims_at_does_nothing(lowered: Callable[..., list[str]]) -> None:
    assert lowered("a: { b() } c: d();") == [
        "b()",
        "d()",
    ]


def test_cases_that_end_do_not_fall_through(lowered: Callable[..., list[str]]) -> None:
    assert lowered('switch (a) { case 1: case "b": f(); break; case c.d: { g(); break } default: h() }') == [
        "match a",
        "  case [1, 'b']",
        "    f()",
        "  case [c.d]",
        "    g()",
        "  case []",
        "    h()",
    ]


def test_cases_that_fall_through_go_on_with_the_next(lowered: Callable[..., list[str]]) -> None:
    assert lowered("switch (a) { case 1: f(); case 2: g(); break; default: h(); case 3: i() }") == [
        "match a",
        "  case [1]",
        "    f()",
        "    g()",
        "  case [2]",
        "    g()",
        "  case [3]",
        "    i()",
        "  case []",
        "    h()",
        "    i()",
    ]


def test_the_default_comes_last(lowered: Callable[..., list[str]]) -> None:
    assert lowered("switch (a) { default: f(); break; case 1: g() }") == [
        "match a",
        "  case [1]",
        "    g()",
        "  case []",
        "    f()",
    ]


def test_a_break_inside_a_case_leaves_a_loop_around_the_switch(lowered: Callable[..., list[str]]) -> None:
    assert lowered("for (const a of b) { switch (a) { case 1: if (c) break; d(); break; case 2: continue } e() }") == [
        "for a in b",
        "  while True",
        "    match a",
        "      case [1]",
        "        if c",
        "          break",
        "        d()",
        "      case [2]",
        "        continue 2",
        "    break",
        "  e()",
    ]


def test_a_break_at_the_end_of_both_branches_needs_no_loop(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
switch (a) { case 1: if (b) { throw z } else { c(); break } case 2: if (d) { e(); break } else { throw f }
case 3: g() }
""") == [
        "match a",
        "  case [1]",
        "    if b",
        "      raise z",
        "    else",
        "      c()",
        "  case [2]",
        "    if d",
        "      e()",
        "    else",
        "      raise f",
        "  case [3]",
        "    g()",
    ]


def test_exceptions(lowered: Callable[..., list[str]]) -> None:
    assert lowered("try { a() } catch (e) { throw new Error(e) } finally { b() } try { c() } catch { d() }") == [
        "try",
        "  a()",
        "except [] e",
        "  raise new Error(e)",
        "finally",
        "  b()",
        "try",
        "  c()",
        "except []",
        "  d()",
    ]


def test_directives_that_matter_are_kept(lowered: Callable[..., list[str]]) -> None:
    assert lowered('"use server"; "use strict"; 1; ;') == [
        "'use server'",
    ]


def test_what_else_there_is(lowered: Callable[..., list[str]]) -> None:
    assert lowered("with (o) { p() } debugger; using r = open();", "javascript") == [
        "o",
        "p()",
        "r = open()",
    ]
