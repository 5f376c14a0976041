"""Who has which form of the admin open."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class FormInUse(models.Model):
    """Somebody has the form open; `address` is the form's path, with the draft where it is of something new."""

    address = models.CharField(max_length=200)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="formuse_once_a_user", fields=["address", "user"])]

    def __str__(self):
        return f"{self.user}: {self.address}"
