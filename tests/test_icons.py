"""The icons are what the script draws from the mark, and the mark is the same wherever it stands."""

import re

import pytest
from django.conf import settings
from PIL import Image as Picture

from deploy.assets import icons
from partnerships import mark

pytestmark = pytest.mark.once

IMAGES = settings.BASE_DIR / "static" / "img"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("icons")
    icons.main(folder)
    return folder


def pixels(picture):
    return picture.mode, picture.size, picture.tobytes()


@pytest.mark.parametrize("name", icons.PICTURES)
def test_pictures_are_what_the_script_draws(drawn, name):
    with Picture.open(IMAGES / name) as kept, Picture.open(drawn / name) as fresh:
        assert kept.format == "PNG"
        assert kept.size == (icons.PICTURES[name],) * 2
        assert kept.mode == "RGB", "opaque"
        assert pixels(kept) == pixels(fresh)


def test_the_favicon_is_what_the_script_draws(drawn):
    with Picture.open(IMAGES / icons.FAVICON) as kept, Picture.open(drawn / icons.FAVICON) as fresh:
        assert kept.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
        for size in kept.info["sizes"]:
            assert pixels(kept.ico.getimage(size)) == pixels(fresh.ico.getimage(size))
            assert kept.ico.getimage(size).convert("RGB").tobytes() == icons.icon(size[0]).tobytes()


def test_drawing_twice_gives_the_same(drawn, tmp_path):
    icons.main(tmp_path)
    for file in drawn.iterdir():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()


@pytest.mark.parametrize("file", [IMAGES / "mark.svg", settings.BASE_DIR / "templates" / "pages" / "_mark.html"])
def test_the_mark_is_the_same_everywhere(file):
    path = re.search(r'<path d="([^"]+)"', file.read_text())[1]
    leaves = [leaf for leaf in path.split("Z") if leaf]
    assert leaves == [
        "M{} {} {} {}V{}L{} {}".format(*(f"{number:g}" for number in (*a, *b, c[1], *d))) for a, b, c, d in mark.LEAVES
    ]
    assert all(b[0] == c[0] for _a, b, c, _d in mark.LEAVES)


def test_the_mask_covers_the_leaves_and_nothing_between():
    leaves, offset = mark.mask(10)
    assert (leaves.size, offset) == ((280, 137), (20, 100))
    assert leaves.getpixel((10, 40)) == 255
    assert leaves.getpixel((270, 40)) == 255
    assert leaves.getpixel((140, 100)) == 0
    assert leaves.getpixel((140, 10)) == 0
