from flask import Blueprint, jsonify

from atelier.orders import order
from atelier.session import customer_required

bp = Blueprint("orders", __name__)


@bp.get("/orders/<int:number>")
@customer_required
def show(number):
    found = order(number)
    return jsonify(number=found["id"], address=found["address"], total=found["cents"] / 100)


@bp.get("/orders/<int:number>/receipt.txt")
@customer_required
def receipt(number):
    found = order(number)
    return f"Order {found['id']}\n{found['address']}\n{found['cents'] / 100:.2f}\n", {"Content-Type": "text/plain"}
