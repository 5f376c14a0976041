"""How a page is found and shared: its title, its words, its addresses, and the card that is drawn for it."""

import io
import re

import pytest
from PIL import Image as Picture

from partnerships.choices import PublicationState
from tests import factories as make
from tests.test_pages import html

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def head(page):
    found = re.findall(r'<meta (?:property|name)="((?:og|twitter):[a-z:_]+|description)" content="(.*?)">', page)
    return dict(found)


@pytest.mark.usefixtures("content")
def test_each_page_says_what_it_is_where_it_is_shared(client):
    town = head(html(client, "/vanorter/tempe/"))
    card = town.pop("og:image")
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/kort/sv/town/tempe\.jpg\?[0-9a-f]{10}", card)
    summary = (
        "Tempe ligger i storstadsområdet Phoenix. "
        "Här ligger huvudcampus för Arizona State University (ASU), ett av USA:s ledande universitet."
    )
    assert town == {
        "description": summary,
        "og:type": "website",
        "og:site_name": "Vänorter och nätverk",
        "og:title": "Tempe, USA",
        "og:description": summary,
        "og:url": "http://127.0.0.1:8000/vanorter/tempe/",
        "og:locale": "sv_SE",
        "og:image:type": "image/jpeg",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Tempe, USA. Vänorter och nätverk.",
        "twitter:card": "summary_large_image",
    }
    assert head(html(client, "/en/"))["og:locale"] == "en_GB"


@pytest.mark.usefixtures("content")
def test_each_page_has_a_card_of_its_own_in_each_language(client):
    pages = ["/", "/vanorter/", "/vanorter/tempe/", "/natverk/sern/", "/program/", "/program/lararutbyte/", "/kontakt/"]
    english = ["/en/", "/en/twin-towns/tempe/", "/en/programs/", "/en/contact-centre/", "/en/accessibility/"]
    drawn = set()
    for address in pages + english:
        card = head(html(client, address))["og:image"].removeprefix("http://127.0.0.1:8000")
        response = client.get(card)
        assert response.headers["Content-Type"] == "image/jpeg"
        assert response.headers["Cache-Control"] == "public, max-age=86400"
        assert Picture.open(io.BytesIO(response.content)).size == (1200, 630)
        drawn.add(response.content)
    assert len(drawn) == len(pages + english)


def test_a_card_changes_its_address_with_what_it_shows(client):
    town = make.TwinTownFactory(slug="ort", name_sv="Första")
    before = head(html(client, "/vanorter/ort/"))["og:image"]
    town.image = make.ImageFactory()
    town.save()
    pictured = head(html(client, "/vanorter/ort/"))["og:image"]
    town.image.focal_x = 10
    town.image.save()
    refocused = head(html(client, "/vanorter/ort/"))["og:image"]
    town.name_sv = "Andra"
    town.save()
    assert len({before, pictured, refocused, head(html(client, "/vanorter/ort/"))["og:image"]}) == 4


@pytest.mark.parametrize(
    "address",
    [
        "/kort/sv/town/utkast.jpg",
        "/kort/sv/town/finns-inte.jpg",
        "/kort/sv/town.jpg",
        "/kort/de/landing.jpg",
        "/kort/sv/finns-inte.jpg",
        "/kort/sv/landing/ort.jpg",
        "/kort/sv/style.jpg",
    ],
)
def test_what_the_public_does_not_see_has_no_card(client, address):
    make.TwinTownFactory(slug="utkast", state=PublicationState.DRAFT)
    assert client.get(address).status_code == 404


def test_a_page_of_the_site_that_nobody_has_written_has_a_card_all_the_same(client):
    assert client.get("/kort/sv/landing.jpg").status_code == 200


def test_a_picture_that_is_gone_does_not_keep_the_card_from_being_drawn(client):
    image = make.ImageFactory()
    make.TwinTownFactory(slug="ort", image=image)
    image.file.storage.delete(image.file.name)
    assert client.get("/kort/sv/town/ort.jpg").status_code == 200
