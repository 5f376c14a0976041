"""How far away a town is, in kilometres and in hours."""

from functools import lru_cache

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, ngettext, override

from partnerships.geography import distance_km, rounded_km
from partnerships.opening_values import clock
from partnerships.templating.maps import place_of
from partnerships.time_beside import difference

NO_BREAK = "\N{NO-BREAK SPACE}"


def distance(site, town):
    """As the crow flies, in kilometres; None where it is not known, or there is none to speak of."""
    here, there = place_of(site), place_of(town)
    kilometres = distance_km(here, there) if here and there else 0
    return kilometres if kilometres >= 1 else None


def kilometres(distance, language=None):
    """A distance as one tells it, unbroken: 8 600 km."""
    return _kilometres(rounded_km(distance), language or get_language())


@lru_cache(maxsize=1024)
def _kilometres(rounded, language):
    with override(language):
        told = number_format(rounded, decimal_pos=0, use_l10n=True, force_grouping=True)
    return f"{told}{NO_BREAK}km".replace(" ", NO_BREAK)


def as_the_crow_flies(town):
    return gettext("as the crow flies from %(town)s.") % {"town": town}


def hours_apart(difference):
    """1 hour, 8 hours."""
    return ngettext("%(hours)s hour", "%(hours)s hours", difference.hours) % {"hours": difference.hours}


def at_noon(difference, here, there):
    """What the clock says there when it is noon here."""
    words = gettext("When it is 12:00 in %(here)s, it is %(time)s in %(there)s")
    return words % {"here": here, "there": there, "time": clock(difference.at_noon)}


def clocks(site, town):
    """The Difference between the town's clock and ours now; None where the town's is not known."""
    return difference(site.time_zone, town.time_zone, timezone.now()) if town.time_zone else None
