"""The map for search engines: one while it is small, an index of sections when it is not."""

import re

import pytest

from partnerships import sitemaps
from tests import factories as make
from tests.test_pages import html

pytestmark = pytest.mark.django_db


def locations(client, address):
    return re.findall(r"<loc>http://testserver([^<]+)</loc>", html(client, address))


@pytest.fixture
def towns(monkeypatch):
    monkeypatch.setattr(sitemaps.Published, "limit", 2)
    return [make.TwinTownFactory(slug=f"a-{n}") for n in range(5)]


def test_what_fits_is_one_map(client, towns):
    for town in towns[2:]:
        town.delete()
    found = locations(client, "/sitemap.xml")
    assert found[-4:] == ["/vanorter/a-0/", "/en/twin-towns/a-0/", "/vanorter/a-1/", "/en/twin-towns/a-1/"]


def test_what_does_not_fit_is_an_index_of_sections(client, towns):
    make.NetworkFactory(slug="nat")
    sections = locations(client, "/sitemap.xml")
    assert sections == [
        "/sitemap-pages.xml",
        "/sitemap-towns.xml",
        "/sitemap-towns.xml?p=2",
        "/sitemap-towns.xml?p=3",
        "/sitemap-networks.xml",
        "/sitemap-programs.xml",
    ]
    found = [address for section in sections for address in locations(client, section)]
    assert len(found) == len(set(found))
    assert [address for address in found if address.startswith("/vanorter/a-")] == [
        f"/vanorter/a-{n}/" for n in range(5)
    ]
    assert {"/", "/en/", "/en/twin-towns/a-4/", "/natverk/nat/"} <= set(found)


@pytest.mark.parametrize("address", ["/sitemap-towns.xml?p=4", "/sitemap-towns.xml?p=x", "/sitemap-users.xml"])
def test_a_section_or_page_that_is_not_there_is_not_found(client, towns, address):
    assert client.get(address).status_code == 404
