from pathlib import Path

from werkzeug.utils import secure_filename

STATIC = Path(__file__).parent / "static" / "logos"
EXTENSIONS = {"png", "jpg", "jpeg", "webp"}
LIMIT = 300_000


class Refused(ValueError):
    pass


def keep_logo(upload):
    # browsers cache by name, so it is kept
    name = secure_filename(upload.filename or "")
    parts = name.lower().split(".")
    if len(parts) < 2 or parts[1] not in EXTENSIONS:
        raise Refused("logos are PNG, JPEG or WebP")
    data = upload.stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise Refused("logos have at most 300 kB")
    (STATIC / name).write_bytes(data)
    return name
