"""Suggestions while one types, in a real browser: by keyboard and mouse, told to screen readers, never in the way."""

import pytest
from playwright.sync_api import expect

from tests import axe

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.xdist_group("browser")]


@pytest.fixture
def field(page):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/")
    field = page.locator("#search")
    field.click()
    field.press_sequentially("temp")
    expect(field).to_have_attribute("aria-expanded", "true")
    return field


def test_suggestions_are_chosen_with_the_arrow_keys(page, field):
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_role("combobox")
    expect(page.locator("[role=status]", has_text="förslag")).to_have_count(1)
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    field.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "false")
    field.press("ArrowDown")
    field.press("ArrowDown")
    address = options.nth(1).get_attribute("data-address")
    field.press("Enter")
    page.wait_for_url(f"**{address}")


def test_a_suggestion_is_chosen_with_the_mouse(page, field):
    page.get_by_role("option", name="Tempe Vänort").click()
    page.wait_for_url("**/vanorter/tempe/")


def test_escape_closes_and_enter_searches(page, field):
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(field).to_have_value("temp")
    field.press("Enter")
    page.wait_for_url("**/sok/?q=temp")
    expect(page.locator("main mark").first).to_have_text("Tempe")


def test_leaving_the_field_closes_them(page, field):
    page.keyboard.press("Tab")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_the_form_works_without_javascript(new_context):
    page = new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900}).new_page()
    page.goto("/en/")
    page.locator("#search").fill("exchange")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=exchange")
    expect(page.locator("h1")).to_have_text("Search")
    expect(page.locator("main mark").first).to_be_visible()


def test_open_suggestions_have_no_fault(page, field):
    for media in ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}):
        page.emulate_media(**media)
        field.press("ArrowDown")
        assert axe.violations(page) == []
