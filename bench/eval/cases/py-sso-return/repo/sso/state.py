from itsdangerous import BadSignature, URLSafeTimedSerializer

PAGES = {"orders": "/orders/", "profile": "/account/profile", "home": "/"}


class State:
    def __init__(self, secret):
        self._serializer = URLSafeTimedSerializer(secret, salt="sso-return")

    def begin(self, page):
        return self._serializer.dumps({"to": PAGES.get(page, "/")})

    def end(self, text):
        try:
            return self._serializer.loads(text, max_age=600)["to"]
        except BadSignature:
            return None
