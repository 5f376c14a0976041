"""A day laid out along the clock on its wall, and in time: what is open from when until when. See opening_hours."""

import datetime
from itertools import pairwise

from partnerships.opening_values import DAY_SECONDS, MIDNIGHT, ZONE, State, seconds_of
from partnerships.swedish_calendar import ONE_DAY

_WHERE_THEY_OVERLAP = (State.OPEN, State.BY_APPOINTMENT, State.UNKNOWN)  # the first of them holds


def lay_out(before, hours):
    """(first, end, State, DayHours) of all that is not closed on the day of these DayHours, in seconds of its clock.

    before: the DayHours of the day before, whose spans may pass midnight; None if there is no such day.
    """
    laid = []
    for shift, of in ((DAY_SECONDS, before), (0, hours)):
        for span in of.spans if of else ():
            first, end = (max(0, min(DAY_SECONDS, second - shift)) for second in span.seconds)
            if first < end:
                laid.append((first, end, _state(span, of), of))
    bounds = sorted({second for first, end, *_ in laid for second in (first, end)})
    for first, end in pairwise(bounds):
        holding = [one for one in laid if one[0] <= first and end <= one[1]]
        if holding:
            _first, _end, state, of = min(holding, key=lambda one: _WHERE_THEY_OVERLAP.index(one[2]))
            yield first, end, state, of


def in_time(day, layout, hours):
    """(began, end, State, DayHours) that fill the day without a gap, in UTC, the layout of which lay_out() made."""
    for began, end, first in _pieces(day):
        length = int((end - began).total_seconds())
        done = 0
        for start, stop, state, of in layout:
            start, stop = max(start - first, 0), min(stop - first, length)
            if start >= stop:
                continue
            if start > done:
                yield _at(began, done), _at(began, start), State.CLOSED, hours
            yield _at(began, start), _at(began, stop), state, of
            done = stop
        if done < length:
            yield _at(began, done), end, State.CLOSED, hours


def _at(began, seconds):
    return began + datetime.timedelta(seconds=seconds)


def _state(span, hours):
    if hours.is_unconfirmed:
        return State.UNKNOWN
    return State.BY_APPOINTMENT if span.by_appointment else State.OPEN


def midnight(day):
    """The moment at which the day begins, in UTC."""
    return datetime.datetime.combine(day, MIDNIGHT, ZONE).astimezone(datetime.UTC)


def _pieces(day):
    """((began, end, first), …): the day's stretches without a change of the clock, in UTC.

    first: the second of the day that the wall clock shows as the stretch begins.
    """
    began, end = midnight(day), midnight(day + ONE_DAY)
    if end - began == ONE_DAY:
        return ((began, end, 0),)
    before, after = began, end
    offset = began.astimezone(ZONE).utcoffset()
    while after - before > datetime.timedelta(minutes=1):
        middle = before + (after - before) // 2
        middle = middle.replace(second=0, microsecond=0)
        before, after = (middle, after) if middle.astimezone(ZONE).utcoffset() == offset else (before, middle)
    local = after.astimezone(ZONE)
    return ((began, after, 0), (after, end, seconds_of(local.time())))
