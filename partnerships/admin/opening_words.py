"""Opening hours in words: rows by which editors know them again, and days that are closed."""

from itertools import groupby

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext, pgettext

from partnerships import hours_in_words
from partnerships.closed_weekdays import ClosedWeekdays

TOLD_AT_MOST = 4


def weekdays(numbers):
    """måndag–onsdag, fredag."""
    rows = []
    for _offset, run in groupby(enumerate(numbers), key=lambda place: place[1] - place[0]):
        run = [number for _place, number in run]
        rows.append("–".join(hours_in_words.weekday(number) for number in dict.fromkeys([run[0], run[-1]])))
    return ", ".join(rows)


def days(first, last):
    """24 december 2026, or 24 december 2026–3 januari 2027."""
    return "–".join(dict.fromkeys(date_format(day, "j F Y") for day in (first, last)))


def span(hours):
    """8:00–16:30, or that it is closed."""
    return hours_in_words.spans([hours]) if hours else hours_in_words.closed()


def period(first, last):
    """The days of a season that may have no beginning or no end."""
    if first and last:
        return days(first, last)
    if first:
        return pgettext("season", "from %(day)s") % {"day": days(first, first)}
    return pgettext("season", "through %(day)s") % {"day": days(last, last)}


def weekly_row(hours):
    """måndag–fredag 8:00–16:30, 1 juni 2027–31 augusti 2027."""
    told = f"{weekdays(range(hours.first_weekday, hours.last_weekday + 1))} {span(hours.span)}"
    return f"{told}, {period(*_season(hours))}" if any(_season(hours)) else told


def _season(hours):
    return hours.valid_from, hours.valid_through


def deviation_row(deviation):
    """24 december 2026 stängt."""
    return f"{days(deviation.first_day, deviation.last_day)} {span(deviation.span)}"


def closed_days(found):
    """ClosedWeekdays and ClosedDays, the first of many: fredagar; torsdag 24 december 2026; 3 till."""
    told = [_closed(one) for one in found]
    if more := len(told[TOLD_AT_MOST:]):
        rest = ngettext("%(count)d more", "%(count)d more", more) % {"count": more}
        told = [*told[:TOLD_AT_MOST], rest]
    return "; ".join(told)


def _closed(one):
    if isinstance(one, ClosedWeekdays):
        told = get_text_list([_each_week(number) for number in one.weekdays], gettext("and"))
        is_season = one.first_day or one.last_day
        return f"{told} {period(one.first_day, one.last_day)}" if is_season else told
    if one.first_day == one.last_day:
        return date_format(one.first_day, "l j F Y")
    return days(one.first_day, one.last_day)


def _each_week(number):
    return (
        pgettext("each week", "Mondays"),
        pgettext("each week", "Tuesdays"),
        pgettext("each week", "Wednesdays"),
        pgettext("each week", "Thursdays"),
        pgettext("each week", "Fridays"),
    )[number]
