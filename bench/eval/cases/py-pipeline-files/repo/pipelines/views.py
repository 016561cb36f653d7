from flask import Blueprint, jsonify, request
from flask_login import login_required

from pipelines.loading import safe_load
from pipelines.model import steps_of

bp = Blueprint("pipelines", __name__)


@bp.post("/pipelines/validate")
@login_required
def validate():
    text = request.get_data(as_text=True)
    document = safe_load(text)
    if not isinstance(document, dict):
        return jsonify(error="a mapping is needed"), 422
    return jsonify([step.__dict__ for step in steps_of(document)])
