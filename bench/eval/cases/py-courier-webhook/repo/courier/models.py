from django.db import models


class Shipment(models.Model):
    number = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=20, default="announced")
