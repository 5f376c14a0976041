"""Which rows of opening hours collide: exact pairs, and against a naive reading of rules made at random."""

import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerships.opening_hours import Rules
from partnerships.opening_values import Deviation, Span, WeeklyHours
from partnerships.rule_collisions import Clash, Collision, answered_again, deviation_collisions, weekly_collisions
from tests.test_opening_hours_at_random import days, deviations, weekly

pytestmark = pytest.mark.once

ONE_DAY = datetime.timedelta(days=1)
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def day(text):
    return datetime.date.fromisoformat(f"2027-{text}")


def span(text, by_appointment=False):
    return Span(*(datetime.time(*map(int, time.split(":"))) for time in text.split("–")), by_appointment)


def hours(first, last, times, season=(None, None), **kwargs):
    return WeeklyHours(first, last, span(times, **kwargs), *(text and day(text) for text in season))


def exception(first, last, times=None):
    return Deviation(day(first), day(last), times and span(times))


JULY, AUGUST = ("07-01", "07-31"), ("08-01", "08-31")
WEEK = hours(MON, FRI, "8:00–16:30")


@pytest.mark.parametrize(
    ("other", "clash"),
    [
        (hours(MON, FRI, "8:00–16:30"), (Clash.SAME, (MON, TUE, WED, THU, FRI))),
        (hours(MON, FRI, "8:00–16:30", by_appointment=True), (Clash.TIMES, (MON, TUE, WED, THU, FRI))),
        (hours(WED, SUN, "16:00–18:00"), (Clash.TIMES, (WED, THU, FRI))),
        (hours(WED, SUN, "16:30–18:00"), None),
        (hours(SAT, SUN, "8:00–16:30"), None),
        (hours(THU, THU, "20:00–8:30"), (Clash.TIMES, (FRI,))),
        (hours(SUN, SUN, "20:00–8:30"), (Clash.TIMES, (MON,))),
        (hours(SUN, SUN, "20:00–8:00"), None),
        (hours(FRI, FRI, "20:00–8:30"), None),
        (hours(MON, MON, "0:00–0:00"), (Clash.TIMES, (MON,))),
        (hours(MON, FRI, "9:00–15:00", JULY), None),
        (hours(MON, FRI, "9:00–15:00", ("07-01", None)), None),
    ],
)
def test_rows_of_the_ordinary_week(other, clash):
    expected = (Collision(0, 1, *clash),) if clash else ()
    assert weekly_collisions([WEEK, other]) == expected
    assert weekly_collisions([other, WEEK]) == expected


def test_nights_that_follow_each_other_overlap_from_the_second_on():
    nights, mornings = hours(MON, FRI, "20:00–2:00"), hours(MON, FRI, "0:00–8:00")
    assert weekly_collisions([nights, mornings]) == (Collision(0, 1, Clash.TIMES, (TUE, WED, THU, FRI)),)


@pytest.mark.parametrize(
    ("season", "other", "clash"),
    [
        (JULY, JULY, (Clash.TIMES, (MON,))),
        (JULY, AUGUST, None),
        (JULY, ("07-31", "08-30"), (Clash.PERIODS, ())),
        (JULY, ("07-31", "08-31"), None),
        (("07-01", None), ("08-01", None), (Clash.PERIODS, ())),
        (("07-01", None), (None, "07-01"), (Clash.PERIODS, ())),
        (("07-01", None), (None, "06-30"), None),
        (("07-01", None), ("07-01", None), (Clash.TIMES, (MON,))),
        (("07-01", None), JULY, None),
    ],
)
def test_seasons(season, other, clash):
    rows = [hours(MON, MON, "8:00–12:00", season), hours(MON, FRI, "11:00–16:00", other)]
    assert weekly_collisions(rows) == ((Collision(0, 1, *clash),) if clash else ())


def test_seasons_that_overlap_collide_on_whichever_weekdays():
    rows = [hours(MON, MON, "8:00–12:00", JULY), hours(FRI, FRI, "8:00–12:00", ("07-31", "08-30"))]
    assert weekly_collisions(rows) == (Collision(0, 1, Clash.PERIODS),)


@pytest.mark.parametrize(
    ("one", "other", "clash", "on"),
    [
        (exception("12-24", "12-24"), exception("12-24", "12-24", "8:00–12:00"), Clash.CLOSED_AND_OPEN, "12-24 12-24"),
        (exception("12-24", "12-26"), exception("12-26", "12-28", "8:00–9:00"), Clash.CLOSED_AND_OPEN, "12-26 12-26"),
        (exception("12-24", "12-26"), exception("12-26", "12-28"), Clash.PERIODS, "12-26 12-26"),
        (
            exception("12-24", "12-26", "8:00–9:00"),
            exception("12-25", "12-27", "10:00–11:00"),
            Clash.PERIODS,
            "12-25 12-26",
        ),
        (exception("12-24", "12-24"), exception("12-24", "12-24"), Clash.SAME, "12-24 12-24"),
        (
            exception("12-24", "12-24", "8:00–12:00"),
            exception("12-24", "12-24", "8:00–12:00"),
            Clash.SAME,
            "12-24 12-24",
        ),
        (
            exception("12-24", "12-27", "8:00–13:00"),
            exception("12-24", "12-27", "12:00–16:00"),
            Clash.TIMES,
            "12-24 12-27",
        ),
        (
            exception("12-24", "12-27", "20:00–2:00"),
            exception("12-24", "12-27", "1:00–8:00"),
            Clash.TIMES,
            "12-25 12-27",
        ),
        (exception("12-24", "12-24", "20:00–2:00"), exception("12-24", "12-24", "1:00–8:00"), None, ""),
        (exception("12-24", "12-24", "8:00–12:00"), exception("12-24", "12-24", "12:00–16:00"), None, ""),
        (exception("12-24", "12-24", "8:00–12:00"), exception("12-23", "12-27"), None, ""),
        (exception("12-24", "12-24"), exception("12-25", "12-25", "8:00–12:00"), None, ""),
    ],
)
def test_exceptions(one, other, clash, on):
    expected = (Collision(0, 1, clash, tuple(map(day, on.split()))),) if clash else ()
    assert deviation_collisions([one, other]) == expected
    assert deviation_collisions([other, one]) == expected


def test_each_pair_is_told():
    rows = [WEEK, hours(SAT, SAT, "8:00–12:00"), WEEK, hours(FRI, FRI, "16:00–17:00")]
    assert [(found.one, found.other) for found in weekly_collisions(rows)] == [(0, 2), (0, 3), (2, 3)]


def test_an_exception_of_one_day_says_again_what_is_answered():
    rows = [exception("12-31", "12-31"), exception("12-25", "12-27"), exception("12-24", "12-24", "8:00–12:00")]
    assert answered_again(rows, {day("12-24"), day("12-25")}) == (2,)


# At random


def settled(rows, collisions):
    """The rows without those that collide with one before."""
    kept = []
    for row in rows:
        if not collisions([*kept, row]):
            kept.append(row)
    return kept


def naive_seconds(row, day, holds):
    """Every quarter of the day at which it would be open by that row: what began that day, and the day before."""
    found = set()
    for back in (0, 1):
        if holds(row, day - back * ONE_DAY) and row.span:
            first, end = (time.hour * 4 + time.minute // 15 for time in (row.span.opens, row.span.closes))
            end = end if end > first else end + 96
            found |= {quarter - back * 96 for quarter in range(first, end)} & set(range(96))
    return found


def holds_weekly(row, day):
    return is_valid(row, day) and row.first_weekday <= day.weekday() <= row.last_weekday


def is_valid(row, day):
    return (row.valid_from or day) <= day <= (row.valid_through or day)


def holds_day(row, day):
    return row.first_day <= day <= row.last_day


def naive_contradictions(rows, day, is_valid, holds):
    """The pairs of equal length that both hold the day, and of which not both can be meant."""
    for number, one in enumerate(rows):
        for other in rows[:number]:
            if one.length == other.length and is_valid(one, day) and is_valid(other, day):
                is_half_closed = (one.span is None) != (other.span is None)
                if is_half_closed or naive_seconds(one, day, holds) & naive_seconds(other, day, holds):
                    yield one, other


@settings(max_examples=300, deadline=None)
@given(st.lists(weekly, max_size=8), days)
def test_weeks_without_collisions_contradict_each_other_on_no_day(rows, day):
    rows = settled(rows, weekly_collisions)
    assert list(naive_contradictions(rows, day, is_valid, holds_weekly)) == []
    spans = Rules(tuple(rows)).on(day).spans
    assert all(one.seconds[1] <= other.seconds[0] for one, other in pairwise(spans))


@settings(max_examples=300, deadline=None)
@given(st.lists(deviations, max_size=8), days)
def test_exceptions_without_collisions_contradict_each_other_on_no_day(rows, day):
    rows = settled(rows, deviation_collisions)
    assert list(naive_contradictions(rows, day, holds_day, holds_day)) == []
    spans = Rules(deviations=tuple(rows)).on(day).spans
    assert all(one.seconds[1] <= other.seconds[0] for one, other in pairwise(spans))
