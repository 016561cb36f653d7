"""Calls to other machines."""

import requests

TIMEOUT = 5


def post_json(url, payload):
    response = requests.post(url, json=payload, timeout=TIMEOUT)
    return response.status_code, response.text[:500]
