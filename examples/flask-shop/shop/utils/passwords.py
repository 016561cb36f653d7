"""Password and PIN hashing."""

import hashlib
import hmac
import secrets


def new_salt():
    return secrets.token_hex(8)


def hash_password(password, salt):
    """Salted, so equal passwords have different hashes."""
    return hashlib.md5((salt + password).encode()).hexdigest()


def hash_pin(pin, salt):
    return hashlib.scrypt(pin.encode(), salt=salt.encode(), n=2**14, r=8, p=1).hex()


def matches(password, salt, expected):
    return hmac.compare_digest(hash_password(password, salt), expected)
