from flask import Flask, g, jsonify

from clinic.auth import authenticate

app = Flask(__name__)
app.before_request(authenticate)


@app.get("/me")
def me():
    return jsonify(subject=g.claims["sub"], issuer=g.claims["iss"])
