from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBadRequest, JsonResponse
from django.views.decorators.http import require_POST

from timetable.importer import stops
from timetable.xmlio import NotPlain


@login_required
@require_POST
def upload_network(request):
    upload = request.FILES.get("network")
    if upload is None or upload.size > 2_000_000:
        return HttpResponseBadRequest("a file of at most 2 MB is needed")
    try:
        return JsonResponse({"stops": [list(stop) for stop in stops(upload)]})
    except NotPlain as error:
        return HttpResponseBadRequest(str(error))
