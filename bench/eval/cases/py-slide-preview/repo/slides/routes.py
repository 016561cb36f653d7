from flask import Blueprint, abort, send_file
from flask_login import login_required
from werkzeug.utils import secure_filename

from slides.render import RenderFailed, preview

bp = Blueprint("slides", __name__)


@bp.get("/decks/<deck>/pages/<int:page>.png")
@login_required
def page_image(deck, page):
    name = secure_filename(deck)
    if not name.endswith(".pdf"):
        abort(404)
    try:
        image = preview(name, page)
    except RenderFailed:
        abort(422)
    if image is None:
        abort(404)
    return send_file(image, mimetype="image/png")
