"""Every public page in a real browser, in both languages: accessible, whole without JavaScript, at home on any screen
and nobody's business but the visitor's.

Each page is visited once (visiting.py) and what is wrong with it is noted; the tests look at the notes. That a fault
would be noted is shown in test_browser_faults.py.
"""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from django.utils import translation
from playwright.sync_api import expect

from partnerships.urls import pages_in_each_language
from tests.addresses import EXTRAS, LANGUAGES, NOT_PAGES, language_of, listed, route_names
from tests.visiting import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.once]

KINDS = [
    "answers",
    "axe",
    "fits",
    "keyboard",
    "silent",
    "loads whole",
    "asks nobody else",
    "keeps nothing",
    "moves by itself",
    "less motion",
    "whole without JavaScript",
]


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def public_pages(served_site, language):
    """The addresses of all public pages in the language, as the site itself lists them."""
    return listed(served_site)[language]


@pytest.fixture(scope="module")
def visits(browser, served_site, public_pages, language):
    """{Address: Visit} of every page in the language."""
    with Visitor(browser, served_site.url) as visitor:
        return {address: visitor.visit(address) for address in public_pages + EXTRAS[language]}


def test_all_pages_are_listed(public_pages):
    assert len(public_pages) == len(set(public_pages)) == 20


def test_every_route_is_visited(public_pages, language):
    """A new kind of page must be in the sitemap or among the extras; what is no page says so there."""
    with translation.override(language):
        visited = {
            resolve(urlsplit(address.path).path).url_name
            for address in public_pages + EXTRAS[language]
            if address.status == 200
        }
    assert visited | set(NOT_PAGES) == set(route_names(pages_in_each_language))


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_has_a_fault(visits, kind):
    assert {str(address): seen.faults[kind] for address, seen in visits.items() if kind in seen.faults} == {}


def test_no_kind_of_fault_is_forgotten(visits):
    assert {kind for seen in visits.values() for kind in seen.faults} - set(KINDS) == set()


def test_pages_say_what_they_are(visits, public_pages, language):
    for address, seen in visits.items():
        assert seen.notes["language"] == language, address
        assert seen.notes["headings"] == 1, address
        assert seen.notes["title"], address
    for address in public_pages:
        notes = visits[address].notes
        assert notes["crumbs"] >= 2, address
        assert len(notes["description"]) > 20, address
        assert len(notes["text"]) > 500, address
        assert urlsplit(notes["canonical"]).path == address.path
    titles = [visits[address].notes["title"] for address in public_pages]
    assert len(set(titles)) == len(titles) == 20


def test_language_links_lead_there_and_back(served_site, visits, public_pages, language):
    """Each page leads to the one in the other language that the site's own list gives as its twin."""
    twins = {}
    for entry in re.findall(r"<url>.*?</url>", served_site.get("/sitemap.xml").content.decode(), re.DOTALL):
        paths = {urlsplit(found).path for found in re.findall(r'hreflang="(?:sv|en)" href="(.*?)"', entry)}
        for path in paths:
            (twins[path],) = paths - {path}
    for address in public_pages:
        ((other, path),) = visits[address].notes["others"]
        assert other == language_of(path) != language, address
        assert path == twins[address.path]
        assert twins[path] == address.path
        assert [other, path] in visits[address].notes["alternates"], address


@pytest.mark.parametrize("address", ["/", "/en/twin-towns/tempe/", "/kontakt/", "/finns-inte/", "/en/finns-inte/"])
def test_skip_link_is_first_and_leads_to_the_content(page, address):
    page.goto(address)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_attribute("href", "#content")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
