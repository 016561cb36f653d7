"""How functions become handlers: decorators, registration by call, class-based views, blueprints; and functions that are none."""
from flask import Blueprint
from flask.views import MethodView

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
shop = Blueprint("shop", __name__)


@app.route("/plain/<name>", methods=["GET", "POST"])
def plain(name):
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.route("/typed/<int:number>/<path:rest>")
def typed(number, rest):
    found = db.execute(f"SELECT name FROM items WHERE id = {number}").fetchall()  # safe: python-sql-injection
    return {"rows": found + db.execute("SELECT id FROM items WHERE path = '" + rest + "'").fetchall()}  # vuln: python-sql-injection


@shop.route("/shop/<name>")
def in_shop(name):
    return {"rows": db.execute(f"SELECT id FROM shops WHERE name = '{name}'").fetchall()}  # vuln: python-sql-injection


def registered(name):
    return {"rows": db.execute(f"SELECT id FROM items WHERE name = '{name}'").fetchall()}  # vuln: python-sql-injection


app.add_url_rule("/registered/<name>", view_func=registered)


class Items(MethodView):
    def get(self, name):
        return {"rows": self._rows(name)}

    def post(self, name):
        db.execute("INSERT INTO items VALUES (?)", (name,))  # safe: python-sql-injection
        return {}

    def _rows(self, name):
        return db.execute(f"SELECT id FROM items WHERE name = '{name}'").fetchall()  # vuln: python-sql-injection


app.add_url_rule("/items/<name>", view_func=Items.as_view("items"))
app.register_blueprint(shop)


def _internal(name):
    return db.execute(f"SELECT id FROM items WHERE name = '{name}'").fetchall()  # safe: python-sql-injection


def warm_up():
    return _internal("chair")


@app.before_request
def before():
    db.execute("INSERT INTO hits VALUES ('" + request.headers["User-Agent"] + "')")  # vuln: python-sql-injection


@app.errorhandler(404)
def missing(error):
    db.execute("INSERT INTO missing VALUES ('" + request.path + "')")  # vuln: python-sql-injection
    return {}, 404


@app.get("/pictures/<name>")
def picture(name):
    with open("/srv/pictures/" + name) as file:  # safe: python-path-traversal
        return {"name": db.execute("SELECT name FROM pictures WHERE id = '" + name + "'").fetchall(), "data": file.read()}  # vuln: python-sql-injection


@app.get("/trees/<path:name>")
def tree(name):
    with open("/srv/trees/" + name) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/both/<name>")
@app.get("/both-of/<path:name>")
def both(name):
    with open("/srv/trees/" + name) as file:  # vuln: python-path-traversal
        return file.read()
