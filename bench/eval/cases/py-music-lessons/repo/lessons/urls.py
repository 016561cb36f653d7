from django.urls import path

from lessons.views import LessonDelete, LessonDetail

urlpatterns = [
    path("lessons/<int:pk>/", LessonDetail.as_view()),
    path("lessons/<int:pk>/delete", LessonDelete.as_view()),
]
