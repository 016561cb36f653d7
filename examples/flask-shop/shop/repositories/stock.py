"""Stock levels, read from the warehouse's PostgreSQL database."""

import psycopg


def levels(dsn, slugs):
    marks = ", ".join(["%s"] * len(slugs))
    with psycopg.connect(dsn, connect_timeout=5) as connection:
        rows = connection.execute(f"SELECT slug, on_hand FROM stock WHERE slug IN ({marks})", slugs).fetchall()
    return dict(rows)
