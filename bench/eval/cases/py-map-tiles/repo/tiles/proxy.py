import requests
from flask import Blueprint, Response, abort, request

from tiles.providers import by_name

bp = Blueprint("tiles", __name__)
session = requests.Session()


@bp.get("/tiles/<int:z>/<int:x>/<int:y>")
def tile(z, x, y):
    provider = by_name(request.args.get("provider", "streets"))
    if provider is None or z not in provider.zoom:
        abort(404)
    # the relief server is only reachable from here
    upstream = session.get(provider.address(z, x, y), timeout=5, allow_redirects=False)
    if upstream.status_code != 200:
        abort(502)
    return Response(upstream.content, mimetype="image/png", headers={"Cache-Control": "public, max-age=86400"})
