from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBadRequest, JsonResponse
from django.views.decorators.http import require_POST
from lxml import html

from reading.models import Article
from reading.net import Refused, fetch


@login_required
@require_POST
def add(request):
    url = request.POST.get("url", "")
    try:
        page = html.fromstring(fetch(url))
    except Refused:
        return HttpResponseBadRequest("this address cannot be kept")
    article = Article.objects.create(owner=request.user, url=url, title=page.findtext(".//title") or url, text=page.text_content())
    return JsonResponse({"id": article.pk, "title": article.title})
