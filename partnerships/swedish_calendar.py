"""The days of the Swedish calendar on which an office may keep other hours: no database, no clock.

Public holidays: the thirteen of lagen (1989:253) om allmänna helgdagar, which holds the Sundays too; those are not told
here. Since 2005 the sixth of June is one of them in the place of Whit Monday. The other days are customs: no law closes
an office on them, and many are closed then, or close early. Names are as they stand within a sentence.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

FIRST_YEAR = 2005
ONE_DAY = datetime.timedelta(days=1)
SATURDAY = 5


class DayKind(StrEnum):
    HOLIDAY = "holiday"
    EVE = "eve"
    HALF_DAY = "half-day"
    BRIDGE_DAY = "bridge-day"


@dataclass(frozen=True, order=True)
class NamedDay:
    day: datetime.date
    kind: DayKind
    name_sv: str
    name_en: str

    @property
    def is_holiday(self):
        return self.kind == DayKind.HOLIDAY


def easter_sunday(year):
    """Easter of the Gregorian calendar, by the anonymous algorithm of 1876 (Nature, 20 April 1876, p. 487)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return datetime.date(year, month, day + 1)


@cache
def public_holidays(year):
    """The year's thirteen public holidays as NamedDays, in order. ValueError before 2005."""
    if year < FIRST_YEAR:
        raise ValueError(f"The public holidays are known from {FIRST_YEAR} on, not of {year}.")
    easter = easter_sunday(year)
    days = (
        (datetime.date(year, 1, 1), "nyårsdagen", "New Year’s Day"),
        (datetime.date(year, 1, 6), "trettondedag jul", "Epiphany"),
        (easter - 2 * ONE_DAY, "långfredagen", "Good Friday"),
        (easter, "påskdagen", "Easter Sunday"),
        (easter + ONE_DAY, "annandag påsk", "Easter Monday"),
        (datetime.date(year, 5, 1), "första maj", "May Day"),
        (easter + 39 * ONE_DAY, "Kristi himmelsfärdsdag", "Ascension Day"),
        (easter + 49 * ONE_DAY, "pingstdagen", "Whit Sunday"),
        (datetime.date(year, 6, 6), "Sveriges nationaldag", "National Day of Sweden"),
        (_saturday_from(datetime.date(year, 6, 20)), "midsommardagen", "Midsummer Day"),
        (_saturday_from(datetime.date(year, 10, 31)), "alla helgons dag", "All Saints’ Day"),
        (datetime.date(year, 12, 25), "juldagen", "Christmas Day"),
        (datetime.date(year, 12, 26), "annandag jul", "Boxing Day"),
    )
    return tuple(sorted(NamedDay(day, DayKind.HOLIDAY, sv, en) for day, sv, en in days))


@cache
def special_days(year):
    """{day: NamedDay} of the year, in order: its public holidays, eves, customary half days and bridge days.

    A day that is several things is the first of these. Where two holidays fall on one day (Ascension Day may be May
    Day), the day has the name of the one that comes first in the alphabet.
    """
    found = {}
    for special in (*public_holidays(year), *_customary(year), *_bridge_days(year)):
        found.setdefault(special.day, special)
    return {day: found[day] for day in sorted(found)}


def special_day(day):
    """The NamedDay that a day is, or None; None too for all days before 2005."""
    return special_days(day.year).get(day) if day.year >= FIRST_YEAR else None


def is_working_day(day):
    """Whether the day is a Monday to Friday that is no public holiday; customs change nothing."""
    special = _holidays(day.year).get(day) if day.year >= FIRST_YEAR else None
    return day.weekday() < SATURDAY and not special


@cache
def _holidays(year):
    return {special.day: special for special in public_holidays(year)}


def _saturday_from(day):
    return day + (SATURDAY - day.weekday()) % 7 * ONE_DAY


def _customary(year):
    easter = easter_sunday(year)
    midsummer = _saturday_from(datetime.date(year, 6, 20))
    all_saints = _saturday_from(datetime.date(year, 10, 31))
    eves = (
        (easter - ONE_DAY, "påskafton", "Easter Eve"),
        (easter + 48 * ONE_DAY, "pingstafton", "Whitsun Eve"),
        (midsummer - ONE_DAY, "midsommarafton", "Midsummer’s Eve"),
        (datetime.date(year, 12, 24), "julafton", "Christmas Eve"),
        (datetime.date(year, 12, 31), "nyårsafton", "New Year’s Eve"),
    )
    half_days = (
        (datetime.date(year, 1, 5), "trettondagsafton", "Twelfth Night"),
        (easter - 3 * ONE_DAY, "skärtorsdagen", "Maundy Thursday"),
        (datetime.date(year, 4, 30), "valborgsmässoafton", "Walpurgis Night"),
        (easter + 38 * ONE_DAY, "dagen före Kristi himmelsfärdsdag", "day before Ascension Day"),
        (all_saints - ONE_DAY, "fredagen före alla helgons dag", "Friday before All Saints’ Day"),
    )
    for kind, days in ((DayKind.EVE, eves), (DayKind.HALF_DAY, half_days)):
        for day, name_sv, name_en in days:
            yield NamedDay(day, kind, name_sv, name_en)


def _bridge_days(year):
    """Working days between two free ones, for which the eves count here."""
    eves = {special.day for special in _customary(year) if special.kind == DayKind.EVE}

    def is_free(day):
        return not is_working_day(day) or day in eves

    day = datetime.date(year, 1, 1)
    while day.year == year:
        if not is_free(day) and is_free(day - ONE_DAY) and is_free(day + ONE_DAY):
            yield NamedDay(day, DayKind.BRIDGE_DAY, "klämdagen", "bridge day")
        day += ONE_DAY
