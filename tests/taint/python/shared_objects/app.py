"""Objects that files share: an instance of a module, a singleton, flask.g, a registry in another file."""
from flask import g

from state import BOX, Registry, box_of, registry

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.before_request
def load():
    g.tenant = request.headers["X-Tenant"]
    g.number = int(request.headers.get("X-Number", "0"))


@app.get("/tenant")
def tenant():
    found = db.execute(f"SELECT id FROM items WHERE number = {g.number}").fetchall()  # safe: python-sql-injection
    return {"rows": found + db.execute("SELECT id FROM items WHERE tenant = '" + g.tenant + "'").fetchall()}  # vuln: python-sql-injection


@app.post("/register")
def register():
    registry.add(request.form["name"])
    registry.label = "fixed"
    return {}


@app.get("/registered")
def registered():
    found = db.execute("SELECT id FROM items WHERE label = '" + registry.label + "'").fetchall()  # safe: python-sql-injection
    return {"rows": found + db.execute("SELECT id FROM items WHERE name = '" + registry.last + "'").fetchall()}  # vuln: python-sql-injection


@app.post("/instance")
def instance():
    Registry.instance().add(request.form["name"])
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + Registry.instance().last + "'").fetchall()}  # vuln: python-sql-injection


@app.post("/box")
def box():
    BOX["text"] = request.form["text"]
    return {"rows": db.execute("SELECT id FROM items WHERE text = '" + box_of("text") + "'").fetchall()}  # vuln: python-sql-injection
