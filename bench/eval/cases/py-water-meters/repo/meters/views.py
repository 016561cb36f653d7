from flask import Blueprint, g, jsonify, request

from meters.session import customer_required

bp = Blueprint("meters", __name__)


@bp.patch("/meters/<int:meter>")
@customer_required
def rename(meter):
    name = request.json["name"].strip()[:120]
    if not name:
        return jsonify(error="a name is needed"), 422
    if meter not in g.customer.meters:
        return jsonify(error="no such meter"), 404
    g.storage.rename(meter, name)
    return jsonify(id=meter, name=name)
