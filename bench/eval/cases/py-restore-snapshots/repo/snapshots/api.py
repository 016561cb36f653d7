from flask import Blueprint, abort, jsonify, request
from flask_login import current_user, login_required

from snapshots.restore import Rejected, restore

bp = Blueprint("snapshots", __name__)


@bp.put("/instances/<int:instance_id>/snapshot")
@login_required
def put_snapshot(instance_id):
    if instance_id not in current_user.instance_ids:
        abort(404)
    try:
        restore(instance_id, request.stream)
    except Rejected as problem:
        return jsonify(error=str(problem)), 422
    return "", 204
