"""When a contact centre is open: each week, in seasons, on dated exceptions, and on days that custom makes special."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partnerships.choices import DayAnswer, Weekday
from partnerships.models.base import known_choice
from partnerships.models.fields import translated
from partnerships.opening_values import MIDNIGHT, clock
from partnerships.swedish_calendar import special_day
from partnerships.validators import validate_opening_day


def no_empty_span(name):
    """The constraint that what opens and closes does so at two times."""
    return models.CheckConstraint(
        name=name,
        condition=~Q(closes=F("opens")) | Q(opens=MIDNIGHT),
        violation_error_message=_("It must not open and close at the same time, but for 0:00–0:00: the whole day."),
    )


class OpeningHours(models.Model):
    centre = models.ForeignKey(
        "partnerships.ContactCentre",
        verbose_name=_("contact centre"),
        on_delete=models.CASCADE,
        related_name="opening_hours",
    )
    first_weekday = models.PositiveSmallIntegerField(_("from"), choices=Weekday)
    last_weekday = models.PositiveSmallIntegerField(_("through"), choices=Weekday)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"), help_text=_("A time before the opening is one of the next day."))
    by_appointment = models.BooleanField(_("by appointment"), default=False)
    valid_from = models.DateField(
        _("season from"),
        null=True,
        blank=True,
        validators=[validate_opening_day],
        help_text=_("Empty: always. A season goes before what is always valid."),
    )
    valid_through = models.DateField(
        _("season through"),
        null=True,
        blank=True,
        validators=[validate_opening_day],
        help_text=_("The last day of it."),
    )

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
            no_empty_span("hours_are_no_empty_span"),
            models.CheckConstraint(
                name="hours_season_in_order",
                condition=Q(valid_from=None) | Q(valid_through=None) | Q(valid_through__gte=F("valid_from")),
                violation_error_message=_("The season must not end before it begins."),
            ),
        ]

    def __str__(self):
        days = dict.fromkeys([self.get_first_weekday_display(), self.get_last_weekday_display()])
        return f"{'–'.join(days)} {_hours(self)}"


class Announced(models.Model):
    """Something that the calendar of deviations tells, and tells anew when it has changed."""

    sequence = models.PositiveIntegerField(default=0, editable=False)  # how often it has changed: RFC 5545, 3.8.7.4
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk and self._differs():
            self.sequence += 1
            self.changed_at = timezone.now()
        super().save(*args, **kwargs)

    def _differs(self):
        told = [field.attname for field in self._meta.concrete_fields if field.editable]
        stored = type(self).objects.filter(pk=self.pk).values(*told).first()
        return stored is not None and any(stored[name] != getattr(self, name) for name in told)


class OpeningException(Announced):
    centre = models.ForeignKey(
        "partnerships.ContactCentre",
        verbose_name=_("contact centre"),
        on_delete=models.CASCADE,
        related_name="opening_exceptions",
    )
    first_day = models.DateField(_("first day"), validators=[validate_opening_day])
    last_day = models.DateField(_("last day"), validators=[validate_opening_day])
    opens = models.TimeField(_("opens"), null=True, blank=True, help_text=_("Empty: closed all day."))
    closes = models.TimeField(_("closes"), null=True, blank=True)
    by_appointment = models.BooleanField(_("by appointment"), default=False)
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
                condition=Q(opens=None, closes=None) | Q(opens__isnull=False, closes__isnull=False),
                violation_error_message=_("Give both opening and closing time, or neither for closed."),
            ),
            no_empty_span("exception_is_no_empty_span"),
        ]

    def __str__(self):
        days = dict.fromkeys([str(self.first_day), str(self.last_day)])
        return f"{'–'.join(days)}: {_hours(self)}"


class SpecialDay(Announced):
    """A day on which the centre would ordinarily be open, and by custom may not be: what an editor said of it."""

    centre = models.ForeignKey(
        "partnerships.ContactCentre",
        verbose_name=_("contact centre"),
        on_delete=models.CASCADE,
        related_name="special_days",
    )
    day = models.DateField(_("day"))
    answer = models.CharField(_("what holds"), max_length=12, choices=DayAnswer, default=DayAnswer.UNCONFIRMED)
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ["day", "centre"]
        constraints = [
            models.UniqueConstraint(
                name="specialday_once",
                fields=["centre", "day"],
                violation_error_message=_("That day is there already."),
            ),
            known_choice("specialday_answer_known", "answer", DayAnswer),
            models.CheckConstraint(
                name="specialday_hours_where_asked",
                condition=Q(answer=DayAnswer.OTHER_HOURS, opens__isnull=False, closes__isnull=False)
                | (~Q(answer=DayAnswer.OTHER_HOURS) & Q(opens=None, closes=None)),
                violation_error_message=_("Other hours need both times, and the other answers none."),
            ),
            no_empty_span("specialday_is_no_empty_span"),
        ]

    def __str__(self):
        return f"{self.day} {self.name}"

    @property
    def name(self):
        """The day's own name, in the language at hand."""
        special = special_day(self.day)
        return getattr(special, f"name_{get_language()}", "") if special else ""

    def clean(self):
        special = special_day(self.day) if self.day else None
        if self.day and (not special or special.is_holiday):
            raise ValidationError(
                {"day": ValidationError(_("That is no eve, half day or bridge day."), code="ordinary")}
            )


def _hours(row):
    return f"{clock(row.opens)}–{clock(row.closes)}" if row.opens else str(_("closed"))
