from datetime import datetime

from blasting.notify import send

NEIGHBOURS = ["+41310000001", "+41310000002"]


def announce(at: datetime, remark: str):
    text = f"Blasting at {at:%H:%M}. {remark}"
    return [number for number in NEIGHBOURS if not send(number, text)]
