"""On which weekdays of the coming year a place is closed all day without a public holiday: exact days."""

import datetime

import pytest

from partnerships.closed_weekdays import ClosedDays, ClosedWeekdays, closed_weekdays
from partnerships.opening_hours import Rules
from partnerships.opening_values import Deviation, Span, WeeklyHours
from tests.test_rule_collisions import FRI, MON, SAT, THU, TUE, WED, exception, hours, span

pytestmark = pytest.mark.once

TODAY = datetime.date(2026, 11, 24)  # a Tuesday
WEEK = hours(MON, FRI, "8:00–16:30")


def day(text):
    return datetime.date.fromisoformat(text)


def closed(first, last=None):
    return Deviation(day(first), day(last or first))


def told(*rules, **kwargs):
    weekly = tuple(rule for rule in rules if isinstance(rule, WeeklyHours))
    deviations = tuple(rule for rule in rules if isinstance(rule, Deviation))
    return closed_weekdays(Rules(weekly, deviations, **kwargs), TODAY)


def test_holidays_weekends_and_unconfirmed_days_are_not_told():
    assert told(WEEK) == ()


def test_an_exception_is_told_by_its_weekdays():
    assert told(WEEK, closed("2026-12-24")) == (ClosedDays(day("2026-12-24"), day("2026-12-24")),)
    # From a Saturday to a Sunday; the Friday is New Year's Day.
    assert told(WEEK, closed("2026-12-26", "2027-01-03")) == (ClosedDays(day("2026-12-28"), day("2026-12-31")),)


@pytest.mark.parametrize("hidden", ["2026-12-25", "2026-12-26", "2027-01-01", "2026-11-23", "2027-11-25"])
def test_a_holiday_a_saturday_the_past_and_the_far_future_are_not_told(hidden):
    assert told(WEEK, closed(hidden)) == ()


@pytest.mark.parametrize("seen", ["2026-11-24", "2027-11-24"])
def test_this_day_and_the_last_of_the_year_are_told(seen):
    assert told(WEEK, closed(seen)) == (ClosedDays(day(seen), day(seen)),)


def test_other_hours_are_not_closed():
    assert told(WEEK, exception("12-23", "12-23", "10:00–11:00")) == ()
    assert told(WEEK, Deviation(day("2026-12-23"), day("2026-12-23"), span("10:00–11:00", True))) == ()


def test_days_with_only_free_ones_between_are_one_row_of_days():
    rows = closed("2026-12-23", "2026-12-24"), closed("2026-12-28"), closed("2026-12-30")
    assert told(WEEK, *rows) == (
        ClosedDays(day("2026-12-23"), day("2026-12-28")),
        ClosedDays(day("2026-12-30"), day("2026-12-30")),
    )


def test_an_open_saturday_parts_them_and_a_friday_without_hours_does_not():
    friday, monday = "2026-12-18", "2026-12-21"
    assert told(hours(MON, SAT, "8:00–16:30"), closed(friday), closed(monday)) == (
        ClosedDays(day(friday), day(friday)),
        ClosedDays(day(monday), day(monday)),
    )
    rows = closed("2026-11-30", "2026-12-03"), closed("2026-12-07", "2026-12-10")
    assert told(hours(MON, THU, "8:00–16:30"), *rows) == (
        ClosedWeekdays((FRI,)),
        ClosedDays(day("2026-11-30"), day("2026-12-10")),
    )


def test_weekdays_that_are_always_without_hours_are_told_once():
    assert told(hours(MON, THU, "8:00–16:30")) == (ClosedWeekdays((FRI,)),)
    assert told(hours(TUE, TUE, "8:00–16:30"), hours(THU, FRI, "8:00–16:30")) == (ClosedWeekdays((MON, WED)),)
    assert told() == (ClosedWeekdays((MON, TUE, WED, THU, FRI)),)


def test_a_season_is_told_with_its_days():
    summer = hours(MON, WED, "10:00–15:00", ("06-01", "08-31"))
    assert told(WEEK, summer) == (ClosedWeekdays((THU, FRI), day("2027-06-01"), day("2027-08-31")),)
    since = hours(MON, THU, "10:00–15:00", ("06-01", None))
    assert told(WEEK, since) == (ClosedWeekdays((FRI,), day("2027-06-01"), None),)
    until = hours(MON, THU, "10:00–15:00", (None, "01-31"))
    assert told(WEEK, until) == (ClosedWeekdays((FRI,), None, day("2027-01-31")),)


def test_a_week_long_season_is_told_by_its_days():
    week = hours(MON, WED, "10:00–15:00", ("06-14", "06-20"))
    assert told(WEEK, week) == (ClosedDays(day("2027-06-17"), day("2027-06-18")),)


def test_a_season_of_a_day_that_has_hours_closes_nothing():
    assert told(WEEK, hours(MON, MON, "10:00–15:00", ("06-14", "06-14"))) == ()


def test_closed_weekdays_and_closed_days_stand_beside_each_other():
    assert told(hours(MON, THU, "8:00–16:30"), closed("2026-12-21", "2026-12-31")) == (
        ClosedWeekdays((FRI,)),
        ClosedDays(day("2026-12-21"), day("2026-12-31")),
    )


def test_hours_by_exception_on_weekdays_without_hours_are_hours():
    rows = [Deviation(TODAY, TODAY + datetime.timedelta(365), Span(datetime.time(9), datetime.time(10)))]
    assert told(hours(MON, THU, "8:00–16:30"), *rows) == ()
