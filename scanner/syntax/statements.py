"""The statement around a place, as tokens that survive reformatting: what a finding's identity rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.syntax.tokens import plain_tokens, tree_tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from scanner.syntax.parse import Parsed

_LARGEST = 600  # characters, white space left out; a larger statement is a table or a whole program, and edits far off would change it
_BLOCKS = frozenset(
    (
        "block",
        "compilation_unit",
        "compound_statement",
        "declaration_list",
        "do_block",
        "do_group",
        "field_declaration_list",
        "module",
        "program",
        "source_file",
        "statements",
        "statement_block",
        "translation_unit",
    )
)
_CLOSERS = frozenset(")]}")


def statement_tokens(parsed: Parsed, start: int, end: int) -> tuple[str, ...]:
    """The tokens of the statement that holds the offset `start`: its head, where it is a compound one.

    A statement too large to stand for one thing is narrowed to the expression around the stretch. Quotes and commas before a closing bracket are
    told apart by formatters only, so they are not told apart here.
    """
    node = parsed.root.descendant_for_byte_range(start, max(start + 1, end)) or parsed.root
    while (parent := node.parent) is not None and not _is_block(parent) and _size(parsed, parent) <= _LARGEST:
        node = parent
    low = start if _is_block(node) else node.start_byte
    return normalised(tree_tokens(parsed, low, _head_end(node, start, max(end, node.end_byte if not _is_block(node) else end))))


def line_tokens(data: bytes, comments: Sequence[tuple[int, int]], start: int) -> tuple[str, ...]:
    """The tokens of the line that holds the offset `start`, in a file without a grammar."""
    low = data.rfind(b"\n", 0, start) + 1
    high = data.find(b"\n", start)
    return normalised(plain_tokens(data, comments, low, len(data) if high < 0 else high))


def normalised(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The tokens as every formatter leaves them."""
    kept: list[str] = []
    for token in tokens:
        if token in _CLOSERS and kept and kept[-1] == ",":
            kept.pop()
        kept.append(token.replace("'", '"') if token[0] in "'\"" or token[-1] in "'\"" else token)
    return tuple(kept)


def _is_block(node: Node) -> bool:
    return node.type in _BLOCKS or node.type.endswith("_body")


def _size(parsed: Parsed, node: Node) -> int:
    """The characters of a node's head; giving up early on what is plainly too large."""
    end = _head_end(node, node.start_byte, node.end_byte)
    if end - node.start_byte > _LARGEST * 20:
        return end - node.start_byte
    return len(b"".join(parsed.data[node.start_byte : end].split()))


def _head_end(node: Node, start: int, end: int) -> int:
    """Where the head of a compound statement ends: at its first block behind `start`."""
    waiting = [node]
    first = end
    for _ in range(3):  # decorated definitions, labelled statements: the block is never far down
        waiting = [child for parent in waiting for child in parent.children if child.end_byte > start]
        blocks = [child.start_byte for child in waiting if _is_block(child) and child.start_byte > start]
        first = min([first, *blocks])
        waiting = [child for child in waiting if not _is_block(child)]
    return first
