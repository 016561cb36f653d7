"""Signing in and up."""

import secrets
import sqlite3

from shop.repositories import users
from shop.utils import audit, passwords


class AccountError(Exception):
    """Something the customer can put right."""


def authenticate(email, password):
    user = users.by_email(email)
    if user is None or not passwords.matches(password, user["salt"], user["password_hash"]):
        audit.failed_login(email)
        return None
    audit.signed_in(user)
    return user


def register(email, name, password):
    if "@" not in email or len(password) < 10:
        raise AccountError("An address and a password of ten characters or more, please.")
    salt = passwords.new_salt()
    try:
        user_id = users.add(email, name, salt, passwords.hash_password(password, salt))
    except sqlite3.IntegrityError:
        raise AccountError("This address has an account already.") from None
    audit.registered(email)
    return users.by_id(user_id)


def remember(user):
    token = secrets.token_urlsafe(32)
    users.set_remember_token(user["id"], token)
    return token


def forget(user):
    users.set_remember_token(user["id"], None)


def change_pin(user, pin):
    if not pin.isdigit() or len(pin) < 6:
        raise AccountError("A PIN has six digits or more.")
    users.set_pin(user["id"], passwords.hash_pin(pin, user["salt"]))
