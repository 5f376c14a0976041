"""What the buttons of the desk's bar open: over the form where the window is wide, and closed by going on."""

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def page(browser):
    context = browser.new_context(locale="sv-SE")
    page = context.new_page()
    with translation.override("sv"):
        bar = render_to_string("admin/draft_buttons.html", {"state_words": ""})
    page.set_content(f"<form><label>Namn <input></label>{bar}</form>")
    page.add_style_tag(content="label:first-child { display: block; block-size: 700px }")
    page.add_style_tag(path=finders.find("css/admin-drafts.css"))
    page.add_script_tag(path=finders.find("js/panels.js"), type="module")
    yield page
    context.close()


@pytest.fixture
def note(page):
    return page.get_by_label("En rad till den som godkänner")


@pytest.fixture
def button(page):
    return page.locator("summary", has_text="Skicka för godkännande")


@pytest.fixture
def wide(page, button, note):
    page.set_viewport_size({"width": 1440, "height": 900})
    button.click()
    expect(note).to_be_visible()


@pytest.mark.usefixtures("wide")
def test_escape_closes_it_and_leads_back_to_its_button(page, button, note):
    note.press("Escape")
    expect(note).to_be_hidden()
    expect(button).to_be_focused()


@pytest.mark.usefixtures("wide")
def test_it_stays_while_one_is_in_it(note):
    note.click()
    note.fill("Klar")
    note.press("Tab")
    expect(note).to_be_visible()


@pytest.mark.usefixtures("wide")
@pytest.mark.parametrize("go", [lambda page: page.mouse.click(700, 5), lambda page: page.get_by_label("Namn").focus()])
def test_it_closes_when_one_goes_elsewhere(page, note, go):
    go(page)
    expect(note).to_be_hidden()


@pytest.mark.usefixtures("wide")
def test_only_one_is_open(page, note):
    page.locator("summary", has_text="Mer").click()
    expect(page.get_by_text("Dela förhandsvisning")).to_be_visible()
    expect(note).to_be_hidden()


def test_on_a_phone_it_stays_in_its_place(page, button, note):
    page.set_viewport_size({"width": 360, "height": 780})
    button.click()
    note.press("Escape")
    page.get_by_label("Namn").focus()
    expect(note).to_be_visible()
