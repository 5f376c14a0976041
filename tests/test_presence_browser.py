"""A form that is open tells so every 20 seconds for as long as it is looked at, and says who else has it open."""

from urllib.parse import parse_qs

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.once]

SITE = "https://desk.example.org"
ADD = "/admin/partnerships/network/add/"
PAGE = f"""<!DOCTYPE html><html lang="sv"><head><title>Prov</title>
<script type="module" src="/static/js/presence.js"></script></head><body><form>
<input type="hidden" name="csrfmiddlewaretoken" value="exempel">
<p role="status" data-presence="{SITE}/present/">Bo har också formuläret öppet.</p></form></body></html>"""


@pytest.fixture
def told(page):
    """What the page has told the server, which answers with the words that a test has put there."""
    told = []

    def answer(route):
        request = route.request
        path = request.url.removeprefix(SITE)
        if path.startswith("/static/"):
            route.fulfill(path=finders.find(path.removeprefix("/static/")))
        elif request.method == "GET":
            route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")
        elif page.words is None:
            route.abort()
        else:
            told.append({name: values[0] for name, values in parse_qs(request.post_data).items()})
            route.fulfill(json={"words": page.words})

    page.words = ""
    page.context.route(f"{SITE}/**", answer)
    page.clock.install(time="2026-11-23T14:00:00")
    page.goto(SITE + ADD)
    page.clock.pause_at("2026-11-23T14:00:10")
    return told


@pytest.fixture
def page(browser):
    context = browser.new_context(locale="sv-SE")
    yield context.new_page()
    context.close()


def says(page, words):
    expect(page.get_by_role("status")).to_have_text(words)


def test_it_tells_and_asks_at_once_and_every_twenty_seconds(page, told):
    says(page, "")
    page.evaluate("history.replaceState(null, '', '?draft=7')")
    page.words = "Anna Exempel har också formuläret öppet."
    page.clock.run_for(20_000)
    says(page, page.words)
    assert told == [
        {"csrfmiddlewaretoken": "exempel", "address": ADD},
        {"csrfmiddlewaretoken": "exempel", "address": f"{ADD}?draft=7"},
    ]


def test_without_network_the_words_stay(page, told):
    page.words = None
    with page.expect_event("requestfailed"):
        page.reload()
    says(page, "Bo har också formuläret öppet.")
    page.words = ""
    page.clock.run_for(20_000)
    says(page, "")


def test_form_that_is_not_looked_at_says_nothing(page, told):
    says(page, "")
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    page.clock.run_for(60_000)
    page.evaluate("delete document.hidden")
    page.words = "Anna Exempel har också formuläret öppet."
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    says(page, page.words)
    assert len(told) == 2


def test_it_says_so_when_it_is_left_and_when_it_comes_back(page, told):
    says(page, "")
    for event in ("pagehide", "pageshow"):
        with page.expect_response(f"{SITE}/present/"):
            page.evaluate("(name) => dispatchEvent(new PageTransitionEvent(name, { persisted: true }))", event)
    assert [post.get("left") for post in told] == [None, "1", None]
