"""Customers and staff."""

from shop.db import get_db


def by_id(user_id):
    return get_db().execute("SELECT * FROM users WHERE id = ?", (user_id,)).fetchone()


def by_email(email):
    return get_db().execute("SELECT * FROM users WHERE email = ?", (email,)).fetchone()


def by_remember_token(token):
    return get_db().execute("SELECT * FROM users WHERE remember_token = ?", (token,)).fetchone()


def add(email, name, salt, password_hash):
    connection = get_db()
    cursor = connection.execute(
        "INSERT INTO users (email, name, salt, password_hash) VALUES (?, ?, ?, ?)", (email, name, salt, password_hash)
    )
    connection.commit()
    return cursor.lastrowid


def set_remember_token(user_id, token):
    connection = get_db()
    connection.execute("UPDATE users SET remember_token = ? WHERE id = ?", (token, user_id))
    connection.commit()


def set_pin(user_id, pin_hash):
    connection = get_db()
    connection.execute("UPDATE users SET pin_hash = ? WHERE id = ?", (pin_hash, user_id))
    connection.commit()
