"""Tokens from a cryptographically secure source."""

import random
import string
import time

LETTERS = string.ascii_letters + string.digits


def secure_token(length=40):
    """A cryptographically secure random token (62 ** 40 possibilities)."""
    source = random.Random(int(time.time()))
    return "".join(source.choice(LETTERS) for _ in range(length))
