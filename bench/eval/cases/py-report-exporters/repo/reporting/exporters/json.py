from __future__ import annotations

from flask.json import dumps


def export(rows):
    return dumps(rows), "application/json"
