from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpResponse, HttpResponseBadRequest

from themes.install import BadTheme, install


@staff_member_required
def upload(request, theme_id: int):
    bundle = request.FILES["bundle"]
    try:
        install(f"theme-{theme_id}", bundle)
    except BadTheme as problem:
        return HttpResponseBadRequest(str(problem))
    return HttpResponse(status=204)
