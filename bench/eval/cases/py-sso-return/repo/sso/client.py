from urllib.parse import urlencode

import requests

PROVIDER = "https://login.provider.example"


def authorize_url(state):
    return f"{PROVIDER}/authorize?" + urlencode({"client_id": "shop", "response_type": "code", "state": state})


def exchange(code):
    answer = requests.post(f"{PROVIDER}/token", data={"code": code, "client_id": "shop"}, timeout=10)
    answer.raise_for_status()
    return answer.json()["sub"]
