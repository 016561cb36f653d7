"""Orders."""

from dataclasses import dataclass

PAGE_SIZE = 20
COLUMNS = "id, user_id, status, total_cents, note, created_at"


@dataclass
class OrderFilter:
    """What to look for; a field left at None does not narrow the search."""

    user_id: int
    status: str | None = None
    minimum_cents: int | None = None


class OrderRepository:
    def __init__(self, connection):
        self.connection = connection

    def find(self, criteria):
        clauses = ["user_id = ?"]
        values = [criteria.user_id]
        if criteria.status:
            clauses.append(f"status = '{criteria.status}'")
        if criteria.minimum_cents is not None:
            clauses.append("total_cents >= ?")
            values.append(criteria.minimum_cents)
        where = " AND ".join(clauses)
        return self.connection.execute(f"SELECT {COLUMNS} FROM orders WHERE {where}", values).fetchall()

    def page(self, user_id, number):
        offset = (max(int(number), 1) - 1) * PAGE_SIZE
        listing = f"SELECT {COLUMNS} FROM orders WHERE user_id = ? ORDER BY id DESC LIMIT {PAGE_SIZE} OFFSET {offset}"
        return self.connection.execute(listing, (user_id,)).fetchall()

    def owned_by(self, order_id, user_id):
        return self.connection.execute(
            "SELECT id, user_id, status, total_cents, note FROM orders WHERE id = ? AND user_id = ?", (order_id, user_id)
        ).fetchone()

    def add(self, user_id, total_cents, note):
        cursor = self.connection.execute(
            "INSERT INTO orders (user_id, status, total_cents, note) VALUES (?, 'open', ?, ?)", (user_id, total_cents, note)
        )
        self.connection.commit()
        return cursor.lastrowid

    def set_status(self, order_id, status):
        self.connection.execute("UPDATE orders SET status = ? WHERE id = ?", (status, order_id))
        self.connection.commit()
