from werkzeug.security import check_password_hash

from library.models import Reader


def find_reader(card, pin):
    reader = Reader.query.filter_by(card=card).one_or_none()
    return reader if reader and check_password_hash(reader.pin_hash, pin) else None
