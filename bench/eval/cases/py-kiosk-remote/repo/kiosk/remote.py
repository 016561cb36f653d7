from functools import wraps

from flask import Flask, abort, jsonify, request
from itsdangerous import BadSignature, URLSafeSerializer

from kiosk.hardware import unlock
from kiosk.secrets import signing_secret

app = Flask(__name__)
serializer = URLSafeSerializer(signing_secret(), salt="remote")


def operator_only(view):
    @wraps(view)
    def wrapped(*args, **kwargs):
        try:
            ticket = serializer.loads(request.headers.get("X-Ticket", ""))
        except BadSignature:
            abort(401)
        if ticket.get("role") != "operator":
            abort(403)
        return view(*args, **kwargs)

    return wrapped


@app.post("/kiosks/<int:number>/unlock")
@operator_only
def unlock_kiosk(number):
    return jsonify(unlocked=unlock(number))
