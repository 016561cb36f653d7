from django.conf import settings
from django.db import models


class Lesson(models.Model):
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    instrument = models.CharField(max_length=40)
    pupils = models.ManyToManyField("lessons.Pupil")


class Pupil(models.Model):
    name = models.CharField(max_length=80)
