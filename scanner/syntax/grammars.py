"""The grammars, each loaded when first asked for and then kept for the process."""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Language

# language -> (module of its wheel, function that hands out the grammar)
_WHEELS: Mapping[str, tuple[str, str]] = {
    "python": ("tree_sitter_python", "language"),
    "javascript": ("tree_sitter_javascript", "language"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
    "tsx": ("tree_sitter_typescript", "language_tsx"),
    "java": ("tree_sitter_java", "language"),
    "go": ("tree_sitter_go", "language"),
    "ruby": ("tree_sitter_ruby", "language"),
    "php": ("tree_sitter_php", "language_php"),
    "csharp": ("tree_sitter_c_sharp", "language"),
    "c": ("tree_sitter_c", "language"),
    "cpp": ("tree_sitter_cpp", "language"),
    "rust": ("tree_sitter_rust", "language"),
    "kotlin": ("tree_sitter_kotlin", "language"),
    "bash": ("tree_sitter_bash", "language"),
}


def has_grammar(language: str) -> bool:
    """Whether `grammar` knows the language."""
    return language in _WHEELS


@cache
def grammar(language: str) -> Language:
    """The grammar of one language. Raises KeyError for a language without one."""
    from tree_sitter import Language as TreeSitterLanguage  # noqa: PLC0415 - start-up stays free of the parser until something is parsed

    module, function = _WHEELS[language]
    return TreeSitterLanguage(getattr(importlib.import_module(module), function)())
