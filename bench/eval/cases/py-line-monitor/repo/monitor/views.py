from flask import Blueprint, jsonify, request
from flask_login import login_required

from monitor.probe import round_trip

bp = Blueprint("monitor", __name__)


@bp.post("/lines/probe")
@login_required
def probe():
    body = request.get_json()
    hosts = body.get("hosts", [])[:10]
    results = {}
    for host in hosts:
        results[host] = round_trip(str(host), body.get("count", 3))
    return jsonify(results)
