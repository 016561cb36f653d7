"""Values in cookies."""

import base64
import pickle

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def pack(value):
    return base64.urlsafe_b64encode(pickle.dumps(value)).decode()


def unpack(text):
    return pickle.loads(base64.urlsafe_b64decode(text))


def sign(value):
    return URLSafeSerializer(current_app.secret_key, salt="wishlist").dumps(value)


def unsign(text):
    try:
        return URLSafeSerializer(current_app.secret_key, salt="wishlist").loads(text)
    except BadSignature:
        return []
