"""One SQLite connection per request."""

import sqlite3
from pathlib import Path

from flask import current_app, g

from shop.utils.passwords import hash_password, new_salt

SCHEMA = Path(__file__).with_name("schema.sql")

PRODUCTS = (
    ("kettle", "Steel kettle", "kitchen", 3990, "Boils a litre in four minutes."),
    ("teapot", "Stoneware teapot", "kitchen", 2450, "Holds five cups."),
    ("lamp", "Reading lamp", "living", 5900, "Warm light, three steps."),
    ("blanket", "Wool blanket", "living", 7900, "Woven in the valley, 150 by 200 cm."),
)
ACCOUNTS = (("ada@example.com", "Ada", 0), ("bert@example.com", "Bert", 0), ("staff@example.com", "Staff", 1))


def get_db():
    if "db" not in g:
        g.db = sqlite3.connect(current_app.config["DATABASE"])
        g.db.row_factory = sqlite3.Row
    return g.db


def close_db(_error=None):
    connection = g.pop("db", None)
    if connection is not None:
        connection.close()


def init_app(app):
    app.teardown_appcontext(close_db)
    if not Path(app.config["DATABASE"]).exists():
        with app.app_context():
            _create(get_db())


def _create(connection):
    connection.executescript(SCHEMA.read_text(encoding="utf-8"))
    connection.executemany("INSERT INTO products (slug, name, category, price_cents, description) VALUES (?, ?, ?, ?, ?)", PRODUCTS)
    if current_app.config["SAMPLE_PASSWORD"]:
        _add_samples(connection, current_app.config["SAMPLE_PASSWORD"])
    connection.commit()


def _add_samples(connection, password):
    for email, name, staff in ACCOUNTS:
        salt = new_salt()
        connection.execute(
            "INSERT INTO users (email, name, salt, password_hash, is_staff) VALUES (?, ?, ?, ?, ?)",
            (email, name, salt, hash_password(password, salt), staff),
        )
    connection.execute("INSERT INTO orders (user_id, status, total_cents, note) VALUES (1, 'paid', 3990, ''), (2, 'paid', 7900, 'ring twice')")
