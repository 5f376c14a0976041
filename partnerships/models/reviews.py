"""Reviews: somebody has read it and vouches for it. Publishing never implies one."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class Review(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, editable=False)
    object_id = models.PositiveBigIntegerField(editable=False)
    subject = GenericForeignKey("content_type", "object_id")
    language = models.CharField(
        _("language version"),
        max_length=2,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("The version that was read. The other one shows no stamp."),
    )
    reviewed_on = models.DateField(_("reviewed on"))
    signature = models.CharField(_("signature"), max_length=40)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-reviewed_on", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="review_subject")]
        constraints = [
            models.CheckConstraint(
                name="review_language_known",
                condition=models.Q(language__in=[code for code, _name in settings.LANGUAGES]),
            ),
        ]

    def __str__(self):
        return f"{self.reviewed_on} {self.signature}"
