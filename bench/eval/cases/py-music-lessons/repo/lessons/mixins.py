from django.contrib.auth.mixins import LoginRequiredMixin


class OwnedMixin(LoginRequiredMixin):
    owner_field = "teacher"

    def get_queryset(self):
        return super().get_queryset().filter(**{self.owner_field: self.request.user})
