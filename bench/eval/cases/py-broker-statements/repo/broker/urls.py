from django.urls import path

from broker import statements

urlpatterns = [
    path("statements/", statements.index),
    path("accounts/<int:account_id>/statements/<int:statement_id>", statements.download),
]
