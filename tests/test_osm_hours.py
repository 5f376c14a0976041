"""Opening hours as OpenStreetMap writes them, and that opening_hours.js reads out of it what the rules say."""

import datetime
import json
import os
import random
import subprocess
from bisect import bisect
from pathlib import Path

import pytest

from partnerships.opening_hours import Rules
from partnerships.opening_values import ZONE, Deviation, Span, State, WeeklyHours
from partnerships.osm_hours import osm_opening_hours
from partnerships.swedish_calendar import ONE_DAY, public_holidays
from tests import npm

pytestmark = pytest.mark.once

READER = Path(__file__).with_name("osm_hours.cjs")
NO_READER = f"needs {npm.OPENING_HOURS}, and Node to run it: `make test` fetches it where there is npm"
needs_reader = pytest.mark.skipif(not npm.opening_hours(), reason=NO_READER)
QUARTER = datetime.timedelta(minutes=15)
YEAR = 2026


def date(text):
    return datetime.date.fromisoformat(text)


def span(text, by_appointment=False):
    """Such as 8:00–16:30, from 8-16:30."""
    opens, closes = (datetime.time(*map(int, time.split(":"))) for time in text.split("-"))
    return Span(opens, closes, by_appointment)


DAY, MORNING, AFTERNOON = span("8-16:30"), span("8-12"), span("13-16")
NIGHT = span("22-2")
APPOINTMENT = span("17-19", by_appointment=True)
OFFICE = WeeklyHours(0, 4, DAY)
SUMMER = WeeklyHours(0, 3, MORNING, date("2026-06-22"), date("2026-08-14"))
AT_CHRISTMAS = frozenset(date(day) for day in ("2026-12-24", "2026-12-31", "2027-01-05"))
DISMISSED = frozenset(date(f"2026-{day}") for day in ("01-02", "01-05", "04-02", "04-30", "05-13", "05-15", "10-30"))


def exception(first, last=None, hours=None, reason=""):
    return Deviation(date(first), date(last or first), hours, reason)


def told(rules, first="2026-11-23", days=7):
    return osm_opening_hours(rules, date(first), days)


def test_ordinary_week():
    assert told(Rules((OFFICE,))) == "Mo-Fr 08:00-16:30"


def test_a_year_tells_holidays_and_what_nobody_has_confirmed():
    rules = Rules((OFFICE,), dismissed=DISMISSED)
    assert osm_opening_hours(rules, date("2026-01-01"), 365).split("; ") == [
        "Mo-Fr 08:00-16:30",
        "PH off",
        '2026 Jun 19 08:00-16:30 unknown "ordinarie tid, inte bekräftad för midsommarafton"',
        '2026 Dec 24 08:00-16:30 unknown "ordinarie tid, inte bekräftad för julafton"',
        '2026 Dec 31 08:00-16:30 unknown "ordinarie tid, inte bekräftad för nyårsafton"',
    ]


@pytest.mark.parametrize("answered", ["confirmed", "dismissed"])
def test_of_a_day_that_is_answered_nothing_is_said(answered):
    eve = date("2026-06-19")
    assert "midsommarafton" in told(Rules((OFFICE,)), "2026-06-15", 5)
    assert told(Rules((OFFICE,), **{answered: frozenset({eve})}), "2026-06-15", 5) == "Mo-Fr 08:00-16:30"


@pytest.mark.parametrize(
    ("weekly", "text"),
    [
        ((WeeklyHours(0, 4, MORNING), WeeklyHours(0, 4, AFTERNOON)), "Mo-Fr 08:00-12:00,13:00-16:00"),
        (
            (WeeklyHours(0, 2, DAY), WeeklyHours(4, 4, DAY), WeeklyHours(3, 3, MORNING)),
            "Mo-We,Fr 08:00-16:30; Th 08:00-12:00",
        ),
        ((OFFICE, WeeklyHours(3, 3, span("16-18"))), "Mo-We,Fr 08:00-16:30; Th 08:00-18:00"),
        ((WeeklyHours(1, 1, APPOINTMENT),), 'Tu 17:00-19:00 unknown "efter bokning"'),
        (
            (OFFICE, WeeklyHours(1, 1, APPOINTMENT)),
            'Mo,We-Fr 08:00-16:30; Tu 08:00-16:30, Tu 17:00-19:00 unknown "efter bokning"',
        ),
        ((WeeklyHours(4, 4, NIGHT),), "Fr 22:00-24:00; Sa 00:00-02:00"),
        ((WeeklyHours(0, 6, NIGHT),), "Mo-Su 00:00-02:00,22:00-24:00"),
        ((WeeklyHours(0, 6, span("0-0")),), "Mo-Su 00:00-24:00"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_weeks_of_all_kinds(weekly, text):
    assert told(Rules(weekly)) == text


def test_a_season_has_its_dates_and_says_what_is_closed_then():
    rules = Rules((OFFICE, SUMMER))
    assert told(rules, "2026-06-22", 100) == (
        "Mo-Fr 08:00-16:30; 2026 Jun 22-2026 Aug 14 Mo-Th 08:00-12:00; 2026 Jun 22-2026 Aug 14 Fr off"
    )
    assert told(rules, "2026-06-22", 14) == "Mo-Th 08:00-12:00", "where nothing else holds, it needs no dates"


@pytest.mark.parametrize(
    ("exceptions", "text"),
    [
        ([exception("2026-11-25")], "2026 Nov 25 off"),
        ([exception("2026-11-25", "2026-11-26", MORNING)], "2026 Nov 25-2026 Nov 26 08:00-12:00"),
        ([exception("2026-11-25", None, MORNING, "utbildning")], '2026 Nov 25 08:00-12:00 open "utbildning"'),
        ([exception("2026-11-25", None, APPOINTMENT)], '2026 Nov 25 17:00-19:00 unknown "efter bokning"'),
        ([exception("2026-11-28", None, NIGHT)], "2026 Nov 28 22:00-24:00; 2026 Nov 29 00:00-02:00"),
        ([exception("2026-11-25", None, DAY)], ""),
        ([exception("2026-12-21", "2027-01-02", None, "flytt")], '2026 Dec 21-2027 Jan 02 off "flytt"'),
        (
            [exception("2026-12-23", "2026-12-26", None, "flytt"), exception("2026-12-25", None, MORNING, "julkaffe")],
            '2026 Dec 23-2026 Dec 24 off "flytt"; 2026 Dec 25 08:00-12:00 open "julkaffe"; 2026 Dec 26 off "flytt"',
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_exceptions_have_their_dates(exceptions, text):
    said = told(Rules((OFFICE,), tuple(exceptions), dismissed=AT_CHRISTMAS), days=44)
    assert said == "; ".join(filter(None, ["Mo-Fr 08:00-16:30", "PH off", text]))


@pytest.mark.parametrize(
    ("reason", "comment"),
    [
        ("", ""),
        (' ", ', ""),
        ('Se "Nytt"; ring || skriv, tack', ' "Se ”Nytt”; ring || skriv, tack"'),
        ("Två\r\n\trader ", ' "Två rader"'),
    ],
)
def test_a_reason_cannot_end_its_comment(reason, comment):
    assert told(Rules((OFFICE,), (exception("2026-11-25", reason=reason),))).endswith(f"2026 Nov 25 off{comment}")


def test_nothing_known_is_nothing_said_and_never_open_is_off():
    assert told(Rules()) == ""
    assert told(Rules((), (exception("2026-01-07"),))) == "off"
    assert told(Rules((WeeklyHours(0, 4, DAY, None, date("2026-01-01")),))) == "off"


BEGINS, ENDS = (datetime.datetime(year, 1, 1, tzinfo=ZONE).astimezone(datetime.UTC) for year in (YEAR, YEAR + 1))
MOMENTS = [BEGINS + number * QUARTER for number in range((ENDS - BEGINS) // QUARTER)]
# Where an hour comes twice, its search for the next change passes over what happens in the second one.
CLOCK_CHANGES = {date("2026-03-29"), date("2026-10-25")}
IN_DOUBT = [moment for moment in MOMENTS if moment.astimezone(ZONE).date() in CLOCK_CHANGES]


def as_read(values, anew=IN_DOUBT):
    """For each value, the (state, comment) that opening_hours.js reads at each of the MOMENTS.

    It tells when something else holds, and what does. Of the moments in `anew` it is asked one by one.
    """
    asked = {
        "package": str(npm.opening_hours()),
        "values": values,
        "from": _milliseconds(BEGINS),
        "until": _milliseconds(ENDS),
        "anew": [_milliseconds(moment) for moment in anew],
    }
    answered = subprocess.run(
        ["node", READER],
        input=json.dumps(asked),
        env=os.environ | {"TZ": ZONE.key},
        capture_output=True,
        text=True,
        check=True,
    )
    for said in json.loads(answered.stdout):
        began = [when for when, _state, _comment in said]
        yield [tuple(said[bisect(began, _milliseconds(moment)) - 1][1:]) for moment in MOMENTS]


def _milliseconds(moment):
    return int(moment.timestamp() * 1000)


def as_ruled(rules):
    """The (state, comment) that the engine says at each of the MOMENTS; the comment only where it must be read."""
    for moment in MOMENTS:
        state = rules.state_at(moment)
        if state == State.UNKNOWN:
            name = rules.status_at(moment).day.reason_sv
            yield "unknown", f"ordinarie tid, inte bekräftad för {name}"
        elif state == State.BY_APPOINTMENT:
            yield "unknown", "efter bokning"
        else:
            yield "open" if state == State.OPEN else "close", None


def made_at_random(chance):
    """Rules with everything in them, many overlapping, most past midnight or by appointment now and then."""

    def day(first=None, days=380):
        return (first or date("2025-12-20")) + chance.randrange(days) * ONE_DAY

    def hours():
        times = [datetime.time(chance.randrange(24), chance.choice((0, 15, 30, 45))) for _ in range(2)]
        opens, closes = sorted(times) if chance.random() < 0.7 else times
        return Span(opens, closes, chance.random() < 0.2)

    def season():
        first = day()
        return chance.choice([(None, None), (first, day(first, 120)), (first, None), (None, first)])

    def weekly():
        return WeeklyHours(*sorted(chance.choices(range(7), k=2)), hours(), *season())

    def deviation():
        first = chance.choice([day(), chance.choice(public_holidays(YEAR)).day])
        reason = "".join(chance.choices('abå "”;|,\n\\', k=chance.randrange(6)))
        return Deviation(first, day(first, 14), hours() if chance.random() < 0.7 else None, reason)

    def days_answered():
        return frozenset(day() for _ in range(100))

    return Rules(
        tuple(weekly() for _ in range(chance.randrange(1, 7))),
        tuple(deviation() for _ in range(chance.randrange(8))),
        confirmed=days_answered(),
        dismissed=days_answered(),
    )


RULE_SETS = {
    "the office": Rules((OFFICE,)),
    "seasons": Rules((OFFICE, SUMMER, WeeklyHours(5, 6, DAY, date("2026-03-28"), date("2026-10-25")))),
    "exceptions": Rules(
        (OFFICE,),
        (
            exception("2025-12-20", "2026-01-08", None, "flytt"),
            exception("2026-06-19", None, MORNING, 'Se "Nytt"; ring || skriv'),
            exception("2026-12-25", None, AFTERNOON),
            exception("2026-12-27", "2027-01-02", MORNING),
        ),
    ),
    "special days": Rules((OFFICE,), confirmed=frozenset({date("2026-06-19")}), dismissed=DISMISSED),
    "lunch": Rules((WeeklyHours(0, 4, MORNING), WeeklyHours(0, 4, AFTERNOON))),
    "by appointment": Rules((OFFICE, WeeklyHours(1, 3, APPOINTMENT), WeeklyHours(6, 6, APPOINTMENT))),
    "past midnight": Rules((WeeklyHours(0, 6, NIGHT),), (exception("2026-11-25"), exception("2026-12-24", None, DAY))),
    "around the clock": Rules((WeeklyHours(0, 6, span("0-0")),)),
    "overlapping": Rules(
        (OFFICE, WeeklyHours(0, 6, span("12-8", by_appointment=True)), WeeklyHours(4, 4, span("15-3"))),
        (exception("2026-02-23", "2026-02-28", span("7:47-9:03")), exception("2026-05-01", None, span("23-1"))),
    ),
    **{f"random {seed}": made_at_random(random.Random(seed)) for seed in range(20)},  # noqa: S311 chance, not secrecy
}
ANEW = ("special days", "past midnight")  # asking anew takes a second or more each


def value_of(rules):
    return osm_opening_hours(rules, date(f"{YEAR}-01-01"))


def disagreements(rules, read):
    """[(moment, what is read, what is ruled), …]."""
    return [
        (f"{moment.astimezone(ZONE):%F %H:%M}", theirs, ours)
        for moment, theirs, ours in zip(MOMENTS, read, as_ruled(rules), strict=True)
        if theirs[0] != ours[0] or (ours[1] and theirs[1] != ours[1])
    ]


@pytest.fixture(scope="module")
def read():
    """What opening_hours.js reads of each of the RULE_SETS."""
    return dict(zip(RULE_SETS, as_read([value_of(rules) for rules in RULE_SETS.values()]), strict=True))


@needs_reader
@pytest.mark.parametrize("name", RULE_SETS)
def test_it_reads_what_the_rules_say(name, read):
    assert disagreements(RULE_SETS[name], read[name]) == []


@needs_reader
def test_asked_anew_each_quarter_it_says_the_same():
    rule_sets = [RULE_SETS[name] for name in ANEW]
    for rules, said in zip(rule_sets, as_read([value_of(rules) for rules in rule_sets], anew=MOMENTS), strict=True):
        assert disagreements(rules, said) == []


@needs_reader
def test_its_public_holidays_are_ours():
    (read,) = as_read(["PH 00:00-24:00"])
    theirs = {moment.astimezone(ZONE).date() for moment, said in zip(MOMENTS, read, strict=True) if said[0] == "open"}
    assert theirs == {holiday.day for holiday in public_holidays(YEAR)}


@needs_reader
def test_it_keeps_the_quotation_marks_of_a_reason():
    rules = Rules((OFFICE,), (exception("2026-06-16", reason='Se "Nytt"; ring || skriv,\n\\ tack'),))
    (read,) = as_read([value_of(rules)])
    said = {comment for moment, (_, comment) in zip(MOMENTS, read, strict=True) if f"{moment:%F %H}" == "2026-06-16 12"}
    assert said == {"Se ”Nytt”; ring || skriv, \\ tack"}


def test_the_year_is_whole():
    assert len(MOMENTS) == 365 * 96, "the hour that the clock skips comes back"
