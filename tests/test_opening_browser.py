"""What holds just now, in a real browser: it changes by itself, and is told in the reader's own time too."""

import datetime
import json
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from partnerships.opening_values import ZONE, clock
from tests.visiting import IN_PAGE

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.xdist_group("browser")]

CENTRE = "main .open-now"
PHOENIX = ZoneInfo("America/Phoenix")


def changes(page):
    """[(when, state, words)] that the page has been sent with."""
    sent = json.loads(page.locator(CENTRE).get_attribute("data-open-now"))
    return [(datetime.datetime.fromisoformat(began), state, words) for began, state, words in sent]


def closing(page):
    """The first moment at which an open centre closes, and the words from then on."""
    told = changes(page)
    return next((after[0], after[2]) for before, after in pairwise(told) if (before[1], after[1]) == ("open", "closed"))


def test_the_words_change_by_themselves_when_it_closes(page):
    page.goto("/kontaktcenter/")
    closes, words = closing(page)
    assert clock(closes.astimezone(ZONE)) == "16:30"
    page.clock.install(time=closes - datetime.timedelta(seconds=10))
    page.clock.pause_at(closes - datetime.timedelta(seconds=9))
    page.reload()
    told = page.locator(".open-now")
    expect(told).to_have_text(["Öppet nu · stänger 16:30"] * told.count())
    page.clock.run_for(8_000)
    expect(told).to_have_text(["Öppet nu · stänger 16:30"] * told.count())
    page.clock.run_for(2_000)
    expect(told).to_have_text([words] * told.count())
    assert words.startswith("Stängt nu · ")
    expect(page.locator(f"{CENTRE}.open-now--closed")).to_have_count(1)


def test_at_midnight_the_week_marks_another_day(page):
    page.goto("/kontaktcenter/")
    marked = page.locator("tr[aria-current=date]")
    first = page.locator("tr[data-day]").first.get_attribute("data-day")
    monday_night = datetime.datetime.fromisoformat(f"{first}T23:59:55").replace(tzinfo=ZONE)
    page.clock.install(time=monday_night)
    page.reload()
    expect(marked).to_have_count(1)
    expect(marked.locator("th")).to_contain_text("Måndag")
    page.clock.run_for(6_000)
    expect(marked).to_have_count(1)
    expect(marked.locator("th")).to_contain_text("Tisdag")
    expect(page.locator(".week__today")).to_have_text(["i dag"])


def test_a_page_that_is_left_open_too_long_says_nothing_false(page):
    page.goto("/kontaktcenter/")
    end = changes(page)[-1][0]
    page.clock.install(time=end - datetime.timedelta(seconds=5))
    page.reload()
    expect(page.locator(CENTRE)).to_be_visible()
    page.clock.run_for(6_000)
    expect(page.locator(CENTRE)).to_be_hidden()
    expect(page.locator("main .hours")).to_contain_text("Måndag–fredag: 8:00–16:30")


def test_a_reader_elsewhere_gets_the_hours_in_their_own_time(new_context):
    page = new_context(timezone_id="America/Phoenix").new_page()
    page.goto("/en/contact-centre/")
    told = 0
    for row in page.locator("tr[data-day]").all():
        times = [datetime.datetime.fromisoformat(time.get_attribute("datetime")) for time in row.locator("time").all()]
        if not times:
            expect(row.locator(".week__own")).to_have_count(0)
            continue
        day = datetime.date.fromisoformat(row.get_attribute("data-day"))
        own = [time.astimezone(PHOENIX) for time in times]
        words = [clock(time) if time.date() == day else f"{time:%a} {clock(time)}" for time in own]
        expect(row.locator(".week__own")).to_have_text(f"{words[0]}–{words[1]} your time")
        told += 1
    assert told
    expect(page.locator("main .open-now")).to_contain_text("your time")


def test_a_reader_in_our_own_time_is_told_it_once(new_context):
    page = new_context(timezone_id="Europe/Berlin").new_page()
    page.goto("/en/contact-centre/")
    expect(page.locator("tr[aria-current=date]")).to_have_count(1)
    assert "your time" not in page.locator("body").inner_text()


def test_their_own_time_moves_nothing_when_it_comes(new_context):
    page = new_context(timezone_id="America/Phoenix", viewport={"width": 1440, "height": 900}).new_page()
    page.add_init_script(IN_PAGE["moved"])
    page.goto("/en/contact-centre/")
    expect(page.locator(".week__own").first).to_be_visible()
    assert page.evaluate("window.moved") == 0
