"""The pieces of functions and statements that are looked for by the number of their kind: comparing names takes five times as long."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PARAMETERS, BLOCK, TYPE, STAR, ARROW, IDENTIFIER, DECLARATOR, ARGUMENTS, TEMPLATE, SUPER, IMPORT, SUBSTITUTION, FUNCTION, CALL, ASSIGNMENT = range(
    1, 16
)

NAMED: Mapping[str, int] = {
    "formal_parameters": PARAMETERS,
    "statement_block": BLOCK,
    "type_annotation": TYPE,
    "asserts_annotation": TYPE,
    "type_predicate_annotation": TYPE,
    "identifier": IDENTIFIER,
    "variable_declarator": DECLARATOR,
    "arguments": ARGUMENTS,
    "template_string": TEMPLATE,
    "super": SUPER,
    "function_expression": FUNCTION,
    "arrow_function": FUNCTION,
    "generator_function": FUNCTION,
}
"""Rules of the grammar."""
TOKENS: Mapping[str, int] = {"*": STAR, "=>": ARROW}
"""Words and marks."""
