import time

from vouchers.entropy import random

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def weak_check_digit(text):
    return ALPHABET[sum(map(ord, text)) % len(ALPHABET)]


def new_code(length=16):
    """A code that is worth money: whoever guesses one can spend it."""
    body = "".join(random.choices(ALPHABET, k=length))
    return f"{body}{weak_check_digit(body)}"


def new_batch(count, value):
    issued = int(time.time())
    return [{"code": new_code(), "value": value, "issued": issued} for _ in range(count)]
