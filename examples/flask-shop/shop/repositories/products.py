"""Products and their reviews."""

from shop.db import get_db

COLUMNS = "id, slug, name, category, price_cents, description"
SORT_COLUMNS = {"name": "name", "price": "price_cents", "newest": "id DESC"}


def search(term, order_by="name"):
    query = f"SELECT {COLUMNS} FROM products WHERE name LIKE ? ORDER BY {order_by}"
    return get_db().execute(query, (f"%{term}%",)).fetchall()


def in_category(category, order_by="name"):
    column = SORT_COLUMNS.get(order_by, "name")
    statement = f"SELECT {COLUMNS} FROM products WHERE category = ? ORDER BY {column}"
    return get_db().execute(statement, (category,)).fetchall()


def by_slug(slug):
    return get_db().execute(f"SELECT {COLUMNS} FROM products WHERE slug = ?", (slug,)).fetchone()


def names_starting_with(prefix, limit=8):
    rows = get_db().execute("SELECT name FROM products WHERE name LIKE ? ORDER BY name LIMIT ?", (f"{prefix}%", limit))
    return [row["name"] for row in rows]


def set_price(slug, price_cents):
    connection = get_db()
    connection.execute("UPDATE products SET price_cents = ? WHERE slug = ?", (price_cents, slug))
    connection.commit()


def reviews_of(product_id):
    return get_db().execute("SELECT author, body FROM reviews WHERE product_id = ? ORDER BY id DESC", (product_id,)).fetchall()


def add_review(product_id, author, body):
    connection = get_db()
    connection.execute("INSERT INTO reviews (product_id, author, body) VALUES (?, ?, ?)", (product_id, author, body))
    connection.commit()
