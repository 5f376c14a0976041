"""Work not seen yet: what was written into a form of the admin, kept apart from what the public sees."""

import datetime

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from partnerships.choices import DraftStage
from partnerships.models.base import Publishable

LINK_LASTS = datetime.timedelta(days=7)


def drafted_models():
    """The models of what the public sees whole, and so is written as a draft first."""
    return [model for model in apps.get_app_config("partnerships").get_models() if issubclass(model, Publishable)]


def _new_link_key():
    return get_random_string(32)


def _person(**options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        **options,
    )


class Draft(models.Model):
    """The form of one object as somebody left it; of one that is not there yet where object_id is None.

    `data` is the form as a value, and `base` the form it started from: see publishing.form_data.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField(null=True, blank=True)
    subject = GenericForeignKey("content_type", "object_id")
    title = models.CharField(_("draft"), max_length=300)
    data = models.JSONField()
    base = models.JSONField()
    # The opened form that wrote it last, and what that held: so the answer it got may get lost.
    form = models.CharField(max_length=32, blank=True)
    sent = models.JSONField(null=True, blank=True)
    author = _person(verbose_name=_("written by"))
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(_("last changed"), default=timezone.now)
    stage = models.CharField(_("stage"), max_length=10, choices=DraftStage, default=DraftStage.OPEN)
    note = models.TextField(_("note"), blank=True)  # of who submitted it, then of who sent it back
    submitted_by = _person(verbose_name=_("submitted by"))
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    scheduled_by = _person(verbose_name=_("scheduled by"))
    problem = models.TextField(_("why it was not published"), blank=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-changed_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="draft_once_an_object", fields=["content_type", "object_id"]),
            models.CheckConstraint(name="draft_stage_known", condition=models.Q(stage__in=DraftStage.values)),
            models.CheckConstraint(
                name="draft_scheduled_by_the_clock_and_not_refused",
                condition=models.Q(publish_at=None) | models.Q(problem=""),
            ),
        ]
        indexes = [models.Index(fields=["publish_at"], name="draft_publish_at")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Its form in the admin."""
        opts = self.content_type.model_class()._meta
        if self.object_id:
            return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[self.object_id])
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_add") + f"?draft={self.pk}"

    @property
    def kind(self):
        """The word for what it is a draft of."""
        return self.content_type.model_class()._meta.verbose_name


class PreviewLink(models.Model):
    """Lets somebody without an account see one draft, until it expires or is revoked (deleted)."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="links")
    key = models.CharField(max_length=32, unique=True, default=_new_link_key)
    made_by = _person()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.draft}, {self.made_at:%Y-%m-%d}"

    @property
    def expires_at(self):
        return self.made_at + LINK_LASTS
