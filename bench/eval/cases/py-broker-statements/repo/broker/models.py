from django.conf import settings
from django.db import models


class Account(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    currency = models.CharField(max_length=3, default="CHF")


class Statement(models.Model):
    account = models.ForeignKey(Account, related_name="statements", on_delete=models.PROTECT)
    document = models.FileField(upload_to="statements/%Y/%m")
    year = models.PositiveSmallIntegerField()
