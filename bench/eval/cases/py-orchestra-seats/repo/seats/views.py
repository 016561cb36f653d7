import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBadRequest, JsonResponse

from seats.queries import free_seats


@login_required
def free(request):
    try:
        evening = datetime.date.fromisoformat(request.GET.get("evening", ""))
    except ValueError:
        return HttpResponseBadRequest("which evening?")
    hall = request.GET.get("hall", "main")
    seats = free_seats(hall, request.GET.get("from_row", "A"), evening)
    return JsonResponse({"seats": [f"{seat.row}{seat.number}" for seat in seats]})
