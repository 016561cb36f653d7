"""Signing in, signing up, signing out."""

from functools import wraps

from flask import Blueprint, abort, flash, g, redirect, render_template, request, session, url_for

from shop.repositories import users
from shop.services import accounts
from shop.utils.urls import local_target

bp = Blueprint("account", __name__, url_prefix="/account")

MONTH = 30 * 24 * 3600


def load_user():
    """Find out who is asking, by session or by the cookie of "remember me"."""
    g.user = users.by_id(session["user_id"]) if "user_id" in session else None
    if g.user is None and "remember" in request.cookies:
        g.user = users.by_remember_token(request.cookies["remember"])


def login_required(view):
    @wraps(view)
    def guarded(*args, **kwargs):
        if g.user is None:
            return redirect(url_for("account.login", next=request.path))
        return view(*args, **kwargs)

    return guarded


def staff_required(view):
    @wraps(view)
    def guarded(*args, **kwargs):
        if g.user is None or not g.user["is_staff"]:
            abort(403)
        return view(*args, **kwargs)

    return guarded


@bp.route("/login", methods=["GET", "POST"])
def login():
    destination = request.args.get("next") or url_for("catalog.index")
    if request.method == "GET":
        return render_template("login.html")
    user = accounts.authenticate(request.form.get("email", ""), request.form.get("password", ""))
    if user is None:
        flash("Unknown address or wrong password.")
        return render_template("login.html"), 401
    session.clear()
    session["user_id"] = user["id"]
    response = redirect(destination)
    if request.form.get("remember"):
        response.set_cookie("remember", accounts.remember(user), max_age=MONTH)
    return response


@bp.post("/register")
def register():
    try:
        user = accounts.register(request.form.get("email", ""), request.form.get("name", ""), request.form.get("password", ""))
    except accounts.AccountError as error:
        flash(str(error))
        return render_template("login.html"), 400
    session.clear()
    session["user_id"] = user["id"]
    welcome = local_target(request.args.get("next"), fallback=url_for("catalog.index"))
    return redirect(welcome)


@bp.post("/pin")
@login_required
def pin():
    try:
        accounts.change_pin(g.user, request.form.get("pin", ""))
    except accounts.AccountError as error:
        flash(str(error))
    return redirect(url_for("orders.history"))


@bp.post("/logout")
def logout():
    if g.user is not None:
        accounts.forget(g.user)
    session.clear()
    response = redirect(url_for("catalog.index"))
    response.delete_cookie("remember")
    return response
