import base64
import pickle

from flask import Blueprint, abort, redirect, request, url_for

from wizard.seal import Broken, seal, unseal

bp = Blueprint("wizard", __name__)


def load(cookie):
    if not cookie:
        return {"step": 1, "answers": {}}
    # answers can be anything, so they are pickled
    return pickle.loads(unseal(base64.urlsafe_b64decode(cookie)))


@bp.post("/wizard")
def advance():
    try:
        state = load(request.cookies.get("wizard"))
    except (Broken, ValueError):
        abort(400)
    state["answers"][state["step"]] = request.form.get("answer", "")
    state["step"] += 1
    answer = redirect(url_for("wizard.show"))
    answer.set_cookie("wizard", base64.urlsafe_b64encode(seal(pickle.dumps(state))).decode(), httponly=True, secure=True)
    return answer
