from forecast.client import daily


def test_days_come_in_order(service):
    days = daily(service, "Chur")
    assert [day["date"] for day in days] == sorted(day["date"] for day in days)
