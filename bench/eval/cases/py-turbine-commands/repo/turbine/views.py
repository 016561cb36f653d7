from flask import Blueprint, abort, current_app, jsonify, request
from flask_login import login_required

bp = Blueprint("turbine", __name__)


@bp.get("/turbines/<int:number>")
@login_required
def ask(number):
    command = request.args.get("command", "speed")
    # no private or special attributes
    if command.startswith("_"):
        abort(400)
    turbine = current_app.extensions["plant"].turbine(number)
    method = getattr(turbine, command, None)
    if not callable(method):
        abort(404)
    return jsonify(value=method())


@bp.post("/turbines/<int:number>/maintenance/<name>")
@login_required
def maintenance(number, name):
    # needs two people: see the procedure
    abort(423)
