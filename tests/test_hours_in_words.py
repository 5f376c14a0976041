"""What is said of opening hours just now, and what a page that stays open will say."""

import datetime
import json

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from partnerships.hours_in_words import now, now_and_on
from partnerships.models import ContactCentre
from partnerships.opening_hours import Rules
from partnerships.opening_values import ZONE, Deviation, Span, State, WeeklyHours
from tests import factories as make

pytestmark = pytest.mark.once

DAY = Span(datetime.time(8), datetime.time(16, 30))
SEED = Rules((WeeklyHours(0, 4, DAY),))


def date(text):
    return datetime.date.fromisoformat(text)


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZONE)


def weekly(*spans):
    return Rules(tuple(WeeklyHours(0, 4, span) for span in spans))


def span(opens, closes, by_appointment=False):
    return Span(datetime.time.fromisoformat(opens), datetime.time.fromisoformat(closes), by_appointment)


SHUT_FOR_LONG = Rules(SEED.weekly, (Deviation(date("2026-12-21"), date("2027-01-06")),))
SHUT_FOR_A_YEAR = Rules(SEED.weekly, (Deviation(date("2026-12-21"), date("2027-12-20")),))
NIGHT = weekly(span("18:00", "02:00"))
BOOKED = weekly(span("08:00", "12:00", by_appointment=True), span("13:00", "16:00"))
BOOKED_AFTER = weekly(span("08:00", "12:00"), span("12:00", "16:00", by_appointment=True))
ALWAYS = Rules((WeeklyHours(0, 6, span("00:00", "00:00")),), (), frozenset(), frozenset())
SHUT_FOR_GOOD = Rules((WeeklyHours(0, 4, DAY, valid_through=date("2026-11-20")),))

TOLD = [
    (SEED, "2026-11-24 07:59", "Stängt nu · öppnar 8:00", "Closed now · opens 8:00"),
    (SEED, "2026-11-24 08:00", "Öppet nu · stänger 16:30", "Open now · closes 16:30"),
    (SEED, "2026-11-24 16:29", "Öppet nu · stänger 16:30", "Open now · closes 16:30"),
    (SEED, "2026-11-24 16:30", "Stängt nu · öppnar onsdag 8:00", "Closed now · opens Wednesday 8:00"),
    (SEED, "2026-11-27 17:00", "Stängt nu · öppnar måndag 8:00", "Closed now · opens Monday 8:00"),
    # Easter: from Thursday, of which nobody has said what holds, over four days that are free.
    (
        SEED,
        "2026-04-02 10:00",
        "Ordinarie tid, inte bekräftad för skärtorsdagen · till 16:30",
        "Ordinary hours, not confirmed for Maundy Thursday · until 16:30",
    ),
    (SEED, "2026-04-02 17:00", "Stängt nu · öppnar tisdag 8:00", "Closed now · opens Tuesday 8:00"),
    (
        SEED,
        "2026-06-18 17:00",
        "Stängt nu · fredag: ordinarie tid, inte bekräftad för midsommarafton (8:00–16:30)",
        "Closed now · Friday: ordinary hours, not confirmed for Midsummer’s Eve (8:00–16:30)",
    ),
    (
        SEED,
        "2026-06-19 06:00",
        "Stängt nu · i dag: ordinarie tid, inte bekräftad för midsommarafton (8:00–16:30)",
        "Closed now · today: ordinary hours, not confirmed for Midsummer’s Eve (8:00–16:30)",
    ),
    (SHUT_FOR_LONG, "2026-12-21 09:00", "Stängt nu · öppnar 7 januari 8:00", "Closed now · opens 7 January 8:00"),
    (SHUT_FOR_LONG, "2027-01-01 09:00", "Stängt nu · öppnar torsdag 8:00", "Closed now · opens Thursday 8:00"),
    (
        SHUT_FOR_A_YEAR,
        "2026-12-21 09:00",
        "Stängt nu · öppnar 21 december 2027 8:00",
        "Closed now · opens 21 December 2027 8:00",
    ),
    (NIGHT, "2026-11-24 20:00", "Öppet nu · stänger 2:00", "Open now · closes 2:00"),
    (NIGHT, "2026-11-25 01:59", "Öppet nu · stänger 2:00", "Open now · closes 2:00"),
    (
        BOOKED,
        "2026-11-24 07:00",
        "Stängt nu · öppnar för bokade besök 8:00",
        "Closed now · opens for booked visits 8:00",
    ),
    (BOOKED, "2026-11-24 08:00", "Öppet för bokade besök · till 12:00", "Open for booked visits · until 12:00"),
    (BOOKED_AFTER, "2026-11-24 11:00", "Öppet nu · till 12:00", "Open now · until 12:00"),
    (SHUT_FOR_GOOD, "2026-11-24 09:00", "Stängt nu", "Closed now"),
    (Rules(), "2026-11-24 09:00", "Stängt nu", "Closed now"),
]


@pytest.mark.parametrize(("rules", "moment", "swedish", "english"), TOLD)
def test_what_holds_just_now_is_told_with_what_comes(rules, moment, swedish, english):
    for language, expected in (("sv", swedish), ("en", english)):
        with translation.override(language):
            assert now(rules.status_at(at(moment)), at(moment)).replace("\N{NO-BREAK SPACE}", " ") == expected


def test_a_page_knows_what_it_will_say_for_eight_days():
    with translation.override("sv"):
        told = [
            (began.astimezone(ZONE), state, words) for began, state, words in now_and_on(SEED, at("2026-11-27 12:00"))
        ]
    assert told[:8] == [
        (at("2026-11-27 00:00"), State.CLOSED, "Stängt nu · öppnar 8:00"),
        (at("2026-11-27 08:00"), State.OPEN, "Öppet nu · stänger 16:30"),
        (at("2026-11-27 16:30"), State.CLOSED, "Stängt nu · öppnar måndag 8:00"),
        (at("2026-11-30 00:00"), State.CLOSED, "Stängt nu · öppnar 8:00"),
        (at("2026-11-30 08:00"), State.OPEN, "Öppet nu · stänger 16:30"),
        (at("2026-11-30 16:30"), State.CLOSED, "Stängt nu · öppnar tisdag 8:00"),
        (at("2026-12-01 00:00"), State.CLOSED, "Stängt nu · öppnar 8:00"),
        (at("2026-12-01 08:00"), State.OPEN, "Öppet nu · stänger 16:30"),
    ]
    assert told[-1] == (at("2026-12-05 00:00"), None, "")
    # So it is for every moment of those days what the engine would say then.
    for hours in range(8 * 24):
        moment = at("2026-11-27 00:00") + datetime.timedelta(hours=hours)
        with translation.override("sv"):
            assert [words for began, _state, words in told if began <= moment][-1] == now(
                SEED.status_at(moment), moment
            )


@pytest.mark.django_db
def test_pages_say_it_where_they_tell_the_hours(client, time_machine):
    time_machine.move_to(at("2026-11-24 16:29:50"), tick=False)
    centre = make.OpeningHoursFactory().centre
    make.SiteSettingsFactory(contact_centre=centre)
    for address in ("/", "/kontakt/", "/kontaktcenter/", "/sok/?q=oppettider"):
        assert "Öppet nu · stänger 16:30</" in client.get(address).content.decode(), address
    time_machine.move_to(at("2026-11-24 16:30:00"), tick=False)
    page = client.get("/en/contact-centre/").content.decode()
    assert "Closed now · opens Wednesday 8:00</p>" in page
    changes = json.loads(page.partition('data-open-now="')[2].partition('"')[0].replace("&#34;", '"'))
    assert changes[2:4] == [
        ["2026-11-24T15:30:00Z", "closed", "Closed now · opens Wednesday 8:00"],
        ["2026-11-24T23:00:00Z", "closed", "Closed now · opens 8:00"],
    ]


@pytest.mark.django_db
def test_where_no_hours_are_known_nothing_is_said_of_now(client):
    make.SiteSettingsFactory(contact_centre=make.ContactCentreFactory())
    page = client.get("/kontaktcenter/").content.decode()
    assert "Öppettiderna är inte kända här." in page
    assert "data-open-now" not in page
    assert "<table" not in page


@pytest.mark.django_db
def test_the_week_stands_in_a_table_day_by_day(client, time_machine):
    time_machine.move_to(at("2026-06-18 12:00"), tick=False)
    centre = make.OpeningHoursFactory().centre
    make.OpeningExceptionFactory(
        centre=centre, first_day="2026-06-16", last_day="2026-06-16", opens="10:00", closes="11:00"
    )
    rows = client.get("/kontaktcenter/").content.decode().partition("<tbody")[2].partition("</tbody>")[0].split("<tr")
    assert '<time datetime="2026-06-15T08:00+02:00">8:00</time>–<time datetime="2026-06-15T16:30+02:00">' in rows[1]
    assert "2026-06-16T10:00+02:00" in rows[2]
    assert [number for number, row in enumerate(rows) if "aria-current" in row] == [4]
    assert "i dag" in rows[4]
    assert "ordinarie tid, inte bekräftad för midsommarafton (<span" in rows[5]
    assert "stängt (midsommardagen)" in rows[6]
    assert "<td>stängt</td>" in rows[7]


@pytest.mark.django_db
def test_a_contact_shows_its_own_centre_with_its_hours(client, time_machine):
    time_machine.move_to(at("2026-11-24 09:00"), tick=False)
    own = make.ContactCentreFactory(slug="annat", name_sv="Annat center", street_address="Annangatan 2")
    make.OpeningHoursFactory(centre=own, opens="10:00", closes="11:00")
    contact = make.ContactFactory(contact_centre=own)
    make.SiteSettingsFactory(default_contact=contact, contact_centre=make.OpeningHoursFactory().centre)
    for address in ("/", "/kontakt/"):
        page = client.get(address).content.decode()
        card = page.partition('<div class="card__visit">')[2].partition("</div>")[0]
        assert "Annat center</a>, Annangatan 2" in card, address
        assert "Stängt nu · öppnar 10:00" in card, address
        assert "Måndag–fredag: 10:00–11:00" in card, address


@pytest.mark.django_db
def test_hours_cost_no_query_beyond_the_one_that_loads_their_rules(django_assert_num_queries):
    centre = make.OpeningHoursFactory().centre
    make.OpeningExceptionFactory(centre=centre)
    make.SpecialDayFactory(centre=centre)
    with django_assert_num_queries(1):
        loaded = ContactCentre.objects.with_rules().get(pk=centre.pk)
        shown = {"centre": loaded, "rules": loaded.rules, "today": date("2026-12-14")}
        for template in ("_hours", "_week"):
            assert "8:00" in render_to_string(f"{template}.html", shown, using=translation.get_language())
