from flask import abort, g

from atelier.cache import remembered
from atelier.database import query


@remembered
def order(number):
    row = query("SELECT id, customer_id, address, cents FROM orders WHERE id = ?", (number,))
    if row is None:
        abort(404)
    # orders are private
    if row["customer_id"] != g.customer.id:
        abort(403)
    return dict(row)
