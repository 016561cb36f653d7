from django.db import models


class Seat(models.Model):
    hall = models.CharField(max_length=60)
    row = models.CharField(max_length=3)
    number = models.PositiveSmallIntegerField()


class Booking(models.Model):
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT)
    evening = models.DateField()
