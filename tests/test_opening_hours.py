"""The ordinary week told shortly, the deviations ahead, and what holds at a moment."""

import datetime
from dataclasses import replace

import pytest

from partnerships.opening_hours import Rules
from partnerships.opening_values import ZONE, Deviation, Span, State, WeekLine, WeeklyHours

pytestmark = pytest.mark.once

DAY = Span(datetime.time(8), datetime.time(16, 30))
MORNING = Span(datetime.time(8), datetime.time(12))
AFTERNOON = Span(datetime.time(13), datetime.time(16))
EVENING = Span(datetime.time(17), datetime.time(19))


def date(text):
    return datetime.date.fromisoformat(text)


def test_ordinary_week_joins_days_with_the_same_hours():
    rules = Rules((WeeklyHours(0, 4, DAY),))
    assert rules.ordinary_week(date("2026-11-23")) == (WeekLine(0, 4, (DAY,)),)


def test_ordinary_week_tells_several_spans_and_gaps():
    rules = Rules(
        (
            WeeklyHours(0, 4, AFTERNOON),
            WeeklyHours(0, 2, MORNING),
            WeeklyHours(3, 3, MORNING),
            WeeklyHours(6, 6, EVENING),
        )
    )
    assert rules.ordinary_week(date("2026-11-23")) == (
        WeekLine(0, 3, (MORNING, AFTERNOON)),
        WeekLine(4, 4, (AFTERNOON,)),
        WeekLine(6, 6, (EVENING,)),
    )


def test_ordinary_week_lets_a_season_go_before_on_its_first_and_last_day_too():
    summer = WeeklyHours(0, 4, MORNING, date("2026-06-22"), date("2026-08-14"))
    rules = Rules((WeeklyHours(0, 4, DAY), summer))
    told = {
        day: rules.ordinary_week(date(day))[0].spans for day in ("2026-06-21", "2026-06-22", "2026-08-14", "2026-08-15")
    }
    assert told == {
        "2026-06-21": (DAY,),
        "2026-06-22": (MORNING,),
        "2026-08-14": (MORNING,),
        "2026-08-15": (DAY,),
    }


def test_ordinary_week_of_nothing_known_is_empty():
    assert Rules().ordinary_week(date("2026-11-23")) == ()


def test_deviations_within_fourteen_days_nearest_first():
    yesterday = Deviation(date("2026-12-19"), date("2026-12-19"), reason_sv="Städdag")
    under_way = Deviation(date("2026-12-20"), date("2026-12-23"), reason_sv="Flytt")
    christmas = Deviation(date("2026-12-24"), date("2026-12-26"), reason_sv="Jul")
    fourteenth = Deviation(date("2027-01-05"), date("2027-01-05"), MORNING)
    fifteenth = Deviation(date("2027-01-07"), date("2027-01-07"))
    rules = Rules((), (fifteenth, fourteenth, christmas, under_way, yesterday))
    told = [(one.first_day, one.last_day, one.hours.spans) for one in rules.deviations_within(date("2026-12-23"))]
    assert told == [
        (date("2026-12-20"), date("2026-12-23"), ()),
        (date("2026-12-24"), date("2026-12-26"), ()),
        (date("2027-01-05"), date("2027-01-05"), (MORNING,)),
    ]


WEEKDAYS = Rules((WeeklyHours(0, 4, DAY),))


def moment(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-24 07:59:59", False),
        ("2026-11-24 08:00", True),
        ("2026-11-24 16:29:59", True),
        ("2026-11-24 16:30", False),
        ("2026-11-28 12:00", False),
        ("2026-12-24 12:00", None),
        ("2026-12-25 12:00", False),
        ("2026-06-19 12:00", None),
    ],
)
def test_open_half_open_and_unconfirmed(at, is_open):
    assert WEEKDAYS.is_open(moment(at)) is is_open


def test_what_comes_first_when_rules_meet():
    """Exception, then holiday, then season, then week; among several, the shortest period."""
    rules = Rules(
        (
            WeeklyHours(0, 4, DAY),
            WeeklyHours(0, 4, MORNING, date("2026-12-01"), date("2027-01-31")),
            WeeklyHours(0, 4, AFTERNOON, date("2026-12-14"), date("2026-12-18")),
        ),
        (
            Deviation(date("2026-12-20"), date("2027-01-10"), MORNING),
            Deviation(date("2026-12-28"), date("2026-12-29"), EVENING),
            Deviation(date("2026-12-29"), date("2026-12-29")),
        ),
    )
    told = {
        day: rules.on(date(day)).spans
        for day in (
            "2026-11-30",
            "2026-12-01",
            "2026-12-14",
            "2026-12-18",
            "2026-12-21",
            "2026-12-25",
            "2026-12-28",
            "2026-12-29",
            "2027-01-11",
            "2027-03-26",
        )
    }
    assert told == {
        "2026-11-30": (DAY,),
        "2026-12-01": (MORNING,),
        "2026-12-14": (AFTERNOON,),
        "2026-12-18": (AFTERNOON,),
        "2026-12-21": (MORNING,),
        "2026-12-25": (MORNING,),  # an exception says otherwise than the holiday
        "2026-12-28": (EVENING,),
        "2026-12-29": (),
        "2027-01-11": (MORNING,),
        "2027-03-26": (),  # Good Friday
    }


def test_where_exceptions_contradict_each_other_it_is_closed():
    day = date("2026-11-25")
    assert Rules((), (Deviation(day, day, MORNING), Deviation(day, day))).on(day).spans == ()


def test_a_span_past_midnight_belongs_to_the_day_on_which_it_opens():
    night = Rules((WeeklyHours(4, 4, Span(datetime.time(22), datetime.time(2))),))
    assert [night.is_open(moment(f"2026-11-{at}")) for at in ("27 21:59", "27 22:00", "28 01:59", "28 02:00")] == [
        False,
        True,
        True,
        False,
    ]
    assert night.next_change(moment("2026-11-27 22:00")) == moment("2026-11-28 02:00")


def test_a_whole_day_has_no_change_at_midnight():
    always = Rules((WeeklyHours(0, 6, Span(datetime.time(0), datetime.time(0))),))
    assert always.next_change(moment("2026-11-24 12:00")) == moment("2026-12-24 00:00"), "not confirmed"
    assert Rules().next_change(moment("2026-11-24 12:00")) is None


def test_hours_by_appointment_are_not_open_hours():
    rules = Rules((WeeklyHours(0, 4, replace(DAY, by_appointment=True)),))
    assert rules.is_open(moment("2026-11-24 12:00")) is False
    assert rules.state_at(moment("2026-11-24 12:00")) == State.BY_APPOINTMENT


@pytest.mark.parametrize(
    ("at", "then", "day"),
    [
        ("2026-11-24 16:30", "2026-11-25 08:00", "2026-11-25"),
        ("2026-11-27 17:00", "2026-11-30 08:00", "2026-11-30"),
        ("2026-12-24 17:00", "2026-12-28 08:00", "2026-12-28"),
    ],
)
def test_the_next_opening(at, then, day):
    status = WEEKDAYS.status_at(moment(at))
    assert (status.state, status.until, status.then.state, status.then.day.day) == (
        State.CLOSED,
        moment(then),
        State.OPEN,
        date(day),
    )


def test_on_a_night_when_the_clock_changes_the_wall_clock_holds():
    rules = Rules((WeeklyHours(6, 6, Span(datetime.time(1), datetime.time(2, 30))),))
    spring = [rules.next_change(at) for at in (moment("2026-03-29 00:00"), moment("2026-03-29 01:00"))]
    assert [at.isoformat() for at in spring] == ["2026-03-29T00:00:00+00:00", "2026-03-29T01:00:00+00:00"]
    at, autumn = moment("2026-10-25 00:00"), []
    for _ in range(4):
        at = rules.next_change(at)
        autumn.append(f"{at:%H:%M}")
    assert autumn == ["23:00", "00:30", "01:00", "01:30"], "half past two comes twice, and so does two o'clock"


def test_changes_tell_all_that_holds_from_one_moment_to_another():
    told = [
        (f"{began:%d %H:%M}", status.state, status.until and f"{status.until:%d %H:%M}")
        for began, status in WEEKDAYS.changes(moment("2026-11-24 12:00"), moment("2026-11-25 12:00"))
    ]
    assert told == [
        ("24 11:00", State.OPEN, "24 15:30"),
        ("24 15:30", State.CLOSED, "25 07:00"),
        ("25 07:00", State.OPEN, "25 15:30"),
    ]


@pytest.mark.parametrize(
    ("year", "open_days", "unconfirmed_days"),
    [
        # 2024 has 262 Mondays to Fridays. Holidays among them: 1/1, 29/3, 1/4, 1/5, 9/5, 6/6, 25/12, 26/12.
        # Unconfirmed: 5/1, 28/3, 30/4, 8/5, 10/5, 7/6, 21/6, 1/11, 23/12, 24/12, 27/12, 30/12, 31/12.
        (2024, 262 - 8 - 13, 13),
        # 2025 has 261. Holidays: 1/1, 6/1, 18/4, 21/4, 1/5, 29/5, 6/6, 25/12, 26/12.
        # Unconfirmed: 17/4, 30/4, 2/5, 28/5, 30/5, 20/6, 31/10, 24/12, 31/12.
        (2025, 261 - 9 - 9, 9),
    ],
)
def test_open_minutes_of_the_shipped_hours_in_a_year(year, open_days, unconfirmed_days):
    at, end, minutes = moment(f"{year}-01-01"), moment(f"{year + 1}-01-01"), {True: 0, False: 0, None: 0}
    for began, status in WEEKDAYS.changes(at, end):
        ends = min(status.until, end)
        state = WEEKDAYS.is_open(began)
        minutes[state] += int((ends - began).total_seconds()) // 60
    assert (minutes[True], minutes[None]) == (open_days * 510, unconfirmed_days * 510)
