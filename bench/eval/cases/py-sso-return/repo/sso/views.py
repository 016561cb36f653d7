import os

from flask import Blueprint, abort, redirect, request, session

from sso.client import authorize_url, exchange
from sso.state import State

bp = Blueprint("sso", __name__, url_prefix="/sso")
state = State(os.environ["SSO_STATE_SECRET"])


@bp.get("/begin")
def begin():
    return redirect(authorize_url(state.begin(request.args.get("page", "home"))))


@bp.get("/return")
def come_back():
    target = state.end(request.args.get("state", ""))
    if target is None:
        abort(400)
    session["user"] = exchange(request.args.get("code", ""))
    # wherever they came from
    return redirect(target)
