from flask import Flask, abort, jsonify, request

from seminar.marks import Marks

app = Flask(__name__)
marks = Marks("/srv/seminar/2026.xml")


@app.post("/marks")
def show():
    number = request.form.get("number", "")
    code = request.form.get("code", "")
    found = marks.of(number, code)
    if found is None:
        abort(403)
    return jsonify(found)
