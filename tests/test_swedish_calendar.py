"""The Swedish calendar: the public holidays against another implementation, the customs by hand."""

import datetime

import holidays
import pytest

from partnerships.swedish_calendar import DayKind, is_working_day, public_holidays, special_day, special_days

pytestmark = pytest.mark.once


@pytest.mark.parametrize("year", range(2005, 2100))
def test_public_holidays_are_the_thirteen_of_the_law(year):
    others = holidays.Sweden(years=year, include_sundays=False)
    assert {special.day for special in public_holidays(year)} == set(others)
    assert len(public_holidays(year)) == 13
    assert all(special.is_holiday for special in public_holidays(year))


def test_before_the_national_day_became_one_nothing_is_told():
    with pytest.raises(ValueError, match="2004"):
        public_holidays(2004)
    assert special_day(datetime.date(2004, 12, 24)) is None


def test_the_customs_of_a_year():
    told = {
        special.day.strftime("%m-%d"): (special.kind, special.name_sv)
        for special in special_days(2024).values()
        if not special.is_holiday
    }
    assert told == {
        "01-05": (DayKind.HALF_DAY, "trettondagsafton"),
        "03-28": (DayKind.HALF_DAY, "skärtorsdagen"),
        "03-30": (DayKind.EVE, "påskafton"),
        "04-30": (DayKind.HALF_DAY, "valborgsmässoafton"),
        "05-08": (DayKind.HALF_DAY, "dagen före Kristi himmelsfärdsdag"),
        "05-10": (DayKind.BRIDGE_DAY, "klämdagen"),
        "05-18": (DayKind.EVE, "pingstafton"),
        "06-07": (DayKind.BRIDGE_DAY, "klämdagen"),
        "06-21": (DayKind.EVE, "midsommarafton"),
        "11-01": (DayKind.HALF_DAY, "fredagen före alla helgons dag"),
        "12-23": (DayKind.BRIDGE_DAY, "klämdagen"),
        "12-24": (DayKind.EVE, "julafton"),
        "12-27": (DayKind.BRIDGE_DAY, "klämdagen"),
        "12-30": (DayKind.BRIDGE_DAY, "klämdagen"),
        "12-31": (DayKind.EVE, "nyårsafton"),
    }


def test_a_day_that_is_two_things_is_told_once():
    """In 2008, Ascension Day was May Day and the day before it Walpurgis Night."""
    assert special_day(datetime.date(2008, 5, 1)).is_holiday
    assert special_day(datetime.date(2008, 4, 30)).name_sv == "valborgsmässoafton"
    assert len([day for day in special_days(2008) if day == datetime.date(2008, 5, 1)]) == 1


@pytest.mark.parametrize(
    ("day", "works"),
    [("2026-12-24", True), ("2026-12-25", False), ("2026-12-26", False), ("2026-12-28", True), ("2026-06-06", False)],
)
def test_working_days_are_weekdays_without_a_holiday(day, works):
    assert is_working_day(datetime.date.fromisoformat(day)) == works
