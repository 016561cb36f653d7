from flask import Blueprint, jsonify, request

from billing import store

bp = Blueprint("billing", __name__, url_prefix="/billing")


@bp.get("/invoices")
def invoices():
    order = request.args.get("sort", "newest")
    page = max(1, request.args.get("page", default=1, type=int))
    rows = store.list_invoices(order, limit=50, offset=(page - 1) * 50)
    return jsonify([{"number": r[0], "customer": r[1], "total": str(r[2])} for r in rows])
