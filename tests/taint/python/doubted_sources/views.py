from django.http import HttpResponseRedirect
from django.shortcuts import redirect


def again(request, number):
    return redirect(request.path)  # safe: python-open-redirect


def away(request, address):
    target = request.path.replace("/away/", "", 1)
    return HttpResponseRedirect(target)  # vuln: python-open-redirect
