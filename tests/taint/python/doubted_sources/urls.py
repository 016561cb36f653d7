from django.urls import path

from views import again, away

urlpatterns = [path("items/<int:number>/", again), path("away/<path:address>", away)]
