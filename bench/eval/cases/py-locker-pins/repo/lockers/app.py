from flask import Flask, jsonify, request

from lockers.service import InvalidInput, open_locker

app = Flask(__name__)


@app.errorhandler(InvalidInput)
def invalid(problem):
    return jsonify(error=str(problem)), 422


@app.post("/open")
def open_():
    locker = open_locker(request.get_json())
    if locker is None:
        return jsonify(error="number or PIN is wrong"), 403
    return jsonify(number=locker["number"], door=locker["door"])
