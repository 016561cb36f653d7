import logging
import traceback
import uuid

from flask import Flask

from ferry import settings

log = logging.getLogger(__name__)


def install(app: Flask):
    @app.errorhandler(Exception)
    def unexpected(problem):
        number = uuid.uuid4().hex[:8]
        log.exception("error %s", number)
        text = f"Something went wrong. Please quote {number}.\n"
        # never in production
        if settings.SHOW_DETAILS:
            frames = traceback.TracebackException.from_exception(problem, capture_locals=True)
            text += "".join(frames.format())
        return text, 500, {"Content-Type": "text/plain"}
