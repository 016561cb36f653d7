from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, session, url_for

from library.readers import find_reader

bp = Blueprint("auth", __name__)


def is_local(target):
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc and target.startswith("/") and not target.startswith("//")


# the form repeats what the address said
def next_page():
    return request.form.get("next") or request.args.get("next") or url_for("shelf.index")


@bp.route("/login", methods=["GET", "POST"])
def login():
    if not is_local(request.args.get("next", "/")):
        return redirect(url_for("auth.login"))
    if request.method == "POST":
        reader = find_reader(request.form.get("card", ""), request.form.get("pin", ""))
        if reader is not None:
            session.clear()
            session["reader"] = reader.id
            return redirect(next_page())
        flash("Card or PIN is wrong.")
    return render_template("login.html", next=request.args.get("next", ""))
