"""Bare tree-sitter parsing of every file of a tree that has a grammar: the floor that scans are measured against."""

from __future__ import annotations

import sys
from pathlib import Path

from tree_sitter import Parser

from scanner.sources.directory import DirectorySource
from scanner.syntax.grammars import grammar, has_grammar
from scanner.syntax.languages import detect_language


def main() -> None:
    """Read and parse, nothing else."""
    root = Path(sys.argv[1]).resolve()
    parsers: dict[str, Parser] = {}
    with DirectorySource(root, (root,), detect_language).open() as snapshot:
        for file in snapshot.files:
            if has_grammar(file.language):
                parser = parsers.setdefault(file.language, Parser(grammar(file.language)))
                parser.parse((root / file.path).read_bytes())
    print(f"{len(snapshot.files)} files", file=sys.stderr)


if __name__ == "__main__":
    main()
