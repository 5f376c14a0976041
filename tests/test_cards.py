"""The cards that stand for pages where they are shared, and the lettering on them."""

import io

import pytest
from PIL import Image as Picture
from PIL import ImageChops

from partnerships import cards, lettering, renditions
from partnerships.content_import import CONTENT

pytestmark = pytest.mark.once

SITE = "Exempelstads kommun · Vänorter och nätverk"
LONG = "Tillgänglighetsredogörelse för webbplatsen om Exempelstads kommuns vänorter och internationella nätverk"
LONGEST_WORD = "Näringslivsutvecklingssamarbetsorganisationsfrågor"
TITLES = ["Tempe", "Vänorter och nätverk", "Sweden Emilia Romagna Network (SERN)", LONG, LONGEST_WORD, f"{LONG} {LONG}"]
INK, GRANITE = cards.INK, cards.GRANITE


@pytest.fixture(scope="module")
def photo():
    files = dict(renditions.make((CONTENT / "pictures" / "tempe.jpg").read_bytes(), (50, 50)).files)
    return files["card-1200.jpg"]


def opened(content):
    return Picture.open(io.BytesIO(content)).convert("RGB")


def ink(card, area=None):
    """Where the card is as dark as its letters: (left, top, right, bottom), or None."""
    part = card.crop(area) if area else card
    return part.convert("L").point(lambda level: 255 * (level < 70)).getbbox()


@pytest.mark.parametrize("with_picture", [False, True])
@pytest.mark.parametrize("title", TITLES)
def test_a_card_is_a_jpeg_of_its_size_and_not_too_heavy(title, with_picture, photo):
    content = cards.draw_card(title, "Arizona, USA", SITE, photo if with_picture else None)
    picture = Picture.open(io.BytesIO(content))
    assert (picture.format, picture.size, picture.mode) == ("JPEG", (1200, 630), "RGB")
    assert len(content) <= 100_000
    assert not {"exif", "icc_profile", "comment"} & set(picture.info)


def test_a_picture_full_of_detail_is_not_too_heavy_either():
    noise = Picture.effect_noise((1200, 630), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=95)
    assert len(out.getvalue()) > 500_000
    content = cards.draw_card("Tempe", "", SITE, out.getvalue())
    assert len(content) <= cards.MAX_BYTES
    assert Picture.open(io.BytesIO(content)).size == cards.SIZE


@pytest.mark.parametrize("title", TITLES)
def test_the_title_stays_within_the_edges(title):
    card = opened(cards.draw_card(title, "", SITE))
    left, top, right, bottom = ink(card, (0, 0, 1200, cards.WATER))
    assert left >= cards.EDGE - 6
    assert right <= 1200 - cards.EDGE + 6
    assert top >= 40
    assert bottom <= cards.WATER - 30


@pytest.mark.parametrize("title", TITLES)
def test_over_a_picture_the_title_stands_on_paper(title):
    white, black = (solid(colour) for colour in ("white", "black"))
    on_white, on_black = (opened(cards.draw_card(title, "", SITE, picture)) for picture in (white, black))
    left, top, right, bottom = ink(on_white, (0, 0, 1200, cards.WATER))
    assert left >= cards.EDGE - 6
    assert bottom <= cards.WATER - 10
    around = (0, top - 12, right + 12, bottom)
    assert max(high for _low, high in ImageChops.difference(on_white, on_black).crop(around).getextrema()) <= 24


def solid(colour, size=(1200, 630)):
    out = io.BytesIO()
    Picture.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def test_what_differs_looks_different(photo):
    told = [
        cards.draw_card(*words)
        for words in [
            ("Tempe", "Arizona, USA", SITE),
            ("Tempo", "Arizona, USA", SITE),
            ("Tempe", "Arizona", SITE),
            ("Tempe", "", SITE),
            ("Tempe", "Arizona, USA", "Exempelstads kommun"),
            ("Tempe", "Arizona, USA", SITE, photo),
            ("Tempe", "Arizona, USA", SITE, photo, (0, 0)),
        ]
    ]
    assert len(set(told)) == len(told)
    assert cards.draw_card("Tempe", "Arizona, USA", SITE, photo) == told[5]


def test_the_picture_is_cropped_round_its_focal_point():
    tall = Picture.new("RGB", (1200, 1800), (0, 128, 0))
    tall.paste((255, 0, 0), (0, 0, 1200, 600))
    out = io.BytesIO()
    tall.save(out, "PNG")
    for focal, colour in (((50, 10), (255, 0, 0)), ((50, 90), (0, 128, 0))):
        card = opened(cards.draw_card("Tempe", "", SITE, out.getvalue(), focal))
        assert all(abs(a - b) < 16 for a, b in zip(card.getpixel((1100, 200)), colour, strict=True))


@pytest.mark.parametrize("size", [(1, 1), (3200, 1), (1, 3200), (64, 48)])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P"])
def test_odd_pictures_make_cards_too(mode, size):
    out = io.BytesIO()
    Picture.new(mode, size).save(out, "PNG")
    assert opened(cards.draw_card("Tempe", "", SITE, out.getvalue())).size == cards.SIZE


@pytest.mark.parametrize("title", ["", "   ", "🎉", "日本", "A\nB", "A\0B", "a" * 500, "å " * 200])
def test_odd_titles_make_cards_too(title):
    for place in ("", title):
        assert opened(cards.draw_card(title, place, title)).size == cards.SIZE


# Lettering


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("  två   ord ", "två ord"),
        ("två\nord\toch", "två ord och"),
        ("180\N{NO-BREAK SPACE}000", "180\N{NO-BREAK SPACE}000"),
        ("0520‑49", "0520-49"),
        ("mjukt\N{SOFT HYPHEN}bryt", "mjuktbryt"),
        ("fest 🎉 här", "fest här"),
        ("nul\0", "nul"),
        ("Łódź, Þór & Reykjanesbær – ”ja”", "Łódź, Þór & Reykjanesbær – ”ja”"),
    ],
)
def test_clean_keeps_what_the_font_can_draw(text, left):
    assert lettering.clean(text) == left


def test_pairs_are_kerned():
    plain = sum(lettering.length(letter, 1000) for letter in "AV")
    assert lettering.length("AV", 1000) == plain - 116
    assert lettering.positions("AV") == [0, lettering.length("A", 1000) - 116, lettering.length("AV", 1000)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Tempe", ["Tempe"]),
        ("Vänorter och nätverk", ["Vänorter", "och nätverk"]),
        (
            "Sweden Emilia Romagna Network (SERN)",
            ["Sweden Emilia", "Romagna", "Network (SERN)"],
        ),
    ],
)
def test_lines_are_balanced(text, lines):
    size, found = lettering.fit(text, 500, 400, 100, 20)
    assert found == lines
    assert max(lettering.length(line, size) for line in lines) <= 500


def test_one_line_is_kept_where_two_would_be_hardly_larger():
    assert lettering.fit("Vänorter och nätverk", 1056, 372, 118, 40)[1] == ["Vänorter och nätverk"]


@pytest.mark.parametrize("text", [*TITLES, "a" * 500, "å " * 200])
@pytest.mark.parametrize("width", [300, 640, 1056])
def test_lines_never_run_over(text, width):
    size, lines = lettering.fit(text, width, 290, 84, 40)
    assert 40 <= size <= 84
    assert 1 <= len(lines) <= 3
    assert max(lettering.length(line, size) for line in lines) <= width


def test_a_word_that_is_too_long_is_broken_with_a_hyphen():
    size, lines = lettering.fit(LONGEST_WORD, 640, 290, 84, 40)
    assert size == 40
    assert [line.endswith("-") for line in lines] == [True, False]
    assert "".join(line.removesuffix("-") for line in lines) == LONGEST_WORD


def test_what_is_too_much_ends_in_an_ellipsis():
    _size, lines = lettering.fit(f"{LONG} {LONG}", 640, 290, 84, 40)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert " ".join(lines).removesuffix("…") == f"{LONG} {LONG}"[: len(" ".join(lines)) - 1]
