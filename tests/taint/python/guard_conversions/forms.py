import uuid


class Unknown(Exception):
    pass


def required_number(text):
    try:
        return int(text)
    except ValueError as error:
        raise Unknown(text) from error


def number_or_none(text):
    try:
        return int(text)
    except ValueError:
        return None


def parsed(kind, text):
    if kind == "number":
        try:
            return int(text)
        except ValueError as error:
            raise Unknown from error
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Unknown from error


def numbered(text):
    try:
        number = parsed("number", text)
    except Unknown:
        number = None
    try:
        key = parsed("key", text)
    except Unknown:
        key = None
    if not number and not key:
        raise Unknown
    if number:
        return {"number": number}
    elif key:
        return {"key": key}
    raise Unknown


def record_key(text):
    try:
        key = parsed("key", text)
    except Unknown:
        key = None
    return {"key": key, "name": text}
