from flask import Blueprint, jsonify, request
from flask_login import current_user, login_required

from circulars.compose import compose
from circulars.models import Club

bp = Blueprint("circulars", __name__)
CLUB = Club("Rowing club of 1881", ["The boathouse is open again."])


@bp.put("/me/name")
@login_required
def rename():
    current_user.display_name = request.json["name"][:120]
    return jsonify(ok=True)


@bp.get("/me/circular")
@login_required
def preview():
    return compose(current_user, CLUB)
