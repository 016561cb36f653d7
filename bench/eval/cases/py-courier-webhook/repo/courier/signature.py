import hashlib
import hmac

from django.conf import settings


def genuine(body, signature):
    # same as the courier's example
    wanted = hmac.new(settings.COURIER_KEY.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted.encode(), signature.encode("utf-8", "replace"))
