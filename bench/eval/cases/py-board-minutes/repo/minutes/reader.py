import os

from minutes import settings


def resolve(name):
    """The absolute path of a document, or None where it would leave the directory."""
    path = os.path.realpath(os.path.join(str(settings.MINUTES), name))
    if not path.startswith(str(settings.MINUTES)):
        return None
    return path


def closed_session(year, month):
    return settings.CLOSED_SESSIONS / f"{year:04d}-{month:02d}.pdf"
