from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.views.decorators.http import require_POST


@login_required
@require_POST
def mail_text(request):
    organiser = request.user.organiser
    organiser.mail_text = request.POST.get("text", "")[:5000]
    organiser.save(update_fields=["mail_text"])
    return JsonResponse({"saved": True})
