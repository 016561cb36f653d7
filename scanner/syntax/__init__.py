"""The only room that knows tree-sitter: languages, parsing, the symbol index."""
