"""On which weekdays, Monday to Friday and no public holidays, a place is closed all day: no database, no clock."""

import datetime
from dataclasses import dataclass
from itertools import groupby

from partnerships.opening_values import Kind
from partnerships.swedish_calendar import ONE_DAY, is_working_day

A_YEAR = 366  # days


@dataclass(frozen=True)
class ClosedDays:
    """From the first day to the last, both weekdays, it is never open."""

    first_day: datetime.date
    last_day: datetime.date


@dataclass(frozen=True)
class ClosedWeekdays:
    """Weekdays (0 is Monday) on which the ordinary week has no hours. No first or last day: as far as one can see."""

    weekdays: tuple[int, ...]
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None


def closed_weekdays(rules, today, days=A_YEAR):
    """What is closed of the coming days, this one included: ClosedWeekdays, and then ClosedDays, the nearest first."""
    coming = [today + number * ONE_DAY for number in range(days)]
    weekly, single = [], set()
    for _missing, stretch in groupby(coming, key=lambda day: _weekdays_without_hours(rules, day)):
        stretch = list(stretch)
        closed = [day for day in stretch if _is_closed(rules, day) and rules.on(day).kind == Kind.ORDINARY]
        weekdays = tuple(sorted({day.weekday() for day in closed}))
        if len(closed) > len(weekdays):
            first = stretch[0] if stretch[0] > coming[0] else None
            last = stretch[-1] if stretch[-1] < coming[-1] else None
            weekly.append(ClosedWeekdays(weekdays, first, last))
        else:
            single.update(closed)  # a few days of a short season are told by their dates
    single.update(day for day in coming if _is_closed(rules, day) and rules.on(day).kind == Kind.EXCEPTION)
    return *weekly, *_in_a_row(rules, coming, single)


def _weekdays_without_hours(rules, day):
    lines = rules.ordinary_week(day)
    return {
        number for number in range(5) if not any(line.first_weekday <= number <= line.last_weekday for line in lines)
    }


def _is_closed(rules, day):
    return is_working_day(day) and not rules.on(day).spans


def _in_a_row(rules, coming, told):
    """ClosedDays of the days to be told: one where it is open on no day between them."""
    first = last = None
    for day in coming:
        if day in told:
            first, last = first or day, day
        elif first and rules.on(day).spans:
            yield ClosedDays(first, last)
            first = None
    if first:
        yield ClosedDays(first, last)
