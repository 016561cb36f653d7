from flask import abort, session


def require(role):
    user = session.get("user")
    if not user:
        abort(401)
    if role not in user.get("roles", ()):
        abort(403)
