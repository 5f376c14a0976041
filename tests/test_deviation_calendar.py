"""The calendar of deviations, as a program that subscribes to it reads it."""

import datetime

import icalendar
import pytest

from partnerships.choices import DayAnswer, PublicationState
from tests import factories as make

pytestmark = pytest.mark.django_db

SWEDISH, ENGLISH = "/kontaktcenter/avvikelser.ics", "/en/contact-centre/deviations.ics"
UTC = datetime.UTC


@pytest.fixture
def centre(time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 24, 9, tzinfo=UTC), tick=False)
    return make.OpeningHoursFactory(centre__name_sv="Exempelcenter", centre__name_en="Example centre").centre


def events(client, address=SWEDISH):
    """{uid up to the centre: event}."""
    response = client.get(address)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    (calendar,) = icalendar.Calendar.from_ical(response.content, multiple=True)
    assert not calendar.errors
    found = [event for event in calendar.walk("VEVENT") if not event.errors]
    assert len(found) == len(calendar.subcomponents) == len({event["uid"] for event in found})
    return {event["uid"].partition(".")[0]: event for event in found}


def test_a_year_of_holidays_and_of_days_in_doubt(client, centre):
    found = events(client)
    assert list(found) == [
        "day-2026-10-30",
        "day-2026-12-24",
        "day-2026-12-25",
        "day-2026-12-31",
        "day-2027-01-01",
        "day-2027-01-05",
        "day-2027-01-06",
        "day-2027-03-25",
        "day-2027-03-26",
        "day-2027-03-29",
        "day-2027-04-30",
        "day-2027-05-05",
        "day-2027-05-06",
        "day-2027-05-07",
        "day-2027-06-25",
        "day-2027-11-05",
    ]
    assert found["day-2026-12-25"]["summary"] == "Exempelcenter: stängt (juldagen)"
    assert found["day-2026-12-25"].start == datetime.date(2026, 12, 25)
    assert found["day-2026-12-25"].end == datetime.date(2026, 12, 26)
    eve = found["day-2026-12-24"]
    assert eve["summary"] == "Exempelcenter: ordinarie tid, inte bekräftad för julafton (8:00–16:30)"
    assert eve["status"] == "TENTATIVE"
    told = events(client, ENGLISH)
    assert list(told) == list(found)
    assert told["day-2026-12-25"]["summary"] == "Example centre: closed (Christmas Day)"


def test_an_answer_changes_the_same_event_and_counts(client, centre, time_machine):
    row = make.SpecialDayFactory(centre=centre, day="2026-12-24", answer=DayAnswer.UNCONFIRMED)
    before = events(client)["day-2026-12-24"]
    time_machine.move_to(datetime.datetime(2026, 11, 25, 9, tzinfo=UTC), tick=False)
    row.answer, row.opens, row.closes = DayAnswer.OTHER_HOURS, datetime.time(8), datetime.time(12)
    row.save()
    after = events(client)["day-2026-12-24"]
    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after["last-modified"].dt == datetime.datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert after.start == datetime.datetime(2026, 12, 24, 7, tzinfo=UTC)
    assert after.end == datetime.datetime(2026, 12, 24, 11, tzinfo=UTC)
    assert after["summary"] == "Exempelcenter: 8:00–12:00 (julafton)"
    row.answer, row.opens, row.closes = DayAnswer.DISMISSED, None, None
    row.save()
    gone = events(client)["day-2026-12-24"]
    assert (gone["uid"], gone["sequence"], gone["status"]) == (before["uid"], 2, "CANCELLED")


def test_an_exception_keeps_its_uid_when_it_moves_and_is_told_whole(client, centre):
    row = make.OpeningExceptionFactory(
        centre=centre, first_day="2027-02-01", last_day="2027-02-05", reason_sv="Flytt", reason_en="Moving"
    )
    row.refresh_from_db()
    key = f"exception-{row.pk}"
    event = events(client)[key]
    assert (event.start, event.end) == (datetime.date(2027, 2, 1), datetime.date(2027, 2, 6))
    assert event["summary"] == "Exempelcenter: stängt (Flytt)"
    row.first_day = datetime.date(2027, 2, 2)
    row.save()
    moved = events(client)[key]
    assert (moved.start, moved["sequence"]) == (datetime.date(2027, 2, 2), 1)
    row.save()
    assert events(client)[key]["sequence"] == 1


def test_a_day_with_rules_of_its_own_parts_an_exception_in_two(client, centre):
    long = make.OpeningExceptionFactory(centre=centre, first_day="2027-02-01", last_day="2027-02-05")
    make.OpeningExceptionFactory(
        centre=centre, first_day="2027-02-03", last_day="2027-02-03", opens="09:00", closes="12:00"
    )
    found, key = events(client), f"exception-{long.pk}"
    parts = {uid: (event.start.day, event.end.day) for uid, event in found.items() if key in uid}
    assert parts == {key: (1, 3), f"{key}-20270204": (4, 6)}


def test_other_hours_are_events_of_each_day_in_utc_on_both_sides_of_the_change_of_clock(client, centre):
    row = make.OpeningExceptionFactory(
        centre=centre, first_day="2027-03-27", last_day="2027-03-28", opens="22:00", closes="01:00"
    )
    found = events(client)
    first, second = found[f"exception-{row.pk}"], found[f"exception-{row.pk}-20270328"]
    assert first.start == datetime.datetime(2027, 3, 27, 21, tzinfo=UTC)
    assert first.end == datetime.datetime(2027, 3, 28, 0, tzinfo=UTC)
    assert second.start == datetime.datetime(2027, 3, 28, 20, tzinfo=UTC)
    assert second.end == datetime.datetime(2027, 3, 28, 23, tzinfo=UTC)


def test_an_exception_that_began_long_ago_is_the_same_event_from_day_to_day(client, centre, time_machine):
    row = make.OpeningExceptionFactory(centre=centre, first_day="2026-09-01", last_day="2027-01-10")
    seen = set()
    for day in (24, 25, 26):
        time_machine.move_to(datetime.datetime(2026, 11, day, 9, tzinfo=UTC), tick=False)
        event = events(client)[f"exception-{row.pk}"]
        seen.add((event["uid"], event.start, event.end))
    assert len(seen) == 1


def test_centres_are_told_apart_and_only_those_that_are_published(client, centre):
    other = make.OpeningHoursFactory(centre__slug="annat", centre__name_sv="Annat center").centre
    make.OpeningHoursFactory(centre__slug="dolt", centre__name_sv="Dolt", centre__state=PublicationState.DRAFT)
    page = client.get(SWEDISH).content.decode()
    assert f"day-2026-12-25.centre-{centre.pk}@127.0.0.1" in page
    assert f"day-2026-12-25.centre-{other.pk}@127.0.0.1" in page
    assert "Dolt" not in page


def test_lines_are_folded_and_what_editors_typed_is_escaped(client, centre):
    make.OpeningExceptionFactory(
        centre=centre, first_day="2027-02-01", last_day="2027-02-01", reason_sv="Å; ä, ö\\ " + "ord " * 20
    )
    sent = client.get(SWEDISH).content
    assert all(len(line) <= 75 for line in sent.split(b"\r\n"))
    assert b"\n" not in sent.replace(b"\r\n", b"")
    assert "Å\\; ä\\, ö\\\\ ord" in sent.replace(b"\r\n ", b"").decode()


def test_where_there_is_nothing_to_tell_there_is_no_calendar_and_no_link_to_one(client, centre):
    assert SWEDISH in client.get("/kontaktcenter/").content.decode()
    centre.opening_hours.all().delete()
    assert SWEDISH not in client.get("/kontaktcenter/").content.decode()
    assert client.get(SWEDISH).status_code == 404
    assert client.post(SWEDISH).status_code == 405
