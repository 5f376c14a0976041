"""Dates that may be known only to the month or the year, kept as ISO 8601 text: "2015", "2015-05" or "2015-05-15".

Written so, they sort as text by their first possible day.
"""

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

FORM = re.compile(r"(?P<year>[12]\d{3})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, order=True)
class PartialDate:
    """A year, perhaps its month, perhaps its day. False parts are unknown."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self):
        if self.day and not self.month:
            raise ValueError("a day needs its month")
        self.earliest()

    @classmethod
    def parse(cls, text):
        """The date that ISO text tells; ValueError where it tells none."""
        return _parsed(text)

    def __str__(self):
        return "-".join([f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part])

    def earliest(self):
        """The first day it can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)


@lru_cache(maxsize=4096)
def _parsed(text):
    match = FORM.fullmatch(text.strip())
    if not match:
        raise ValueError(f"not a year, month or day: {text!r}")
    parts = [int(part) for part in match.groups() if part]
    if 0 in parts:
        raise ValueError(f"there is no month or day 00: {text!r}")
    return PartialDate(*parts)
