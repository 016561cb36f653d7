from flask import Flask, jsonify, request

from terminal.directory import Directory

app = Flask(__name__)
app.config.from_prefixed_env("TERMINAL")
directory = Directory(app.config.get("LDAP_URL", "ldaps://ldap.office.example"))


@app.post("/unlock")
def unlock():
    uid = request.form.get("badge", "")
    pin = request.form.get("pin", "")
    if not uid or not pin:
        return jsonify(error="badge and pin are needed"), 400
    person = directory.person_with_pin(uid, pin)
    if person is None:
        return jsonify(open=False), 403
    return jsonify(open=True, greeting=person["cn"][0].decode())
