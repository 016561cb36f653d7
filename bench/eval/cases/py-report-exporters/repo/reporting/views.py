from flask import Blueprint, Response, abort, request
from flask_login import login_required

from reporting.registry import available, exporter
from reporting.rows import month

bp = Blueprint("reporting", __name__)


@bp.before_request
def known_format():
    if request.args.get("format", "csv") not in available():
        abort(406)


@bp.get("/reports/<int:year>/<int:number>")
@login_required
def report(year, number):
    export = exporter(request.args.get("format", "csv"))
    text, mimetype = export(month(year, number))
    return Response(text, mimetype=mimetype)
