"""What in the admin only a browser can show: suggested addresses, focus, the text editor, light and dark; and the
coordinator's errand, once through."""

import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests import axe

pytestmark = [pytest.mark.browser, pytest.mark.once]

NEW_TOWN = "/admin/partnerships/twintown/add/"
SPECIAL_DAYS = "/admin/partnerships/specialday/"
PAGES = [
    "/admin/",
    "/admin/partnerships/contact/",
    "/admin/partnerships/contact/1/change/",
    "/admin/partnerships/contactcentre/1/change/",
    "/admin/partnerships/image/",
    "/admin/partnerships/image/1/change/",
    "/admin/partnerships/image/1/delete/",
    SPECIAL_DAYS,
    NEW_TOWN,
    "/admin/handbok/",
    "/admin/handbok/anvandare/",
]


@pytest.fixture
def desk(page, served_site):
    page.goto("/admin/")
    page.get_by_label("Användarnamn").fill(served_site.username)
    page.get_by_label("Lösenord").fill(served_site.password)
    page.keyboard.press("Enter")
    expect(page.locator("#user-tools")).to_be_visible()
    return page


def test_a_new_address_is_suggested_without_swedish_letters(desk):
    desk.goto(NEW_TOWN)
    desk.locator("#id_name_sv").press_sequentially("Åmål & Östra Färgelanda")
    expect(desk.locator("#id_slug")).to_have_value("amal-ostra-fargelanda")


def test_after_errors_the_focus_is_in_their_summary_and_its_links_lead_to_the_fields(desk):
    desk.goto(NEW_TOWN)
    desk.locator("#id_slug").fill("Fel Adress")
    desk.get_by_role("button", name="Publicera", exact=True).click()
    summary = desk.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(3)
    expect(desk.locator(".errornote")).to_be_hidden()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator("#id_slug_error")).to_be_in_viewport()
    desk.keyboard.press("Tab")
    expect(desk.locator("#id_slug")).to_be_focused()


def test_long_texts_are_written_in_the_editor(desk):
    desk.goto("/admin/partnerships/page/")
    desk.locator("#result_list tbody th a").first.click()
    editor = desk.locator(".field-body_sv .tiptap")
    before = editor.inner_text()
    assert editor.bounding_box()["height"] >= 190
    editor.click()
    desk.keyboard.press("Control+End")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Control+b")
    desk.keyboard.type("Prov.")
    with desk.expect_navigation():  # what was typed stands in the page that goes, too
        desk.get_by_role("button", name="Spara utkast").click()
    expect(editor.locator("strong", has_text="Prov.")).to_be_visible()

    for _ in "Prov.\n":
        editor.press("Control+End")
        editor.press("Backspace")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Spara utkast").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert editor.inner_text().strip() == before.strip()


@pytest.mark.parametrize("width", [320, 360, 1024, 1440])
def test_special_days_are_answered_without_scrolling_sideways(desk, width):
    desk.set_viewport_size({"width": width, "height": 900})
    desk.goto(SPECIAL_DAYS)
    row = desk.locator("#result_list tbody tr").last
    expect(row.get_by_placeholder("från")).to_be_hidden()
    row.get_by_role("combobox").select_option("Andra tider")
    row.get_by_placeholder("till").focus()
    expect(row.get_by_placeholder("till")).to_be_in_viewport(ratio=1)
    expect(desk.get_by_role("button", name="Spara", exact=True)).to_be_in_viewport(ratio=1)
    assert desk.locator(".results").evaluate("(list) => list.scrollWidth - list.clientWidth") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_pages_fit_are_legible_and_ask_nobody_else(desk, served_site, scheme, width):
    hosts, complaints, faults = set(), [], {}
    desk.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    desk.on("console", lambda message: complaints.append(message.text))
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=scheme)
    for address in PAGES:
        desk.goto(address)
        # The text editor comes after the page, and what is measured while it fades has colours that nobody chose.
        desk.wait_for_load_state("networkidle")
        desk.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished))")
        rules = ["color-contrast", "link-in-text-block", "target-size", "image-alt", "link-name"]
        if found := axe.violations(desk, {"runOnly": rules, "resultTypes": ["violations"]}):
            faults[address] = found
        if desk.evaluate("document.documentElement.scrollWidth") > width:
            faults[f"{address} scrolls"] = width
    assert faults == {}
    assert complaints == []
    assert hosts <= {f"127.0.0.1:{served_site.port}", ""}


def test_coordinator_changes_a_phone_number_in_under_a_minute(page, served_site):
    started = time.monotonic()
    page.goto("/admin/")
    page.get_by_label("Användarnamn").fill(served_site.username)
    page.get_by_label("Lösenord").fill(served_site.password)
    page.keyboard.press("Enter")
    page.locator("#content").get_by_role("link", name="Kontakter", exact=True).click()
    page.get_by_role("searchbox").fill("internationell samordnare")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Internationell samordnare").click()
    page.get_by_label("Telefon").first.fill("08-465 004 99")
    page.get_by_role("button", name="Publicera", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert time.monotonic() - started < 60
    # Written as one does at home, with a hyphen at which it does not break, and for those abroad.
    for address, number in {
        "/kontakt/": "08\N{NON-BREAKING HYPHEN}465 004 99",
        "/en/contact/": "+46 8 465 004 99",
    }.items():
        page.goto(address)
        expect(page.locator("main a[href='tel:+46846500499']")).to_have_text(number)
