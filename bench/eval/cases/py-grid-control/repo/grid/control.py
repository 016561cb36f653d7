from flask import Blueprint, jsonify, request

from grid.feeders import FEEDERS, UnknownFeeder
from grid.rights import require

bp = Blueprint("control", __name__, url_prefix="/control")


@bp.route("/feeders/<name>", methods=["POST"])
def switch(name):
    closed = request.get_json().get("closed") is True
    try:
        FEEDERS.switch(name, closed=closed)
    except UnknownFeeder:
        return jsonify(error="unknown feeder"), 404
    return jsonify(name=name, closed=closed)


@bp.route("/feeders")
def overview():
    return jsonify(FEEDERS.states())


bp.before_request(lambda: require("dispatcher"))
