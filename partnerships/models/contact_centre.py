"""The place that one can visit, and when it is open."""

import datetime
from urllib.parse import urlencode

from django.db import models
from django.db.models import F, OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from partnerships.choices import Weekday
from partnerships.models.base import Ordered, Publishable, PublishedQuerySet, Rows, Slugged
from partnerships.models.fields import RichTextField, translated
from partnerships.models.searched import Searched
from partnerships.opening_hours import Deviation, Rules, Span, WeeklyHours
from partnerships.validators import validate_web_address


class ContactCentreQuerySet(PublishedQuerySet):
    def with_rules(self):
        """Each with all that its `rules` are made of, in the same query."""
        weekly = OpeningHours.objects.filter(centre=OuterRef("pk")).order_by("pk")
        deviations = OpeningException.objects.filter(centre=OuterRef("pk")).order_by("pk")
        return self.annotate(
            weekly_rows=Rows(weekly, "first_weekday", "last_weekday", "opens", "closes", "valid_from", "valid_through"),
            deviation_rows=Rows(deviations, "first_day", "last_day", "opens", "closes", "reason_sv", "reason_en"),
        )


class ContactCentre(Slugged, Ordered, Publishable):
    name = translated(models.CharField(_("name"), max_length=120))
    tagline = translated(models.CharField(_("tagline"), max_length=200, blank=True))
    help_heading = translated(
        models.CharField(
            _("heading for what it can help with"),
            max_length=120,
            blank=True,
            help_text=_("Such as “Vad kan kontaktcenter hjälpa mig med?”."),
        )
    )
    help_text = translated(
        RichTextField(_("what it can help with"), blank=True, help_text=_("Answers the heading above."))
    )
    street_address = models.CharField(_("street address"), max_length=120)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    locality = models.CharField(_("town"), max_length=80)
    map_url = models.URLField(
        _("link to a map"),
        blank=True,
        validators=[validate_web_address],
        help_text=_("Empty: a search for the address on OpenStreetMap."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)

    objects = ContactCentreQuerySet.as_manager()
    searched = Searched(
        title=("name",),
        text=("tagline", "help_heading", "help_text", "street_address", "locality"),
        hidden=("postal_code", "email", "phone"),
        also_called=(_("opening hours"), _("street address")),
    )

    class Meta(Ordered.Meta):
        verbose_name = _("contact centre")
        verbose_name_plural = _("contact centres")
        constraints = [*Publishable.Meta.constraints]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse('contact-centre')}#{self.slug}"

    @property
    def address(self):
        """On one line, as on an envelope: Storgatan 1, 123 45 Exempelstad."""
        return f"{self.street_address}, {' '.join(filter(None, [self.postal_code, self.locality]))}"

    def get_map_url(self):
        return self.map_url or "https://www.openstreetmap.org/search?" + urlencode({"query": self.address})

    @cached_property
    def rules(self):
        """Its opening hours as values; only on rows that come from with_rules()."""
        return Rules(
            tuple(
                WeeklyHours(
                    row["first_weekday"],
                    row["last_weekday"],
                    _span(row),
                    _date(row["valid_from"]),
                    _date(row["valid_through"]),
                )
                for row in self.weekly_rows or ()
            ),
            tuple(
                Deviation(
                    _date(row["first_day"]),
                    _date(row["last_day"]),
                    _span(row) if row["opens"] else None,
                    row["reason_sv"],
                    row["reason_en"],
                )
                for row in self.deviation_rows or ()
            ),
        )


def _span(row):
    return Span(datetime.time.fromisoformat(row["opens"]), datetime.time.fromisoformat(row["closes"]))


def _date(text):
    return datetime.date.fromisoformat(text) if text else None


class OpeningHours(models.Model):
    centre = models.ForeignKey(
        ContactCentre,
        verbose_name=_("contact centre"),
        on_delete=models.CASCADE,
        related_name="opening_hours",
    )
    first_weekday = models.PositiveSmallIntegerField(_("from"), choices=Weekday)
    last_weekday = models.PositiveSmallIntegerField(_("through"), choices=Weekday)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))
    valid_from = models.DateField(
        _("season from"),
        null=True,
        blank=True,
        help_text=_("Empty: always. A season goes before what is always valid."),
    )
    valid_through = models.DateField(_("season through"), null=True, blank=True)

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["valid_from", "first_weekday", "opens", "pk"]
        constraints = [
            models.CheckConstraint(
                name="hours_weekdays_known",
                condition=Q(first_weekday__in=Weekday.values, last_weekday__in=Weekday.values),
            ),
            models.CheckConstraint(
                name="hours_weekdays_in_order",
                condition=Q(last_weekday__gte=F("first_weekday")),
                violation_error_message=_("The last weekday must not come before the first."),
            ),
            models.CheckConstraint(
                name="hours_close_after_opening",
                condition=Q(closes__gt=F("opens")),
                violation_error_message=_("It must close later than it opens."),
            ),
            models.CheckConstraint(
                name="hours_season_in_order",
                condition=Q(valid_from=None) | Q(valid_through=None) | Q(valid_through__gte=F("valid_from")),
                violation_error_message=_("The season must not end before it begins."),
            ),
        ]

    def __str__(self):
        days = dict.fromkeys([self.get_first_weekday_display(), self.get_last_weekday_display()])
        return f"{'–'.join(days)} {self.opens:%H:%M}–{self.closes:%H:%M}"


class OpeningException(models.Model):
    centre = models.ForeignKey(
        ContactCentre,
        verbose_name=_("contact centre"),
        on_delete=models.CASCADE,
        related_name="opening_exceptions",
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    opens = models.TimeField(_("opens"), null=True, blank=True, help_text=_("Empty: closed all day."))
    closes = models.TimeField(_("closes"), null=True, blank=True)
    reason = translated(models.CharField(_("reason"), max_length=120, blank=True))

    class Meta:
        verbose_name = _("deviating opening hours")
        verbose_name_plural = _("deviating opening hours")
        ordering = ["first_day", "opens", "pk"]
        constraints = [
            models.CheckConstraint(
                name="exception_days_in_order",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message=_("The last day must not come before the first."),
            ),
            models.CheckConstraint(
                name="exception_closed_or_whole_span",
                condition=Q(opens=None, closes=None)
                | Q(opens__isnull=False, closes__isnull=False, closes__gt=F("opens")),
                violation_error_message=_("Give both opening and closing time, in that order, or neither for closed."),
            ),
        ]

    def __str__(self):
        hours = f"{self.opens:%H:%M}–{self.closes:%H:%M}" if self.opens else _("closed")
        return f"{self.first_day}–{self.last_day}: {hours}"
