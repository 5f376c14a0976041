"""The days of the coming year on which a contact centre may keep other hours, laid before the editors."""

import datetime

from django.db import transaction
from django.utils import timezone

from partnerships.choices import DayAnswer
from partnerships.models import ContactCentre, SpecialDay
from partnerships.swedish_calendar import special_days

A_YEAR = datetime.timedelta(days=366)


@transaction.atomic
def propose_special_days():
    """Makes a SpecialDay, unconfirmed, of each that a centre is ordinarily open on; takes away those that are no more.

    What an editor has answered stays.
    """
    today = timezone.localdate()
    for centre in ContactCentre.objects.with_rules():
        wanted = set(_days_in_doubt(centre.rules, today))
        unanswered = SpecialDay.objects.filter(centre=centre, answer=DayAnswer.UNCONFIRMED)
        unanswered.filter(day__gte=today, day__lt=today + A_YEAR).exclude(day__in=wanted).delete()
        SpecialDay.objects.bulk_create(
            [SpecialDay(centre=centre, day=day) for day in sorted(wanted)], ignore_conflicts=True
        )


def _days_in_doubt(rules, today):
    for year in (today.year, today.year + 1):
        for day in special_days(year):
            if today <= day < today + A_YEAR and rules.on(day).is_unconfirmed:
                yield day
