"""The ordinary week told shortly, and the deviations ahead."""

import datetime

from partnerships.opening_hours import Deviation, Rules, Span, WeekLine, WeeklyHours

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
    yesterday = Deviation(date("2026-12-22"), date("2026-12-22"))
    under_way = Deviation(date("2026-12-20"), date("2026-12-23"))
    christmas = Deviation(date("2026-12-24"), date("2026-12-26"))
    fourteenth = Deviation(date("2027-01-05"), date("2027-01-05"), MORNING)
    fifteenth = Deviation(date("2027-01-06"), date("2027-01-06"))
    rules = Rules((), (fifteenth, fourteenth, christmas, under_way, yesterday))
    assert rules.deviations_within(date("2026-12-23")) == (under_way, christmas, fourteenth)
