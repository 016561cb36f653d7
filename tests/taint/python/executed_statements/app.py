"""Statements that are executed: whoever is given one is a database, whatever it is called and wherever it comes from."""
from flask import Flask, request

from desk import Tool, link

app = Flask(__name__)


@app.get("/percent")
def percent():
    statement = "SELECT * FROM users WHERE name = '%s'" % request.args["name"]
    return {"rows": link().execute(statement)}  # vuln: python-sql-injection


@app.get("/added")
def added():
    tool = Tool(app)
    statement = "DELETE FROM users"
    statement += " WHERE name = '" + request.args["name"] + "'"
    tool.execute(statement)  # vuln: python-sql-injection
    return {}


@app.get("/format")
def formatted():
    statement = """
        update users set name = '{}'
    """
    link().helper.execute(statement.format(request.args["name"]))  # vuln: python-sql-injection
    return {}


@app.get("/bound")
def bound():
    return {"rows": link().execute("SELECT * FROM users WHERE name = %s", (request.args["name"],))}  # safe: python-sql-injection


@app.get("/robot")
def robot():
    Tool(app).execute("go to " + request.args["place"])  # safe: python-sql-injection
    return {}


def find(store, name):
    return store.execute("SELECT * FROM users WHERE name = '%s'" % name)  # vuln: python-sql-injection [library]
