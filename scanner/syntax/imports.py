"""Import statements taken apart: what they bring in, from where, under which name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.syntax.names import dotted, module_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from scanner.syntax.parse import Parsed

_LONGEST_PATH = 1_000  # characters; nested use trees repeat their prefixes
_ECMASCRIPT = frozenset(("javascript", "typescript", "tsx"))


def imported(parsed: Parsed, captures: Mapping[str, list[Node]]) -> Iterator[tuple[str, str, str]]:
    """The (module, name, alias) triples of one match, as `scanner.syntax.symbols.Import` has them."""
    module = parsed.text(captures["module"][0])
    if parsed.language == "rust":
        for path, alias in _expanded(module):
            yield module_name(path), "", module_name(alias)
    elif parsed.language in _ECMASCRIPT:
        for name, alias in _ecmascript(parsed, captures["import"][0]):
            yield module_name(module), dotted(parsed.language, name), module_name(alias)
    elif "imported" not in captures and parsed.text(captures["import"][0]).endswith(".*"):
        yield module_name(module), "*", module_name("")  # Kotlin's grammar has no node for the star
    else:
        name, alias = (parsed.text(captures[key][0]) if key in captures else "" for key in ("imported", "alias"))
        yield module_name(module), name if name == "*" else dotted(parsed.language, name), module_name(alias)


def _ecmascript(parsed: Parsed, node: Node) -> Iterator[tuple[str, str]]:
    """The (name, alias) pairs of an import or export statement, or of a declaration whose value is a call of `require`."""
    if node.type == "variable_declarator":
        pattern = node.child_by_field_name("name")
        yield from _pattern(parsed, pattern) if pattern is not None else ()
        return
    clauses = [child for child in node.children if child.type in {"import_clause", "import_require_clause", "export_clause", "namespace_export", "*"}]
    if not clauses:
        yield "", ""  # imported for what it does
    for clause in clauses:
        yield from _clause(parsed, clause)


def _clause(parsed: Parsed, clause: Node) -> Iterator[tuple[str, str]]:
    if clause.type in {"*", "namespace_export"}:
        yield "*", ""
    elif clause.type == "export_clause":
        yield from _specifiers(parsed, clause)
    for child in clause.named_children:
        if child.type == "identifier" and clause.type != "namespace_export":
            yield "", parsed.text(child)
        elif child.type == "namespace_import":
            yield "", parsed.text(child.named_children[-1]) if child.named_children else ""
        elif child.type == "named_imports":
            yield from _specifiers(parsed, child)


def _specifiers(parsed: Parsed, holder: Node) -> Iterator[tuple[str, str]]:
    for child in holder.named_children:
        name, alias = (child.child_by_field_name(field) for field in ("name", "alias"))
        if name is not None:
            yield parsed.text(name), parsed.text(alias) if alias is not None else ""


def _pattern(parsed: Parsed, pattern: Node) -> Iterator[tuple[str, str]]:
    if pattern.type == "identifier":
        yield "", parsed.text(pattern)
    for child in pattern.named_children:
        if child.type == "shorthand_property_identifier_pattern":
            yield parsed.text(child), ""
        elif child.type == "pair_pattern":
            key, value = (child.child_by_field_name(field) for field in ("key", "value"))
            yield parsed.text(key) if key is not None else "", parsed.text(value) if value is not None else ""


def _expanded(tree: str) -> Iterator[tuple[str, str]]:
    """The paths of a Rust use tree with their aliases: `io::{self, Read as R}` names `io` and `io::Read`."""
    prefixes = [""]
    word: list[str] = []
    for char in f"{tree},":
        if char == "{":
            prefixes.append(_joined(prefixes[-1], "".join(word)))
            word.clear()
        elif char in ",}":
            path, _, alias = "".join(word).partition(" as ")
            if path.strip():
                yield _joined(prefixes[-1], path).removesuffix("::self"), alias.strip()
            word.clear()
            if char == "}" and len(prefixes) > 1:
                prefixes.pop()
        else:
            word.append(char)


def _joined(prefix: str, path: str) -> str:
    return (prefix + "".join(path.split()))[:_LONGEST_PATH]
