import httpx

from payments import settings


class Gateway:
    def __init__(self, merchant, key):
        self._auth = (merchant, key)
        self._http = httpx.Client(base_url=settings.GATEWAY, timeout=settings.TIMEOUT, verify=settings.VERIFY)

    def charge(self, token, cents, currency="CHF"):
        answer = self._http.post("/v1/charges", auth=self._auth, json={"source": token, "amount": cents, "currency": currency})
        answer.raise_for_status()
        return answer.json()["id"]

    def refund(self, charge):
        self._http.post(f"/v1/charges/{charge}/refund", auth=self._auth).raise_for_status()
