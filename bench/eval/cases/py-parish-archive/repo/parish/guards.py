from functools import wraps

from flask import abort, session

WARDENS = {"anna", "beat"}


def wardens_only(view):
    @wraps(view)
    def wrapped(*args, **kwargs):
        if session.get("name") not in WARDENS:
            abort(403)
        return view(*args, **kwargs)

    return wrapped
