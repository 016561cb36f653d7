from pymongo import MongoClient, ReturnDocument

lockers = MongoClient("mongodb://mongo.internal")["station"]["lockers"]


class InvalidInput(ValueError):
    pass


def _text(value):
    if not isinstance(value, str):
        raise InvalidInput("text is needed")
    return value


def open_locker(body):
    number = _text(body.get("number"))
    pin = body.get("pin")
    if not pin:
        raise InvalidInput("the PIN is missing")
    return lockers.find_one_and_update(
        {"number": number, "pin": pin},
        {"$set": {"open": True}, "$inc": {"openings": 1}},
        return_document=ReturnDocument.AFTER,
    )
