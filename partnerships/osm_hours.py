"""Opening hours as OpenStreetMap writes them: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification

Each rule tells all of the days that it names: the ordinary week, then seasons, then public holidays, and last the days
on which something else holds. A span past midnight is told as hours of two days: a rule for the second one would take
its end away, and opening_hours.js 3.15 misjudges that end in the night after the clock is put forward.
"""

from functools import lru_cache
from itertools import groupby

from partnerships.day_layout import lay_out
from partnerships.opening_hours import Rules
from partnerships.opening_values import DayHours, Kind, State
from partnerships.swedish_calendar import ONE_DAY, special_day

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
A_YEAR = 366
MODIFIERS = {State.OPEN: "open", State.BY_APPOINTMENT: "unknown", State.UNKNOWN: "unknown", State.CLOSED: "off"}
BY_APPOINTMENT = "efter bokning"
UNCONFIRMED = "ordinarie tid, inte bekräftad för {}"
# What is told of a day: its hours with the same modifier, then those with the next. Closed all day:
OFF = ("off",)


@lru_cache(maxsize=64)
def osm_opening_hours(rules, first_day, days=A_YEAR):
    """The value of `opening_hours` that says of each minute of these days what the Rules do.

    What is by appointment or unconfirmed is `unknown`, with a comment in Swedish. Without any rules, nothing is known,
    and the value is empty; where nothing opens on these days, it is `off`. It may be longer than a tag, which holds 255
    characters.
    """
    if not rules.weekly and not rules.deviations:
        return ""
    window = [first_day + number * ONE_DAY for number in range(days)]
    said, told = _in_short(rules, window)
    truth = {day: _told(rules.on(day - ONE_DAY), rules.on(day)) for day in window}
    others = {day for day in window if truth[day] != told[day]}
    said += [_rule(_dates(first, last), what) for first, last, what in _runs(truth, others)]
    return "; ".join(said) or "off"


def _in_short(rules, window):
    """The rules for the ordinary week, seasons and public holidays, and what they tell of each day: {day: told}."""
    weeks = dict(_weeks(rules, window))
    ordinary = _ordinary_week(rules, weeks)
    said = _said_of_week("", ordinary, otherwise=(OFF,) * 7)
    seasons = {day for day in window if weeks[day] != ordinary}
    for first, last, week in _runs(weeks, seasons):
        said += _said_of_week(_dates(first, last), week, otherwise=ordinary)
    told = {day: week[day.weekday()] for day, week in weeks.items()}
    holidays = [day for day in window if _is_holiday(day) and told[day] != OFF]
    if holidays:
        said.append("PH off")
    return said, told | dict.fromkeys(holidays, OFF)


def _weeks(rules, window):
    """(day, what is told of each weekday of its week) of each day."""
    periods = [(first, _week(lines)) for first, _last, lines in rules.ordinary_periods(window[0])]
    for day in window:
        if len(periods) > 1 and periods[1][0] <= day:
            del periods[0]
        yield day, periods[0][1]


def _ordinary_week(rules, weeks):
    """The week that needs no dates: the only one that there is, or else that of the rules without a season."""
    if len(set(weeks.values())) == 1:
        return next(iter(weeks.values()))
    always = Rules(tuple(hours for hours in rules.weekly if not hours.days_named))
    return _week(always.ordinary_week(next(iter(weeks))))


def _week(lines):
    """What is told of each weekday, Monday first, by the WeekLines of a week that follows upon one like it."""
    spans = {weekday: line.spans for line in lines for weekday in range(line.first_weekday, line.last_weekday + 1)}
    hours = [DayHours(None, spans.get(weekday, ())) for weekday in range(7)]
    return tuple(_told(hours[weekday - 1], hours[weekday]) for weekday in range(7))


def _said_of_week(dates, week, otherwise):
    """A rule for all weekdays of which the same is told; none for those closed days that are closed otherwise too."""
    weekdays = {}
    for weekday, told in enumerate(week):
        if told != OFF or otherwise[weekday] != OFF:
            weekdays.setdefault(told, []).append(weekday)
    return [_rule(f"{dates} {_named(some)}".lstrip(), told) for told, some in weekdays.items()]


def _rule(selector, told):
    # The first part replaces what was said of these days; the comma makes the next ones add to it.
    return ", ".join(f"{selector} {part}" for part in told)


def _told(before, hours):
    """What is told of the day of these DayHours, which follow upon those before."""
    stretches = {}
    for first, end, state, of in lay_out(before, hours):
        same = stretches.setdefault(_modifier(state, of), [])
        if same and same[-1][1] == first:
            first, _ = same.pop()
        same.append((first, end))
    if not stretches:
        return (_modifier(State.CLOSED, hours),)
    return tuple(
        f"{','.join(f'{_clock(first)}-{_clock(end)}' for first, end in same)} {modifier}".rstrip()
        for modifier, same in stretches.items()
    )


def _modifier(state, hours):
    """What is written after the times at which the state holds, or instead of them; nothing where it is simply open."""
    comment = _comment(_reason(state, hours))
    if state == State.OPEN and not comment:
        return ""
    return f"{MODIFIERS[state]} {comment}".rstrip()


def _reason(state, hours):
    if state == State.BY_APPOINTMENT:
        return BY_APPOINTMENT
    if state == State.UNKNOWN:
        return UNCONFIRMED.format(hours.reason_sv)
    return hours.reason_sv if hours.kind == Kind.EXCEPTION else ""


def _comment(text):
    """The text in quotation marks. It can hold none: they become those of Swedish.

    What has no letter is no comment: opening_hours.js takes "," for the comma between two rules.
    """
    line = " ".join(text.split()).replace('"', "”")
    return f'"{line}"' if any(map(str.isalnum, line)) else ""


def _runs(told, wanted):
    """(first, last, what) of days in a row of which the same is told, from the first to the last that is wanted."""
    for what, days in groupby(told, key=told.get):
        found = [day for day in days if day in wanted]
        if found:
            yield found[0], found[-1], what


def _is_holiday(day):
    special = special_day(day)
    return bool(special and special.is_holiday)


def _clock(second):
    return f"{second // 3600:02}:{second % 3600 // 60:02}"


def _named(weekdays):
    """Weekdays in order, such as Mo-We,Fr."""
    # Weekdays in a row are all as far from their place among these.
    runs = [[day for _, day in run] for _, run in groupby(enumerate(weekdays), key=lambda pair: pair[1] - pair[0])]
    return ",".join(WEEKDAYS[run[0]] + (f"-{WEEKDAYS[run[-1]]}" if len(run) > 1 else "") for run in runs)


def _dates(first, last):
    """2026 Dec 24, or 2026 Dec 24-2026 Dec 26: opening_hours.js finds no day in the shorter 2026 Feb 01-28."""
    return "-".join(f"{day.year} {MONTHS[day.month - 1]} {day.day:02}" for day in sorted({first, last}))
