"""Which rows of opening hours cannot both be meant: no database, no clock.

Rows whose periods are of different length never collide: the shorter goes before the longer. Among equal ones the
engine puts the hours together, which is meant where they are the spans of one period, and by nobody where they overlap,
where the periods are two that share a day, or where one row says that it is closed.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, product

from partnerships.opening_values import DAY_SECONDS
from partnerships.swedish_calendar import ONE_DAY

WEEK_SECONDS = 7 * DAY_SECONDS


class Clash(StrEnum):
    SAME = "same"  # both say the same
    TIMES = "times"  # the spans overlap
    CLOSED_AND_OPEN = "closed-and-open"
    PERIODS = "periods"  # two periods share days, and neither goes before the other


@dataclass(frozen=True)
class Collision:
    """Two rows by their places in the list. on: the weekdays, or the first and the last day, on which they collide."""

    one: int
    other: int
    clash: Clash
    on: tuple[int, ...] | tuple[datetime.date, datetime.date] = ()


def weekly_collisions(weekly):
    """The Collisions among WeeklyHours."""
    return _collisions(weekly, _weekly_clash)


def deviation_collisions(deviations):
    """The Collisions among Deviations."""
    return _collisions(deviations, _deviation_clash)


def answered_again(deviations, answered):
    """The places of the deviations one day long, on days of which something is said elsewhere: equally short."""
    return tuple(
        place for place, rule in enumerate(deviations) if rule.first_day == rule.last_day and rule.first_day in answered
    )


def _collisions(rules, clash_of):
    found = []
    for (one, rule), (other, another) in combinations(enumerate(rules), 2):
        if rule.length == another.length and (clash := clash_of(rule, another)):
            found.append(Collision(one, other, *clash))
    return tuple(found)


def _weekly_clash(one, other):
    """(Clash, weekdays), or None."""
    if _season(one) != _season(other):
        (first, last), (other_first, other_last) = _season(one), _season(other)
        return (Clash.PERIODS, ()) if max(first, other_first) <= min(last, other_last) else None
    if one == other:
        return Clash.SAME, tuple(range(one.first_weekday, one.last_weekday + 1))
    weekdays = _weekdays_with_both(one, other)
    return (Clash.TIMES, weekdays) if weekdays else None


def _season(hours):
    return hours.valid_from or datetime.date.min, hours.valid_through or datetime.date.max


def _weekdays_with_both(one, other):
    """The weekdays on which the spans begin to overlap; what passes midnight on Sunday goes on on Monday."""
    found = set()
    for (first, end), (other_first, other_end) in product(_in_the_week(one), _in_the_week(other)):
        for shift in (-WEEK_SECONDS, 0, WEEK_SECONDS):
            both = max(first, other_first + shift)
            if both < min(end, other_end + shift):
                found.add(both % WEEK_SECONDS // DAY_SECONDS)
    return tuple(sorted(found))


def _in_the_week(hours):
    """(first, end) of each day's span, in seconds from Monday's first midnight."""
    first, end = hours.span.seconds
    for weekday in range(hours.first_weekday, hours.last_weekday + 1):
        yield first + weekday * DAY_SECONDS, end + weekday * DAY_SECONDS


def _deviation_clash(one, other):
    """(Clash, (first day, last day)), or None."""
    days = first, last = max(one.first_day, other.first_day), min(one.last_day, other.last_day)
    if first > last:
        return None
    if bool(one.span) != bool(other.span):
        return Clash.CLOSED_AND_OPEN, days
    if one.days_named != other.days_named:
        return Clash.PERIODS, days
    if one.span == other.span:
        return Clash.SAME, days
    if _overlap(one.span, other.span):
        return Clash.TIMES, days
    # Only what began on the day before, past midnight, can overlap now: so not on the first day.
    if first < last and (_overlap(one.span, other.span, DAY_SECONDS) or _overlap(other.span, one.span, DAY_SECONDS)):
        return Clash.TIMES, (first + ONE_DAY, last)
    return None


def _overlap(span, other, later=0):
    """Whether the spans overlap when the other one is so many seconds later."""
    (first, end), (other_first, other_end) = span.seconds, other.seconds
    return first < other_end + later and other_first + later < end
