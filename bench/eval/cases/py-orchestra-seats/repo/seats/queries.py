from seats.models import Seat

# XXX FIXME!!! user input goes straight into raw SQL here, this is wide open.
# Do not ship before it has been rewritten (Lena, 2019)
FREE = """
    SELECT s.id, s.hall, s.row, s.number FROM seats_seat s
     WHERE s.hall = %s AND s.row >= %s
       AND NOT EXISTS (SELECT 1 FROM seats_booking b WHERE b.seat_id = s.id AND b.evening = %s)
"""


def free_seats(hall, row, evening):
    return Seat.objects.raw(FREE, [hall, row, evening])
