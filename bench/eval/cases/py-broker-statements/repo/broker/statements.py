from django.contrib.auth.decorators import login_required
from django.http import FileResponse, JsonResponse
from django.shortcuts import get_object_or_404

from broker.models import Account, Statement


@login_required
def index(request):
    accounts = Account.objects.filter(owner=request.user).prefetch_related("statements")
    return JsonResponse({account.pk: list(account.statements.values_list("pk", flat=True)) for account in accounts})


@login_required
def download(request, account_id, statement_id):
    # a statement is only handed out together with the account it belongs to
    account = get_object_or_404(Account, pk=account_id)
    statement = get_object_or_404(Statement, pk=statement_id, account=account)
    return FileResponse(statement.document.open("rb"), as_attachment=True)
