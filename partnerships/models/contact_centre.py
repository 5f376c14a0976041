"""The place that one can visit, and when it is open."""

import datetime
from functools import lru_cache
from urllib.parse import urlencode

from django.db import models
from django.db.models import OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from partnerships.choices import DayAnswer
from partnerships.models.base import PERMISSIONS, Ordered, Publishable, PublishedQuerySet, Rows, Slugged
from partnerships.models.fields import RichTextField, translated
from partnerships.models.opening import OpeningException, OpeningHours, SpecialDay
from partnerships.models.searched import Searched
from partnerships.models.ways import address_of
from partnerships.opening_hours import Rules
from partnerships.opening_values import Deviation, Span, WeeklyHours
from partnerships.swedish_calendar import special_day
from partnerships.validators import validate_web_address

_SPAN = ("opens", "closes", "by_appointment")


class ContactCentreQuerySet(PublishedQuerySet):
    def with_rules(self):
        """Each with all that its `rules` are made of, in the same query."""
        weekly = OpeningHours.objects.filter(centre=OuterRef("pk")).order_by("pk")
        deviations = OpeningException.objects.filter(centre=OuterRef("pk")).order_by("pk")
        answered = SpecialDay.objects.filter(centre=OuterRef("pk")).exclude(answer=DayAnswer.UNCONFIRMED)
        return self.annotate(
            weekly_rows=Rows(weekly, "first_weekday", "last_weekday", *_SPAN, "valid_from", "valid_through"),
            deviation_rows=Rows(deviations, "id", "first_day", "last_day", *_SPAN, "reason_sv", "reason_en"),
            answered_rows=Rows(answered.order_by("day"), "day", "answer", "opens", "closes"),
        )


@lru_cache(maxsize=128)
def _on_openstreetmap(address):
    return "https://www.openstreetmap.org/search?" + urlencode({"query": address})


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
        default_permissions = PERMISSIONS
        constraints = [*Publishable.Meta.constraints]

    def __str__(self):
        return self.name

    def get_absolute_url(self, language=None):
        return f"{address_of('contact-centre', language=language)}#{self.slug}"

    @property
    def address(self):
        """On one line, as on an envelope: Storgatan 1, 123 45 Exempelstad."""
        return f"{self.street_address}, {' '.join(filter(None, [self.postal_code, self.locality]))}"

    def get_map_url(self):
        return self.map_url or _on_openstreetmap(self.address)

    @cached_property
    def rules(self):
        """Its opening hours as values; only on rows that come from with_rules()."""
        weekly = tuple(
            WeeklyHours(
                row["first_weekday"],
                row["last_weekday"],
                _span(row),
                _date(row["valid_from"]),
                _date(row["valid_through"]),
            )
            for row in self.weekly_rows
        )
        deviations = [
            Deviation(
                _date(row["first_day"]),
                _date(row["last_day"]),
                _span(row),
                row["reason_sv"],
                row["reason_en"],
                source=f"exception-{row['id']}",
            )
            for row in self.deviation_rows
        ]
        as_answered = {answer: set() for answer in DayAnswer.values}
        for row in self.answered_rows:
            day = _date(row["day"])
            as_answered[row["answer"]].add(day)
            if row["answer"] in (DayAnswer.CLOSED, DayAnswer.OTHER_HOURS):
                name = special_day(day)
                source = f"day-{row['day']}"
                deviations.append(Deviation(day, day, _span(row), name.name_sv, name.name_en, source=source))
        return Rules(
            weekly,
            tuple(deviations),
            confirmed=frozenset(as_answered[DayAnswer.ORDINARY]),
            dismissed=frozenset(as_answered[DayAnswer.DISMISSED]),
        )


def _span(row):
    """The row's Span; None where it is closed."""
    if not row["opens"]:
        return None
    opens, closes = (datetime.time.fromisoformat(row[name]) for name in ("opens", "closes"))
    return Span(opens, closes, row.get("by_appointment", False))


def _date(text):
    return datetime.date.fromisoformat(text) if text else None
