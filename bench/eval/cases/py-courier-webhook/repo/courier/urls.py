from django.urls import path

from courier import views

urlpatterns = [path("hooks/courier", views.status_changed)]
