"""How far away a town is, in kilometres and in hours."""

from django import template
from django.utils import timezone
from django.utils.formats import number_format

from partnerships.geography import Place, distance_km
from partnerships.time_beside import difference

register = template.Library()
NO_BREAK = "\N{NO-BREAK SPACE}"


@register.simple_tag
def distance(site, town):
    """As the crow flies, to the nearest hundred, below a thousand to the nearest ten: 8 600; "" where not known."""
    if None in (site.latitude, site.longitude, town.latitude, town.longitude):
        return ""
    here, there = (Place(float(place.latitude), float(place.longitude)) for place in (site, town))
    kilometres = distance_km(here, there)
    return number_format(round(kilometres, -2 if kilometres >= 1000 else -1), 0, force_grouping=True, use_l10n=True)


@register.simple_tag
def clocks(site, town):
    """The Difference between the town's clock and ours now; None where the town's is not known."""
    return difference(site.time_zone, town.time_zone, timezone.now()) if town.time_zone else None
