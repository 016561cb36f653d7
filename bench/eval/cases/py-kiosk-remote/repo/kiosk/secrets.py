import os
from functools import lru_cache


@lru_cache
def signing_secret():
    # overridden in production
    return os.environ.get("KIOSK_ADMIN_SECRET", "k1osk-Remote!Berne-2019")
