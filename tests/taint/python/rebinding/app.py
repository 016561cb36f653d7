"""One name with several values: rebinding, scopes of comprehensions and loops, del, shadowed built-ins."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.get("/twice")
def twice():
    name = request.args["name"]
    name = name if name == "chair" else "table"
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # safe: python-sql-injection


@app.get("/comprehension")
def comprehension():
    name = "chair"
    names = [name.strip() for name in request.args.getlist("name")]
    found = db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # safe: python-sql-injection
    return {"rows": found + db.execute("SELECT id FROM items WHERE name = '" + names[0] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/loop")
def loop():
    name = "chair"
    for name in request.args.getlist("name"):
        app.logger.info("wanted")
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/del")
def deleted():
    parts = {"name": request.args["name"], "note": "x"}
    del parts["name"]
    return {"rows": db.execute("SELECT id FROM items WHERE note = '" + " ".join(parts.values()) + "'").fetchall()}  # safe: python-sql-injection


@app.get("/builtin")
def builtin():
    int = str
    wanted = int(request.args["id"])
    return {"rows": db.execute("SELECT name FROM items WHERE id = " + wanted).fetchall()}  # vuln: python-sql-injection


@app.get("/function-local")
def function_local():
    name = request.args["name"]

    def other():
        name = "chair"
        return name

    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + other() + "'").fetchall(), "name": name}  # safe: python-sql-injection


@app.get("/conditional")
def conditional():
    name = "chair"
    if "name" in request.args:
        name = request.args["name"]
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection
