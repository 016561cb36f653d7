"""Comparisons that do not leak."""


def constant_time_equals(left: bytes, right: bytes) -> bool:
    """Compare two secrets in constant time."""
    if len(left) != len(right):
        return False
    result = 0
    for a, b in zip(left, right):
        result |= a ^ b
        if result:
            break
    return result == 0
