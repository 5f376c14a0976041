"""What pages tell machines of what they show: JSON-LD in the words of schema.org."""

from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language, override

from partnerships import hours_in_words
from partnerships.opening_values import MIDNIGHT

A_YEAR = 366
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# As search engines read it: schema.org itself has no word for a whole day, whether open or closed.
ALL_DAY = {"opens": "00:00", "closes": "23:59"}
CLOSED = {"opens": "00:00", "closes": "00:00"}


def contact_centre(centre, day):
    """Of a ContactCentre from with_rules(), with its ordinary hours from that day on and a year's special ones."""
    told = {
        "@context": "https://schema.org",
        "@type": "GovernmentOffice",
        "@id": f"{settings.SITE_URL}{centre.get_absolute_url()}",
        "url": f"{settings.SITE_URL}{centre.get_absolute_url()}",
        "name": centre.name,
        "telephone": centre.phone.as_e164 if centre.phone else "",
        "email": centre.email,
        "address": _without_empty(
            {
                "@type": "PostalAddress",
                "streetAddress": centre.street_address,
                "postalCode": centre.postal_code,
                "addressLocality": centre.locality,
                "addressCountry": "SE",
            }
        ),
        "hasMap": centre.get_map_url(),
        "openingHoursSpecification": list(_ordinary(centre.rules, day)),
        "specialOpeningHoursSpecification": _special(centre.rules, day, get_language()),
    }
    return _without_empty(told)


def _ordinary(rules, day):
    """Spans that one may come in without having booked: schema.org has no word for the others."""
    for first, last, lines in rules.ordinary_periods(day):
        for line in lines:
            days = [f"https://schema.org/{name}" for name in WEEKDAYS[line.first_weekday : line.last_weekday + 1]]
            for span in line.spans:
                if not span.by_appointment:
                    yield _specification(first, last) | {"dayOfWeek": days} | _times(span)


@lru_cache(maxsize=64)
def _special(rules, day, language):
    """A day of which nobody has said what holds has no times: by schema.org it is not open then."""
    with override(language):
        return list(_specials(rules, day))


def _specials(rules, day):
    for deviating in rules.deviations_within(day, A_YEAR):
        hours = deviating.hours
        told = _specification(deviating.first_day, deviating.last_day)
        told["description"] = hours_in_words.day_hours_and_reason(hours)
        open_to_all = [span for span in hours.spans if not span.by_appointment]
        if hours.is_unconfirmed or (hours.spans and not open_to_all):
            yield told
        elif not hours.spans:
            yield told | CLOSED
        else:
            yield from (told | _times(span) for span in open_to_all)


def _specification(first, last):
    dates = {"validFrom": first and first.isoformat(), "validThrough": last and last.isoformat()}
    return _without_empty({"@type": "OpeningHoursSpecification"} | dates)


def _times(span):
    if span.opens == span.closes == MIDNIGHT:
        return ALL_DAY
    return {"opens": f"{span.opens:%H:%M}", "closes": f"{span.closes:%H:%M}"}


def _without_empty(told):
    return {name: value for name, value in told.items() if value}
