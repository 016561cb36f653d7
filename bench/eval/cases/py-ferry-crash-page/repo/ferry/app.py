import psycopg
from flask import Flask, jsonify

from ferry import errors, settings

app = Flask(__name__)
errors.install(app)


@app.get("/crossings/<number>")
def crossing(number):
    with psycopg.connect(settings.DATABASE) as db:
        row = db.execute("SELECT departs, boat FROM crossings WHERE id = %s", (int(number),)).fetchone()
    return jsonify(departs=row[0].isoformat(), boat=row[1])
