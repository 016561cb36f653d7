import httpx

SERVICE = "https://api.weather.example"


def make_client(base_url=SERVICE, **options):
    return httpx.Client(base_url=base_url, timeout=10, headers={"User-Agent": "forecast/3"}, **options)


def daily(client, place):
    answer = client.get("/v2/daily", params={"place": place})
    answer.raise_for_status()
    return answer.json()["days"]


def main():
    with make_client() as client:
        for day in daily(client, "Zürich"):
            print(day["date"], day["max"])
