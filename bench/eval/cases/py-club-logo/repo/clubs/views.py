from flask import Blueprint, jsonify, request, url_for
from flask_login import current_user, login_required

from clubs.uploads import Refused, keep_logo

bp = Blueprint("clubs", __name__, static_folder="static")


@bp.post("/clubs/logo")
@login_required
def logo():
    try:
        name = keep_logo(request.files["logo"])
    except (Refused, KeyError) as problem:
        return jsonify(error=str(problem)), 422
    current_user.club.logo = name
    return jsonify(url=url_for("clubs.static", filename=f"logos/{name}"))
