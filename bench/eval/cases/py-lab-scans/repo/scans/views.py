from django.contrib.auth.decorators import permission_required
from django.http import JsonResponse
from django.views.decorators.http import require_POST

from scans.intake import UnknownFormat, keep
from scans.models import Scan


@require_POST
@permission_required("scans.add_scan", raise_exception=True)
def add_scan(request):
    try:
        facts = keep(request.FILES["scan"])
    except UnknownFormat as problem:
        return JsonResponse({"error": str(problem)}, status=415)
    scan = Scan.objects.create(owner=request.user, **facts)
    return JsonResponse({"id": scan.pk})
