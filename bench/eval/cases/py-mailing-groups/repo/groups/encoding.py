import string

_PLAIN = frozenset((string.ascii_letters + string.digits).encode())


def literal(text):
    return "".join(chr(byte) if byte in _PLAIN else f"\\{byte:02x}" for byte in text.encode("utf-8"))
