import httpx

TIMEOUT = httpx.Timeout(5.0)


def deliver(url, event):
    with httpx.Client(timeout=TIMEOUT, follow_redirects=False) as client:
        answer = client.post(url, json=event)
    return answer.status_code, answer.text[:2000]
