def literal(text):
    """An XPath 1.0 string literal; the language has no escapes of its own."""
    if '"' not in text:
        return f'"{text}"'
    pieces = ", '\"', ".join(f'"{piece}"' for piece in text.split('"'))
    return f"concat({pieces})"
