"""How far away a town is, in kilometres and in hours, at any time of the year."""

import datetime
import math
import re

import pytest
from playwright.sync_api import expect

from partnerships.geography import Place, distance_km
from partnerships.time_beside import Difference, difference
from tests import factories as make
from tests.test_pages import html, told
from tests.visiting import IN_PAGE

WINTER, SUMMER = (datetime.datetime(2026, month, 15, 12, tzinfo=datetime.UTC) for month in (12, 7))


@pytest.mark.parametrize(
    ("zone", "moment", "ahead"),
    [
        ("America/Phoenix", WINTER, -8 * 60),
        ("America/Phoenix", SUMMER, -9 * 60),
        ("Atlantic/Reykjavik", SUMMER, -120),
        ("Europe/Helsinki", WINTER, 60),
        ("Europe/Copenhagen", SUMMER, 0),
        ("Asia/Kathmandu", WINTER, 4 * 60 + 45),
        ("Pacific/Auckland", WINTER, 12 * 60),
        ("Pacific/Kiritimati", WINTER, 13 * 60),
        ("Pacific/Pago_Pago", SUMMER, -13 * 60),
    ],
)
def test_difference_is_that_of_the_day(zone, moment, ahead):
    assert difference("Europe/Stockholm", zone, moment) == Difference(ahead)


@pytest.mark.parametrize(
    ("ahead", "hours", "minutes", "time", "day"),
    [
        (-480, 8, 0, "04:00", 0),
        (0, 0, 0, "12:00", 0),
        (285, 4, 45, "16:45", 0),
        (719, 11, 59, "23:59", 0),
        (720, 12, 0, "00:00", 1),
        (780, 13, 0, "01:00", 1),
        (-720, 12, 0, "00:00", 0),
        (-780, 13, 0, "23:00", -1),
        (-30, 0, 30, "11:30", 0),
    ],
)
def test_difference_is_told_by_the_noon_here(ahead, hours, minutes, time, day):
    apart = Difference(ahead)
    assert (apart.hours, apart.minutes, f"{apart.at_noon:%H:%M}", apart.day_at_noon) == (hours, minutes, time, day)


def test_distance_agrees_with_the_law_of_cosines():
    (south, west), (north, east) = (33.43, -111.94), (58.28, 12.29)
    a, b, turn = math.radians(south), math.radians(north), math.radians(east - west)
    angle = math.acos(math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn))
    assert distance_km(Place(south, west), Place(north, east)) == pytest.approx(angle * 6371.0088, abs=0.01)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            "/vanorter/tempe/",
            (
                "8 600 km fågelvägen från Trollhättan. 8 timmar efter oss. "
                "När klockan är 12:00 i Trollhättan är den 4:00 i Tempe."
            ),
        ),
        ("/vanorter/hjorring/", "160 km fågelvägen från Trollhättan. Klockan är lika mycket som hos oss."),
        ("/vanorter/kerava/", "760 km fågelvägen från Trollhättan. 1 timme före oss."),
        ("/en/twin-towns/tempe/", "8,600 km as the crow flies from Trollhättan. 8 hours behind us."),
    ],
)
def test_a_towns_page_tells_both(client, content, time_machine, strict_templates, address, words):
    time_machine.move_to(WINTER, tick=False)
    assert words in told(html(client, address))


@pytest.mark.django_db
def test_what_is_not_known_is_not_told(client):
    make.SiteSettingsFactory(latitude=None, longitude=None)
    make.TwinTownFactory(slug="okand", time_zone="")
    page = html(client, "/vanorter/okand/")
    assert "far-heading" not in page
    assert "clocks.js" not in page


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.xdist_group("browser")
def test_two_clocks_go_while_the_page_is_open(page):
    page.clock.install(time=datetime.datetime(2026, 12, 15, 7, 59, 30, tzinfo=datetime.UTC))
    page.goto("/vanorter/tempe/")
    clocks = page.locator(".clock")
    expect(clocks).to_have_text([re.compile(r"Tempe\s+0:59\s+tisdag"), re.compile(r"Trollhättan\s+8:59\s+tisdag")])
    page.clock.fast_forward(30_000)
    expect(clocks).to_have_text([re.compile(r"Tempe\s+1:00\s+tisdag"), re.compile(r"Trollhättan\s+9:00\s+tisdag")])


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.xdist_group("browser")
def test_the_clocks_move_nothing_when_they_start(page):
    page.add_init_script(IN_PAGE["moved"])
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/vanorter/tempe/")
        expect(page.locator(".clock")).to_have_count(2)
        assert page.evaluate("window.moved") == 0
