"""How long the opening hours take: python -m bench.opening_hours

A year of answers by the minute to "is it open?" (525 600 of them), by rules with seasons, exceptions and answered days,
in five rounds, each with rules that remember nothing; and what a page says of now, its first time and again.
"""

import datetime
import os
import secrets
import statistics
import sys
import time

from partnerships.opening_hours import Rules
from partnerships.opening_values import ZONE, Deviation, Span, WeeklyHours

ROUNDS = 5
MINUTES = 525_600
AT_MOST = 5  # seconds for them
FIRST = datetime.datetime(2026, 1, 1, tzinfo=ZONE).astimezone(datetime.UTC)
ONE_MINUTE = datetime.timedelta(minutes=1)
SPANS = [
    Span(datetime.time(8), datetime.time(12)),
    Span(datetime.time(13), datetime.time(16, 30)),
    Span(datetime.time(17), datetime.time(19), by_appointment=True),
]
SUMMER = datetime.date(2026, 6, 22), datetime.date(2026, 8, 14)


def rules():
    weekly = [WeeklyHours(0, 4, span) for span in SPANS] + [WeeklyHours(0, 4, SPANS[0], *SUMMER)]
    closed = [Deviation(*(datetime.date(2026, month, 10 + number) for number in (0, 2))) for month in range(1, 13)]
    confirmed = frozenset({datetime.date(2026, 4, 30), datetime.date(2026, 12, 23)})
    return Rules(tuple(weekly), tuple(closed), confirmed)


def a_year_by_the_minute(asked):
    moment = FIRST
    for _ in range(MINUTES):
        asked.is_open(moment)
        moment += ONE_MINUTE


def main():
    settings = {"DJANGO_SETTINGS_MODULE": "trollhattan_intl.settings", "ALLOWED_HOSTS": "localhost"}
    os.environ.update(settings | {"SECRET_KEY": secrets.token_urlsafe(50)})
    import django
    from django.utils import translation

    django.setup()
    from partnerships.hours_in_words import now_and_on

    def what_a_page_says(asked):
        with translation.override("sv"):
            now_and_on(asked, FIRST)

    what_a_page_says(rules())  # the first translation reads its file
    slowest = _measured(f"{MINUTES} answers, s", a_year_by_the_minute)
    _measured("what a page says of now, ms", what_a_page_says, 1000)
    return f"A year took {slowest:.1f} s, more than {AT_MOST}." if slowest >= AT_MOST else None


def _measured(name, do, unit=1):
    """The slowest of the rounds, all of which are printed in short."""
    taken = []
    for _ in range(ROUNDS):
        asked, began = rules(), time.perf_counter()
        do(asked)
        taken.append((time.perf_counter() - began) * unit)
    print(f"{name}: median {statistics.median(taken):.2f} ({min(taken):.2f}–{max(taken):.2f})")
    return max(taken)


if __name__ == "__main__":
    sys.exit(main())
