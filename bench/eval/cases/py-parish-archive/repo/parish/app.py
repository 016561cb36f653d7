import sqlite3

from flask import Flask, g, jsonify

from parish.guards import wardens_only

app = Flask(__name__)
app.config.from_envvar("PARISH_CONFIG")


def db():
    if "db" not in g:
        g.db = sqlite3.connect(app.config["DATABASE"])
    return g.db


@app.get("/records")
def records():
    rows = db().execute("SELECT id, kind, year FROM records ORDER BY year").fetchall()
    return jsonify(rows)


@app.put("/records/<int:number>/year/<int:year>")
@wardens_only
def correct_year(number, year):
    with db() as connection:
        connection.execute("UPDATE records SET year = ? WHERE id = ?", (year, number))
    return jsonify(id=number, year=year)


@wardens_only
@app.delete("/records/<int:number>")
def remove(number):
    with db() as connection:
        connection.execute("DELETE FROM records WHERE id = ?", (number,))
    return jsonify(removed=number)
