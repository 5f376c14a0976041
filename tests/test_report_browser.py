"""A report sent in a real browser: by keyboard alone, without JavaScript, in the colours of the visitor's system."""

import re
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests import axe
from tests.real_site import served, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.xdist_group("browser")]

FORM = "/tillganglighet/rapportera/?page=/vanorter/"
LOOKS = [
    {"forced_colors": "active"},
    {"color_scheme": "dark"},
    {"java_script_enabled": False},
]


@pytest.fixture(scope="module")
def site(tmp_path_factory, django_db_blocker):
    """A site of its own, so that the reports here use up nobody else's hour."""
    with django_db_blocker.unblock(), served(tmp_path_factory.mktemp("reporting"), DATABASE_URL="") as running:
        yield running


def where_focus_is(page):
    return page.locator(":focus")


def tab_to(page, target):
    """Goes on by Tab until the target has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if target.evaluate("(element) => element === document.activeElement"):
            return
    pytest.fail(f"the keyboard does not reach {target}")


def faults(page):
    """What axe finds, and whether the page scrolls sideways."""
    width = page.evaluate("document.documentElement.scrollWidth")
    return axe.violations(page) + [f"scrolls: {width}"] * (width > 320)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: next(iter(look)))
def test_a_report_is_sent_by_keyboard_alone(browser, site, look):
    has_script = look.get("java_script_enabled", True)
    context = browser.new_context(base_url=site.url, viewport={"width": 320, "height": 640}, **look)
    with closing(context):
        page = context.new_page()
        page.goto(FORM)
        what, where = (
            page.get_by_label(re.compile("^Vad fungerade inte")),
            page.get_by_label(re.compile("^På vilken sida")),
        )
        send = page.get_by_role("button", name="Skicka rapporten")
        expect(where).to_have_value("/vanorter/")
        expect(page.locator("[name=website]")).to_be_hidden()
        if has_script:
            assert faults(page) == []

        tab_to(page, what)
        page.keyboard.type("Kort")
        fields = []
        while not send.evaluate("(element) => element === document.activeElement"):
            page.keyboard.press("Tab")
            fields.append(where_focus_is(page).get_attribute("name"))
        assert fields == ["where", "used", "reach", None]
        page.keyboard.press("Enter")

        summary = page.get_by_role("alert")
        expect(summary).to_be_focused()
        expect(summary).to_be_in_viewport()
        expect(what).to_have_value("Kort")
        expect(what).to_have_attribute("aria-invalid", "true")
        expect(page).to_have_title(re.compile("^Inte skickad än: "))
        if has_script:
            assert faults(page) == []
        page.keyboard.press("Tab")
        expect(where_focus_is(page)).to_have_text("Vad fungerade inte?")
        page.keyboard.press("Enter")
        if not what.evaluate("(element) => element === document.activeElement"):
            page.keyboard.press("Tab")  # without script the link moves only where Tab goes on from
        expect(what).to_be_focused()
        page.keyboard.press("End")
        page.keyboard.type(", men nu längre än så.")

        def send_it():
            """Faster than a person, it is not taken; nothing is lost, and it can be sent again."""
            expect(what).to_have_value("Kort, men nu längre än så.")
            tab_to(page, send)
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return page.get_by_role("heading", level=1).inner_text() == "Tack för din rapport"

        wait_for(send_it)
        if has_script:
            assert faults(page) == []
        assert context.cookies() == []
        assert page.url == f"{site.url}/tillganglighet/rapportera/tack/"


def test_a_notice_made_at_the_desk_stands_above_its_page_and_covers_nothing(browser, site):
    context = browser.new_context(base_url=site.url, viewport={"width": 1440, "height": 900})
    with closing(context):
        desk = context.new_page()
        desk.goto("/admin/partnerships/notice/add/")
        desk.get_by_label("Användarnamn").fill(site.username)
        desk.get_by_label("Lösenord").fill(site.password)
        desk.keyboard.press("Enter")
        desk.get_by_label("Varning").check()
        desk.get_by_label("På vilken sida").fill(f"{site.url}/en/twin-towns/tempe/?utm_source=x")
        desk.get_by_label("Länk", exact=True).fill(f"{site.url}/en/contact/")
        desk.locator("#id_text_sv").fill("Det här är bara ett prov.")
        desk.locator("#id_link_text_sv").fill("Fråga oss om provet")
        desk.get_by_role("button", name="Spara", exact=True).first.click()
        expect(desk.locator(".messagelist .success")).to_be_visible()
        expect(desk.locator("#result_list .field-page")).to_have_text("/vanorter/tempe/")

    for look in ({"forced_colors": "active"}, {"color_scheme": "dark"}, {"color_scheme": "light"}):
        context = browser.new_context(base_url=site.url, viewport={"width": 320, "height": 640}, **look)
        with closing(context):
            page = context.new_page()
            for address, kind, way in (
                ("/vanorter/tempe/", "Viktigt:", "/kontakt/"),
                ("/en/twin-towns/tempe/", "Important:", "/en/contact/"),
            ):
                page.goto(address)
                notice = page.get_by_role("alert")
                expect(notice).to_contain_text(f"{kind} Det här är bara ett prov.")
                link = notice.get_by_role("link", name="Fråga oss om provet")
                expect(link).to_have_attribute("href", way)
                assert link.bounding_box()["height"] >= 44
                bar, box, main = (page.locator(selector).bounding_box() for selector in (".bar", ".notices", "main"))
                assert bar["y"] + bar["height"] <= box["y"]
                assert box["y"] + box["height"] <= main["y"]
                assert faults(page) == []
            page.goto("/vanorter/")
            expect(page.get_by_role("alert")).to_have_count(0)
