from functools import lru_cache


def remembered(function):
    """Keep the last results: orders do not change once they are placed."""
    return lru_cache(maxsize=4096)(function)
