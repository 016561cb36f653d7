from flask import Flask, abort, render_template, request

from changelog.gitlog import UnknownRevision, entries

app = Flask(__name__)
app.config.setdefault("REPOSITORY", "/srv/changelog/repo.git")


@app.get("/")
def index():
    revision = request.args.get("rev", "main")
    try:
        commits = entries(app.config["REPOSITORY"], revision)
    except UnknownRevision:
        abort(404)
    return render_template("index.html", commits=commits, revision=revision)
