"""Which names of a script are its own in some part of it, and which stand for what its module brings: as much of scopes as telling builds needs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from scanner.syntax.grammars import grammar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from tree_sitter import Node, Query

    from scanner.syntax.parse import Parsed

_MATCH_LIMIT: Final = 4_096
_NAMES: Final = "[(identifier) (shorthand_property_identifier) (shorthand_property_identifier_pattern)] @name"
_FUNCTIONS: Final = frozenset(
    {"function_declaration", "function_expression", "generator_function_declaration", "generator_function", "arrow_function", "method_definition"}
)
_BLOCKS: Final = _FUNCTIONS | {"statement_block", "switch_body", "for_statement", "for_in_statement", "catch_clause", "class_static_block"}
_PATTERNS: Final = frozenset({"object_pattern", "array_pattern", "rest_pattern"})
_DECLARED: Final = frozenset({"function_declaration", "generator_function_declaration", "class_declaration"})
_EXPRESSED: Final = frozenset({"function_expression", "generator_function", "class"})


class Names(NamedTuple):
    """Of some names: `free` are those that stand for what is bound at the top of the file, or nowhere in it; `top` those that are bound there.

    `mixed` are those for which a member (`x_1.name`) stands in a part of the file in which the name itself is something else.
    """

    free: frozenset[bytes]
    top: frozenset[bytes]
    mixed: frozenset[bytes]


def names_of(parsed: Parsed, names: Collection[bytes], members: Mapping[tuple[bytes, bytes], bytes]) -> Names:
    """What becomes of `names` in a file of JavaScript; `members` are those names by the objects and members that stand for them."""
    from tree_sitter import QueryCursor  # noqa: PLC0415 - start-up stays free of the parser until something is parsed

    own: dict[bytes, list[tuple[int, int]]] = {}
    used: list[tuple[bytes, int]] = []
    objects = {held for held, _ in members}
    reached: list[tuple[bytes, int]] = []
    top: set[bytes] = set()
    for node in QueryCursor(_query(parsed.language), match_limit=_MATCH_LIMIT).captures(parsed.root).get("name", ()):
        name = parsed.data[node.start_byte : node.end_byte]
        if name in objects:
            reached.extend((members[name, member], node.start_byte) for member in _member(node, parsed.data) if (name, member) in members)
        if name not in names:
            continue
        used.append((name, node.start_byte))
        scope = _bound_in(node)
        if scope is not None and scope.type == "program":
            top.add(name)
        elif scope is not None:
            own.setdefault(name, []).append((scope.start_byte, scope.end_byte))

    def inside(name: bytes, at: int) -> bool:
        return any(start <= at < end for start, end in own.get(name, ()))

    free = frozenset(name for name, at in used if not inside(name, at))
    return Names(free, frozenset(top), frozenset(name for name, at in reached if inside(name, at)))


@cache
def _query(language: str) -> Query:
    from tree_sitter import Query as TreeSitterQuery  # noqa: PLC0415 - as above

    return TreeSitterQuery(grammar(language), _NAMES)


def _member(node: Node, data: bytes) -> Iterator[bytes]:
    outer = node.parent
    if outer is not None and outer.type == "member_expression" and outer.child_by_field_name("object") == node:
        called = outer.child_by_field_name("property")
        if called is not None:
            yield data[called.start_byte : called.end_byte]


def _bound_in(node: Node) -> Node | None:
    """Where a name that is bound here holds; None where it is only used."""
    inner, outer = node, node.parent
    while outer is not None and _passes(inner, outer):
        inner, outer = outer, outer.parent
    if outer is None:
        return None
    if outer.type == "variable_declarator" and outer.child_by_field_name("name") == inner:
        declaration = outer.parent
        return _around(outer, _FUNCTIONS if declaration is not None and declaration.type == "variable_declaration" else _BLOCKS)
    if outer.type == "formal_parameters":
        return outer.parent
    if outer.type in {"arrow_function", "catch_clause"} and outer.child_by_field_name("parameter") == inner:
        return outer
    if outer.type == "for_in_statement" and outer.child_by_field_name("left") == inner and outer.child_by_field_name("kind") is not None:
        return outer
    if outer.type in _DECLARED and outer.child_by_field_name("name") == inner:
        return _around(outer, _BLOCKS)
    if outer.type in _EXPRESSED and outer.child_by_field_name("name") == inner:
        return outer
    return None


def _passes(inner: Node, outer: Node) -> bool:
    """Whether a pattern binds what stands in it."""
    if outer.type in _PATTERNS:
        return True
    if outer.type == "pair_pattern":
        return outer.child_by_field_name("value") == inner
    return outer.type in {"assignment_pattern", "object_assignment_pattern"} and outer.child_by_field_name("left") == inner


def _around(node: Node, kinds: Collection[str]) -> Node:
    """The innermost part of the file of some kinds that a node stands in, else the whole file."""
    here = node.parent
    while here is not None and here.type not in kinds and here.type != "program":
        here = here.parent
    return here or node
