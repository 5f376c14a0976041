"""What the clock says in another place, told in a way that stays true while a page is read: no clock of its own."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

NOON = datetime.time(12)


@dataclass(frozen=True)
class Difference:
    """How far another place's clock is from ours: `ahead`, in minutes, negative where it is behind."""

    ahead: int

    @property
    def hours(self):
        """Whole hours, either way."""
        return abs(self.ahead) // 60

    @property
    def minutes(self):
        """What is over."""
        return abs(self.ahead) % 60

    @property
    def is_behind(self):
        return self.ahead < 0

    @property
    def at_noon(self):
        """What the clock says there when it is 12:00 here."""
        return (datetime.datetime.combine(datetime.date.min.replace(year=2), NOON) + self._shift).time()

    @property
    def day_at_noon(self):
        """Whether it is then the same day there (0), the day after (1) or the day before (-1)."""
        return (datetime.timedelta(hours=12) + self._shift).days

    @property
    def _shift(self):
        return datetime.timedelta(minutes=self.ahead)


def difference(here, there, moment):
    """The Difference between two time zones (IANA names) at a moment that knows its own zone."""
    ours, theirs = (moment.astimezone(ZoneInfo(zone)).utcoffset() for zone in (here, there))
    return Difference(round((theirs - ours).total_seconds() / 60))
