import json

from django.http import HttpResponse, HttpResponseForbidden
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from courier.models import Shipment
from courier.signature import genuine


@csrf_exempt
@require_POST
def status_changed(request):
    if not genuine(request.body, request.headers.get("X-Courier-Signature", "")):
        return HttpResponseForbidden()
    event = json.loads(request.body)
    Shipment.objects.filter(number=event["number"]).update(state=event["state"])
    return HttpResponse(status=204)
