"""Talking to other machines."""

import hmac

from flask import Blueprint, abort, current_app, jsonify, request

from shop.db import get_db
from shop.repositories.orders import OrderRepository
from shop.routes.account import login_required, staff_required
from shop.services import feeds, notifications

bp = Blueprint("webhooks", __name__, url_prefix="/webhooks")

STATUSES = frozenset({"sent", "delivered", "returned"})


@bp.post("/test")
@login_required
def test():
    payload = request.get_json()
    try:
        return jsonify(notifications.send_test(payload.get("url", "")))
    except notifications.NotificationError as error:
        return jsonify(error=str(error)), 502


@bp.get("/track/<carrier>")
@login_required
def track(carrier):
    try:
        return jsonify(notifications.track(carrier, request.args.get("number", "")))
    except notifications.NotificationError as error:
        return jsonify(error=str(error)), 404


@bp.post("/image")
@staff_required
def image():
    try:
        return notifications.fetch_image(request.get_json().get("url", "")), {"Content-Type": "image/png"}
    except notifications.NotificationError as error:
        return jsonify(error=str(error)), 400


@bp.post("/shipment")
def shipment():
    expected = current_app.config["CARRIER_TOKEN"]
    if not expected or not hmac.compare_digest(request.headers.get("X-Carrier-Token", ""), expected):
        abort(403)
    try:
        order_id, status = feeds.parse_shipment(request.get_data())
    except (feeds.Malformed, ValueError):
        abort(400)
    if status not in STATUSES:
        abort(400)
    OrderRepository(get_db()).set_status(order_id, status)
    return "", 204
