"""Opening hours as values: no database, no clock; the day comes in as an argument.

Spans are half open: a place that closes at 16:30 is closed at 16:30.
"""

import datetime
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, order=True)
class Span:
    """From `opens` until `closes` on one day."""

    opens: datetime.time
    closes: datetime.time


@dataclass(frozen=True)
class WeeklyHours:
    """One span on each weekday from the first to the last (0 is Monday, both included), always or in a season."""

    first_weekday: int
    last_weekday: int
    span: Span
    valid_from: datetime.date | None = None
    valid_through: datetime.date | None = None

    def is_seasonal(self):
        return bool(self.valid_from or self.valid_through)

    def is_valid_on(self, day):
        """Whether the season, both its days included, holds the day."""
        return (not self.valid_from or self.valid_from <= day) and (not self.valid_through or day <= self.valid_through)


@dataclass(frozen=True)
class Deviation:
    """Other hours, or closed (no span), on each day from the first to the last, both included."""

    first_day: datetime.date
    last_day: datetime.date
    span: Span | None = None
    reason_sv: str = ""
    reason_en: str = ""


@dataclass(frozen=True)
class WeekLine:
    """Weekdays in a row that share the same spans."""

    first_weekday: int
    last_weekday: int
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Rules:
    """All that is known of when a place is open."""

    weekly: tuple[WeeklyHours, ...] = ()
    deviations: tuple[Deviation, ...] = ()

    def ordinary_week(self, day):
        """The week as it ordinarily is on that day, told shortly: WeekLines for the weekdays that are open.

        A season that holds the day goes before the hours that are always valid.
        """
        valid = [hours for hours in self.weekly if hours.is_valid_on(day)]
        valid = [hours for hours in valid if hours.is_seasonal()] or valid
        spans = {
            weekday: tuple(
                sorted(hours.span for hours in valid if hours.first_weekday <= weekday <= hours.last_weekday)
            )
            for weekday in range(7)
        }
        lines = []
        for day_spans, weekdays in groupby(range(7), key=spans.get):
            weekdays = list(weekdays)
            if day_spans:
                lines.append(WeekLine(weekdays[0], weekdays[-1], day_spans))
        return tuple(lines)

    def deviations_within(self, day, days=14):
        """The deviations that touch the coming days, this one included, the nearest first."""
        end = day + datetime.timedelta(days=days)
        return tuple(
            sorted(
                (d for d in self.deviations if d.last_day >= day and d.first_day < end),
                key=lambda d: (d.first_day, d.last_day),
            )
        )
