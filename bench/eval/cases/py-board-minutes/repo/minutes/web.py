from flask import Blueprint, abort, request, send_file
from flask_login import current_user, login_required

from minutes.reader import closed_session, resolve

bp = Blueprint("minutes", __name__)


@bp.get("/minutes")
@login_required
def document():
    path = resolve(request.args.get("name", ""))
    if path is None:
        abort(404)
    return send_file(path, mimetype="application/pdf")


@bp.get("/minutes/closed/<int:year>/<int:month>")
@login_required
def closed(year, month):
    if not current_user.on_board:
        abort(403)
    return send_file(closed_session(year, month), mimetype="application/pdf")
