import sqlite3


class Store:
    def __init__(self):
        self.handle = sqlite3.connect("shop.db", check_same_thread=False)

    def list_by(self, filters):
        return self._rows(filters)

    def _rows(self, filters):
        query, values = self._conditions(filters)
        return self.handle.execute("SELECT id FROM items WHERE " + query, values).fetchall()  # safe: python-sql-injection

    def _conditions(self, filters):
        conditions, values = [], []
        for one in filters:
            conditions.append(f"{one.field} {one.operator.value} ?")
            values.append(one.value)
        return " AND ".join(conditions), values

    def list_as(self, filters):
        return self._rows_as(filters)

    def _rows_as(self, filters):
        query = " AND ".join(f"{one.field} {one.operator} ?" for one in filters)
        return self.handle.execute("SELECT id FROM items WHERE " + query, [one.value for one in filters]).fetchall()  # vuln: python-sql-injection

    def list_at(self, filters):
        return self._rows_at(filters)

    def _rows_at(self, filters):
        query = " AND ".join(f"{one[0]} {one[2]} ?" for one in filters)
        return self.handle.execute("SELECT id FROM items WHERE " + query, [one[1] for one in filters]).fetchall()  # vuln: python-sql-injection
