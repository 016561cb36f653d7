from django.urls import reverse_lazy
from django.views.generic import DeleteView, DetailView

from lessons.mixins import OwnedMixin
from lessons.models import Lesson


class LessonDetail(OwnedMixin, DetailView):
    model = Lesson
    template_name = "lessons/detail.html"


class LessonDelete(OwnedMixin, DeleteView):
    model = Lesson
    success_url = reverse_lazy("lessons")

    def form_valid(self, form):
        # pupils stay, only the lesson goes
        self.object = self.get_object()
        self.object.pupils.clear()
        return super().form_valid(form)
