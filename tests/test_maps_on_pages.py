"""The maps of the towns, as they leave the server."""

import datetime
import gzip
import re

import pytest

from partnerships.choices import PartyStanding, PublicationState
from partnerships.models import SiteSettings, TwinTown
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates"), pytest.mark.once]

NBSP = "\N{NO-BREAK SPACE}"
HOME = {"town": "Exempelstad", "latitude": "58.28", "longitude": "12.29"}
WINTER = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _fixed_clock(time_machine):
    time_machine.move_to(WINTER, tick=False)


def html(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def links_on_maps(page):
    """{address: (title, label)} of the links in the page's maps."""
    found = {}
    for picture in re.findall(r'<svg class="map__picture".*?</svg>', page, re.S):
        for link in re.findall(r"<a .*?</a>", picture, re.S):
            title, label = re.search(r"<title>(.*?)</title>.*<text[^>]*>(.*?)</text>", link, re.S).groups()
            found[re.search(r'href="([^"]+)"', link)[1]] = (title, label)
    return found


def words_of(part, page):
    """The words of the first element with that class, in one line."""
    text = re.search(rf'<(\w+) class="{part}[" ].*?</\1>', page, re.S)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("address", "tempe", "kerava"),
    [
        ("/", "Tempe, USA, aktiv vänort", "Kerava, Finland, tidigare vänort"),
        ("/vanorter/", "Tempe, USA, aktiv vänort", "Kerava, Finland, tidigare vänort"),
        ("/en/", "Tempe, USA, active twin town", "Kerava, Finland, former twin town"),
        ("/en/twin-towns/", "Tempe, USA, active twin town", "Kerava, Finland, former twin town"),
    ],
)
def test_each_town_is_a_named_point_on_one_map(client, address, tempe, kerava):
    page = html(client, address)
    base = "/en/twin-towns" if address.startswith("/en/") else "/vanorter"
    links = links_on_maps(page)
    assert set(links) == {
        f"{base}/{slug}/" for slug in ("tempe", "reykjanesbaer", "hjorring", "kristiansand", "kerava")
    }
    assert links[f"{base}/tempe/"] == (tempe, "Tempe")
    assert links[f"{base}/kerava/"] == (kerava, "Kerava")
    assert re.findall(r"img/land-(world|near)\.[0-9a-f]+\.svg#land", page) == ["world", "near"]
    assert page.count('class="map__mark map__mark--active"') == 2, "one on the map, one in the legend"
    assert page.count('class="map__line map__line--former"') == 5


@pytest.mark.usefixtures("content")
def test_the_map_is_told_in_words(client):
    words = words_of("maps__words", html(client, "/en/"))
    assert f"Tempe is farthest away, 8,600{NBSP}km, and Hjörring nearest, 160{NBSP}km.".replace(NBSP, " ") in words
    assert "Active twin town: filled mark, solid line" in words
    assert "Former twin town: hollow mark, broken line" in words
    assert "No known" not in words
    page = html(client, "/")
    assert f"8{NBSP}600{NBSP}km" in page
    assert f"160{NBSP}km" in page


def test_one_town_has_one_map_and_its_distance(client):
    make.SiteSettingsFactory(**HOME)
    make.TwinTownFactory(slug="a", name_en="Exampletown", latitude="55.60", longitude="13.00")
    page = html(client, "/en/twin-towns/")
    assert page.count('<svg class="map__picture"') == 1
    assert "Far away" not in page
    assert f"It is 300{NBSP}km to Exampletown." in page
    assert links_on_maps(page)["/en/twin-towns/a/"][0] == "Exampletown, Exampleland, no known twin-town agreement"
    assert "No known twin-town agreement: small mark, no line" in page


@pytest.mark.parametrize(
    ("home", "town"),
    [
        ({"latitude": None, "longitude": None}, {}),
        ({}, {"latitude": None, "longitude": None}),
    ],
)
def test_without_coordinates_there_is_no_map_and_all_else_reads(client, home, town):
    make.SiteSettingsFactory(**HOME | home)
    make.TwinTownFactory(slug="a", name_sv="Exempelorten", **town)
    for address in ("/", "/vanorter/"):
        page = html(client, address)
        assert 'class="maps"' not in page
        assert "Exempelorten" in page


def test_a_site_without_settings_has_no_map(client):
    make.TwinTownFactory()
    assert 'class="maps"' not in html(client, "/")
    SiteSettings.objects.all().delete()
    assert 'class="maps"' not in html(client, "/vanorter/")


def test_names_are_escaped_and_marked_with_their_language(client):
    make.SiteSettingsFactory(**HOME)
    make.TwinTownFactory(slug="a", name_sv="<b>Ort & by", name_en="", latitude="55.60", longitude="13.00")
    page = html(client, "/en/")
    assert "<b>Ort" not in page
    assert re.search(r'<text class="map__label"[^>]* lang="sv">&lt;b&gt;Ort &amp; by</text>', page)


def test_names_without_room_stand_in_a_key(client):
    make.SiteSettingsFactory(**HOME)
    make.TwinTownFactory(
        slug="a", name_en="Exampletown by the long river that runs to the sea", latitude="55.60", longitude="13.00"
    )
    page = html(client, "/en/")
    assert links_on_maps(page)["/en/twin-towns/a/"][1] == "1"
    assert links_on_maps(page)["/en/twin-towns/a/"][0].startswith("1. Exampletown by the long river")
    assert words_of("map__key", page) == "Exampletown by the long river that runs to the sea"


def test_a_renamed_town_is_renamed_on_the_map(client):
    make.SiteSettingsFactory(**HOME)
    town = make.TwinTownFactory(slug="a", name_sv="Förut", latitude="55.60", longitude="13.00")
    assert links_on_maps(html(client, "/"))["/vanorter/a/"][1] == "Förut"
    TwinTown.objects.filter(pk=town.pk).update(name_sv="Numera", country_sv="Annat land")
    title, label = links_on_maps(html(client, "/"))["/vanorter/a/"]
    assert label == "Numera"
    assert title.startswith("Numera, Annat land, ")


def test_a_hidden_town_is_on_no_map_and_in_no_event(client):
    make.SiteSettingsFactory(**HOME)
    hidden = make.TwinTownFactory(name_sv="Dolda orten", state=PublicationState.DRAFT)
    agreement = make.AgreementFactory(signed="2001")
    make.AgreementPartyFactory(agreement=agreement, town=hidden, standing=PartyStanding.DECLINED)
    for address in ("/", "/vanorter/"):
        page = html(client, address)
        assert "Dolda orten" not in page


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("address", ["/", "/en/"])
def test_the_landing_page_stays_light(client, address):
    assert len(gzip.compress(html(client, address).encode(), 6)) <= 14_000
