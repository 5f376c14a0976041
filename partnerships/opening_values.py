"""The values that opening hours are told in: spans, rules, days and what holds at a moment. See opening_hours."""

import datetime
from dataclasses import dataclass, field, replace
from enum import StrEnum
from zoneinfo import ZoneInfo

from partnerships.swedish_calendar import ONE_DAY

ZONE = ZoneInfo("Europe/Stockholm")
MIDNIGHT = datetime.time(0)
DAY_SECONDS = 86_400


class State(StrEnum):
    OPEN = "open"
    BY_APPOINTMENT = "by-appointment"
    UNKNOWN = "unknown"  # ordinarily open, and nobody has confirmed it
    CLOSED = "closed"


class Kind(StrEnum):
    """Why a day has the hours that it has."""

    ORDINARY = "ordinary"
    EXCEPTION = "exception"
    HOLIDAY = "holiday"
    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"  # the ordinary hours hold, on a day on which one may doubt it


@dataclass(frozen=True, order=True)
class Span:
    """From `opens` until `closes`; until the next day's `closes` where that is no later. 0:00–0:00 is a whole day."""

    opens: datetime.time
    closes: datetime.time
    by_appointment: bool = False

    @property
    def seconds(self):
        """(first, end) from the midnight before."""
        first, end = seconds_of(self.opens), seconds_of(self.closes)
        return first, end if end > first else end + DAY_SECONDS

    def on(self, day):
        """(opens, closes) of the span of that day, as moments of the place's own clock."""
        is_past_midnight = self.closes <= self.opens
        return (
            datetime.datetime.combine(day, self.opens, ZONE),
            datetime.datetime.combine(day + is_past_midnight * ONE_DAY, self.closes, ZONE),
        )


@dataclass(frozen=True)
class WeeklyHours:
    """One span on each weekday from the first to the last (0 is Monday, both included), always or in a season."""

    first_weekday: int
    last_weekday: int
    span: Span
    valid_from: datetime.date | None = None
    valid_through: datetime.date | None = None

    def is_valid_on(self, day):
        """Whether the season, both its days included, holds the day."""
        return (not self.valid_from or self.valid_from <= day) and (not self.valid_through or day <= self.valid_through)

    @property
    def days_named(self):
        return tuple(filter(None, (self.valid_from, self.valid_through)))

    @property
    def length(self):
        """Of its period, to be compared: what is always valid is longer than what has no end, or no beginning."""
        if len(self.days_named) < 2:
            return 2 - len(self.days_named), datetime.timedelta()
        return 0, self.valid_through - self.valid_from


@dataclass(frozen=True)
class Deviation:
    """Other hours, or closed (no span), on each day from the first to the last, both included."""

    first_day: datetime.date
    last_day: datetime.date
    span: Span | None = None
    reason_sv: str = ""
    reason_en: str = ""
    source: str = field(default="", compare=False)  # what the rule comes from, for whoever has to tell it apart

    @property
    def days_named(self):
        return self.first_day, self.last_day

    @property
    def length(self):
        return self.last_day - self.first_day


@dataclass(frozen=True)
class WeekLine:
    """Weekdays in a row that share the same spans."""

    first_weekday: int
    last_weekday: int
    spans: tuple[Span, ...]

    def hours(self):
        """The rules that say the same."""
        return tuple(WeeklyHours(self.first_weekday, self.last_weekday, span) for span in self.spans)


@dataclass(frozen=True)
class DayHours:
    """What holds on one day. reason: why, if known, or the name of the day; no spans: closed."""

    day: datetime.date
    spans: tuple[Span, ...]
    kind: Kind = Kind.ORDINARY
    reason_sv: str = ""
    reason_en: str = ""

    @property
    def is_unconfirmed(self):
        return self.kind == Kind.UNCONFIRMED

    def is_like(self, other):
        """Whether all but the day is the same."""
        return replace(self, day=other.day) == other


@dataclass(frozen=True)
class Deviating:
    """Days in a row, both included, that are not like the ordinary ones, all alike; `hours` are those of the first.

    Told no farther than some 400 days back and on.
    """

    first_day: datetime.date
    last_day: datetime.date
    hours: DayHours


@dataclass(frozen=True)
class Status:
    """What holds at a moment. day: whose hours do, or the day itself where it is closed.

    until: the moment at which something else holds, in UTC; None where that never comes. then: what holds from there.
    """

    state: State
    day: DayHours
    until: datetime.datetime | None = None
    then: "Status | None" = None


def clock(time):
    """A time of day as one reads it: 8:00."""
    return f"{time.hour}:{time.minute:02}"


def seconds_of(time):
    """Since the midnight before."""
    return time.hour * 3600 + time.minute * 60 + time.second
