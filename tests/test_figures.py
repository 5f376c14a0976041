"""How a picture stands on a page: what a browser may choose from, its words, who made it."""

import io
import re
from html.parser import HTMLParser

import pytest
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.utils import translation
from PIL import Image as Picture

from partnerships.choices import PageKey
from partnerships.templating.pictures import PLACES, host
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates"), pytest.mark.once]


class _Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def tags(html, name):
    return [attributes for tag, attributes in _Tags(html).found if tag == name]


def image(size=(3200, 1800), mode="RGB", *, rendered=True, **fields):
    out = io.BytesIO()
    Picture.new(mode, size).save(out, "PNG")
    image = make.ImageFactory(file=ContentFile(out.getvalue(), "bild.png"), **fields)
    if rendered:
        image.make_renditions()
    return image


def figure(image, place="head", **context):
    return render_to_string(
        "_figure.html", {"image": image, "place": place, **context}, using=translation.get_language()
    )


def offered(attributes):
    """The names of the files in a srcset, without what all names begin with: ["whole-360.avif 360w", …]."""
    return [re.sub(r"^/media/pictures/\d+-[0-9a-f]{20}-", "", one) for one in attributes["srcset"].split(", ")]


def test_a_picture_comes_in_its_kinds_the_best_first():
    html = figure(image())
    avif, webp = tags(html, "source")
    (img,) = tags(html, "img")
    assert [avif["type"], webp["type"]] == ["image/avif", "image/webp"]
    for attributes, kind in ((avif, "avif"), (webp, "webp"), (img, "jpg")):
        assert offered(attributes) == [f"whole-{width}.{kind} {width}w" for width in (360, 720, 1080, 1600)]
        assert attributes["sizes"] == PLACES["head"].sizes
        assert (attributes["width"], attributes["height"]) == ("1600", "900")
        assert "media" not in attributes
    assert img["src"].endswith("-whole-1600.jpg")


def test_the_opening_has_its_own_cut_where_it_is_wide():
    sources = tags(figure(image(), "opening"), "source")
    wide, narrow = sources[:3], sources[3:]
    assert [source["type"] for source in wide] == ["image/avif", "image/webp", "image/jpeg"]
    assert {source["media"] for source in wide} == {"(min-width: 58rem)"}
    assert {source["sizes"] for source in wide} == {PLACES["opening"].wide}
    assert {(source["width"], source["height"]) for source in wide} == {("2400", "1230")}
    assert offered(wide[0]) == [f"wide-{width}.avif {width}w" for width in (1080, 1600, 2400)]
    assert [source["type"] for source in narrow] == ["image/avif", "image/webp"]
    assert {source["sizes"] for source in narrow} == {"100vw"}


def test_a_lead_picture_is_fetched_first_and_others_when_they_are_near():
    shown = image((400, 300))
    (lead,) = tags(figure(shown, lead=True), "img")
    (other,) = tags(figure(shown), "img")
    assert (lead["fetchpriority"], lead.get("loading")) == ("high", None)
    assert (other.get("fetchpriority"), other["loading"]) == (None, "lazy")
    assert lead["decoding"] == other["decoding"] == "async"


def test_without_renditions_the_master_stands_in():
    plain = image((40, 30), rendered=False)
    html = figure(plain, "opening", lead=True)
    assert tags(html, "source") == []
    (img,) = tags(html, "img")
    assert (img["src"], img["width"], img["height"]) == (plain.file.url, "40", "30")
    assert not {"srcset", "sizes"} & set(img)


def test_renditions_of_another_file_are_not_shown():
    shown = image((400, 300))
    shown.renditions["of"] = "pictures/annan.png"
    assert tags(figure(shown), "source") == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("size", [(1, 1), (6400, 1), (1, 6400), (90, 60)])
def test_odd_sizes_are_shown_too(place, size):
    html = figure(image(size), place)
    for attributes in [*tags(html, "source"), *tags(html, "img")]:
        assert len(offered(attributes)) >= 1
        assert int(attributes["width"]) >= 1
        assert int(attributes["height"]) >= 1


def test_a_transparent_picture_falls_back_to_png():
    (img,) = tags(figure(image((400, 300), "RGBA")), "img")
    assert offered(img) == ["whole-360.png 360w", "whole-400.png 400w"]


def test_alternative_text_is_in_the_language_at_hand_or_marked():
    shown = image((40, 30), rendered=False, alt_sv="En gata", alt_en="")
    with translation.override("en"):
        (img,) = tags(figure(shown), "img")
        assert (img["alt"], img["lang"]) == ("En gata", "sv")
    (img,) = tags(figure(shown), "img")
    assert (img["alt"], img.get("lang")) == ("En gata", None)


def test_a_decorative_picture_is_passed_over():
    shown = image((40, 30), rendered=False, alt_sv="", alt_en="", is_decorative=True)
    (img,) = tags(figure(shown), "img")
    assert (img["alt"], img.get("lang")) == ("", None)


CAPTIONS = [
    ({"credit_sv": "", "licence": ""}, None),
    ({"credit_sv": "Foto: Exempel", "licence": ""}, "Foto: Exempel"),
    ({"credit_sv": "", "licence": "CC0"}, '<span class="figure__licence">CC0</span>'),
    (
        {"credit_sv": "Foto: Exempel", "licence": "CC BY 4.0"},
        'Foto: Exempel <span class="figure__licence">CC BY 4.0</span>',
    ),
    (
        {"credit_sv": "Foto: Exempel", "licence": "CC0", "source_url": "https://www.example.org/"},
        'Foto: Exempel <span class="figure__licence"><a href="https://www.example.org/">CC0, example.org</a></span>',
    ),
    (
        {"credit_sv": "Foto: Exempel", "licence": "", "source_url": "https://example.org/bild"},
        'Foto: Exempel <span class="figure__licence"><a href="https://example.org/bild">example.org</a></span>',
    ),
]


@pytest.mark.parametrize(("fields", "caption"), CAPTIONS)
def test_the_caption_tells_who_made_it_and_on_what_terms(fields, caption):
    html = " ".join(figure(image((40, 30), rendered=False, credit_en="", **fields)).split())
    found = re.search(r"<figcaption>\s*(.*?)\s*</figcaption>", html)
    assert (found and found[1]) == caption


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.example.org/bild", "example.org"),
        ("https://bilder.example.org:8443/", "bilder.example.org"),
        ("", ""),
    ],
)
def test_host_is_what_one_knows_a_site_by(address, name):
    assert host(address) == name


def test_pages_show_their_picture_first(client):
    shown = image()
    make.PageFactory(key=PageKey.LANDING, image=shown)
    make.PageFactory(key=PageKey.TOWNS, image=shown)
    town = make.TwinTownFactory(image=shown)
    network = make.NetworkFactory(image=shown)
    program = make.ProgramFactory(image=shown)
    for thing in (town, network, program):
        (img,) = tags(client.get(thing.get_absolute_url()).content.decode(), "img")
        assert (img["sizes"], img["fetchpriority"]) == (PLACES["head"].sizes, "high")
    (img,) = tags(client.get("/vanorter/").content.decode(), "img")
    assert img["sizes"] == PLACES["head"].sizes
    landing = client.get("/").content.decode()
    assert tags(landing, "source")[0]["sizes"] == PLACES["opening"].wide


def test_every_file_that_a_page_offers_is_sent(client):
    shown = image((900, 600))
    make.PageFactory(key=PageKey.LANDING, image=shown)
    make.SiteSettingsFactory(logo=image((600, 300), "RGBA"))
    html = client.get("/").content.decode()
    offers = re.findall(r"/media/[^\s\",]+", html)
    assert len(set(offers)) == 6 + 3 * 3 - 3 + 3
    for url in set(offers):
        response = client.get(url)
        assert response.status_code == 200, url
        response.getvalue()


@pytest.mark.parametrize(
    ("size", "expected"), [((600, 600), ("180", "180")), ((800, 200), ("720", "180")), ((80, 40), ("80", "40"))]
)
def test_the_logo_is_small(client, size, expected):
    make.SiteSettingsFactory(logo=image(size, "RGBA"))
    html = client.get("/kontakt/").content.decode()
    (img,) = tags(html, "img")
    assert (img["width"], img["height"], img["alt"], img["class"]) == (*expected, "", "bar__logo")
    assert img["src"].endswith(f"-whole-{expected[0]}.png")
    assert [source["type"] for source in tags(html, "source")] == ["image/avif", "image/webp"]
