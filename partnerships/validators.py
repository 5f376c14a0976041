"""Checks of single values, in words that say what to do."""

import datetime
import functools
import zoneinfo

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from partnerships.swedish_calendar import FIRST_YEAR

validate_web_address = URLValidator(
    schemes=["https", "http"],
    message=_("Write the whole address, beginning with https://."),
)


# It reads folders on each call.
time_zones = functools.cache(zoneinfo.available_timezones)


def validate_time_zone(name):
    """A name of the IANA time zone database, such as Europe/Stockholm."""
    if name not in time_zones():
        raise ValidationError(
            _("“%(name)s” is no time zone. Write it as Europe/Stockholm or America/Phoenix."),
            code="time_zone",
            params={"name": name},
        )


FIRST_OPENING_DAY, LAST_OPENING_DAY = datetime.date(FIRST_YEAR, 1, 1), datetime.date(2099, 12, 31)


def validate_opening_day(day):
    """A day for which the public holidays are known and checked."""
    if not FIRST_OPENING_DAY <= day <= LAST_OPENING_DAY:
        raise ValidationError(_("Choose a day from the years 2005–2099."), code="year")
