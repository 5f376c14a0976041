"""What the pages tell machines, as schema.org has it."""

import datetime
import json
import re

import pytest
from django.conf import settings
from django.utils import translation

from partnerships import json_ld
from partnerships.choices import DayAnswer
from partnerships.models import ContactCentre
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TODAY = datetime.date(2026, 11, 24)
HOURS = {"@type": "OpeningHoursSpecification"}


def on_page(client, address):
    page = client.get(address).content.decode()
    return [json.loads(found) for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)]


def told(centre):
    with translation.override("sv"):
        return json_ld.contact_centre(ContactCentre.objects.with_rules().get(pk=centre.pk), TODAY)


def days(*names):
    return [f"https://schema.org/{name}" for name in names]


@pytest.fixture
def centre(time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC), tick=False)
    return make.ContactCentreFactory(name_sv="Exempelcenter", name_en="Example centre", phone="+46846500400")


def test_the_page_tells_who_where_and_when(client, centre):
    make.OpeningHoursFactory(centre=centre)
    (data,) = on_page(client, "/en/contact-centre/")
    address = data.pop("address")
    assert data.pop("hasMap").startswith("https://")
    special = data.pop("specialOpeningHoursSpecification")
    assert data == {
        "@context": "https://schema.org",
        "@type": "GovernmentOffice",
        "@id": f"{settings.SITE_URL}/en/contact-centre/#{centre.slug}",
        "url": f"{settings.SITE_URL}/en/contact-centre/#{centre.slug}",
        "name": "Example centre",
        "telephone": "+46846500400",
        "email": "kontaktcenter@example.org",
        "openingHoursSpecification": [
            HOURS
            | {
                "dayOfWeek": days("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
                "opens": "08:00",
                "closes": "16:30",
            }
        ],
    }
    assert (address["@type"], address["streetAddress"]) == ("PostalAddress", centre.street_address)
    assert special[0] == HOURS | {
        "validFrom": "2026-12-24",
        "validThrough": "2026-12-24",
        "description": "ordinary hours, not confirmed for Christmas Eve (8:00–16:30)",
    }
    assert special[1] == HOURS | {
        "validFrom": "2026-12-25",
        "validThrough": "2026-12-25",
        "description": "closed (Christmas Day)",
        "opens": "00:00",
        "closes": "00:00",
    }
    assert [one["validFrom"] for one in special if "opens" not in one] == [
        "2026-12-24",
        "2026-12-31",
        "2027-01-05",
        "2027-03-25",
        "2027-04-30",
        "2027-05-05",
        "2027-05-07",
        "2027-06-25",
        "2027-11-05",
    ]


def test_a_season_goes_before_and_the_ordinary_week_comes_again(centre):
    make.OpeningHoursFactory(centre=centre)
    make.OpeningHoursFactory(
        centre=centre,
        first_weekday=0,
        last_weekday=0,
        closes="12:00",
        valid_from="2027-06-21",
        valid_through="2027-08-13",
    )
    hours = told(centre)["openingHoursSpecification"]
    assert [(one.get("validFrom"), one.get("validThrough"), one["closes"], len(one["dayOfWeek"])) for one in hours] == [
        (None, "2027-06-20", "16:30", 5),
        ("2027-06-21", "2027-08-13", "12:00", 1),
        ("2027-08-14", None, "16:30", 5),
    ]


def test_a_whole_day_a_night_and_visits_by_appointment(centre):
    for day, opens, closes, by_appointment in (
        (0, "00:00", "00:00", False),
        (1, "18:00", "02:00", False),
        (2, "08:00", "12:00", True),
    ):
        make.OpeningHoursFactory(
            centre=centre,
            first_weekday=day,
            last_weekday=day,
            opens=opens,
            closes=closes,
            by_appointment=by_appointment,
        )
    hours = told(centre)["openingHoursSpecification"]
    assert [(one["dayOfWeek"], one["opens"], one["closes"]) for one in hours] == [
        (days("Monday"), "00:00", "23:59"),
        (days("Tuesday"), "18:00", "02:00"),
    ]


def test_exceptions_and_answers_stand_among_the_special_hours(centre):
    make.OpeningHoursFactory(centre=centre)
    make.OpeningExceptionFactory(
        centre=centre,
        first_day="2026-12-28",
        last_day="2026-12-30",
        opens="09:00",
        closes="12:00",
        reason_sv="Mellandag",
    )
    make.SpecialDayFactory(centre=centre, day="2026-12-24", answer=DayAnswer.CLOSED)
    make.SpecialDayFactory(centre=centre, day="2026-12-31", answer=DayAnswer.ORDINARY)
    eve, _christmas, between, last, *_more = told(centre)["specialOpeningHoursSpecification"]
    assert eve == HOURS | {
        "validFrom": "2026-12-24",
        "validThrough": "2026-12-24",
        "description": "stängt (julafton)",
        "opens": "00:00",
        "closes": "00:00",
    }
    assert between == HOURS | {
        "validFrom": "2026-12-28",
        "validThrough": "2026-12-30",
        "description": "9:00–12:00 (Mellandag)",
        "opens": "09:00",
        "closes": "12:00",
    }
    assert (last["description"], last["opens"], last["closes"]) == (
        "öppet som vanligt, nyårsafton (8:00–16:30)",
        "08:00",
        "16:30",
    )


def test_nothing_that_an_editor_types_ends_the_script(client, centre):
    centre.name_sv = "</script><script>alert(1)</script> & <!-- Exempel"
    centre.save()
    page = client.get("/kontaktcenter/").content.decode()
    assert "<script>alert" not in page
    assert on_page(client, "/kontaktcenter/")[0]["name"] == centre.name_sv
