"""Opening hours in words, in the language at hand: the week, a day, and what holds just now.

A moment comes in as an argument; times are those of the place's own clock.
"""

import datetime

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, pgettext

from partnerships.choices import Weekday
from partnerships.day_layout import midnight
from partnerships.opening_values import ZONE, Kind, State, clock
from partnerships.swedish_calendar import ONE_DAY

NO_BREAK = "\N{NO-BREAK SPACE}"
TOLD_AHEAD = 8  # days for which a page that stays open knows what holds
A_NIGHT = datetime.timedelta(hours=12)
NEARLY_A_YEAR = 300 * ONE_DAY


def weekdays(line):
    """The days of a WeekLine: Måndag–fredag."""
    first = Weekday(line.first_weekday).label
    return first if line.first_weekday == line.last_weekday else f"{first}–{weekday(line.last_weekday)}"


def weekday(number):
    """A weekday, 0 being Monday, as it stands within a sentence: måndag, Monday."""
    label = str(Weekday(number).label)
    return label.lower() if get_language() == "sv" else label


def spans(spans_of_a_day):
    """The spans of a day: 8:00–12:00, 13:00–16:30 (by appointment)."""
    return ", ".join(map(_span, spans_of_a_day))


def day_hours(hours):
    """What holds on a day: stängt; 9:00–12:00; ordinarie tid, inte bekräftad för julafton (8:00–16:30).

    Without the reason that an editor gave, which may be in one language only.
    """
    told, doubt = spans(hours.spans) or closed(), said_of(hours)
    return f"{doubt} ({told})" if doubt else told


def day_hours_and_reason(hours):
    """The same with its reason: stängt (juldagen). Where that is in Swedish alone, it is so on English pages too."""
    told, reason = day_hours(hours), getattr(hours, f"reason_{get_language()}") or hours.reason_sv
    return told if said_of(hours) or not reason else f"{told} ({reason})"


def closed():
    return pgettext("opening hours", "closed")


def said_of(hours):
    """What is to be said of ordinary hours on a day on which one may doubt them."""
    if hours.kind == Kind.UNCONFIRMED:
        return gettext("ordinary hours, not confirmed for %(day)s") % {"day": _name(hours)}
    if hours.kind == Kind.CONFIRMED:
        return gettext("open as usual, %(day)s") % {"day": _name(hours)}
    return ""


def now(status, moment):
    """What holds at a moment: Öppet nu · stänger 16:30. Öppnar tisdag 8:00, or 7 januari 8:00."""
    holds = {
        State.OPEN: gettext("Open now"),
        State.BY_APPOINTMENT: gettext("Open for booked visits"),
        State.CLOSED: gettext("Closed now"),
        State.UNKNOWN: capfirst(said_of(status.day)),
    }[status.state]
    comes = _coming(status, moment) if status.until else ""
    return f"{holds} · {comes}" if comes else holds


def now_and_on(rules, moment):
    """[(from when, in UTC; State; words)] of all that a page says of now from that day's midnight on, and its end.

    At each midnight the words may change too: what opens on Tuesday opens at 8:00 once it is Tuesday. The last is
    (when, None, ""): from then on the page knows nothing.
    """
    today = moment.astimezone(ZONE).date()
    first, *midnights, end = (midnight(today + number * ONE_DAY) for number in range(TOLD_AHEAD + 1))
    told = []
    for began, status in rules.changes(first, end):
        for asked in (began, *(turn for turn in midnights if began < turn < (status.until or end))):
            words = now(status, asked)
            if not told or told[-1][1:] != (status.state, words):
                told.append((asked, status.state, words))
    return [*told, (end, None, "")]


def _coming(status, moment):
    """What comes after the status that holds at the moment."""
    at, then, state = _when(status, moment), status.then.state, status.state
    if then == State.UNKNOWN:
        day = _day(status.until, moment) or pgettext("the same day", "today")
        return f"{day}: {day_hours(status.then.day)}"
    if state in (State.CLOSED, State.UNKNOWN) and then == State.BY_APPOINTMENT:
        return gettext("opens for booked visits %(when)s") % {"when": at}
    if then == State.OPEN:
        return gettext("opens %(when)s") % {"when": at}
    if state == State.OPEN and then == State.CLOSED:
        return gettext("closes %(when)s") % {"when": at}
    return gettext("until %(when)s") % {"when": at}


def _when(status, moment):
    """16:30 on the same day or in the night after it, tisdag 8:00 within a week, 7 januari 8:00 later on."""
    time = clock(status.until.astimezone(ZONE))
    is_tonight = status.then.state == State.CLOSED and status.until - moment <= A_NIGHT
    named = "" if is_tonight else _day(status.until, moment)
    return f"{named} {time}" if named else time


def _day(until, moment):
    """The day of another moment, as one tells it from this one; nothing where it is the same."""
    there, here = until.astimezone(ZONE).date(), moment.astimezone(ZONE).date()
    if there == here:
        return ""
    if there - here < 7 * ONE_DAY:
        return weekday(there.weekday())
    return date_format(there, "j F Y" if there - here > NEARLY_A_YEAR else "j F").replace(" ", NO_BREAK)


def _name(hours):
    """Of a day of the calendar, which has one in both languages."""
    return getattr(hours, f"reason_{get_language()}")


def _span(span):
    told = f"{clock(span.opens)}–{clock(span.closes)}"
    return gettext("{hours} (by appointment)").format(hours=told) if span.by_appointment else told
