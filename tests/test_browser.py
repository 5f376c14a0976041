"""Every public page in a real browser: accessible, whole without JavaScript, at home on any screen, and nobody's
business but the visitor's. And the admin, once through, as the coordinator uses it.

Each page is visited once and what is there is noted; the tests look at the notes.
"""

import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.xdist_group("browser")]

AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# Not for search engines.
UNLISTED = [
    "/tillganglighet/rapportera/",
    "/en/accessibility/report/",
    "/tillganglighet/rapportera/tack/",
    "/en/accessibility/report/thanks/",
]
ERROR_PAGES = ["/finns-inte/", "/en/finns-inte/"]
SMALL, LARGE = {"width": 320, "height": 640}, {"width": 1440, "height": 900}
NOTES = """() => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    return {
        language: document.documentElement.lang,
        title: document.title,
        headings: all("h1").length,
        crumbs: all("nav[aria-label=Breadcrumbs] li, nav[aria-label=Brödsmulor] li").length,
        description: document.querySelector("meta[name=description]")?.content ?? "",
        canonical: document.querySelector("link[rel=canonical]")?.href,
        others: all("header a[hreflang]").map((link) => [link.hreflang, link.getAttribute("href")]),
        alternates: all("link[rel=alternate]").map((link) => [link.hreflang, new URL(link.href).pathname]),
        text: document.body.innerText,
    };
}"""


@dataclass
class Visit:
    notes: dict
    violations: list = field(default_factory=list)
    widths: dict = field(default_factory=dict)
    console: list = field(default_factory=list)
    hosts: set = field(default_factory=set)
    failed: list = field(default_factory=list)
    cookies: list = field(default_factory=list)


def axe_violations(page):
    found = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    return [f"{broken['id']}: {node['html']}" for broken in found for node in broken["nodes"]]


def visit(context, address):
    page = context.new_page()
    seen = Visit({})
    page.on("console", lambda message: seen.console.append(message.text))
    page.on("pageerror", lambda error: seen.console.append(str(error)))
    page.on("request", lambda request: seen.hosts.add(urlsplit(request.url).netloc))
    page.on("response", lambda response: response.ok or seen.failed.append(f"{response.status} {response.url}"))
    page.goto(address)
    seen.notes = page.evaluate(NOTES)
    for viewport, scheme in ((LARGE, "light"), (SMALL, "dark")):
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        seen.widths[viewport["width"]] = page.evaluate("document.documentElement.scrollWidth")
        seen.violations += axe_violations(page)
    seen.cookies = context.cookies()
    page.close()
    return seen


@pytest.fixture(scope="module")
def public_pages(served_site):
    """The addresses of all public pages in both languages, as the site itself lists them."""
    listed = re.findall(r"<loc>(.*?)</loc>", served_site.get("/sitemap.xml").content.decode())
    assert all(address.startswith(f"{served_site.url}/") for address in listed)
    return [urlsplit(address).path for address in listed]


@pytest.fixture(scope="module")
def visits(browser, served_site, public_pages):
    """{address: Visit} of every public page, and of pages that tell of an error."""
    context = browser.new_context(base_url=served_site.url, viewport=LARGE, reduced_motion="reduce")
    found = {address: visit(context, address) for address in public_pages + UNLISTED + ERROR_PAGES}
    context.close()
    return found


def noted(visits, what):
    """{address: value} where there is something to note."""
    return {address: getattr(seen, what) for address, seen in visits.items() if getattr(seen, what)}


def test_all_pages_are_listed(public_pages):
    assert len(public_pages) == len(set(public_pages)) == 40


def test_axe_finds_nothing(visits):
    assert noted(visits, "violations") == {}


def test_axe_would_find_something(page):
    page.goto("/")
    page.evaluate("document.querySelector('h1').outerHTML = '<img src=x>'")
    found = {violation.partition(":")[0] for violation in axe_violations(page)}
    assert {"image-alt", "page-has-heading-one"} <= found


@pytest.mark.parametrize("width", [320, 1440])
def test_no_page_scrolls_sideways(visits, width):
    assert {address: seen.widths[width] for address, seen in visits.items() if seen.widths[width] > width} == {}


def test_pages_are_silent(visits, public_pages):
    public = {address: visits[address] for address in public_pages}
    assert noted(public, "console") == {}
    assert noted(public, "failed") == {}


def test_pages_ask_nobody_else_and_set_no_cookies(visits, served_site):
    assert set().union(*(seen.hosts for seen in visits.values())) == {f"127.0.0.1:{served_site.port}"}
    assert noted(visits, "cookies") == {}


def test_pages_say_what_they_are(visits, public_pages):
    for address in public_pages:
        notes = visits[address].notes
        assert notes["language"] == ("en" if address.startswith("/en/") else "sv"), address
        assert notes["headings"] == 1, address
        assert notes["crumbs"] >= 2, address
        assert len(notes["description"]) > 20, address
        assert urlsplit(notes["canonical"]).path == address
    for is_english in (False, True):
        titles = [
            visits[address].notes["title"] for address in public_pages if address.startswith("/en/") == is_english
        ]
        assert all(titles)
        assert len(set(titles)) == len(titles) == 20


def test_language_links_lead_there_and_back(visits, public_pages):
    leads_to = {}
    for address in public_pages:
        other = "sv" if address.startswith("/en/") else "en"
        ((language, leads_to[address]),) = visits[address].notes["others"]
        assert language == other, address
        assert [other, leads_to[address]] in visits[address].notes["alternates"], address
    assert {address: leads_to[other] for address, other in leads_to.items()} == {page: page for page in public_pages}


def test_pages_are_whole_without_javascript(new_context, visits, public_pages):
    page = new_context(java_script_enabled=False, viewport=LARGE).new_page()
    for address in public_pages:
        page.goto(address)
        text = page.locator("body").inner_text()
        assert text == visits[address].notes["text"], address
        assert len(text) > 500, address


@pytest.mark.parametrize("address", ["/", "/en/twin-towns/tempe/", "/kontakt/", *ERROR_PAGES])
def test_skip_link_is_first_and_leads_to_the_content(page, address):
    page.goto(address)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_attribute("href", "#content")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


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
    page.get_by_role("button", name="Spara", exact=True).first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert time.monotonic() - started < 60
    # Written as one does at home, with a hyphen at which it does not break, and for those abroad.
    for address, number in {
        "/kontakt/": "08\N{NON-BREAKING HYPHEN}465 004 99",
        "/en/contact/": "+46 8 465 004 99",
    }.items():
        page.goto(address)
        expect(page.locator("main a[href='tel:+46846500499']")).to_have_text(number)
