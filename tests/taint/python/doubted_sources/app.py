"""Sources that hardly do harm in one place: where the visitor came from, and the page that was asked for, as targets of a redirect."""
from flask import Flask, redirect, request, url_for

app = Flask(__name__)


@app.get("/back")
def back():
    return redirect(request.headers.get("Referer") or url_for("home"))  # safe: python-open-redirect


@app.get("/referrer")
def referrer():
    target = request.referrer
    return redirect(target)  # safe: python-open-redirect


@app.get("/again")
def again():
    return redirect(request.path)  # safe: python-open-redirect


@app.get("/host")
def host():
    return redirect(request.headers["X-Forwarded-Host"])  # vuln: python-open-redirect


@app.get("/next")
def following():
    return redirect(request.args.get("next") or request.referrer)  # vuln: python-open-redirect


@app.get("/or-next")
def or_following():
    target = request.referrer
    if request.args.get("stay"):
        target = request.args["next"]
    return redirect(target)  # vuln: python-open-redirect


@app.get("/out/<path:address>")
def out(address):
    return redirect(request.path[5:])  # vuln: python-open-redirect


@app.get("/away")
def away():
    return redirect(request.path.replace("/away/", "", 1))  # vuln: python-open-redirect


@app.get("/slash")
def slash():
    return redirect("/" + request.path)  # vuln: python-open-redirect
