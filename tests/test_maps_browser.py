"""The maps in a real browser: within reach of the keyboard, large enough to hit, their names never in the way."""

import itertools

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.xdist_group("browser")]

PHONE, DESK = {"width": 320, "height": 640}, {"width": 1440, "height": 900}


def overlap(one, other):
    return (
        one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] < other["bottom"]
        and other["top"] < one["bottom"]
    )


@pytest.mark.parametrize("viewport", [PHONE, {"width": 400, "height": 700}, {"width": 600, "height": 800}, DESK])
def test_names_and_targets_have_room(page, viewport):
    page.set_viewport_size(viewport)
    page.goto("/vanorter/")
    for picture in page.locator(".map__picture").all():
        names = [box.evaluate("(it) => it.getBoundingClientRect().toJSON()") for box in picture.locator("text").all()]
        hits = [
            box.evaluate("(it) => it.getBoundingClientRect().toJSON()") for box in picture.locator(".map__hit").all()
        ]
        frame = picture.evaluate("(it) => it.getBoundingClientRect().toJSON()")
        sizes = picture.locator("text").evaluate_all(
            "(all) => all.map((it) => parseFloat(getComputedStyle(it).fontSize) * it.getCTM().a)"
        )
        assert min(sizes) >= 15.99
        assert max(sizes) < 24
        for one, other in itertools.combinations(names, 2):
            assert not overlap(one, other)
        for one, other in itertools.combinations(hits, 2):
            assert not overlap(one, other)
        for box in names + hits:
            assert box["left"] >= frame["left"] - 1
            assert box["right"] <= frame["right"] + 1
        for hit in hits:
            assert min(hit["width"], hit["height"]) >= 24


def test_towns_on_the_maps_are_reached_by_the_keyboard(page):
    page.set_viewport_size(PHONE)
    page.goto("/en/twin-towns/")
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.locator(".map__picture a:focus")
        if focused.count():
            reached.append(focused.get_attribute("href"))
            stroke = focused.locator(".map__hit").evaluate("(it) => getComputedStyle(it).strokeWidth")
            assert stroke == "3px"
    assert reached == [
        f"/en/twin-towns/{slug}/" for slug in ("tempe", "reykjanesbaer", "hjorring", "kristiansand", "kerava")
    ]
    page.locator(".map__picture").last.get_by_role("link", name="Kerava, Finland, former twin town").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Kerava")


def test_a_click_on_a_mark_or_a_name_leads_to_the_town(page):
    page.set_viewport_size(PHONE)
    for part in (".map__mark", "text"):
        page.goto("/vanorter/")
        page.locator(f'.map__picture a[href="/vanorter/hjorring/"] {part}').click()
        expect(page.locator("h1")).to_have_text("Hjörring")


def test_the_land_is_there(page):
    page.goto("/vanorter/")
    for land in page.locator(".map__land").all():
        assert land.evaluate("(it) => it.getBBox().width") > 1000
        assert land.evaluate("(it) => getComputedStyle(it).fill") == "rgb(247, 248, 245)"
