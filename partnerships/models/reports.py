"""What visitors report: something on the site that did not work for them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.choices import ReportState
from partnerships.models.base import known_choice


class AccessibilityReport(models.Model):
    """A report as it was sent. `sender` and `token` only keep senders from flooding and sending twice."""

    SHORTEST, LONGEST, LONGEST_LINE = 10, 4000, 300

    what_happened = models.TextField(_("what happened"))
    where = models.CharField(_("where"), max_length=LONGEST_LINE, blank=True)
    used = models.CharField(_("what the visitor was using"), max_length=LONGEST_LINE, blank=True)
    reach = models.CharField(_("how to reach the visitor"), max_length=LONGEST_LINE, blank=True)
    language = models.CharField(_("language version"), max_length=2, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("received"), default=timezone.now, editable=False, db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.NEW)
    note = models.TextField(_("our own note"), blank=True, help_text=_("What was found and done. Only editors see it."))
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)
    # A keyed digest of the address that it came from, for a day; then empty.
    sender = models.CharField(max_length=64, blank=True, editable=False)
    token = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("accessibility report")
        verbose_name_plural = _("accessibility reports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            known_choice("accessibilityreport_state_known", "state", ReportState),
            models.CheckConstraint(name="accessibilityreport_says_something", condition=~Q(what_happened="")),
            models.CheckConstraint(
                name="accessibilityreport_language_known",
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
            ),
        ]

    def __str__(self):
        return self.beginning(50)

    def beginning(self, length=80):
        """The first words on one line, as many as fit in this length, the dots at the end included."""
        words = " ".join(self.what_happened.split())
        return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"

    def says_the_same_as(self, other):
        """Whether its sender wrote the same in both."""
        return all(getattr(self, name) == getattr(other, name) for name in ("what_happened", "where", "used", "reach"))
