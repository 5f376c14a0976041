"""The accessibility statement: all that it must hold by law, in both languages, and nothing that is not known."""

import re

import pytest

from partnerships.choices import PageKey
from tests import factories as make
from tests.test_pages import html, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates"), pytest.mark.once]

MUST_HOLD = {
    "/tillganglighet/": [
        "Trollhättans Stad",
        "Vänorter och nätverk, http",
        "Lagen (2018:1937) om tillgänglighet till digital offentlig service",
        "Ännu inte bedömd i sin helhet",
        "Testad 24 november 2026",
        "Redogörelsen senast ändrad 24 november 2026",
        "WCAG 2.2 på nivå AA",
        "EN 301 549 V3.2.1",
        "Undantag för oskäligt betungande anpassning (§ 12)",
        "Vad lagen inte omfattar (§ 9)",
        "i bredderna 320, 768 och 1440 pixlar",
        "Nu HTML Checker",
        "Ännu har ingen person som använder hjälpmedel testat webbplatsen.",
        "Du behöver varken namn eller e-postadress.",
        "Myndigheten för digital förvaltning (DIGG)",
    ],
    "/en/accessibility/": [
        "City of Trollhättan",
        "Twin towns and networks, http",
        "The act (2018:1937) on the accessibility of digital public services",
        "Not yet assessed as a whole",
        "WCAG 2.2 at level AA",
        "EN 301 549 V3.2.1",
        "Exceptions for unreasonable burden (§ 12)",
        "What the law does not cover (§ 9)",
        "at widths of 320, 768 and 1440 pixels",
        "Nu HTML Checker",
        "No person who uses assistive technology has tested the website yet.",
        "You need neither a name nor an e-mail address.",
    ],
}


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("address", MUST_HOLD)
def test_the_statement_holds_what_it_must(client, address):
    page = html(client, address)
    words = told(page).replace("&nbsp;", " ").replace("\xa0", " ")
    assert [part for part in MUST_HOLD[address] if part not in words] == []
    assert page.count('<a href="https://www.digg.se/tdosanmalan">') == 1
    form = "/en/accessibility/report/" if address.startswith("/en/") else "/tillganglighet/rapportera/"
    assert page.count(f'<a class="do" href="{form}">') == 2


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("address", MUST_HOLD)
def test_its_contents_lead_to_each_part(client, address):
    page = html(client, address)
    contents = re.search(r'<nav class="statement__contents".*?</nav>', page, re.DOTALL)[0]
    links = re.findall(r'<a href="#([\w-]+)">([^<]+)</a>', contents)
    assert [anchor for anchor, _words in links] == [
        "not-accessible",
        "burden",
        "not-covered",
        "tested",
        "tell-us",
        "supervision",
    ]
    for anchor, words in links:
        assert page.count(f'<h2 id="{anchor}">{words}</h2>') == 1


def test_a_statement_without_its_parts_names_none_of_them(client):
    make.PageFactory(key=PageKey.ACCESSIBILITY)
    page = html(client, "/tillganglighet/")
    assert re.findall(r'<a href="#([\w-]+)">', page) == ["not-accessible", "tell-us"]
    assert "§" not in page
    assert 'href="/tillganglighet/rapportera/"' in page
