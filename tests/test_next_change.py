"""The next moment at which time alone makes a public page read differently."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from partnerships.choices import PublicationState
from partnerships.next_change import next_change, timed_models
from tests import factories as make
from tests.test_factories import FACTORIES

pytestmark = pytest.mark.django_db

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


def told(moment):
    """When pages change next, as the clock in Stockholm shows it."""
    return next_change(moment).astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-03-02 10:00:00", "2026-03-03 00:00:00"),
        ("2026-03-02 23:59:59.9", "2026-03-03 00:00:00"),
        ("2026-03-03 00:00:00", "2026-03-04 00:00:00"),
        ("2026-12-31 12:00:00", "2027-01-01 00:00:00"),
    ],
)
def test_nothing_is_the_same_for_longer_than_a_day(now, then):
    assert told(at(now)) == then


@pytest.mark.parametrize("model", timed_models(), ids=lambda model: model.__name__)
def test_what_begins_or_ends_to_be_published(model):
    make_one = FACTORIES[model]
    make_one(published_from=at("2026-03-02 13:00:30"), published_until=at("2026-03-02 15:00"))
    make_one(published_from=at("2026-03-02 17:00"))
    make_one(published_from=at("2026-03-02 12:00"), state=PublicationState.DRAFT)
    moments = ["09:00", "13:00:30", "15:00", "17:00"]
    assert [told(at(f"2026-03-02 {moment}"))[11:] for moment in moments] == [
        "13:00:30",
        "15:00:00",
        "17:00:00",
        "00:00:00",
    ]


def test_the_models_that_are_timed():
    assert {model.__name__ for model in timed_models()} == {
        "Agreement",
        "Contact",
        "ContactCentre",
        "Network",
        "Notice",
        "Page",
        "Program",
        "TwinTown",
    }


def test_a_contact_centre_opens_and_closes():
    make.OpeningHoursFactory(opens=datetime.time(10), closes=datetime.time(16, 30))  # Monday to Friday
    monday = ["08:00", "10:00", "16:29:59", "16:30"]
    assert [told(at(f"2026-03-02 {moment}"))[11:] for moment in monday] == [
        "10:00:00",
        "16:30:00",
        "16:30:00",
        "00:00:00",
    ]
    assert told(at("2026-03-07 08:00")) == "2026-03-08 00:00:00"


def test_a_centre_that_nobody_sees_does_not_count():
    centre = make.ContactCentreFactory(state=PublicationState.WITHDRAWN)
    make.OpeningHoursFactory(centre=centre, opens=datetime.time(10), closes=datetime.time(16, 30))
    assert told(at("2026-03-02 08:00")) == "2026-03-03 00:00:00"


@pytest.mark.parametrize(
    ("zone", "now", "then"),
    [
        # Clocks in Sweden are put forward at 02:00 and back at 03:00.
        ("", "2026-03-29 00:30", "2026-03-29 03:00:00"),
        ("", "2026-03-29 00:30:00.7", "2026-03-29 03:00:00"),
        ("", "2026-03-29 03:00", "2026-03-30 00:00:00"),
        ("", "2026-10-25 01:00", "2026-10-25 02:00:00"),
        # In New York on 8 March 2026 at 02:00, 07:00 in UTC; in Phoenix never.
        ("America/New_York", "2026-03-08 00:00", "2026-03-08 08:00:00"),
        ("America/New_York", "2026-03-08 07:59:59.5", "2026-03-08 08:00:00"),
        ("America/New_York", "2026-03-08 08:00", "2026-03-09 00:00:00"),
        ("America/Phoenix", "2026-03-08 00:00", "2026-03-09 00:00:00"),
    ],
)
def test_clocks_are_put_forward_and_back_here_and_in_a_town(zone, now, then):
    make.TwinTownFactory(time_zone=zone)
    assert told(at(now)) == then


def test_of_several_the_first_counts():
    make.OpeningHoursFactory(opens=datetime.time(10), closes=datetime.time(16, 30))
    make.NoticeFactory(published_until=at("2026-03-02 09:15"))
    make.NetworkFactory(published_from=at("2026-03-02 09:45"))
    assert [told(at(f"2026-03-02 {moment}"))[11:16] for moment in ("09:00", "09:15", "09:45")] == [
        "09:15",
        "09:45",
        "10:00",
    ]
