import os

from flask import Flask, abort, jsonify, request

from turnstile.compare import constant_time_equals
from turnstile.gates import GATES

app = Flask(__name__)
KEY = os.environ["GATE_KEY"].encode()


@app.before_request
def authenticate():
    given = request.headers.get("X-Gate-Key", "").encode()
    if not constant_time_equals(given, KEY):
        abort(401)


@app.post("/gates/<name>/open")
def open_gate(name):
    if name not in GATES:
        abort(404)
    GATES[name].open()
    return jsonify(gate=name, open=True)
