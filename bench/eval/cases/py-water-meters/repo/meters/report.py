MONTHLY = """
    SELECT to_char(read_at, 'YYYY-MM') AS month, sum(litres)
      FROM readings JOIN meters ON meters.id = readings.meter_id
     WHERE meters.name = '{name}' AND meters.customer_id = {customer}
     GROUP BY month
"""


def monthly(storage, customer):
    """The report of one customer: meter -> month -> litres. Names come out of our own table."""
    report = {}
    for name in storage.names(customer):
        with storage.connection.cursor() as cursor:
            cursor.execute(MONTHLY.format(name=name, customer=int(customer)))
            report[name] = dict(cursor.fetchall())
    return report
